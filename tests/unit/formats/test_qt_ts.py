"""Reading and writing Qt's .ts files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dpg_l10n.domain.catalogue import FUZZY, Catalogue, Entry
from dpg_l10n.domain.message import Plural
from dpg_l10n.domain.plurals import gettext_plural
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.qt_ts import FORMAT, begin
from dpg_l10n.formats.qt_ts.plurals import formula

SAMPLES = Path(__file__).parents[2] / "data" / "qt-ts"
CLINIC = (SAMPLES / "clinic_fr.ts").read_bytes()
IDS = (SAMPLES / "ids.ts").read_bytes()


def one(body: str, attributes: str = "") -> Entry:
    data = f"<TS><context><name>C</name><message{attributes}>{body}</message></context></TS>"
    (entry,) = FORMAT.parse(data.encode()).entries
    return entry


def key(name: str) -> str:
    return next(e.key for e in FORMAT.parse(CLINIC).entries if name in e.key)


def written(*changed: Entry) -> str:
    catalogue = FORMAT.parse(CLINIC)
    new = {entry.key: entry for entry in changed}
    entries = tuple(new.get(entry.key, entry) for entry in catalogue.entries)
    return FORMAT.serialize(replace(catalogue, entries=entries), CLINIC).decode()


class TestReading:
    def test_context_and_comment_tell_equal_sources_apart(self) -> None:
        found = {e.context: e.text for e in FORMAT.parse(CLINIC).entries if e.source == "Open"}
        assert found == {"MainWindow|verb": "Ouvrir", "MainWindow|adjective": "Ouvert"}

    def test_an_id_is_the_key(self) -> None:
        assert list(FORMAT.parse(IDS).by_key()) == ["visit-title", "visit-count"]

    def test_notes_and_places_are_kept(self) -> None:
        entry = FORMAT.parse(CLINIC).entries[0]
        assert (entry.notes, entry.locations, entry.line) == (
            "Title of the window.", "../src/main.cpp:12\n+8", 7,
        )  # fmt: skip

    def test_plural_forms_are_indices_in_the_order_of_qt(self) -> None:
        catalogue = FORMAT.parse(CLINIC)
        entry = catalogue.by_key()[key("bed")]
        assert entry.text == Plural((("0", "%n lit libre"), ("1", "%n lits libres")))
        assert entry.source == Plural.of(one="%n free bed(s)", other="%n free bed(s)")
        assert catalogue.header_field("Plural-Forms") == "nplurals=2; plural=(n > 1);"

    @pytest.mark.parametrize(
        ("body", "text", "flags"),
        [
            ("<source>a</source>", "", set()),
            ("<source>a</source><translation/>", "", set()),
            ("<source>a</source><translation>b</translation>", "b", set()),
            ('<source>a</source><translation type="unfinished">b</translation>', "b", {FUZZY}),
            ('<source>a</source><translation type="unfinished"/>', "", set()),
            ("<source>a</source><translation>&lt;<byte value='x1b'/>&#x41;</translation>", "<\x1bA", set()),
            ("<source>a</source><translation variants='yes'><lengthvariant>long</lengthvariant>"
             "<lengthvariant>l</lengthvariant></translation>", "long\x9cl", set()),
        ],
    )  # fmt: skip
    def test_a_translation_is_what_qt_reads(self, body: str, text: str, flags: set[str]) -> None:
        entry = one(body)
        assert (entry.text, set(entry.flags)) == (text, flags)

    def test_what_vanished_is_obsolete(self) -> None:
        assert [entry.text for entry in FORMAT.parse(CLINIC).obsolete] == ["Ancien texte"]

    def test_a_message_in_a_comment_is_none(self) -> None:
        data = b"<TS><!-- <message><source>a</source></message> --></TS>"
        assert FORMAT.parse(data).entries == ()

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"<html/>", "format.root"),
            (b"<TS>", "format.xml"),
            (b"<TS><context><name>c</name>" + b"<message><source>a</source></message>" * 2
             + b"</context></TS>", "format.duplicate"),
        ],
    )  # fmt: skip
    def test_other_documents_are_refused(self, data: bytes, code: str) -> None:
        with pytest.raises(FormatError) as caught:
            FORMAT.parse(data)
        assert caught.value.error_code == code


class TestWriting:
    def test_a_draft_is_marked_unfinished_and_says_what_it_is(self) -> None:
        old = FORMAT.parse(CLINIC).by_key()[key("late")]
        new = old._replace(text="C'est tard", flags=frozenset({FUZZY}), notes="machine draft: x")
        out = written(new)
        assert (
            "<translatorcomment>machine draft: x</translatorcomment>\n"
            '        <translation type="unfinished">C&apos;est tard</translation>'
        ) in out
        assert FORMAT.parse(out.encode()).by_key()[old.key].notes == "machine draft: x"

    def test_a_finished_text_loses_its_mark(self) -> None:
        old = FORMAT.parse(CLINIC).by_key()[key("adjective")]
        assert "<translation>Ouvert</translation>" in written(old._replace(flags=frozenset()))

    def test_an_emptied_text_is_unfinished(self) -> None:
        old = FORMAT.parse(CLINIC).by_key()[key("verb")]
        assert '<translation type="unfinished"></translation>' in written(old._replace(text=""))

    def test_a_vanished_message_comes_back_where_it_is(self) -> None:
        catalogue = FORMAT.parse(CLINIC)
        back = catalogue.obsolete[0]
        edited = replace(catalogue, entries=(*catalogue.entries, back), obsolete=())
        out = FORMAT.serialize(edited, CLINIC)
        assert out.decode() == CLINIC.decode().replace(' type="vanished"', "")

    def test_a_message_of_a_new_context_makes_the_context(self) -> None:
        entry = Entry("New\x04Hi <1>", "Salut", "Hi <1>", "New|short", "Say it.", "a.cpp:3")
        catalogue = FORMAT.parse(CLINIC)
        edited = replace(catalogue, entries=(*catalogue.entries, entry))
        out = FORMAT.serialize(edited, CLINIC).decode()
        assert out.endswith(
            "</context>\n<context>\n    <name>New</name>\n    <message>\n"
            '        <location filename="a.cpp" line="3"/>\n'
            "        <source>Hi &lt;1&gt;</source>\n        <comment>short</comment>\n"
            "        <extracomment>Say it.</extracomment>\n"
            "        <translation>Salut</translation>\n    </message>\n</context>\n</TS>\n"
        )

    def test_a_new_language_starts_from_the_source_without_its_texts(self) -> None:
        made = begin(FORMAT.parse(CLINIC), "pl")
        out = FORMAT.serialize(made, CLINIC)
        again = FORMAT.parse(out)
        assert again.language == "pl"
        assert [e.key for e in again.entries] == [e.key for e in made.entries]
        assert b"Ancien texte" not in out
        assert again.by_key()[key("bed")].text == Plural((("0", ""), ("1", ""), ("2", "")))

    def test_no_language_is_written_that_the_file_has_already(self) -> None:
        catalogue = FORMAT.parse(CLINIC)
        same = Catalogue(FORMAT.name, catalogue.entries, "fr_FR", obsolete=catalogue.obsolete)
        assert FORMAT.serialize(same, CLINIC) == CLINIC


class TestPlurals:
    @pytest.mark.parametrize(
        ("language", "forms", "count"),
        [("fr", None, 2), ("fr", 3, 3), ("ja", None, 1), ("pl", None, 3), ("ar_EG", 6, 6),
         ("sw", None, 2), ("ar", 2, 2), ("zh_CN", None, 1), ("cy", None, 5)],
    )  # fmt: skip
    def test_every_formula_can_be_worked_out(
        self, language: str, forms: int | None, count: int
    ) -> None:
        rule = gettext_plural(formula(language, forms))
        assert rule is not None
        assert rule.count == count
        assert {rule.index(number) for number in range(200)} <= set(range(count))


@pytest.mark.parametrize(
    ("head", "expected"),
    [(b"<?xml version='1.0'?><!DOCTYPE TS><TS>", True), (b"export const a = 1;", False)],
)
def test_typescript_is_told_apart(head: bytes, expected: bool) -> None:
    assert FORMAT.sniff("a_fr.ts", head) is expected


@pytest.mark.parametrize(("old", "sign"), [("Hi", "&apos;"), ("It's", "'")])
def test_an_apostrophe_is_written_as_linguist_does_unless_the_file_has_it_bare(
    old: str, sign: str
) -> None:
    data = (
        '<TS version="2.1"><context><name>M</name>\n<message>\n'
        f"<source>{old}</source>\n<translation>A</translation>\n</message></context></TS>\n"
    ).encode()
    catalogue = FORMAT.parse(data)
    made = catalogue.with_texts({catalogue.entries[0].key: "C'est"})
    assert f"<translation>C{sign}est</translation>" in FORMAT.serialize(made, data).decode()


@pytest.mark.parametrize("name", ["f\r_FR", "f\n_FR", "&#102;r", " fr ", "f&amp;r"])
def test_a_language_of_any_spelling_stays_as_it_is(name: str) -> None:
    data = f'<TS language="{name}"><context><name>C</name></context></TS>'.encode()
    assert FORMAT.serialize(FORMAT.parse(data), data) == data


@pytest.mark.parametrize(
    "body",
    [
        'a <byte value="x2"/> &amp; &#x2222a0;',
        "<lengthvariant>a</lengthvariant>",
        "<numerusform>a</numerusform>",
    ],
)
def test_what_looks_like_an_element_in_a_cdata_section_is_text(body: str) -> None:
    entry = one(f"<source>s</source><translation><![CDATA[{body}]]></translation>")
    assert entry.text == body
