from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpg_l10n.domain.catalogue import Entry
from dpg_l10n.domain.diff import Incoming, SourceDiff, diff, incoming_entries
from dpg_l10n.domain.message import Plural
from dpg_l10n.domain.unit import Unit, count_words


def stored(texts: dict[str, str], *, obsolete: str = "") -> dict[str, Unit]:
    return {
        key: Unit(index + 1, key, text, index, 1, index, obsolete=key in obsolete.split())
        for index, (key, text) in enumerate(texts.items())
    }


def pushed(texts: dict[str, str]) -> list[Incoming]:
    return incoming_entries(Entry(key, text) for key, text in texts.items())


def compare(old: dict[str, str], new: dict[str, str], *, keyed: bool = True) -> SourceDiff:
    return diff(stored(old), pushed(new), keyed=keyed)


def keys(found: SourceDiff) -> dict[str, list[str]]:
    return {
        "added": [item.entry.key for item in found.added],
        "changed": [unit.key for unit, _ in found.changed],
        "carried": [f"{each.old.key}>{each.new.entry.key}" for each in found.carried],
        "removed": [unit.key for unit in found.removed],
        "kept": [unit.key for unit, _ in found.kept],
    }


def only(**found: list[str]) -> dict[str, list[str]]:
    return {"added": [], "changed": [], "carried": [], "removed": [], "kept": [], **found}


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ({}, {"a": "A"}, only(added=["a"])),
        ({"a": "A"}, {"a": "A"}, only(kept=["a"])),
        ({"a": "A"}, {"a": "B"}, only(changed=["a"])),
        ({"a": "A"}, {}, only(removed=["a"])),
        ({"a": "A"}, {"b": "A"}, only(carried=["a>b"], removed=["a"])),
        ({"a": "A"}, {"a": "A", "b": "A"}, only(kept=["a"], added=["b"])),
        ({"a": "A"}, {"b": "A", "c": "A"}, only(carried=["a>b"], added=["c"], removed=["a"])),
        ({"a": "A", "b": "A"}, {"c": "A"}, only(carried=["a>c"], removed=["a", "b"])),
        ({"a": "A", "b": "B"}, {"a": "B", "b": "A"}, only(changed=["a", "b"])),
        ({"a": "Save the file"}, {"b": "Save the files"}, only(added=["b"], removed=["a"])),
    ],
)
def test_keyed_sources_are_compared_by_key(
    old: dict[str, str], new: dict[str, str], found: dict[str, list[str]]
) -> None:
    assert keys(compare(old, new)) == found


def test_without_keys_the_most_alike_text_is_taken_over() -> None:
    old = {text: text for text in ("Save the file", "Save the folder", "Open")}
    found = compare(old, {"Save the files": "Save the files", "Exit": "Exit"}, keyed=False)
    assert keys(found)["carried"] == ["Save the file>Save the files"]
    assert not found.carried[0].same_text
    assert keys(found)["added"] == ["Exit"]


def test_one_old_text_serves_one_new_text_the_best() -> None:
    found = compare(
        {"Save the file": "Save the file"},
        {"Save these files": "Save these files", "Save the files": "Save the files"},
        keyed=False,
    )
    assert keys(found)["carried"] == ["Save the file>Save the files"]
    assert keys(found)["added"] == ["Save these files"]


def test_of_equally_alike_texts_that_of_the_same_file_is_taken() -> None:
    old = stored({"Save file a": "Save file a", "Save file b": "Save file b"})
    old["Save file b"] = old["Save file b"]._replace(locations="b.py:3")
    new = incoming_entries([Entry("Save file c", "", "Save file c", locations="b.py:9")])
    (carried,) = diff(old, new, keyed=False).carried
    assert carried.old.key == "Save file b"


def test_of_equally_alike_texts_that_of_the_same_context_is_taken() -> None:
    old = stored({"x\4Save file a": "Save file a", "y\4Save file b": "Save file b"})
    old = {key: unit._replace(context=key[0]) for key, unit in old.items()}
    new = incoming_entries([Entry("y\4Save file c", "", "Save file c", context="y")])
    (carried,) = diff(old, new, keyed=False).carried
    assert carried.old.context == "y"


def test_a_unit_taken_out_before_is_not_removed_again_and_comes_back_by_its_key() -> None:
    units = stored({"a": "A", "b": "B"}, obsolete="a b")
    assert keys(diff(units, pushed({"a": "A"}), keyed=True)) == only(kept=["a"])


def test_what_says_nothing_is_nothing_to_translate() -> None:
    entries = [
        Entry("a", ""), Entry("b", " \n"), Entry("c", "x", ""), Entry("d", "x"),
        Entry("e", Plural.of(one="", other="")), Entry("f", "", "source"),
    ]  # fmt: skip
    found = incoming_entries(entries)
    assert [(item.position, item.entry.key, item.source) for item in found] == [
        (0, "d", "x"), (1, "f", "source"),
    ]  # fmt: skip


