from __future__ import annotations

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.placeholders.compare import SAME, compare
from dpg_l10n.domain.placeholders.find import letters_outside
from dpg_l10n.domain.placeholders.kinds import kinds_for
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.banana import begin, parse, serialize, sniff

SOURCE = b"""{
\t"@metadata": {
\t\t"authors": ["Somebody", "Another"],
\t\t"locale": "en"
\t},
\t"title": "Reader",
\t"open": "Open"
}
"""
KINDS = kinds_for("banana")


def test_metadata_is_kept_and_no_text() -> None:
    catalogue = parse(SOURCE)
    assert [entry.key for entry in catalogue.entries] == ["title", "open"]
    assert catalogue.language == "en"
    left = Catalogue("banana", catalogue.entries[1:])
    assert serialize(left, SOURCE) == SOURCE.replace(b'\t"title": "Reader",\n', b"")


def test_the_file_of_a_new_language_has_no_authors_yet() -> None:
    new = begin(parse(SOURCE), "sw")
    catalogue = Catalogue("banana", (Entry("open", "Fungua"),), new.language, layout=new.layout)
    assert serialize(catalogue, SOURCE) == (
        b'{\n\t"@metadata": {\n\t\t"authors": [],\n\t\t"locale": "sw"\n\t},\n'
        b'\t"open": "Fungua"\n}\n'
    )


def test_a_new_first_message_stands_below_the_metadata() -> None:
    old = SOURCE.replace(b'\t"title": "Reader",\n', b"")
    made = Catalogue("banana", parse(SOURCE).entries)
    assert serialize(made, old) == SOURCE


def test_a_key_of_metadata_is_refused() -> None:
    with pytest.raises(FormatError) as raised:
        serialize(Catalogue("banana", (Entry("@x", "y"),)), SOURCE)
    assert raised.value.error_code == "format.key"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("{{PLURAL:$1|One file|$1 files}} in $2", "$2 has $1"),
        ("{{GENDER:$1|He|She}} saw $2", "{{GENDER:$1|{{PLURAL:$2|a|b}}|c}} $2"),
        ("$1 {{PLURAL:$1|file|files}}", "{{PLURAL:$1|0=none|one|$1 some|$1 many}}"),
    ],
)
def test_where_a_language_says_a_variable_is_its_own_affair(source: str, target: str) -> None:
    assert compare(source, target, KINDS) == SAME


def test_a_variable_that_is_lost_or_new_is_a_difference() -> None:
    found = compare("{{PLURAL:$1|file|files}} of $2", "{{PLURAL:$1|a|b}} of $3", KINDS)
    assert found == (("$2",), ("$3",))


def test_words_within_a_function_are_letters_to_translate() -> None:
    assert letters_outside("{{PLURAL:$1|ab|cde}} f", KINDS) == 6


def test_metadata_anywhere_at_the_top_tells_the_format() -> None:
    assert sniff("i18n/en.json", SOURCE)
    assert sniff("i18n/en.json", b'{"a": "x", "@metadata": {}}')
    assert not sniff("i18n/en.json", b'{"a": {"@metadata": "x"}}')
