"""What the path of a file says of its language, for formats whose content leaves it open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dpg_l10n.domain.locales import base, canonical, is_language

_PART = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2,8})*")
_SAME = {"nb": "no", "nn": "no", "fil": "tl", "sh": "sr"}
"""Languages that files and locales call by either name."""


def languages_in(path: str) -> Iterator[str]:
    """Yield the parts of a file's name and of its folder like ``fr`` or ``pt_BR``."""
    *_, folder, name = ("", *path.split("/"))
    stem = name.rpartition(".")[0]
    parts = (folder, stem, *stem.split("."), stem.rpartition("_")[2], stem.rpartition("-")[2])
    return (part for part in parts if _PART.fullmatch(part) and is_language(part))


def family(name: str) -> str:
    """Return the language that a name stands for, without its region; a word is itself."""
    language = base(canonical(name)) if is_language(name) else name
    return _SAME.get(language, language)
