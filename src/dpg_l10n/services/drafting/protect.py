"""Drafts whose placeholders are whole, whatever the engine does to them.

A placeholder is never trusted to an engine: a sentinel travels in its place (``{0}``), and the
result is compared with the source. The words around the placeholders are translated alone as well;
of all that passes the checks the model's own scores choose. What nothing passes for is no draft,
with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dpg_l10n.ports import Engine, Pair
from dpg_l10n.services.drafting.accelerators import put_back, take_out
from dpg_l10n.services.drafting.branches import Case, Tree, cases, expand, rebuild
from dpg_l10n.services.drafting.choose import Made, objection, ranked
from dpg_l10n.services.drafting.guard import Guard
from dpg_l10n.services.drafting.makers import Found, maker_of
from dpg_l10n.services.drafting.plausible import Reason
from dpg_l10n.services.drafting.segments import Leaf, Slot, cut, fill, slots


@dataclass(frozen=True, slots=True)
class Draft:
    """What became of one text."""

    text: str | None
    """None when there is no draft that may be shown."""
    reason: Reason | None = None
    """Why there is none."""
    way: str = ""
    """``copy``: nothing in it is translated; ``whole`` or ``around``: how its placeholders were
    kept."""
    score: float = 0.0
    """Mean log-probability of the sentence that the model is least sure of; 0.0 where the engine
    does not say, or nothing is translated."""


def draft_texts(
    engine: Engine,
    pair: Pair,
    texts: Sequence[str],
    guard: Guard,
    progress: Callable[[int], None] | None = None,
) -> list[Draft]:
    """Draft many texts with a few calls of the engine for all of them.

    Args:
        engine: Translates.
        pair: From which language to which.
        texts: Sources; equal ones are drafted once.
        guard: What stays as it is, and the last word on every draft.
        progress: Called with the number of texts done since the last call.

    Returns:
        One draft per text, in the same order.

    Raises:
        ModelMissingError: The engine does not have this pair.
        MissingExtraError: The packages that the engine runs on are not installed.
    """
    work = {text: _Work(text, pair, guard) for text in dict.fromkeys(texts)}
    wanted = list(dict.fromkeys(slot for each in work.values() for slot in each.slots()))
    meter = _Meter(len(texts), progress)
    maker = maker_of(engine, pair, guard.terms, meter.advance)
    choice = _Choice(pair, guard)
    choice.take(maker.first(wanted))
    choice.take(maker.again([slot for slot in wanted if choice.refused.get(slot) in _AGAIN]))
    choice.settle()
    meter.finish()
    drafts = {text: each.draft(choice) for text, each in work.items()}
    return [drafts[text] for text in texts]


class _Meter:
    """Turns sentences done into whole texts done."""

    def __init__(self, texts: int, report: Callable[[int], None] | None) -> None:
        self._texts = texts
        self._report = report
        self._done = 0
        self._told = 0

    def advance(self, sentences: int, whole: int) -> None:
        self._done += sentences
        self._tell(self._texts * self._done // whole)

    def finish(self) -> None:
        self._tell(self._texts)

    def _tell(self, texts: int) -> None:
        if self._report is not None and texts > self._told:
            self._report(texts - self._told)
            self._told = texts


class _Choice:
    """What was taken for each sentence, and why nothing was."""

    def __init__(self, pair: Pair, guard: Guard) -> None:
        self.pair = pair
        self.guard = guard
        self.made: dict[Slot, Made] = {}
        self.refused: dict[Slot, Reason] = {}
        self._without_terms: dict[Slot, Made] = {}

    def take(self, found: Found) -> None:
        """Take the best candidate of each sentence to which nothing is to be objected."""
        for slot, candidates in found.items():
            reason = Reason.PLACEHOLDER if None in candidates else Reason.EMPTY
            for made in ranked([one for one in candidates if one is not None]):
                objected = objection(slot, made, self.pair, self.guard)
                if objected is None:
                    self.made[slot] = made
                    break
                if objected is Reason.TERM:
                    self._without_terms.setdefault(slot, made)
                if reason is Reason.EMPTY or objected is Reason.TERM:
                    reason = objected
            if slot in self.made:
                self.refused.pop(slot, None)
            else:
                self.refused.setdefault(slot, reason)

    def settle(self) -> None:
        """Take what lacks no more than a term: a reviewer sees that it does."""
        for slot, made in self._without_terms.items():
            self.made.setdefault(slot, made)


class _Work:
    """One text: taken apart, and put together again."""

    def __init__(self, text: str, pair: Pair, guard: Guard) -> None:
        self._text = text
        self._plain, self._key = take_out(text, guard.spans(text))
        self._tree: Tree = expand(self._plain, pair, guard.spans) or Case(self._plain, None)
        self._leaves: dict[Case, Leaf] = {
            case: cut(case.text, guard.spans) for case in cases(self._tree)
        }

    def slots(self) -> Iterator[Slot]:
        for leaf in self._leaves.values():
            yield from slots(leaf)

    def draft(self, choice: _Choice) -> Draft:
        found = list(self.slots())
        if not found:
            return Draft(self._text, way="copy") if self._text.strip() else _NOTHING
        missing = next((slot for slot in found if slot not in choice.made), None)
        if missing is not None:
            return Draft(None, choice.refused[missing])
        filled = {slot: choice.made[slot].filled(slot.values) for slot in found}
        text = rebuild(self._tree, lambda case: fill(self._leaves[case], filled))
        if not choice.guard.intact(self._plain, text):
            return Draft(None, Reason.PLACEHOLDER)
        if self._key is not None:
            text = put_back(text, self._key, choice.guard.spans(text))
        around = any(choice.made[slot].way == "around" for slot in found)
        score = min(choice.made[slot].score for slot in found)
        return Draft(text, way="around" if around else "whole", score=score)


_AGAIN = frozenset(Reason) - {Reason.COPIED, Reason.EMPTY}
"""What another translation may help. A model that copies a word does not know it, and its next best
one is no better."""

_NOTHING = Draft(None, Reason.NOTHING)
