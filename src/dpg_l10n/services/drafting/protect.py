"""Drafts whose placeholders are whole, whatever the engine does to them.

A placeholder is never trusted to an engine: a sentinel travels in its place (``{0}``), and the
result is compared with the source. What lost one is translated again in pieces, around its
placeholders. What still is not right is no draft, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dpg_l10n.ports import Engine, Pair
from dpg_l10n.services.drafting.plausible import Reason, implausible, letters

Spans = Callable[[str], list[tuple[int, int]]]
"""Finds the placeholders of a text: start and end of each, in order, not overlapping."""

Intact = Callable[[str, str], bool]
"""Tells whether a translation has the placeholders of its source."""

_SENTINEL = re.compile(r"\{\s?(\d{1,4})\s?\}")
"""Engines now and then put a space into a sentinel; no other damage is repaired."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What became of one text."""

    text: str | None
    """None when there is no draft that may be shown."""
    reason: Reason | None = None
    """Why there is none."""


class _Masked(NamedTuple):
    """A text cut at its placeholders: ``words[0] values[0] words[1] values[1] ... words[n]``."""

    words: tuple[str, ...]
    values: tuple[str, ...]

    @property
    def bare(self) -> str:
        """The text without its placeholders."""
        return " ".join(self.words)

    def sent(self) -> str:
        """Return what goes to the engine."""
        sentinels = (f"{{{index}}}" for index in range(len(self.values)))
        return _weave(self.words, tuple(sentinels))

    def restored(self, translation: str) -> str | None:
        """Put the placeholders back, or return None unless each sentinel is there once."""
        found = [int(match[1]) for match in _SENTINEL.finditer(translation)]
        if sorted(found) != list(range(len(self.values))):
            return None
        return _SENTINEL.sub(lambda match: self.values[int(match[1])], translation)


def draft_texts(
    engine: Engine,
    pair: Pair,
    texts: Sequence[str],
    spans_of: Spans,
    intact: Intact,
    progress: Callable[[int], None] | None = None,
) -> list[Draft]:
    """Draft many texts with at most two calls of the engine.

    Args:
        engine: Translates.
        pair: From which language to which.
        texts: Sources; equal ones are drafted once.
        spans_of: Finds the placeholders, which stay as they are.
        intact: The last word on every draft: one that it refuses is not returned.
        progress: Called with the number of texts done since the last call.

    Returns:
        One draft per text, in the same order.

    Raises:
        ModelMissingError: The engine does not have this pair.
        MissingExtraError: The packages that the engine runs on are not installed.
    """
    masked = {text: _mask(text, spans_of(text)) for text in texts}
    work = {text: parts for text, parts in masked.items() if letters(parts.bare)}
    drafts = dict.fromkeys(masked, Draft(None, Reason.NOTHING))

    # A text that holds what looks like a sentinel cannot be restored: it goes in pieces at once.
    whole = {text: parts for text, parts in work.items() if not _SENTINEL.search(parts.bare)}
    results = engine.translate([m.sent() for m in whole.values()], pair, progress=progress)
    again = [text for text in work if text not in whole]
    for (text, parts), result in zip(whole.items(), results, strict=True):
        drafts[text] = _judge(text, parts.restored(result), parts, pair, spans_of, intact)
        if drafts[text].reason is Reason.PLACEHOLDER and parts.values:
            again.append(text)

    for text, result in _around(engine, pair, {text: work[text] for text in again}).items():
        drafts[text] = _judge(text, result, work[text], pair, spans_of, intact)
    if progress is not None and len(texts) > len(whole):
        progress(len(texts) - len(whole))
    return [drafts[text] for text in texts]


def _mask(text: str, spans: list[tuple[int, int]]) -> _Masked:
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
    return _Masked(tuple(words), tuple(values))


def _around(engine: Engine, pair: Pair, work: dict[str, _Masked]) -> dict[str, str]:
    """Translate texts in pieces around their placeholders, all in one call."""
    pieces = list(dict.fromkeys(p for m in work.values() for p in m.words if letters(p)))
    if not pieces:
        return {}
    translated = dict(zip(pieces, engine.translate(pieces, pair), strict=True))
    return {
        text: _weave(tuple(translated.get(piece, piece) for piece in masked.words), masked.values)
        for text, masked in work.items()
    }


def _weave(words: tuple[str, ...], values: tuple[str, ...]) -> str:
    return words[0] + "".join(v + w for v, w in zip(values, words[1:], strict=True))


def _judge(
    source: str, draft: str | None, parts: _Masked, pair: Pair, spans_of: Spans, intact: Intact
) -> Draft:
    if draft is None or not intact(source, draft):
        return Draft(None, Reason.PLACEHOLDER)
    reason = implausible(parts.bare, _mask(draft, spans_of(draft)).bare, pair)
    return Draft(draft) if reason is None else Draft(None, reason)
