"""``dpg-l10n convert`` as a person uses it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dpg_l10n.formats import FORMATS
from tests.support.console import SOURCE, SWAHILI, Console, console_in
from tests.support.projects import json_bytes

_PO = b"""\
msgid ""
msgstr ""
"Language: sw\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n == 1);\\n"

#. On the first page.
msgid "Save"
msgstr "Hifadhi"

#, fuzzy
msgid "Open"
msgstr "Fungua"

msgid "%d file"
msgid_plural "%d files"
msgstr[0] "faili %d"
msgstr[1] "faili moja"
"""


@pytest.fixture
def console(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Console:
    return console_in(tmp_path, monkeypatch, capsys)


def test_a_translation_beside_its_source_becomes_a_gettext_file(console: Console) -> None:
    console.write({"en.json": json_bytes(SOURCE), "sw.json": json_bytes(SWAHILI)})
    ran = console("convert", "sw.json", "sw.po", "--source", "en.json")
    assert ran.code == 0
    assert "nothing is lost" in ran.err
    found = FORMATS["po"].parse(console.files()["sw.po"])
    assert found.language == "sw"
    assert {e.context: e.text for e in found.entries} == {**SWAHILI, "open": ""}


def test_variants_follow_the_formula_of_the_file_that_they_come_from(console: Console) -> None:
    console.write({"sw.po": _PO})
    assert console("convert", "sw.po", "strings.xml", "--to", "android").code == 0
    written = console.files()["strings.xml"].decode()
    assert '<item quantity="one">faili moja</item>' in written
    assert '<item quantity="other">faili %d</item>' in written


def test_what_is_lost_is_told_by_kind_with_examples(console: Console) -> None:
    console.write({"sw.po": _PO})
    ran = console("convert", "sw.po", "sw.properties", "--json")
    assert ran.code == 0
    lost = {loss["kind"]: loss for loss in ran.json["losses"]}
    assert lost["state"]["count"] == 1
    assert lost["state"]["examples"][0]["key"] == "Open"
    assert "Fungua" not in console.files()["sw.properties"].decode()
    assert lost["source"]["count"] == 3


def test_a_text_that_needs_work_is_kept_unmarked_only_when_asked(console: Console) -> None:
    console.write({"sw.po": _PO})
    assert console("convert", "sw.po", "sw.properties", "--keep-unfinished").code == 0
    assert "Fungua" in console.files()["sw.properties"].decode()


def test_a_loss_is_an_error_only_when_asked(console: Console) -> None:
    console.write({"sw.po": _PO})
    assert console("convert", "sw.po", "a.properties", "--fail-on-loss").code == 1
    assert "a.properties" in console.files()
    console.write({"en.json": b'{"a": "A"}'})
    assert console("convert", "en.json", "a.json", "--fail-on-loss").code == 0


def test_a_table_gives_a_file_for_each_language_and_files_make_one_table(console: Console) -> None:
    console.write({"all.csv": b"key,en,fr,sw\na,Save,Enregistrer,Hifadhi\nb,Open,,Fungua\n"})
    assert console("convert", "all.csv", "i18n/{language}.json", "--to", "json").code == 0
    assert set(console.files()) == {"all.csv", "i18n/en.json", "i18n/fr.json", "i18n/sw.json"}
    assert console("convert", "i18n/{language}.json", "again.csv", "--to", "csv").code == 0
    again = FORMATS["csv"]
    data = console.files()["again.csv"]
    assert again.multilingual is not None
    assert set(again.multilingual.languages(data)) == {"fr", "sw"}
    said = again.multilingual.parse(data, "sw")
    assert [entry.text for entry in said.entries] == ["Hifadhi", "Fungua"]


def test_a_page_is_translated_through_gettext_and_laid_out_as_its_source(console: Console) -> None:
    console.write({"guide.md": "# Guide\n\nRead *this*.\n\n```\ncode\n```\n"})
    assert console("convert", "guide.md", "guide.pot").code == 0
    pot = console.files()["guide.pot"].decode()
    said = pot.replace('msgid "Guide"\nmsgstr ""', 'msgid "Guide"\nmsgstr "Mwongozo"')
    console.write({"guide.sw.po": said})
    refused = console("convert", "guide.sw.po", "guide.sw.md", "-l", "sw")
    assert (refused.code, "convert.template" in refused.err) == (2, True)
    ran = console("convert", "guide.sw.po", "guide.sw.md", "-l", "sw", "--template", "guide.md")
    assert ran.code == 0
    expected = "# Mwongozo\n\nRead *this*.\n\n```\ncode\n```\n"
    assert console.files()["guide.sw.md"].decode() == expected


def test_markup_is_markup_again_where_the_template_has_it(console: Console) -> None:
    source = (
        '<resources>\n    <string name="a">Read the <b>terms</b> &amp; go</string>\n</resources>\n'
    )
    console.write({"values/strings.xml": source})
    assert console("convert", "values/strings.xml", "a.pot").code == 0
    ran = console("convert", "a.pot", "back.xml", "--template", "values/strings.xml")
    assert (ran.code, console.files()["back.xml"].decode()) == (0, source)


def test_placeholders_change_their_style_only_when_asked(console: Console) -> None:
    console.write({"en.properties": "a=Hello {0}\n"})
    ran = console("convert", "en.properties", "kept.xml", "--to", "android")
    assert ran.code == 0
    assert "Hello {0}" in console.files()["kept.xml"].decode()
    console("convert", "en.properties", "new.xml", "--to", "android", "--placeholders", "printf")
    assert "Hello %1$s" in console.files()["new.xml"].decode()


def test_a_compiled_catalogue_is_written_and_read(console: Console) -> None:
    console.write({"sw.po": _PO})
    assert console("convert", "sw.po", "sw.mo").code == 0
    assert console("convert", "sw.mo", "back.po").code == 0
    back = FORMATS["po"].parse(console.files()["back.po"]).by_key()
    assert back["Save"].text == "Hifadhi"
    assert "Open" not in back  # a program shows the source of what needs work


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("all.csv", "new.json", "--to", "json"), 2, "convert.language"),
        (("all.csv", "new.xml"), 2, "--to"),
        (("all.csv", "new.json", "--to", "json", "-l", "de"), 2, "not_found"),
        (("all.csv", "new.abc"), 2, "--to"),
        (("gone.csv", "new.json", "--to", "json"), 3, "input.missing"),
        (("all.csv", "all.csv", "--to", "csv"), 2, "usage.exists"),
        (("x/{language}.json", "new.csv", "--to", "csv"), 3, "input.missing"),
        (("i/{language}.json", "new.csv", "--to", "csv"), 2, "convert.source"),
        (("bad.csv", "new.json", "--to", "json"), 2, "--from"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(
    console: Console, arguments: tuple[str, ...], code: int, said: str
) -> None:
    console.write({
        "all.csv": b"key,en,fr,sw\na,Save,Enregistrer,Hifadhi\n", "bad.csv": b"\x00\x01",
        "i/fr.json": b'{"a": "A"}', "i/sw.json": b'{"a": "B"}',
    })  # fmt: skip
    before = console.files()
    ran = console("convert", *arguments)
    assert ran.code == code, ran.err
    assert said in ran.err
    assert console.files() == before


def test_json_keeps_an_object_of_plural_forms(console: Console) -> None:
    data = b'{\n  "files": {\n    "one": "One file",\n    "other": "{n} files"\n  }\n}\n'
    console.write({"en.json": data})
    assert console("convert", "en.json", "out.json", "--to", "json").code == 0
    assert console.files()["out.json"] == data


def test_variants_that_no_icu_message_holds_become_an_object_in_json(console: Console) -> None:
    console.write({"sw.po": _PO.replace(b"%d", b"{{n}}")})
    assert console("convert", "sw.po", "sw.json", "--to", "json").code == 0
    assert b'"one": "faili moja"' in console.files()["sw.json"]


def test_a_fault_names_the_file_and_the_place_in_it(console: Console) -> None:
    console.write({"en.json": b'{"a": "b"}', "sw.json": b'{"a": 1,,}'})
    ran = console("convert", "{language}.json", "{language}.po")
    assert ran.code == 3
    assert "sw.json:1:9: A comma" in ran.err
    assert "en.po" not in console.files()


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.json", "json"), ("a.csv", "csv"), ("a.xlsx", "xlsx"), ("a.xlf", "xliff1")],
)
def test_the_plainest_format_of_an_ending_is_meant(console: Console, name: str, form: str) -> None:
    console.write({"sw.po": _PO})
    ran = console("convert", "sw.po", name, "--json")
    assert (ran.code, ran.json["to_format"]) == (0, form)


@pytest.mark.parametrize(
    ("name", "form"), [("out.po", "po"), ("out.yml", "rails-yaml"), ("out.tbx", "tbx")]
)
def test_a_new_file_is_of_the_usual_format_of_its_ending(
    console: Console, name: str, form: str
) -> None:
    console.write({"en.json": json_bytes(SOURCE)})
    ran = console("convert", "en.json", name)
    assert ran.code == 0
    assert f"json to {form}" in ran.err
