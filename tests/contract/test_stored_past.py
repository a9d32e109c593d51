"""What every store promises of the past: units before an action, texts around it, replaced files."""

from __future__ import annotations

from dpg_l10n.domain.states import State
from dpg_l10n.domain.unit import UnitBefore
from tests.support.stores import Begun


def later(begun: Begun) -> int:
    """Begin another action and return its number; writes belong to it from now on."""
    begun.action = begun.uow.projects.begin_action(begun.project.id, "juma", 200, "push", "why")
    return begun.action


def test_an_action_is_found_in_its_project_only(begun: Begun) -> None:
    found = begun.uow.past.action(begun.project.id, begun.action)
    assert found == (begun.action, "push", "amina", 100, "")
    assert begun.uow.past.action(begun.project.id + 1, begun.action) is None


def test_units_before_and_after_an_action_are_told(begun: Begun) -> None:
    one, two = (unit.id for unit in begun.units)
    text_id = begun.units[0].text_id
    first = begun.action
    begun.uow.past.note_units(first, [UnitBefore(one, None, obsolete=False)])
    second = later(begun)
    begun.uow.past.note_units(second, [UnitBefore(one, text_id, obsolete=True)])
    assert begun.uow.past.units_before(first, [one, two]) == {one: UnitBefore(one, None, False)}
    assert begun.uow.past.units_after(first, [one, two]) == {one: UnitBefore(one, text_id, True)}
    assert begun.uow.past.units_after(second, [one, two]) == {}
    changes = begun.uow.past.source_changes(begun.units[0])
    assert [(each.action.id, each.before, each.obsolete) for each in changes] == [
        (second, "a b c", True), (first, None, False),
    ]  # fmt: skip


def test_what_an_action_wrote_is_told_with_what_was_there(begun: Begun) -> None:
    begun.write(begun.said("Hifadhi"))
    second = later(begun)
    begun.write(begun.said("Weka", expected=1), begun.said("Mpya", at=1))
    one, two = (unit.id for unit in begun.units)
    found = begun.uow.past.touched(begun.catalogue.id, "sw", second)
    assert {unit: (t.wrote, t.stands) for unit, t in found.items()} == {
        one: (True, True), two: (True, True),
    }  # fmt: skip
    before = found[one].before
    assert before is not None
    assert (before.text, found[two].before) == ("Hifadhi", None)


def test_a_text_that_was_taken_back_is_missing_and_keeps_its_history(begun: Begun) -> None:
    begun.write(begun.said("Hifadhi"))
    begun.write(begun.said("", State.MISSING, expected=1))
    assert begun.load() == {}
    assert begun.counts()[0].missing == 2
    begun.write(begun.said("Weka"))
    states = [each.state for each in begun.uow.translations.history(begun.units[0], "sw")]
    assert states == [State.TRANSLATED, State.MISSING, State.TRANSLATED]


def test_a_replaced_file_comes_back_once(begun: Begun) -> None:
    begun.write_file("sw.json", b"old", "sw")
    second = later(begun)
    for path in ("sw.json", "fr.json"):
        begun.uow.past.keep_file(begun.catalogue.id, path, second)
    begun.write_file("sw.json", b"new", "sw")
    begun.write_file("fr.json", b"new", "fr")
    assert sorted(begun.uow.past.restore_files(begun.catalogue.id, second)) == [
        "fr.json", "sw.json",
    ]  # fmt: skip
    assert begun.uow.catalogues.read_file(begun.catalogue.id, "sw.json") == b"old"
    assert begun.uow.catalogues.read_file(begun.catalogue.id, "fr.json") is None
    assert begun.uow.past.restore_files(begun.catalogue.id, second) == ()
