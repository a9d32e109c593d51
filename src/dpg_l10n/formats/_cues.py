"""What the two formats of subtitles share: cues, their times, the lines that they show."""

from __future__ import annotations

import re
from dataclasses import dataclass

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

_BLOCK = re.compile(r"(?:[^\r\n]+(?:\r\n|\r|\n|\Z))+")
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_PARTED = re.compile(r"(?:\r\n|\n|\r(?!\n)){2}\Z")
"""A blank line at the end."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one format writes cues."""

    name: str
    timing: re.Pattern[str]
    """Matches the line of times; group 1 is start, arrow and end, the rest are settings."""
    head: str
    """What an empty file begins with; a file must begin with it."""
    passed: tuple[str, ...]
    """First words of blocks that are no cues."""


def parse(data: bytes, dialect: Dialect) -> Catalogue:
    """Return the cues of a file, by their number or name and their times.

    Raises:
        FormatError: ``format.syntax``: a block without times; ``format.root``: no such file;
            ``format.duplicate``: number and times twice.
    """
    text, codec = _text.decode(data)
    if dialect.head and text.strip() and not text.startswith(dialect.head.strip()):
        raise FormatError(
            N_("The file does not begin with {head}."), code="root", line=1,
            head=dialect.head.strip(),
        )  # fmt: skip
    entries: list[Entry] = []
    spans: list[Span] = []
    seen: dict[str, int] = {}
    line, at, notes = 1, 0, ""
    for block in _BLOCK.finditer(text):
        start = block.start()
        line += _lines_in(text, at, start)
        at = start
        if dialect.passed and block[0].startswith(dialect.passed):
            notes = block[0][4:].strip() if block[0].startswith("NOTE") else ""
            continue
        name, timing, first = _head(block, dialect, line)
        key = f"{name} {timing[1]}".strip()
        if key in seen:
            raise refuse_duplicate(key, seen[key], line)
        seen[key] = line
        body = text[first : block.end()]
        shown = body.rstrip("\r\n")
        said = re.sub(r"\r\n?", "\n", shown)
        entries.append(Entry(key, said, None, "", notes, timing[0], NO_FLAGS, None, None, line))
        blank = re.compile(r"(?:\r\n|\r|\n)*").match(text, block.end())
        end = blank.end() if blank else block.end()
        spans.append(Span(start, start, first, first + len(shown), end))
        notes = ""
    layout = Layout(data, text, codec, tuple(entries), tuple(spans))
    return Catalogue(dialect.name, layout.entries, encoding=codec, layout=layout)


def _lines_in(text: str, start: int, end: int) -> int:
    part = text[start:end]
    return part.count("\n") + part.count("\r") - part.count("\r\n")


def _head(block: re.Match[str], dialect: Dialect, line: int) -> tuple[str, re.Match[str], int]:
    """Return name and times of a cue, and where its text begins."""
    at, name = block.start(), ""
    for _ in range(2):
        found = _LINE.match(block.string, at)
        if found is None:
            break
        timing = dialect.timing.fullmatch(found[1].strip())
        at = found.end()
        if timing:
            return name, timing, min(at, block.end())
        name = found[1].strip()
    raise FormatError(
        N_("This part of the subtitles has no line of times. Leave no blank line inside a text."),
        code="syntax", line=line,
    )  # fmt: skip


def serialize(catalogue: Catalogue, template: bytes | None, dialect: Dialect) -> bytes:
    """Return the bytes of a file, laid out as the template is; times are never changed.

    Raises:
        FormatError: The template is no valid file; a text has a blank line or an arrow.
    """
    layout = layout_of(
        catalogue, template, lambda data: parse(data, dialect), dialect.head.encode()
    )
    if catalogue.entries is layout.entries:
        return layout.data
    text = layout.text
    newline = _text.newline(text) if "\n" in text or "\r" not in text else "\r"

    def changed(old: Entry, span: Span, new: Entry) -> Edit | None:
        if old.text == new.text:
            return None
        said = shown(new)
        before = newline if said and not text[: span.value].endswith(("\n", "\r")) else ""
        return span.value, span.value_end, before + said

    def shown(entry: Entry) -> str:
        said = plain(entry.text)
        lines = said.split("\n")
        if "\r" in said or "-->" in said or (said and not all(lines)):
            raise FormatError(
                N_("“{key}”: a subtitle has no blank lines and no arrow “-->”."), code="text",
                key=entry.key,
            )  # fmt: skip
        return newline.join(lines)

    placed: set[int] = set()

    def added(entry: Entry, anchor: Span | None) -> Edit:
        name, timing = _name_and_times(entry, dialect)
        block = "".join(f"{part}{newline}" for part in (name, timing, shown(entry)) if part)
        at = anchor.end if anchor else layout.spans[0].start if layout.spans else len(text)
        before = "" if not at or text[:at].endswith(("\n", "\r")) else newline
        if at and not _PARTED.search(text[:at] + before):
            before += newline
        if at in placed and at == len(text):
            before = newline
        placed.add(at)
        return at, at, before + block + (newline if at < len(text) else "")

    changes = edits(layout, catalogue.entries, changed, added)
    return _text.encode(apply(text, changes), layout.codec)


def _name_and_times(entry: Entry, dialect: Dialect) -> tuple[str, str]:
    """Return name and line of times of a new cue, which its key holds.

    Raises:
        FormatError: ``format.key``: it holds none.
    """
    words = entry.key.split(" ")
    for cut in range(len(words)):
        timing = " ".join(words[cut:])
        if dialect.timing.fullmatch(timing):
            own = entry.locations if entry.locations.startswith(timing) else timing
            name = " ".join(words[:cut])
            if "\n" not in name and "\r" not in name:
                return name, own
    raise FormatError(
        N_("“{key}” has no times, so that no subtitle can be made of it."),
        code="key",
        key=entry.key,
    )
