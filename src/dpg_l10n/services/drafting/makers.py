"""Candidates for sentences: from an engine that only translates, and from one that can weigh."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from dpg_l10n.domain.placeholders.sentinels import BRACES, SENTINELS, Sentinel
from dpg_l10n.ports import Candidate, Engine, Pair, Weigher, Wish
from dpg_l10n.services.drafting.choose import Made, read
from dpg_l10n.services.drafting.plausible import letters
from dpg_l10n.services.drafting.segments import Slot, with_numbers
from dpg_l10n.services.drafting.terms import Terms

MANY = 4
"""Translations of a sentence with placeholders that are compared."""

MANY_AGAIN = 6
"""The same for a sentence of which the first ones were refused."""

MANY_FOR_TERMS = 8
"""The same for a sentence with terms: one of them may well say each as the glossary does."""

MOST_WISHES = 2
"""Accepted words of one term that a translation is made to say."""

Words = tuple[str, ...]
Found = Mapping[Slot, Sequence[Made | None]]
"""Candidates of each sentence; None stands for one that lost a sentinel."""


class Maker(Protocol):
    """Makes candidates in two rounds: for all sentences, then for those that got none."""

    def first(self, wanted: Sequence[Slot]) -> Found:
        """Return candidates of all sentences."""
        ...

    def again(self, wanted: Sequence[Slot]) -> Found:
        """Return candidates of sentences whose first ones were refused."""
        ...


def maker_of(
    engine: Engine, pair: Pair, terms: Terms, progress: Callable[[int, int], None]
) -> Maker:
    """Return what makes the candidates of an engine.

    Args:
        engine: Translates.
        pair: From which language to which.
        terms: Finds the words that a translation is to use.
        progress: Called in the first round with sentences done since the last call, and all.
    """
    if isinstance(engine, Weigher):
        return _Weighing(engine, pair, terms, progress)
    return _Trusting(engine, pair, progress)


class _Trusting:
    """Takes the one translation that an engine has, with sentinels, then around the values."""

    def __init__(self, engine: Engine, pair: Pair, progress: Callable[[int, int], None]) -> None:
        self._engine = engine
        self._pair = pair
        self._progress = progress

    def first(self, wanted: Sequence[Slot]) -> Found:
        groups = _by_words(wanted)
        shapes = {words: _shape(words, BRACES) for words in groups}
        sent = {words: shape.join(words) for words, shape in shapes.items()}
        whole = len(set(sent.values()))
        made = _translate(
            self._engine, self._pair, sent.values(), lambda done: self._progress(done, whole)
        )
        return _spread(
            groups,
            {w: [read(made[sent[w]], s, len(w) - 1, 0.0, "whole")] for w, s in shapes.items()},
        )

    def again(self, wanted: Sequence[Slot]) -> Found:
        groups = _by_words(slot for slot in wanted if slot.values)
        pieces = _translate(self._engine, self._pair, _pieces(groups))
        return _spread(groups, {words: _around(words, pieces) for words in groups})


class _Weighing:
    """Compares several translations, and scores what was put together from pieces."""

    def __init__(
        self, engine: Weigher, pair: Pair, terms: Terms, progress: Callable[[int, int], None]
    ) -> None:
        self._engine = engine
        self._pair = pair
        self._terms = terms
        self._progress = progress
        self._sentinel = engine.sentinel(pair)

    def first(self, wanted: Sequence[Slot]) -> Found:
        groups = _by_words(wanted)
        wishes = {words for words in groups if self._wishes(words)}
        marked = [words for words in groups if len(words) > 1 and words not in wishes]
        alone = [words[0] for words in groups if len(words) == 1 and words not in wishes]
        split = [words for words in groups if len(words) > 1]
        single = list(dict.fromkeys([*alone, *_pieces(split)]))
        whole = len(single) + len(marked) + len(wishes)
        made = self._likeliest(single, lambda done: self._progress(done, whole))
        several = self._several(marked, MANY, lambda done: self._progress(done, whole))
        several |= self._several(
            list(wishes), MANY_FOR_TERMS, lambda done: self._progress(done, whole)
        )
        around = self._around(split, {piece: one.text for piece, one in made.items()})
        return _spread(
            groups,
            {words: [*found, *around.get(words, ())] for words, found in several.items()}
            | {
                (text,): [read(made[text].text, self._sentinel, 0, made[text].score, "whole")]
                for text in alone
            },
        )

    def again(self, wanted: Sequence[Slot]) -> Found:
        """Ask for more translations, carry numbers over, and insist on terms."""
        careful = {slot: with_numbers(slot) for slot in wanted}
        granted = self._granted(list(_by_words(wanted)))
        groups = _by_words(careful.values())
        several = self._several(list(groups), MANY_AGAIN)
        split = [words for words in groups if len(words) > 1]
        pieces = _translate(self._engine, self._pair, _pieces(split))
        around = self._around(split, pieces)
        return {
            slot: [
                *granted.get(slot.words, ()),
                *(
                    _numbered(slot, other, one)
                    for one in (*several[other.words], *around.get(other.words, ()))
                ),
            ]
            for slot, other in careful.items()
        }

    def _wishes(self, words: Words) -> list[Wish]:
        text = _shape(words, self._sentinel).join(words)
        return [
            Wish(text, use.start, use.end, said)
            for use in self._terms(text)
            if not use.keep
            for said in use.accepted[:MOST_WISHES]
        ]

    def _granted(self, wanted: Sequence[Words]) -> dict[Words, list[Made | None]]:
        """Return translations that were made to say their terms."""
        asked = [(words, wish) for words in wanted for wish in self._wishes(words)]
        if not asked:
            return {}
        made = self._engine.grant([wish for _, wish in asked], self._pair)
        found: dict[Words, list[Made | None]] = {}
        for (words, _), one in zip(asked, made, strict=True):
            shape = _shape(words, self._sentinel)
            found.setdefault(words, []).append(
                read(one.text, shape, len(words) - 1, one.score, "term")
            )
        return found

    def _likeliest(
        self, texts: Sequence[str], progress: Callable[[int], None]
    ) -> dict[str, Candidate]:
        """Return the one translation of each text, and how likely the model finds it."""
        if not texts:
            return {}
        found = self._engine.candidates(texts, self._pair, 1, progress=progress)
        return {
            text: several[0] if several else Candidate("", 0.0)
            for text, several in zip(texts, found, strict=True)
        }

    def _several(
        self,
        wanted: Sequence[Words],
        count: int,
        progress: Callable[[int], None] | None = None,
    ) -> dict[Words, list[Made | None]]:
        shapes = [_shape(words, self._sentinel) for words in wanted]
        sent = [shape.join(words) for words, shape in zip(wanted, shapes, strict=True)]
        found = self._engine.candidates(sent, self._pair, count, progress=progress) if sent else []
        return {
            words: [read(one.text, shape, len(words) - 1, one.score, "whole") for one in several]
            for words, shape, several in zip(wanted, shapes, found, strict=True)
        }

    def _around(
        self, wanted: Iterable[Words], pieces: Mapping[str, str]
    ) -> dict[Words, list[Made]]:
        """Return what is put together from pieces, with the model's score of it."""
        found = {words: _around(words, pieces) for words in wanted}
        known = [(words, one) for words, several in found.items() for one in several]
        scores = self._engine.weigh(
            [(self._sentinel.join(words), _marked(one, self._sentinel)) for words, one in known],
            self._pair,
        )
        for (words, one), score in zip(known, scores, strict=True):
            found[words] = [one._replace(score=score)]
        return found


