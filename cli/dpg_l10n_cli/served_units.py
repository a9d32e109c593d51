"""Units of a service, as those of a store: found, shown, decided on."""

from __future__ import annotations

from typing import Any

from dpg_l10n.domain.findings import Finding, Severity
from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.domain.query import EVERYTHING, Query, shown
from dpg_l10n.domain.release import Release
from dpg_l10n.domain.states import Made, Origin, State
from dpg_l10n.domain.terms import TermStatus
from dpg_l10n.domain.unit import Suggestion, Translation, Unit
from dpg_l10n.services.glossaries.reports import TermHit
from dpg_l10n.services.naming import no_unit
from dpg_l10n.services.reading import UnitView
from dpg_l10n.services.reviewing import Decision
from dpg_l10n_cli.server import Server, as_type

_PAGE = 200
_KEY = 200
"""Characters of a key that are asked for; queries have a limit."""


def units(
    server: Server, slug: str, language: str, asked: Query, limit: int
) -> tuple[list[UnitView], bool]:
    """Return the first units that a query means, and whether there are more."""
    found: list[UnitView] = []
    cursor: dict[str, str] = {}
    while True:
        page = server.get(
            f"/projects/{slug}/units", language=language, q=shown(asked),
            limit=min(_PAGE, limit - len(found)), **cursor,
        )  # fmt: skip
        found += map(_view, page["items"])
        if not page["next"] or len(found) >= limit:
            return found, bool(page["next"])
        cursor = {"cursor": page["next"]}


def find(server: Server, slug: str, catalogue: str, key: str, language: str) -> UnitView:
    """Return a unit by its catalogue and key.

    Raises:
        NotFoundError: There is none.
    """
    asked = EVERYTHING.also("catalogue", catalogue).also("key", key[:_KEY])
    some, _ = units(server, slug, language, asked, limit=_PAGE * _PAGE)
    for view in some:
        if view.unit.key == key:
            return view
    raise no_unit(key)


def decide(server: Server, slug: str, view: UnitView, decision: Decision) -> UnitView:
    """Write a decision on a unit, as who the token is of, and return what is there then."""
    body: dict[str, Any] = {"state": decision.state.value, "why": decision.why}
    if isinstance(decision.text, Plural):
        body["plural"] = dict(decision.text.forms)
    elif decision.text is not None:
        body["text"] = decision.text
    return _view(server.put(_place(slug, view), body, decision.revision))


def withdraw(
    server: Server, slug: str, view: UnitView, revision: int, why: str
) -> tuple[UnitView, tuple[Release, ...]]:
    """Withdraw a harmful text; return what is there then, and the releases that held it."""
    said = server.post(f"{_place(slug, view)}/withdraw", {"why": why}, revision)
    return _view(said), as_type(tuple[Release, ...], said["releases"])


def beside(
    server: Server, slug: str, view: UnitView
) -> tuple[tuple[TermHit, ...], tuple[Suggestion, ...]]:
    """Return the terms of a unit's source, and what was proposed for its text."""
    place = _place(slug, view)
    hits = tuple(
        TermHit(**{**hit, "status": TermStatus(hit["status"]), "terms": tuple(hit["terms"])})
        for hit in server.get(f"{place}/terms")["hits"]
    )
    said = tuple(
        Suggestion(
            view.unit.id, view.language, text_of(each) or "", each["why"], actor=each["actor"]
        )
        for each in server.get(f"{place}/talk")["suggestions"]
    )
    return hits, said


def _place(slug: str, view: UnitView) -> str:
    return f"/projects/{slug}/units/{view.unit.id}/translations/{view.language}"


def text_of(said: dict[str, Any]) -> Text | None:
    """Return a text that came as JSON, None where nothing is said."""
    if said["plural"] is not None:
        return Plural(tuple(said["plural"].items()))
    text: str | None = said["text"]
    return text


def _view(said: dict[str, Any]) -> UnitView:
    """Return a unit that came as JSON."""
    unit = Unit(
        said["unit"], said["key"], text_of(said["source"]) or "", 0, 0, 0, said["context"],
        said["notes"], said["locations"], max_chars=said["max_chars"], risk=said["risk"],
    )  # fmt: skip
    text, origin, before = text_of(said), said["origin"], said["previous_source"]
    return UnitView(
        said["catalogue"], unit, said["language"],
        None if text is None else Translation(unit.id, text, State(said["state"]), said["revision"], 0),
        Origin(Made(origin["made"]), tuple(origin["detail"].items())) if origin else None,
        text_of(before) if before else None,
        tuple(
            Finding(each["code"], Severity(each["severity"]), "{said}", (("said", each["message"]),))
            for each in said["findings"]
        ),
        tuple(said["plural_labels"]),
        tuple(said["plural_numbers"]),
    )  # fmt: skip
