"""XLIFF 1.2, as Angular, Xcode and translation tools write it (``docs/formats/xliff1.md``)."""

from __future__ import annotations

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.formats._xliff.document import read
from dpg_l10n.formats._xliff.sniff import sniffer
from dpg_l10n.formats._xliff.write import begin, write
from dpg_l10n.formats.spec import FormatSpec, PluralKind
from dpg_l10n.formats.xliff1.dialect import DIALECT


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the units of a document.

    Args:
        data: The whole file.
        source: The parsed source file when a translation is read: a key that needs the name of
            its ``<file>`` there has it in the translation too.

    Raises:
        FormatError: The file is no well-formed XLIFF 1 document, declares entities, or has two
            units of one id in a ``<file>``.
    """
    return read(data, DIALECT, {entry.key for entry in source.entries} if source else ())


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a document, laid out as the template is.

    Raises:
        FormatError: The template is no valid document, or a text cannot be written: its markup is
            broken, or it has a character that XML cannot hold.
    """
    return write(catalogue, template, DIALECT)


FORMAT = FormatSpec(
    name=DIALECT.format,
    title="XLIFF 1.2",
    suffixes=(".xlf", ".xliff"),
    bilingual=True,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniffer(DIALECT.version, (".xlf", ".xliff")),
    begin=begin,
    marks_unfinished=True,
    marks_reviewed=True,
)
