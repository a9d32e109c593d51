"""Machine drafts of many texts at once, each kind of placeholder protected in its own way."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from dpg_l10n.domain.message import Plural
from dpg_l10n.ports import Engine, EngineInfo, Pair
from dpg_l10n.services.drafting.gaps import Gap
from dpg_l10n.services.drafting.guard import guard_of
from dpg_l10n.services.drafting.plausible import Reason
from dpg_l10n.services.drafting.protect import Draft, draft_texts
from dpg_l10n.services.drafting.terms import Terms
from dpg_l10n.services.drafting.writing import origin_of


class MachineDrafts:
    """Drafts what is missing in one language; each distinct text once, however often it comes.

    Args:
        engine: Translates.
        pair: From which language to which.
        info: What the engine translates with.
        terms: Finds the terms of a text, and what a draft may call them.
        glossary: Version of the glossary that they are from, empty without one.
        progress: Called with the texts done so far.
    """

    def __init__(
        self,
        engine: Engine,
        pair: Pair,
        info: EngineInfo,
        terms: Terms,
        glossary: str,
        progress: Callable[[int], None],
    ) -> None:
        """Start without texts."""
        self.info = info
        self._engine = engine
        self._pair = pair
        self._terms = terms
        self._glossary = glossary
        self._progress = progress
        self._known: dict[frozenset[str], dict[str, Draft]] = {}
        self._seconds = 0.0
        self._asked = 0

    @property
    def name(self) -> str:
        """Engine, model and version."""
        return f"{self.info.engine} {self.info.model} {self.info.version}"

    @property
    def rate(self) -> float:
        """Distinct texts by seconds of work, 0.0 before there was any."""
        return (
            round(sum(map(len, self._known.values())) / self._seconds, 1) if self._seconds else 0.0
        )

    def draft(self, gaps: Iterable[Gap], kinds_of: Callable[[Gap], frozenset[str]]) -> None:
        """Give gaps a text and its origin, or the reason why there is none.

        A demonstration model knows a few phrases only: a text beside them is left and not rejected.

        Args:
            gaps: What lacks a text.
            kinds_of: Tells the kinds of placeholder that a gap's texts have.
        """
        wanted = [(gap, kinds_of(gap)) for gap in gaps]
        self._run(wanted)
        for gap, kinds in wanted:
            drafts = [self._known[kinds][text] for text in gap.sources]
            reason = next((draft.reason for draft in drafts if draft.text is None), None)
            if self.info.demonstration and reason is Reason.EMPTY:
                continue
            gap.reason = reason
            if reason is None:
                made = [str(draft.text) for draft in drafts]
                pairs = tuple(zip(gap.labels, made, strict=True)) if gap.labels else ()
                gap.text = Plural(pairs) if pairs else made[0]
                score = min(draft.score for draft in drafts)
                gap.origin = origin_of(self.info, drafts[-1].way, self._glossary, score)
                gap.guessed = True

    def _run(self, wanted: list[tuple[Gap, frozenset[str]]]) -> None:
        new: dict[frozenset[str], dict[str, None]] = {}
        for gap, kinds in wanted:
            known = self._known.setdefault(kinds, {})
            unknown = (text for text in gap.sources if text not in known)
            new.setdefault(kinds, {}).update(dict.fromkeys(unknown))
        done = self._asked

        def count(texts: int) -> None:
            nonlocal done
            done += texts
            self._progress(done)

        started = time.perf_counter()
        for kinds, texts in new.items():
            guard = guard_of(kinds, self._terms)
            drafts = draft_texts(self._engine, self._pair, list(texts), guard, count)
            self._known[kinds].update(zip(texts, drafts, strict=True))
        self._seconds += time.perf_counter() - started
        self._asked += sum(len(gap.sources) for gap, _ in wanted)
        self._progress(self._asked)
