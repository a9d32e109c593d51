"""The fast reader of records says what the scanner says, or leaves it to the scanner."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.errors import FormatError
from dpg_l10n.formats import arb, formatjs, webextension
from dpg_l10n.formats._json import Dialect, parse_records
from dpg_l10n.formats._json.skim import skim

_DATA = Path(__file__).parents[2] / "data"
_CASES = [
    pytest.param(dialect, path.read_bytes(), id=f"{name}-{path.name}")
    for name, dialect in (
        ("arb", arb._DIALECT),
        ("formatjs", formatjs._DIALECT),
        ("webextension", webextension._DIALECT),
    )
    for path in sorted((_DATA / name).iterdir())
    if path.suffix in (".arb", ".json")
]
_ORDERS = (
    b'{"@a": {"description": "1"}, "a": "x", "@a2": {}, "b": "y", "@b": {"context": "2"}, "c": "z"}'
)


def outcome(dialect: Dialect, data: bytes) -> object:
    try:
        catalogue = parse_records(dialect, data, None)
    except FormatError as error:
        return error.error_code, error.line, error.column
    return catalogue.entries, catalogue.language


@pytest.mark.parametrize(("dialect", "data"), [*_CASES, (arb._DIALECT, _ORDERS)])
@settings(max_examples=150, deadline=None)
@given(
    at=st.integers(0, 3000),
    length=st.integers(0, 6),
    new=st.sampled_from(
        [b"", b'"', b"}", b"{", b",", b"\\", b"NaN", b"\\ud800", b"01", b" ", b"[", b":"]
    ),
)
def test_both_readers_agree_on_every_file(
    dialect: Dialect, data: bytes, at: int, length: int, new: bytes
) -> None:
    at %= len(data)
    damaged = data[:at] + new + data[at + length :]
    assert outcome(dialect, damaged) == outcome(replace(dialect, skim=None), damaged)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1, "a": 2}',
        '{"a": {"b": 1, "b": 2}}',
        '{"a": NaN}',
        '{"a": "\\ud800"}',
        '{"a\\n": "x"}',
        '{"a": ' + "[" * 120 + "]" * 120 + "}",
        '{"a": "x"} b',
        '{"a": "x",}',
        '["a"]',
        "",
    ],
)
def test_what_the_readers_could_see_differently_is_left_to_the_scanner(text: str) -> None:
    assert skim(text) is None
