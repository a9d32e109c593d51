"""Pages of HTML.

What is a message, and how a translation keeps its place, is said in ``docs/formats/html.md``.
"""

from __future__ import annotations

import re

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.formats import _document
from dpg_l10n.formats.html.scan import scan
from dpg_l10n.formats.html.write import build, mark, render
from dpg_l10n.formats.spec import FormatSpec, PluralKind

_LANGUAGE = re.compile(
    r"<html(?=\s)[^>]{0,1000}?\slang\s*=\s*[\"']?(?P<language>[A-Za-z][\w-]*)", re.IGNORECASE
)
_HEAD = 8192
"""Characters in which the language of a page is looked for."""
_MARKUP = re.compile(rb"<[A-Za-z!/]")


def _language(text: str) -> tuple[int, int] | None:
    found = _LANGUAGE.search(text, 0, _HEAD)
    return found.span("language") if found else None


_SYNTAX = _document.Syntax(
    "html", scan, render, mark, build, by_lines=False, language=_language
)  # fmt: skip


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
    """Tell from the path and the first bytes whether a file is a page."""
    is_named = path.lower().endswith(FORMAT.suffixes)
    return is_named and b"\0" not in head and _MARKUP.search(head) is not None


FORMAT = FormatSpec(
    name="html",
    title="HTML",
    suffixes=(".html", ".htm", ".xhtml"),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    begin=_document.begin,
    keys_from_text=True,
)
