"""Texts in a language: reading them page by page, and deciding on one."""

from __future__ import annotations

from dataclasses import astuple
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from dpg_l10n import bootstrap
from dpg_l10n.domain import query
from dpg_l10n.domain.access import Permission
from dpg_l10n.domain.locales import canonical
from dpg_l10n.domain.states import State
from dpg_l10n.errors import StaleRevisionError
from dpg_l10n.services import reading, reviewing
from dpg_l10n_api import deps, problems
from dpg_l10n_api.access import Who, require_decision
from dpg_l10n_api.deps import (
    NOT_MODIFIED,
    IfMatch,
    OpenStore,
    PathLanguage,
    Slug,
    UnitId,
    conditional,
    place_of,
    revision,
)
from dpg_l10n_api.lane import at_once, short
from dpg_l10n_api.problems import documented
from dpg_l10n_api.schemas.asked import UnitsAsked
from dpg_l10n_api.schemas.units import (
    Decision,
    History,
    RevisionItem,
    UnitPage,
    UnitTranslation,
    plain_unit,
)

router = APIRouter(prefix="/projects/{project}", tags=["units"])
_ETAG = {"ETag": {"description": 'The revision, as `"3"`.', "schema": {"type": "string"}}}


@router.get(
    "/units", response_model=UnitPage, summary="List units in a language",
    responses={**NOT_MODIFIED, **documented(404, 422)},
)  # fmt: skip
@at_once
def list_units(
    request: Request, store: OpenStore, project: Slug, asked: Annotated[UnitsAsked, Query()]
) -> Response:
    """Return a page of units with their texts and findings, by catalogue and source order."""
    members = _members(asked.fields) if asked.fields is not None else None
    after = _place(asked.cursor) if asked.cursor is not None else None
    wanted = query.parse(asked.q)
    for field in ("catalogue", "state", "check"):
        value = getattr(asked, field)
        wanted = wanted.also(field, value) if value else wanted
    said = asked.language
    language = reading.language_of(wanted) if said is None else canonical(said)
    page = reading.page(store, project, language, wanted, after=after, limit=asked.limit)
    items = [plain_unit(view) for view in page.units]
    if members is not None:
        items = [{name: item[name] for name in members} for item in items]
    after_page = deps.cursor(astuple(page.next)) if page.next else None
    return conditional(request, {"items": items, "next": after_page})


@router.get(
    "/units/{unit}/translations/{language}", response_model=UnitTranslation,
    summary="Show a unit in a language",
    responses={200: {"headers": _ETAG}, **documented(404, 422)},
)  # fmt: skip
@at_once
def show_translation(
    request: Request, store: OpenStore, project: Slug, unit: UnitId, language: PathLanguage
) -> Response:
    """Return a unit with its text. The ETag is the revision that a decision has to name."""
    return _translation(reading.read(store, project, unit, language))


@router.put(
    "/units/{unit}/translations/{language}", response_model=UnitTranslation,
    summary="Decide on a text",
    responses={200: {"headers": _ETAG}, **documented(404, 409, 412, 422, 428)},
)  # fmt: skip
@short
def decide_on_translation(
    request: Request,
    store: OpenStore,
    principal: Who,
    project: Slug,
    unit: UnitId,
    language: PathLanguage,
    decision: Decision,
    if_match: IfMatch = None,
) -> Response:
    """Write a person's decision: a new text, an acceptance, or a rejection with its reason.

    Where somebody was faster nothing is overwritten: the answer is 412 with the current version, and
    a text of yours is kept beside it as a suggestion.
    """
    require_decision(principal, project, language, State(decision.state))
    made = reviewing.Decision(
        State(decision.state), revision(if_match), principal.name, decision.said(), decision.why,
        principal.may(Permission.REVIEW_RISK, project, language),
    )  # fmt: skip
    try:
        view = reviewing.decide_unit(store, project, unit, language, made, bootstrap.clock())
    except StaleRevisionError as error:
        current = reading.read(store, project, unit, language)
        return problems.response(error, current=plain_unit(current))
    return _translation(view)


@router.get(
    "/units/{unit}/translations/{language}/history", response_model=History,
    summary="Show the history of a text",
    responses={**NOT_MODIFIED, **documented(404, 422)},
)  # fmt: skip
def show_history(
    request: Request, store: OpenStore, project: Slug, unit: UnitId, language: PathLanguage
) -> Response:
    """Return every text that a unit had in a language, newest first."""
    found = reading.history(store, project, unit, language)
    return conditional(request, History(items=[RevisionItem.of_revision(old) for old in found]))


def _members(fields: str) -> list[str]:
    """Return the members that units shall have.

    Raises:
        FieldsError: There is none of a name.
    """
    members = [name.strip() for name in fields.split(",")]
    unknown = [name for name in members if name not in UnitTranslation.model_fields]
    if unknown:
        raise problems.FieldsError(field=unknown[0], known=", ".join(UnitTranslation.model_fields))
    return members


def _translation(view: reading.UnitView) -> Response:
    return JSONResponse(plain_unit(view), headers={"ETag": f'"{view.revision}"'})


def _place(cursor: str) -> reading.Place:
    match place_of(cursor):
        case [str(catalogue), int(position), int(unit)]:
            return reading.Place(catalogue, position, unit)
    raise problems.CursorError
