"""Write Android string resources: patch what changed, leave every other byte."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural
from dpg_l10n.formats import _text, _xml
from dpg_l10n.formats._xml_patch import Patch
from dpg_l10n.formats.android import elements, values
from dpg_l10n.formats.android.layout import CDATA, MARKUP, PLAIN, Block, Item, Layout, block_of
from dpg_l10n.formats.android.parse import parse
from dpg_l10n.formats.android.style import style_of, write

_EMPTY = b'<?xml version="1.0" encoding="utf-8"?>\n<resources>\n</resources>\n'
_XLIFF = ' xmlns:xliff="urn:oasis:names:tc:xliff:document:1.2"'
_LOCALE = re.compile(r"""(\btools:locale[ \t\r\n]*=[ \t\r\n]*(["']))[^"'<&]*(?=\2)""")
_TAG = re.compile(r"<([^ \t\r\n/>]+)")


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a ``strings.xml``, laid out as the template is.

    Comments are not edited: notes are written above a new entry only, and comments directly above
    an entry that is taken out go with it.

    Raises:
        FormatError: The template is no valid resource file, or a text cannot be written: its
            markup is broken, or it has a character that the file's encoding has not.
    """
    layout = _layout(catalogue, template)
    if catalogue.entries is layout.entries:
        return layout.data
    return _text.encode(_Editor(layout).edit(catalogue.entries), layout.codec)


def begin(source: Catalogue, language: str) -> Catalogue:
    """Return the empty catalogue of a new language, laid out as the source file is.

    Resources without text to translate stay in the source only: in a translation Android's own
    checks call them errors.

    Raises:
        FormatError: The source was not read from a valid resource file.
    """
    layout = source.layout
    if not isinstance(layout, Layout):
        return replace(source, entries=(), language=language, layout=None)
    patch = Patch(layout.text, _text.newline(layout.text))
    for start, end in layout.others:
        patch.remove(start, end)
    place = _LOCALE.search(layout.text, *layout.root)
    if place:
        patch.replace(*place.span(), place[1] + _xml.escape(language).replace('"', "&quot;"))
    empty = parse(_text.encode(patch.apply(), layout.codec)).layout
    return replace(source, entries=(), language=language, layout=replace(empty, fresh=True))


def _layout(catalogue: Catalogue, template: bytes | None) -> Layout:
    own = catalogue.layout
    if isinstance(own, Layout) and (own.fresh or own.data == template):
        return own
    layout: Layout = parse(_EMPTY if template is None else template).layout
    return layout


class _Editor:
    """The way from one parsed file to the entries that it shall hold."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.style = style_of(layout)
        self.patch = Patch(layout.text, self.style.newline)
        self.shape = elements.shape_of(layout, self.patch)
        self.old = {entry.key: entry for entry in layout.entries}

    def edit(self, entries: tuple[Entry, ...]) -> str:
        """Return the changed text."""
        blocks = self.layout.blocks
        wanted: dict[str, dict[int | None, Entry]] = {}
        for entry in entries:
            name, index = block_of(entry.key)
            wanted.setdefault(name, {})[index] = entry
        new = [
            elements.render(wanted[name], self.style, self.shape)
            for name in wanted
            if name not in blocks
        ]
        if not blocks:
            self.fill(new)
            return self.apply()
        upcoming = iter(new)
        others = set(self.layout.others)
        anchor: Block | None = None
        for name, parts in wanted.items():
            if name in blocks:
                anchor = blocks[name]
                self.change(anchor, parts)
            elif anchor is not None:
                self.patch.insert_after(anchor.element, anchor.end, next(upcoming))
            else:
                self.patch.insert_before(next(iter(blocks.values())).start, next(upcoming))
        for name, block in blocks.items():
            if name not in wanted and (block.start, block.end) not in others:
                self.patch.remove(block.start, block.end)
        return self.apply()

    def apply(self) -> str:
        """Return the changed text, which declares the namespace of ``xliff:g`` if it needs it."""
        text, end = self.layout.text, self.layout.root[1]
        if "xmlns:xliff" not in text and self.patch.adds("<xliff:"):
            end -= 2 if text[end - 2] == "/" else 1
            self.patch.replace(end, end, _XLIFF)
        return self.patch.apply()

    def fill(self, new: list[str]) -> None:
        """Add elements to a file that has none."""
        text, end = self.layout.text, self.layout.root[1]
        newline = self.style.newline
        content = "".join(f"{newline}{self.shape.block}{each}" for each in new)
        if text[end - 2] == "/":
            self.patch.replace(end - 2, end, f">{content}{newline}</resources>")
        else:
            blank = text[end : text.index("<", end)]
            self.patch.replace(end, end, content if "\n" in blank else content + newline)

    def change(self, block: Block, parts: Mapping[int | None, Entry]) -> None:
        """Bring one element to what its entries say."""
        if None not in parts:
            self.change_array(block, parts)
            return
        entry = parts[None]
        old = self.old[entry.key]
        if entry.text == old.text and entry.flags == old.flags:
            return
        kind = entry.flags & (MARKUP | CDATA)
        if isinstance(entry.text, Plural) and block.items:
            self.change_plural(block.items, entry.text, kind)
        elif isinstance(entry.text, str) and block.items is None:
            self.value(block, entry.text, kind)
        else:
            new = elements.render({None: entry._replace(notes="")}, self.style, self.shape)
            self.patch.replace(block.element, block.end, new)

    def change_plural(self, items: tuple[Item, ...], text: Plural, kind: frozenset[str]) -> None:
        """Bring the variants of plurals to what an entry says."""
        there = {item.label: item for item in items}
        anchor: Item | None = None
        for label, form in text.forms:
            if label in there:
                anchor = there[label]
                self.value(anchor, form, kind)
                continue
            new = elements.item(label, form, kind, self.style)
            if anchor is not None:
                self.patch.insert_after(anchor.start, anchor.end, new)
            else:
                self.patch.insert_before(items[0].start, new)
        for item in items:
            if item.label not in text.labels:
                self.patch.remove(item.start, item.end)

    def change_array(self, block: Block, parts: Mapping[int | None, Entry]) -> None:
        """Bring an array to what its entries say.

        The place of an item is its meaning, so one is only ever taken out at the end: a gap is
        left as ``<item/>``.
        """
        items = block.items
        if not items:
            new = elements.render(parts, self.style, self.shape)
            self.patch.replace(block.element, block.end, new)
            return
        last = max(index for index in parts if index is not None)
        for index, item in enumerate(items):
            entry = parts.get(index)
            if entry is None and item.is_text:
                if index > last:
                    self.patch.remove(item.start, item.end)
                else:
                    self.patch.replace(item.value - 1, item.end, "/>")
            elif entry and isinstance(entry.text, str) and entry is not self.old.get(entry.key):
                self.value(item, entry.text, entry.flags & (MARKUP | CDATA))
        for index in range(len(items), last + 1):
            new = elements.array_item(parts.get(index), self.style)
            self.patch.insert_after(items[-1].start, items[-1].end, new)

    def value(self, place: Block | Item, text: str, kind: frozenset[str]) -> None:
        """Write one value in the place of another, unless it says the same already."""
        raw = self.layout.text[place.value : place.value_end]
        is_gap = isinstance(place, Item) and not place.is_text
        if not is_gap and _says(raw, text, kind):
            return
        new = write(text, kind, self.style, raw)
        if place.value < place.end:
            self.patch.replace(place.value, place.value_end, new)
            return
        start = place.element if isinstance(place, Block) else place.start
        tag = _TAG.match(self.layout.text, start)
        head = self.layout.text[start : place.end - 2].rstrip(_xml.SPACE)
        self.patch.replace(start + len(head), place.end, f">{new}</{tag[1] if tag else ''}>")


def _says(raw: str, text: str, kind: frozenset[str]) -> bool:
    """Tell whether a value has a text already, written as its kind demands."""
    if not text:
        return not raw
    found = values.kind_of(raw)
    return (found == kind or (kind == MARKUP and found == PLAIN)) and (
        values.decode(raw, kind, 0) == text
    )
