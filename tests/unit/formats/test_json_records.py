from __future__ import annotations

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.json_records import parse, serialize, sniff

RECORDS = b"""[
    {
        "code": "A",
        "message": "First",
        "module": "hr",
        "locale": "en_IN"
    },
    { "code": "B", "message": "Second", "module": "hr", "locale": "en_IN" }
]
"""


def test_module_and_code_are_the_key_and_the_locale_is_the_language() -> None:
    catalogue = parse(RECORDS)
    assert [(e.key, e.text, e.line) for e in catalogue.entries] == [
        ("hr|A", "First", 3 - 1), ("hr|B", "Second", 8),
    ]  # fmt: skip
    assert catalogue.language == "en_IN"


def test_a_file_for_another_language_names_it_in_every_record() -> None:
    entries = (*parse(RECORDS).entries, Entry("hr|C", "Third"))
    written = serialize(Catalogue("json-records", entries, "hi_IN"), RECORDS)
    assert b"en_IN" not in written
    assert parse(written).language == "hi_IN"
    assert [entry.key for entry in parse(written).entries] == ["hr|A", "hr|B", "hr|C"]


def test_a_record_comes_and_goes_as_a_whole() -> None:
    first, second = parse(RECORDS).entries
    new = Entry("hr|C", "Third")
    written = serialize(Catalogue("json-records", (first, new)), RECORDS)
    assert written == RECORDS.replace(
        b'{ "code": "B", "message": "Second", "module": "hr", "locale": "en_IN" }',
        b'{\n        "code": "C",\n        "message": "Third",\n        "module": "hr",\n'
        b'        "locale": "en_IN"\n    }',
    )
    assert second.key not in {entry.key for entry in parse(written).entries}


def test_records_of_several_locales_name_no_language() -> None:
    data = b'[{"code": "A", "message": "x", "locale": "en"}, {"code": "B", "message": "y", "locale": "hi"}]'
    assert parse(data).language is None
    assert serialize(Catalogue("json-records", parse(data).entries, "sw"), data) == data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{}", "root"),
        (b'{"messages": {}}', "root"),
        (b"3", "root"),
        (b'[{"code": "A", "message": "x"},\n{"code": "A", "message": "y"}]', "duplicate"),
    ],
)
def test_what_is_no_list_of_records_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(FormatError) as raised:
        parse(data)
    assert raised.value.error_code == f"format.{code}"


@pytest.mark.parametrize(
    ("entry", "code"), [(Entry("hr|", "x"), "key"), (Entry("a", Plural.of(other="x")), "plural")]
)
def test_what_a_record_cannot_hold_is_refused(entry: Entry, code: str) -> None:
    with pytest.raises(FormatError) as raised:
        serialize(Catalogue("json-records", (entry,)), RECORDS)
    assert raised.value.error_code == f"format.{code}"


def test_records_are_told_from_other_lists() -> None:
    assert sniff("localisations/en_IN/hr.json", RECORDS)
    assert sniff("hr.json", b'{"messages": [{"code": "A", "message": "x", "locale": "en"}]}')
    assert not sniff("errors.json", b'[{"code": "E1", "message": "Failed"}]')
    assert not sniff("hr.csv", RECORDS)
