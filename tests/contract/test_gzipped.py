"""What every format promises of its files when they are packed with gzip."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.spec import FormatSpec

_DATA = Path(__file__).parents[1] / "data"


def _samples() -> Iterator[tuple[FormatSpec, str, bytes]]:
    """Yield the valid samples of every format."""
    for spec in FORMATS:
        for path in sorted((_DATA / spec.name).rglob("*")):
            if not (path.is_file() and path.name.lower().endswith(spec.suffixes)):
                continue
            data = path.read_bytes()
            try:
                spec.parse(data)
            except FormatError:
                continue
            yield spec, path.relative_to(_DATA).as_posix(), data


_SAMPLES = [pytest.param(*sample, id=sample[1]) for sample in _samples()]


def _named_by_a_tool(data: bytes) -> bytes:
    """Return a packed file as ``gzip --fast`` makes it: with a time, and not as small as can be."""
    return gzip.compress(data, 1, mtime=1_700_000_000)


def _changed(text: Text) -> Text:
    if isinstance(text, str):
        return f"{text} õ"
    return Plural(tuple((label, f"{form} õ") for label, form in text.forms))


def test_every_format_has_a_sample_here() -> None:
    assert {str(param.id).partition("/")[0] for param in _SAMPLES} == set(FORMATS.names())


@pytest.mark.parametrize(("spec", "path", "data"), _SAMPLES)
def test_an_unedited_packed_file_comes_back_byte_for_byte(
    spec: FormatSpec, path: str, data: bytes
) -> None:
    packed = _named_by_a_tool(data)
    catalogue = spec.parse(packed)
    assert catalogue.content() == spec.parse(data).content()
    assert spec.serialize(catalogue, packed) == packed


@pytest.mark.parametrize(("spec", "path", "data"), _SAMPLES)
def test_an_edited_packed_file_holds_what_the_plain_one_would(
    spec: FormatSpec, path: str, data: bytes
) -> None:
    catalogue = spec.parse(data)
    entry = catalogue.entries[0]
    edited = catalogue.with_texts({entry.key: _changed(entry.text)})
    written = spec.serialize(edited, _named_by_a_tool(data))
    plain = spec.serialize(edited, data)
    assert plain != data
    assert gzip.decompress(written) == plain
    # RFC 1952, 2.3.1: no flags (so no name), no time; the same on every system
    assert written[:10] == b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"


@pytest.mark.parametrize(("spec", "path", "data"), _SAMPLES)
def test_a_packed_file_is_known_by_its_inner_name_and_content(
    spec: FormatSpec, path: str, data: bytes
) -> None:
    assert spec.sniff(f"{path}.gz", _named_by_a_tool(data)) == spec.sniff(path, data)


@pytest.mark.parametrize("name", [spec.name for spec in FORMATS if spec.multilingual])
def test_a_packed_file_of_all_languages_says_the_same_in_each(name: str) -> None:
    spec = FORMATS[name]
    inside = spec.multilingual
    assert inside is not None
    for found, _, data in _samples():
        if found.name == name:
            packed = _named_by_a_tool(data)
            assert inside.languages(packed) == inside.languages(data)
            for language in inside.languages(data):
                assert inside.parse(packed, language) == inside.parse(data, language)
