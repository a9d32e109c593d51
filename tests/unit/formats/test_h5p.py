from __future__ import annotations

import json

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.h5p import begin, parse, serialize, sniff

MIRROR = b"""{
  "semantics": [
    { "label": "Title", "default": "Untitled" },
    {
      "label": "Pages",
      "field": { "fields": [{ "label": "Text" }, { "options": [{ "label": "Blue" }] }] }
    }
  ]
}
"""
SEMANTICS = b"""[
  {"name": "title", "type": "text", "label": "Title", "default": "Untitled", "tags": ["b"]},
  {"name": "file", "type": "file"},
  {"name": "size", "type": "select", "label": "Size", "default": "small",
   "options": [{"value": "small", "label": "Small"}], "showWhen": {"label": "no text"}}
]
"""


def test_texts_are_found_by_their_path() -> None:
    assert [(entry.key, entry.text) for entry in parse(MIRROR).entries] == [
        ("semantics[0].label", "Title"),
        ("semantics[0].default", "Untitled"),
        ("semantics[1].label", "Pages"),
        ("semantics[1].field.fields[0].label", "Text"),
        ("semantics[1].field.fields[1].options[0].label", "Blue"),
    ]


def test_semantics_have_the_keys_of_their_mirror_and_only_texts_for_people() -> None:
    assert [entry.key for entry in parse(SEMANTICS).entries] == [
        "semantics[0].label",
        "semantics[0].default",
        "semantics[2].label",
        "semantics[2].options[0].label",
    ]
    edited = parse(SEMANTICS).with_texts({"semantics[2].label": "Width"})
    assert serialize(edited, SEMANTICS) == SEMANTICS.replace(b'"Size"', b'"Width"')


def test_a_text_that_goes_leaves_every_other_in_its_place() -> None:
    left = parse(MIRROR).entries[3:]
    written = serialize(Catalogue("h5p", left), MIRROR)
    assert json.loads(written)["semantics"][0] == {}
    assert parse(written).entries[0].key == "semantics[1].field.fields[0].label"


def test_places_up_to_a_new_text_are_filled_with_objects() -> None:
    data = b'{\n  "semantics": [\n    { "label": "Titre" }\n  ]\n}\n'
    entries = (*parse(data).entries, Entry("semantics[2].options[1].label", "Petit"))
    written = serialize(Catalogue("h5p", entries), data)
    assert json.loads(written)["semantics"] == [
        {"label": "Titre"}, {}, {"options": [{}, {"label": "Petit"}]},
    ]  # fmt: skip


def test_the_file_of_a_new_language_is_the_mirror_of_the_semantics() -> None:
    new = begin(parse(SEMANTICS), "fr")
    entries = (Entry("semantics[0].label", "Titre"), Entry("semantics[2].label", "Taille"))
    written = serialize(Catalogue("h5p", entries, "fr", layout=new.layout), SEMANTICS)
    assert json.loads(written) == {"semantics": [{"label": "Titre"}, {}, {"label": "Taille"}]}


def test_the_file_of_a_new_language_has_the_layout_of_the_english_one() -> None:
    new = begin(parse(MIRROR), "fr")
    entries = (Entry("semantics[1].label", "Pages (fr)"),)
    written = serialize(Catalogue("h5p", entries, "fr", layout=new.layout), MIRROR)
    assert [entry.key for entry in parse(written).entries] == ["semantics[1].label"]
    assert written.startswith(b'{\n  "semantics": [\n    {},\n    {\n      "label": "Pages (fr)"')


@pytest.mark.parametrize("data", [b'{"label": "x"}', b'{"semantics": {}}', b'"semantics"'])
def test_what_is_no_language_file_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError) as raised:
        parse(data)
    assert raised.value.error_code == "format.root"


@pytest.mark.parametrize("key", ["title", "semantics[0].name", "a.semantics[0].label"])
def test_a_key_that_is_no_path_of_a_text_is_refused(key: str) -> None:
    with pytest.raises(FormatError) as raised:
        serialize(Catalogue("h5p", (Entry(key, "x"),)), MIRROR)
    assert raised.value.error_code == "format.key"


def test_language_files_and_semantics_are_told_from_other_json() -> None:
    assert sniff("language/fr.json", MIRROR)
    assert sniff("semantics.json", SEMANTICS)
    assert not sniff("language/fr.json", b'{"semantics": "a word", "other": "x"}')
    assert not sniff("list.json", SEMANTICS)
