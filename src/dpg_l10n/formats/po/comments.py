"""The comment lines of a unit: notes, locations, flags, the previous source."""

from __future__ import annotations

import re
from functools import lru_cache

from dpg_l10n.domain.catalogue import FUZZY, NO_FLAGS, Entry
from dpg_l10n.domain.message import Plural, Text, texts
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.po import grammar
from dpg_l10n.formats.po.wrap import Style, field
from dpg_l10n.i18n import N_

_ORDER = {"#": 0, "#.": 1, "#:": 2, "#,": 3, "#=": 3, "#|": 4}
"""Marks in the order in which gettext's tools write them; the first is the translator's."""
_LINES = re.compile(r"[^\n]*+\n|[^\n]++")
_BREAK = re.compile(r"\r\n|\r|\n")
_NO_FLAG = re.compile(r"[,\r\n]")
_USUAL = re.compile(
    r"((?:#\. [^\r\n]*+\n)*+)((?:#: [^\r\n]*+\n)*+)(#, [^\r\n]*+\n)?+((?:#\| [^|\r\n]*+\n)*+)"
)
"""Comments as gettext's tools write them, without any of a translator."""
_LIMIT = re.compile(r"\bmax[-_ ]?length[ \t]*[:=][ \t]*([0-9]{1,6})", re.IGNORECASE)
LIMIT_FLAG = re.compile(r"max-length:([0-9]{1,6})")


class BadPreviousError(ValueError):
    """The ``#|`` lines above a message are no message."""


Comments = tuple[str, str, frozenset[str], Text | None, int | None]
"""Notes, locations, flags, previous source, length limit: as :class:`Entry` has them."""
NONE: Comments = ("", "", NO_FLAGS, None, None)


def read(block: str, encoding: str) -> Comments:
    """Return what the comments above a message say.

    Args:
        block: Whole lines, blank ones among them or not.
        encoding: Codec of the file, for escapes in a previous source.

    Raises:
        BadPreviousError: The ``#|`` lines are no message.
        ValueError: An escape in them is wrong.
    """
    usual = _USUAL.fullmatch(block)
    if usual is not None:
        note, place, flag, old = usual.groups()
        if note:
            note = note[3:-1].replace("\n#. ", "\n")
        if place:
            place = place[3:-1].replace("\n#: ", "\n")
        flags = read_flags(flag) if flag else NO_FLAGS
        previous = read_previous(old.replace("#|", ""), encoding) if old else None
        return note, place, flags, previous, limit(note, flags) if note or flag else None
    return _read_lines(block, encoding)


def _read_lines(block: str, encoding: str) -> Comments:
    """Return what comments in another order or spelling say."""
    notes: list[str] = []
    locations: list[str] = []
    flags = NO_FLAGS
    earlier: list[str] = []
    for line in block.split("\n"):
        mark = line.lstrip(" \t\r\f\v")[:2]
        if mark == "#:":
            locations.append(_content(line))
        elif mark == "#.":
            notes.append(_content(line))
        elif mark in ("#,", "#="):
            flags = (flags | read_flags(line)) if flags else read_flags(line)
        elif mark == "#|":
            earlier.append(line.partition("|")[2])
    note = "\n".join(notes)
    return (
        note,
        "\n".join(locations),
        flags,
        read_previous("\n".join(earlier), encoding) if earlier else None,
        limit(note, flags),
    )


def _content(line: str) -> str:
    content = line.lstrip(" \t\r\f\v")[2:].removeprefix(" ")
    if "\r" in content:
        # At the end it belongs to the line end; inside, it would end a line in other files.
        content = content.removesuffix("\r").replace("\r", " ")
    return content


@lru_cache(maxsize=1024)
def read_flags(line: str) -> frozenset[str]:
    """Return the flags of one ``#,`` line."""
    return frozenset(
        flag for part in line.strip()[2:].replace("\r", " ").split(",") if (flag := part.strip())
    )


def read_previous(text: str, encoding: str) -> Text | None:
    """Return the source text that ``#|`` lines name, None when they name a context only.

    Raises:
        BadPreviousError: The lines are no message.
        ValueError: An escape in them is wrong.
    """
    match = grammar.PREVIOUS.fullmatch(text + "\n")
    if match is None:
        raise BadPreviousError(text)
    _, one, other = match.groups()
    if one is None:
        return None
    source = grammar.unescape(one, encoding)
    if other is None:
        return source
    return Plural((("one", source), ("other", grammar.unescape(other, encoding))))


