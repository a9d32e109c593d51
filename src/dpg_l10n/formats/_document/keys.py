"""Keys that are made from what a source says.

The hash of the text is the identity, so that a block keeps its translation wherever it moves. Equal
texts are told apart by the headings above them, and where those are equal too by their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from dpg_l10n.formats._document.blocks import Block

_DIGITS = 10
"""Hexadecimal digits of a hash: two texts of 100,000 in a file share one in 200 files."""
_PATH_DIGITS = 6
_SHOWN = 60
"""Characters of a heading that the context shows."""


def keyed(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """Yield key and context (the headings above) of each block; an empty key for no message."""
    above: list[tuple[int, str]] = []
    seen: set[str] = set()
    context = ""
    counts: dict[str, int] = {}
    for block in blocks:
        if block.level:
            while above and above[-1][0] >= block.level:
                above.pop()
            context = " > ".join(title for _, title in above)
        key = block.key
        if not key and block.is_text and block.text:
            key = f"{block.kind}-{_hash(block.text, _DIGITS)}"
            if key in seen:
                key = f"{key}@{_hash(context, _PATH_DIGITS)}"
                if key in seen:
                    counts[key] = counts.get(key, 1) + 1
                    key = f"{key}~{counts[key]}"
        seen.add(key)
        yield key, context
        if block.level:
            above.append((block.level, block.text[:_SHOWN]))
            context = " > ".join(title for _, title in above)


def kind_of(key: str) -> str:
    """Return the kind of block that a key was made for; the key itself where it has none."""
    return key.rpartition("-")[0] or key


def _hash(text: str, digits: int) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:digits]
