"""CommCare's texts, ``key=value`` (``docs/formats/commcare.md``)."""

from __future__ import annotations

import re

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.formats import _lines
from dpg_l10n.formats.spec import FormatSpec, PluralKind

_NAME = re.compile(r"(?:^|[_/-])strings(?:[_-][^/]*)?\.txt$", re.IGNORECASE)
_ENTRY = re.compile(r"^[\w.$@%:/ -]++=", re.MULTILINE)
_OTHER = re.compile(r"^[ \t]*+(?![#\s])[^=\r\n]++$", re.MULTILINE)
_SIGNS = re.compile(r"\\([#n])")


def _decode(raw: str) -> str:
    return _SIGNS.sub(lambda found: "\n" if found[1] == "n" else "#", raw)


def _encode(text: str, old: str, key: str) -> str:
    del old
    raw = text.replace("#", "\\#").replace("\r\n", "\n").replace("\n", "\\n")
    _lines.one_line(raw, key)
    return raw if _decode(raw) == text else _lines.one_line("\n", key)


_DIALECT = _lines.Dialect(
    name="commcare",
    comments=("#",),
    sections=False,
    value=re.compile(
        r"((?:[^#\\ \t\r\n]++|\\[^ \t\r\n]?+|[ \t]++(?=[^# \t\r\n]))*+)[ \t]*+(?:#[^\r\n]*+)?+"
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
        FormatError: A line that is no entry, or a key twice.
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
    """Tell by its name (``app_strings.txt``) and its lines whether a file is of this format."""
    text = head.decode("utf-8-sig", "replace")
    return (
        _NAME.search(path) is not None
        and _ENTRY.search(text) is not None
        and len(_OTHER.findall(text)) <= len(_ENTRY.findall(text)) // 20
    )


FORMAT = FormatSpec(
    name="commcare",
    title="CommCare strings",
    suffixes=(".txt",),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    placeholders=("dollar",),
)
"""The format, as detection and the services know it."""
