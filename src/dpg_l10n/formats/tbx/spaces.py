"""White space of terms: what lays the file out, and what is part of a text."""

from __future__ import annotations

import re

from dpg_l10n.formats._markup import encode
from dpg_l10n.formats._xml import SPACE

_WRAP = re.compile(r"[ \t]*+[\r\n][ \t\r\n]*+")
_EDGE = re.compile(r"\A[ \t]+|[ \t]+\Z")


def unwrapped(raw: str) -> str:
    """Return character data without the white space that only lays it out."""
    return _WRAP.sub(" ", raw.strip(SPACE))


def wrapped(text: str, signs: str) -> str:
    """Return a text as character data of which :func:`unwrapped` takes nothing away.

    Args:
        text: What it says.
        signs: Those of ``' " >`` that become entities.

    Raises:
        FormatError: ``format.text``: a character that XML cannot hold.
    """
    written = encode(text, signs, "\n").replace("\n", "&#10;")
    return _EDGE.sub(lambda found: "".join(f"&#{ord(sign)};" for sign in found[0]), written)
