"""Corrections that change nothing of what a text says: its edges made like those of the source."""

from __future__ import annotations

from dpg_l10n.domain import locales
from dpg_l10n.domain.message import Plural, Text

_STOPS = {
    "am": "።", "ti": "።", "hi": "।", "ne": "।", "mai": "।", "bn": "।", "as": "।", "mr": ".", "pa": "।",
    "ur": "۔", "zh": "。", "ja": "。", "my": "။", "hy": "։",
}  # fmt: skip
_QUESTIONS = {"ar": "؟", "fa": "؟", "ur": "؟", "ps": "؟", "zh": "？", "ja": "？", "el": ";"}
_EXCLAMATIONS = {"zh": "！", "ja": "！"}
_COLONS = {"zh": "：", "ja": "：", "km": "៖"}
_NO_STOP = frozenset({"th", "lo", "km"})
_ENDS = {".": _STOPS, "?": _QUESTIONS, "!": _EXCLAMATIONS, ":": _COLONS, "…": {}}


def fixed(source: str, text: str, language: str) -> str:
    """Return a text with the white space of its source at both edges, and its last mark where it has none.

    Args:
        source: Source text.
        text: Translation; an empty one stays empty.
        language: BCP 47 tag of the translation: it says which marks it has.
    """
    inner = text.strip()
    if not inner or not source.strip():
        return text
    head = source[: len(source) - len(source.lstrip())]
    tail = source[len(source.rstrip()) :]
    return head + inner + _mark(source.strip(), inner, locales.base(language)) + tail


def _mark(source: str, text: str, language: str) -> str:
    """Return the mark that a text lacks at its end: only after a letter is it sure that one is missing."""
    last = source[-1]
    if last not in _ENDS or source.endswith("...") or not text[-1].isalnum():
        return ""
    if last == "." and language in _NO_STOP:
        return ""
    own = _ENDS[last].get(language, last)
    narrow = (
        "\u202f"
        if language == "fr" and own in "?!"
        else "\u00a0"
        if language == "fr" and own == ":"
        else ""
    )
    return narrow + own


def fixed_text(sources: Text, text: Text, language: str) -> Text:
    """Return a text whose variants all are :func:`fixed`, each beside the general source variant."""
    if isinstance(text, Plural):
        general = sources.forms[-1][1] if isinstance(sources, Plural) else sources
        return Plural(tuple((label, fixed(general, form, language)) for label, form in text.forms))
    return fixed(sources if isinstance(sources, str) else sources.forms[-1][1], text, language)
