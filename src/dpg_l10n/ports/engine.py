"""What the use cases need of a machine translation engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Pair:
    """From which language to which, as BCP 47 tags."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """What made a draft: kept with it for ever."""

    engine: str
    model: str
    """Name of the package (``translate-en_es``)."""
    version: str
    sha256: str
    """Of the archive that the package was installed from; empty where nobody knows."""
    licence: str | None
    demonstration: bool
    """True when the model only shows how drafts work."""


class Engine(Protocol):
    """Translates texts. Says nothing of placeholders: what may not change is not sent."""

    name: str
    sends_text_away: bool
    """True when texts leave the machine."""

    def pairs(self) -> tuple[Pair, ...]:
        """Return the pairs that can be translated now."""

    def info(self, pair: Pair) -> EngineInfo:
        """Return what translates a pair, or raise ModelMissingError."""

    def translate(
        self,
        texts: Sequence[str],
        pair: Pair,
        *,
        progress: Callable[[int], None] | None = None,
    ) -> list[str]:
        """Return the translations in the order of the texts.

        Args:
            texts: Whole texts; the engine splits, deduplicates and batches them itself.
            pair: From which language to which.
            progress: Called with the number of texts done since the last call. An exception that
                it raises stops the work.

        Raises:
            ModelMissingError: No model has this pair.
            MissingExtraError: The packages that run models are not installed.
        """

    def close(self) -> None:
        """Give the memory of the models back."""
