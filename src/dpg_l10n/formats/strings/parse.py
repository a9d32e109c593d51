"""Read Apple ``.strings`` files."""

from __future__ import annotations

import re

from dpg_l10n.domain.catalogue import NO_FLAGS, Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text
from dpg_l10n.formats.strings import escapes, grammar
from dpg_l10n.formats.strings.layout import Layout, Pair
from dpg_l10n.i18n import N_

BINARY = b"bplist"
XML = re.compile(r"\s*+<(?:\?xml|!DOCTYPE\s+plist|plist)\b")
_TAIL = re.compile(r"[ \t]*+(?:\r\n|\r|\n|\Z)")
_DISABLED = re.compile(r"""\s*+(["']).{0,300}?\1\s*+=""", re.DOTALL)
_UNSAID = "No comment provided by engineer."
_MARKS = "\"'"


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the entries of a file.

    Args:
        data: The whole file.
        source: Not needed: the format has no plurals.

    Raises:
        FormatError: The file is compiled or no old property list of pairs, a key stands twice, or
            an escape stands for nothing.
    """
    text, codec = decode(data)
    reader = _Reader(text)
    reader.read()
    entries = tuple(reader.entries)
    layout = Layout(data, text, entries, tuple(reader.pairs), codec)
    return Catalogue("strings", entries, encoding=codec, layout=layout)


class _Reader:
    """One pass over a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.entries: list[Entry] = []
        self.pairs: list[Pair] = []
        self.comments: list[str] = []
        self.above = 0
        """Where the line of the first of these comments begins."""
        self.closed = 0
        """Where the last entry ends."""

    def read(self) -> None:
        """Read every entry."""
        text, entries, pairs = self.text, self.entries, self.pairs
        seen: dict[str, int] = {}
        at = counted = 0
        number = 1
        token, pair, count, tail = grammar.TOKEN.match, grammar.PAIR.match, text.count, _TAIL.match
        new = tuple.__new__  # what a named tuple's own constructor calls, in a third of its time
        while match := token(text, at) or pair(text, at):
            if match.re is grammar.PAIR:
                key_start, key_end, value, value_end = match.span("key") + match.span("value")
                if value < 0:
                    value = value_end = key_end
            elif match[4]:
                self.comment(match, at)
                at = match.end()
                continue
            else:
                key_start, key_end, value, value_end = match.span(2) + match.span(3)
                key_start, key_end, value, value_end = (
                    key_start - 1, key_end + 1, value - 1, value_end + 1,
                )  # fmt: skip
            number += count("\n", counted, key_start)
            counted = key_start
            key = _string(text[key_start:key_end], number)
            said = _string(text[value:value_end], number) if value < value_end else key
            if key in seen:
                raise _duplicate(key, seen[key], number)
            seen[key] = number
            note, start = self.notes(at, key_start)
            at = self.closed = match.end()
            line_end = tail(text, at)
            end = line_end.end() if line_end else at
            pairs.append(new(Pair, (start, key_start, key_end, value, value_end, end)))
            entries.append(
                new(Entry, (key, said, None, "", note, "", NO_FLAGS, None, None, number))
            )
        if not grammar.END.match(text, at):
            raise grammar.fault(text, at)

    def comment(self, match: re.Match[str], at: int) -> None:
        """Give a comment to the entry whose line it ends, or keep it for the next one."""
        comment = match[4]
        breaks = self.text.count("\n", at, match.end(1))
        if not breaks and self.pairs and not self.comments:
            entry = self.entries[-1]
            if at == self.closed and (note := _join([comment])):
                notes = f"{entry.notes}\n{note}" if entry.notes else note
                self.entries[-1] = entry._replace(notes=notes)
            line_end = _TAIL.match(self.text, match.end())
            end = line_end.end() if line_end else match.end()
            self.pairs[-1] = self.pairs[-1]._replace(end=end)
            return
        if breaks > 1 or _DISABLED.match(comment, 2):
            self.comments = []
        if not _DISABLED.match(comment, 2):
            if not self.comments:
                self.above = _line_start(self.text, at, match.end(1))
            self.comments.append(comment)

    def notes(self, at: int, start: int) -> tuple[str, int]:
        """Return what the comments directly above an entry say, and where they or it begin."""
        comments, self.comments = self.comments, []
        if comments and self.text.count("\n", at, start) <= 1:
            return _join(comments), self.above
        return "", _line_start(self.text, at, start)


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of a file that people write, and its codec.

    Raises:
        FormatError: ``format.encoding``, or ``format.structure``: the file is compiled.
    """
    is_compiled = data.startswith(BINARY)
    text, codec = ("", "") if is_compiled else _text.decode(data)
    if is_compiled or XML.match(text):
        raise FormatError(
            N_("This is a compiled property list, which Xcode makes of a file of strings. Give the "
               "file it was made of: lines of “\"key\" = \"text\";”."),
            code="structure", line=1,
        )  # fmt: skip
    return text, codec


def _string(raw: str, line: int) -> str:
    if raw[0] in _MARKS:
        raw = raw[1:-1]
        return escapes.decode(raw, line) if "\\" in raw or "\r" in raw else raw
    return raw


def _line_start(text: str, gap: int, start: int) -> int:
    """Return where the line of a place begins, or the place if an entry stands before it."""
    line = max(text.rfind("\n", gap, start), text.rfind("\r", gap, start)) + 1
    return line if line or not gap else start


def _join(comments: list[str]) -> str:
    """Return what comments say, without their marks and the stars of a block."""
    lines: list[str] = []
    for comment in comments:
        body = comment[2:-2] if comment[1] == "*" else comment[2:]
        if "\n" in body:
            lines += (line.strip().removeprefix("*").strip() for line in body.split("\n"))
        else:
            lines.append(body.strip())
    return "\n".join(line for line in lines if line and line != _UNSAID)


def _duplicate(key: str, first: int, line: int) -> FormatError:
    return FormatError(
        N_("“{key}” stands here and on line {first}. An app would take one of them without a word. "
           "Remove one."),
        code="duplicate", line=line, key=key, first=first,
    )  # fmt: skip
