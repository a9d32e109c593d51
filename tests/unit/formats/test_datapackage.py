from __future__ import annotations

import json

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.formats.datapackage import FORMAT, parse, serialize, sniff

DATA = b"""{
  "name": "wells",
  "languages": ["en", "fr"],
  "title": { "": "Wells", "fr": "Puits" },
  "resources": [
    {
      "name": "points",
      "title": "Points",
      "schema": { "fields": [{ "name": "depth", "title": "Depth" }] }
    },
    { "path": "x.csv", "description": "More" }
  ],
  "contributors": [{ "title": "Somebody" }]
}
"""
FIELD = "resources.points.fields.depth.title"


def in_language(name: str, data: bytes = DATA) -> dict[str, object]:
    assert FORMAT.multilingual
    return {entry.key: entry.text for entry in FORMAT.multilingual.parse(data, name).entries}


def test_texts_go_by_the_names_of_what_they_describe() -> None:
    catalogue = parse(DATA)
    assert [(entry.key, entry.text) for entry in catalogue.entries] == [
        ("title", "Wells"),
        ("resources.points.title", "Points"),
        (FIELD, "Depth"),
        ("resources[1].description", "More"),
    ]
    assert catalogue.language == "en"
    assert in_language("fr")["title"] == "Puits"


def test_a_text_becomes_an_object_of_languages_with_its_first_translation() -> None:
    entries = (Entry("title", "Visima"), Entry(FIELD, "Kina"))
    written = serialize(Catalogue("datapackage", entries, "sw"), DATA)
    made = json.loads(written)
    assert made["languages"] == ["en", "fr", "sw"]
    assert made["title"] == {"": "Wells", "fr": "Puits", "sw": "Visima"}
    (field,) = made["resources"][0]["schema"]["fields"]
    assert field == {"name": "depth", "title": {"": "Depth", "sw": "Kina"}}
    assert parse(written).by_key().keys() == parse(DATA).by_key().keys()
    assert in_language("fr", written)["title"] == "Puits"


def test_a_translation_that_is_taken_out_leaves_the_others() -> None:
    assert FORMAT.multilingual
    edited = FORMAT.multilingual.parse(DATA, "fr").with_texts({"title": ""})
    assert serialize(edited, DATA) == DATA.replace(b', "fr": "Puits"', b"")


def test_an_edit_of_the_source_changes_its_own_text_only() -> None:
    edited = parse(DATA).with_texts({"title": "Springs", FIELD: "Deep"})
    assert serialize(edited, DATA) == DATA.replace(b'"Wells"', b'"Springs"').replace(
        b'"Depth"', b'"Deep"'
    )


def test_a_source_that_was_taken_out_comes_back_beside_its_translations() -> None:
    left = parse(DATA).entries[1:]
    without = serialize(Catalogue("datapackage", left), DATA)
    assert b'"title": { "fr": "Puits" }' in without
    again = serialize(Catalogue("datapackage", parse(DATA).entries), without)
    assert json.loads(again)["title"] == {"": "Wells", "fr": "Puits"}


def test_only_a_descriptor_with_resources_is_a_package() -> None:
    assert sniff("data/datapackage.json", DATA)
    assert not sniff("data/package.json", DATA)
    assert not sniff("data/datapackage.json", b'{"name": "x"}')
