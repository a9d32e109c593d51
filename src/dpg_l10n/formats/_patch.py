"""What the formats with one entry after another share: places of entries, and edits of the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.i18n import N_

Edit: TypeAlias = tuple[int, int, str]
"""Start, end and what comes between them instead."""


class Span(NamedTuple):
    """Where one entry stands. All places are offsets in the decoded text."""

    start: int
    """Where what goes with the entry begins: its notes, its indentation."""
    key: int
    """Of the entry's own first character."""
    value: int
    value_end: int
    end: int
    """Where what goes with the entry ends: after its line end, where the line is its own."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One parsed file."""

    data: bytes
    text: str
    codec: str
    entries: tuple[Entry, ...]
    spans: tuple[Span, ...]
    """Of each entry, in the same order."""
    more: Any = None
    """What else a format has to remember."""


def layout_of(
    catalogue: Catalogue, template: bytes | None, read: Callable[[bytes], Catalogue], empty: bytes
) -> Layout:
    """Return the layout that a catalogue is written into: of its own file, else of the template.

    Args:
        catalogue: What is written.
        template: The bytes to write into; None takes ``empty``.
        read: The format's parser.
        empty: A file of the format without entries.

    Raises:
        FormatError: The template is no valid file.
    """
    layout = catalogue.layout
    if isinstance(layout, Layout) and layout.data == template:
        return layout
    found: Layout = read(empty if template is None else template).layout
    return found


def edits(
    layout: Layout,
    entries: Iterable[Entry],
    changed: Callable[[Entry, Span, Entry], Edit | None],
    added: Callable[[Entry, Span | None], Edit],
) -> list[Edit]:
    """Return what makes a file hold these entries and no others.

    Args:
        layout: The file as it is.
        entries: What it shall hold, in the order of the source.
        changed: Returns the edit of an entry that differs: the old one, its place, the new one.
        added: Returns the edit of a new entry, given the place of the one it follows, if any.
    """
    there = {
        entry.key: (entry, span) for entry, span in zip(layout.entries, layout.spans, strict=True)
    }
    found: list[Edit] = []
    anchor: Span | None = None
    wanted = set()
    for entry in entries:
        wanted.add(entry.key)
        if entry.key not in there:
            found.append(added(entry, anchor))
            continue
        old, anchor = there[entry.key]
        if old is not entry and (edit := changed(old, anchor, entry)) is not None:
            found.append(edit)
    if len(wanted) < len(there) or not wanted.issuperset(there):
        gone = (span for key, (_, span) in there.items() if key not in wanted)
        found += [(span.start, span.end, "") for span in gone]
    return found


def apply(text: str, changes: list[Edit]) -> str:
    """Return a text with its edits; those at the same place stay in their order."""
    pieces: list[str] = []
    done = 0
    for start, end, new in sorted(changes, key=lambda edit: edit[:2]):
        pieces += (text[done:start], new)
        done = max(done, end)
    return "".join(pieces) + text[done:]


def refuse_duplicate(key: str, first: int, line: int) -> FormatError:
    """Return the error of a key that stands twice, with both lines."""
    return FormatError(
        N_("“{key}” stands here and on line {first}. Programs take one of them without a word. "
           "Remove the other."),
        code="duplicate", line=line, key=key, first=first,
    )  # fmt: skip


def line_start(text: str, offset: int) -> int:
    """Return where the line of an offset begins, or the offset if more than white space precedes."""
    start = text.rfind("\n", 0, offset) + 1
    return start if not text[start:offset].strip(" \t") else offset


def line_end(text: str, offset: int) -> int:
    """Return where the next line begins, or the offset if more than white space follows."""
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end + 1
    return end if not text[offset:end].strip(" \t\r\n") else offset
