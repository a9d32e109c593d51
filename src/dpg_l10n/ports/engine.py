"""What the use cases need of a machine translation engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, runtime_checkable

from dpg_l10n.domain.placeholders.sentinels import Sentinel


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
    parameters: str = ""
    """What the result depends on besides the model (``beam=2``), in words of the engine."""


class Candidate(NamedTuple):
    """One of several translations of a text."""

    text: str
    score: float
    """Mean log-probability of its tokens, at most 0: what the model itself thinks of it."""


class Wish(NamedTuple):
    """A translation in which a word of the source is to be said in a certain way."""

    text: str
    start: int
    end: int
    """The word is ``text[start:end]``."""
    said: str
    """How it is to be said."""


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


@runtime_checkable
class Weigher(Engine, Protocol):
    """An engine that can say several things and what it thinks of each."""

    def sentinel(self, pair: Pair) -> Sentinel:
        """Return the mark that this pair's model brings back unharmed most often."""

    def candidates(
        self,
        texts: Sequence[str],
        pair: Pair,
        count: int,
        *,
        progress: Callable[[int], None] | None = None,
    ) -> list[list[Candidate]]:
        """Return up to ``count`` translations of each single sentence, the likeliest first.

        Args:
            texts: Sentences.
            pair: From which language to which.
            count: Most translations of one text, 1 to 16.
            progress: As in :meth:`Engine.translate`.
        """

    def weigh(self, texts: Sequence[tuple[str, str]], pair: Pair) -> list[float]:
        """Return the score of translations that somebody else made, as ``(source, target)``."""

    def grant(self, wishes: Sequence[Wish], pair: Pair) -> list[Candidate]:
        """Return for each wish a translation that says the word so, as well as the rest allows."""


@runtime_checkable
class Comparable(Engine, Protocol):
    """An engine that can show what its model makes of texts with nothing of ours around it."""

    def plain(self, texts: Sequence[str], pair: Pair) -> list[str]:
        """Return the translations that the model's own program would give."""
