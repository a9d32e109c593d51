from __future__ import annotations

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.arb import begin, parse, serialize, sniff

SOURCE = b"""{
  "@@locale": "en",
  "@Visits": {},
  "title": "Clinic",
  "@title": { "description": "Name of the app." },
  "save": "Save",
  "cancel": "Cancel",
  "@cancel": {
    "description": "A button."
  }
}
"""


def made(*entries: tuple[str, str]) -> tuple[Entry, ...]:
    return tuple(Entry(key, text) for key, text in entries)


def test_a_new_first_text_stands_below_the_locale() -> None:
    old = b'{\n  "@@locale": "fr",\n  "@@x": 1,\n  "b": "B"\n}\n'
    made = Catalogue("arb", (Entry("a", "A"), Entry("b", "B")), "fr")
    assert serialize(made, old) == old.replace(b"1,\n", b'1,\n  "a": "A",\n')
    attributed = b'{"@b": {}, "b": "B"}'
    made = Catalogue("arb", (Entry("a", "A"), Entry("b", "B")))
    assert serialize(made, attributed) == b'{"a": "A", "@b": {}, "b": "B"}'


def test_attributes_are_no_texts_and_describe_the_key_they_stand_by() -> None:
    catalogue = parse(SOURCE)
    assert [(e.key, e.text, e.notes, e.line) for e in catalogue.entries] == [
        ("title", "Clinic", "Name of the app.", 4),
        ("save", "Save", "", 6),
        ("cancel", "Cancel", "A button.", 7),
    ]
    assert catalogue.language == "en"


def test_attributes_before_their_text_describe_it_too() -> None:
    data = b'{"@a": {"description": "D", "context": "C"}, "a": "x"}'
    (entry,) = parse(data).entries
    assert (entry.notes, entry.context) == ("D", "C")
    assert serialize(Catalogue("arb", ()), data) == b"{}"


def test_a_text_that_goes_takes_its_attributes_along() -> None:
    left = tuple(entry for entry in parse(SOURCE).entries if entry.key != "title")
    written = serialize(Catalogue("arb", left), SOURCE)
    assert written == SOURCE.replace(
        b'  "title": "Clinic",\n  "@title": { "description": "Name of the app." },\n', b""
    )


def test_an_edit_leaves_the_attributes_alone() -> None:
    written = serialize(parse(SOURCE).with_texts({"cancel": "Stop"}), SOURCE)
    assert written == SOURCE.replace(b'"Cancel"', b'"Stop"')


def test_the_file_of_a_new_language_has_its_name_and_no_attributes() -> None:
    new = begin(parse(SOURCE), "sw")
    catalogue = Catalogue(
        "arb", made(("title", "Kliniki"), ("cancel", "Ghairi")), new.language, layout=new.layout
    )
    assert serialize(catalogue, SOURCE) == (
        b'{\n  "@@locale": "sw",\n  "title": "Kliniki",\n  "cancel": "Ghairi"\n}\n'
    )


def test_a_file_without_a_template_names_its_language_first() -> None:
    written = serialize(Catalogue("arb", made(("a", "x")), "pt"))
    assert written == b'{\n  "@@locale": "pt",\n  "a": "x"\n}\n'


def test_a_new_text_brings_attributes_only_where_the_file_has_some() -> None:
    source = parse(SOURCE)
    bare = b'{\n\t"title": "Kliniki"\n}\n'
    target = parse(bare, source=source)
    added = (*target.entries, *made(("cancel", "Ghairi")))
    catalogue = Catalogue("arb", added, layout=target.layout)
    assert serialize(catalogue, bare) == b'{\n\t"title": "Kliniki",\n\t"cancel": "Ghairi"\n}\n'

    rich = b'{\n\t"title": "Kliniki",\n\t"@title": {}\n}\n'
    target = parse(rich, source=source)
    added = (*target.entries, *made(("cancel", "Ghairi")))
    catalogue = Catalogue("arb", added, layout=target.layout)
    assert serialize(catalogue, rich) == (
        b'{\n\t"title": "Kliniki",\n\t"@title": {},\n\t"cancel": "Ghairi",\n'
        b'\t"@cancel": {\n\t\t"description": "A button."\n\t}\n}\n'
    )


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (Entry("@title", "x"), "format.key"),
        (Entry("title", Plural.of(one="x", other="y")), "format.plural"),
    ],
)
def test_what_a_bundle_cannot_hold_is_refused(entry: Entry, code: str) -> None:
    with pytest.raises(FormatError) as raised:
        serialize(Catalogue("arb", (entry,)), SOURCE)
    assert raised.value.error_code == code


def test_a_list_is_refused_with_its_place() -> None:
    with pytest.raises(FormatError) as raised:
        parse(b'\n ["a"]')
    assert (raised.value.error_code, raised.value.line, raised.value.column) == (
        "format.root", 2, 2,
    )  # fmt: skip


def test_only_the_ending_says_that_a_file_is_a_bundle() -> None:
    assert sniff("lib/l10n/app_en.arb", SOURCE)
    assert not sniff("lib/l10n/app_en.json", SOURCE)
