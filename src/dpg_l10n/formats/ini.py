r"""INI files of strings: Joomla, ``.lang``, sections and comments (``docs/formats/ini.md``)."""

from __future__ import annotations

import re

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.formats import _lines
from dpg_l10n.formats.spec import FormatSpec, PluralKind

_QUOTED = re.compile(r'"((?:[^"\\]|\\.|"_QQ_")*)"', re.DOTALL)
_ESCAPED = re.compile(r'\\(["\\])|"_QQ_"')
_ENTRY = re.compile(r"^[ \t]*+(?![;#\[])[^=\r\n]++=", re.MULTILINE)
_OTHER = re.compile(r"^[ \t]*+(?![;#\[\s])[^=\r\n]++$", re.MULTILINE)


def _decode(raw: str) -> str:
    quoted = _QUOTED.fullmatch(raw)
    if quoted is None:
        return raw
    return _ESCAPED.sub(lambda found: found[1] or '"', quoted[1]) if quoted[1] else ""


def _encode(text: str, old: str, key: str) -> str:
    is_bare = not old.startswith('"') and text == text.strip() and _decode(text) == text
    if is_bare:
        return _lines.one_line(text, key)
    sign = '"_QQ_"' if '"_QQ_"' in old else '\\"'
    raw = text.replace("\\", "\\\\") if "\\" in text and _needs(text) else text
    raw = '"' + raw.replace('"', sign) + '"'
    _lines.one_line(raw, key)
    return raw if _decode(raw) == text else '"' + _doubled(text) + '"'


def _needs(text: str) -> bool:
    """Tell whether a backslash of a text would be read as an escape."""
    return re.search(r'\\(?:["\\]|\Z)', text) is not None


def _doubled(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


_DIALECT = _lines.Dialect(
    name="ini",
    comments=(";", "#"),
    sections=True,
    value=re.compile(
        r'[ \t]*+("(?:[^"\\\r\n]|\\.|"_QQ_")*"(?=[ \t]*(?:[;#][^\r\n]*)?(?:[\r\n]|\Z))|'
        r"(?:[^ \t\r\n]++|[ \t]++(?=[^ \t\r\n]))*+)"
        r"(?=[ \t]*(?:[\r\n]|\Z)|(?<=\")[ \t]*[;#])"
    ),
    decode=_decode,
    encode=_encode,
)


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the entries of a file.

    Args:
        data: The whole file.
        source: Not needed: the format has no plurals.

    Raises:
        FormatError: A line that is no entry, section or comment, or a key twice.
    """
    del source
    return _lines.parse(data, _DIALECT)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a file, laid out as the template is.

    Raises:
        FormatError: The template is no valid file, or a text or key cannot be written.
    """
    return _lines.serialize(catalogue, template, _DIALECT)


def sniff(path: str, head: bytes) -> bool:
    """Tell whether a file has the ending and the lines of an INI file."""
    if not path.lower().endswith((".ini", ".lang")):
        return False
    text = head.decode("utf-8-sig", "replace")
    return _ENTRY.search(text) is not None and _OTHER.search(text.rpartition("\n")[0]) is None


FORMAT = FormatSpec(
    name="ini",
    title="INI",
    suffixes=(".ini", ".lang"),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    placeholders=("printf",),
)
"""The format, as detection and the services know it."""
