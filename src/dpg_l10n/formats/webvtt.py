"""WebVTT subtitles (``docs/formats/webvtt.md``)."""

from __future__ import annotations

import re

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.formats import _cues
from dpg_l10n.formats.spec import FormatSpec, PluralKind

_TIME = r"(?:\d{2,}:)?\d{2}:\d{2}\.\d{3}"
_DIALECT = _cues.Dialect(
    name="webvtt",
    timing=re.compile(rf"({_TIME}[ \t]*-->[ \t]*{_TIME})(?:[ \t]+[^\r\n]*)?"),
    head="WEBVTT\n",
    passed=("WEBVTT", "NOTE", "STYLE", "REGION"),
)
_SNIFF = re.compile(rb"(?:\xef\xbb\xbf)?WEBVTT\b")


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
    """Tell whether a file has the ending and the first word of WebVTT."""
    return path.lower().endswith(".vtt") and _SNIFF.match(head) is not None


FORMAT = FormatSpec(
    name="webvtt",
    title="WebVTT subtitles",
    suffixes=(".vtt",),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
)
"""The format, as detection and the services know it."""
