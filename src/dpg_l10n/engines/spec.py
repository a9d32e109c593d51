"""What an engine is to the rest of the toolkit before it is opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dpg_l10n.ports import Engine


@dataclass(frozen=True, slots=True)
class EngineSpec:
    """One machine translation engine."""

    name: str
    """Registered name (``"argos"``)."""
    title: str
    """Name for people."""
    sends_text_away: bool
    """True when texts leave this machine; such an engine is never used unless it is named."""
    open: Callable[[Sequence[Path]], Engine]
    """Make the engine from the folders of model packages, in the order in which they are searched;
    loads nothing yet."""
