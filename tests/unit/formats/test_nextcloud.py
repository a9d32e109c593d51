from __future__ import annotations

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.nextcloud import FORMAT, begin, parse, serialize, sniff

DATA = b"""\
{ "translations": {
    "Log in" : "Connexion",
    "_%n visit_::_%n visits_" : ["%n visite","%n visites"],
    "Undo." : ""
},"pluralForm" :"nplurals=2; plural=(n > 1);"
}"""
VISITS = "%n visit"


def test_a_key_is_the_source_of_its_value_and_holds_both_forms_of_a_plural() -> None:
    found = parse(DATA)
    assert [(e.source, e.text, e.line) for e in found.entries] == [
        ("Log in", "Connexion", 2),
        (
            Plural.of(one="%n visit", other="%n visits"),
            Plural((("0", "%n visite"), ("1", "%n visites"))),
            3,
        ),
        ("Undo.", "", 4),
    ]
    assert found.header_field("plural-forms") == "nplurals=2; plural=(n > 1);"


def test_new_texts_take_the_style_of_the_file_and_missing_ones_are_left_out() -> None:
    forms = Plural((("0", "%n jour"), ("1", "%n jours")))
    days = Entry("_%n day_::_%n days_", forms, Plural.of(one="%n day", other="%n days"))
    found = parse(DATA)
    entries = (*found.entries[:1], days, Entry("Save", "", "Save"), *found.entries[1:])
    written = serialize(Catalogue(FORMAT.name, entries, header=found.header), DATA).decode()
    assert [line for line in written.splitlines() if line not in DATA.decode()] == [
        '    "_%n day_::_%n days_" : ["%n jour","%n jours"],'
    ]


def test_a_changed_form_changes_nothing_else() -> None:
    changed = parse(DATA).with_texts({VISITS: Plural((("0", "une visite"), ("1", "%n visites")))})
    assert serialize(changed, DATA) == DATA.replace(b'%n visite"', b'une visite"')


def test_a_new_language_has_the_rule_of_its_plurals() -> None:
    begun = begin(parse(DATA), "ar")
    assert [len(e.text.forms) for e in begun.entries if isinstance(e.text, Plural)] == [6]
    written = parse(serialize(begun.with_texts({"Log in": "دخول"})))
    assert {entry.key: entry.text for entry in written.entries} == {"Log in": "دخول"}
    assert (written.header_field("Plural-Forms") or "").startswith("nplurals=6;")


@pytest.mark.parametrize(
    "data",
    [b'{"pluralForm": ""}', b'{"translations": []}', b'{"translations": {"a": {"b": "c"}}}',
     b'{"translations": {"a": ["b", ["c"]]}}'],
)  # fmt: skip
def test_other_structures_are_refused(data: bytes) -> None:
    with pytest.raises(FormatError) as refused:
        parse(data)
    assert refused.value.error_code == "format.structure"


def test_other_json_with_translations_is_none() -> None:
    assert sniff("l10n/fr.json", DATA)
    assert not sniff("i18n/fr.json", b'{"translations": {"save": "Enregistrer"}}')


def test_a_new_file_is_laid_out_as_nextclouds_tools_do() -> None:
    entries = (Entry("A b.", "", "A b."), Entry("Save", "Hifadhi", "Save"), Entry("D", "x", "D"))
    assert serialize(Catalogue(FORMAT.name, entries, "sw")).decode() == (
        '{ "translations": {\n    "Save" : "Hifadhi",\n    "D" : "x"\n},'
        '"pluralForm" :"nplurals=2; plural=(n != 1);"\n}\n'
    )


def test_a_context_stands_before_the_text_and_a_singular_may_be_a_message_too() -> None:
    data = DATA.replace(b'"Undo."', b'"%n visit" : "x",\n    "menu\\u0004Undo."')
    found = parse(data)
    assert [(e.key, e.context, e.source) for e in found.entries][1:] == [
        ("_%n visit_::_%n visits_", "", Plural.of(one="%n visit", other="%n visits")),
        ("%n visit", "", "%n visit"),
        ("menu\x04Undo.", "menu", "Undo."),
    ]
    changed = found.with_texts({"menu\x04Undo.": "Annuler."})
    assert serialize(changed, data) == data.replace(b': ""', b': "Annuler."')


def test_a_key_of_very_many_joints_is_read_at_once() -> None:
    data = b'{"translations": {"' + b"_::" * 30_000 + b'": ["a"]}}'
    (entry,) = parse(data).entries
    assert entry.text == Plural((("0", "a"),))
