from __future__ import annotations

from dpg_l10n.domain.catalogue import Catalogue, Entry, bilingual_key
from dpg_l10n.domain.message import Plural

ONE, TWO = Entry("a", "A", line=3), Entry("b", "B", line=5)


def test_a_key_without_a_context_is_the_text() -> None:
    assert bilingual_key("Open", None) == "Open"


def test_equal_texts_differ_by_their_contexts_even_by_an_empty_one() -> None:
    assert len({bilingual_key("Open", context) for context in (None, "", "menu")}) == 3


def test_the_singular_stands_for_a_plural_in_a_key() -> None:
    assert bilingual_key(Plural.of(one="file", other="files"), None) == "file"


def test_changed_texts_leave_the_other_entries_the_same_objects() -> None:
    layout = object()
    old = Catalogue("po", (ONE, TWO), "sw", (("A", "b"),), (ONE,), "latin-1", layout)
    new = old.with_texts({"b": "C", "unknown": "x"})
    assert new.entries[0] is ONE
    assert new.entries[1] == TWO._replace(text="C")
    assert new == Catalogue("po", new.entries, "sw", (("A", "b"),), (ONE,), "latin-1")
    assert new.layout is layout


def test_a_header_field_is_found_in_any_case() -> None:
    catalogue = Catalogue("po", (), header=(("Plural-Forms", "x"),))
    assert catalogue.header_field("plural-forms") == "x"
    assert catalogue.header_field("Language") is None


def test_entries_are_found_by_key_in_file_order() -> None:
    assert list(Catalogue("po", (TWO, ONE)).by_key().items()) == [("b", TWO), ("a", ONE)]


def test_places_in_the_bytes_are_no_content() -> None:
    moved = Catalogue("po", (ONE._replace(line=9),), obsolete=(TWO._replace(line=1),), layout=1)
    assert moved.content() == Catalogue("po", (ONE,), obsolete=(TWO,)).content()


def test_every_other_field_is_content() -> None:
    base = Catalogue("po", (ONE,))
    others = [
        Catalogue("mo", (ONE,)),
        Catalogue("po", (TWO,)),
        Catalogue("po", (ONE,), "sw"),
        Catalogue("po", (ONE,), header=(("a", "b"),)),
        Catalogue("po", (ONE,), obsolete=(TWO,)),
    ]
    assert all(other.content() != base.content() for other in others)
