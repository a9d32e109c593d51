"""Writing TMX 1.4b, one unit for each pair of texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from xml.sax.saxutils import escape, quoteattr

from dpg_l10n import __version__
from dpg_l10n.domain.memory import ForeignEntry

_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold (clause 2.2)."""


def write(
    put: Callable[[bytes], object], source_language: str, entries: Iterable[ForeignEntry]
) -> tuple[int, int]:
    """Write a TMX file; return how many units it has, and how many could not be written.

    Args:
        put: Takes bytes, as ``file.write`` does.
        source_language: BCP 47 tag for the header; units of another one name their own.
        entries: What to write. Those with characters that XML cannot hold are left out.
    """
    put(_head(source_language).encode())
    written = refused = 0
    for entry in entries:
        if _IMPOSSIBLE.search(entry.source) or _IMPOSSIBLE.search(entry.text):
            refused += 1
            continue
        put(_unit(entry, source_language).encode())
        written += 1
    put(b"</body>\n</tmx>\n")
    return written, refused


def _head(source_language: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'<header creationtool="dpg-l10n" creationtoolversion="{__version__}" segtype="block" '
        f'o-tmf="dpg-l10n" adminlang="en" srclang={quoteattr(source_language)} '
        'datatype="plaintext"/>\n<body>\n'
    )


def _unit(entry: ForeignEntry, source_language: str) -> str:
    own = entry.source_language
    begin = "<tu>" if own == source_language else f"<tu srclang={quoteattr(own)}>"
    said = (("project", entry.origin), ("licence", entry.licence), ("state", entry.state.value))
    props = "".join(
        f'<prop type="x-{name}">{_escaped(value)}</prop>' for name, value in said if value
    )
    return (
        f"{begin}{props}\n"
        f"<tuv xml:lang={quoteattr(own)}><seg>{_escaped(entry.source)}</seg></tuv>\n"
        f"<tuv xml:lang={quoteattr(entry.language)}><seg>{_escaped(entry.text)}</seg></tuv>\n</tu>\n"
    )


def _escaped(text: str) -> str:
    # a reader would turn a bare carriage return into a line feed
    return escape(text, {"\r": "&#13;"})
