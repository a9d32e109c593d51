"""Writing PO files."""

from __future__ import annotations

import string
from dataclasses import replace
from pathlib import Path
from typing import Any

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.catalogue import Catalogue, Entry, bilingual_key
from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.po import begin, parse, serialize
from tests.support.gettext_tools import msgfmt, require_gettext, run

SAMPLES = Path(__file__).parents[2] / "data" / "po"
EVERYTHING = (SAMPLES / "everything.po").read_bytes()
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def edited(file: str, key: str, /, **changes: Any) -> str:
    """Return a file after one of its entries was changed."""
    catalogue = parse(file.encode())
    entries = tuple(
        entry._replace(**changes) if entry.key == key else entry for entry in catalogue.entries
    )
    return serialize(replace(catalogue, entries=entries), file.encode()).decode()


def made(*entries: Entry, **parts: Any) -> Catalogue:
    return replace(Catalogue("po", entries), **parts)


def message(source: Text, text: Text = "", context: str | None = None, **more: Any) -> Entry:
    entry = Entry(bilingual_key(source, context), text, source, context or "")
    return entry._replace(**more)


def without_layout(catalogue: Catalogue) -> Catalogue:
    return replace(catalogue, layout=None)


@pytest.mark.parametrize("name", ["everything.po", "template.pot"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_an_unedited_file_keeps_its_bytes(name: str, newline: bytes, mark: bytes) -> None:
    data = mark + (SAMPLES / name).read_bytes().replace(b"\n", newline)
    catalogue = parse(data)
    assert serialize(catalogue) == data
    assert serialize(without_layout(catalogue), data) == data


def test_a_file_without_a_last_newline_stays_so() -> None:
    text = HEADER + 'msgid "a"\nmsgstr "b"'
    assert edited(text, "a", text="c") == HEADER + 'msgid "a"\nmsgstr "c"'


def test_an_edit_changes_the_translation_and_nothing_else() -> None:
    text = HEADER + '#  odd\n#:  x.py:1\nmsgid   ""\n"a"\nmsgstr\t"b"  \n\n\n# end'
    assert edited(text, "a", text="c") == text.replace('msgstr\t"b"', 'msgstr "c"')


def test_an_edit_keeps_the_line_ends_of_the_file() -> None:
    text = (HEADER + 'msgid "a"\nmsgstr "b"\n').replace("\n", "\r\n")
    assert edited(text, "a", text="c\nd", notes="e") == text.replace(
        'msgid "a"\r\nmsgstr "b"', '#. e\r\nmsgid "a"\r\nmsgstr ""\r\n"c\\n"\r\n"d"'
    )


def test_an_edit_in_a_file_of_carriage_returns_keeps_them() -> None:
    text = (HEADER + 'msgid "a"\nmsgstr "b"\n').replace("\n", "\r")
    assert edited(text, "a", text="c") == text.replace('"b"', '"c"')


def test_an_edit_keeps_the_charset_of_the_file() -> None:
    text = HEADER.replace("UTF-8", "ISO-8859-1") + 'msgid "a"\nmsgstr "b"\n'
    catalogue = parse(text.encode("latin-1")).with_texts({"a": "é"})
    assert serialize(catalogue) == text.replace('"b"', '"é"').encode("latin-1")


def test_a_character_outside_the_charset_is_refused() -> None:
    text = HEADER.replace("UTF-8", "ISO-8859-1") + 'msgid "a"\nmsgstr "b"\n'
    with pytest.raises(FormatError) as caught:
        serialize(parse(text.encode()).with_texts({"a": "አ"}))
    assert caught.value.error_code == "format.encoding"


def test_only_the_changed_plural_text_is_written_anew() -> None:
    text = HEADER + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0]   "c"\nmsgstr[1] "d"\n'
    result = edited(text, "a", text=Plural((("0", "c"), ("1", "e"), ("2", "f"))))
    assert result == text.replace('msgstr[1] "d"', 'msgstr[1] "e"\nmsgstr[2] "f"')


@pytest.mark.parametrize(
    ("before", "flags", "after"),
    [
        ("", {"fuzzy"}, "#, fuzzy\n"),
        ("#, fuzzy\n", set(), ""),
        ("#, c-format\n", {"c-format", "fuzzy"}, "#, fuzzy, c-format\n"),
        ("#,fuzzy,c-format\n", {"c-format"}, "#, c-format\n"),
        ("#, b,  a\n", {"a", "b", "c"}, "#, b,  a, c\n"),
        ("# t\n#. n\n", {"fuzzy"}, "# t\n#. n\n#, fuzzy\n"),
        ('#, fuzzy\n#| msgid "old"\n', set(), ""),
    ],
)
def test_a_change_of_flags_changes_their_line_only(
    before: str, flags: set[str], after: str
) -> None:
    body = 'msgid "a"\nmsgstr  "b"\n'
    assert edited(HEADER + before + body, "a", flags=frozenset(flags)) == HEADER + after + body


def test_new_notes_and_locations_take_their_usual_places() -> None:
    text = HEADER + '# person\n#, fuzzy\nmsgid "a"\nmsgstr "b"\n'
    assert edited(text, "a", notes="n\nm", locations="x:1").startswith(
        HEADER + "# person\n#. n\n#. m\n#: x:1\n#, fuzzy\n"
    )


def test_notes_that_go_take_their_lines_with_them() -> None:
    text = HEADER + '# t\n#. n\n#. m\n#: x:1\nmsgid "a"\nmsgstr "b"\n'
    assert edited(text, "a", notes="") == text.replace("#. n\n#. m\n", "")


def test_a_previous_source_is_written_and_taken_out() -> None:
    text = HEADER + '#, fuzzy\nmsgid "a"\nmsgstr "b"\n'
    with_previous = edited(text, "a", previous=Plural.of(one="o", other="p"))
    assert '#, fuzzy\n#| msgid "o"\n#| msgid_plural "p"\nmsgid' in with_previous
    assert edited(with_previous, "a", previous=None) == text


def test_a_length_limit_that_nothing_states_becomes_a_flag() -> None:
    body = 'msgid "a"\nmsgstr "b"\n'
    assert edited(HEADER + body, "a", max_chars=7) == HEADER + "#, max-length:7\n" + body
    noted = HEADER + "#. maxlength: 9\n" + body
    assert parse(edited(noted, "a", max_chars=7).encode()).entries[0].max_chars == 7


def test_a_new_message_goes_after_its_predecessor() -> None:
    text = HEADER + 'msgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr "d"\n'
    catalogue = parse(text.encode())
    first, last = catalogue.entries
    more = replace(catalogue, entries=(message("0"), first, message("b", "x"), last, message("e")))
    blocks = serialize(more).decode().split("\n\n")[1:]
    assert [block.split("\n")[0] for block in blocks] == [
        'msgid "0"', 'msgid "a"', 'msgid "b"', 'msgid "c"', 'msgid "e"',
    ]  # fmt: skip


def test_a_message_that_is_left_out_goes_with_its_comments() -> None:
    text = HEADER + '# t\nmsgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr "d"\n'
    catalogue = parse(text.encode())
    fewer = replace(catalogue, entries=catalogue.entries[1:])
    assert serialize(fewer).decode() == HEADER + 'msgid "c"\nmsgstr "d"\n'


def test_a_message_that_becomes_obsolete_keeps_its_text_and_comes_back() -> None:
    text = (
        HEADER + '# t\n#, fuzzy\n#| msgid "o"\nmsgid "a"\nmsgstr ""\n"b"\n\nmsgid "c"\nmsgstr "d"\n'
    )
    catalogue = parse(text.encode())
    first, second = catalogue.entries
    buried = serialize(replace(catalogue, entries=(second,), obsolete=(first,)))
    assert buried.decode() == (
        HEADER
        + 'msgid "c"\nmsgstr "d"\n\n# t\n#, fuzzy\n#~| msgid "o"\n#~ msgid "a"\n#~ msgstr ""\n#~ "b"\n'
    )
    revived = serialize(catalogue, buried)
    assert revived.decode() == text


def test_another_translation_changes_nothing_around_it_however_a_message_is_laid_out() -> None:
    for before, after in (
        ('# msgstr "x"\nmsgid "a"\nmsgstr "b"\n', '# msgstr "x"\nmsgid "a"\nmsgstr "c"\n'),
        ('msgid "a"\nmsgstr ""\n"b"\n" d" \t\n', 'msgid "a"\nmsgstr "c" \t\n'),
        ('msgid "a" msgstr "b"\n', 'msgid "a" msgstr "c"\n'),
        ('msgid "a"\n  msgstr  "b"', 'msgid "a"\n  msgstr "c"'),
        ('msgid "\\nmsgstr \\""\nmsgstr "b"\r\n', 'msgid "\\nmsgstr \\""\nmsgstr "c"\r\n'),
        ('msgid ""\n"a"\nmsgstr "b\\""\n', 'msgid ""\n"a"\nmsgstr "c"\n'),
    ):
        catalogue = parse((HEADER + before).encode())
        changed = catalogue.with_texts({catalogue.entries[0].key: "c"})
        assert serialize(changed).decode() == HEADER + after


def test_an_obsolete_message_that_is_edited_stays_obsolete() -> None:
    catalogue = parse((HEADER + '#~ msgid "a"\n#~ msgstr "b"\n').encode())
    changed = replace(catalogue, obsolete=(catalogue.obsolete[0]._replace(text="c"),))
    assert serialize(changed).decode() == HEADER + '#~ msgid "a"\n#~ msgstr "c"\n'


def test_only_the_changed_header_field_is_written_anew() -> None:
    catalogue = parse(EVERYTHING)
    header = tuple(
        (name, "sample 2.0") if name == "Project-Id-Version" else (name, value)
        for name, value in catalogue.header
    )
    assert serialize(replace(catalogue, header=header)) == EVERYTHING.replace(
        b"1.0\\n", b"2.0\\n", 1
    )


def test_a_language_fills_the_template_with_its_own_header() -> None:
    template = (SAMPLES / "template.pot").read_bytes()
    started = begin(parse(template), "pl")
    assert started.language == "pl"
    assert started.entries[1].text == Plural((("0", ""), ("1", ""), ("2", "")))
    text = serialize(started.with_texts({"Welcome": "Witamy"}), template).decode()
    assert text.startswith('# SOME DESCRIPTIVE TITLE.\nmsgid ""\nmsgstr ""\n"Report-Msgid-Bugs-To:')
    assert '"Language: pl\\n"\n"MIME-Version: 1.0\\n"\n' in text
    assert 'msgid "Welcome"\nmsgstr "Witamy"\n' in text
    assert 'msgstr[1] ""\nmsgstr[2] ""\n' in text
    assert "YEAR" not in text
    assert "CHARSET" not in text
    assert parse(text.encode()).content() == (
        "po", *started.with_texts({"Welcome": "Witamy"}).content()[1:],
    )  # fmt: skip


@pytest.mark.parametrize("first", ['"Project-Id-Version: x\\n"', '"MIME-Version: 1.0\\n"'])
def test_the_first_field_of_a_template_stays_one_line_in_a_new_language(first: str) -> None:
    rest = '"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "a"\nmsgstr ""\n'
    template = f'msgid ""\nmsgstr ""\n{first}\n{rest}'.encode()
    text = serialize(begin(parse(template), "sw"), template).decode()
    assert f"\n{first}\n" in text
    assert '\n""\n' not in text


def test_a_file_of_another_language_takes_the_catalogues_language() -> None:
    french = replace(without_layout(parse(EVERYTHING)), language="fr", header=())
    assert parse(serialize(french, EVERYTHING)).language == "fr"


def test_comments_of_persons_follow_their_message_into_another_template() -> None:
    catalogue = parse((HEADER + '# person\nmsgid "a"\nmsgstr "b"\n').encode())
    assert "# person\n" in serialize(catalogue, HEADER.encode()).decode()


def test_a_long_text_is_broken_as_the_file_does() -> None:
    long = "word " * 30 + "end"
    wrapped = edited(EVERYTHING.decode(), "Welcome", text=long)
    assert all(len(line) <= 80 for line in wrapped.split("\n"))
    one_line = HEADER + f'msgid "{long}"\nmsgstr ""\n'
    assert f'msgstr "{long}"\n' in edited(one_line, long, text=long)


def test_a_file_that_keeps_newlines_inside_its_lines_stays_so() -> None:
    text = HEADER + 'msgid "a\\nb"\nmsgstr ""\n'
    assert 'msgstr "c\\nd"\n' in edited(text, "a\nb", text="c\nd")


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (message("a", "b\0c"), "text"),
        (message("a", "b", flags=frozenset({"x, y"})), "text"),
        (message("a", Plural((("0", "b"),))), "plural"),
        (message(Plural.of(one="a", other="b"), "c"), "plural"),
        (message(Plural.of(one="a", other="b"), Plural.of(one="c", other="d")), "plural"),
        (message("a", "\ud800"), "encoding"),
    ],
)
def test_what_no_po_file_can_say_is_refused(entry: Entry, code: str) -> None:
    with pytest.raises(FormatError) as caught:
        serialize(made(entry))
    assert caught.value.error_code == f"format.{code}"


