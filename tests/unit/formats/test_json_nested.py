from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.json_nested import parse, serialize, sniff


def said(data: bytes) -> dict[str, object]:
    return {entry.key: entry.text for entry in parse(data).entries}


def made(**texts: str) -> Catalogue:
    return Catalogue("json", tuple(Entry(key, text) for key, text in texts.items()))


def with_texts(data: bytes, texts: dict[str, str]) -> bytes:
    entries = tuple(Entry(key, text) for key, text in texts.items())
    return serialize(Catalogue("json", entries), data)


def test_nested_objects_become_keys_with_dots() -> None:
    assert said(b'{"a": {"b": {"c": "x"}}, "d": "y"}') == {"a.b.c": "x", "d": "y"}


def test_items_of_a_list_are_entries_by_index() -> None:
    assert said(b'{"days": ["Mon", 2, "Wed"]}') == {"days[0]": "Mon", "days[2]": "Wed"}


def test_numbers_booleans_and_null_are_no_entries() -> None:
    assert said(b'{"a": 1, "b": true, "c": null, "d": -1.5e3, "e": ""}') == {"e": ""}


def test_a_dot_within_a_part_of_a_longer_path_is_escaped() -> None:
    assert said(b'{"a.b": "flat", "c": {"d.e": "x", "f\\\\": "y"}}') == {
        "a.b": "flat", r"c.d\.e": "x", r"c.f\\": "y",
    }  # fmt: skip


def test_a_flat_key_that_reads_like_a_nested_one_gets_a_key_of_its_own() -> None:
    data = b'{"a.b": "flat", "a": {"b": "nested"}}'
    assert said(data) == {r"a\.b": "flat", "a.b": "nested"}
    edited = parse(data).with_texts({r"a\.b": "FLAT"})
    assert serialize(edited, data) == b'{"a.b": "FLAT", "a": {"b": "nested"}}'


def test_lines_of_entries_are_where_their_keys_stand() -> None:
    assert [e.line for e in parse(b'{\n"a": "x",\n\n"b": {\n"c": "y"}}').entries] == [2, 5]


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b"", "empty", 0, 0),
        (b" \n\t", "empty", 0, 0),
        (b"[]", "root", 1, 1),
        (b'"text"', "root", 1, 1),
        (b"hello", "syntax", 1, 1),
        (b'{"a": "x",\n "a": "y"}', "duplicate", 2, 2),
        (b'{"a": "x",\n}', "syntax", 2, 1),
        (b'{"a": ["x",]}', "syntax", 1, 12),
        (b'{"a": NaN}', "syntax", 1, 7),
        (b'{"a": 01}', "syntax", 1, 7),
        (b'{"a": "x" "b": "y"}', "syntax", 1, 11),
        (b'{"a": "x"', "syntax", 1, 10),
        (b'{"a": "x', "syntax", 1, 7),
        (b'{"a" "x"}', "syntax", 1, 2),
        (b'{"a": "x\ny"}', "syntax", 1, 9),
        (b'{"a": "\\q"}', "syntax", 1, 8),
        (b'{"a": "x"]', "syntax", 1, 10),
        (b'{"a": "x"} {}', "syntax", 1, 12),
        (b'{// no\n"a": "x"}', "syntax", 1, 2),
        (b"{'a': 'x'}", "syntax", 1, 2),
        (b'{"a": 1,, "b": 2}', "syntax", 1, 9),
        (b'{"a": "\\ud83d"}', "surrogate", 1, 7),
        (b'{"a": "\xff"}', "encoding", 1, 8),
        (b'{"a":' * 200, "depth", 1, 501),
    ],
)
def test_what_is_no_json_object_is_refused_with_its_place(
    data: bytes, code: str, line: int, column: int
) -> None:
    with pytest.raises(FormatError) as raised:
        parse(data)
    assert (raised.value.error_code, raised.value.line, raised.value.column) == (
        f"format.{code}", line, column,
    )  # fmt: skip


