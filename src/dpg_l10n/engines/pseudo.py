"""The pseudo-languages ``en-XA`` and ``ar-XB``, to try an interface with (names of CLDR).

``en-XA`` is English that is longer and accented: what stays plain on a screen was never marked for
translation; what is cut off has no room. ``ar-XB`` is English in the order of right-to-left writing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from dpg_l10n.engines.spec import EngineSpec
from dpg_l10n.errors import ModelMissingError
from dpg_l10n.ports import EngineInfo, Pair

PAIR = Pair("en", "en-XA")
RIGHT_TO_LEFT = Pair("en", "ar-XB")
_ACCENTED = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž",
)
_SENTINEL = re.compile(r"(\{\d+\})")
_WORD = re.compile(r"[^\W_]+")
_TURNED = "\u200f\u202e{}\u202c\u200f"
"""A right-to-left mark, and an override of the order of letters around a word."""
LONGER = 0.3
"""How much longer than English a translation may well be."""


class PseudoEngine:
    """Translates English to ``en-XA`` by a table of letters, and to ``ar-XB`` by turning words round.

    Args:
        folders: Not used; an engine is given the folders of models.
        longer: Share of the length that is added, 0.0 for none.
    """

    name = "pseudo"
    sends_text_away = False

    def __init__(self, folders: Sequence[Path] = (), *, longer: float = LONGER) -> None:
        """Need nothing."""
        self._longer = longer

    def pairs(self) -> tuple[Pair, ...]:
        """Return both pairs."""
        return (PAIR, RIGHT_TO_LEFT)

    def info(self, pair: Pair) -> EngineInfo:
        """Return what makes the texts.

        Raises:
            ModelMissingError: Any pair but ``en`` to ``en-XA`` or ``ar-XB``.
        """
        if pair not in self.pairs():
            raise ModelMissingError(source=pair.source, target=pair.target)
        return EngineInfo(self.name, pair.target, "1", "", None, demonstration=True)

    def translate(
        self,
        texts: Sequence[str],
        pair: Pair,
        *,
        progress: Callable[[int], None] | None = None,
    ) -> list[str]:
        """Return the texts accented or turned round, longer and in brackets.

        Raises:
            ModelMissingError: Any pair but ``en`` to ``en-XA`` or ``ar-XB``.
        """
        self.info(pair)
        change = _turned if pair == RIGHT_TO_LEFT else _accented
        translated = [_pseudo(text, change, self._longer) for text in texts]
        if progress is not None and texts:
            progress(len(texts))
        return translated

    def close(self) -> None:
        """Hold nothing, free nothing."""


def _pseudo(text: str, change: Callable[[str], str], longer: float) -> str:
    core = text.strip()
    if not core:
        return text
    start = len(text) - len(text.lstrip())
    parts = _SENTINEL.split(core)
    parts[::2] = [change(part) for part in parts[::2]]
    padding = "·" * round(len(core) * longer)
    return f"{text[:start]}⟦{''.join(parts)}{padding}⟧{text[start + len(core) :]}"


def _accented(text: str) -> str:
    return text.translate(_ACCENTED)


def _turned(text: str) -> str:
    return _WORD.sub(lambda word: _TURNED.format(word[0]), text)


ENGINE = EngineSpec(
    name="pseudo",
    title="Pseudo-languages en-XA and ar-XB",
    sends_text_away=False,
    open=PseudoEngine,
)
