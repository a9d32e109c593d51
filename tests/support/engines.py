"""Engines of drafts that tests can foresee."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dpg_l10n.domain.locales import fallbacks
from dpg_l10n.domain.placeholders.sentinels import BRACES, Sentinel
from dpg_l10n.errors import ModelMissingError
from dpg_l10n.ports import Candidate, EngineInfo, Pair, Wish


class FakeEngine:
    """Writes the target language before each text, so that a draft is easy to tell.

    Args:
        pairs: What it translates.
        answers: Texts that it translates in another way.
        during: Called while it works, to let something happen meanwhile.
        demonstration: Whether it says that it only shows how drafts work.
    """

    name = "fake"
    sends_text_away = False

    def __init__(
        self,
        *pairs: tuple[str, str],
        answers: dict[str, str] | None = None,
        during: Callable[[], None] = lambda: None,
        demonstration: bool = False,
    ) -> None:
        self._pairs = tuple(Pair(*pair) for pair in pairs) or (Pair("en", "sw"),)
        self._answers = answers or {}
        self._during = during
        self._demonstration = demonstration
        self.asked: list[str] = []
        self.closed = False

    def pairs(self) -> tuple[Pair, ...]:
        return self._pairs

    def info(self, pair: Pair) -> EngineInfo:
        if not any(Pair(pair.source, target) in self._pairs for target in fallbacks(pair.target)):
            raise ModelMissingError(source=pair.source, target=pair.target)
        model = f"translate-{pair.source}_{pair.target}"
        return EngineInfo("fake", model, "1.0", "ab" * 32, "CC0-1.0", self._demonstration)

    def translate(
        self,
        texts: Sequence[str],
        pair: Pair,
        *,
        progress: Callable[[int], None] | None = None,
    ) -> list[str]:
        self._during()
        self.asked.extend(texts)
        if progress is not None:
            progress(len(texts))
        return [self._answers.get(text, f"{pair.target} {text}") for text in texts]

    def close(self) -> None:
        self.closed = True


class FakeWeigher(FakeEngine):
    """Has several answers to a text, the first the likeliest, and says nothing else.

    Args:
        several: Answers by text.
        grants: What it says to every wish.
    """

    pair = Pair("en", "es")

    def __init__(self, several: dict[str, list[str]], *, grants: str = "") -> None:
        super().__init__(("en", "es"))
        self._several = several
        self._grants = grants
        self.granted: list[Wish] = []

    def translate(
        self,
        texts: Sequence[str],
        pair: Pair,
        *,
        progress: Callable[[int], None] | None = None,
    ) -> list[str]:
        return [found[0].text if found else "" for found in self.candidates(texts, pair, 1)]

    def sentinel(self, pair: Pair) -> Sentinel:
        return BRACES

    def candidates(
        self,
        texts: Sequence[str],
        pair: Pair,
        count: int,
        *,
        progress: Callable[[int], None] | None = None,
    ) -> list[list[Candidate]]:
        return [
            [Candidate(answer, -float(place)) for place, answer in enumerate(found[:count])]
            for found in (self._several.get(text, []) for text in texts)
        ]

    def weigh(self, texts: Sequence[tuple[str, str]], pair: Pair) -> list[float]:
        return [-9.0 for _ in texts]

    def grant(self, wishes: Sequence[Wish], pair: Pair) -> list[Candidate]:
        self.granted.extend(wishes)
        return [Candidate(self._grants, 0.0) for _ in wishes]