def test_a_duplicate_names_the_line_of_the_first() -> None:
    with pytest.raises(FormatError, match=r"“a” is there twice, first in line 2"):
        parse(b'{\n"a": "x",\n"a": "y"}')


def test_a_new_entry_takes_indent_and_separators_of_its_neighbours() -> None:
    data = b'{\n\t"a" : "1",\n\n\t"c" : "3"\n}'
    assert with_texts(data, {"a": "1", "b": "2", "c": "3"}) == (
        b'{\n\t"a" : "1",\n\n\t"b" : "2",\n\n\t"c" : "3"\n}'
    )


def test_a_new_last_entry_moves_the_comma() -> None:
    data = b'{\r\n  "a": "1"\r\n}\r\n'
    assert with_texts(data, {"a": "1", "b": "2"}) == b'{\r\n  "a": "1",\r\n  "b": "2"\r\n}\r\n'


def test_a_new_first_entry_stands_before_all_others() -> None:
    assert with_texts(b'{"b":"2","c":"3"}', {"a": "1", "b": "2", "c": "3"}) == (
        b'{"a":"1","b":"2","c":"3"}'
    )


def test_missing_parents_of_a_new_entry_are_made() -> None:
    data = b'{\n  "a": {\n    "b": "1"\n  }\n}\n'
    assert with_texts(data, {"a.b": "1", "a.c.d": "2", "e.f[0]": "3"}) == (
        b'{\n  "a": {\n    "b": "1",\n    "c": {\n      "d": "2"\n    }\n  },\n'
        b'  "e": {\n    "f": [\n      "3"\n    ]\n  }\n}\n'
    )


def test_a_new_key_with_dots_stays_whole_in_a_flat_file() -> None:
    data = b'{\n  "a.b": "1"\n}\n'
    assert with_texts(data, {"a.b": "1", "a.c": "2"}) == b'{\n  "a.b": "1",\n  "a.c": "2"\n}\n'


@pytest.mark.parametrize(
    ("source", "old", "new"),
    [
        (b'{"t": "T", "a": {"b": "1"}, "l": ["x"]}', b'{"t":"U"}',
         '{"t":"U","a":{"b":"n"},"l":["n"]}'),
        (b'{"t": "T", "a.b": "1"}', b'{"t":"U"}', '{"t":"U","a.b":"n"}'),
        (b'{"t": "T", "a.b": "1", "c": {"d": "2"}}', b'{"t":"U"}',
         '{"t":"U","a.b":"n","c":{"d":"n"}}'),
        (b'{"a": {"b": "1", "c": "2"}}', b'{"a.b":"U"}', '{"a.b":"U","a.c":"n"}'),
        (b'{"a.b": "1", "a.c": "2"}', b'{"a":{"b":"U"}}', '{"a":{"b":"U","c":"n"}}'),
        (b'{"a": {"b": "1"}}', b"{}", '{\n  "a": {\n    "b": "n"\n  }\n}'),
        (b'{"a.b": "1"}', b"{}", '{\n  "a.b": "n"\n}'),
    ],
)  # fmt: skip
def test_where_a_translation_shows_no_style_new_keys_stand_as_in_the_source(
    source: bytes, old: bytes, new: str
) -> None:
    model = parse(source)
    begun = parse(old, source=model)
    entries = tuple(begun.by_key().get(e.key) or e.with_text("n") for e in model.entries)
    written = serialize(replace(begun, entries=entries), old)
    assert written.decode() == new


