"""What a file of strings holds, whatever its format."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from dpg_l10n.domain.message import Text, plain

NO_FLAGS: frozenset[str] = frozenset()
FUZZY = "fuzzy"
FILE_NAME = "file-name"
"""Flag of a text that names a file (a picture, a recording): nothing drafts it."""
REVIEWED = "reviewed"
"""Flag of a text that its file says a reviewer accepted (XLIFF)."""
CONTEXT_SEPARATOR = "\x04"
"""Stands between context and text in the key of a message without a key of its own (gettext)."""


class Entry(NamedTuple):
    """One message as one file has it.

    A named tuple and not a dataclass: a push makes hundreds of thousands, and a frozen dataclass
    costs eight times as much to make.
    """

    key: str
    """Identity within the catalogue, equal in all its languages. In keyed formats the key or the
    path of keys; in bilingual formats (gettext) context, separator and source text."""
    text: Text
    """What the file says in its own language, decoded; empty where it says nothing. In a
    bilingual file the translation (in a template: empty)."""
    source: Text | None = None
    """Source text; only in bilingual formats."""
    context: str = ""
    """Context that tells equal source texts apart (``msgctxt``)."""
    notes: str = ""
    """What the developer tells the translator, lines joined by a newline."""
    locations: str = ""
    """Where the text is used, as written in the file, lines joined by a newline."""
    flags: frozenset[str] = NO_FLAGS
    """Flags of the file (``fuzzy``, ``c-format``) and of the format's own spelling (``cdata``)."""
    previous: Text | None = None
    """Source text that the translation was made for, where the file remembers it."""
    max_chars: int | None = None
    """Length limit in characters, None without one."""
    line: int = 0
    """1-based line in the file, 0 when it was not read from one. Not part of the content."""

    def with_text(self, text: Text) -> Entry:
        """Return the entry with another text, in half the time of ``_replace``."""
        return tuple.__new__(Entry, (self[0], text, *self[2:]))


def bilingual_key(source: Text, context: str | None) -> str:
    """Return the key of a message that has none: its context and its (singular) source text."""
    text = source if isinstance(source, str) else source.forms[0][1]
    return text if context is None else f"{context}{CONTEXT_SEPARATOR}{text}"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The messages of one file in one language."""

    format: str
    """Name of the format that read it."""
    entries: tuple[Entry, ...]
    """In file order, keys unique."""
    language: str | None = None
    """Language as the file itself names it (``pt_BR``), None where it does not say."""
    header: tuple[tuple[str, str], ...] = ()
    """Header fields in file order (gettext); empty elsewhere."""
    obsolete: tuple[Entry, ...] = ()
    """Messages the file keeps although its source has lost them."""
    encoding: str = "utf-8"
    """Encoding of the bytes, as a Python codec name."""
    layout: Any = field(default=None, compare=False, repr=False)
    """The format's own record of where each entry stands in the bytes; None when made by hand."""

    def by_key(self) -> dict[str, Entry]:
        """Return the entries by key, in file order."""
        return {entry.key: entry for entry in self.entries}

    def header_field(self, name: str) -> str | None:
        """Return a header field by its name, ignoring case, or None."""
        wanted = name.lower()
        return next((value for key, value in self.header if key.lower() == wanted), None)

    def with_texts(self, changed: Mapping[str, Text]) -> Catalogue:
        """Return the catalogue with some texts replaced; entries not named stay the same objects."""
        entries = tuple(
            entry.with_text(changed[entry.key]) if entry.key in changed else entry
            for entry in self.entries
        )
        return Catalogue(
            self.format, entries, self.language, self.header, self.obsolete, self.encoding,
            self.layout,
        )  # fmt: skip

    def placed(self, keys: Mapping[str, str], known: Collection[str]) -> Catalogue:
        """Return the catalogue with the keys of some texts, where they have none that is known.

        For formats without keys, whose texts may have lost their place beside the source.

        Args:
            keys: Key by text; one that an entry has already is not given again.
            known: Keys that stand for something; an entry with one keeps it.
        """
        own = {entry.key for entry in self.entries}
        free = {text: key for text, key in keys.items() if key not in own}
        entries = tuple(
            entry._replace(key=free.pop(plain(entry.text)))
            if entry.key not in known and plain(entry.text) in free
            else entry
            for entry in self.entries
        )
        return replace(self, entries=entries)

    def content(self) -> tuple[Any, ...]:
        """Return what two files must share to say the same: everything but places in the bytes."""
        strip = [entry._replace(line=0) for entry in self.entries]
        gone = [entry._replace(line=0) for entry in self.obsolete]
        return (self.format, tuple(strip), self.language, self.header, tuple(gone))
