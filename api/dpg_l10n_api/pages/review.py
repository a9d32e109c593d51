"""The review page: one text at a time, and lists of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from dpg_l10n import bootstrap
from dpg_l10n.domain import query
from dpg_l10n.domain.access import Permission, Principal
from dpg_l10n.domain.message import Text
from dpg_l10n.domain.query import Query as Asked
from dpg_l10n.errors import SignInError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import SourceIndex, Store
from dpg_l10n.services import desk as desks
from dpg_l10n.services import memory, queue, reading
from dpg_l10n.services.coverage import standing
from dpg_l10n.services.reading import UnitView
from dpg_l10n_api.access import Who
from dpg_l10n_api.deps import OpenIndex, OpenStore, PathLanguage, Slug
from dpg_l10n_api.pages import desk_view
from dpg_l10n_api.pages.desk_view import FILTERS, STATES, Place
from dpg_l10n_api.pages.forms import DeskRoute
from dpg_l10n_api.pages.render import page

router = APIRouter(prefix="/p/{project}/{language}", include_in_schema=False, route_class=DeskRoute)
UnitNumber = Annotated[int, Path(ge=1, le=2**63 - 1)]
Back = Annotated[int, Query(ge=0, le=2**63 - 1)]
_NEIGHBOURS = 12
_LIST = 50
DONE = N_("Nothing waits for you here. Well done.")
NONE = N_("No text is in this list.")


def _place(
    project: Slug,
    language: PathLanguage,
    show: Annotated[str, Query(max_length=20)] = "queue",
    q: Annotated[str, Query(max_length=500)] = "",
) -> Place:
    return Place(project, language, show if show in FILTERS else "queue", q)


Here = Annotated[Place, Depends(_place)]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is told besides the unit itself, after a form was refused."""

    status: int = 200
    text: Text | None = None
    """What the person wrote; it is given back."""
    refused: str = ""
    seen: tuple[str, ...] = ()
    """Codes of findings that the person was asked about."""
    conflict: bool = False
    recalled: tuple[str, ...] = ()
    """Releases that held the text which was just withdrawn."""
    why: str = ""


def allowed(principal: Principal, place: Place, permission: Permission) -> None:
    """Refuse who may not.

    Raises:
        SignInError: Nobody is signed in.
        ForbiddenError: Who is signed in may not.
    """
    if not principal.name:
        raise SignInError
    principal.require(permission, place.project, place.language)


@router.get("", name="page_review")
def show_next(
    request: Request, store: OpenStore, index: OpenIndex, principal: Who, here: Here,
    after: Back = 0, back: Back = 0,
) -> Response:  # fmt: skip
    """Answer with the next text to decide on."""
    allowed(principal, here, Permission.READ)
    units = upcoming(store, principal, here, after)
    if not units:
        return nothing(request, store, principal, here, back or after)
    return shown(request, store, index, principal, here, units[0].unit.id, back or after, units)


@router.get("/list", name="page_review_list")
def show_list(
    request: Request, store: OpenStore, principal: Who, here: Here,
    after: Back = 0,
) -> Response:  # fmt: skip
    """Answer with texts as a list."""
    allowed(principal, here, Permission.READ)
    units = upcoming(store, principal, here, after, _LIST + 1)
    more = here.to("list", after=units[_LIST - 1].unit.id) if len(units) > _LIST else ""
    return page(
        request, "review_list.html", place=here, units=units[:_LIST], more=more,
        **_frame(store, principal, here),
    )  # fmt: skip


@router.get("/{unit}", name="page_review_unit")
def show_unit(
    request: Request, store: OpenStore, index: OpenIndex, principal: Who, here: Here,
    unit: UnitNumber, back: Back = 0,
) -> Response:  # fmt: skip
    """Answer with one text."""
    allowed(principal, here, Permission.READ)
    return shown(request, store, index, principal, here, unit, back)


def upcoming(
    store: Store, principal: Principal, here: Place, after: int = 0, most: int = _NEIGHBOURS
) -> list[UnitView]:
    """Return what comes next: of the queue, or in source order after a unit."""
    asked = query.parse(here.query)
    translator = principal.may(Permission.TRANSLATE, here.project, here.language)
    if here.show == "queue" and not here.search and translator:
        reviewer = principal.may(Permission.REVIEW, here.project, here.language)
        task = queue.Task.REVIEW if reviewer else queue.Task.TRANSLATE
        found = queue.queue(
            store, here.project, here.language, principal.name, bootstrap.clock(),
            task=task, limit=most + 1,
        )  # fmt: skip
        return [each for each in found if each.unit.id != after][:most]
    start = None
    if after:
        last = reading.read(store, here.project, after, here.language)
        start = reading.Place(last.catalogue, last.unit.position, last.unit.id)
    return _page(store, here, asked, start, most)


def _page(
    store: Store, here: Place, asked: Asked, start: reading.Place | None, most: int
) -> list[UnitView]:
    found = reading.page(store, here.project, here.language, asked, after=start, limit=most)
    return list(found.units)


def nothing(
    request: Request, store: Store, principal: Principal, here: Place, back: int
) -> Response:
    """Return the page that is shown where no text is left."""
    frame = _frame(store, principal, here)
    return page(request, "review_done.html", place=here, back=back, **frame)


def shown(
    request: Request,
    store: Store,
    index: SourceIndex,
    principal: Principal,
    here: Place,
    unit: int,
    back: int = 0,
    units: list[UnitView] | None = None,
    answer: Answer | None = None,
) -> Response:
    """Return the page of a unit."""
    told = answer or Answer()
    desk = desks.look(store, here.project, unit, here.language, bootstrap.clock(), text=told.text)
    found = memory.suggestions(
        store, index, here.project, unit, here.language, limit=desk_view.MOST_HITS
    )  # fmt: skip
    if units is None:
        units = upcoming(store, principal, here, unit, _NEIGHBOURS - 1)
        units = [desk.view, *(each for each in units if each.unit.id != unit)]
    lease = desk.talk.lease
    return page(
        request, "review.html", status=told.status, place=here, desk=desk, told=told, back=back,
        units=units, forms=desk_view.forms_of(desk), source=desk_view.source_pieces(desk),
        offers=desk_view.offers(desk, found), withheld=found.withheld,
        terms=desk_view.term_rows(desk),
        characters=desk_view.row_of_characters(here.language),
        flagged=any(m.kind == "flag" and m.actor == principal.name for m in desk.talk.marks),
        flags=[mark for mark in desk.talk.marks if mark.kind == "flag"],
        grave=desk_view.SEVERITIES, keys=desk_view.KEYS,
        busy=lease.actor if lease and lease.actor != principal.name else "",
        **_frame(store, principal, here),
    )  # fmt: skip


def _frame(store: Store, principal: Principal, here: Place) -> dict[str, Any]:
    stands = standing(store, here.project, here.language)
    project = stands.project
    return {
        "name": project.name,
        "source_language": project.source_language,
        "covered": stands.covered,
        "filters": desk_view.filters(stands.row.units),
        "said": DONE if here.show == "queue" and not here.search else NONE,
        "whole": desk_view.whole,
        "states": STATES,
        "direction": desk_view.direction(here.language),
        "direction_of": desk_view.direction,
        "may_translate": principal.may(Permission.TRANSLATE, here.project, here.language),
        "may_review": principal.may(Permission.REVIEW, here.project, here.language),
        "may_discuss": principal.may(Permission.DISCUSS, here.project, here.language),
    }
