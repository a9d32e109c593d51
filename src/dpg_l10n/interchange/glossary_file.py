"""A glossary of whatever kind."""

from __future__ import annotations

from typing import BinaryIO

from dpg_l10n.interchange.concepts import ConceptReader
from dpg_l10n.interchange.glossary_csv import CsvReader
from dpg_l10n.interchange.tbx import TbxReader

_SNIFFED = 4096


def open_reader(file: BinaryIO, path: str, source_language: str) -> ConceptReader:
    """Return what reads a glossary, by its name or its first bytes.

    Raises:
        FormatError: It is none.
    """
    first = file.read(_SNIFFED).lstrip(b"\xef\xbb\xbf\xff\xfe\0 \r\n\t")
    file.seek(0)
    if path.lower().endswith((".tbx", ".xml")) or first.startswith(b"<"):
        return TbxReader(file)
    return CsvReader(file, source_language)
