"""Reading and writing PxWeb's languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.pxweb import FORMAT

SAMPLE = (Path(__file__).parents[2] / "data" / "pxweb" / "pxlang.xml").read_bytes()


def test_sentences_are_units() -> None:
    assert {entry.key: entry.text for entry in FORMAT.parse(SAMPLE).entries} == {
        "Title": "Figures of the village", "Quote": 'The "red" house',
        "Rows": "{0} rows & more", "Empty": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("Title", 'a "b" <c>\n', 'name="Title" value="a &quot;b&quot; &lt;c>&#10;" />'),
        ("Quote", "it's", "name='Quote' value='it&apos;s' />"),
        ("Rows", "x", '<sentence value="x" name="Rows"/>'),
    ],
)
def test_only_the_value_changes(key: str, text: str, expected: str) -> None:
    out = FORMAT.serialize(FORMAT.parse(SAMPLE).with_texts({key: text}), SAMPLE)
    assert expected in out.decode()
    assert FORMAT.parse(out).by_key()[key].text == text


def test_the_first_sentence_goes_into_the_root() -> None:
    out = FORMAT.serialize(Catalogue("pxweb", (Entry("A", "b"),)), b"<Language>\n</Language>\n")
    assert out == b'<Language>\n  <sentence name="A" value="b" />\n</Language>\n'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<a><sentence name='b'/></a>", "format.name"),
        (b"<a>" + b"<sentence name='b' value='c'/>" * 2 + b"</a>", "format.duplicate"),
    ],
)
def test_broken_files_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(FormatError) as caught:
        FORMAT.parse(data)
    assert caught.value.error_code == code


def test_an_attribute_inside_another_ones_value_is_no_value() -> None:
    with pytest.raises(FormatError) as caught:
        FORMAT.parse(b"<Language><sentence name='' other='a value=\"x\"' /></Language>")
    assert caught.value.error_code == "format.name"
    right = b"""<Language><sentence name='a value="x"' value="y" /></Language>"""
    catalogue = FORMAT.parse(right)
    edited = catalogue.with_texts({'a value="x"': "z"})
    assert FORMAT.serialize(edited, right) == right.replace(b'"y"', b'"z"')
