"""The quick reader of plain JSON says what the scanner says, or nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dpg_l10n.formats._json import glance, scan
from dpg_l10n.formats._tree import places

_KEYS = st.text('ab.[]\\" é\n', max_size=3)
_VALUES = st.recursive(
    st.one_of(st.text('a"\\\n/é🙂', max_size=4), st.integers(), st.none()),
    lambda inner: st.dictionaries(_KEYS, inner, max_size=3) | st.lists(inner, max_size=2),
    max_leaves=6,
)


def by_scanner(text: str) -> list[tuple[str, str, int]]:
    return [
        (key, leaf.text or "", text.count("\n", 0, leaf.key_start) + 1)
        for key, _, leaf in places(scan(text))
    ]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(_KEYS, _VALUES, max_size=4), st.sampled_from([None, 0, 2]), st.booleans())
def test_what_the_quick_reader_says_is_what_the_scanner_says(
    value: dict[str, Any], indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    seen = glance(text)
    if seen is not None:
        assert [(entry.key, entry.text, entry.line) for entry in seen] == by_scanner(text)


def test_the_quick_reader_reads_the_usual_file() -> None:
    text = '{\n  "a.b": "x",\n  "menu": {\n    "file": "F\\u00e9\\n",\n    "sub": {}\n  }\n}\n'
    seen = glance(text)
    assert seen is not None
    assert [(entry.key, entry.text, entry.line) for entry in seen] == by_scanner(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", '{"a": 1}', '{"a": "x",}', '{"a": "x" "b": "y"}', '{"a": {"b": "x"},}', '{"a": {,}}',
        '{"a": "x"} x', '{"a": "x"},', '{"a": "x", "a": "y"}', '{"a": {"b": "x", "b": "y"}}',
        '{"a.b": "x", "a": {"b": "y"}}', '{"a": "\\ud800"}', '{"a": "\\q"}', '{"a": "x"', '{"a": "\t"}',
        '{"a": {"b.c": "x"}}', '{"a.b": {"c": "x"}}', '{"a\\n": "x"}', '{"": "x"}',
    ],
)  # fmt: skip
def test_the_scanner_decides_on_everything_else(text: str) -> None:
    assert glance(text) is None