def test_one_message_twice_is_refused() -> None:
    with pytest.raises(FormatError) as caught:
        serialize(made(message("a"), message("a")))
    assert caught.value.error_code == "format.duplicate"


def test_a_source_that_becomes_a_plural_is_written_with_its_variants() -> None:
    text = HEADER + '# t\nmsgid "a"\nmsgstr "b"\n'
    changed = {"source": Plural.of(one="a", other="as"), "text": Plural((("0", "c"),))}
    assert edited(text, "a", **changed) == HEADER + (
        '# t\nmsgid "a"\nmsgid_plural "as"\nmsgstr[0] "c"\n'
    )


def test_an_empty_text_of_a_plural_empties_each_variant() -> None:
    text = HEADER + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n'
    assert edited(text, "a", text="") == text.replace('"c"', '""')
    assert 'msgstr[1] ""' in serialize(made(message(Plural.of(one="a", other="b")))).decode()


def test_an_entry_without_a_source_has_its_key_for_one() -> None:
    assert serialize(made(Entry("a", "b"))) == b'msgid "a"\nmsgstr "b"\n'


def test_a_message_between_others_without_blank_lines_is_set_off() -> None:
    catalogue = parse(b'msgid "a"\nmsgstr "b"\nmsgid "c"\nmsgstr "d"\n')
    first, second = catalogue.entries
    more = replace(catalogue, entries=(first, message("x", "y"), second))
    assert serialize(more).decode().split("\n\n")[1] == 'msgid "x"\nmsgstr "y"'


