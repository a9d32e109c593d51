"""Making a segment of any number of texts, in memory that grows with the texts and not the lists."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dpg_l10n.memory import grams
from dpg_l10n.memory.files import PART, Writer
from dpg_l10n.memory.segment import LONGEST

_CHARACTERS = 12_000_000
"""Characters taken apart at once: some 400 MB while they are."""
_SLICES = 64
"""Ranges of pieces that are written one after another."""
_FEWEST_BITS, _MOST_BITS = 14, 22
_HELD = 40_000_000
"""Postings kept in memory; with more than these all wait in a temporary file."""


def build(writer: Writer, found: Sequence[tuple[int, str]]) -> None:
    """Write the arrays of a segment.

    Args:
        writer: Where to.
        found: Number in the store and text of each.
    """
    texts = [grams.normal(text) for _, text in found]
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    order = np.argsort(lengths, kind="stable")
    ids = np.fromiter((number for number, _ in found), dtype=np.uint32, count=len(found))
    writer.put("ids", ids[order])
    known = np.minimum(lengths[order], LONGEST)
    writer.put("starts", np.searchsorted(known, np.arange(LONGEST + 2)).astype(np.int64))
    texts = [texts[at] for at in order.tolist()]
    _write_texts(writer, texts)
    bits = min(max(len(texts).bit_length(), _FEWEST_BITS), _MOST_BITS)
    writer.say("bits", bits)
    with tempfile.TemporaryDirectory(dir=writer.folder, suffix=PART) as folder:
        _write_lists(writer, list(_parts(texts, bits, Path(folder))), bits)


def _write_texts(writer: Writer, texts: Sequence[str]) -> None:
    data = [text.encode("utf-8", "surrogatepass") for text in texts]
    ends = np.zeros(len(data) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, data), dtype=np.int64, count=len(data)), out=ends[1:])
    begin = writer.put_bytes("texts", data)
    writer.put("begins", ends + begin)


def _parts(texts: Sequence[str], bits: int, folder: Path) -> Iterator[NDArray[np.uint64]]:
    """Yield the sorted postings of some texts after those of others."""
    first = size = held = 0
    for at, text in enumerate(texts):
        size += len(text)
        if size >= _CHARACTERS or at + 1 == len(texts):
            part = grams.postings(texts[first : at + 1], first, bits)
            held += len(part)
            yield part if held <= _HELD else _spilled(part, folder / f"{at}.npy")
            first, size = at + 1, 0


def _spilled(part: NDArray[np.uint64], path: Path) -> NDArray[np.uint64]:
    np.save(path, part)
    mapped: NDArray[np.uint64] = np.load(path, mmap_mode="r")
    return mapped


def _write_lists(writer: Writer, parts: Sequence[NDArray[np.uint64]], bits: int) -> None:
    """Write the lists of places, one range of pieces after another."""
    edges = np.arange(_SLICES + 1, dtype=np.uint64) << np.uint64(bits - 6 + 32)
    cuts = [np.searchsorted(part, edges).tolist() for part in parts]
    offsets = np.zeros((1 << bits) + 1, dtype=np.int64)
    width = (1 << bits) // _SLICES
    written = 0

    def ranges() -> Iterator[NDArray[np.uint32]]:
        nonlocal written
        for at, (begin, end) in enumerate(pairwise(range(0, (1 << bits) + 1, width))):
            # parts follow one another by places, so that sorting is merging
            here = [part[cut[at] : cut[at + 1]] for part, cut in zip(parts, cuts, strict=True)]
            joined = np.concatenate(here) if here else np.zeros(0, dtype=np.uint64)
            joined.sort(kind="stable")
            keys = np.arange(begin + 1, end + 1, dtype=np.uint64) << np.uint64(32)
            offsets[begin + 1 : end + 1] = written + np.searchsorted(joined, keys)
            written += len(joined)
            yield joined.astype(np.uint32)

    writer.put_all("posts", ranges(), np.dtype(np.uint32))
    writer.put("offsets", offsets)
