"""Pages of Markdown (CommonMark, tables of GFM, front matter).

What is a message, and how a translation keeps its place, is said in ``docs/formats/markdown.md``.
"""

from __future__ import annotations

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.formats import _document
from dpg_l10n.formats.markdown.scan import scan
from dpg_l10n.formats.markdown.write import build, mark, render
from dpg_l10n.formats.spec import FormatSpec, PluralKind

_SYNTAX = _document.Syntax("markdown", scan, render, mark, build, by_lines=True)


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the messages of a page; with a source, those that stand where the source's do.

    Raises:
        FormatError: ``format.encoding``.
    """
    return _document.parse(_SYNTAX, data, source)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a page.

    Raises:
        FormatError: ``format.encoding``, ``format.text`` or ``format.structure``.
    """
    return _document.serialize(_SYNTAX, catalogue, template)


def sniff(path: str, head: bytes) -> bool:
    """Tell whether a file may be a page: any text with the right ending is one."""
    return path.lower().endswith(FORMAT.suffixes) and b"\0" not in head


FORMAT = FormatSpec(
    name="markdown",
    title="Markdown",
    suffixes=(".md", ".markdown"),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    begin=_document.begin,
    keys_from_text=True,
)