_SOURCES = st.dictionaries(
    st.sampled_from("abcdef"), st.sampled_from(["Save", "Save it", "Open", "Close it now"])
)


@given(_SOURCES, _SOURCES, st.sets(st.sampled_from("abcdef")), st.booleans())
def test_every_unit_and_entry_is_told_exactly_once(
    old: dict[str, str], new: dict[str, str], gone: set[str], keyed: bool
) -> None:
    units = stored(old, obsolete=" ".join(gone))
    found = diff(units, pushed(new), keyed=keyed)
    entries = [
        *found.added, *(item for _, item in (*found.changed, *found.kept)),
        *(each.new for each in found.carried),
    ]  # fmt: skip
    assert sorted(item.entry.key for item in entries) == sorted(new)
    told = [unit.key for unit, _ in (*found.changed, *found.kept)]
    told += [unit.key for unit in found.removed]
    assert sorted(told) == sorted(key for key in old if key in new or key not in gone)
    carried = [each.old for each in found.carried]
    assert len(set(carried)) == len(carried)
    assert set(carried) <= set(found.removed)


@given(_SOURCES, st.booleans())
def test_the_same_source_is_kept_whole(source: dict[str, str], keyed: bool) -> None:
    assert keys(compare(source, source, keyed=keyed)) == only(kept=list(source))


@pytest.mark.parametrize(
    ("source", "words"), [("", 0), ("Save all  files\n", 3), (Plural.of(one="a b c", other="d"), 3)]
)
def test_the_words_of_a_plural_are_those_of_its_longest_variant(
    source: str | Plural, words: int
) -> None:
    assert count_words(source) == words


def lent(found: SourceDiff) -> dict[str, list[str]]:
    return {item.new.entry.key: [unit.key for unit in item.old] for item in found.lent}


def test_a_new_text_may_begin_with_the_translation_of_a_like_one_that_stays() -> None:
    old = {"Close the form": "Close the form", "After": "After"}
    new = {**old, "Close this form": "Close this form", "after": "after"}
    found = compare(old, new, keyed=False)
    assert lent(found) == {"Close this form": ["Close the form"], "after": ["After"]}
    assert [item.entry.key for item in found.added] == ["Close this form", "after"]


def test_names_of_placeholders_do_not_make_texts_alike() -> None:
    old = {"Save {{trackedEntityName}}": "Save {{trackedEntityName}}"}
    new = {**old, "Delete {{trackedEntityName}}": "Delete {{trackedEntityName}}"}
    assert lent(compare(old, new, keyed=False)) == {}


def test_texts_under_keys_of_their_own_lend_nothing() -> None:
    old = {"a": "Close the form"}
    assert compare(old, {**old, "b": "Close this form"}).lent == ()


def test_a_text_that_stays_lends_before_one_that_is_gone_and_less_alike() -> None:
    old = {text: text for text in ("Create a new patient record", "Create for this patient")}
    new = {text: text for text in ("Create a new patient record", "Create a new patient records")}
    found = compare(old, new, keyed=False)
    assert found.carried == ()
    assert lent(found)["Create a new patient records"][0] == "Create a new patient record"


def test_of_two_texts_about_as_alike_that_with_the_same_beginning_and_end_lends_first() -> None:
    old = {text: text for text in ("An order was chosen", "Remove an order")}
    found = compare(old, {**old, "Choose an order": "Choose an order"}, keyed=False)
    assert lent(found)["Choose an order"] == ["Remove an order", "An order was chosen"]


def test_texts_changed_in_their_middle_are_a_little_more_alike() -> None:
    old = {text: text for text in ("Please provide a valid date", "Some date of a valid visit")}
    found = compare(old, {**old, "Please specify a date": "Please specify a date"}, keyed=False)
    assert lent(found) == {"Please specify a date": ["Please provide a valid date"]}


def test_what_followed_from_a_text_with_a_gap_may_begin_with_another_too() -> None:
    old = {" Loading...": " Loading...", "Loading": "Loading"}
    new = {"Loading": "Loading", "Loading...": "Loading..."}
    units = stored(old)
    gap = units[" Loading..."].id
    assert lent(diff(units, pushed(new), keyed=False)) == {}
    found = diff(
        units, pushed(new), keyed=False, untranslated=lambda asked: {each.id for each in asked}
    )
    assert [pair.old.id for pair in found.carried] == [gap]
    assert "Loading" in lent(found)["Loading..."]


def test_a_plural_lends_nothing_to_a_single_text() -> None:
    units = {"n": Unit(1, "n", Plural.of(one="one file", other="many files"), 1, 2, 0)}
    many = incoming_entries(
        [Entry("n", "", source=units["n"].source), Entry("many files", "", source="many files")]
    )
    assert diff(units, many, keyed=False).lent == ()
