"""What no translation looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from dpg_l10n.domain.locales import base
from dpg_l10n.domain.scripts import foreign_ratio
from dpg_l10n.ports import Pair
from dpg_l10n.services.drafting.spoken import strays


class Reason(StrEnum):
    """Why a text has no draft."""

    NOTHING = "nothing to translate"
    PLACEHOLDER = "placeholder"
    EMPTY = "empty"
    UNKNOWN = "unknown characters"
    REPETITION = "repetition"
    LENGTH = "length"
    COPIED = "copied"
    SCRIPT = "script"
    LANGUAGE = "language"
    NUMBER = "number"
    FORBIDDEN = "forbidden word"
    TERM = "term"
    REJECTED = "rejected before"
    """A person rejected the same draft of the same source."""


UNKNOWN = "⁇"
"""What SentencePiece writes for a token that it does not know."""

_SHORT_COPY = 3
"""Letters of a text that may well be the same in both languages: ``OK``, ``ID``, ``SMS``."""

_WORDS_IN_LOOP, _CHARACTERS_IN_LOOP = 4, 8
"""Longest loop that is looked for, as words or as characters (scripts without spaces)."""

_TURNS = 4
"""Equal turns in a row that no text has unless its source has them as well."""

_FOREIGN = 0.5
"""Share of a draft that may be in another script, or in words of the source."""

_WORDS_OF_SOURCE = 4
"""Fewer of them say nothing: languages share words."""

_WORD = re.compile(r"[^\W\d_]{2,}")


def letters(text: str) -> int:
    """Return the number of letters in a text, combining vowel signs not counted."""
    return sum(map(str.isalpha, text))


def implausible(source: str, draft: str, pair: Pair) -> Reason | None:
    """Return why a draft cannot be a translation, or None.

    Args:
        source: Source text without placeholders.
        draft: Draft without placeholders.
        pair: From which language to which.
    """
    had, has = letters(source), letters(draft)
    if has == 0:
        return Reason.EMPTY
    if UNKNOWN in draft and UNKNOWN not in source:
        return Reason.UNKNOWN
    if (_loops(draft) and not _loops(source)) or _stutters(source, draft):
        return Reason.REPETITION
    # Chinese needs a third of the letters of English, Malayalam under twice as many.
    if has > 3 * had + 20 or has * 8 < had - 16:
        return Reason.LENGTH
    same_words = " ".join(draft.split()) == " ".join(source.split())
    if same_words and had > _SHORT_COPY and base(pair.source) != base(pair.target):
        return Reason.COPIED
    return _foreign(source, draft, pair)


def _foreign(source: str, draft: str, pair: Pair) -> Reason | None:
    """Return what is wrong when a draft is in another script or in another language.

    Words of the source are names until they are most of a draft.
    """
    known = {word.casefold() for word in _WORD.findall(source)}
    words = _WORD.findall(draft)
    new = [word for word in words if word.casefold() not in known]
    if sum(map(len, new)) > _SHORT_COPY and foreign_ratio(" ".join(new), pair.target) > _FOREIGN:
        return Reason.SCRIPT
    if base(pair.source) == base(pair.target):
        return None
    kept = len(words) - len(new)
    untranslated = kept >= _WORDS_OF_SOURCE and kept > _FOREIGN * len(words)
    return Reason.LANGUAGE if untranslated or strays(" ".join(new), pair.target) else None


def _loops(text: str) -> bool:
    """Tell whether some words or some characters come many times in a row."""
    return _cycles(text.split(), _WORDS_IN_LOOP, _TURNS) or _cycles(
        text, _CHARACTERS_IN_LOOP, 2 * _TURNS
    )


def _stutters(source: str, draft: str) -> bool:
    """Tell whether a draft says one word and nothing else again and again (``No`` as ``Sin Sin``).

    Small models do so with single words. A language that doubles words does it inside a text.
    """
    words = draft.casefold().split()
    return len(words) > max(1, len(source.split())) and len(set(words)) == 1


def _cycles(items: Sequence[str], longest: int, turns: int) -> bool:
    for period in range(1, longest + 1):
        run = 0
        for item, before in zip(items[period:], items, strict=False):
            run = run + 1 if item == before else 0
            if run >= period * (turns - 1):
                return True
    return False
