from __future__ import annotations

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.web2py import FORMAT, parse, serialize, sniff

DATA = """\
# -*- coding: utf-8 -*-
{
'!langcode!': 'sv',
'!langname!': 'Svenska',
'%s visits': '%s besök', # a note
"Don't": "Inte\\n\\x27",
'Map': 'Karta',
'Map': 'Karta',
}
""".encode()


def test_pairs_are_units_and_what_a_file_says_of_itself_is_none() -> None:
    found = parse(DATA)
    assert found.language == "sv"
    assert [(e.source, e.text, e.line) for e in found.entries] == [
        ("%s visits", "%s besök", 5),
        ("Don't", "Inte\n'", 6),
        ("Map", "Karta", 7),
    ]


def test_a_change_keeps_quotes_and_reaches_every_place_of_a_pair() -> None:
    changed = parse(DATA).with_texts({"Don't": 'Nej "\n', "Map": "Kartan"})
    assert serialize(changed, DATA) == DATA.replace(b"Inte\\n\\x27", b'Nej \\"\\n').replace(
        b"Karta", b"Kartan"
    )


def test_new_pairs_stand_behind_their_predecessors() -> None:
    first, *others = parse(DATA).entries
    entries = (Entry("Save", "Spara", "Save"), first, Entry("It's", "Det", "It's"), *others)
    lines = serialize(Catalogue(FORMAT.name, entries, "sv"), DATA).decode().splitlines()
    assert lines[3:7] == [
        "'Save': 'Spara',", "'!langname!': 'Svenska',", "'%s visits': '%s besök', # a note",
        "'It\\'s': 'Det',",
    ]  # fmt: skip


def test_a_new_file_names_its_language_and_leaves_out_what_is_missing() -> None:
    entries = (Entry("Save", "Hifadhi", "Save"), Entry("Map", "", "Map"))
    assert serialize(Catalogue(FORMAT.name, entries, "sw")).decode() == (
        "# -*- coding: utf-8 -*-\n{\n'!langcode!': 'sw',\n'Save': 'Hifadhi',\n}\n"
    )


def test_a_last_pair_without_a_comma_gets_one() -> None:
    data = b"{'a': 'b'}"
    entries = (*parse(data).entries, Entry("c", "d", "c"))
    assert serialize(Catalogue(FORMAT.name, entries), data) == b"{'a': 'b',\n'c': 'd'}"


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("syntax", b"import os\n"), ("syntax", b"{'a': b}"), ("syntax", b"{'a': 'b' 'c': 'd'}"),
        ("truncated", b"{'a': 'b',"), ("duplicate", b"{'a': 'b', 'a': 'c'}"),
        ("escape", b"{'a': '\\ud800'}"),
    ],
)  # fmt: skip
def test_what_is_no_dictionary_of_texts_is_refused(code: str, data: bytes) -> None:
    with pytest.raises(FormatError) as refused:
        parse(data)
    assert refused.value.error_code == f"format.{code}"


def test_programs_are_none() -> None:
    assert sniff("languages/sv.py", DATA)
    assert not sniff("languages/sv.py", b"import os\nx = {'a': 'b'}\n")
