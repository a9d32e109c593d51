"""Bytes of a PO file to a catalogue."""

from __future__ import annotations

import re
from array import array

from dpg_l10n.domain.catalogue import CONTEXT_SEPARATOR, Catalogue, Entry
from dpg_l10n.domain.message import Plural, Text, plain
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _gettext, _text
from dpg_l10n.formats.po import comments, grammar, header
from dpg_l10n.formats.po.comments import read as read_comments
from dpg_l10n.formats.po.diagnose import diagnose, error, short
from dpg_l10n.formats.po.grammar import unescape
from dpg_l10n.formats.po.layout import Layout
from dpg_l10n.i18n import N_

NAME = "po"

_INDEX_GAP = N_(
    "The plural texts of “{source}” are numbered {found}; write msgstr[0], msgstr[1], … in order."
)
_DUPLICATE = N_(
    "“{source}” stands in this file twice: in line {first} and in line {second}. "
    "Keep one of the two."
)
_TWO_HEADERS = N_(
    "This file has two headers: in line {first} and in line {second}. Keep one of the two."
)
_BAD_BYTES = N_("The escapes of “{source}” name bytes that are no {encoding} text.")
_BAD_PREVIOUS = N_("A #| comment above “{source}” is no message. Take it out.")
_OBSOLETE_MARK = re.compile(r"^([ \t\r\f\v]*+)#~(\|?)", re.MULTILINE)
_LABELS = tuple(str(index) for index in range(1000))
_new = tuple.__new__
"""Makes an entry in half the time of its own constructor; the fields stand in its order."""


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Read the bytes of one PO or POT file.

    Args:
        data: The whole file.
        source: Not needed: a PO file holds its source texts.

    Raises:
        FormatError: ``format.syntax``, ``format.truncated``, ``format.duplicate``,
            ``format.encoding``: the bytes are no valid PO file; with the line of the fault.
    """
    del source
    text, encoding = _decode(data)
    # A file may end its lines with carriage returns alone; its places stay the same.
    readable = text.replace("\r", "\n") if "\n" not in text else text
    reader = _Reader(readable, encoding)
    reader.read()
    layout = Layout(
        data, text, encoding, tuple(reader.entries), tuple(reader.obsolete), reader.header,
        reader.ends, reader.header_at, frozenset(reader.obsolete_at), reader.shadows,
    )  # fmt: skip
    return Catalogue(
        NAME, layout.entries, _gettext.field(layout.header, "Language") or None, layout.header,
        layout.obsolete, encoding, layout,
    )  # fmt: skip


def _decode(data: bytes) -> tuple[str, str]:
    text, encoding = _text.decode(data, header.declared_codec(data))
    if not encoding.startswith("utf") and _text.encode(text, encoding) != data:
        raise FormatError(
            N_("The {encoding} bytes of this file have two spellings of a character, so that it "
               "could not be written back as it is. Save it as UTF-8."),
            code="encoding", encoding=encoding,
        )  # fmt: skip
    return text, encoding


class _Reader:
    """One pass over a text."""

    def __init__(self, text: str, encoding: str) -> None:
        self.text = text
        self.encoding = encoding
        self.entries: list[Entry] = []
        self.obsolete: list[Entry] = []
        self.header: _gettext.Fields = ()
        self.header_at = -1
        self.header_line = 0
        self.obsolete_at: list[int] = []
        self.shadows: dict[int, Entry] = {}
        self.ends = array("Q")

    def read(self) -> None:
        """Fill the lists from the text.

        Raises:
            FormatError: The text is no PO file.
        """
        end = self.scan(self.text, self.entries)
        fault = diagnose(self.text, end, last=True)
        if fault is not None:
            raise fault
        self.refuse_duplicates()

    def scan(self, text: str, entries: list[Entry], start: int = 0, line: int = 1) -> int:
        """Read messages up to the first place where none begins, and return that place.

        All is done in one loop because a large project has millions of messages.

        Args:
            text: The whole text, or a run of obsolete lines without their marks.
            entries: Where to put them.
            start: Where in the whole text the text begins.
            line: Number of its first line.

        Raises:
            FormatError: A message has a wrong escape, plural index or ``#|`` comment.
        """
        encoding, ends, add, count = self.encoding, self.ends, entries.append, text.count
        counted = at = 0
        one = ""
        source: Text
        try:
            for match in grammar.MESSAGE.finditer(text):
                head, context, one, said, other, forms, _ = match.groups()
                if one is None:
                    at = match.start(7)
                    if at < 0 or entries is self.obsolete:
                        return match.start()
                    line += count("\n", counted, at)
                    counted = at
                    self.read_obsolete(match, line)
                    continue
                at = match.end(1)
                line += count("\n", counted, at)
                counted = at
                key = source = unescape(one, encoding)
                if other is None:
                    said = unescape(said, encoding)
                else:
                    source = Plural((("one", key), ("other", unescape(other, encoding))))
                    said = self.plural(forms, match, start)
                if context is None:
                    context = ""
                else:
                    context = unescape(context, encoding)
                    key = context + CONTEXT_SEPARATOR + key
                notes, locations, flags, previous, limit = read_comments(head, encoding)
                if key or entries is self.obsolete:
                    add(
                        _new(
                            Entry,
                            (key, said, source, context, notes, locations, flags, previous, limit,
                             line),
                        )
                    )  # fmt: skip
                else:
                    self.read_header(said, line)
                ends.append(start + match.end())
        except ValueError as fault:
            template = _BAD_PREVIOUS if isinstance(fault, comments.BadPreviousError) else _BAD_BYTES
            code = "syntax" if template is _BAD_PREVIOUS else "encoding"
            raise error(
                template, self.text, start + at, code=code, source=short(one), encoding=encoding
            ) from fault
        return len(text)

    def plural(self, forms: str, match: re.Match[str], start: int) -> Plural:
        """Return the plural texts of a message.

        Raises:
            FormatError: ``format.plural``: their indices are not 0, 1, 2 and so on.
        """
        found = grammar.FORM.findall(forms)
        if [int(index) for index, _ in found] != list(range(len(found))):
            at = start + match.start(6) + len(forms) - len(forms.lstrip())
            raise error(
                _INDEX_GAP, self.text, at, code="plural", source=short(match[3]),
                found=short(", ".join(index for index, _ in found)),
            )  # fmt: skip
        return Plural(
            tuple((_LABELS[int(index)], unescape(raw, self.encoding)) for index, raw in found)
        )

    def read_header(self, text: Text, line: int) -> None:
        """Take the message with the empty source for the header.

        Raises:
            FormatError: ``format.duplicate``: there is one already.
        """
        if self.header_at >= 0:
            raise FormatError(
                _TWO_HEADERS, code="duplicate", line=line, first=self.header_line,
                second=line,
            )  # fmt: skip
        self.header_at, self.header_line = len(self.ends), line
        self.header = _gettext.read(plain(text))

    def read_obsolete(self, match: re.Match[str], line: int) -> None:
        """Read a run of obsolete lines, the first of which has this number.

        Raises:
            FormatError: The lines are no messages.
        """
        start, end = match.span(7)
        # With blanks for their marks, obsolete lines are active messages at the same places.
        run = _OBSOLETE_MARK.sub(_unmark, match[7])
        first = len(self.ends)
        stop = self.scan(run, self.obsolete, start, line)
        self.obsolete_at.extend(range(first, len(self.ends)))
        fault = diagnose(run, stop, last=end == len(self.text))
        if fault is not None:
            fault.line += line - 1
            raise fault

    def refuse_duplicates(self) -> None:
        """Raise for the first active message that stands in the file twice.

        An obsolete one that does is set aside: no program shows it, and merging tools leave such
        lines behind.

        Raises:
            FormatError: ``format.duplicate``, with both lines.
        """
        keys = {entry.key for entry in self.entries}
        if len(keys) < len(self.entries):
            raise self.duplicate()
        if len(keys | {entry.key for entry in self.obsolete}) < len(keys) + len(self.obsolete):
            rest: list[Entry] = []
            for number, entry in zip(self.obsolete_at, self.obsolete, strict=True):
                if entry.key in keys:
                    self.shadows[number] = entry
                else:
                    keys.add(entry.key)
                    rest.append(entry)
            self.obsolete = rest

    def duplicate(self) -> FormatError:
        """Return the error for the first active message that stands in the file twice."""
        lines: dict[str, list[int]] = {}
        for entry in self.entries:
            lines.setdefault(entry.key, []).append(entry.line)
        second, first, key = min(
            (found[1], found[0], key) for key, found in lines.items() if len(found) > 1
        )
        return FormatError(
            _DUPLICATE, code="duplicate", line=second, first=first, second=second, source=short(key)
        )


def _unmark(mark: re.Match[str]) -> str:
    # "#~|" holds a previous source: it becomes an indented "#|".
    return mark[1] + (" #|" if mark[2] else "  ")
