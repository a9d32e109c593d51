"""Engines of drafts that tests can foresee."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dpg_l10n.domain.locales import fallbacks
from dpg_l10n.errors import ModelMissingError
from dpg_l10n.ports import EngineInfo, Pair


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
