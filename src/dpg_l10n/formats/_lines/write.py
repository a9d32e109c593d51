"""Writing lines of ``key = value`` in the style of one file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import plain
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text
from dpg_l10n.formats._lines.parse import Dialect, Head, More, parse
from dpg_l10n.formats._patch import Edit, Layout, Span, apply, edits, layout_of
from dpg_l10n.i18n import N_

_BLANK = re.compile(r"[ \t]*+(?:\r\n|\n|\r)")
_AFTER_BLANK = re.compile(r"\A\Z|(?:\A|\n|\r(?!\n))[ \t]*(?:\r\n|\n|\r)\Z")


def serialize(
    catalogue: Catalogue,
    template: bytes | None,
    dialect: Dialect,
    read: Callable[[bytes], Catalogue] | None = None,
) -> bytes:
    """Return the bytes of a file, laid out as the template is.

    Args:
        catalogue: What is written.
        template: The bytes to write into; None begins a new file.
        dialect: How lines are written.
        read: Parser of a format with values over several lines; None takes :func:`parse`.

    Raises:
        FormatError: The template is no valid file, or a text or key cannot be written.
    """
    layout = layout_of(catalogue, template, read or (lambda data: parse(data, dialect)), b"")
    if catalogue.entries is layout.entries:
        return layout.data
    writer = _Writer(layout, dialect)
    wanted = catalogue.by_key()
    changes = edits(layout, catalogue.entries, writer.changed, writer.added)
    changes += writer.twins(wanted) + writer.new_sections()
    changes = writer.tidied(changes, wanted)
    return _text.encode(apply(layout.text, changes), layout.codec)


class _Writer:
    """Writes lines in the style of one file."""

    def __init__(self, layout: Layout, dialect: Dialect) -> None:
        self.layout = layout
        self.text = layout.text
        self.dialect = dialect
        self.newline = _text.newline(layout.text)
        more: More = layout.more
        self.heads = more.heads
        self.starts = [head.inside for head in more.heads]
        self.first = {head.name: head for head in reversed(more.heads)}
        self.new: dict[str, tuple[int, list[str]]] = {}
        self.filled: set[str] = set()
        self.dotted = not dialect.sections or (not more.heads and bool(layout.entries))

    def changed(self, old: Entry, span: Span, new: Entry) -> Edit | None:
        """Return the edit of a value."""
        if old.text == new.text:
            return None
        raw = self.text[span.value : span.value_end]
        value = self.dialect.encode(plain(new.text), raw, new.key)
        return span.value, span.value_end, value

    def twins(self, wanted: dict[str, Entry]) -> list[Edit]:
        """Return the edits that let lines of one key say the same."""
        old = {entry.key: entry for entry in self.layout.entries}
        found = []
        for key, span in self.layout.more.twins:
            new = wanted.get(key)
            edit = self.changed(old[key], span, new) if new else (span.start, span.end, "")
            found += [edit] if edit else []
        return found

    def added(self, entry: Entry, anchor: Span | None) -> Edit:
        """Return the edit that adds a line behind another one, or at the start of its section."""
        section, key = self.split(entry.key)
        self.filled.add(section)
        like = anchor or (self.layout.spans[0] if self.layout.spans else None)
        sign, old = "=", ""
        if like is not None:
            head = self.text[like.key : like.value]
            before = len(head.partition("=")[0].rstrip())
            sign = head[before:].rstrip('"') or "="
            sign = _text.in_column(self.text, like.key + before, sign, len(key))
            old = self.text[like.value : like.value_end]
        line = f"{key}{sign}{self.dialect.encode(plain(entry.text), old, entry.key)}"
        notes = "".join(
            f"{self.dialect.comments[0]} {each}{self.newline}"
            for each in entry.notes.split("\n")
            if each
        )
        if section and section not in self.first:
            at = self.head_after(anchor.end if anchor else 0)
            self.new.setdefault(section, (at, []))[1].append(notes + line)
            return at, at, ""
        if anchor is not None and self.section_at(anchor.key) == section:
            at = anchor.end
        elif section:
            at = self.first[section].inside
        else:
            firsts = [span.start for span in self.layout.spans if not self.section_at(span.key)]
            at = firsts[0] if firsts else self.top()
        below = self.below_notes(at, section, entry.notes) if notes else None
        if below is not None:
            return below, below, line + self.newline
        if at and self.text[at - 1] not in "\r\n":
            return at, at, self.newline + notes + line
        return at, at, notes + line + self.newline

    def below_notes(self, at: int, section: str, notes: str) -> int | None:
        """Return where the next entry begins that has the same notes, which then head both."""
        for old, span in zip(self.layout.entries, self.layout.spans, strict=True):
            if span.start >= at:
                is_same = old.notes == notes and self.section_at(span.key) == section
                return self.text.rfind("\n", 0, span.key) + 1 if is_same else None
        return None

    def top(self) -> int:
        """Return where the first entry of a file without any goes: behind its first comments."""
        at, end = 0, self.head_after(0)
        while at < end:
            line_end = self.text.find("\n", at) + 1 or len(self.text)
            line = self.text[at:line_end].strip()
            if line and not line.startswith(self.dialect.comments):
                return at
            at = line_end
        return end

    def head_after(self, offset: int) -> int:
        """Return where the next section begins, or the text ends."""
        place = bisect_right(self.starts, offset)
        return self.heads[place].start if place < len(self.heads) else len(self.text)

    def section_at(self, offset: int) -> str:
        """Return the section that a place is in."""
        place = bisect_right(self.starts, offset)
        return self.heads[place - 1].name if place else ""

    def split(self, key: str) -> tuple[str, str]:
        """Return section and own name of a key.

        Raises:
            FormatError: ``format.key``: no line can begin with it.
        """
        known = [n for n in self.first if key.startswith(f"{n}.") and len(key) > len(n) + 1]
        section = max(known, key=len, default="")
        if not section and not self.dotted:
            section = key.rpartition(".")[0]
        own = key[len(section) + 1 :] if section else key
        bad = not own.strip() or own != own.strip() or re.search(r"[=\r\n\x85\u2028\u2029]", own)
        if bad or own.startswith((*self.dialect.comments, "[")) or re.search(r"[\r\n]", section):
            raise FormatError(
                N_("“{key}” cannot be the key of a line. Use letters, digits, dots and hyphens."),
                code="key", key=key,
            )  # fmt: skip
        return section, own

    def new_sections(self) -> list[Edit]:
        """Return the edits that add new sections, each before the one that its predecessor has."""
        end = len(self.text)
        places = [head.start for head in self.heads if head.start]
        gap = self.newline if not places or any(map(self.is_parted, places)) else ""
        found: list[Edit] = []
        last: list[str] = []
        for section, (at, lines) in self.new.items():
            body = "".join(line + self.newline for line in (f"[{section}]", *lines))
            if at < end:
                found.append((at, at, body + gap))
            else:
                last.append(body)
        if last:
            is_open = bool(end) and self.text[-1] not in "\r\n"
            added = (self.newline if is_open else "") + (gap if end else "") + gap.join(last)
            found.append((end, end, added.removesuffix(self.newline) if is_open else added))
        return found

    def is_parted(self, offset: int) -> bool:
        """Tell whether a blank line stands before a place, or nothing."""
        return _AFTER_BLANK.search(self.text, max(0, offset - 200), offset) is not None

    def tidied(self, changes: list[Edit], wanted: dict[str, Entry]) -> list[Edit]:
        """Return the edits with what removed entries leave: empty sections, and blank lines.

        A section goes with its last entry, unless it holds something else. Of blank lines around
        what goes, those before it stay; at the end of a file none.
        """
        gone = [edit for edit in changes if edit[0] < edit[1] and not edit[2]]
        if not gone:
            return changes
        kept = {
            self.section_at(span.key)
            for entry, span in zip(self.layout.entries, self.layout.spans, strict=True)
            if entry.key in wanted
        }
        found = [edit for edit in changes if edit not in gone]
        tail = len(self.text)
        for first, last in reversed(_joined([*gone, *self.emptied(gone, self.filled | kept)])):
            start, end = first, last
            if not self.text[end:tail].strip():
                end, start = max(end, tail), self.last_before(start)
                tail = start
            while self.is_parted(start) and (blank := _BLANK.match(self.text, end)):
                end = blank.end()
            found.append((start, end, ""))
        return found

    def emptied(self, gone: Iterable[Edit], used: set[str]) -> list[Edit]:
        """Return the edits that take out the sections in which nothing is left."""
        found: list[Edit] = []
        for head in self.heads:
            if head.name in used or not self.is_single(head):
                continue
            end = self.head_after(head.inside)
            inner = sorted(edit for edit in gone if head.inside <= edit[0] < end)
            rest, at = [], head.inside
            for start, stop, _ in inner:
                rest.append(self.text[at:start])
                at = max(at, stop)
            if inner and not "".join([*rest, self.text[at:end]]).strip():
                found.append((head.start, end, ""))
        return found

    def last_before(self, offset: int) -> int:
        """Return where the blank lines before a line begin, or the line itself."""
        bare = len(self.text[:offset].rstrip())
        return (
            self.text.find("\n", bare, offset) + 1
            if bare and "\n" in self.text[bare:offset]
            else offset
        )

    def is_single(self, head: Head) -> bool:
        """Tell whether a section is no element of a list, whose place is its name."""
        line = self.text[head.start : head.inside].rstrip().rpartition("\n")[2]
        return not line.lstrip().startswith("[[")


def _joined(changes: Iterable[Edit]) -> list[tuple[int, int]]:
    """Return start and end of what edits take out, in order, those that touch as one."""
    found: list[tuple[int, int]] = []
    for start, end, _ in sorted(changes):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