def test_no_blank_line_is_left_where_the_first_message_was() -> None:
    catalogue = parse(b'msgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr "d"\n')
    fewer = replace(catalogue, entries=catalogue.entries[1:])
    assert serialize(fewer) == b'msgid "c"\nmsgstr "d"\n'


def test_a_file_that_breaks_no_lines_still_splits_at_newlines_where_it_does() -> None:
    long = "word " * 30
    text = HEADER + f'msgid "{long}"\nmsgstr ""\n\nmsgid ""\n"a\\n"\n"b"\nmsgstr ""\n'
    assert f'msgstr ""\n"{long}\\n"\n"c"\n' in edited(text, "a\nb", text=f"{long}\nc")


def test_a_header_in_one_line_is_written_anew_when_a_field_changes() -> None:
    text = HEADER.replace("UTF-8", "UTF-8\\nLanguage: de\\nX-Odd: \\351")
    catalogue = parse(text.replace("UTF-8", "ISO-8859-1").encode())
    changed = serialize(replace(catalogue, language="fr")).decode("latin-1")
    assert '"Language: fr\\n"\n"X-Odd: é\\n"\n' in changed


def test_a_catalogue_made_by_hand_with_a_language_gets_a_header() -> None:
    data = serialize(made(message("a", "b"), language="sw"))
    header = dict(parse(data).header)
    assert header["Content-Type"] == "text/plain; charset=UTF-8"
    assert header["Plural-Forms"].startswith("nplurals=2")


