"""What a format is to the rest of the toolkit: data and two pure functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from dpg_l10n.domain.catalogue import Catalogue


class PluralKind(StrEnum):
    """How a format holds plural variants."""

    NONE = "none"
    GETTEXT = "gettext"
    CLDR = "cldr"


class Parse(Protocol):
    """Read the bytes of one file."""

    def __call__(self, data: bytes, *, source: Catalogue | None = None) -> Catalogue:
        """Return the messages of a file.

        Args:
            data: The whole file.
            source: The parsed source file of the same catalogue, when a translation of a keyed
                format is read: it tells which keys are plurals. None for the source itself.

        Raises:
            FormatError: The bytes are no valid file of the format. Nothing else is ever raised,
                whatever the bytes are.
        """


class Serialize(Protocol):
    """Write the bytes of one file."""

    def __call__(self, catalogue: Catalogue, template: bytes | None = None) -> bytes:
        """Return the bytes of a catalogue, laid out as the template is.

        An entry that the template has with the same content keeps its bytes. A changed one is
        written in the template's style and changes nothing around it. An entry that the template
        lacks goes after its predecessor in ``catalogue.entries``; one that the catalogue lacks
        is taken out. Without a template the format's usual style is used.

        A template may be the file of another language (a new language starts from the source's
        layout); the language named inside the file then becomes ``catalogue.language``.

        Raises:
            FormatError: The template is no valid file of the format, or a text cannot be written
                in it.
        """


@dataclass(frozen=True, slots=True)
class Multilingual:
    """How to read one file that holds the source and all languages (XLSForm, CSV, ``.xcstrings``).

    ``FormatSpec.parse`` returns the source of such a file; its ``language`` is the source's own name
    in the file, None where the file does not say. ``FormatSpec.serialize`` writes one language into
    the template: the one that ``catalogue.language`` names (the source where that is None or the
    source's own name), which it adds where the file has no place for it yet. To write several, each
    takes the bytes that the one before returned.

    A name is what the file calls a language, which is not always a code (``French (fr)``). Which of
    the languages is the source of a project is for the caller to say: where it is another than the
    file's own, the texts of that language are read as the source.
    """

    languages: Callable[[bytes], tuple[str, ...]]
    """Return the languages beside the source, as the file spells them, in file order; raises
    FormatError as ``parse`` does."""
    parse: Callable[[bytes, str], Catalogue]
    """Return the texts of one of these languages under the keys of the source, empty where the
    file says nothing; raises FormatError as ``parse`` does."""


@dataclass(frozen=True, slots=True)
class FormatSpec:
    """One file format."""

    name: str
    """Stable name, as in ``dpg-l10n.toml`` (``"android"``)."""
    title: str
    """Name for people (``"Android strings.xml"``)."""
    suffixes: tuple[str, ...]
    """File name endings, lower case with the dot, most usual first."""
    bilingual: bool
    """True when one file holds source and translation side by side (gettext, XLIFF)."""
    plurals: PluralKind
    parse: Parse
    serialize: Serialize
    sniff: Callable[[str, bytes], bool]
    """Tell from the POSIX path and the first 64 KiB (of a zip archive all) whether a file is of
    this format."""
    begin: Callable[[Catalogue, str], Catalogue] | None = None
    """Return the empty catalogue of a new language (second argument: its name as this catalogue's
    files spell it) from the parsed source; None where only ``language`` has to be set."""
    multilingual: Multilingual | None = None
    """Set where one file holds all languages; None where each language has its own."""
    marks_reviewed: bool = False
    """True where a file can say that a reviewer accepted a text (the flag ``reviewed``)."""
    marks_unfinished: bool = False
    """True where a file holds messages without a text too, and can say of a text that it needs work
    (the flag ``fuzzy``) and in a note that it is a machine's draft."""
    needs_language: bool = False
    """True where texts are written under the name of their language, which a file just begun may not
    say yet: that of its path is given to ``serialize`` then."""
    unusual: bool = False
    """True where files of its endings are usually of another format: a new file is of this one only
    where it is asked for."""
    binary: bool = False
    """True where the bytes are no text: they have no lines, and no variants with other line ends."""
    needs_template: bool = False
    """True where texts alone make no file: ``serialize`` without a template raises FormatError."""
    path: Callable[[str, bytes], str] | None = None
    """Return the path that written bytes belong to, given that of the template; None where files
    are written in the format that they were read in (legacy ``.xls`` comes back as ``.xlsx``)."""
    placeholders: tuple[str, ...] = ()
    """Kinds of placeholder that texts of this format use (names of ``domain.placeholders``)."""
    keys_from_text: bool = False
    """True where a source has no keys and gets them from what it says (Markdown, HTML): a corrected
    text is a new key, and a translation is read by its place beside the source."""
    documentation: str | None = None
    """Name of the file beside the source that says under the same keys what its messages are for
    (translatewiki's ``qqq.json``); None where the format has none."""
