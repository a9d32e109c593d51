"""Reading and writing .NET resources."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.resx import FORMAT, begin

SAMPLE = (Path(__file__).parents[2] / "data" / "resx" / "Resources.resx").read_bytes()


def edited(key: str, text: str) -> str:
    catalogue = FORMAT.parse(SAMPLE)
    return FORMAT.serialize(catalogue.with_texts({key: text}), SAMPLE).decode()


def test_strings_are_units_and_objects_are_none() -> None:
    assert {entry.key: entry.text for entry in FORMAT.parse(SAMPLE).entries} == {
        "WELCOME": "Welcome to the <b>clinic</b>, {0}!",
        "TWO_LINES": "One line\nand another & more",
        "EMPTY": "", "CDATA": "Call <now>", "BARE": "", "LAST": "One row",
    }  # fmt: skip


def test_comments_are_notes_and_lines_are_known() -> None:
    entry = FORMAT.parse(SAMPLE).by_key()["WELCOME"]
    assert (entry.notes, entry.line) == ("{0} is a person.", 9)


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("WELCOME", "a < b > c & 'd'", "<value>a &lt; b &gt; c &amp; 'd'</value>\n    <comment>"),
        ("EMPTY", "x", '<data name="EMPTY" xml:space="preserve">\n    <value>x</value>\n'),
        ("BARE", "x", '<data name="BARE" ><value>x</value></data>'),
        ("CDATA", "x", "<value>x</value>"),
    ],
)
def test_only_the_value_changes(key: str, text: str, expected: str) -> None:
    assert expected in edited(key, text)


def test_a_new_unit_goes_after_the_one_before_it_with_its_note() -> None:
    entries = list(FORMAT.parse(SAMPLE).entries)
    entries.insert(1, Entry('NEW "1"', "x", notes="Say it."))
    out = FORMAT.serialize(Catalogue("resx", tuple(entries)), SAMPLE).decode()
    assert (
        '  </data>\n  <data name="NEW &quot;1&quot;" xml:space="preserve">\n    <value>x</value>\n'
        '    <comment>Say it.</comment>\n  </data>\n  <data name="TWO_LINES"'
    ) in out


def test_a_unit_taken_out_takes_its_lines_and_no_object() -> None:
    out = FORMAT.serialize(Catalogue("resx", ()), SAMPLE).decode()
    assert "WELCOME" not in out
    assert "logo.png" in out
    assert "&gt;&gt;button.Name" in out


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<resources/>", "format.root"),
        (b"<root>", "format.xml"),
        (b"<root>" + b"<data name='a'><value>b</value></data>" * 2 + b"</root>", "format.duplicate"),
    ],
)  # fmt: skip
def test_other_documents_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(FormatError) as caught:
        FORMAT.parse(data)
    assert caught.value.error_code == code


def test_a_character_that_xml_has_not_is_refused() -> None:
    with pytest.raises(FormatError) as caught:
        edited("LAST", "a\x01")
    assert caught.value.error_code == "format.text"


def test_a_new_language_takes_the_texts_only() -> None:
    icon = '  <data name="Icon" type="System.Byte[]">\n    <value>x</value>\n  </data>\n'
    kept = (
        '<?xml version="1.0"?>\n<root>\n  <resheader name="version">\n    <value>2.0</value>\n'
        '  </resheader>\n{}  <data name="A">\n    <value>{}</value>\n  </data>\n{}</root>\n'
    )
    rest = (
        '  <data name="&gt;&gt;A.Name">\n    <value>A</value>\n  </data>\n'
        '  <metadata name="A.Tag" type="System.Boolean"><value>True</value></metadata>\n'
    )
    data = kept.format(icon, "One", rest).encode()
    begun = begin(FORMAT.parse(data), "fr")
    made = replace(begun, entries=(Entry("A", "Un > deux"),))
    assert FORMAT.serialize(made, data).decode() == kept.format("", "Un &gt; deux", "")


def test_a_sign_that_a_file_has_bare_stays_bare() -> None:
    data = b'<root>\n  <data name="A">\n    <value>1 > 0</value>\n  </data>\n</root>\n'
    made = FORMAT.parse(data).with_texts({"A": "2 > 0"})
    assert FORMAT.serialize(made, data) == data.replace(b"1 >", b"2 >")
