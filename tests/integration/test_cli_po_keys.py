"""A project whose PO files have names for msgids, and its texts in English in a PO file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.console import Console, console_in

_DATA = Path(__file__).parents[1] / "data" / "po-keys"
ENGLISH = (_DATA / "en.po").read_text()
SWAHILI = (_DATA / "sw.po").read_text()


@pytest.fixture
def console(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Console:
    console = console_in(tmp_path, monkeypatch, capsys)
    console.write({"i18n/en.po": ENGLISH, "i18n/sw.po": SWAHILI})
    return console


def test_init_takes_the_english_file_for_the_source(console: Console) -> None:
    ran = console("init")
    assert ran.code == 0
    written = (console.folder / "dpg-l10n.toml").read_text()
    assert 'source = "i18n/en.po"\ntarget = "i18n/{language}.po"' in written
    assert "format" not in written  # the source file shows it
    (row,) = console("coverage", "--format", "json").json["languages"]
    assert row["language"] == "sw"
    assert row["units"] == {
        "total": 5, "reviewed": 0, "translated": 3, "needs_work": 1, "draft": 0, "copied": 0,
        "missing": 1,
    }  # fmt: skip


def test_placeholders_are_compared_with_the_english_text(console: Console) -> None:
    assert console("check", "--format", "json").json["findings"] == []
    console.write({"i18n/sw.po": SWAHILI.replace('"Ziara mpya"', '"Ziara %s"')})
    (found,) = console("check", "--format", "json").json["findings"]
    assert (found["code"], found["key"]) == ("placeholder.added", "menu.visit.new")


def test_texts_are_pushed_edited_and_given_back(console: Console) -> None:
    pushed = console("push", "--json").json
    assert [(each["format"], each["units"]) for each in pushed["catalogues"]] == [("po-keys", 5)]
    report = console("export", "--out", "out", "--json").json
    assert [each["unchanged"] for each in report["files"]] == [True]
    edit = ("review", "edit", "-l", "sw", "--revision", "1", "--text", "Habari, %s. Kaa.")
    assert console(*edit, "app", "visit.greeting").code == 0
    console("export", "--out", "out")
    text = SWAHILI.replace("#, fuzzy, c-format", "#, c-format").replace(
        "Habari, %s.", "Habari, %s. Kaa."
    )
    assert console.files()["out/i18n/sw.po"].decode() == text


def test_a_changed_english_text_makes_its_translation_need_work(console: Console) -> None:
    console("push")
    console.write({"i18n/en.po": ENGLISH.replace('"New visit"', '"Another visit"')})
    (catalogue,) = console("push", "--json").json["catalogues"]
    assert (catalogue["changed"], catalogue["added"], catalogue["removed"]) == (1, 0, 0)
    console("export", "--out", "out")
    text = SWAHILI.replace('msgid "menu.visit.new"', '#, fuzzy\nmsgid "menu.visit.new"')
    assert console.files()["out/i18n/sw.po"].decode() == text


def test_a_compiled_catalogue_has_the_names_and_gettext_the_texts(console: Console) -> None:
    console("push")
    console("export", "--out", "out", "--format", "mo")
    console("export", "--out", "out", "--format", "po")
    files = console.files()
    assert b"menu.visit.new\0" in files["out/i18n/sw.mo"]
    assert b'msgctxt "button|visit.save"\nmsgid "Save"' in files["out/app/sw.po"]


def test_the_configuration_says_it_where_no_text_does(console: Console) -> None:
    catalogue = (
        '[[catalogue]]\nname = "app"\nsource = "i18n/en.po"\ntarget = "i18n/{language}.po"\n'
    )
    console.write({"dpg-l10n.toml": catalogue + 'format = "po"\n'})
    (found,) = console("push", "--json", "--dry-run").json["catalogues"]
    assert found["format"] == "po"
    words = {"menu.visit.new": "New", "visit.greeting": "Hello", "visit.note": "Note"}
    named = ENGLISH
    for name, word in words.items():
        named = named.replace(f'"{name}"', f'"{word}"')
    console.write({"i18n/en.po": named, "dpg-l10n.toml": catalogue + 'format = "po-keys"\n'})
    (found,) = console("push", "--json", "--dry-run").json["catalogues"]
    assert (found["format"], found["units"]) == ("po-keys", 5)
