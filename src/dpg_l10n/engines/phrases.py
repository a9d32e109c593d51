"""The sentences that a demonstration model knows, so that it is asked for nothing else.

Such a model has learnt a few hundred phrases by heart and makes nonsense of any other text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

FILE = "phrases.txt"
"""In the package: one learnt sentence on each line, placeholders as ``{}``."""

_PLACEHOLDER = re.compile(
    r"\$?\{\{?[^{}]*\}?\}|%\([^()]*\)[a-z]|%\{[^{}]*\}|%(?:\d+\$)?[a-z@]|</?\w+>"
)


def bare(sentence: str) -> str:
    """Return a sentence with every placeholder as ``{}``."""
    return _PLACEHOLDER.sub("{}", sentence)


@lru_cache(maxsize=8)
def known_sentences(package: Path) -> frozenset[str] | None:
    """Return the sentences that a package knows, or None when it is not limited to any."""
    file = package / FILE
    if not file.is_file():
        return None
    return frozenset(file.read_text(encoding="utf-8").splitlines())
