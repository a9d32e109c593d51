"""Reading and writing TOML."""

from __future__ import annotations

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.toml import FORMAT


def said(text: str) -> dict[str, object]:
    return {entry.key: entry.text for entry in FORMAT.parse(text.encode()).entries}


def edited(old: str, new: str) -> str:
    catalogue = FORMAT.parse(old.encode())
    (entry,) = catalogue.entries
    return FORMAT.serialize(catalogue.with_texts({entry.key: new}), old.encode()).decode()


def written(old: str, *pairs: tuple[str, str]) -> str:
    entries = tuple(Entry(*pair) for pair in pairs)
    return FORMAT.serialize(Catalogue("toml", entries), old.encode()).decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 'b'", {"a": "b"}),
        ('a = "b\\n\\u00e9"', {"a": "b\né"}),
        ('a = """\nb\n"""', {"a": "b\n"}),
        ('a . b = "c"', {"a.b": "c"}),
        ('[s."t u"]\n\'k.l\' = "m"', {"s.\"t u\".'k.l'": "m"}),
        ('[[p]]\nn = "1"\n[[p]]\nn = "2"', {"p[0].n": "1", "p[1].n": "2"}),
        ('a = ["x",\n "y"] # c\nb = {c = "d"}\ne = 1\nf = "g"', {"f": "g"}),
        ("", {}),
    ],
)
def test_values_that_are_strings_are_units(text: str, expected: dict[str, object]) -> None:
    assert said(text) == expected


def test_comments_directly_above_are_notes() -> None:
    text = '# file\n\n# one\n# two\na = "b" # behind\nc = "d"\n'
    entries = FORMAT.parse(text.encode()).entries
    assert [(e.key, e.notes, e.line) for e in entries] == [("a", "one\ntwo", 5), ("c", "", 6)]


@pytest.mark.parametrize(
    ("old", "text", "new"),
    [
        ("a = 'b' # c", "d\\e", "a = 'd\\e' # c"),
        ("a = 'b'", "it's", 'a = "it\'s"'),
        ('a = "b"', 'c "d"\n\x7f', 'a = "c \\"d\\"\\n\\u007f"'),
        ('a = """\nb\n"""', "c\nd", 'a = """\nc\nd"""'),
    ],
)
def test_a_changed_value_keeps_its_quotes_where_it_can(old: str, text: str, new: str) -> None:
    assert edited(old, text) == new


def test_a_new_entry_goes_to_its_table() -> None:
    out = written('a = "1"\n\n[t]\nb = "2"\n', ("a", "1"), ("t.b", "2"), ("t.c", "3"), ("u.d", "4"))
    assert out == 'a = "1"\n\n[t]\nb = "2"\nc = "3"\n\n[u]\nd = "4"\n'


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a = 1\nb = ", "format.syntax", 2),
        ("a = 1\na = 2\n", "format.syntax", 2),
        ("a = " + "[" * 5000, "format.depth", 0),
        ("\n" + "a." * 5000 + "b = 1", "format.depth", 2),
        ("a = " + "9" * 5000, "format.syntax", 0),
    ],
)
def test_what_is_no_toml_is_refused_with_its_line(text: str, code: str, line: int) -> None:
    with pytest.raises(FormatError) as caught:
        FORMAT.parse(text.encode())
    assert (caught.value.error_code, caught.value.line) == (code, line)


def test_a_key_that_would_take_the_place_of_a_value_is_refused() -> None:
    with pytest.raises(FormatError) as caught:
        written('[t]\na = "1"\n', ("t.a", "1"), ("t.a.b", "2"))
    assert caught.value.error_code in {"format.syntax", "format.path"}


def test_settings_are_not_taken_for_strings() -> None:
    assert FORMAT.sniff("i18n/active.en.toml", b'a = "b"\n')
    assert not FORMAT.sniff("settings.toml", b"a = 1\nb = true\nc = 'd'\n")


def test_a_table_goes_with_its_last_text_and_comes_back_to_its_place() -> None:
    old = '[a]\nother = "1"\n\n[n]\nx = 1\ny = "2"\n\n[[p]]\ny = "3"\n\n[z]\nother = "4"'
    left = '[n]\nx = 1\n\n[[p]]\n\n[z]\nother = "4"'
    assert written(f"# A\n{old}", ("z.other", "4")) == left
    source = FORMAT.parse(old.encode())
    rest = FORMAT.serialize(Catalogue("toml", source.entries[1:]), old.encode())
    assert FORMAT.serialize(Catalogue("toml", source.entries), rest).decode() == old


VISITS = """[visits]
description = "How many"
one = "{{.Count}} visit"
other = "{{.Count}} visits"

[home]
# On every page
other = "Home"

[beds]
one = "a"
other = "b"
long = "c"
"""


def test_a_table_of_forms_is_one_plural_with_its_description_as_note() -> None:
    found = FORMAT.parse(VISITS.encode()).entries
    assert [(entry.key, entry.text, entry.notes) for entry in found] == [
        ("visits", Plural.of(one="{{.Count}} visit", other="{{.Count}} visits"), "How many"),
        ("home.other", "Home", "On every page"),
        ("beds.one", "a", ""), ("beds.other", "b", ""), ("beds.long", "c", ""),
    ]  # fmt: skip


def test_a_translation_has_the_forms_of_its_language() -> None:
    source = FORMAT.parse(VISITS.encode())
    text = '[visits]\nother = "回"\n\n[home]\none = "x"\nother = "家"\n'
    found = FORMAT.parse(text.encode(), source=source).by_key()
    assert {key: entry.text for key, entry in found.items()} == {
        "visits": Plural.of(other="回"), "home.one": "x", "home.other": "家",
    }  # fmt: skip


def test_a_form_that_a_language_needs_goes_to_its_place_and_the_description_stays() -> None:
    catalogue = FORMAT.parse(VISITS.encode())
    forms = Plural.of(one="1", few="2", many="5", other="0")
    new = FORMAT.serialize(catalogue.with_texts({"visits": forms}), VISITS.encode()).decode()
    assert new == VISITS.replace("{{.Count}} visits", "0").replace(
        '"{{.Count}} visit"\n', '"1"\nfew = "2"\nmany = "5"\n'
    )
    gone = Catalogue("toml", catalogue.entries[1:])
    left = FORMAT.serialize(gone, VISITS.encode()).decode()
    assert left == VISITS[VISITS.index("[home]") :]
    assert FORMAT.serialize(catalogue, left.encode()).decode() == VISITS.replace(
        'description = "How many"', "# How many"
    )


@pytest.mark.parametrize(
    ("old", "key", "code"), [("a = 1\n", "a", "format.path"), ("", "a b", "format.key")]
)
def test_a_key_without_a_place_is_refused_by_its_name(old: str, key: str, code: str) -> None:
    with pytest.raises(FormatError) as caught:
        written(old, (key, "x"))
    assert (caught.value.error_code, caught.value.params["key"]) == (code, key)


def test_variants_by_number_are_refused() -> None:
    made = Catalogue("toml", (Entry("a", Plural((("0", "x"), ("1", "y")))),))
    with pytest.raises(FormatError) as caught:
        FORMAT.serialize(made, b"")
    assert caught.value.error_code == "format.plural"


def test_a_long_comment_is_read_line_by_line() -> None:
    lines = 200_000  # gathered anew with each line they would take an hour
    (entry,) = FORMAT.parse(("# x\n" * lines + 'a = "b"\n').encode()).entries
    assert entry.notes.count("x") == lines
