"""A day's work in one page, for people whose line comes and goes."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from dpg_l10n import bootstrap
from dpg_l10n.domain.access import Permission
from dpg_l10n.domain.message import Text
from dpg_l10n.domain.states import State
from dpg_l10n.ports import Store
from dpg_l10n.services import desk, queue, reading, reviewing
from dpg_l10n.services.coverage import standing
from dpg_l10n.services.reading import UnitView
from dpg_l10n_api import problems
from dpg_l10n_api.access import Who, require_decision
from dpg_l10n_api.deps import OpenStore
from dpg_l10n_api.pages import desk_view
from dpg_l10n_api.pages.desk_view import Piece, Place
from dpg_l10n_api.pages.forms import DeskRoute, Fields, Posted
from dpg_l10n_api.pages.reader import reader_of
from dpg_l10n_api.pages.render import page
from dpg_l10n_api.pages.review import Here, allowed

router = APIRouter(prefix="/p/{project}/{language}", include_in_schema=False, route_class=DeskRoute)
_UNITS = 50
_LEASE_S = 16 * 3600
"""A working day, with the way home."""


@dataclass(frozen=True, slots=True)
class Item:
    """One unit of the page."""

    view: UnitView
    source: list[tuple[str, list[Piece]]]
    forms: list[tuple[str, str, str]]
    revision: int
    act: str = ""
    said: str = ""
    """Why it was refused."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a page that was sent."""

    written: int
    refused: int


@router.get("/day", name="page_day")
def show_day(request: Request, store: OpenStore, principal: Who, here: Here) -> Response:
    """Answer with up to 50 texts that are kept for who asks until the evening."""
    allowed(principal, here, Permission.TRANSLATE)
    reviewer = principal.may(Permission.REVIEW, here.project, here.language)
    task = queue.Task.REVIEW if reviewer else queue.Task.TRANSLATE
    views = queue.queue(
        store, here.project, here.language, principal.name, bootstrap.clock(), task=task,
        limit=_UNITS, lease_s=_LEASE_S,
    )  # fmt: skip
    items = _items(store, here, [(view, None, "", "") for view in views])
    return _day(request, store, principal, here, items)


@router.post("/day", name="page_send_day")
def send_day(
    request: Request, store: OpenStore, principal: Who, here: Here, posted: Fields
) -> Response:
    """Write what was decided; what is refused is given back with what was written."""
    allowed(principal, here, Permission.TRANSLATE)
    risk = principal.may(Permission.REVIEW_RISK, here.project, here.language)
    sent: list[tuple[UnitView, queue.Item]] = []
    for number in posted.all("unit"):
        act = posted.get(f"act-{number}", 20)
        if act not in ("translated", "reviewed") or not number.isdigit():
            continue
        require_decision(principal, here.project, here.language, State(act))
        view = reading.read(store, here.project, int(number), here.language)
        text, revision = _wrote(posted, view), int(posted.get(f"revision-{number}", 9) or 0)
        same = text == view.text and revision == view.revision and act == "reviewed"
        made = reviewing.Decision(
            State(act), revision, principal.name, None if same else text, "", risk
        )
        sent.append((view, queue.Item(view.unit.id, here.language, made)))
    outcomes = queue.decide_batch(
        store, here.project, [item for _, item in sent], bootstrap.clock()
    )  # fmt: skip
    refused = []
    for (view, item), each in zip(sent, outcomes, strict=True):
        if each.error is not None:
            said = str(problems.described(each.error, reader_of(request).say)["detail"])
            kept = item.decision
            now = each.view or view
            refused.append((now, kept.text, kept.state.value, said))
    report = Report(len(sent) - len(refused), len(refused))
    return _day(request, store, principal, here, _items(store, here, refused), report)


def _wrote(posted: Posted, view: UnitView) -> Text | None:
    forms = [form.replace("\r\n", "\n") for form in posted.all(f"text-{view.unit.id}")]
    wanted = max(len(view.labels), 1)
    return desk.said(view, (forms + [""] * wanted)[:wanted])


def _items(
    store: Store, here: Place, sent: list[tuple[UnitView, Text | None, str, str]]
) -> list[Item]:
    """Return units as the page shows them: with what was written, decided and said of it."""
    sheets = desk.sheets(store, here.project, here.language, [each[:2] for each in sent])
    return [
        Item(
            sheet.view, desk_view.source_pieces(sheet), desk_view.forms_of(sheet),
            sheet.view.revision, act, said,
        )
        for sheet, (_, _, act, said) in zip(sheets, sent, strict=True)
    ]  # fmt: skip


def _day(
    request: Request, store: OpenStore, principal: Who, here: Place, items: list[Item],
    report: Report | None = None,
) -> Response:  # fmt: skip
    project = standing(store, here.project, here.language).project
    return page(
        request, "review_day.html", place=here, items=items, report=report,
        name=project.name, source_language=project.source_language, states=desk_view.STATES,
        direction=desk_view.direction(here.language),
        may_review=principal.may(Permission.REVIEW, here.project, here.language),
    )  # fmt: skip
