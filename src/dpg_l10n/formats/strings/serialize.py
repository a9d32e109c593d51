"""Write Apple ``.strings`` files: patch what changed, leave every other byte."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import plain
from dpg_l10n.formats import _text
from dpg_l10n.formats.strings import escapes
from dpg_l10n.formats.strings.layout import Layout, Pair
from dpg_l10n.formats.strings.parse import parse

_UNICODE = re.compile(r"\\U[0-9a-fA-F]{4}")
_SEPARATOR = re.compile(r"[ \t]*+=[ \t]*+")
_BLANK_LINE = re.compile(r"[ \t]*+(?:\r\n|\r|\n)")


@dataclass(frozen=True, slots=True)
class _Style:
    """How a file writes what can be written in more than one way."""

    newline: str
    separator: str
    spaced: bool
    """A blank line stands between two entries."""
    ascii_only: bool


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a ``.strings`` file, laid out as the template is.

    Comments are not edited: notes are written above a new entry only, and those of an entry that
    is taken out go with it. Of a plural only its general form can be written.

    Raises:
        FormatError: The template is no valid file, or a text holds half a surrogate pair.
    """
    layout: Layout = catalogue.layout
    if not isinstance(layout, Layout) or layout.data != template:
        layout = parse(template or b"").layout
    if catalogue.entries is layout.entries:
        return layout.data
    return _text.encode(_edit(layout, catalogue.entries, _style(layout)), layout.codec)


def _style(layout: Layout) -> _Style:
    text, pairs = layout.text, layout.pairs
    between = (text[pair.key_end : pair.value] for pair in pairs)
    spaced = sum(_blank_line(text, pair.end) > 0 for pair in pairs[:-1])
    return _Style(
        newline=_text.newline(text),
        separator=next((found for found in between if _SEPARATOR.fullmatch(found)), " = "),
        spaced=spaced * 2 > len(pairs) - 1,
        ascii_only=text.isascii() and _UNICODE.search(text) is not None,
    )


def _blank_line(text: str, at: int) -> int:
    """Return the length of the blank line that begins at a place, 0 without one."""
    found = _BLANK_LINE.match(text, at) if text[at - 1] in "\r\n" else None
    return len(found[0]) if found else 0


def _edit(layout: Layout, entries: tuple[Entry, ...], style: _Style) -> str:
    """Return the text that holds these entries."""
    there = {
        entry.key: (entry, pair) for entry, pair in zip(layout.entries, layout.pairs, strict=True)
    }
    edits: list[tuple[int, int, str]] = []
    anchor: Pair | None = None
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
    edits += [(pair.start, pair.end, "") for key, (_, pair) in there.items() if key not in wanted]
    return _apply(layout.text, edits)


def _apply(text: str, edits: list[tuple[int, int, str]]) -> str:
    """Return a text with its edits; of what is taken out no second or last blank line stays."""
    pieces: list[str] = []
    done = 0
    before = ""
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        pieces += (text[done:start], new)
        before = (before + text[max(done, start - 4) : start] + new)[-4:]
        done = max(done, end)
        if not new and before.replace("\r\n", "\n")[-2:] in ("", "\n\n"):
            done += _blank_line(text, done)
    result = "".join(pieces) + text[done:]
    newline = _text.newline(text)
    if done >= len(text) and result.endswith(newline * 2) and not text.endswith(newline * 2):
        result = result.removesuffix(newline)
    return result


def _replacement(text: str, pair: Pair, value: str, style: _Style) -> tuple[int, int, str]:
    old = text[pair.value : pair.value_end]
    if old and old[0] not in "\"'" and escapes.BARE.fullmatch(value) and value[0] != "/":
        return pair.value, pair.value_end, value
    new = escapes.encode(value, old=old, newline=style.newline, ascii_only=style.ascii_only)
    return pair.value, pair.value_end, new if old else style.separator + new


def _insertion(
    layout: Layout, anchor: Pair | None, entry: Entry, style: _Style, *, is_first: bool
) -> tuple[int, int, str]:
    """Return the edit that adds an entry after another one, or before all others."""
    text, newline = layout.text, style.newline
    like = anchor or (layout.pairs[0] if layout.pairs else None)
    indent = _indent(text, like) if like else ""
    key = entry.key
    is_bare = like is not None and text[like.key] not in "\"'" and key[:1] != "/"
    if not is_bare or not escapes.BARE.fullmatch(key):
        key = escapes.encode(key, ascii_only=style.ascii_only)
    separator = style.separator
    if like and _SEPARATOR.fullmatch(own := text[like.key_end : like.value]):
        separator = _text.in_column(text, like.key_end, own, len(indent) + len(key))
    value = escapes.encode(plain(entry.text), ascii_only=style.ascii_only)
    notes = entry.notes.replace("*/", "* /").replace("\n", newline + indent + "   ")
    notes = f"{indent}/* {notes} */{newline}" if notes else ""
    new = f"{notes}{indent}{key}{separator}{value};"
    gap = newline if style.spaced else ""
    if anchor is None and like is not None:
        return like.start, like.start, f"{new}{newline}{gap}"
    if anchor is not None:
        at, ends_line = anchor.end, text[anchor.end - 1] in "\r\n"
        if ends_line:
            return at, at, f"{gap}{new}{newline}"
        return at, at, f"{newline}{gap}{new}" + ("" if at == len(text) else newline)
    # Only comments: a blank line keeps them from being read as notes on the first entry.
    gap = newline if text.strip() and is_first else ""
    gap += newline if gap and not text.endswith(("\n", "\r")) else ""
    return len(text), len(text), f"{gap}{new}{newline}"


def _indent(text: str, pair: Pair) -> str:
    line = text[text.rfind("\n", 0, pair.key) + 1 : pair.key]
    return line if not line.strip(" \t") else ""
