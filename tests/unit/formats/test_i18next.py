from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.i18next import parse, serialize, sniff

VISITS = b'{\n  "visit_one": "{{count}} visit",\n  "visit_other": "{{count}} visits"\n}\n'
SOURCE = parse(VISITS)


def said(data: bytes, source: Catalogue | None = None) -> dict[str, Text]:
    return {entry.key: entry.text for entry in parse(data, source=source).entries}


def written(data: bytes, texts: dict[str, Text]) -> bytes:
    entries = tuple(Entry(key, text) for key, text in texts.items())
    return serialize(Catalogue("i18next", entries), data)


def test_where_a_translation_shows_no_style_new_keys_stand_as_in_the_source() -> None:
    source = parse(b'{"t": "T", "nav": {"home_one": "a", "home_other": "b", "out": "c"}}')
    old = b'{"t":"U"}'
    begun = parse(old, source=source)
    entries = (begun.entries[0], *source.entries[1:])
    written = serialize(replace(begun, entries=entries), old)
    assert written == b'{"t":"U","nav":{"home_one":"a","home_other":"b","out":"c"}}'


def test_siblings_with_category_suffixes_are_one_entry() -> None:
    assert said(VISITS) == {"visit": Plural.of(one="{{count}} visit", other="{{count}} visits")}


def test_forms_need_not_stand_together() -> None:
    data = b'{"n": {"a_other": "as", "b": "b", "a_one": "a"}}'
    assert said(data) == {"n.a": Plural.of(other="as", one="a"), "n.b": "b"}


def test_ordinals_are_a_plural_of_their_own() -> None:
    data = b'{"p_one": "1", "p_other": "n", "p_ordinal_one": "1st", "p_ordinal_other": "nth"}'
    assert said(data) == {
        "p": Plural.of(one="1", other="n"),
        "p_ordinal": Plural.of(one="1st", other="nth"),
    }


def test_a_lone_suffix_and_a_context_are_ordinary_keys() -> None:
    data = b'{"other": "x", "sex_other": "Other", "friend_male": "he", "one": "y"}'
    assert set(said(data)) == {"other", "sex_other", "friend_male", "one"}


def test_a_source_plural_is_a_plural_in_every_language() -> None:
    assert said(b'{"visit_other": "V"}', SOURCE) == {"visit": Plural.of(other="V")}


def test_an_ordinary_source_key_is_ordinary_in_every_language() -> None:
    source = Catalogue("i18next", (Entry("a_one", "x"), Entry("a_other", "y")))
    assert said(b'{"a_one": "x", "a_other": "y"}', source) == {"a_one": "x", "a_other": "y"}


def test_version_3_pairs_are_singular_and_plural() -> None:
    data = b'{"cow": "cow", "cow_plural": "cows", "step_0": "a", "step_1": "b"}'
    assert said(data) == {
        "cow": Plural.of(one="cow", other="cows"), "step_0": "a", "step_1": "b",
    }  # fmt: skip


def test_version_3_numbers_keep_their_labels_where_the_source_has_a_plural() -> None:
    source = parse(b'{"cow": "cow", "cow_plural": "cows"}')
    data = b'{"cow_0": "a", "cow_1": "b", "cow_2": "c"}'
    plural = Plural((("0", "a"), ("1", "b"), ("2", "c")))
    assert said(data, source) == {"cow": plural}
    assert written(data, {"cow": plural}) == data


def test_version_1_numbers_behind_the_plural_keep_their_keys_and_are_edited_in_place() -> None:
    source = parse(b'{"cow": "cow", "cow_plural": "cows"}')
    data = (
        b'{\n  "cow": "1 korova",\n  "cow_plural_2": "2 korovy",\n  "cow_plural_5": "5 korov"\n}\n'
    )
    forms = (("1", "1 korova"), ("2", "2 korovy"), ("5", "5 korov"))
    assert said(data, source) == {"cow": Plural(forms)}
    edited = written(data, {"cow": Plural((*forms[:2], ("5", "5 korovok")))})
    assert edited == data.replace(b"5 korov", b"5 korovok")


def test_a_version_3_singular_alone_is_still_the_plural_of_the_source() -> None:
    source = parse(b'{"cow": "cow", "cow_plural": "cows"}')
    assert said(b'{"cow": "c"}', source) == {"cow": Plural.of(one="c")}


def test_forms_beside_a_key_of_the_same_name_are_named_after_the_general_form() -> None:
    data = b'{"a": "x", "a_one": "1", "a_other": "n"}'
    plural = Plural.of(one="1", other="n")
    assert said(data) == {"a": "x", "a_other": plural}
    edited = parse(data).with_texts({"a_other": Plural.of(one="1", other="N")})
    assert serialize(edited, data) == b'{"a": "x", "a_one": "1", "a_other": "N"}'


def test_categories_that_a_language_needs_stand_beside_the_others() -> None:
    data = b'{\n  "a": "A",\n  "visit_one": "1",\n  "visit_other": "n",\n  "z": "Z"\n}\n'
    forms = Plural.of(zero="0", one="1", few="f", other="n")
    texts: dict[str, Text] = {"a": "A", "z": "Z", "visit": forms}
    assert json.loads(written(data, texts)) == {
        "a": "A", "visit_zero": "0", "visit_one": "1", "visit_few": "f", "visit_other": "n", "z": "Z",
    }  # fmt: skip
    assert list(json.loads(written(data, texts))) == [
        "a", "visit_zero", "visit_one", "visit_few", "visit_other", "z",
    ]  # fmt: skip


def test_categories_that_a_language_lacks_are_taken_out() -> None:
    assert written(VISITS, {"visit": Plural.of(other="V")}) == b'{\n  "visit_other": "V"\n}\n'


def test_an_edited_form_changes_no_other() -> None:
    forms = Plural.of(one="{{count}} visit", other="many")
    assert written(VISITS, {"visit": forms}) == VISITS.replace(b"{{count}} visits", b"many")


def test_a_new_plural_follows_the_version_of_the_file() -> None:
    forms = Plural.of(one="1", other="n")
    old = b'{"cow": "cow", "cow_plural": "cows"}'
    cow = Plural.of(one="cow", other="cows")
    assert json.loads(written(old, {"cow": cow, "ox": forms})) == {
        "cow": "cow", "cow_plural": "cows", "ox": "1", "ox_plural": "n",
    }  # fmt: skip
    assert json.loads(written(b"{}", {"ox": forms})) == {"ox_one": "1", "ox_other": "n"}


def test_a_plural_of_another_kind_of_language_in_a_version_3_file_uses_categories() -> None:
    old = b'{"cow": "cow", "cow_plural": "cows"}'
    assert json.loads(written(old, {"cow": Plural.of(one="1", few="2", other="3")})) == {
        "cow_one": "1", "cow_few": "2", "cow_other": "3",
    }  # fmt: skip


def test_a_broken_template_is_refused() -> None:
    with pytest.raises(FormatError):
        written(b"[]", {"a": "x"})


@pytest.mark.parametrize(
    ("path", "head", "answer"),
    [
        ("en.json", VISITS, True),
        ("en.json", b'{"a": "x", "a_plural": "xs"}', True),
        ("en.json", b'{"a_one": "x", "b_other": "y"}', False),
        ("en.json", b'{"a_plural": "x"}', False),
        ("en.txt", VISITS, False),
    ],
)
def test_detection_wants_a_pair_of_forms(path: str, head: bytes, answer: bool) -> None:
    assert sniff(path, head) is answer