def test_a_key_below_which_another_stands_is_not_divided() -> None:
    assert json.loads(with_texts(b"{}", {"a": "1", "a.b": "2"})) == {"a": "1", "a.b": "2"}


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        ("a", b'{"b": "2", "c": {"d": "3"}, "n": 4}'),
        ("b", b'{"a": "1", "c": {"d": "3"}, "n": 4}'),
        ("c.d", b'{"a": "1", "b": "2", "n": 4}'),
    ],
)
def test_a_lost_entry_takes_its_comma_and_its_empty_parent_along(gone: str, left: bytes) -> None:
    data = b'{"a": "1", "b": "2", "c": {"d": "3"}, "n": 4}'
    texts = {"a": "1", "b": "2", "c.d": "3"}
    del texts[gone]
    assert with_texts(data, texts) == left


def test_an_object_with_other_values_outlives_its_last_text() -> None:
    assert with_texts(b'{"a": {"b": "x", "n": 1}}', {}) == b'{"a": {"n": 1}}'


def test_a_lost_item_of_a_list_is_blanked_so_that_the_others_keep_their_index() -> None:
    data = b'{"days": ["Mon", "Tue"]}'
    assert with_texts(data, {"days[1]": "Tue"}) == b'{"days": ["", "Tue"]}'
    assert with_texts(data, {}) == b"{}"


def test_a_null_gives_way_to_a_text() -> None:
    data = b'{"a": null, "b": null, "c": {}}'
    assert with_texts(data, {"a": "x", "b.d": "y"}) == b'{"a": "x", "b": {"d": "y"}, "c": {}}'


def test_a_text_where_an_object_must_stand_is_refused() -> None:
    with pytest.raises(FormatError) as raised:
        with_texts(b'{"a": {"n": 1}}', {"a": "x"})
    assert raised.value.error_code == "format.path"


@pytest.mark.parametrize(
    ("data", "text", "written"),
    [
        (b'{"a": "caf\\u00e9"}', "né 😀", b'{"a": "n\\u00e9 \\ud83d\\ude00"}'),
        (b'{"a": "caf\\u00E9"}', "né", b'{"a": "n\\u00E9"}'),
        ('{"a": "café"}'.encode(), "né", '{"a": "né"}'.encode()),
        (b'{"a": "http:\\/\\/x"}', "a/b", b'{"a": "a\\/b"}'),
        (b'{"a": "\\u003cb\\u003e"}', "<i>", b'{"a": "\\u003ci\\u003e"}'),
        ('{"a": "é\\u200b"}'.encode(), "ü\u200b", '{"a": "ü\\u200b"}'.encode()),
        (b'{"a": "x"}', 'q" \\ \n\t', b'{"a": "q\\" \\\\ \\n\\t"}'),
    ],
)
def test_a_new_text_is_escaped_as_the_file_escapes(data: bytes, text: str, written: bytes) -> None:
    assert with_texts(data, {"a": text}) == written


def test_a_character_that_the_encoding_lacks_is_refused() -> None:
    with pytest.raises(FormatError) as raised:
        with_texts(b'{"a": "\\u00e9"}', {"a": "\ud800"})
    assert raised.value.error_code == "format.encoding"


def test_utf_16_files_keep_their_encoding() -> None:
    data = '{"a": "x"}'.encode("utf-16")
    assert with_texts(data, {"a": "é"}) == '{"a": "é"}'.encode("utf-16")


def test_plural_variants_by_number_are_refused() -> None:
    catalogue = Catalogue("json", (Entry("a", Plural((("0", "x"), ("1", "y")))),))
    with pytest.raises(FormatError) as raised:
        serialize(catalogue)
    assert raised.value.error_code == "format.plural"


FILES = b'{\n  "files": {\n    "one": "a file",\n    "other": "{{n}} files"\n  },\n  "save": "Save"\n}\n'


def test_an_object_of_plural_categories_is_one_entry() -> None:
    assert said(FILES) == {"files": Plural.of(one="a file", other="{{n}} files"), "save": "Save"}
    assert [entry.line for entry in parse(FILES).entries] == [2, 6]


