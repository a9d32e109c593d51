"""Read a file of running text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dpg_l10n.domain.catalogue import NO_FLAGS, Catalogue, Entry
from dpg_l10n.formats import _text
from dpg_l10n.formats._document.align import Alignment, Shape, align
from dpg_l10n.formats._document.blocks import Block, Layout, Syntax, Zone
from dpg_l10n.formats._document.keys import keyed, kind_of

STRAY = "?"
"""Begins the key of a block that stands for none of the source."""


def parse(syntax: Syntax, data: bytes, source: Catalogue | None = None) -> Catalogue:
    """Return the messages of a file.

    Without a source each block has the key that its own text gives it. With one, a block has the
    key of the source's block in the same place; it says nothing when it says the same as that one
    (an export leaves untranslated blocks in the source's language). A block that stands for none
    keeps a key of its own that begins with :data:`STRAY`, so that a push counts it as unknown.

    Raises:
        FormatError: ``format.encoding``.
    """
    text, codec = _text.decode(data)
    blocks = tuple(syntax.scan(text))
    layout = Layout(data, text, codec, blocks, (), (), language=syntax.language(text))
    layout = _alone(layout) if source is None else _beside(layout, source)
    named = text[slice(*layout.language)] if layout.language else None
    return Catalogue(syntax.name, layout.entries, named, encoding=codec, layout=layout)


def begin(source: Catalogue, name: str) -> Catalogue:
    """Return the empty catalogue of a new language, which begins as its source does."""
    layout = source.layout
    if isinstance(layout, Layout):
        layout = replace(layout, entries=(), source=layout)
    return Catalogue(source.format, (), name, encoding=source.encoding, layout=layout)


def _alone(layout: Layout) -> Layout:
    found = list(keyed(layout.blocks))
    entries = [
        _entry(key, block, context)
        for block, (key, context) in zip(layout.blocks, found, strict=True)
        if key and not block.key
    ]
    return replace(layout, keys=tuple(key for key, _ in found), entries=tuple(entries))


def _beside(layout: Layout, source: Catalogue) -> Layout:
    given = {entry.key: entry for entry in source.entries}
    base = source.layout if isinstance(source.layout, Layout) else None
    names = base.keys if base is not None else tuple(entry.key for entry in source.entries)
    pairs, zones = _aligned(layout, names, base)
    keys = [f"{STRAY}{key}" if key else "" for key, _ in keyed(layout.blocks)]
    for there, here in pairs:
        keys[here] = names[there] or keys[here]
    entries = []
    for block, key in zip(layout.blocks, keys, strict=True):
        if key:
            model = given.get(key)
            copied = block.key or (model is not None and model.text == block.text)
            context = model.context if model is not None else ""
            entries.append(_entry(key, block._replace(text="") if copied else block, context))
    return replace(layout, keys=tuple(keys), entries=tuple(entries), source=base, zones=zones)


def _aligned(layout: Layout, names: Sequence[str], base: Layout | None) -> Alignment:
    """Pair the blocks of a translation with those of its source.

    First all blocks, those without words included, because they too hold the place of others.
    Where that leaves some alone, the messages by themselves may follow one another.
    """
    found = Alignment((), ())
    if base is not None:
        theirs = [Shape(block.kind, block.level) for block in base.blocks]
        found = align(theirs, [Shape(block.kind, block.level) for block in layout.blocks])
        if not found.zones:
            return found
    left = [at for at, key in enumerate(names) if key]
    right = [at for at, block in enumerate(layout.blocks) if block.key or block.is_text]
    messages = align(
        [shape(names[at]) for at in left],
        [Shape(layout.blocks[at].kind, layout.blocks[at].level) for at in right],
    )
    if len(messages.pairs) <= sum(bool(names[there]) for there, _ in found.pairs):
        return found
    zones = [
        Zone(*_range(left, len(names), zone.source_start, zone.source_end),
             *_range(right, len(layout.blocks), zone.start, zone.end))
        for zone in messages.zones
    ]  # fmt: skip
    return Alignment(tuple((left[a], right[b]) for a, b in messages.pairs), tuple(zones))


def _range(places: Sequence[int], count: int, start: int, end: int) -> tuple[int, int]:
    """Return the range of all blocks that a range of some of them spans."""
    if start == end:
        at = places[start] if start < len(places) else count
        return at, at
    return places[start], places[end - 1] + 1


def shape(key: str) -> Shape:
    """Return the shape of the block that a key was made for."""
    kind = kind_of(key)
    name = kind.rpartition(".")[2]
    is_heading = len(name) == 2 and name[0] == "h" and name[1] in "123456"
    return Shape(kind, int(name[1]) if is_heading else 0)


def _entry(key: str, block: Block, context: str) -> Entry:
    return Entry(key, block.text, None, context, "", "", NO_FLAGS, None, None, block.line)
