"""SubRip subtitles (``docs/formats/srt.md``)."""

from __future__ import annotations

import re

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.formats import _cues
from dpg_l10n.formats.spec import FormatSpec, PluralKind

_TIME = r"\d{1,3}:\d{1,2}:\d{1,2}[,.]\d{1,3}"
_DIALECT = _cues.Dialect(
    name="srt",
    timing=re.compile(rf"({_TIME}[ \t]*-->[ \t]*{_TIME})(?:[ \t]+[^\r\n]*)?"),
    head="",
    passed=(),
)
_SNIFF = re.compile(rf"{_TIME}[ \t]*-->".encode())


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the cues of a file.

    Args:
        data: The whole file.
        source: Not needed: the format has no plurals.

    Raises:
        FormatError: A block without times, or a cue twice.
    """
    del source
    return _cues.parse(data, _DIALECT)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a file, laid out as the template is.

    Raises:
        FormatError: The template is no valid file; a text has a blank line.
    """
    return _cues.serialize(catalogue, template, _DIALECT)


def sniff(path: str, head: bytes) -> bool:
    """Tell whether a file has the ending and times of SubRip."""
    return path.lower().endswith(".srt") and _SNIFF.search(head) is not None


FORMAT = FormatSpec(
    name="srt",
    title="SubRip subtitles",
    suffixes=(".srt",),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
)
"""The format, as detection and the services know it."""
