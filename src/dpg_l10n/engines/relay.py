"""Drafts through a third language, where no model goes the whole way: only when asked for by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dpg_l10n.errors import ModelMissingError
from dpg_l10n.ports import Engine, EngineInfo, Pair


class RelayEngine:
    """Translates in two steps of another engine, and says so in every draft.

    A pair that the engine has itself is translated straight.

    Args:
        engine: Does both steps.
        through: BCP 47 tag of the language in the middle.
    """

    def __init__(self, engine: Engine, through: str) -> None:
        """Load nothing yet."""
        self.name = engine.name
        self.sends_text_away = engine.sends_text_away
        self._engine = engine
        self._through = through

    def pairs(self) -> tuple[Pair, ...]:
        """Return the engine's own pairs, then those that take two steps."""
        own = self._engine.pairs()
        into = [pair.source for pair in own if pair.target == self._through]
        out = [pair.target for pair in own if pair.source == self._through]
        both = (Pair(source, target) for source in into for target in out if source != target)
        return tuple(dict.fromkeys((*own, *both)))

    def info(self, pair: Pair) -> EngineInfo:
        """Return what translates a pair, both models where there are two.

        Raises:
            ModelMissingError: A step has no model.
        """
        if self._is_direct(pair):
            return self._engine.info(pair)
        first, second = (self._engine.info(step) for step in self._steps(pair))
        return EngineInfo(
            self.name,
            f"{first.model} + {second.model}",
            f"{first.version} + {second.version}",
            f"{first.sha256}+{second.sha256}" if first.sha256 and second.sha256 else "",
            " AND ".join(dict.fromkeys(filter(None, (first.licence, second.licence)))) or None,
            demonstration=first.demonstration or second.demonstration,
            parameters=f"{second.parameters} through={self._through}".strip(),
        )

    def translate(
        self,
        texts: Sequence[str],
        pair: Pair,
        *,
        progress: Callable[[int], None] | None = None,
    ) -> list[str]:
        """Translate texts in two steps; what has nothing after the first has nothing at all.

        Raises:
            ModelMissingError: A step has no model.
        """
        if self._is_direct(pair):
            return self._engine.translate(texts, pair, progress=progress)
        first, second = self._steps(pair)
        middle = self._engine.translate(texts, first)
        return self._engine.translate(middle, second, progress=progress)

    def close(self) -> None:
        """Give the memory of the models back."""
        self._engine.close()

    def _is_direct(self, pair: Pair) -> bool:
        try:
            self._engine.info(pair)
        except ModelMissingError:
            return False
        return True

    def _steps(self, pair: Pair) -> tuple[Pair, Pair]:
        return Pair(pair.source, self._through), Pair(self._through, pair.target)