def test_a_name_that_is_no_language_gets_no_plural_forms() -> None:
    assert begin(parse(HEADER.encode()), "no language!").header_field("Plural-Forms") is None


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\4"), max_size=120)
LINE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
FLAGS = st.frozensets(st.text(string.ascii_lowercase + "-", min_size=1, max_size=8), max_size=3)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    context = draw(st.none() | LINE)
    one = draw(TEXT.filter(bool))
    more: dict[str, Any] = {
        "notes": draw(LINE | st.just("")), "locations": draw(LINE | st.just("")),
        "flags": draw(FLAGS), "previous": draw(st.none() | TEXT),
    }  # fmt: skip
    if draw(st.booleans()):
        return message(one, draw(TEXT), context, **more)
    forms = draw(st.lists(TEXT, min_size=1, max_size=6))
    text = Plural(tuple((str(index), form) for index, form in enumerate(forms)))
    return message(Plural.of(one=one, other=draw(TEXT)), text, context, **more)


CATALOGUES = st.builds(
    lambda found, active: made(*found[:active], obsolete=tuple(found[active:])),
    st.lists(entries(), max_size=5, unique_by=lambda entry: entry.key),
    st.integers(0, 5),
)


@settings(max_examples=150, deadline=None)
@given(CATALOGUES)
def test_what_is_written_reads_the_same(catalogue: Catalogue) -> None:
    data = serialize(catalogue)
    again = parse(data)
    assert again.content() == catalogue.content()
    assert serialize(without_layout(again), data) == data


