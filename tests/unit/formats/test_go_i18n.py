from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.go_i18n import FORMAT, YAML
from dpg_l10n.formats.spec import FormatSpec

_DATA = Path(__file__).parents[2] / "data"
JSON_LIST = (_DATA / "go-i18n" / "en.json").read_bytes()
YAML_LIST = (_DATA / "go-i18n-yaml" / "en.yaml").read_bytes()


def edited(spec: FormatSpec, data: bytes, **texts: Text | None) -> str:
    """Return a file with texts changed, added behind the first one, or (None) taken out."""
    found = spec.parse(data)
    kept = [e for e in found.entries if texts.get(e.key, e.text) is not None]
    done = [e.with_text(texts.pop(e.key) or "") if e.key in texts else e for e in kept]
    new = [Entry(key, text) for key, text in texts.items() if text is not None]
    entries = (*done[:1], *new, *done[1:])
    return spec.serialize(replace(found, entries=entries), data).decode()


@pytest.mark.parametrize(("spec", "data"), [(FORMAT, JSON_LIST), (YAML, YAML_LIST)])
def test_a_record_with_an_id_and_a_translation_is_a_message(spec: FormatSpec, data: bytes) -> None:
    found = {entry.key: entry.text for entry in spec.parse(data).entries}
    assert list(found)[:4] == ["visit_title", "visit_greeting", "visit_count", "visit_note"]
    assert found["visit_title"] == "Your visit"
    count = found["visit_count"]
    assert isinstance(count, Plural)
    assert count.labels == ("one", "other")
    assert "visit_later" not in found  # nothing is said there


def test_words_are_texts_and_comments_notes_in_yaml() -> None:
    found = YAML.parse(YAML_LIST).by_key()
    assert found["visit_answer"].text == "no"
    assert found["visit_title"].notes == "Heading of the page."
    assert (found["visit_title"].line, found["visit_greeting"].line) == (4, 7)


def test_a_new_record_is_laid_out_as_its_neighbours() -> None:
    one_line = (_DATA / "go-i18n" / "lines.json").read_bytes()
    written = edited(FORMAT, one_line, close=Plural.of(one="a", other="b"))
    line = '\t{"id": "close", "translation": {"one": "a", "other": "b"}},\n'
    assert written == one_line.decode().replace('\t{"id": "files"', line + '\t{"id": "files"')
    written = edited(FORMAT, JSON_LIST, close="Close")
    record = '  {\n    "id": "close",\n    "translation": "Close"\n  },\n'
    before = '  {\n    "id": "visit_greeting"'
    assert written == JSON_LIST.decode().replace(before, record + before)
    written = edited(YAML, YAML_LIST, close=Plural.of(one="a", other="b"))
    record = "- id: close\n  translation:\n    one: a\n    other: b\n\n"
    assert written == YAML_LIST.decode().replace("- id: visit_gr", record + "- id: visit_gr")


def test_an_empty_translation_is_filled_in_its_place() -> None:
    assert edited(FORMAT, JSON_LIST, visit_later="Later") == JSON_LIST.decode().replace(
        "null", '"Later"'
    )
    assert edited(YAML, YAML_LIST, visit_later="Later").endswith(
        "- id: visit_later\n  translation: Later\n"
    )


def test_a_plural_form_that_says_nothing_stays_and_is_filled_in_its_place() -> None:
    data = b"[{id: a, translation: {one: }}, {id: b, translation: {one: , few: B}}]\n"
    found = YAML.parse(data)
    assert [(entry.key, entry.text) for entry in found.entries] == [("b", Plural.of(few="B"))]
    assert YAML.serialize(found, data) == data
    written = edited(YAML, data, b=Plural.of(one="O", few="B"))
    assert "{id: b, translation: {one: O, few: B}}" in written


def test_other_alone_is_a_text_unless_the_source_has_a_plural() -> None:
    data = b'[\n  {"id": "a", "translation": {"other": "A"}}\n]\n'
    found = FORMAT.parse(data)
    assert found.by_key()["a"].text == "A"
    assert edited(FORMAT, data, a="B") == data.decode().replace('"A"', '"B"')
    source = FORMAT.parse(b'[{"id": "a", "translation": {"one": "x", "other": "y"}}]')
    assert FORMAT.parse(data, source=source).by_key()["a"].text == Plural.of(other="A")
    both = edited(FORMAT, data, a=Plural.of(one="x", other="A"))
    assert both == data.decode().replace('{"other"', '{"one": "x", "other"')


