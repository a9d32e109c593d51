"""Strings as a file, for days without a line and for people who use other programs."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from dpg_l10n import bootstrap
from dpg_l10n.domain import query
from dpg_l10n.domain.access import Permission
from dpg_l10n.errors import DpgL10nError
from dpg_l10n.i18n import N_
from dpg_l10n.services import offline
from dpg_l10n.services.offline import MOST_DAYS, MOST_UNITS, Asked, Brought
from dpg_l10n.services.queue import Task
from dpg_l10n_api import problems
from dpg_l10n_api.access import Who
from dpg_l10n_api.deps import OpenStore
from dpg_l10n_api.pages.forms import DeskRoute, Fields
from dpg_l10n_api.pages.render import page
from dpg_l10n_api.pages.review import Here, allowed
from dpg_l10n_api.routes.packages import as_file

router = APIRouter(prefix="/p/{project}/{language}", include_in_schema=False, route_class=DeskRoute)
_NO_FILE = N_("Choose the file that you worked in.")
_KINDS = (
    ("xlsx", N_("Spreadsheet (.xlsx), for Excel and LibreOffice")),
    ("po", N_("PO, for Poedit and other translation programs")),
    ("xliff", N_("XLIFF 1.2, for OmegaT and large translation programs")),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a form."""

    done: Brought | None = None
    lines: tuple[tuple[int, str, str, str], ...] = ()
    """Of strings that were not written: line or row, number and key of the unit or nothing, why."""
    refused: str = ""
    nothing: bool = False
    """True where there was nothing to take out."""


@router.get("/offline", name="page_offline")
def show_offline(request: Request, principal: Who, here: Here) -> Response:
    """Answer with the forms to take strings out and to bring them back."""
    allowed(principal, here, Permission.TRANSLATE)
    return _page(request, here, Told())


@router.post("/offline", name="page_take_offline")
def take_offline(
    request: Request, store: OpenStore, principal: Who, here: Here, posted: Fields
) -> Response:
    """Answer with a file, or with the page where there is nothing to do."""
    allowed(principal, here, Permission.TRANSLATE)
    reviewer = principal.may(Permission.REVIEW, here.project, here.language)
    wanted = posted.get("q", 1000).strip()
    try:
        asked = Asked(
            posted.get("format", 20),
            query.parse(wanted) if wanted else None,
            Task.REVIEW if reviewer else Task.TRANSLATE,
            _number(posted.get("limit", 9), 200),
            _number(posted.get("days", 9), 7),
        )
        taken = offline.take(
            store, here.project, here.language, asked, principal.name, bootstrap.clock()
        )  # fmt: skip
    except DpgL10nError as error:
        return _page(request, here, Told(refused=_said(error)), _status(error))
    return as_file(taken) if taken.units else _page(request, here, Told(nothing=True))


@router.post("/offline/return", name="page_bring_offline")
async def bring_offline(
    request: Request, store: OpenStore, principal: Who, here: Here, posted: Fields
) -> Response:
    """Answer with what became of each string of a file."""
    allowed(principal, here, Permission.TRANSLATE)
    chosen = await posted.file("file")
    if chosen is None:
        return _page(request, here, Told(refused=_NO_FILE), 422)
    try:
        done = await run_in_threadpool(
            offline.bring_back, store, here.project, here.language, chosen[1], principal.name,
            bootstrap.clock(),
        )  # fmt: skip
    except DpgL10nError as error:
        return _page(request, here, Told(refused=_said(error)), _status(error))
    lines = tuple(
        (line.place, str(line.unit or ""), line.key, _said(line.error))
        for line in (*done.suggested, *done.refused)
    )
    return _page(request, here, Told(done, lines))


def _page(request: Request, here: Here, told: Told, status: int = 200) -> Response:
    return page(
        request, "offline.html", status=status, place=here, told=told, kinds=_KINDS,
        most_units=MOST_UNITS, most_days=MOST_DAYS,
    )  # fmt: skip


def _number(said: str, otherwise: int) -> int:
    return int(said) if said.isascii() and said.isdecimal() else otherwise


def _said(error: DpgL10nError) -> str:
    return str(problems.described(error)["detail"])


def _status(error: DpgL10nError) -> int:
    return int(problems.described(error)["status"])
