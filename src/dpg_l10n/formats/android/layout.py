"""Where the texts of a file stand: what the parser leaves for the writer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from dpg_l10n.domain.catalogue import Entry

PLAIN: frozenset[str] = frozenset()
MARKUP = frozenset({"markup"})
"""Flag of a text that is shown as XML: it has inline elements, and its entities are kept."""
CDATA = frozenset({"cdata"})
"""Flag of a text that stands in a CDATA section."""

_DIGITS = 5


class Item(NamedTuple):
    """One ``<item>`` of plurals or of an array. All places are offsets in the decoded text."""

    label: str
    """Quantity of a plural variant, index in an array."""
    start: int
    value: int
    value_end: int
    end: int
    is_text: bool = True
    """False in an array for a reference to another resource and for ``<item/>``, which keeps the
    place of a text that nobody has written: no entries."""


class Block(NamedTuple):
    """One top-level element that holds text."""

    start: int
    """Of the comments directly above, or of the element itself without any."""
    element: int
    value: int
    value_end: int
    """The content. Of an empty-element tag both are its end."""
    end: int
    items: tuple[Item, ...] | None = None
    """Of plurals and arrays; None for a string."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One parsed file."""

    data: bytes
    text: str
    entries: tuple[Entry, ...]
    blocks: dict[str, Block]
    """In file order, by entry key; arrays by :func:`array_block`."""
    others: tuple[tuple[int, int], ...]
    """Places of elements without text to translate: colours, references, what is marked so."""
    root: tuple[int, int]
    """Start and end of the root element's start tag."""
    codec: str
    fresh: bool = False
    """True for the layout that a new language begins with, which replaces any template."""


def array_block(name: str) -> str:
    """Return the name of an array among the blocks; no entry has a key like it."""
    return f"{name}[]"


def block_of(key: str) -> tuple[str, int | None]:
    """Return the block in which an entry stands, and its index if that is an array."""
    if key.endswith("]"):
        name, _, index = key[:-1].rpartition("[")
        if name and index.isdecimal() and index.isascii() and len(index) <= _DIGITS:
            return array_block(name), int(index)
    return key, None
