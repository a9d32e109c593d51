"""New elements, written in the style of a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dpg_l10n.domain.catalogue import Entry
from dpg_l10n.domain.message import Plural
from dpg_l10n.formats import _xml
from dpg_l10n.formats._xml_patch import Patch
from dpg_l10n.formats.android.layout import Layout, block_of
from dpg_l10n.formats.android.style import Style, write


class Shape(NamedTuple):
    """How far the elements of a file are indented."""

    block: str | None = "    "
    """Before a string; None when the file has them all on one line."""
    item: str | None = "        "


def shape_of(layout: Layout, patch: Patch) -> Shape:
    """Return the indentation of a parsed file's first elements."""
    first = next(iter(layout.blocks.values()), None)
    if first is None:
        return Shape()
    block = patch.indent(first.element)
    for other in layout.blocks.values():
        if other.items:
            return Shape(block, patch.indent(other.items[0].start))
    return Shape(block, None if block is None else block * 2 or "    ")


def render(entries: Mapping[int | None, Entry], style: Style, shape: Shape) -> str:
    """Return a new string, plurals or array with its notes, without the first indentation.

    Args:
        entries: The entry by its index in the array, or by None alone.
        style: The habits of the file.
        shape: Its indentation.

    Raises:
        FormatError: ``format.markup``: the markup of a text is broken.
    """
    entry = next(iter(entries.values()))
    notes = _comment(entry.notes, style, shape)
    if None not in entries:
        name = block_of(entry.key)[0].removesuffix("[]")
        items = [
            array_item(entries.get(index), style)
            for index in range(max(i for i in entries if i is not None) + 1)
        ]
        return notes + _group("string-array", name, items, style, shape)
    if isinstance(entry.text, Plural):
        items = [item(label, text, entry.flags, style) for label, text in entry.text.forms]
        return notes + _group("plurals", entry.key, items, style, shape)
    name, _, product = entry.key.partition(":")
    attributes = f'name="{_quote(name)}"' + (f' product="{_quote(product)}"' if product else "")
    return f"{notes}<string {attributes}>{write(entry.text, entry.flags, style)}</string>"


def item(label: str | None, text: str, kind: frozenset[str], style: Style) -> str:
    """Return one ``<item>``.

    Args:
        label: Plural category, None in an array.
        text: What it says.
        kind: Flags of its entry.
        style: The habits of the file.

    Raises:
        FormatError: ``format.markup``: the markup of the text is broken.
    """
    quantity = "" if label is None else f' quantity="{_quote(label)}"'
    return f"<item{quantity}>{write(text, kind, style)}</item>"


def array_item(entry: Entry | None, style: Style) -> str:
    """Return one ``<item>`` of an array, without an entry one that only keeps the place.

    Raises:
        FormatError: ``format.markup``: the markup of the text is broken.
    """
    if entry is None or not isinstance(entry.text, str):
        return "<item/>"
    return item(None, entry.text, entry.flags, style)


def _group(tag: str, name: str, items: list[str], style: Style, shape: Shape) -> str:
    inner = "" if shape.item is None else style.newline + shape.item
    outer = "" if shape.block is None else style.newline + shape.block
    content = "".join(inner + each for each in items)
    return f'<{tag} name="{_quote(name)}">{content}{outer}</{tag}>'


def _comment(notes: str, style: Style, shape: Shape) -> str:
    if not notes or shape.block is None:
        return ""
    text = notes.replace("--", "- -").replace("\n", f"{style.newline}{shape.block}     ")
    return f"<!-- {text} -->{style.newline}{shape.block}"


def _quote(value: str) -> str:
    return _xml.escape(value).replace('"', "&quot;")
