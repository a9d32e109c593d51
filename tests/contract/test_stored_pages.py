"""What every store promises of pages of units, and of queries that limit them."""

from __future__ import annotations

import pytest

from dpg_l10n.domain.message import Text
from dpg_l10n.domain.query import EVERYTHING, parse
from dpg_l10n.domain.states import Made, Origin, State
from dpg_l10n.domain.unit import Found, Suggestion, Unit
from tests.support.stores import FILES, Begun

START = (-1, 0)


def page(begun: Begun, query: str = "", language: str = "sw", limit: int = 50) -> list[Found]:
    return begun.uow.units.page(
        begun.catalogue.id, language, parse(query), after=START, limit=limit
    )


def keys(begun: Begun, query: str = "", language: str = "sw") -> list[str]:
    return [each.unit.key for each in page(begun, query, language)]


def test_a_page_has_units_in_source_order_with_what_is_there(begun: Begun) -> None:
    begun.write(begun.said(FILES, State.DRAFT, at=1))
    first, second = page(begun)
    assert first == Found(begun.units[0], None, None, checked=False)
    assert second.unit == begun.units[1]
    assert second.translation == begun.load()[begun.units[1].id]
    assert second.origin == Origin(Made.IMPORT)


def test_a_page_goes_on_after_a_place(begun: Begun) -> None:
    first = page(begun, limit=1)[0].unit
    after = (first.position, first.id)
    rest = begun.uow.units.page(begun.catalogue.id, "sw", EVERYTHING, after=after, limit=5)
    assert [each.unit.key for each in rest] == ["k1"]


def test_obsolete_units_are_on_no_page(begun: Begun) -> None:
    begun.uow.units.update(begun.catalogue.id, [begun.units[0]._replace(obsolete=True)])
    assert keys(begun) == ["k1"]


def test_a_language_that_nothing_is_in_has_pages_of_missing_texts(begun: Begun) -> None:
    begun.write(begun.said("Hifadhi"))
    assert keys(begun, "state:missing", language="am") == ["k0", "k1"]


def test_a_text_that_was_taken_back_is_missing(begun: Begun) -> None:
    begun.write(begun.said("Hifadhi"))
    begun.write(begun.said("", State.MISSING, expected=1))
    assert page(begun, "state:missing")[0].translation is None
    assert keys(begun, "-state:missing") == []


def test_a_unit_is_found_by_its_number_in_its_own_project_only(begun: Begun) -> None:
    unit = begun.units[1]
    assert begun.uow.units.find(begun.project.id, unit.id) == ("app", unit)
    assert begun.uow.units.find(begun.project.id + 1, unit.id) is None
    assert begun.uow.units.find(begun.project.id, unit.id + 100) is None


def test_a_unit_is_found_by_its_key_although_it_is_obsolete(begun: Begun) -> None:
    gone = begun.units[0]._replace(obsolete=True)
    begun.uow.units.update(begun.catalogue.id, [gone])
    assert begun.uow.units.by_key(begun.catalogue.id, "k0") == gone
    assert begun.uow.units.by_key(begun.catalogue.id, "k9") is None
    assert begun.uow.units.find(begun.project.id, gone.id) is None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("state:missing", ["b", "d"]),
        ("state:draft,reviewed", ["a", "c"]),
        ("-state:draft", ["b", "c", "d"]),
        ("-state:missing", ["a", "c"]),
        ("check:placeholder", ["a"]),
        ("check:placeholder.lost", ["a"]),
        ("check:error", ["a"]),
        ("check:warning", []),
        ("-check:place", ["a", "b", "c", "d"]),
        ("has:finding", ["a"]),
        ("has:suggestion", ["b"]),
        ("has:note,suggestion", ["b", "d"]),
        ("-has:text", ["b", "d"]),
        ("is:plural", ["c"]),
        ("is:copied", ["c"]),
        ("-is:copied", ["a", "b", "d"]),
        ("origin:import", ["a", "c"]),
        ("-origin:import", ["b", "d"]),
        ("risk:clinical,legal", ["b"]),
        ("changed:1970-01-01", ["a", "c"]),
        ("changed:>1970-01-01", []),
        ("by:amina", ["a", "c"]),
        ("-by:amina", ["b", "d"]),
        ("source:DOSE", ["b"]),
        ("source:ÄRZTE", ["d"]),
        ("source:100%", ["a"]),
        ("source:_", ["d"]),
        ('source:"\\\\"', ["d"]),
        ("text:okoa", ["a"]),
        ("text:ЖАРА", ["c"]),
        ("key:A", ["a"]),
        ("dose", ["b"]),
        ("жара", ["c"]),
        ("dose state:missing", ["b"]),
        ("dose state:draft", []),
        ("-dose", ["a", "c", "d"]),
    ],
)
def test_a_query_finds_what_it_asks_for(begun: Begun, query: str, expected: list[str]) -> None:
    sources: dict[str, Text] = {
        "a": "100% saved",
        "b": "Dose",
        "c": FILES,
        "d": "Ärzte_\\",
    }
    ids = begun.uow.units.intern(sources.values())
    made = [Unit(0, key, text, ids[text], 1, at) for at, (key, text) in enumerate(sources.items())]
    made[1] = made[1]._replace(risk="clinical")
    made[3] = made[3]._replace(notes="Greeting")
    stored = begun.uow.catalogues.save(begun.stored("other"))
    begun.catalogue, begun.units = stored, begun.uow.units.add(stored.id, made)
    begun.write(
        begun.said("Okoa", State.DRAFT),
        begun.said("жара", State.REVIEWED, at=2)._replace(copied=True),
    )
    a, b = (unit.id for unit in begun.units[:2])
    rows = [(a, "placeholder.lost", "error", "…")]
    begun.uow.translations.replace_findings(stored.id, "sw", [a], rows)
    begun.uow.translations.suggest([Suggestion(b, "sw", "Dozi", "…")], begun.action)
    assert keys(begun, query) == expected


def test_what_stands_in_one_language_is_not_found_in_another(begun: Begun) -> None:
    begun.write(begun.said("Hifadhi", State.DRAFT))
    assert keys(begun, "state:draft", language="sw") == ["k0"]
    assert keys(begun, "state:draft", language="fr") == []
    assert keys(begun, "text:hifadhi", language="fr") == []
