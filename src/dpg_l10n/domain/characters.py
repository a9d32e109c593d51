"""Characters that a language needs and that keyboards hide, for buttons beside a text."""

from __future__ import annotations

from typing import NamedTuple

from dpg_l10n.domain import locales


class Character(NamedTuple):
    """One character to insert."""

    text: str
    label: str
    """What the button shows: the character, or a short name where it is invisible."""


_NAMES = {
    "\u200b": "ZWSP",
    "\u200c": "ZWNJ",
    "\u200d": "ZWJ",
    "\u00a0": "NBSP",
    "\u202f": "NNBSP",
    "\u200e": "LRM",
    "\u200f": "RLM",
}
_COMMON = "“”’–…"
_BY_LANGUAGE = {
    "am": "።፣፤፥፡«»",
    "ar": "،؛؟«»\u200f\u200e",
    "as": "।\u200d\u200c",
    "bn": "।\u200d\u200c",
    "de": "„“–…",
    "el": "«»·;",
    "en": "‘’“”–…",
    "es": "¿¡«»ñáéíóúü",
    "fa": "\u200c،؛؟«»",
    "fr": "«»’\u202f\u00a0œÉÀÇ…",
    "ha": "ɓɗƙƴ’",
    "he": "״׳־\u200f\u200e",
    "hi": "।॥\u200d\u200c₹",
    "hy": "՞՜՛։«»",
    "ig": "ịọụṅ",
    "km": "\u200b។៕ៗ៖",
    "ko": "·“”‘’…",
    "ku": "êîûçş",
    "lo": "\u200bໆຯ",
    "mai": "।॥\u200d\u200c",
    "ml": "\u200d\u200c",
    "mr": "।\u200d\u200c₹",
    "my": "\u200b၊။",
    "ne": "।॥\u200d\u200c",
    "pa": "।\u200d\u200c",
    "pl": "„”–…",
    "ps": "،؛؟«»\u200c",
    "pt": "«»ãõçáéíóúâêô–",
    "ro": "„”țșăâî",
    "ru": "«»„“—…",
    "so": "’",
    "sd": "،؛؟",
    "si": "\u200d\u200c",
    "th": "\u200bๆฯ",
    "ti": "።፣፤፥፡«»",
    "uk": "«»’—ґ",
    "ur": "،؛؟۔\u200c",
    "vi": "đăâêôơư",
    "wo": "ëñŋ",
    "yo": "ẹọṣ\u0300\u0301",
    "zh": "，。！？；：「」《》…",
    "ja": "、。「」『』・…",
}


def characters(language: str) -> tuple[Character, ...]:
    """Return the characters to offer for a language (BCP 47), the most wanted first."""
    found = next(
        (_BY_LANGUAGE[tag] for tag in locales.fallbacks(language) if tag in _BY_LANGUAGE), _COMMON
    )
    return tuple(Character(each, _label(each)) for each in found)


def _label(character: str) -> str:
    # a combining mark alone would sit on the edge of its button
    return _NAMES.get(character) or (
        "◌" + character if "\u0300" <= character <= "\u036f" else character
    )
