"""Values as statements take them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

SIZE = 900
"""SQLite before 3.32 takes 999 values in a statement."""


def chunks(values: Sequence[T], size: int = SIZE) -> Iterator[Sequence[T]]:
    """Yield the values in pieces of at most ``size``."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def marks(values: Sequence[object]) -> str:
    """Return as many comma-separated parameter marks as there are values."""
    return ",".join("?" * len(values))


def like_anywhere(text: str) -> str:
    """Return the pattern of LIKE, with a backslash as its escape, of texts that have a text in them."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