@pytest.mark.parametrize(
    "object_",
    [
        b'{"one": "1", "two": "2"}', b'{"other": "o"}', b'{"male": "m", "other": "o"}',
        b'{"one": 1, "other": "o"}', b'{"one": {"a": "x"}, "other": "o"}', b'["one", "other"]',
    ],
)  # fmt: skip
def test_other_objects_are_levels_of_the_key(object_: bytes) -> None:
    texts = said(b'{"a": ' + object_ + b', "other": "x"}')
    assert all(isinstance(text, str) for text in texts.values())


def test_the_file_itself_is_no_plural() -> None:
    assert said(b'{"one": "1", "other": "o"}') == {"one": "1", "other": "o"}


def test_a_plural_whose_key_a_text_has_is_a_level_of_the_key() -> None:
    data = b'{"a.b": "flat", "a": {"b": {"one": "1", "other": "o"}}}'
    assert said(data) == {"a.b": "flat", "a.b.one": "1", "a.b.other": "o"}


def test_what_is_plural_in_the_source_is_plural_in_a_translation() -> None:
    source = parse(b'{"a": {"one": "1", "other": "o"}, "b": {"other": "x"}, "c": {"one": "y"}}')
    found = parse(
        b'{"a": {"other": "O"}, "b": {"one": "Z", "other": "X"}, "c": {"one": "Y"}}', source=source
    )
    assert {entry.key: entry.text for entry in found.entries} == {
        "a": Plural.of(other="O"), "b.one": "Z", "b.other": "X", "c.one": "Y",
    }  # fmt: skip


def test_a_language_gets_the_categories_that_it_needs() -> None:
    catalogue = parse(FILES)
    forms = Plural.of(zero="0", one="1", few="f", many="m", other="o")
    first, *others = catalogue.entries
    more = replace(catalogue, entries=(first._replace(text=forms), *others))
    assert serialize(more, FILES) == (
        b'{\n  "files": {\n    "zero": "0",\n    "one": "1",\n    "few": "f",\n    "many": "m",\n'
        b'    "other": "o"\n  },\n  "save": "Save"\n}\n'
    )
    fewer = replace(catalogue, entries=(first._replace(text=Plural.of(other="o")), *others))
    assert serialize(fewer, FILES) == (
        b'{\n  "files": {\n    "other": "o"\n  },\n  "save": "Save"\n}\n'
    )


def test_a_text_beside_plurals_changes_alone() -> None:
    edited = parse(FILES).with_texts({"save": "Keep"})
    assert serialize(edited, FILES) == FILES.replace(b"Save", b"Keep")


def test_a_lone_form_beside_a_text_changes_alone() -> None:
    source = parse(b'{"a": {"one": "1", "other": "o"}, "b": "x"}')
    data = b'{"a": {"other": "O"}, "b": "X"}'
    catalogue = parse(data, source=source)
    assert serialize(catalogue.with_texts({"b": "Y"}), data) == b'{"a": {"other": "O"}, "b": "Y"}'
    plural = catalogue.entries[0]._replace(text=Plural.of(one="I", other="O"))
    edited = replace(catalogue, entries=(plural, catalogue.entries[1]))
    assert serialize(edited, data) == b'{"a": {"one": "I", "other": "O"}, "b": "X"}'


def test_a_text_of_its_own_wins_over_the_form_in_its_place() -> None:
    catalogue = parse(FILES)
    both = replace(catalogue, entries=(*catalogue.entries, Entry("files.one", "one file")))
    assert serialize(both, FILES) == FILES.replace(b"a file", b"one file")


def test_without_a_template_the_file_has_two_spaces_of_indent() -> None:
    assert serialize(made(a="x")) == b'{\n  "a": "x"\n}\n'


def test_a_template_that_is_no_json_is_refused() -> None:
    with pytest.raises(FormatError):
        serialize(made(a="x"), b"[]")


