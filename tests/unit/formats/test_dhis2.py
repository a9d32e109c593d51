from __future__ import annotations

import json

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.dhis2 import FORMAT, parse, serialize, sniff

DATA = b"""{
  "dataElements": [
    {
      "id": "aB3dE5gH7jK",
      "name": "Malaria cases",
      "shortName": "Malaria",
      "lastUpdatedBy": { "id": "u", "name": "Somebody" },
      "translations": [
        { "locale": "fr", "property": "NAME", "value": "Cas" },
        { "locale": "fr", "property": "SHORT_NAME", "value": "Palu" }
      ]
    },
    { "id": "bC4eF6hJ8kL", "name": "Births", "translations": [] },
    { "id": "cD5fG7jK9lM", "name": "Visits" }
  ]
}
"""
NAME, SHORT = "dataElements.aB3dE5gH7jK.name", "dataElements.aB3dE5gH7jK.shortName"
BIRTHS, VISITS = "dataElements.bC4eF6hJ8kL.name", "dataElements.cD5fG7jK9lM.name"


def in_language(name: str, data: bytes = DATA) -> Catalogue:
    assert FORMAT.multilingual
    return FORMAT.multilingual.parse(data, name)


def test_texts_go_by_kind_identifier_and_member() -> None:
    entries = parse(DATA).entries
    assert [(e.key, e.text, e.notes, e.max_chars) for e in entries] == [
        (NAME, "Malaria cases", "dataElements", None),
        (SHORT, "Malaria", "dataElements", 50),
        (BIRTHS, "Births", "dataElements", None),
        (VISITS, "Visits", "dataElements", None),
    ]


def test_a_language_says_its_texts_under_the_keys_of_the_source() -> None:
    assert FORMAT.multilingual
    assert FORMAT.multilingual.languages(DATA) == ("fr",)
    assert [entry.text for entry in in_language("fr").entries] == ["Cas", "Palu", "", ""]
    assert serialize(in_language("fr"), DATA) == DATA


def test_an_edited_translation_changes_its_value_only() -> None:
    edited = in_language("fr").with_texts({SHORT: "P."})
    assert serialize(edited, DATA) == DATA.replace(b'"Palu"', b'"P."')


def test_a_translation_that_is_taken_out_takes_its_record_along() -> None:
    edited = in_language("fr").with_texts({SHORT: ""})
    gone = b',\n        { "locale": "fr", "property": "SHORT_NAME", "value": "Palu" }'
    assert serialize(edited, DATA) == DATA.replace(gone, b"")


def test_a_new_language_joins_each_object_in_the_style_of_its_list() -> None:
    texts = {NAME: "Visa", SHORT: "Malaria (sw)", BIRTHS: "Watoto", VISITS: "Ziara"}
    entries = tuple(Entry(key, text) for key, text in texts.items())
    written = serialize(Catalogue("dhis2", entries, "sw"), DATA)
    assert {entry.key: entry.text for entry in in_language("sw", written).entries} == texts
    assert in_language("fr", written).entries[0].text == "Cas"
    assert parse(written).content()[1] == tuple(e._replace(line=0) for e in parse(DATA).entries)
    last = b'"value": "Palu" },\n        { "locale": "sw", "property": "NAME", "value": "Visa" },\n'
    assert last in written
    assert json.loads(written)["dataElements"][2]["translations"] == [
        {"property": "NAME", "locale": "sw", "value": "Ziara"}
    ]


def test_a_new_source_text_belongs_to_an_object_of_the_file() -> None:
    entries = (*parse(DATA).entries, Entry("dataElements.cD5fG7jK9lM.description", "All"))
    assert b'"name": "Visits", "description": "All" }' in serialize(
        Catalogue("dhis2", entries), DATA
    )
    with pytest.raises(FormatError) as raised:
        serialize(Catalogue("dhis2", (Entry("options.x.name", "y"),)), DATA)
    assert raised.value.error_code == "format.path"


def test_two_objects_of_a_kind_with_one_identifier_are_refused() -> None:
    with pytest.raises(FormatError) as raised:
        parse(b'{"options": [{"id": "a", "name": "x"},\n{"id": "a", "name": "y"}]}')
    assert (raised.value.error_code, raised.value.line) == ("format.duplicate", 2)


def test_objects_with_translations_tell_the_format() -> None:
    assert sniff("metadata.json", DATA)
    assert sniff("metadata.json", b'{"options": [{"id": "a", "name": "x", "translations": []}]}')
    assert not sniff("i18n/en.json", b'{"translations": {"title": "Title"}}')
