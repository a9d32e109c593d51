from __future__ import annotations

from pathlib import Path

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.diff import incoming_entries
from dpg_l10n.domain.message import Plural
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.po import KEYED

_DATA = Path(__file__).parents[2] / "data" / "po-keys"
ENGLISH = (_DATA / "en.po").read_bytes()
SWAHILI = (_DATA / "sw.po").read_bytes()


def po(*messages: tuple[str, str], header: str = "") -> bytes:
    head = f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n{header}"\n'
    return (
        head + "".join(f'\nmsgid "{key}"\nmsgstr "{text}"\n' for key, text in messages)
    ).encode()


def test_the_source_of_a_message_is_what_the_source_languages_file_says() -> None:
    found = KEYED.parse(ENGLISH)
    assert [(item.entry.key, item.source) for item in incoming_entries(found.entries)] == [
        ("menu.visit.new", "New visit"),
        (
            "visit.greeting",
            "Good morning, %s. Please sit down, the nurse will be with you in a few minutes.",
        ),
        ("button\x04visit.save", "Save"),
        ("visit.count", Plural.of(one="%d visit", other="%d visits")),
        ("visit.note", "Bring your card.\nBring your child's card too.\n"),
    ]


def test_the_variants_of_a_source_are_named_by_the_files_own_formula() -> None:
    forms = 'msgid_plural "n.many"\nmsgstr[0] "Ein"\nmsgstr[1] "Viele"\nmsgstr[2] "Keine"\n'
    head = "Language: de\\nPlural-Forms: nplurals=3; plural=(n == 1 ? 0 : n == 0 ? 2 : 1);\\n"
    data = po(header=head) + f'\nmsgid "n"\n{forms}'.encode()
    (entry,) = KEYED.parse(data).entries
    assert entry.source == Plural.of(one="Ein", other="Viele")
    assert entry.text == Plural((("0", "Ein"), ("1", "Viele"), ("2", "Keine")))


def test_a_translation_has_no_source_of_its_own() -> None:
    found = KEYED.parse(SWAHILI, source=KEYED.parse(ENGLISH))
    assert {entry.source for entry in found.entries} == {None}
    assert found.by_key()["visit.count"].text == Plural((("0", "Ziara %d"), ("1", "Ziara %d zote")))
    assert "fuzzy" in found.by_key()["visit.greeting"].flags


def test_names_notes_and_places_stay_when_a_text_is_edited() -> None:
    found = KEYED.parse(SWAHILI, source=KEYED.parse(ENGLISH))
    edited = found.with_texts({"button\x04visit.save": "Hifadhi sasa"})
    written = KEYED.serialize(edited, SWAHILI)
    assert written == SWAHILI.replace(b'"Hifadhi"', b'"Hifadhi sasa"')


def test_a_name_of_a_plural_goes_along_to_a_file_that_lacks_the_message() -> None:
    source = KEYED.parse(ENGLISH)
    message = source.by_key()["visit.count"].with_text(Plural((("0", "a"), ("1", "b"))))
    begun = po(("menu.visit.new", "Ziara mpya"))
    found = KEYED.parse(begun, source=source)
    written = KEYED.serialize(
        Catalogue(KEYED.name, (*found.entries, message), found.language, found.header), begun
    )
    added = (
        b'\nmsgid "visit.count"\nmsgid_plural "visit.count_many"\nmsgstr[0] "a"\nmsgstr[1] "b"\n'
    )
    assert written == begun + added


def test_a_new_language_begins_with_all_names_and_no_text() -> None:
    assert KEYED.begin is not None
    begun = KEYED.begin(KEYED.parse(ENGLISH), "ar")
    written = KEYED.serialize(begun, ENGLISH).decode()
    assert '"Language: ar\\n"' in written
    assert written.count("msgstr[") == 6
    assert "New visit" not in written
    assert written.count("msgid ") == ENGLISH.decode().replace("#~ msgid ", "").count("msgid ")


def test_a_context_that_another_format_put_before_the_key_is_one_again() -> None:
    entry = Entry("button|visit.save", "Hifadhi", context="button")
    written = KEYED.serialize(Catalogue(KEYED.name, (entry,)))
    assert written == b'msgctxt "button"\nmsgid "visit.save"\nmsgstr "Hifadhi"\n'


def test_a_message_without_a_name_is_refused() -> None:
    with pytest.raises(FormatError) as caught:
        KEYED.serialize(Catalogue(KEYED.name, (Entry("", "a"),)))
    assert caught.value.error_code == "format.key"


@pytest.mark.parametrize(
    ("messages", "named"),
    [
        ([("menu.file.open", "Open"), ("menu.file.close", "Close"), ("title", "Files")], True),
        ([("SAVE_ALL", "Save all"), ("save-none", "Save none"), ("a/b", "")], True),
        ([("menu.file.open", ""), ("menu.file.close", "")], False),  # a template
        ([("menu.file.open", "menu.file.open"), ("menu.edit", "menu.edit")], False),
        ([("Open", "Ouvrir"), ("Close", "Fermer"), ("sign-in", "connexion")], False),
        ([("Open the file", "Ouvrir"), ("menu.close", "Fermer")], False),
        ([], False),
    ],
)
def test_names_are_told_from_texts(messages: list[tuple[str, str]], named: bool) -> None:
    data = po(*messages)
    found = next(form for form in FORMATS if form.sniff("en.po", data))
    assert (found.name == "po-keys") is named
    assert not KEYED.sniff("en.pot", data)
