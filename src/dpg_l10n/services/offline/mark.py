"""The mark that each string of an offline package carries: what it is, and what it was taken from."""

from __future__ import annotations

import re
from typing import NamedTuple

_MARK = re.compile(
    r"(?<![a-z0-9-])([a-z0-9]+(?:-[a-z0-9]+)*):([A-Za-z0-9-]{2,80}):([0-9]{1,18}):([0-9]{1,9})"
    r":([0-9a-f]{12})(?::([a-z]{3,5}|[0-9]{1,2}))?(?=\]?\s*$)"
)


class Mark(NamedTuple):
    """Where a string belongs. It stands with every string, because tools lose headers and comments."""

    project: str
    """Slug."""
    language: str
    """BCP 47."""
    unit: int
    revision: int
    """Of the text that was taken out, 0 for none."""
    source: str
    """First 12 characters of the source text's SHA-256."""
    label: str = ""
    """Of the plural variant, where each has a line of its own."""

    def __str__(self) -> str:
        """Return the mark as it stands in a file."""
        return ":".join(str(part) for part in self if part != "")


def read_mark(text: str) -> Mark | None:
    """Return the mark at the end of a text, in brackets or not; None where there is none."""
    match = _MARK.search(text)
    if match is None:
        return None
    project, language, unit, revision, source, label = match.groups()
    return Mark(project, language, int(unit), int(revision), source, label or "")
