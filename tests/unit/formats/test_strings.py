"""Reading and writing Apple ``.strings`` files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.strings import FORMAT

SAMPLES = Path(__file__).parents[2] / "data" / "strings"
CLINIC = (SAMPLES / "Localizable.strings").read_bytes()
ODD = (SAMPLES / "InfoPlist.strings").read_bytes()
WIDE = (SAMPLES / "wide.strings").read_bytes()
ESCAPED = (SAMPLES / "escaped.strings").read_bytes()
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def pairs(text: str) -> dict[str, object]:
    return {entry.key: entry.text for entry in FORMAT.parse(text.encode()).entries}


def notes(text: str) -> list[str]:
    return [entry.notes for entry in FORMAT.parse(text.encode()).entries]


def refused(data: bytes | str) -> FormatError:
    with pytest.raises(FormatError) as caught:
        FORMAT.parse(data.encode() if isinstance(data, str) else data)
    return caught.value


def edited(data: bytes | str, key: str, text: str) -> str:
    data = data.encode() if isinstance(data, str) else data
    catalogue = FORMAT.parse(data)
    return FORMAT.serialize(catalogue.with_texts({key: text}), data).decode()


def with_entries(text: str, *entries: Entry) -> str:
    return FORMAT.serialize(Catalogue("strings", entries), text.encode()).decode()


class TestReading:
    @pytest.mark.parametrize(
        ("line", "key", "text"),
        [
            ('"a" = "b";', "a", "b"),
            ('"a"="b";', "a", "b"),
            ("a = b;", "a", "b"),
            ("a.b-c_$:/d = /path/to;", "a.b-c_$:/d", "/path/to"),
            ("'a' = 'it\"s';", "a", 'it"s'),
            ('"a";', "a", "a"),
            ("a;", "a", "a"),
            ('"a" /* x */ = // y\n "b" /* z */ ;', "a", "b"),
            ('\u2028"a" = "b";\u2029', "a", "b"),
            (r'"a\"b" = "c\"d";', 'a"b', 'c"d'),
            (r'"a" = "\a\b\f\n\r\t\v\\\q\'";', "a", "\a\b\f\n\r\t\v\\q'"),
            (r'"a" = "\U00e9\Ue9 \Ud83d\ude00";', "a", None),
            (r'"a" = "\U00e9x\Ue9 \Ud83d\UDE00";', "a", "éxé 😀"),
            (r'"a" = "\u00e9";', "a", "u00e9"),
            (r'"a" = "\101\0401";', "a", "A 1"),
            ('"a" = "b\\\nc";', "a", "b\nc"),
            ('"a" = "b\r\nc";', "a", "b\nc"),
            ('"a" = "/* no // comment */";', "a", "/* no // comment */"),
            ('"a" = "";', "a", ""),
        ],
    )
    def test_a_pair(self, line: str, key: str, text: str | None) -> None:
        if text is None:
            assert refused(line).error_code == "format.escape"
        else:
            assert pairs(line) == {key: text}

    def test_a_file_without_entries_is_one(self) -> None:
        assert pairs("") == pairs("// nothing\n/* here */") == {}

    def test_utf_16_with_a_mark_is_read_and_given_back(self) -> None:
        catalogue = FORMAT.parse(WIDE)
        assert [e.text for e in catalogue.entries] == ["Habari", "Kwaheri 👋"]
        assert [e.line for e in catalogue.entries] == [2, 5]
        written = FORMAT.serialize(catalogue.with_texts({"bye": "Baadaye"}), WIDE)
        assert written == WIDE.replace(
            "Kwaheri 👋".encode("utf-16-le"), "Baadaye".encode("utf-16-le")
        )

    def test_lines_are_those_of_the_keys(self) -> None:
        catalogue = FORMAT.parse(CLINIC)
        lines = CLINIC.decode().split("\n")
        assert all(f'"{e.key}"' in lines[e.line - 1] for e in catalogue.entries)


class TestNotes:
    @pytest.mark.parametrize(
        ("text", "note"),
        [
            ('/* a */\n"k" = "v";', "a"),
            ('// a\n/* b\n * c\n */\n"k" = "v";', "a\nb\nc"),
            ('/* a */ "k" = "v";', "a"),
            ('/* licence */\n\n"k" = "v";', ""),
            ('/* licence */\n\n// a\n"k" = "v";', "a"),
            ('"k" = "v"; // a', "a"),
            ('// a\n"k" = "v"; /* b */', "a\nb"),
            ('"k" = "v"; /* a */ /* b */', "a"),
            ('/* No comment provided by engineer. */\n"k" = "v";', ""),
            ('// a\n/* "old" = "x"; */\n"k" = "v";', ""),
            ('/* Class = "UILabel"; text = "x"; */\n"k" = "v";', 'Class = "UILabel"; text = "x";'),
        ],
    )
    def test_what_a_comment_says_of_an_entry(self, text: str, note: str) -> None:
        assert notes(text) == [note]

    def test_a_comment_behind_an_entry_is_none_of_the_next(self) -> None:
        assert notes('"a" = "b"; // first\n"c" = "d";') == ["first", ""]


class TestRefusing:
    @pytest.mark.parametrize(
        ("text", "code", "line", "column"),
        [
            ('"a" = "b"\n"c" = "d";', "syntax", 2, 1),
            ('"a" = "b;\n"c" = "d";', "syntax", 1, 7),
            ('"a" = "say "hi"";', "syntax", 1, 13),
            ('"a" "b";', "syntax", 1, 5),
            ('"a" = ;', "syntax", 1, 7),
            ('"a" = "b', "syntax", 1, 7),
            ('\n  "a', "syntax", 2, 3),
            ('"a" =', "syntax", 1, 6),
            ("/* open", "syntax", 1, 1),
            ('"a" = "b"; }', "syntax", 1, 12),
            ('{ "a" = "b"; }', "structure", 1, 1),
            ('"a" = { "b" = "c"; };', "structure", 1, 7),
            ('\n"a" = "b";\n"a" = "c";', "duplicate", 3, 0),
            ('"a" = "\\U";', "escape", 1, 0),
            ('"a" = "\\Ud83d";', "escape", 1, 0),
            ('"a" = "\\200";', "escape", 1, 0),
        ],
    )
    def test_a_broken_file_names_the_place(
        self, text: str, code: str, line: int, column: int
    ) -> None:
        error = refused(text)
        assert (error.error_code, error.line, error.column) == (f"format.{code}", line, column)

    @pytest.mark.parametrize(
        "data",
        [
            (SAMPLES / "compiled.strings").read_bytes(),
            b'<?xml version="1.0"?>\n<plist version="1.0"><dict/></plist>',
            b"<plist><dict/></plist>",
            "\ufeff<!DOCTYPE plist>".encode("utf-16-le"),
        ],
    )
    def test_a_compiled_file_says_what_to_give_instead(self, data: bytes) -> None:
        error = refused(data)
        assert error.error_code == "format.structure"
        assert "compiled" in str(error)
        assert FORMAT.sniff("x.strings", data)

    def test_utf_16_without_a_mark(self) -> None:
        assert refused('"a" = "b";'.encode("utf-16-le")).error_code == "format.encoding"

    def test_a_hundred_thousand_comments_behind_an_entry_are_read_in_one_go(self) -> None:
        assert notes('"k" = "v";' + " /* a */" * 100_000 + "\n") == ["a"]

    def test_a_million_quotation_marks_end_soon(self) -> None:
        assert refused('"a" = "b\n' * 100_000).error_code == "format.syntax"
        assert refused("/*" * 500_000).error_code == "format.syntax"


class TestWriting:
    @pytest.mark.parametrize(
        ("old", "text", "new"),
        [
            ('"a" = "b";', 'say "x"\n\\', '"a" = "say \\"x\\"\\n\\\\";'),
            ("'a' = 'b';", 'it\'s "x"', "'a' = 'it\\'s \"x\"';"),
            ("a = b;", "c.d", "a = c.d;"),
            ("a = b;", "c d", 'a = "c d";'),
            ("a = b;", "//c", 'a = "//c";'),
            ("a = b;", "", 'a = "";'),
            ('"a";', "b", '"a" = "b";'),
            ('"a" = "b\r\nc";\r\n', "d\ne", '"a" = "d\r\ne";\r\n'),
            ('"a" = "b\tc";', "d\te", '"a" = "d\te";'),
            ('"a" = "it\\\'s";', "isn't", '"a" = "isn\\\'t";'),
            ('"a" = "b";', "\x00\x1f\u2028", '"a" = "\\U0000\\U001f\\U2028";'),
            ('"a"/* x */="b" /* y */ ; // z', "c", '"a"/* x */="c" /* y */ ; // z'),
        ],
    )
    def test_a_changed_text_in_the_style_of_the_old(self, old: str, text: str, new: str) -> None:
        assert edited(old, "a", text) == new

    def test_letters_are_escaped_where_the_file_has_only_ascii(self) -> None:
        assert '"\\U00fc\\Ud83d\\Ude00"' in edited(ESCAPED, "a", "ü😀")
        assert '"ü"' in edited('"a" = "b";', "a", "ü")

    def test_half_a_character_is_refused(self) -> None:
        with pytest.raises(FormatError) as caught:
            edited('"a" = "b";', "a", "\ud83d")
        assert caught.value.error_code == "format.encoding"

    def test_of_a_plural_the_general_form_is_written(self) -> None:
        entry = Entry("a", Plural.of(one="x", other="y"))
        assert with_entries('"a" = "b";\n', entry) == '"a" = "y";\n'

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ('"a" = "1";\n', '"a" = "1";\n/* n\n   * / */\n"b" = "2";\n'),
            ('"a" = "1";', '"a" = "1";\n/* n\n   * / */\n"b" = "2";'),
            ('  a="1";\r\n', '  a="1";\r\n  /* n\r\n     * / */\r\n  b="2";\r\n'),
            (
                '"a" = "1";\n\n"c" = "3";\n',
                '"a" = "1";\n\n/* n\n   * / */\n"b" = "2";\n\n"c" = "3";\n',
            ),
            ('"a"="1";"c"="3";', '"a"="1";\n/* n\n   * / */\n"b"="2";\n"c"="3";'),
        ],
    )
    def test_a_new_entry_stands_after_its_predecessor(self, old: str, new: str) -> None:
        third = [entry for entry in FORMAT.parse(old.encode()).entries if entry.key == "c"]
        first = FORMAT.parse(old.encode()).entries[0]
        assert with_entries(old, first, Entry("b", "2", notes="n\n*/"), *third) == new

    def test_a_first_entry_goes_before_the_others_and_below_the_licence(self) -> None:
        old = '/* licence */\n\n/* n */\n"b" = "2";\n'
        new = '/* licence */\n\n"a" = "1";\n/* n */\n"b" = "2";\n'
        assert with_entries(old, Entry("a", "1"), Entry("b", "2")) == new
        assert with_entries("// licence", Entry("a", "1"), Entry("b", "2")) == (
            '// licence\n\n"a" = "1";\n"b" = "2";\n'
        )

    def test_an_entry_taken_out_takes_its_notes_and_its_line(self) -> None:
        old = '/* x */\n"a" = "1";\n\n/* y */\n"b" = "2"; // z\n\n/* w */\n"c" = "3";\n'
        assert with_entries(old, Entry("a", "1"), Entry("c", "3")) == (
            '/* x */\n"a" = "1";\n\n/* w */\n"c" = "3";\n'
        )
        old = '// x\r\n\r\n"a" = "1";\r\n\r\n"b" = "2";\r\n"c" = "3";\r\n\r\n"d" = "4";\r\n'
        assert with_entries(old, Entry("d", "4")) == '// x\r\n\r\n"d" = "4";\r\n'
        old = '"a" = "1";\n\n"b" = "2";\n\n"c" = "3";\n'
        assert with_entries(old, Entry("a", "1")) == '"a" = "1";\n'
        assert with_entries('"a"="1"; "b"="2"; "c"="3";', Entry("a", "1"), Entry("c", "3")) == (
            '"a"="1";  "c"="3";'
        )

    @settings(max_examples=200, deadline=None)
    @given(key=TEXTS, text=TEXTS)
    def test_any_key_and_text_can_be_written_and_read_back(self, key: str, text: str) -> None:
        for template in (b"", CLINIC, ODD, ESCAPED):
            data = FORMAT.serialize(Catalogue("strings", (Entry(key, text),)), template)
            (entry,) = FORMAT.parse(data).entries
            assert (entry.key, entry.text) == (key, text)


class TestDetection:
    @pytest.mark.parametrize("data", [CLINIC, ODD, WIDE, b"", b"// x\n"])
    def test_a_file_of_strings(self, data: bytes) -> None:
        assert FORMAT.sniff("en.lproj/Localizable.strings", data)

    def test_other_files_are_none(self) -> None:
        assert not FORMAT.sniff("a.txt", CLINIC)
        assert not FORMAT.sniff("a.strings", b"\x00\x01\x02")
