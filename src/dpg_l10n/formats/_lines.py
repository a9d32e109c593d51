"""What the formats of lines ``key = value`` share: INI with its dialects, CommCare's texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from dpg_l10n.domain.catalogue import NO_FLAGS, Catalogue, Entry
from dpg_l10n.domain.message import plain
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text
from dpg_l10n.formats._patch import (
    Edit,
    Layout,
    Span,
    apply,
    edits,
    layout_of,
    refuse_duplicate,
)
from dpg_l10n.i18n import N_

_LINE = re.compile(r"([^\r\n]*+)(?:\r\n|\n|\r|\Z)")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one format writes its lines."""

    name: str
    comments: tuple[str, ...]
    """Signs that begin a comment in a line of its own."""
    sections: bool
    """``[name]`` begins a section, whose name and a dot come before its keys."""
    value: re.Pattern[str]
    """Matches from behind the sign to the end of the line; group 1 is the raw value."""
    decode: Callable[[str], str]
    encode: Callable[[str, str, str], str]
    """Return the raw value of a text; the second argument is the old one, the third the key."""


class More(NamedTuple):
    """What the writer has to know beside the places of entries."""

    sections: dict[str, int]
    """Where each begins, behind its line."""
    twins: list[tuple[str, Span]]
    """Lines that repeat an entry word for word, by its key."""


def parse(data: bytes, dialect: Dialect) -> Catalogue:
    """Return the entries of a file.

    Raises:
        FormatError: ``format.syntax``: a line that is none of the format's; ``format.duplicate``: a
            key twice with different texts.
    """
    text, codec = _text.decode(data)
    entries: list[Entry] = []
    spans: list[Span] = []
    sections: dict[str, int] = {"": 0}
    seen: dict[str, Entry] = {}
    twins: list[tuple[str, Span]] = []
    section, above = "", 0
    notes: list[str] = []
    for number, found in enumerate(_LINE.finditer(text), start=1):
        line, first, end = found[1], found.start(), found.end()
        bare = line.strip()
        if not bare:
            notes = []
        elif bare.startswith(dialect.comments):
            above = above if notes else first
            notes.append(bare.lstrip("".join(dialect.comments)).strip())
        elif dialect.sections and bare[0] == "[" and bare[-1] == "]":
            section, notes = bare[1:-1].strip(), []
            sections.setdefault(section, end)
        else:
            key, sign, _ = line.partition("=")
            raw = dialect.value.match(text, first + len(key) + 1, found.end(1)) if sign else None
            if raw is None:
                raise _no_entry(number, bare)
            name = f"{section}.{key.strip()}" if section else key.strip()
            said = dialect.decode(raw[1])
            if name in seen:
                if said != seen[name].text:
                    raise refuse_duplicate(name, seen[name].line, number)
                twins.append((name, Span(first, first, *raw.span(1), end)))
                notes = []
                continue
            note = "\n".join(filter(None, notes))
            entry = Entry(name, said, None, "", note, "", NO_FLAGS, None, None, number)
            seen[name] = entry
            entries.append(entry)
            spans.append(Span(above if notes else first, first, *raw.span(1), end))
            notes = []
    layout = Layout(data, text, codec, tuple(entries), tuple(spans), More(sections, twins))
    return Catalogue(dialect.name, layout.entries, encoding=codec, layout=layout)


def _no_entry(line: int, said: str) -> FormatError:
    return FormatError(
        N_("This line is no entry, section or comment: {said}. Write key=value."), code="syntax",
        line=line, said=said[:60],
    )  # fmt: skip


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
    changes = edits(layout, catalogue.entries, writer.changed, writer.added)
    changes += writer.twins(catalogue.by_key()) + writer.new_sections()
    return _text.encode(apply(layout.text, changes), layout.codec)


class _Writer:
    """Writes lines in the style of one file."""

    def __init__(self, layout: Layout, dialect: Dialect) -> None:
        self.layout = layout
        self.text = layout.text
        self.dialect = dialect
        self.newline = _text.newline(layout.text)
        self.new: dict[str, list[str]] = {}
        self.dotted = not dialect.sections or (
            set(layout.more.sections) == {""} and bool(layout.entries)
        )

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
        like = anchor or (self.layout.spans[0] if self.layout.spans else None)
        sign, old = "=", ""
        if like is not None:
            head = self.text[like.key : like.value]
            sign = head[len(head.partition("=")[0].rstrip()) :].rstrip('"') or "="
            old = self.text[like.value : like.value_end]
        notes = "".join(
            f"{self.dialect.comments[0]} {line}{self.newline}"
            for line in entry.notes.split("\n")
            if line
        )
        line = f"{notes}{key}{sign}{self.dialect.encode(plain(entry.text), old, entry.key)}"
        if section not in self.layout.more.sections:
            self.new.setdefault(section, []).append(line)
            return len(self.text), len(self.text), ""
        if anchor is not None and self.section_at(anchor.key) == section:
            at = anchor.end
        elif section:
            at = self.layout.more.sections[section]
        else:
            firsts = [span.start for span in self.layout.spans if not self.section_at(span.key)]
            at = firsts[0] if firsts else self.top()
        if at and self.text[at - 1] not in "\r\n":
            return at, at, self.newline + line
        return at, at, line + self.newline

    def top(self) -> int:
        """Return where the first entry of a file without any goes: behind its first comments."""
        at = 0
        while at < len(self.text):
            end = self.text.find("\n", at) + 1 or len(self.text)
            if self.text[at:end].strip() and not self.text[at:end].strip().startswith(
                self.dialect.comments
            ):
                return at
            at = end
        return at

    def section_at(self, offset: int) -> str:
        """Return the section that a place is in."""
        found = ""
        for name, start in self.layout.more.sections.items():
            if start <= offset:
                found = name
        return found

    def split(self, key: str) -> tuple[str, str]:
        """Return section and own name of a key.

        Raises:
            FormatError: ``format.key``: no line can begin with it.
        """
        known = [
            n
            for n in self.layout.more.sections
            if n and key.startswith(f"{n}.") and len(key) > len(n) + 1
        ]
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
        """Return the edits that add new sections at the end."""
        end = len(self.text)
        before = "" if not end or self.text[-1] in "\r\n" else self.newline
        found: list[Edit] = []
        for section, lines in self.new.items():
            gap = self.newline if end or found else ""
            body = "".join(line + self.newline for line in lines)
            found.append((end, end, f"{before}{gap}[{section}]{self.newline}{body}"))
            before = ""
        return found


def one_line(text: str, key: str) -> str:
    """Return a text that fits into a line.

    Raises:
        FormatError: ``format.text``: it has line ends, which the format has no sign for, or white
            space at its end.
    """
    if re.search(r"[\r\n]", text) or text != text.rstrip():
        raise FormatError(
            N_("“{key}”: this format has one line for a text, without white space at its end."),
            code="text", key=key,
        )  # fmt: skip
    return text


__all__ = ["Dialect", "one_line", "parse", "serialize"]
