"""In which script a language is written, and in which a text is."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

from babel.core import get_global

_CHARACTERS: dict[str, frozenset[str]] = {
    "Latn": frozenset({"LATIN"}),
    "Cyrl": frozenset({"CYRILLIC"}),
    "Grek": frozenset({"GREEK"}),
    "Arab": frozenset({"ARABIC"}),
    "Hebr": frozenset({"HEBREW"}),
    "Ethi": frozenset({"ETHIOPIC"}),
    "Deva": frozenset({"DEVANAGARI"}),
    "Beng": frozenset({"BENGALI"}),
    "Gujr": frozenset({"GUJARATI"}),
    "Guru": frozenset({"GURMUKHI"}),
    "Knda": frozenset({"KANNADA"}),
    "Mlym": frozenset({"MALAYALAM"}),
    "Orya": frozenset({"ORIYA"}),
    "Sinh": frozenset({"SINHALA"}),
    "Taml": frozenset({"TAMIL"}),
    "Telu": frozenset({"TELUGU"}),
    "Thaa": frozenset({"THAANA"}),
    "Tibt": frozenset({"TIBETAN"}),
    "Mymr": frozenset({"MYANMAR"}),
    "Khmr": frozenset({"KHMER"}),
    "Laoo": frozenset({"LAO"}),
    "Thai": frozenset({"THAI"}),
    "Armn": frozenset({"ARMENIAN"}),
    "Geor": frozenset({"GEORGIAN"}),
    "Tfng": frozenset({"TIFINAGH"}),
    "Nkoo": frozenset({"NKO"}),
    "Adlm": frozenset({"ADLAM"}),
    "Hans": frozenset({"CJK"}),
    "Hant": frozenset({"CJK"}),
    "Jpan": frozenset({"CJK", "HIRAGANA", "KATAKANA"}),
    "Kore": frozenset({"CJK", "HANGUL"}),
}
"""Of a script by its ISO 15924 code: the first words of its letters' names in Unicode."""


@lru_cache(maxsize=512)
def script_of(tag: str) -> str:
    """Return the ISO 15924 code of the script of a language (BCP 47), empty where unknown."""
    parts = tag.split("-")
    for part in parts[1:]:
        if len(part) == 4 and part.isalpha():
            return part.title()
    if parts[:2] == ["sr", "EL"]:
        return "Latn"  # wikis' sr-el is Serbian in Latin letters; no country has that code
    likely = get_global("likely_subtags")
    found = likely.get("_".join(parts[:2])) or likely.get(parts[0], "")
    return next((part for part in found.split("_") if len(part) == 4 and part.isalpha()), "")


def foreign_ratio(text: str, tag: str) -> float:
    """Return the share of letters that the script of a language does not have, 0.0 to 1.0.

    0.0 for a text without letters, and for a language whose script is not known here.
    """
    own = _CHARACTERS.get(script_of(tag))
    if own is None or (text.isascii() and "LATIN" in own):
        return 0.0
    counted = Counter(_name(letter) for letter in text if letter.isalpha())
    whole = counted.total()
    return 1 - sum(counted[name] for name in own) / whole if whole else 0.0


@lru_cache(maxsize=4096)
def _name(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
