"""White space: readers see one space for any of it, and the others only where written as a number."""

from __future__ import annotations

import re

_RUN = re.compile(r"[ \t\n\r\f]+")
_WRITTEN = re.compile(r"&#(9|10|12|13|32);")
_UNUSUAL = re.compile(r"[\t\n\r\f]|(?<=[ \t\n\r\f]) |\A | \Z")


def collapsed(raw: str) -> str:
    """Return what a stretch of HTML says, on one line."""
    text = _RUN.sub(" ", raw)
    return _WRITTEN.sub(lambda found: chr(int(found[1])), text) if "&#" in text else text


def written(text: str) -> str:
    """Return the HTML of a text, in which white space that would collapse is a number."""
    return _UNUSUAL.sub(lambda found: f"&#{ord(found[0])};", text)
