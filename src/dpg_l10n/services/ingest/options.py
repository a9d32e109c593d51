"""How a push is meant."""

from __future__ import annotations

from dataclasses import dataclass

from dpg_l10n.domain.merge import OnConflict
from dpg_l10n.domain.states import State


@dataclass(frozen=True, slots=True)
class PushOptions:
    """How a push is meant."""

    actor: str = "maintainer"
    """Pseudonym written into the history."""
    accept_as: State = State.TRANSLATED
    """State of a finished text in a file: ``translated`` or ``reviewed``."""
    prune: bool = False
    """Take out units that the pushed source lacks."""
    prune_many: bool = False
    """Prune even when that takes out many of a catalogue's units."""
    minor: bool = False
    """Changed source texts mean the same; their translations keep their state."""
    on_conflict: OnConflict = OnConflict.KEEP
    """What happens to a text that was changed both here and in its file."""
    dry_run: bool = False
    """Report and write nothing."""
    accept_damage: bool = False
    """Take in texts even when their encoding looks damaged or many translations are lost."""
    keep_going: bool = False
    """Take in the readable files when others are refused; without it nothing is stored."""
