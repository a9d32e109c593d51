"""The two sides of a merge: the store, and the bundle in a store of its own."""

from __future__ import annotations

from dataclasses import dataclass, field

from dpg_l10n.domain.records import Project
from dpg_l10n.ports import UnitOfWork
from dpg_l10n.services.bundles.reports import BundleRead


@dataclass(frozen=True, slots=True)
class Sides:
    """One bundle and one project."""

    uow: UnitOfWork
    """Of the store; writes."""
    ours: Project
    other: UnitOfWork
    """Of a store that holds the bundle alone."""
    theirs: Project
    action: int
    """The reading of the bundle."""
    actor: str
    """Who reads it."""
    report: BundleRead
    """To count in."""
    _actions: dict[int, int] = field(default_factory=dict)

    def act(self, actor: str, at: int, kind: str, why: str = "") -> int:
        """Write down what somebody did over there; return the number that it has here."""
        return self.uow.projects.begin_action(self.ours.id, actor, at, kind, why)

    def same_act(self, number: int, actor: str, at: int, kind: str, why: str) -> int:
        """Return what an action of there is here, which is written down once."""
        if number not in self._actions:
            self._actions[number] = self.act(actor, at, kind, why)
        return self._actions[number]