def limit(notes: str, flags: frozenset[str]) -> int | None:
    """Return the length limit in characters that a ``max-length:`` flag or else a note states."""
    for flag in flags:
        if match := LIMIT_FLAG.fullmatch(flag):
            return int(match[1])
    match = _LIMIT.search(notes)
    return int(match[1]) if match else None


def of(entry: Entry) -> Comments:
    """Return what the comments of an entry are to say.

    A length limit that neither note nor flag states becomes a ``max-length:`` flag.
    """
    flags = entry.flags
    if entry.max_chars is not None and limit(entry.notes, flags) != entry.max_chars:
        others = {flag for flag in flags if not LIMIT_FLAG.fullmatch(flag)}
        flags = frozenset({*others, f"max-length:{entry.max_chars}"})
    return entry.notes, entry.locations, flags, entry.previous, entry.max_chars


def rewrite(head: str, old: Comments, new: Comments, style: Style) -> str:
    """Return the lines above a message with what changed in them, and all others as they were.

    Args:
        head: Comment lines and white space, as :data:`grammar.MESSAGE` catches them.
        old: What :func:`read` says of them.
        new: What they are to say.
        style: How the file breaks lines.

    Raises:
        FormatError: ``format.text``: a flag cannot be written.
    """
    lines = _LINES.findall(head)
    if new[0] != old[0]:
        lines = _replaced(lines, "#.", _marked("#.", new[0]), style)
    if new[1] != old[1]:
        lines = _replaced(lines, "#:", _marked("#:", new[1]), style)
    if new[2] != old[2]:
        lines = _with_flags(lines, new[2], style)
    if new[3] != old[3]:
        lines = _replaced(lines, "#|", _previous_lines(new[3], style), style)
    return "".join(lines)


def _mark(line: str) -> str:
    mark = line.lstrip(" \t\r\f\v")[:2]
    return mark if mark in _ORDER else mark[:1]


def _marked(mark: str, content: str) -> list[str]:
    if not content:
        return []
    return [f"{mark} {line}" if line else mark for line in _BREAK.split(content)]


def _previous_lines(previous: Text | None, style: Style) -> list[str]:
    if previous is None:
        return []
    one, *other = texts(previous)
    return [field("msgid", one, style, "#| ")] + [
        field("msgid_plural", form, style, "#| ") for form in other[-1:]
    ]


def _replaced(lines: list[str], mark: str, contents: list[str], style: Style) -> list[str]:
    """Return the lines with those of one mark replaced, in the place that gettext gives them."""
    order = _ORDER[mark]
    kept = [line for line in lines if _mark(line) != mark]
    at = next((i for i, line in enumerate(lines) if _mark(line) == mark), None)
    if at is None:
        # Behind the last line that belongs before it; white space may end the block.
        at = next(
            (
                i + 1
                for i in reversed(range(len(kept)))
                if 0 <= _ORDER.get(_mark(kept[i]), -1) < order
            ),
            next((i for i, line in enumerate(kept) if _mark(line)), len(kept)),
        )
    return [*kept[:at], *(line + style.newline for line in contents), *kept[at:]]


def _with_flags(lines: list[str], flags: frozenset[str], style: Style) -> list[str]:
    """Return the lines with other flags; those that stay keep their place and order."""
    for flag in flags:
        if not flag or flag != flag.strip() or _NO_FLAG.search(flag):
            raise FormatError(
                N_("“{flag}” cannot be written as a flag: it holds a comma or a line end."),
                code="text", flag=flag,
            )  # fmt: skip
    told: set[str] = set()
    kept: list[str] = []
    for line in lines:
        if _mark(line) not in ("#,", "#="):
            kept.append(line)
            continue
        before = [flag.strip() for flag in line.strip()[2:].replace("\r", " ").split(",")]
        after = [flag for flag in before if flag in flags and flag not in told]
        told.update(after)
        if after == before:
            kept.append(line)
        elif after:
            kept.append(f"{_mark(line)} {', '.join(after)}{style.newline}")
    added = sorted(flags - told, key=lambda flag: (flag != FUZZY, flag))
    if not added:
        return kept
    at = next((i for i, line in enumerate(kept) if _mark(line) == "#,"), None)
    if at is None:
        return _replaced(kept, "#,", [f"#, {', '.join(added)}"], style)
    present = kept[at].strip()[2:].strip()
    first, last = (added[:1], added[1:]) if added[0] == FUZZY else ([], added)
    kept[at] = f"#, {', '.join([*first, present, *last])}{style.newline}"
    return kept
