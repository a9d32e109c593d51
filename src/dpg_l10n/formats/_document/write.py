"""Write a file of running text: exchange what blocks say, leave every other byte."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import is_blank, plain
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text
from dpg_l10n.formats._document.align import Shape, align
from dpg_l10n.formats._document.blocks import Block, Layout, Syntax
from dpg_l10n.formats._document.read import parse, shape
from dpg_l10n.formats._document.zones import rebuilt
from dpg_l10n.i18n import N_

Edit = tuple[int, int, str]


def serialize(syntax: Syntax, catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a file.

    A block without a text says what the source says, where the source is known; else a comment
    keeps its place. Everything written is read again, and refused unless it says what it should.

    Raises:
        FormatError: ``format.encoding``; ``format.text``: a text would not be one block of its
            kind (a blank line, a list mark at its beginning, a line break in a table);
            ``format.structure``: the template has no block for an entry.
    """
    if template is None:
        return _text.encode(_built(syntax, catalogue), catalogue.encoding)
    layout = catalogue.layout
    if not isinstance(layout, Layout) or layout.data != template:
        layout = _keyed_as(parse(syntax, template).layout, catalogue.entries)
    wanted = {entry.key: entry for entry in catalogue.entries}
    before = {entry.key: plain(entry.text) for entry in layout.entries}
    newline = _text.newline(layout.text)
    edits: list[Edit] = []
    expected: list[str] = []
    for block, key in zip(layout.blocks, layout.keys, strict=True):
        said = _said(layout, key, wanted.get(key), before.get(key, ""))
        if said is None or said == block.text:
            expected.append(block.text)
        else:
            new, end = syntax.render(block, said, newline), block.end
            if not said:
                new, end = syntax.mark(block, key)
            edits.append((block.start, end, new))
            expected.append(said)
    changed = patched(layout.text, edits)
    if edits:
        _verify(syntax, layout, changed, expected)
    if layout.zones and layout.source is not None and syntax.by_lines:
        changed = rebuilt(syntax, layout, changed, wanted, newline)
    return _finish(syntax, layout, changed, catalogue.language)


def patched(text: str, edits: Sequence[Edit]) -> str:
    """Return a text with some parts exchanged; the edits are in order and do not overlap."""
    pieces: list[str] = []
    done = 0
    for start, end, new in edits:
        pieces += (text[done:start], new)
        done = end
    return "".join(pieces) + text[done:]


def _said(layout: Layout, key: str, entry: Entry | None, before: str) -> str | None:
    """Return what a block is to say; empty for nothing, None when it stays as it is."""
    if not key:
        return None
    if entry is not None and (layout.source is None or not is_blank(entry.text)):
        return plain(entry.text)
    if not before or (layout.source is not None and key not in layout.source.keys):
        return None
    if layout.source is None:
        return ""
    return next(e.text for e in layout.source.entries if e.key == key and isinstance(e.text, str))


def _keyed_as(layout: Layout, entries: Sequence[Entry]) -> Layout:
    """Return the layout of a template with the keys of a catalogue that was not read from it.

    Raises:
        FormatError: ``format.structure``.
    """
    known = set(layout.keys)
    if all(entry.key in known for entry in entries):
        return layout
    places = [at for at, key in enumerate(layout.keys) if key]
    here = [Shape(layout.blocks[at].kind, layout.blocks[at].level) for at in places]
    pairs, zones = align([shape(entry.key) for entry in entries], here)
    if zones:
        lost = next((entries[z.source_start] for z in zones if z.source_start < z.source_end), None)
        at = next((z.start for z in zones if z.start < len(places)), 0)
        raise FormatError(
            N_(
                "The blocks of the file do not follow those of the catalogue, so that it has no "
                "place for “{key}”. Write it from the source's file."
            ),
            code="structure", line=layout.blocks[places[at]].line if places else 1,
            key=lost.key if lost else "",
        )  # fmt: skip
    keys = list(layout.keys)
    names = {}
    for there, place in pairs:
        names[keys[places[place]]] = keys[places[place]] = entries[there].key
    own = tuple(entry._replace(key=names.get(entry.key, entry.key)) for entry in layout.entries)
    return replace(layout, keys=tuple(keys), entries=own)


def _verify(syntax: Syntax, layout: Layout, changed: str, expected: Sequence[str]) -> None:
    """Read what was written.

    Raises:
        FormatError: ``format.text``: it does not say what it should.
    """
    again = syntax.scan(changed)
    for old, new, text in zip(layout.blocks, again, expected, strict=False):
        if (old.kind, text) != (new.kind, new.text):
            raise _unwritable(old, text)
    if len(again) != len(expected):
        raise _unwritable(layout.blocks[-1], expected[-1])


def _unwritable(block: Block, text: str) -> FormatError:
    return FormatError(
        N_(
            "“{text}” would not be read as one block of the kind “{kind}”. Blank lines and marks "
            "that begin a list, a heading or a quote cannot stand there: put a backslash before "
            "such a mark."
        ),
        code="text", line=block.line, text=text[:60], kind=block.kind,
    )  # fmt: skip


def _finish(syntax: Syntax, layout: Layout, text: str, language: str | None) -> bytes:
    place = syntax.language(text) if layout.language else None
    if place is not None and language and text[slice(*place)] != language:
        text = text[: place[0]] + language + text[place[1] :]
    return layout.data if text == layout.text else _text.encode(text, layout.codec)


def _built(syntax: Syntax, catalogue: Catalogue) -> str:
    text = syntax.build(catalogue.entries)
    wanted = [(shape(entry.key).kind, plain(entry.text)) for entry in catalogue.entries]
    found = [(block.kind, block.text) for block in syntax.scan(text)]
    for (kind, said), there in zip(wanted, [*found, *[("", "")] * len(wanted)], strict=False):
        if (kind, said) != there:
            raise _unwritable(Block(kind, 0, 0, 0, 0, said, 0), said)
    return text
