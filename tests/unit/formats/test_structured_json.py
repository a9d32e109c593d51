from __future__ import annotations

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.formats.structured_json import parse, serialize, sniff

SOURCE = b"""{
  "login": {
    "title": {
      "string": "Sign in",
      "developer_comment": "A heading.",
      "character_limit": 20,
      "context": "page"
    }
  },
  "a.b": { "string": "Flat" }
}
"""


def test_what_a_record_says_about_its_text_is_read() -> None:
    first, second = parse(SOURCE).entries
    assert (first.key, first.text) == ("login.title", "Sign in")
    assert (first.notes, first.context, first.max_chars) == ("A heading.", "page", 20)
    assert (second.key, second.notes, second.max_chars) == ("a.b", "", None)


def test_a_limit_that_is_no_number_is_none() -> None:
    data = b'{"a": {"string": "x", "character_limit": "many"}}'
    assert parse(data).entries[0].max_chars is None


def test_a_record_named_string_is_no_text_of_the_one_around_it() -> None:
    assert [e.key for e in parse(b'{"string": {"string": "x"}}').entries] == ["string"]


def test_a_new_text_is_the_record_of_the_source_and_makes_the_objects_around_it() -> None:
    data = b'{\n    "x": { "string": "X" }\n}\n'
    target = parse(data, source=parse(SOURCE))
    entries = (*target.entries, Entry("login.title", "Ingia"))
    written = serialize(Catalogue("structured-json", entries, layout=target.layout), data)
    assert written == (
        b'{\n    "x": { "string": "X" },\n    "login": {\n        "title": {\n'
        b'            "string": "Ingia",\n            "developer_comment": "A heading.",\n'
        b'            "character_limit": 20,\n            "context": "page"\n        }\n    }\n}\n'
    )


def test_an_object_that_loses_its_last_record_goes_too() -> None:
    left = parse(SOURCE).entries[1:]
    written = serialize(Catalogue("structured-json", left), SOURCE)
    assert written == b'{\n  "a.b": { "string": "Flat" }\n}\n'


def test_records_with_strings_are_told_from_plain_json() -> None:
    assert sniff("strings_en.json", SOURCE)
    assert not sniff("en.json", b'{"type": {"string": "Text", "number": "Number"}}')