def _by_words(wanted: Iterable[Slot]) -> dict[Words, list[Slot]]:
    groups: dict[Words, list[Slot]] = {}
    for slot in wanted:
        groups.setdefault(slot.words, []).append(slot)
    return groups


def _spread(
    groups: Mapping[Words, list[Slot]], found: Mapping[Words, Sequence[Made | None]]
) -> Found:
    return {slot: found[words] for words, slots in groups.items() for slot in slots}


def _shape(words: Words, preferred: Sentinel) -> Sentinel:
    """Return the preferred sentinel, or another one where the words themselves look like it."""
    text = "\n".join(words)
    shapes = (preferred, *SENTINELS)
    return next((shape for shape in shapes if not shape.pattern.search(text)), preferred)


def _pieces(groups: Iterable[Words]) -> list[str]:
    pieces = (piece.strip() for words in groups for piece in words if letters(piece))
    return list(dict.fromkeys(pieces))


def _translate(
    engine: Engine,
    pair: Pair,
    texts: Iterable[str],
    progress: Callable[[int], None] | None = None,
) -> dict[str, str]:
    distinct = list(dict.fromkeys(texts))
    if not distinct:
        return {}
    return dict(zip(distinct, engine.translate(distinct, pair, progress=progress), strict=True))


def _around(words: Words, pieces: Mapping[str, str]) -> list[Made]:
    """Return the one candidate that is put together from pieces, none where a piece has none."""
    made = tuple(_padded(word, pieces) if letters(word) else word for word in words)
    if any(letters(word) and not new.strip() for word, new in zip(words, made, strict=True)):
        return []
    return [Made(made, tuple(range(len(words) - 1)), 0.0, "around")]


def _padded(word: str, pieces: Mapping[str, str]) -> str:
    core = word.strip()
    start = len(word) - len(word.lstrip())
    return word[:start] + pieces[core].strip() + word[start + len(core) :]


def _marked(made: Made, sentinel: Sentinel) -> str:
    return made.filled([sentinel.write(number) for number in range(len(made.order))])


def _numbered(slot: Slot, careful: Slot, made: Made | None) -> Made | None:
    """Return a candidate in which numbers were carried over as one of the sentence itself."""
    if made is None or slot.words == careful.words:
        return made
    # The values of the sentence are found again by their place: each stands inside one of the
    # careful values, with numbers that touch it.
    places: list[int] = []
    values = list(careful.values)
    for number, value in enumerate(slot.values):
        start = places[-1] if places else 0
        at = next((i for i in range(start, len(values)) if value in values[i]), None)
        if at is None:
            return None
        values[at] = values[at].replace(value, f"\ue000{number}\ue001", 1)
        places.append(at)
    text = made.filled(values)
    parts = text.replace("\ue001", "\ue000").split("\ue000")
    return Made(tuple(parts[::2]), tuple(map(int, parts[1::2])), made.score, made.way)