@settings(max_examples=100, deadline=None)
@given(CATALOGUES, TEXT)
def test_an_edit_leaves_all_other_lines(catalogue: Catalogue, text: str) -> None:
    data = serialize(catalogue)
    before = parse(data)
    singular = [entry for entry in before.entries if isinstance(entry.text, str)]
    for entry in singular[:1]:
        after = before.with_texts({entry.key: text})
        result = serialize(after, data)
        assert parse(result).content() == after.content()
        assert serialize(replace(before, layout=None), result) == data


@settings(max_examples=40, deadline=None)
@given(CATALOGUES)
def test_gettext_reads_what_we_write(catalogue: Catalogue) -> None:
    require_gettext()
    header = (("Content-Type", "text/plain; charset=UTF-8"),)
    data = serialize(replace(catalogue, header=header))
    done = run("msgcat", data, "--force-po", "--no-wrap")
    assert done.returncode == 0, done.stderr
    assert {entry[:4] for entry in parse(done.stdout).entries} == {
        entry[:4] for entry in catalogue.entries
    }


def test_polib_reads_what_we_write() -> None:
    said = 'A "quoted"\n\ttext\\'
    data = serialize(made(message("a", said, notes="note", flags=frozenset({"fuzzy"}))))
    (entry,) = polib.pofile(data.decode())
    assert (entry.msgid, entry.msgstr, entry.comment, entry.flags) == ("a", said, "note", ["fuzzy"])


def test_msgfmt_accepts_a_language_begun_by_us() -> None:
    require_gettext()
    template = (SAMPLES / "template.pot").read_bytes()
    assert msgfmt(serialize(begin(parse(template), "ar"), template), "-c") is not None


def test_an_obsolete_message_that_is_active_too_stays_when_another_is_edited() -> None:
    old = '\n#~ msgid "a"\n#~ msgstr "old"\n'
    text = HEADER + 'msgid "a"\nmsgstr "x"\n\nmsgid "b"\nmsgstr "y"\n' + old
    assert edited(text, "b", text="z") == text.replace('"y"', '"z"')
    assert edited(text, "a", text="z") == text.replace('"x"', '"z"')


def test_an_active_message_that_becomes_obsolete_replaces_an_older_obsolete_one() -> None:
    text = HEADER + 'msgid "a"\nmsgstr "new"\n\n#~ msgid "a"\n#~ msgstr "old"\n'
    catalogue = parse(text.encode())
    moved = replace(catalogue, entries=(), obsolete=catalogue.entries)
    written = parse(serialize(moved, text.encode()))
    assert [(entry.key, entry.text) for entry in written.obsolete] == [("a", "new")]
