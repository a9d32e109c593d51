"""Reading lines of ``key = value``, comments and sections."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from dpg_l10n.domain.catalogue import NO_FLAGS, Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text
from dpg_l10n.formats._patch import Layout, Span, refuse_duplicate
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


class Head(NamedTuple):
    """A line that begins a section."""

    name: str
    start: int
    """Where what goes with it begins: the comments directly above."""
    inside: int
    """Where its first entry begins."""


class More(NamedTuple):
    """What the writer has to know beside the places of entries."""

    heads: list[Head]
    """Every line of a section, in the order of the file."""
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
    heads: list[Head] = []
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
            section = bare[1:-1].strip()
            heads.append(Head(section, above if notes else first, end))
            notes = []
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
    layout = Layout(data, text, codec, tuple(entries), tuple(spans), More(heads, twins))
    return Catalogue(dialect.name, layout.entries, encoding=codec, layout=layout)


def _no_entry(line: int, said: str) -> FormatError:
    return FormatError(
        N_("This line is no entry, section or comment: {said}. Write key=value."), code="syntax",
        line=line, said=said[:60],
    )  # fmt: skip


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
