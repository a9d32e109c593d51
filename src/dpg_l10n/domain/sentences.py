"""Where a text is cut before it is translated: at line breaks and sentence ends.

Translation models are trained on single sentences; given several they drop or merge some. One rule
for all languages is enough for interface texts, needs no model and no network, and takes time
linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_CHARS = 600
"""Longest piece, in characters; a model reads at most 1,024 tokens and drops the rest unsaid."""

_END = re.compile(
    # The look-behind lets a run of spaces be tried once, from its first character.
    r"(?P<break>(?<![^\S\n])[^\S\n]*\n\s*)"
    # A full stop of a script without capitals ends a sentence wherever it stands.
    r"|(?<=[。！？।॥።၊။។])(?P<always>\s*)(?=\S)"
    # Elsewhere it must be followed by a space and by what can begin a sentence.
    r"|(?<=[.!?…؟۔])(?P<closing>[\"'”’»)\]]{0,3})(?P<space>\s+)(?=(?P<next>\S))"
)
_OPENING = frozenset("\"'“‘«([{<%$¿¡")
_ABBREVIATIONS = re.compile(
    r"e\.g|i\.e|etc|vs|cf|approx|incl|excl|est|ca|mr|mrs|ms|dr|prof|st|jr|sr|dept|fig|vol|tel|min|max"
    r"|ej|p\.ej|sra|dra|ud|uds|mme|mlle|z\.b|bzw|usw"
)
_BEFORE_NUMBER = frozenset({"no", "nos", "nr", "nº", "p", "pp", "art", "sec", "ch", "núm"})
_LAST_WORD = re.compile(r"([^\W\d_]+(?:\.[^\W\d_]+)*)\.$")


def split(text: str) -> list[str]:
    """Cut a text into pieces to translate and the white space between them.

    Returns:
        Pieces at even places, what stood between them at odd places; joined they are the text.
        A piece may be empty and has at most ``MAX_CHARS`` characters.
    """
    parts: list[str] = []
    for position, part in enumerate(_sentences(text)):
        if position % 2:
            parts.append(part)
        else:
            parts.extend(_shorten(part))
    return parts


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for match in _END.finditer(text):
        if match["space"] is not None and not _ends_here(text, match):
            continue
        cut = match.end("closing") if match["closing"] is not None else match.start()
        yield text[start:cut]
        yield text[cut : match.end()]
        start = match.end()
    yield text[start:]


def _ends_here(text: str, match: re.Match[str]) -> bool:
    follower = match["next"]
    if not (follower in _OPENING or (follower.isalpha() and not follower.islower())):
        return False
    if text[match.start() - 1] != "." or match["closing"]:
        return True
    word = _LAST_WORD.search(text[max(0, match.start() - 16) : match.start()])
    if word is None:
        return True
    name = word[1].casefold()
    if _ABBREVIATIONS.fullmatch(name) or (len(name) == 1 and word[1].isupper()):
        return False
    return not (name in _BEFORE_NUMBER and follower in "{%<$")


def _shorten(piece: str) -> Iterator[str]:
    start = 0
    while len(piece) - start > MAX_CHARS:
        cut = _place_to_cut(piece, start)
        end = cut
        while end < len(piece) and piece[end].isspace():
            end += 1
        yield piece[start:cut]
        yield piece[cut:end]
        start = end
    yield piece[start:]


def _place_to_cut(piece: str, start: int) -> int:
    end = start + MAX_CHARS
    cut = max(piece.rfind(mark, start, end) + 1 for mark in (";", ":", ",", "،", "、"))
    if cut <= start + MAX_CHARS // 4:
        cut = piece.rfind(" ", start + 1, end)
    return cut if cut > start else end
