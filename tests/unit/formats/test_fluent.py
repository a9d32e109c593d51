"""Reading and writing Fluent."""

from __future__ import annotations

from pathlib import Path

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.fluent import FORMAT

CLINIC = (Path(__file__).parents[2] / "data" / "fluent" / "clinic.ftl").read_bytes()


def said(text: str) -> dict[str, object]:
    return {entry.key: entry.text for entry in FORMAT.parse(text.encode()).entries}


def edited(text: str, key: str, new: str) -> str:
    catalogue = FORMAT.parse(text.encode())
    return FORMAT.serialize(catalogue.with_texts({key: new}), text.encode()).decode()


def written(text: str, *pairs: tuple[str, str]) -> str:
    entries = tuple(Entry(*pair) for pair in pairs)
    return FORMAT.serialize(Catalogue("fluent", entries), text.encode()).decode()


class TestReading:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("a = b\n", {"a": "b"}),
            ("a=b", {"a": "b"}),
            ("a =\n  b\n   c\n\n  d\n", {"a": "b\n c\n\nd"}),
            ("a = b\n    c\n", {"a": "b\nc"}),
            ("a = b\n  .c = d\n  .e =\n    f\n", {"a": "b", "a.c": "d", "a.e": "f"}),
            ("-a = b\n", {"-a": "b"}),
            ('a = { "" }\nb = {" "}x\n', {"a": "", "b": " x"}),
            ("a = { $n ->\n  [one] x\n *[other] y\n}\nb = c\n",
             {"a": "{ $n ->\n  [one] x\n *[other] y\n}", "b": "c"}),
            ("a = { FOO(\nx: 1\n) }\nb = c\n", {"a": "{ FOO(\nx: 1\n) }", "b": "c"}),
            ("a = 1\n#### no comment\nb = 2\n", {"a": "1", "b": "2"}),
            ("a = { $n ->\n  [one] x\n}\nb = 2\n", {"b": "2"}),
            ("a =\nb = 2\n", {"b": "2"}),
            ("a = 1\na = 2\n", {"a": "1"}),
            ("a = b\n\tc = d\n", {"a": "b"}),
            ("# only a comment\n", {}),
        ],
    )  # fmt: skip
    def test_texts_are_what_fluent_reads(self, text: str, expected: dict[str, object]) -> None:
        assert said(text) == expected

    def test_a_comment_directly_above_is_a_note(self) -> None:
        entries = FORMAT.parse(CLINIC).by_key()
        assert entries["welcome"].notes == "Said at the door.\n{ $name } is a person."
        assert entries["search"].notes == ""
        assert entries["login-button.title"].line == 13

    def test_line_ends_of_windows_are_no_part_of_texts(self) -> None:
        assert said("a =\r\n  b\r\n  c\r\n") == {"a": "b\nc"}


class TestRefusing:
    @pytest.mark.parametrize(
        ("text", "code", "line"),
        [
            ("\na = {\n", "format.syntax", 2),
            ("a = b\r\nc = d\n", "format.newline", 2),
            ("a = " + "{" * 1000, "format.syntax", 1),
        ],
    )
    def test_what_is_no_fluent_is_refused_with_its_line(
        self, text: str, code: str, line: int
    ) -> None:
        with pytest.raises(FormatError) as caught:
            FORMAT.parse(text.encode())
        assert (caught.value.error_code, caught.value.line) == (code, line)

    @pytest.mark.parametrize("text", ["{", "}", "x\n.y", "x\n*y", "{ $n -> }", "{ $n"])
    def test_a_text_that_fluent_would_read_otherwise_is_not_written(self, text: str) -> None:
        with pytest.raises(FormatError) as caught:
            edited("a = b\n", "a", text)
        assert caught.value.error_code == "format.pattern"


class TestWriting:
    @pytest.mark.parametrize(
        ("old", "text", "new"),
        [
            ("a = b\n", "c { $d }", "a = c { $d }\n"),
            ("a   =   b\n", "c", "a   = c\n"),
            ("a =\n  b\n", "c", "a =\n  c\n"),
            ("a =\n  b\n", "c\nd", "a =\n  c\n  d\n"),
            ("a = b\n", "c\n d", "a =\n    c\n     d\n"),
            ("a = b\n", "", 'a = { "" }\n'),
            ("a = b\n", " c ", 'a = {" "}c{" "}\n'),
            ("a = b\n", "{ $n ->\n   *[other] x\n}", "a = { $n ->\n       *[other] x\n    }\n"),
            ("a = b\r\n", "c\nd", "a =\r\n    c\r\n    d\r\n"),
        ],
    )
    def test_a_pattern_is_written_as_its_file_writes(self, old: str, text: str, new: str) -> None:
        assert edited(old, "a", text) == new

    def test_a_name_without_a_text_gets_it_there(self) -> None:
        assert written("a =\nb = 2\n", ("a", "1"), ("b", "2")) == "a = 1\nb = 2\n"

    def test_a_message_goes_after_the_one_before_it(self) -> None:
        out = written("a = 1\n\n# note\nc = 3\n", ("a", "1"), ("b", "2"), ("b.x", "y"), ("c", "3"))
        assert out == "a = 1\nb = 2\n    .x = y\n\n# note\nc = 3\n"

    def test_an_attribute_goes_after_the_one_before_it(self) -> None:
        out = written("a = 1\n  .z = 3\n", ("a", "1"), ("a.y", "2"), ("a.z", "3"))
        assert out == "a = 1\n  .y = 2\n  .z = 3\n"

    def test_what_is_taken_out_takes_its_lines(self) -> None:
        old = "a = 1\n  .b = 2\n# note\nc = 3\nc = 4\nd = 5\n"
        assert written(old, ("a", "1"), ("d", "5")) == "a = 1\nd = 5\n"
        assert written(old, ("a.b", "2"), ("d", "5")) == "a =\n  .b = 2\nd = 5\n"

    def test_a_term_without_its_value_keeps_an_empty_one(self) -> None:
        assert written("-a = 1\n  .b = 2\n", ("-a.b", "2")) == '-a = { "" }\n  .b = 2\n'

    def test_a_key_that_is_no_name_is_refused(self) -> None:
        with pytest.raises(FormatError) as caught:
            written("", ("no name", "x"))
        assert caught.value.error_code == "format.key"


def test_signs_alone_are_no_fluent() -> None:
    with pytest.raises(FormatError) as caught:
        FORMAT.parse(b"!!!\n")
    assert (caught.value.error_code, caught.value.line) == ("format.syntax", 1)
