from __future__ import annotations

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.placeholders.find import find
from dpg_l10n.domain.placeholders.kinds import kinds_for
from dpg_l10n.formats import json_nested
from dpg_l10n.formats.webextension import parse, serialize, sniff

SOURCE = b"""{
  "title": {
    "message": "Reader",
    "description": "Its name."
  },
  "pages": {
    "message": "$COUNT$ pages",
    "placeholders": {
      "count": { "content": "$1" }
    }
  }
}
"""


def test_only_the_message_of_a_record_is_a_text() -> None:
    entries = parse(SOURCE).entries
    assert [(e.key, e.text, e.notes, e.line) for e in entries] == [
        ("title", "Reader", "Its name.", 2),
        ("pages", "$COUNT$ pages", "", 6),
    ]


def test_a_record_without_a_message_is_kept_and_no_entry() -> None:
    data = b'{"a": {"description": "x"}, "b": {"message": 1}, "c": "text", "d": {"message": "y"}}'
    assert [entry.key for entry in parse(data).entries] == ["d"]
    assert serialize(Catalogue("webextension", ()), data) == (
        b'{"a": {"description": "x"}, "b": {"message": 1}, "c": "text"}'
    )


def test_a_new_message_of_a_translation_brings_its_placeholders_along() -> None:
    source = parse(SOURCE)
    data = b'{\n\t"title": {\n\t\t"message": "Msomaji"\n\t}\n}\n'
    target = parse(data, source=source)
    added = (*target.entries, Entry("pages", "Kurasa $COUNT$"))
    written = serialize(Catalogue("webextension", added, layout=target.layout), data)
    assert written == (
        b'{\n\t"title": {\n\t\t"message": "Msomaji"\n\t},\n\t"pages": {\n'
        b'\t\t"message": "Kurasa $COUNT$",\n\t\t"placeholders": {\n'
        b'\t\t\t"count": { "content": "$1" }\n\t\t}\n\t}\n}\n'
    )


def test_a_new_message_without_a_source_is_laid_out_as_the_others() -> None:
    data = b'{\n  "a": { "message": "A" }\n}\n'
    entries = (*parse(data).entries, Entry("b", "B", notes="Said of b."))
    assert serialize(Catalogue("webextension", entries), data) == (
        b'{\n  "a": { "message": "A" },\n'
        b'  "b": { "message": "B", "description": "Said of b." }\n}\n'
    )


def test_names_and_numbers_between_dollars_are_placeholders() -> None:
    kinds = kinds_for("webextension")
    assert [p.text for p in find("$NAME$ has $1 of $$5", kinds)] == ["$NAME$", "$1"]


def test_records_with_messages_are_told_from_plain_json() -> None:
    assert sniff("_locales/en/messages.json", SOURCE)
    assert not json_nested.sniff("x/en.json", SOURCE + b" ") or not sniff("x/en.json", SOURCE)
    groups = b'{"error": {"message": "Failed", "title": "Oh"}, "a": {"b": "c"}, "d": {"e": "f"}}'
    assert not sniff("_locales/en/messages.json", groups)
    assert not sniff("i18n/en.json", b'{"login": {"message": "Welcome"}}')


def test_the_files_of_docusaurus_are_known_with_a_single_message() -> None:
    one = b'{"theme.title": {"message": "Page", "description": "Of a page"}}'
    assert sniff("i18n/fr/code.json", one)
    assert sniff("website/i18n/fr/docusaurus-theme-classic/footer.json", one)
    assert not sniff("i18n/fr/other.json", one)
    assert not sniff("src/code.json", one)
