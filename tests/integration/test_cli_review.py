"""``dpg-l10n review``."""

from __future__ import annotations

import pytest

from tests.support.console import BROKEN, SWAHILI, Console


@pytest.fixture
def clinic(console: Console) -> Console:
    """A store with the small project in it, translated in part."""
    console.clinic(sw=SWAHILI, fr=BROKEN)
    console("push")
    return console


def _state(console: Console, key: str, language: str = "sw") -> tuple[str, int, str | None]:
    listed = console("review", "list", "-l", language, "--json").json
    (unit,) = [each for each in listed if each["key"] == key]
    return unit["state"], unit["revision"], unit["text"]


def test_the_list_shows_source_text_state_and_revision(clinic: Console) -> None:
    ran = clinic("review", "list", "-l", "sw")
    assert ran.code == 0
    assert ran.out.splitlines()[:3] == [
        "app  save  [translated, import, revision 1]",
        "  Save the form",
        "  Hifadhi fomu",
    ]
    assert "3 units." in ran.err


def test_the_list_shows_what_the_checks_found(clinic: Console) -> None:
    assert "! error: The placeholder" in clinic("review", "list", "-l", "fr").out


def test_the_list_can_be_of_one_state(clinic: Console) -> None:
    listed = clinic("review", "list", "-l", "sw", "--state", "missing", "--json").json
    assert [unit["key"] for unit in listed] == ["open"]


def test_a_list_that_was_cut_off_says_so(clinic: Console) -> None:
    assert "--limit" in clinic("review", "list", "-l", "sw", "--limit", "1").err


def test_an_accepted_text_is_reviewed(clinic: Console) -> None:
    ran = clinic("review", "accept", "-l", "sw", "--revision", "1", "app", "save", "--json")
    assert ran.code == 0
    assert (ran.json["state"], ran.json["revision"]) == ("reviewed", 2)
    assert _state(clinic, "save") == ("reviewed", 2, "Hifadhi fomu")


def test_a_text_with_an_error_cannot_be_reviewed(clinic: Console) -> None:
    ran = clinic("review", "accept", "-l", "fr", "--revision", "1", "app", "greet")
    assert (ran.code, ran.out) == (5, "")
    assert "[state.errors]" in ran.err
    assert _state(clinic, "greet", "fr")[0] == "translated"


def test_an_edited_text_is_translated(clinic: Console) -> None:
    clinic("review", "edit", "-l", "sw", "--revision", "0", "--text", "Fungua", "app", "open")
    assert _state(clinic, "open") == ("translated", 1, "Fungua")


def test_a_rejected_text_needs_work(clinic: Console) -> None:
    ran = clinic("review", "reject", "-l", "sw", "--revision", "1", "--why", "tone", "app", "save")
    assert ran.code == 0
    assert _state(clinic, "save")[0] == "needs_work"


def test_a_decision_on_an_old_revision_is_a_conflict_and_changes_nothing(clinic: Console) -> None:
    clinic("review", "edit", "-l", "sw", "--revision", "1", "--text", "Weka", "app", "save")
    ran = clinic("review", "edit", "-l", "sw", "--revision", "1", "--text", "Tunza", "app", "save")
    assert (ran.code, ran.out) == (5, "")
    assert "current one is 2" in ran.err
    assert "kept as a suggestion" in ran.err
    assert "[conflict.stale]" in ran.err
    assert _state(clinic, "save") == ("translated", 2, "Weka")


@pytest.mark.parametrize(
    ("catalogue", "key", "told"), [("web", "save", "The project has: app"), ("app", "sav", "sav")]
)
def test_what_does_not_exist_is_named(clinic: Console, catalogue: str, key: str, told: str) -> None:
    ran = clinic("review", "accept", "-l", "sw", "--revision", "1", catalogue, key)
    assert ran.code == 2
    assert told in ran.err
    assert "[not_found]" in ran.err


def test_a_decision_without_a_revision_is_a_usage_error(clinic: Console) -> None:
    ran = clinic("review", "accept", "-l", "sw", "app", "save")
    assert ran.code == 2
    assert "--revision" in ran.err


def test_a_unit_without_a_text_cannot_be_accepted(clinic: Console) -> None:
    ran = clinic("review", "accept", "-l", "sw", "--revision", "0", "app", "open")
    assert ran.code == 2
    assert "[state.empty]" in ran.err