def test_a_new_language_starts_from_the_layout_of_the_source() -> None:
    source = b'{\n    "a": {\n        "b": "Yes",\n        "c": "No"\n    }\n}'
    swahili = parse(source).with_texts({"a.b": "Ndiyo", "a.c": "Hapana"})
    assert serialize(swahili, source) == source.replace(b"Yes", b"Ndiyo").replace(b"No", b"Hapana")


@pytest.mark.parametrize(
    ("path", "head", "answer"),
    [
        ("en.json", b'{"a": "x"}', True),
        ("i18n/en.JSON", b"\xef\xbb\xbf\n{", True),
        ("null.json", b"", True),
        ("list.json", b"[1]", False),
        ("en.txt", b"{}", False),
    ],
)
def test_detection_wants_the_suffix_and_an_object(path: str, head: bytes, answer: bool) -> None:
    assert sniff(path, head) is answer


_TREES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(st.text(max_size=4), _TREES, max_size=4),
    st.sampled_from([None, 0, 2, "\t"]),
    st.booleans(),
)
def test_whatever_json_can_hold_is_read_as_the_json_module_reads_it(
    tree: dict[str, object], indent: int | str | None, ascii_only: bool
) -> None:
    data = json.dumps(tree, indent=indent, ensure_ascii=ascii_only).encode()
    catalogue = parse(data)
    assert [entry.text for entry in catalogue.entries] == list(_strings(tree))
    assert len({entry.key for entry in catalogue.entries}) == len(catalogue.entries)
    upper = catalogue.with_texts({e.key: f"{e.text}!" for e in catalogue.entries})
    assert list(_strings(json.loads(serialize(upper, data)))) == [f"{t}!" for t in _strings(tree)]


def _strings(node: object) -> list[str]:
    if isinstance(node, str):
        return [node]
    if isinstance(node, dict):
        return [text for child in node.values() for text in _strings(child)]
    return [text for child in node for text in _strings(child)] if isinstance(node, list) else []


RECORDS = """{"%s": "Save", "description": "A button"}"""


@pytest.mark.parametrize("key", ["message", "defaultMessage", "string"])
def test_a_dialect_with_notes_beside_each_text_is_not_taken_for_plain_json(key: str) -> None:
    rows = ", ".join(f'"m{number}": {RECORDS % key}' for number in range(4))
    assert not sniff("i18n/en.json", f"{{{rows}}}".encode())


def test_a_group_that_begins_with_such_a_key_is_plain_json() -> None:
    groups = '{"errors": {"message": "Failed"}, "a": {"title": "A"}, "b": {"title": "B"}}'
    assert sniff("i18n/en.json", groups.encode())


def test_keys_with_dots_beside_nested_ones_keep_their_places_as_ngx_translate_has_them() -> None:
    data = b'{\n  "HOME.TITLE": "Home",\n  "MENU": {\n    "OPEN": "Open {{name}}"\n  }\n}\n'
    catalogue = parse(data)
    assert [entry.key for entry in catalogue.entries] == ["HOME.TITLE", "MENU.OPEN"]
    assert sniff("src/assets/i18n/en.json", data)
    edited = catalogue.with_texts({"HOME.TITLE": "Start"})
    assert serialize(edited, data) == data.replace(b'"Home"', b'"Start"')
    bare = b'{\n  "MENU": {}\n}\n'
    target = parse(bare, source=catalogue)
    begun = Catalogue("json", catalogue.entries, layout=target.layout)
    assert {e.key: e.text for e in parse(serialize(begun, bare)).entries} == {
        "HOME.TITLE": "Home", "MENU.OPEN": "Open {{name}}",
    }  # fmt: skip


def test_transifex_key_value_json_is_plain_json() -> None:
    data = b'{"key1": "Text", "group": {"key2": "{cnt, plural, one {# file} other {# files}}"}}'
    assert sniff("translations/en.json", data)
    assert [entry.key for entry in parse(data).entries] == ["key1", "group.key2"]
