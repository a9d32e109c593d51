"""Colours of the pages: every pair of text and ground has the contrast that WCAG 2.2 AA asks for."""

from __future__ import annotations

import re

import pytest

from dpg_l10n_api.pages.assets import FOLDER

_CSS = (FOLDER / "app.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})\b", _CSS))
TEXT, SHAPE = 4.5, 3.0
PAIRS = [
    *((text, ground, TEXT) for text in ("ink", "mut", "acc") for ground in ("bg", "card")),
    *(("ink", ground, TEXT) for ground in ("q1", "q2", "q3", "warn-bg", "err-bg", "good-bg")),
    ("mut", "q1", TEXT),
    ("acc-ink", "acc", TEXT),
    ("card", "q4", TEXT),
    ("draft-ink", "draft", TEXT),
    ("draft-ink", "card", TEXT),
    ("warn", "warn-bg", TEXT),
    ("err", "err-bg", TEXT),
    ("good", "good-bg", TEXT),
    ("focus", "bg", SHAPE),
    ("focus", "card", SHAPE),
    ("acc", "card", SHAPE),
    ("draft-line", "card", SHAPE),
]


@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_a_pair_of_the_palette_has_contrast(text: str, ground: str, least: float) -> None:
    assert contrast(COLOURS[text], COLOURS[ground]) >= least


def test_the_measure_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour ``#rrggbb``."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
