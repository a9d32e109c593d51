"""A text as the sentences that are translated and all that stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dpg_l10n.domain.sentences import split
from dpg_l10n.services.drafting.guard import Spans
from dpg_l10n.services.drafting.plausible import letters

_MARK = re.compile("\\{\ue000(\\d+)\\}")
"""Stands for a value while a text is cut; begins as a placeholder does, which the rule of sentence
ends looks at."""

_DIGITS = re.compile(r"\d+(?:[.,:/\-]\d+)*")


class Slot(NamedTuple):
    """One sentence: ``words[0] values[0] words[1] … words[n]``."""

    words: tuple[str, ...]
    """What is translated; equal words are translated once, whatever stands between them."""
    values: tuple[str, ...]
    """What is carried over."""

    @property
    def text(self) -> str:
        """The sentence itself."""
        return weave(self.words, self.values)

    @property
    def bare(self) -> str:
        """The sentence without its values."""
        return " ".join(self.words)


Leaf = tuple[str | Slot, ...]
"""A text: its sentences, and between them what stays as it is."""


def weave(words: tuple[str, ...], values: tuple[str, ...]) -> str:
    """Return words with a value between each and the next."""
    return words[0] + "".join(v + w for v, w in zip(values, words[1:], strict=True))


def cut(text: str, spans: Spans) -> Leaf:
    """Cut a text at its sentence ends, never inside what is carried over."""
    words, values = _mask(text, spans(text))
    if "\ue000" in "".join(words):
        return (Slot(words, values),)
    marked = "".join(
        word + (f"{{\ue000{i}}}" if i < len(values) else "") for i, word in enumerate(words)
    )
    parts: list[str | Slot] = []
    for place, part in enumerate(split(marked)):
        if place % 2 or not letters(_MARK.sub("", part)):
            parts.append(_MARK.sub(lambda match: values[int(match[1])], part))
            continue
        core = part.strip()
        start = len(part) - len(part.lstrip())
        found = _MARK.split(core)
        slot = Slot(tuple(found[::2]), tuple(values[int(number)] for number in found[1::2]))
        parts += [part[:start], slot, part[start + len(core) :]]
    return tuple(part for part in parts if part)


def with_numbers(slot: Slot) -> Slot:
    """Return a sentence in which numbers are carried over too."""
    words: list[str] = []
    values: list[str] = []
    for place, word in enumerate(slot.words):
        position = 0
        for match in _DIGITS.finditer(word):
            words.append(word[position : match.start()])
            values.append(match[0])
            position = match.end()
        words.append(word[position:])
        if place < len(slot.values):
            values.append(slot.values[place])
    return _merged(words, values)


def slots(leaf: Leaf) -> Iterator[Slot]:
    """Yield the sentences of a text."""
    return (part for part in leaf if not isinstance(part, str))


def fill(leaf: Leaf, made: Mapping[Slot, str]) -> str:
    """Return a text with its sentences translated."""
    return "".join(part if isinstance(part, str) else made[part] for part in leaf)


def _mask(text: str, spans: list[tuple[int, int]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words: list[str] = []
    values: list[str] = []
    position = 0
    for start, end in spans:
        if start == position and values:
            values[-1] += text[start:end]  # neighbours travel as one
        else:
            words.append(text[position:start])
            values.append(text[start:end])
        position = end
    words.append(text[position:])
    return tuple(words), tuple(values)


def _merged(words: list[str], values: list[str]) -> Slot:
    """Return a sentence whose neighbouring values travel as one."""
    text, spans = "", []
    for word, value in zip(words, [*values, ""], strict=True):
        text += word
        if value:
            spans.append((len(text), len(text) + len(value)))
            text += value
    return Slot(*_mask(text, spans))
