"""Variants of one sentence that are translated as one: in capitals, with a colon or dots after it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

_END = re.compile(r"\s?(?:[:…]|\.\.\.)$")
_SENTENCE_END = re.compile(r"[.!?…:]")
_MARKS = re.compile(r"([{<\[⟦$%]{1,2}\d+[}>\]⟧]{0,2}|XPH\d+)")
_SHORT = 3
"""Letters of a word in capitals that is rather an abbreviation."""


class Spelled(NamedTuple):
    """A sentence as the model gets it, and what is done to the translation."""

    sentence: str
    ending: str
    """What was cut off the end and comes back after the translation."""
    capitals: bool
    """True when the translation is put in capitals."""

    def restore(self, translation: str) -> str:
        """Return the translation spelled like the source."""
        if not translation:
            return ""
        if self.capitals:
            translation = _in_parts(translation, str.upper)
        return translation.rstrip(".:… ") + self.ending if self.ending else translation


def spelled(sentence: str) -> Spelled:
    """Return a sentence without what does not change its translation.

    Models know few words in capitals and give them back as they are.
    """
    ending = _END.search(sentence)
    core = sentence[: ending.start()] if ending else sentence
    if ending is None or not core or _SENTENCE_END.search(core):
        core, end = sentence, ""
    else:
        end = ending[0]
    words = _MARKS.sub("", core)
    capitals = words.isupper() and sum(map(str.isalpha, words)) > _SHORT
    if capitals:
        core = _in_parts(core, str.lower)
        core = core[:1].upper() + core[1:]
    return Spelled(core, end, capitals)


def _in_parts(text: str, change: Callable[[str], str]) -> str:
    parts = _MARKS.split(text)
    parts[::2] = [change(part) for part in parts[::2]]
    return "".join(parts)
