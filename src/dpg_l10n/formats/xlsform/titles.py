"""Titles of columns: which kind of text in which language (XLSForm specification, "Multiple language support")."""

from __future__ import annotations

from typing import NamedTuple

_KINDS = {
    "label": "label", "caption": "label", "hint": "hint", "guidance_hint": "guidance_hint",
    "constraint_message": "constraint_message", "jr:constraintmsg": "constraint_message",
    "required_message": "required_message", "jr:requiredmsg": "required_message",
    "image": "image", "big-image": "big-image", "audio": "audio", "video": "video",
    "form_title": "form_title",
}  # fmt: skip
MEDIA = frozenset({"image", "big-image", "audio", "video"})
"""Kinds whose texts are names of files: texts only where a language has its own."""
NAMES = frozenset({"form_title"})
"""Kinds of the settings: texts only where a language has its own."""


class Title(NamedTuple):
    """One title of a column of texts."""

    kind: str
    language: str | None
    """As spelled; None of a column for all languages."""
    prefix: str
    """What stands before the language, without the colons."""
    colons: str
    """What divides kind and language; empty without a language."""


def title_of(cell: str) -> Title | None:
    """Return what a column holds by its title, None where it is no text.

    ``label::French (fr)``, ``label:French``, ``media::image::fr``, ``constraint message``,
    ``bind::jr:constraintMsg::fr``.
    """
    colons = "::" if "::" in cell else ":"
    parts = cell.split(colons)
    kind, taken = _kind(parts)
    if kind is None and colons == ":" and len(parts) > 1:
        kind, taken = _kind([":".join(parts[:2])])  # jr:constraintMsg, without a language
        taken = 2
    if kind is None:
        return None
    prefix = colons.join(parts[:taken]).strip()
    language = colons.join(parts[taken:]).strip()
    return Title(kind, language or None, prefix, colons if language else "")


def _kind(parts: list[str]) -> tuple[str | None, int]:
    """Return the kind that the first parts of a title name, and how many they are."""
    names = [" ".join(part.split()).lower().replace(" ", "_") for part in parts]
    if len(names) > 1 and names[0] in {"media", "bind"}:
        return _KINDS.get(names[1]), 2
    return _KINDS.get(names[0]), 1
