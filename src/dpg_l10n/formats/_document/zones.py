"""Parts of a translation whose blocks are not those of its source: made anew from the source."""

from __future__ import annotations

from collections.abc import Mapping

from dpg_l10n.domain.catalogue import Entry
from dpg_l10n.domain.message import is_blank, plain
from dpg_l10n.formats._document.blocks import Layout, Syntax, Zone


def rebuilt(
    syntax: Syntax, layout: Layout, text: str, wanted: Mapping[str, Entry], newline: str
) -> str:
    """Return a text whose loose zones are the source's, saying what the catalogue says.

    Only a zone for which it has anything, and of which the catalogue has every word: one that says more stays as it is, because
    nothing else may have what a person wrote there.

    Args:
        syntax: The format.
        layout: The translation as it was; its blocks are those of ``text`` in the same order.
        text: The translation with its aligned blocks edited.
        wanted: Entries by key.
        newline: Line end of the translation.
    """
    source = layout.source
    if source is None:
        return text
    blocks = syntax.scan(text)
    known = {plain(entry.text) for key, entry in wanted.items() if key in set(source.keys)}
    known |= {block.text for block in source.blocks}
    for zone in reversed(layout.zones):
        inside = blocks[zone.start : zone.end]
        waiting = source.keys[zone.source_start : zone.source_end]
        if not any(key in wanted and not is_blank(wanted[key].text) for key in waiting):
            continue
        if all(block.text in known for block in inside if block.is_text):
            before = blocks[zone.start - 1].stop if zone.start else 0
            after = blocks[zone.end].start if zone.end < len(blocks) else len(text)
            start, end = _lines(text, before, after)
            text = text[:start] + _made(syntax, source, zone, wanted, newline) + text[end:]
    return text


def _made(
    syntax: Syntax, source: Layout, zone: Zone, wanted: Mapping[str, Entry], newline: str
) -> str:
    """Return the lines of the source's zone in the words of the catalogue."""
    text = source.text
    before = source.blocks[zone.source_start - 1].stop if zone.source_start else 0
    is_last = zone.source_end >= len(source.blocks)
    after = len(text) if is_last else source.blocks[zone.source_end].start
    done, end = _lines(text, before, after)
    pieces: list[str] = []
    for at in range(zone.source_start, zone.source_end):
        block, entry = source.blocks[at], wanted.get(source.keys[at])
        if entry is not None and not is_blank(entry.text):
            pieces += (text[done : block.start], syntax.render(block, plain(entry.text), newline))
            done = block.end
    return "".join(pieces) + text[done:end]


def _lines(text: str, before: int, after: int) -> tuple[int, int]:
    """Return the range of whole lines between two blocks."""
    start = 0
    if before:
        end = text.find("\n", before)
        start = len(text) if end < 0 else end + 1
    if after < len(text):
        after = text.rfind("\n", 0, after) + 1
    return start, max(start, after)
