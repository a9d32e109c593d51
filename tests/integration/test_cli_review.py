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


FORMS = {
    "i18n/en.json": '{"files": {"one": "{count} file", "other": "{count} files"}, "save": "Save it"}',
    "i18n/ar.json": "{}",
    "po/app.pot": 'msgid "%d day"\nmsgid_plural "%d days"\nmsgstr[0] ""\nmsgstr[1] ""\n',
    "po/sl.po": 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n>2);\\n"\n',
}


@pytest.fixture
def forms(console: Console) -> Console:
    """A store with plurals: of categories in Arabic, numbered in Slovenian."""
    console.write(FORMS)
    console("push")
    return console


def _variants(**texts: str) -> list[str]:
    return [word for name, text in texts.items() for word in ("--variant", f"{name}={text}")]


ARABIC = {name: f"{{count}} {name}" for name in ("zero", "one", "two", "few", "many", "other")}


def test_plural_variants_are_written_whatever_their_order(forms: Console) -> None:
    given = _variants(**dict(reversed(ARABIC.items())))
    edit = ("review", "edit", "-l", "ar", "--revision", "0", *given, "app", "files", "--json")
    ran = forms(*edit)
    assert ran.code == 0
    assert ran.json["text"] == {"forms": [[name, text] for name, text in ARABIC.items()]}
    assert ran.json["variants"] == list(ARABIC)


def test_the_variants_of_a_gettext_file_go_by_its_numbers(forms: Console) -> None:
    edit = ("review", "edit", "-l", "sl", "--revision", "0")
    unit = ("app-po", "%d day")
    ran = forms(*edit, "--variant", "one=dan", "--variant", "other=dni", *unit)
    assert (ran.code, ran.out) == (2, "")
    assert "has no variant one, other. In sl give each" in ran.err
    assert "--variant NAME=TEXT: 0 (0–2), 1 (3+)  [state.shape]" in ran.err
    ran = forms(*edit, "--variant", "1=%d dni = več", "--variant", "0=%d dan", *unit)
    assert ran.code == 0
    assert ran.out.splitlines()[2:] == ["  %d dan / %d dni = več", "  variants: 0 (0–2), 1 (3+)"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (_variants(one="a", other="b"), "variants are missing: zero, two, few, many."),
        (_variants(**{**ARABIC, "few": ""}), "variants are missing: few."),
        (_variants(ones="a"), "“files” has no variant ones. In ar give each"),
        ([*_variants(**ARABIC), *_variants(one="b")], "a variant was given twice: one."),
        (["--text", "a"], "“files” has plural variants. In ar give each"),
        ([*_variants(**ARABIC), "--text", "a"], "Give either --text or --variant"),
        ([], "Give either --text or --variant"),
        (["--variant", "one"], "“one” is no variant. Write its name, = and its text: one=…"),
    ],
)
def test_other_variants_than_those_of_the_language_are_refused(
    forms: Console, given: list[str], told: str
) -> None:
    ran = forms("review", "edit", "-l", "ar", "--revision", "0", *given, "app", "files")
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    listed = forms("review", "list", "-l", "ar", "--json").json
    assert {unit["state"] for unit in listed} == {"missing"}


def test_variants_of_a_unit_that_has_none_are_refused(forms: Console) -> None:
    given = _variants(**ARABIC)
    ran = forms("review", "edit", "-l", "ar", "--revision", "0", *given, "app", "save")
    assert ran.code == 2
    assert "“save” has no plural variants: give its text with --text." in ran.err
