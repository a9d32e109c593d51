"""What every store promises of releases."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.release import Held, Release
from dpg_l10n.domain.states import State
from dpg_l10n.store.releases import packed, unpacked
from tests.support.stores import Begun

_NUMBERS = st.integers(1, 2**31 - 1)


def released(begun: Begun, name: str, revisions: dict[int, int], language: str = "sw") -> int:
    """Add a release with one file and return its number."""
    made = Release(name, 0, "", "native", "", ())
    held = Held(begun.catalogue.id, language, "sw.json", "00ff" * 16, 7, revisions)
    begun.uow.releases.add(begun.project.id, made, f"job of {name}", [held], begun.action)
    return begun.uow.releases.list(begun.project.id)[0].id


@given(st.dictionaries(_NUMBERS, _NUMBERS, max_size=8))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_a_release_held_is_packed_without_loss(revisions: dict[int, int]) -> None:
    assert unpacked(packed(revisions)) == revisions


def test_a_release_is_found_by_what_it_held(begun: Begun) -> None:
    one, two = (unit.id for unit in begun.units)
    first = released(begun, "v1", {one: 1, two: 4})
    second = released(begun, "v2", {two: 5})
    french = released(begun, "v2-fr", {two: 4}, "fr")
    found = begun.uow.releases.holding
    assert found(begun.catalogue.id, "sw", two, {4, 5}) == {first, second}
    assert found(begun.catalogue.id, "sw", two, {4}) == {first}
    assert found(begun.catalogue.id, "fr", two, {4}) == {french}
    assert found(begun.catalogue.id, "sw", one, {2}) == frozenset()
    assert found(begun.catalogue.id, "sw", one, set()) == frozenset()
    assert found(begun.catalogue.id, "de", one, {1}) == frozenset()


def test_releases_are_listed_with_who_and_when_and_in_which_languages(begun: Begun) -> None:
    number = released(begun, "v1", {1: 1})
    (found,) = begun.uow.releases.list(begun.project.id)
    assert found == Release("v1", 100, "amina", "native", "", ("sw",), number)
    (file,) = begun.uow.releases.files(number)
    assert (file.catalogue, file.path, file.sha256, file.bytes, file.units) == (
        "app", "sw.json", "00ff" * 16, 7, 1,
    )  # fmt: skip
    assert begun.uow.releases.job_of(begun.project.id, "v1") == "job of v1"
    assert begun.uow.releases.job_of(begun.project.id, "v2") is None


def test_what_speaks_against_a_release_is_what_ships_of_it(begun: Begun) -> None:
    one, two = begun.units
    begun.uow.units.update(begun.catalogue.id, [one._replace(risk="legal")])
    begun.write(begun.said("Hifadhi"), begun.said("Mpya", at=1))
    finding = (two.id, "placeholder.lost", "error", "lost")
    begun.uow.translations.replace_findings(begun.catalogue.id, "sw", [two.id], [finding])
    ask, states = begun.uow.releases, (State.TRANSLATED, State.NEEDS_WORK)
    assert ask.unreviewed_risk(begun.project.id, "sw", states) == ("app/k0",)
    assert ask.unreviewed_risk(begun.project.id, "sw", (State.REVIEWED,)) == ()
    assert ask.unreviewed_risk(begun.project.id, "sw", ()) == ()
    assert ask.with_errors(begun.project.id, "sw", states) == ("app/k1",)
    assert ask.with_errors(begun.project.id, "fr", states) == ()
    begun.write(begun.said("Hifadhi", State.NEEDS_WORK, expected=1))
    begun.uow.talk.withdraw(one.id, "sw", "Hifadhi", begun.action)
    assert ask.unreviewed_risk(begun.project.id, "sw", states) == ()
    (text,) = ask.withdrawn(begun.project.id)
    assert (text.catalogue, text.key, text.language, text.text) == ("app", "k0", "sw", "Hifadhi")
