from __future__ import annotations

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.json5 import begin, parse, serialize, sniff

SOURCE = b"""// About the file.
{
  // Said of all in it.
  menu: {
    // Of this one.
    open: 'Open',
    close: 'Close', // behind it

    // A comment that
    // has two lines.
    save: 'Don\\'t',
  },
  /* inline */ last: "x",
}
"""


def without(key: str, data: bytes = SOURCE) -> bytes:
    left = tuple(entry for entry in parse(data).entries if entry.key != key)
    return serialize(Catalogue("json5", left), data)


def with_new(entry: Entry, after: str, data: bytes = SOURCE) -> bytes:
    entries = list(parse(data).entries)
    entries.insert([e.key for e in entries].index(after) + 1, entry)
    return serialize(Catalogue("json5", tuple(entries)), data)


def test_comments_are_notes_of_the_text_below_them_or_of_all_texts_of_the_object_below() -> None:
    assert [(e.key, e.text, e.notes, e.line) for e in parse(SOURCE).entries] == [
        ("menu.open", "Open", "Of this one.", 6),
        ("menu.close", "Close", "behind it", 7),
        ("menu.save", "Don't", "A comment that\nhas two lines.", 11),
        ("last", "x", "inline", 13),
    ]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (rb"'a\'b\"c'", "a'b\"c"),
        (rb'"\x41\u00e9\v\0\q"', "A\xe9\v\0q"),
        (b'"one \\\ntwo"', "one two"),
        (rb'"\ud83d\ude00"', "😀"),
        (b"'say \"x\"'", 'say "x"'),
    ],
)
def test_texts_are_read_as_the_specification_says(written: bytes, text: str) -> None:
    assert parse(b"{a: " + written + b"}").entries[0].text == text


def test_an_edit_keeps_the_quotation_marks_of_the_text() -> None:
    edited = parse(SOURCE).with_texts({"menu.open": 'It\'s "open"', "last": 'It\'s "y"'})
    assert serialize(edited, SOURCE) == (
        SOURCE.replace(b"'Open'", b"'It\\'s \"open\"'").replace(b'"x"', b'"It\'s \\"y\\""')
    )


@pytest.mark.parametrize(
    ("key", "lost"),
    [
        ("menu.open", b"\n    // Of this one.\n    open: 'Open',"),
        ("menu.close", b"\n    close: 'Close', // behind it"),
        (
            "menu.save",
            b"\n\n    // A comment that\n    // has two lines.\n    save: 'Don\\'t',",
        ),
        ("last", b'\n  /* inline */ last: "x",'),
    ],
)
def test_a_text_that_goes_takes_its_own_comments_and_no_others(key: str, lost: bytes) -> None:
    assert without(key) == SOURCE.replace(lost, b"")


def test_a_new_text_is_written_as_its_neighbours_and_parts_no_comment_from_its_text() -> None:
    assert with_new(Entry("menu.find", "It's"), "menu.close") == SOURCE.replace(
        b"// behind it\n", b"// behind it\n    find: 'It\\'s',\n"
    )
    assert with_new(Entry("a-b", "y"), "last") == SOURCE.replace(
        b'last: "x",', b"last: \"x\",\n  'a-b': 'y',"
    )


def test_a_comment_to_the_end_of_the_line_hides_no_new_text() -> None:
    data = b"{a: 'x' // note\n}"
    assert with_new(Entry("b", "y"), "a", data) == b"{a: 'x', // note\n b: 'y'\n}"


def test_the_file_of_a_new_language_is_plain_json() -> None:
    new = begin(parse(SOURCE), "sw")
    entries = (Entry("menu.save", 'Usi"hifadhi'), Entry("last", "y"))
    written = serialize(Catalogue("json5", entries, "sw", layout=new.layout), SOURCE)
    assert written == b'{\n  "menu": {\n    "save": "Usi\\"hifadhi"\n  },\n  "last": "y"\n}\n'


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b"", "empty", 0, 0),
        (b"// only a comment", "empty", 0, 0),
        (b"['a']", "root", 1, 1),
        (b"{a: 'x' b: 'y'}", "syntax", 1, 9),
        (b"{a: 'x'\n, a: 'y'}", "duplicate", 2, 3),
        (b"{a: 'x", "syntax", 1, 5),
        (b"{a: 'x'} b", "syntax", 1, 10),
        (b"{a: /* x", "syntax", 1, 5),
        (b"{1a: 'x'}", "syntax", 1, 2),
        (b"{a 'x'}", "syntax", 1, 4),
        (b"{a: 01}", "syntax", 1, 5),
        (b"{,}", "syntax", 1, 2),
        (b"{a: '\\xZZ'}", "syntax", 1, 6),
        (b"{a: '\\ud800'}", "surrogate", 1, 5),
        (b"{a:" * 200, "depth", 1, 301),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    data: bytes, code: str, line: int, column: int
) -> None:
    with pytest.raises(FormatError) as raised:
        parse(data)
    found = raised.value
    assert (found.error_code, found.line, found.column) == (f"format.{code}", line, column)


def test_a_comment_may_stand_before_the_bracket_that_tells_the_format() -> None:
    assert sniff("src/locales/en.json5", SOURCE)
    assert not sniff("src/locales/en.json", SOURCE)
    assert not sniff("src/locales/en.json5", b"export default {}")


PLURALS = b"""{
  // how many
  files: {
    one: 'a file',
    other: '{n} files', // in general
  },
  pages: { one: 'first', two: 'second' },
}
"""
FILES = Plural.of(one="a file", other="{n} files")


def test_an_object_of_plural_forms_is_one_message() -> None:
    assert [(e.key, e.text, e.notes) for e in parse(PLURALS).entries] == [
        ("files", FILES, "how many\nin general"),
        ("pages.one", "first", ""),
        ("pages.two", "second", ""),
    ]
    assert serialize(parse(PLURALS), PLURALS) == PLURALS


def test_what_is_a_plural_in_the_source_is_one_in_a_translation() -> None:
    source = parse(PLURALS)
    assert parse(b"{files: {other: 'x'}}", source=source).entries[0].text == Plural.of(other="x")
    assert parse(b"{pages: {one: 'x', other: 'y'}}", source=source).entries[0].key == "pages.one"


def test_forms_are_written_in_the_style_and_order_of_the_others() -> None:
    forms = Plural.of(one="a file", few="{n} file", other="{n} files")
    written = serialize(parse(PLURALS).with_texts({"files": forms}), PLURALS)
    assert written == PLURALS.replace(b"'a file',\n", b"'a file',\n    few: '{n} file',\n")
    new = begin(parse(PLURALS), "ja")
    entries = (Entry("files", Plural.of(other="{n}")),)
    written = serialize(Catalogue("json5", entries, "ja", layout=new.layout), PLURALS)
    assert written == b'{\n  "files": {\n    "other": "{n}"\n  }\n}\n'


def test_plural_variants_by_number_are_refused() -> None:
    entries = (Entry("files", Plural((("0", "a"), ("1", "b")))),)
    with pytest.raises(FormatError) as caught:
        serialize(Catalogue("json5", entries), PLURALS)
    assert caught.value.error_code == "format.plural"