def test_other_beside_a_form_without_a_value_stays_where_it_is() -> None:
    data = b"[{id: files, translation: {one, other: Files}}]\n"
    found = YAML.parse(data)
    assert [entry.text for entry in found.entries] == ["Files"]
    assert YAML.serialize(found, data) == data
    assert edited(YAML, data, files="Faili") == data.decode().replace("Files", "Faili")


def test_a_record_goes_with_its_lines_and_its_comment() -> None:
    written = edited(YAML, YAML_LIST, visit_title=None)
    record = "# Heading of the page.\n- id: visit_title\n  translation: Your visit\n\n"
    assert written == YAML_LIST.decode().replace(record, "")
    tight = (_DATA / "go-i18n-yaml" / "tight.yml").read_bytes()
    assert edited(YAML, tight, open=None) == tight.decode().replace(
        "- translation: 'Open'\n  id: 'open'\n", ""
    )
    left = YAML.serialize(Catalogue(YAML.name, ()), tight)
    assert left == b"---\n[]\n"
    assert FORMAT.serialize(Catalogue(FORMAT.name, ()), JSON_LIST).decode() == (
        '[\n  {\n    "id": "visit_later",\n    "translation": null\n  }\n]\n'
    )


def test_a_text_may_become_variants_and_the_other_way_round() -> None:
    written = edited(YAML, YAML_LIST, visit_title=Plural.of(other="Visits"), visit_count="Visits")
    assert "\n\n- id: visit_title\n  translation:\n    other: Visits\n\n- id: visit_gr" in written
    assert "\n\n- id: visit_count\n  translation: Visits\n\n- id: visit_note" in written
    written = edited(FORMAT, JSON_LIST, visit_count="Visits")
    assert '    "id": "visit_count",\n    "translation": "Visits"\n' in written


def test_variants_that_a_language_needs_are_added_to_those_there() -> None:
    forms = Plural.of(one="{{.Count}} visit", few="few", other="{{.Count}} visits")
    written = edited(FORMAT, JSON_LIST, visit_count=forms)
    assert written == JSON_LIST.decode().replace(' visit",', ' visit",\n      "few": "few",')


@pytest.mark.parametrize(
    ("spec", "data", "code"),
    [
        (FORMAT, b'{"id": "a", "translation": "b"}', "format.root"),
        (YAML, b"id: a\ntranslation: b\n", "format.root"),
        (FORMAT, b'[{"id": "a", "translation": "b"},\n{"id": "a"}]', "format.duplicate"),
        (YAML, b"- id: a\n  translation: b\n- id: a\n  translation: c\n", "format.duplicate"),
        (YAML, b"", "format.empty"),
    ],
)
def test_what_is_no_such_list_is_refused(spec: FormatSpec, data: bytes, code: str) -> None:
    with pytest.raises(FormatError) as caught:
        spec.parse(data)
    assert caught.value.error_code == code


@pytest.mark.parametrize("spec", [FORMAT, YAML])
def test_what_no_record_can_hold_is_refused(spec: FormatSpec) -> None:
    for entry, code in (
        (Entry("", "a"), "format.key"),
        (Entry("a", Plural((("0", "a"),))), "format.plural"),
    ):
        with pytest.raises(FormatError) as caught:
            spec.serialize(Catalogue(spec.name, (entry,)))
        assert caught.value.error_code == code


def test_records_without_a_translation_stay_and_are_no_message() -> None:
    data = b'[\n  "x",\n  {"id": "a", "hash": "1"},\n  {"translation": "b"},\n  {"id": 3}\n]\n'
    assert FORMAT.parse(data).entries == ()
    filled = FORMAT.serialize(Catalogue(FORMAT.name, (Entry("a", "A"),)), data)
    assert FORMAT.parse(filled).by_key()["a"].text == "A"
    assert filled.count(b'"id": "a"') == 1


@pytest.mark.parametrize(
    ("path", "data", "name"),
    [
        ("i18n/en.json", JSON_LIST, "go-i18n"),
        ("i18n/en.yaml", YAML_LIST, "go-i18n-yaml"),
        ("i18n/en.yml", b"- translation: a\n  id: b\n", "go-i18n-yaml"),
        ("i18n/en.yaml", b"[{id: a, translation: b}]", None),
        ("data/en.json", b'[{"id": "a", "name": "b"}]', None),
        ("data/en.yaml", b"- id: a\n  name: b\n", None),
    ],
)
def test_lists_are_told_by_their_members(path: str, data: bytes, name: str | None) -> None:
    found = next((form.name for form in FORMATS if form.sniff(path, data)), None)
    assert found == name
