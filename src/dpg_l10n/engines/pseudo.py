"""The pseudo-language ``en-XA``: English that is longer and accented, to try an interface with.

What stays plain on a screen was never marked for translation; what is cut off has no room.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from dpg_l10n.engines.spec import EngineSpec
from dpg_l10n.errors import ModelMissingError
from dpg_l10n.ports import EngineInfo, Pair

PAIR = Pair("en", "en-XA")
_ACCENTED = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž",
)
_SENTINEL = re.compile(r"(\{\d+\})")
_LONGER = 0.3
"""How much longer than English a translation may well be."""


class PseudoEngine:
    """Translates English to ``en-XA`` by a table of letters.

    Args:
        folders: Not used; an engine is given the folders of models.
    """

    name = "pseudo"
    sends_text_away = False

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        """Need nothing."""

    def pairs(self) -> tuple[Pair, ...]:
        """Return the one pair."""
        return (PAIR,)

    def info(self, pair: Pair) -> EngineInfo:
        """Return what makes the texts.

        Raises:
            ModelMissingError: Any pair but ``en`` to ``en-XA``.
        """
        if pair != PAIR:
            raise ModelMissingError(source=pair.source, target=pair.target)
        return EngineInfo(self.name, "en-XA", "1", "", None, demonstration=True)

    def translate(
        self,
        texts: Sequence[str],
        pair: Pair,
        *,
        progress: Callable[[int], None] | None = None,
    ) -> list[str]:
        """Return the texts accented, a third longer and in brackets.

        Raises:
            ModelMissingError: Any pair but ``en`` to ``en-XA``.
        """
        self.info(pair)
        translated = [_pseudo(text) for text in texts]
        if progress is not None and texts:
            progress(len(texts))
        return translated

    def close(self) -> None:
        """Hold nothing, free nothing."""


def _pseudo(text: str) -> str:
    core = text.strip()
    if not core:
        return text
    start = len(text) - len(text.lstrip())
    parts = _SENTINEL.split(core)
    parts[::2] = [part.translate(_ACCENTED) for part in parts[::2]]
    padding = "·" * round(len(core) * _LONGER)
    return f"{text[:start]}⟦{''.join(parts)}{padding}⟧{text[start + len(core) :]}"


ENGINE = EngineSpec(
    name="pseudo", title="Pseudo-language en-XA", sends_text_away=False, open=PseudoEngine
)
