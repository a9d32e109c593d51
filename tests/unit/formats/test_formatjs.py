from __future__ import annotations

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.formatjs import parse, serialize, sniff

RECORDS = b"""{
  "home.title": {
    "defaultMessage": "Find a clinic",
    "description": "Heading"
  }
}
"""
LIST = b"""[
  { "id": "home.title", "defaultMessage": "Find a clinic" },
  { "id": "home.back", "defaultMessage": "Back" }
]
"""


def test_a_key_with_dots_stays_whole_and_the_description_is_the_note() -> None:
    (entry,) = parse(RECORDS).entries
    assert (entry.key, entry.text, entry.notes) == ("home.title", "Find a clinic", "Heading")


def test_a_description_that_is_an_object_is_the_note_as_written() -> None:
    (entry,) = parse(b'{"a": {"defaultMessage": "x", "description": {"page": 1}}}').entries
    assert entry.notes == '{"page": 1}'


def test_records_of_a_list_go_by_their_id() -> None:
    assert [entry.key for entry in parse(LIST).entries] == ["home.title", "home.back"]
    entries = (Entry("new", "New"), *parse(LIST).entries[1:])
    assert serialize(Catalogue("formatjs", entries), LIST) == (
        b'[\n  { "id": "new", "defaultMessage": "New" },\n'
        b'  { "id": "home.back", "defaultMessage": "Back" }\n]\n'
    )


def test_two_records_with_one_id_are_refused_with_both_lines() -> None:
    with pytest.raises(FormatError) as raised:
        parse(LIST.replace(b"home.back", b"home.title"))
    assert raised.value.error_code == "format.duplicate"
    assert (raised.value.line, raised.value.params["first"]) == (3, 2)


def test_a_translation_of_texts_alone_gets_new_ones_as_texts_alone() -> None:
    data = b'{\n  "home.title": "Tafuta kliniki"\n}\n'
    target = parse(data, source=parse(LIST))
    entries = (*target.entries, Entry("home.back", "Rudi"))
    written = serialize(Catalogue("formatjs", entries, layout=target.layout), data)
    assert written == b'{\n  "home.title": "Tafuta kliniki",\n  "home.back": "Rudi"\n}\n'


def test_a_new_message_of_a_translation_is_the_record_of_the_source() -> None:
    data = b'{"a": {"defaultMessage": "x"}}'
    target = parse(data, source=parse(RECORDS))
    entries = (*target.entries, Entry("home.title", "Tafuta"))
    written = serialize(Catalogue("formatjs", entries, layout=target.layout), data)
    assert written == (
        b'{"a": {"defaultMessage": "x"}, '
        b'"home.title": { "defaultMessage": "Tafuta", "description": "Heading" }}'
    )


def test_one_extracted_message_is_enough_to_know_the_format() -> None:
    assert sniff("lang/en.json", RECORDS)
    assert sniff("lang/en.json", LIST)
    assert not sniff("lang/en.json", b'[{"defaultMessage": "x"}]')
    assert not sniff("lang/en.txt", RECORDS)
