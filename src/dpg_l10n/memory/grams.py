"""Texts as the numbers of their three-character pieces, for one text or for very many at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dpg_l10n.domain.memory import fold

Codes = NDArray[np.uint32]
"""Characters of a text by their number in Unicode."""
Keys = NDArray[np.uint32]
"""Pieces of a text, each as a number below 2 to the power of the index's bits."""

_MIX = tuple(np.uint32(odd) for odd in (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x2545F491))
_PAIR = np.uint32(0x5BD1E995)
"""Keeps pieces of two characters apart from those of three."""
_SHIFT = np.uint32(15)


def normal(text: str) -> str:
    """Return the text with composed characters, so that the same letters are the same codes."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def codes(text: str) -> Codes:
    """Return the characters of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def of_text(text: str, bits: int) -> Keys:
    """Return the distinct pieces of a whole text, whose beginning and end are pieces as well."""
    return np.unique(of_codes(codes(f" {fold(text)} "), bits))


def of_words(folded: str, bits: int) -> Keys:
    """Return the distinct pieces inside a folded phrase; empty where it is too short for any."""
    return np.unique(of_codes(codes(folded), bits))


def of_codes(text: Codes, bits: int) -> Keys:
    """Return the pieces of characters in a row."""
    pairs = _pairs(text)
    return np.concatenate((_three(text, bits), _two(text[pairs], text[pairs + 1], bits)))


def postings(texts: Sequence[str], first: int, bits: int) -> NDArray[np.uint64]:
    """Return every distinct pair of piece and text, sorted: the piece's number above, the text's below.

    Args:
        texts: Texts that follow one another.
        first: Number of the first of them.
        bits: Of the pieces' numbers.
    """
    folded = [f" {fold(text)} " for text in texts]
    whole = codes("".join(folded))
    sizes = np.fromiter(map(len, folded), dtype=np.int64, count=len(folded))
    owners = np.repeat(np.arange(first, first + len(folded), dtype=np.uint64), sizes)
    inside = owners[:-2] == owners[2:]
    threes = _joined(_three(whole, bits)[inside], owners[:-2][inside])
    pairs = _pairs(whole)
    pairs = pairs[owners[pairs] == owners[pairs + 1]]
    twos = _joined(_two(whole[pairs], whole[pairs + 1], bits), owners[pairs])
    found = np.concatenate((threes, twos))
    found.sort()
    return found[np.concatenate(([True], found[1:] != found[:-1]))] if len(found) else found


def _joined(keys: Keys, owners: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return (keys.astype(np.uint64) << np.uint64(32)) | owners


def _three(text: Codes, bits: int) -> Keys:
    if len(text) < 3:
        return np.zeros(0, dtype=np.uint32)
    mixed = text[:-2] * _MIX[0] ^ text[1:-1] * _MIX[1] ^ text[2:] * _MIX[2]
    return _spread(mixed, bits)


def _two(left: Codes, right: Codes, bits: int) -> Keys:
    return _spread(left * _MIX[1] ^ right * _MIX[2] ^ _PAIR, bits)


def _spread(mixed: Codes, bits: int) -> Keys:
    keys: Keys = ((mixed ^ (mixed >> _SHIFT)) * _MIX[3]) >> np.uint32(32 - bits)
    return keys


def _pairs(text: Codes) -> NDArray[np.int64]:
    """Return where two characters stand side by side in a script that puts no spaces.

    There most words have two characters, which no piece of three would find.
    """
    unspaced = (text >= 0x0E00) & (
        (text < 0x1100) | ((text >= 0x1780) & (text < 0x1800)) | (text >= 0x2E80)
    )
    return np.flatnonzero(unspaced[:-1] & unspaced[1:])
