"""Reading PO files."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural, plain
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.po import FORMAT, parse
from dpg_l10n.formats.po.render import plain_source
from tests.support.gettext_tools import msgfmt, require_gettext

SAMPLES = Path(__file__).parents[2] / "data" / "po"
HEADER = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def everything() -> Catalogue:
    return parse((SAMPLES / "everything.po").read_bytes())


def only(text: str) -> Entry:
    (entry,) = parse(HEADER + text.encode()).entries
    return entry


def refused(data: bytes) -> FormatError:
    with pytest.raises(FormatError) as caught:
        parse(data)
    return caught.value


def test_a_plain_message_has_its_source_for_a_key() -> None:
    entry = everything().entries[0]
    assert (entry.key, entry.source, entry.text) == ("Welcome", "Welcome", "Willkommen")


def test_notes_and_locations_are_the_lines_of_the_file() -> None:
    entry = everything().entries[0]
    assert entry.notes == "Shown on the front page"
    assert entry.locations == "app/front.py:3 app/front.py:9\napp/other.py:1"


def test_flags_context_and_previous_source_are_read() -> None:
    entry = everything().entries[1]
    assert entry.flags == {"fuzzy", "python-format"}
    assert entry.context == "menu"
    assert entry.previous == "%(count)s patients"


def test_the_line_is_that_of_the_first_keyword() -> None:
    assert [entry.line for entry in everything().entries[:3]] == [17, 24, 28]


def test_an_empty_context_is_not_the_same_as_none() -> None:
    entries = everything().entries
    assert entries[2].context == "" == entries[0].context
    assert entries[2].key != entries[0].key


def test_plural_texts_keep_their_indices_as_labels() -> None:
    entry = everything().entries[3]
    assert entry.source == Plural.of(one="One form", other="%d forms")
    assert entry.text == Plural((("0", "Ein Formular"), ("1", "%d Formulare")))


def test_a_text_over_several_lines_is_one_text() -> None:
    entry = everything().entries[4]
    assert isinstance(entry.source, str)
    assert entry.source.endswith("eighty columns\nthat a terminal had.\n")


def test_escapes_are_decoded_and_octal_ones_are_bytes() -> None:
    entry = everything().entries[5]
    assert entry.source == 'Quote " backslash \\ tab \t bell \a'
    assert entry.text == 'Zeichen " und \\ und \t und \a und é und A'


def test_obsolete_messages_stand_apart() -> None:
    first, second = everything().obsolete
    assert (first.source, first.text) == ("Gone", "Weg")
    assert second.context == "menu"
    assert second.previous == "A file"
    assert second.flags == {"fuzzy"}
    assert second.text == Plural((("0", "Eine Datei"), ("1", "Dateien")))


def test_the_header_is_no_entry_but_fields_in_order() -> None:
    catalogue = everything()
    assert catalogue.language == "de"
    assert catalogue.header[0] == ("Project-Id-Version", "sample 1.0")
    assert catalogue.header_field(
        "x-long",
    ).endswith("eleven twelve thirteen")  # type: ignore[union-attr]  # the sample has it


def test_an_empty_language_is_none() -> None:
    assert parse((SAMPLES / "template.pot").read_bytes()).language is None


def test_a_previous_plural_source_is_read() -> None:
    entry = only('#, fuzzy\n#| msgid "a"\n#| msgid_plural "b"\nmsgid "c"\nmsgstr "d"\n')
    assert entry.previous == Plural.of(one="a", other="b")


def test_a_previous_context_alone_is_no_previous_source() -> None:
    assert only('#| msgctxt "a"\nmsgid "c"\nmsgstr "d"\n').previous is None


@pytest.mark.parametrize(
    "comment",
    ["#, max-length:12", "#. Maxlength: 12", "#. MAX_LENGTH=12", "#. note\n#. max length: 12"],
)
def test_a_length_limit_is_read(comment: str) -> None:
    assert only(f'{comment}\nmsgid "c"\nmsgstr "d"\n').max_chars == 12


def test_the_declared_charset_decodes_the_file() -> None:
    text = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\n\nmsgid "a"\nmsgstr "é"\n'
    catalogue = parse(text.encode("latin-1"))
    assert catalogue.encoding == "iso8859-1"
    assert catalogue.entries[0].text == "é"


def test_a_placeholder_charset_is_utf_8() -> None:
    assert parse(HEADER.replace(b"UTF-8", b"CHARSET") + 'msgid "é"\nmsgstr ""\n'.encode()).entries


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_other_line_ends_say_the_same(newline: str) -> None:
    text = (SAMPLES / "everything.po").read_text("utf-8")
    assert parse(text.replace("\n", newline).encode()).content() == everything().content()


def test_white_space_between_the_parts_is_free() -> None:
    entry = only('\t msgctxt"x"  msgid\n "a" "b"\n  msgstr\n\n"c"\n')
    assert (entry.context, entry.source, entry.text) == ("x", "ab", "c")


def test_a_file_of_nothing_or_comments_is_an_empty_catalogue() -> None:
    assert parse(b"").entries == ()
    assert parse(b"# only a comment").entries == ()


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ('msgid "a "b" c"\nmsgstr ""\n', "syntax", 4, 11),
        ('msgid "a"\nmsgstr "b\n', "syntax", 5, 8),
        ('msgid "a\\q"\nmsgstr ""\n', "syntax", 4, 9),
        ('msgid "a"\n\nmsgid "b"\nmsgstr ""\n', "syntax", 6, 1),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr ""\n', "syntax", 6, 8),
        ('msgid "a"\nmsgstr[0] ""\n', "syntax", 5, 7),
        ('msgid "a"\n# between\nmsgstr ""\n', "syntax", 5, 1),
        ('stray\nmsgid "a"\nmsgstr ""\n', "syntax", 4, 1),
        ('#~ msgid "a"\n\nmsgid "b"\nmsgstr ""\n', "syntax", 4, 4),
        ('#| nonsense\nmsgid "b"\nmsgstr ""\n', "syntax", 5, 1),
        ('msgid "a"\nmsgstr "b\0c"\n', "syntax", 5, 10),
        ('msgid "a"\nmsgstr "b\\000"\n', "encoding", 4, 1),
        ('msgid "a"\nmsgstr "\\377"\n', "encoding", 4, 1),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\nmsgstr[2] ""\n', "plural", 6, 1),
        ('msgid "a"\nmsgstr "half', "truncated", 5, 8),
        ('msgid "a"\n', "truncated", 4, 1),
        ('#| msgid "ol', "truncated", 4, 1),
        ('#~ msgid "a"\n', "truncated", 4, 4),
    ],
)  # fmt: skip
def test_what_is_no_message_is_refused_with_its_place(
    text: str, code: str, line: int, column: int
) -> None:
    fault = refused(HEADER + text.encode())
    assert (fault.error_code, fault.line, fault.column) == (f"format.{code}", line, column)


def test_a_message_twice_is_refused_with_both_lines() -> None:
    fault = refused(HEADER + b'msgid "a"\nmsgstr ""\n\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\n')
    assert fault.error_code == "format.duplicate"
    assert (fault.params["first"], fault.params["second"], fault.line) == (4, 7, 7)


def test_an_obsolete_message_that_stands_in_the_file_once_more_says_nothing() -> None:
    twice = (
        b'msgid "a"\nmsgstr "new"\n\n#~ msgid "a"\n#~ msgstr "old"\n\n#~ msgid "b"\n#~ msgstr "1"\n'
    )
    found = parse(HEADER + twice + b'\n#~ msgid "b"\n#~ msgstr "2"\n')
    assert [(entry.key, entry.text) for entry in found.entries] == [("a", "new")]
    assert [(entry.key, entry.text) for entry in found.obsolete] == [("b", "1")]


def test_two_headers_are_refused() -> None:
    assert refused(HEADER + HEADER).error_code == "format.duplicate"


@pytest.mark.parametrize("charset", [b"rot13", b"utf-16", b"unicode_escape", b"no-such"])
def test_a_charset_that_is_none_is_refused(charset: bytes) -> None:
    assert refused(HEADER.replace(b"UTF-8", charset)).error_code == "format.encoding"


def test_bytes_of_another_encoding_are_refused_with_their_line() -> None:
    fault = refused(HEADER + 'msgid "a"\nmsgstr "é"\n'.encode("latin-1"))
    assert (fault.error_code, fault.line) == ("format.encoding", 5)


def test_bytes_that_could_not_be_written_back_are_refused() -> None:
    data = HEADER.replace(b"UTF-8", b"CP932") + b'msgid "a"\nmsgstr "\xfa\x4a"\n'
    assert refused(data).error_code == "format.encoding"


@pytest.mark.parametrize(
    ("path", "head", "known"),
    [
        ("de.po", b'msgid ""\n', True),
        ("a/b.POT", b'# x\n\n#~ msgid "x"', True),
        ("empty.po", b"", True),
        ("slides.pot", b"\xd0\xcf\x11\xe0 powerpoint", False),
        ("notes.txt", b'msgid ""\n', False),
    ],
)
def test_a_po_file_is_known_by_name_and_content(path: str, head: bytes, known: bool) -> None:
    assert FORMAT.sniff(path, head) is known


FRAGMENTS = st.lists(
    st.sampled_from(
        ['msgid ', 'msgstr ', 'msgctxt ', 'msgid_plural ', 'msgstr[0] ', '"a"', '"b\\n"', '"', "\\",
         "\n", "\r", "#~ ", "#| ", "#, fuzzy", "# c", "#. n", " ", "é", "\0", '"charset=koi8-r"'],
    )
).map("".join)  # fmt: skip


@settings(max_examples=200)
@given(st.one_of(st.binary(), FRAGMENTS.map(str.encode)))
def test_any_bytes_end_in_a_catalogue_or_a_format_error(data: bytes) -> None:
    try:
        catalogue = parse(data)
    except FormatError:
        return
    assert FORMAT.serialize(catalogue) == data


@settings(max_examples=100, deadline=None)
@given(FRAGMENTS)
def test_what_msgfmt_cannot_read_is_refused(text: str) -> None:
    require_gettext()
    data = HEADER + text.encode()
    try:
        parse(data)
    except FormatError:
        return
    # A previous source among other comments is refused there and harmless here.
    assert "#|" in text or msgfmt(data) is not None or b"\\n" in data[len(HEADER) :]


def test_polib_reads_the_same() -> None:
    theirs = [
        entry
        for entry in polib.pofile(str(SAMPLES / "everything.po"))
        if not entry.obsolete and "\\303" not in entry.msgstr  # it knows no octal escapes
    ]
    ours = everything().entries[: len(theirs)]
    assert [entry.msgid for entry in theirs][:5] == [plain_source(entry) for entry in ours][:5]
    assert [[entry.msgstr, *entry.msgstr_plural.values()][-1] for entry in theirs][:5] == [
        plain(entry.text) for entry in ours
    ][:5]
    assert [entry.comment for entry in theirs] == [entry.notes for entry in ours]
    assert [set(entry.flags) for entry in theirs] == [entry.flags for entry in ours]
    assert [entry.previous_msgid for entry in theirs] == [entry.previous for entry in ours]


@pytest.mark.parametrize(
    "text", ["# c\n" * 50_000, '"' * 50_000, "\\" * 50_000, '#~ "a"\n' * 20_000, 'msgid "a"\n' * 20_000]
)  # fmt: skip
def test_long_nonsense_is_read_once(text: str) -> None:
    # Were it read again from each of its characters, this would take hours.
    if text.startswith("# "):
        assert parse(text.encode()).entries == ()
    else:
        assert refused(text.encode()).line >= 1


def test_marks_within_marks_are_refused_however_many() -> None:
    assert refused(b"#~ " * 5000 + b'msgid "a"').error_code == "format.syntax"
