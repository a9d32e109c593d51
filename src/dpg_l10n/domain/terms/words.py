"""Words of a text as glossaries compare them, and whether one is a form of another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple

import snowballstemmer

from dpg_l10n.domain.locales import base
from dpg_l10n.domain.terms.forms import SHORT, related

MOST_IN_TERM = 200
"""Characters of a term."""
EXACT = "\0"
"""Begins the key of a word that is meant as it is written, capitals included."""

_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0711\u0730-\u074a\u07a6-\u07b0\u07eb-\u07f3\u0900-\u0963\u0966-\u096f\u0971-\u0df3"
    "\u0e30-\u0e4e\u0eb0-\u0ece\u0f71-\u0f84\u102b-\u103e\u135d-\u135f\u17b4-\u17d3\u1dc0-\u1dff"
    "\u200c\u200d"
)
"""Signs that belong to the word before them and that ``\\w`` leaves out: vowels and accents."""
_BETWEEN = "\\s\\-‐‑‒–—'’ʼ\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"
_TOKEN = re.compile(f"[\\w{_MARKS}]+|[^\\w{_MARKS}{_BETWEEN}]")
_QUALIFIER = re.compile(r"(?<=\S)\s*\([^()]*\)\s*$")
"""What tells two senses of one word apart: ``application (request)``."""

SPACELESS = frozenset({"bo", "dz", "ja", "km", "lo", "my", "nan", "th", "wuu", "yue", "zh"})
"""Languages that put no space between words."""
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque",
    "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_BETWEEN_WORDS = 2
"""Words that may stand between those of a term in a translation: your, new."""
_LONGEST = 60
"""Letters of a word; a longer one is no word, and is only compared as it stands."""


class Word(NamedTuple):
    """One word, or sign, of a text."""

    start: int
    end: int
    keys: tuple[str, ...]
    """What it may be looked up by, the most exact first; the last is that of its stem."""


def is_spaceless(language: str) -> bool:
    """Tell whether a language puts no space between words."""
    return base(language) in SPACELESS


def words(text: str, language: str) -> list[Word]:
    """Return the words and signs of a text in a language with spaces."""
    code = base(language)
    return [
        Word(
            match.start(),
            match.end(),
            _keys(word, code) if len(word := match[0]) <= _LONGEST else (word,),
        )
        for match in _TOKEN.finditer(text)
    ]


def without_qualifier(term: str) -> str:
    """Return a term as texts say it: without a remark in brackets at its end."""
    return _QUALIFIER.sub("", term[: MOST_IN_TERM + 1])


@lru_cache(maxsize=65_536)
def term_words(term: str, language: str, *, exact: bool = False) -> tuple[tuple[str, str], ...]:
    """Return key and folded form of each word of a term.

    A word in capitals (``WHO``) is an acronym and no form of another word (``who``).

    Args:
        term: The term.
        language: BCP 47 tag.
        exact: True for a name: every word with a capital is meant exactly so.
    """
    code = base(language)
    found = [match[0] for match in _TOKEN.finditer(without_qualifier(term))]
    return tuple(
        (
            word
            if len(word) > _LONGEST
            else EXACT + word
            if _is_acronym(word) or (exact and word != word.lower())
            else stem(word, code),
            _folded(word),
        )
        for word in found
    )  # fmt: skip


def spans(text: Sequence[Word], term: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """Return where a term stands in a text, by stems, as indices of words.

    Args:
        text: Its words.
        term: Of :func:`term_words`.
    """
    size = len(term)
    found = []
    at = 0
    while size and at + size <= len(text):
        if all(key in text[at + place].keys for place, (key, _) in enumerate(term)):
            found.append((at, at + size))
            at += size
        else:
            at += 1
    return found


def mentions(folded: Sequence[str], term: Sequence[tuple[str, str]], language: str) -> bool:
    """Tell whether a translation may say a term: its longer words in their order, in any form.

    Short words are passed over: “compte d’utilisateur” says “compte utilisateur”.

    Args:
        folded: Words of the translation, of :func:`fold`.
        term: Of :func:`term_words`; an acronym is never said in another form.
        language: BCP 47 tag of both.
    """
    code = base(language)
    if any(key[:1] == EXACT for key, _ in term):
        return False
    every = [form for _, form in term]
    forms = [form for form in every if not _is_little(form)]
    said = [word for word in folded if not _is_little(word) or word in forms] if forms else folded
    forms = forms or every
    return any(
        _follow(said[at : at + len(forms) + _BETWEEN_WORDS], forms, code) for at in range(len(said))
    )


def _is_little(word: str) -> bool:
    """Tell whether a word of an alphabet with vowels may be one that only joins others."""
    return len(word) <= SHORT and word[:1] < "\u0590"


def _follow(said: Sequence[str], forms: Sequence[str], code: str) -> bool:
    """Tell whether words are said one after another, the first at once."""
    if not related(said[0], forms[0], code):
        return False
    rest = iter(said[1:])
    return all(any(related(word, form, code) for word in rest) for form in forms[1:])


def fold(text: str, found: Sequence[Word]) -> list[str]:
    """Return words without difference of case."""
    return [_folded(text[word.start : word.end]) for word in found]


@lru_cache(maxsize=65_536)
def stem(word: str, code: str) -> str:
    """Return what the forms of a word have in common.

    The stem where there is a stemmer for the language, elsewhere the word without difference of
    case: :func:`dpg_l10n.domain.terms.forms.alike` then tells forms of it.

    Args:
        word: The word.
        code: Language subtag.
    """
    folded = _folded(word)
    stemmer = _stemmer(code)
    if stemmer is None:
        return folded
    with _ONE_AT_A_TIME:  # a stemmer keeps the word that it works on
        return str(stemmer.stemWord(folded)) or folded


def has_stemmer(language: str) -> bool:
    """Tell whether forms of words are known by a stemmer."""
    return _stemmer(base(language)) is not None


@lru_cache(maxsize=65_536)
def _keys(word: str, code: str) -> tuple[str, ...]:
    key = stem(word, code)
    if word == word.lower():
        return (key,)
    if word[-1] == "s" and _is_acronym(word[:-1]):  # IDs
        return EXACT + word, EXACT + word[:-1], key
    return EXACT + word, key


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _folded(word: str) -> str:
    return word.lower() if word.isascii() else unicodedata.normalize("NFC", word).casefold()


_ONE_AT_A_TIME = Lock()


@lru_cache(maxsize=64)
def _stemmer(code: str) -> Any:
    """Return the stemmer of a language, None without one; the package carries no types."""
    name = _STEMMERS.get(code)
    return snowballstemmer.stemmer(name) if name in snowballstemmer.algorithms() else None
