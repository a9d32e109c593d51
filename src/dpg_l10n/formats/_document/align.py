"""Which block of a translation stands for which block of its source.

Blocks pair by structure, never by guessing. Where the kinds of all blocks are the same in the same
order, they pair one to one. Else both are cut at their topmost headings: as many on both sides
pair, and what is below each is looked at in the same way. What is left are zones that belong
together as a whole, but whose blocks do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dpg_l10n.formats._document.blocks import Zone


class Shape(NamedTuple):
    """What alignment knows of a block."""

    kind: str
    level: int


class Alignment(NamedTuple):
    """The blocks that belong together."""

    pairs: tuple[tuple[int, int], ...]
    """Source index and target index, ascending."""
    zones: tuple[Zone, ...]
    """Ranges whose blocks do not pair, ascending."""


def align(source: Sequence[Shape], target: Sequence[Shape]) -> Alignment:
    """Pair the blocks of a translation with those of its source."""
    pairs: list[tuple[int, int]] = []
    zones: list[Zone] = []
    work = [(Zone(0, len(source), 0, len(target)), 1)]
    while work:
        zone, level = work.pop()
        first, last, start, end = zone
        if source[first:last] == target[start:end]:
            pairs += zip(range(first, last), range(start, end), strict=True)
            continue
        mine, here = source[first:last], target[start:end]
        level = min((s.level for s in (*mine, *here) if s.level >= level), default=0)
        left = [at for at in range(first, last) if source[at].level == level] if level else []
        right = [at for at in range(start, end) if target[at].level == level] if level else []
        if not left or len(left) != len(right):
            zones.append(zone)
            continue
        pairs += zip(left, right, strict=True)
        befores = zip([first, *(at + 1 for at in left)], [*left, last], strict=True)
        others = zip([start, *(at + 1 for at in right)], [*right, end], strict=True)
        work += [
            (Zone(*ours, *theirs), level + 1)
            for ours, theirs in zip(befores, others, strict=True)
            if ours[0] < ours[1] or theirs[0] < theirs[1]
        ]
    return Alignment(tuple(sorted(pairs)), tuple(sorted(zones)))
