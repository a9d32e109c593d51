"""Machine drafts of many texts at once, each kind of placeholder protected in its own way."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dpg_l10n.ports import Engine, Pair
from dpg_l10n.services.drafting.guard import guard_of
from dpg_l10n.services.drafting.protect import Draft, draft_texts
from dpg_l10n.services.drafting.terms import Terms, no_terms


class MachineDrafts:
    """Collects texts, drafts each distinct one once, and gives the drafts back.

    Args:
        engine: Translates.
        pair: From which language to which.
        terms: Finds the terms of a text, and what a draft may call them.
    """

    def __init__(self, engine: Engine, pair: Pair, terms: Terms = no_terms) -> None:
        """Start without texts."""
        self._terms = terms
        self._engine = engine
        self._pair = pair
        self._wanted: dict[frozenset[str], dict[str, Draft | None]] = {}

    @property
    def sent(self) -> int:
        """Number of distinct texts."""
        return sum(map(len, self._wanted.values()))

    def want(self, texts: Iterable[str], kinds: frozenset[str]) -> None:
        """Ask for drafts of texts whose placeholders are of these kinds."""
        self._wanted.setdefault(kinds, {}).update(dict.fromkeys(texts))

    def run(self, progress: Callable[[int, int], None]) -> None:
        """Draft everything that was asked for.

        Args:
            progress: Called with the texts done so far and all texts.
        """
        whole = self.sent
        done = 0

        def count(steps: int) -> None:
            nonlocal done
            done = min(done + steps, whole)
            progress(done, whole)

        for kinds, group in self._wanted.items():
            texts = list(group)
            drafts = draft_texts(
                self._engine, self._pair, texts, guard_of(kinds, self._terms), count
            )
            group.update(zip(texts, drafts, strict=True))

    def result(self, text: str, kinds: frozenset[str]) -> Draft:
        """Return the draft of a text after :meth:`run`."""
        found = self._wanted[kinds][text]
        assert found is not None  # noqa: S101 - run() filled every text
        return found
