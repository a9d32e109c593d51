"""Write Java ``.properties`` files: patch what changed, leave every other byte."""

from __future__ import annotations

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Text, plain
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text
from dpg_l10n.formats.properties.layout import Layout, Line
from dpg_l10n.formats.properties.parse import decode, parse
from dpg_l10n.formats.properties.style import (
    Style,
    indent_of,
    is_separator,
    style_of,
    write_key,
    write_value,
)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a ``.properties`` file, laid out as the template is.

    Comments are not edited: notes are written above a new entry only, and comments directly above
    an entry that is taken out go with it. Of a plural only its general form can be written.

    Raises:
        FormatError: The template is no valid file, or a text holds half a surrogate pair.
    """
    layout: Layout = catalogue.layout
    if not isinstance(layout, Layout) or layout.data != template:
        layout = parse(template or b"").layout
    if catalogue.entries is layout.entries:
        return layout.data
    style = style_of(layout)
    data = _text.encode(_edit(layout, catalogue.entries, style), layout.codec)
    if layout.codec == "iso-8859-1" and not _is_kept(data):
        # The few letters of a short file can happen to look like UTF-8.
        data = _text.encode(_edit(layout, catalogue.entries, style.ascii()), layout.codec)
    return data


def _is_kept(data: bytes) -> bool:
    try:
        return decode(data)[0] == data.decode("iso-8859-1")
    except FormatError:
        return False


def _edit(layout: Layout, entries: tuple[Entry, ...], style: Style) -> str:
    """Return the text that holds these entries."""
    changed = _changed(layout, entries)
    if changed is not None:
        return _patched(
            layout.text,
            [_replacement(layout.text, line, plain(text), style) for line, text in changed],
        )
    there = {
        entry.key: (entry, line) for entry, line in zip(layout.entries, layout.lines, strict=True)
    }
    edits: list[tuple[int, int, str]] = []
    anchor: Line | None = None
    wanted = set()
    for entry in entries:
        wanted.add(entry.key)
        found = there.get(entry.key)
        if found is None:
            edits.append(_insertion(layout, anchor, entry, style, is_first=not edits))
            continue
        old, anchor = found
        if old.text != entry.text:
            edits.append(_replacement(layout.text, anchor, plain(entry.text), style))
    edits += [(line.start, line.end, "") for key, (_, line) in there.items() if key not in wanted]
    edits.sort(key=lambda edit: edit[:2])
    return _patched(layout.text, edits)


def _changed(layout: Layout, entries: tuple[Entry, ...]) -> list[tuple[Line, Text]] | None:
    """Return the lines that get another text; None when entries came, went or moved."""
    if len(entries) != len(layout.entries):
        return None
    found: list[tuple[Line, Text]] = []
    for old, new, line in zip(layout.entries, entries, layout.lines, strict=True):
        if old is new:
            continue
        if old.key != new.key:
            return None
        if old.text != new.text:
            found.append((line, new.text))
    return found


def _patched(text: str, edits: list[tuple[int, int, str]]) -> str:
    """Return a text with pieces of it replaced, which stand in its order."""
    pieces: list[str] = []
    done = 0
    for start, end, new in edits:
        pieces += (text[done:start], new)
        done = end
    return "".join(pieces) + text[done:]


def _replacement(text: str, line: Line, value: str, style: Style) -> tuple[int, int, str]:
    separator = text[line.separator : line.value]
    if separator:
        raw = write_value(value, style, separator, text[line.value : line.value_end])
        return line.value, line.value_end, raw
    key = text[line.key : line.separator]
    # A backslash that ends the file is nothing; before our separator it would be an escape.
    is_open = (len(key) - len(key.rstrip("\\"))) % 2
    raw = style.separator + write_value(value, style, style.separator)
    return line.value - is_open, line.value_end, raw


def _insertion(
    layout: Layout, anchor: Line | None, entry: Entry, style: Style, *, is_first: bool
) -> tuple[int, int, str]:
    """Return the edit that adds an entry after another one, or before all others."""
    text, newline = layout.text, style.newline
    like = anchor or (layout.lines[0] if layout.lines else None)
    indent = indent_of(like, text) if like else ""
    separator = text[like.separator : like.value] if like else style.separator
    if not is_separator(separator):
        separator = style.separator
    key = indent + write_key(entry.key, style)
    if like:
        separator = _text.in_column(text, like.separator, separator, len(key))
    notes = "".join(f"{indent}# {line}{newline}" for line in entry.notes.splitlines())
    value = write_value(plain(entry.text), style, separator)
    new = f"{notes}{key}{separator}{value}"
    if anchor is not None:
        if anchor.end > anchor.value_end:
            return anchor.end, anchor.end, new + newline
        # No line end: the last line of the file, perhaps with a backslash that would join ours.
        is_open = text[anchor.key : anchor.end].endswith(("\\", "\n", "\r"))
        return anchor.end, anchor.end, (newline if is_open else "") + newline + new
    if layout.lines:
        return layout.lines[0].start, layout.lines[0].start, new + newline
    # Only comments: a blank line keeps them from being read as notes on the first entry.
    gap = newline if is_first and text.strip() else ""
    gap += newline if gap and not text.endswith(("\n", "\r")) else ""
    return len(text), len(text), gap + new + newline
