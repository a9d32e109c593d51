"""Reading and writing Java ``.properties`` files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.properties import FORMAT

SAMPLES = Path(__file__).parents[2] / "data" / "properties"
MESSAGES = (SAMPLES / "messages.properties").read_bytes()
ESCAPED = (SAMPLES / "escaped.properties").read_bytes()
LATIN_1 = (SAMPLES / "latin1.properties").read_bytes()
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def pairs(text: str) -> dict[str, object]:
    return {entry.key: entry.text for entry in FORMAT.parse(text.encode()).entries}


def refused(data: bytes) -> FormatError:
    with pytest.raises(FormatError) as caught:
        FORMAT.parse(data)
    return caught.value


def edited(data: bytes, key: str, text: str) -> str:
    catalogue = FORMAT.parse(data)
    return FORMAT.serialize(catalogue.with_texts({key: text}), data).decode(catalogue.encoding)


def with_entries(data: bytes, *entries: Entry) -> str:
    catalogue = Catalogue("properties", entries)
    return FORMAT.serialize(catalogue, data).decode(FORMAT.parse(data).encoding)


class TestReading:
    @pytest.mark.parametrize(
        ("line", "key", "text"),
        [
            ("a=b", "a", "b"),
            ("a = b ", "a", "b "),
            ("a:b=c", "a", "b=c"),
            ("a b = c", "a", "b = c"),
            ("a\t=\tb", "a", "b"),
            ("  a=b", "a", "b"),
            ("a", "a", ""),
            ("a=", "a", ""),
            ("=b", "", "b"),
            (r"a\ b\=\:=c", "a b=:", "c"),
            (r"\#a=b", "#a", "b"),
            (r"a=\ b\t\n\r\f\x\"", "a", ' b\t\n\r\fx"'),
            (r"a=caf\u00E9 \ud83d\ude00", "a", "café 😀"),
            (r"\u0061=b", "a", "b"),
            ("a=b\\\n   c\\\r\n\td", "a", "bcd"),
            ("a\\\n  b = c", "ab", "c"),
            ("a \\\n = \\\n b", "a", "b"),
            ("a=b\\\n# c", "a", "b# c"),
            ("a=b\\\\\n#c", "a", "b\\"),
            ("a=b\\", "a", "b"),
            ("a=it''s #1!", "a", "it''s #1!"),
        ],
    )
    def test_an_entry_is_what_java_reads(self, line: str, key: str, text: str) -> None:
        assert pairs(line) == {key: text}

    @pytest.mark.parametrize("text", ["", "\n \t\n", "# a=b\n", "  ! a=b", "\\\n\n", "#a\\\n"])
    def test_blank_lines_and_comments_are_no_entries(self, text: str) -> None:
        assert pairs(text) == {}

    def test_a_comment_does_not_go_on_with_a_backslash(self) -> None:
        assert pairs("# a\\\nb=c") == {"b": "c"}

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_every_line_end_of_java_ends_a_line(self, end: str) -> None:
        entries = FORMAT.parse(f"a=1\\{end}  2{end}{end}b=3{end}".encode()).entries
        assert [(e.key, e.text, e.line) for e in entries] == [("a", "12", 1), ("b", "3", 4)]

    def test_comments_directly_above_are_notes(self) -> None:
        entries = FORMAT.parse(MESSAGES).by_key()
        assert entries["register.button"].notes == "Button on the first page.\nKeep it short."

    def test_an_entry_that_was_commented_out_is_no_note(self) -> None:
        assert FORMAT.parse(MESSAGES).by_key()["register.long"].notes == ""

    def test_a_file_that_is_no_utf_8_is_iso_8859_1(self) -> None:
        catalogue = FORMAT.parse(LATIN_1)
        assert catalogue.encoding == "iso-8859-1"
        assert [entry.text for entry in catalogue.entries] == ["Enregistré", "Enfant", "Âge"]

    def test_a_byte_order_mark_is_not_part_of_the_first_key(self) -> None:
        assert pairs("\ufeffa=b") == {"a": "b"}


class TestRefusing:
    @pytest.mark.parametrize("bad", ["ñ".encode("latin-1"), "œuvre".encode("cp1252")])
    def test_two_encodings_in_one_file_are_refused_with_the_line(self, bad: bytes) -> None:
        error = refused("a=é\nb=ü\n".encode() + b"c=" + bad + b"\n")
        assert (error.error_code, error.line, error.column) == ("format.encoding", 3, 3)

    def test_a_script_of_three_bytes_a_letter_is_never_taken_for_iso_8859_1(self) -> None:
        assert refused("a=ሰ\n".encode() + b"b=\xe9\xe9\xe9").line == 2

    def test_a_key_that_stands_twice_is_refused_with_both_lines(self) -> None:
        error = refused(b"a=1\n\nb=2\na=1\n")
        assert (error.error_code, error.line, error.params["first"]) == ("format.duplicate", 4, 1)

    @pytest.mark.parametrize("escape", [r"\u12", r"\users", r"\ud83d", r"\ude00\ud83d"])
    def test_a_broken_unicode_escape_is_refused_with_its_line(self, escape: str) -> None:
        error = refused(f"a=1\nb={escape}".encode())
        assert (error.error_code, error.line) == ("format.escape", 2)

    @pytest.mark.parametrize("data", [b"a=b\n", ESCAPED.replace(b"leave", b"a")])
    def test_half_a_surrogate_pair_is_not_written(self, data: bytes) -> None:
        with pytest.raises(FormatError) as caught:
            edited(data, "a", "\ud800")
        assert caught.value.error_code == "format.encoding"


class TestEditing:
    @pytest.mark.parametrize(
        ("line", "text", "expected"),
        [
            ("a = b", " c\t\n\\", r"a = \ c\t\n\\"),
            ("a:b", "=c", "a:=c"),
            ("a b", "=c", r"a \=c"),
            ("a", "c", "a=c"),
            (r"a=http\://x", "ftp://y = 1", r"a=ftp\://y = 1"),
            (r"a=caf\u00e9", "thé 😀", r"a=th\u00e9 \ud83d\ude00"),
            (r"a=caf\u00E9", "thé ጤ", r"a=th\u00E9 \u1324"),
            ("a=b", "é", "a=é"),
            ("a=1\\n\\\n   2", "3\n 4\n5", "a=3\\n\\\n   \\ 4\\n\\\n   5"),
            ("a=1\\n\\\n   2", "3\n", "a=3\\n"),
            ("a=1 \\\n   2", "3", "a=3"),
            ("a=b", "", "a="),
        ],
    )
    def test_a_changed_text_is_written_as_its_file_writes(
        self, line: str, text: str, expected: str
    ) -> None:
        assert edited(line.encode(), "a", text) == expected

    def test_an_edit_leaves_every_other_byte(self) -> None:
        out = edited(MESSAGES, "register.long", "Short")
        before = "One sentence \\\n    on two lines, \\\n    and a third."
        assert out == MESSAGES.decode().replace(before, "Short")

    def test_letters_that_the_encoding_has_not_are_escaped(self) -> None:
        assert "child=\\u4eba é\n" in edited(LATIN_1, "child", "人 é")

    def test_letters_that_would_turn_the_file_into_another_encoding_are_escaped(self) -> None:
        data = "a=é\n".encode("latin-1")
        out = FORMAT.serialize(FORMAT.parse(data).with_texts({"a": "É»"}), data)
        assert out == b"a=\\u00c9\\u00bb\n"

    def test_letters_that_would_look_like_two_encodings_are_escaped(self) -> None:
        data = "a=é\nb=x\n".encode("latin-1")
        out = FORMAT.serialize(FORMAT.parse(data).with_texts({"b": "É»"}), data)
        assert FORMAT.parse(out).by_key()["b"].text == "É»"

    def test_a_new_entry_follows_its_predecessor_in_the_files_style(self) -> None:
        entries = FORMAT.parse(MESSAGES).entries
        at = [entry.key for entry in entries].index("indented") + 1
        new = Entry("# new: key", "New", notes="One\nTwo")
        out = with_entries(MESSAGES, *entries[:at], new, *entries[at:])
        above = "  indented = It''s {0}\n"
        assert out == MESSAGES.decode().replace(
            above, above + "  # One\n  # Two\n  \\#\\ new\\:\\ key = New\n"
        )

    def test_a_new_entry_after_the_last_keeps_the_missing_line_end(self) -> None:
        out = with_entries(ESCAPED, *FORMAT.parse(ESCAPED).entries, Entry("new", "é"))
        assert out == ESCAPED.decode() + "\r\nnew = \\u00e9"

    @pytest.mark.parametrize("data", [b"a=b\\", b"a=b\\\n"])
    def test_a_new_entry_is_not_joined_to_an_open_line(self, data: bytes) -> None:
        out = with_entries(data, *FORMAT.parse(data).entries, Entry("c", "d"))
        assert pairs(out) == {"a": "b", "c": "d"}

    def test_a_new_first_entry_goes_before_the_notes_of_the_next(self) -> None:
        out = with_entries(b"# b\nb=2\n", Entry("a", "1"), Entry("b", "2"))
        assert out == "a=1\n# b\nb=2\n"

    @pytest.mark.parametrize("data", [b"# Licence", b"# Licence\n", b"", b"\n"])
    def test_a_file_of_comments_only_is_filled(self, data: bytes) -> None:
        out = with_entries(data, Entry("a", "1"), Entry("b", "2"))
        assert out.endswith("a=1\nb=2\n")
        assert [entry.notes for entry in FORMAT.parse(out.encode()).entries] == ["", ""]

    def test_a_removed_entry_goes_with_all_its_lines_and_its_notes(self) -> None:
        keys = ("register.button", "register.long")
        rest = tuple(e for e in FORMAT.parse(MESSAGES).entries if e.key not in keys)
        out = with_entries(MESSAGES, *rest)
        assert out.startswith("# Clinic register. Licence: CC0-1.0\n\nregister.hint=")
        assert "# register.old=No longer used\nregister.lines" in out

    def test_a_file_is_written_without_any_template(self) -> None:
        entries = tuple(entry._replace(line=0) for entry in FORMAT.parse(MESSAGES).entries)
        out = FORMAT.serialize(Catalogue("properties", entries))
        assert FORMAT.parse(out).content()[1] == entries

    @settings(max_examples=200, deadline=None)
    @given(key=TEXTS, text=TEXTS, data=st.sampled_from([b"k=v\n", b"k v", ESCAPED, LATIN_1]))
    def test_any_key_and_text_survive_writing_and_reading(
        self, key: str, text: str, data: bytes
    ) -> None:
        old = tuple(entry for entry in FORMAT.parse(data).entries if entry.key != key)
        changed = (*(entry._replace(text=text) for entry in old), Entry(key, text))
        out = FORMAT.serialize(Catalogue("properties", changed), data)
        read = {entry.key: entry.text for entry in FORMAT.parse(out).entries}
        assert read == {entry.key: entry.text for entry in changed}

    @settings(max_examples=200, deadline=None)
    @given(lines=st.text("ab=: \\\n\r#!\tu0é", max_size=40))
    def test_what_was_read_can_be_edited_and_undone(self, lines: str) -> None:
        data = lines.encode()
        try:
            catalogue = FORMAT.parse(data)
        except FormatError:
            return
        assert FORMAT.serialize(catalogue, data) == data
        for entry in catalogue.entries:
            changed = catalogue.with_texts({entry.key: "x\ny"})
            out = FORMAT.serialize(changed, data)
            assert FORMAT.parse(out).by_key().keys() == catalogue.by_key().keys()
            back = FORMAT.parse(FORMAT.serialize(catalogue, out))
            assert [e[:2] for e in back.entries] == [e[:2] for e in catalogue.entries]


class TestSniffing:
    @pytest.mark.parametrize(
        "head", [b"a=b\n", b"# only\n# comments\n", b"", b"key value", LATIN_1]
    )
    def test_files_of_entries_or_comments_are_taken(self, head: bytes) -> None:
        assert FORMAT.sniff("i18n/messages_sw.properties", head)

    @pytest.mark.parametrize(
        ("path", "head"),
        [("a.txt", b"a=b\n"), ("a.properties", b"\0\1=2"), ("a.properties", b"word")],
    )
    def test_other_files_are_not_taken(self, path: str, head: bytes) -> None:
        assert not FORMAT.sniff(path, head)
