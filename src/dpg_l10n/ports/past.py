"""What actions of the past changed, and what became of drafts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from dpg_l10n.domain.message import Text
from dpg_l10n.domain.trend import DayChange
from dpg_l10n.domain.unit import AcceptedDraft, Action, SourceChange, Touched, Unit, UnitBefore


class Past(Protocol):
    """What actions changed: for undo and for people."""

    def action(self, project_id: int, action_id: int) -> Action | None:
        """Return an action of a project, or None."""

    def note_units(self, action_id: int, before: Sequence[UnitBefore]) -> None:
        """Write down what units were before an action changed them."""

    def units_before(self, action_id: int, unit_ids: Sequence[int]) -> dict[int, UnitBefore]:
        """Return by unit what those of some units that an action changed were before it."""

    def units_after(self, action_id: int, unit_ids: Sequence[int]) -> dict[int, UnitBefore]:
        """Return by unit what an action left those of some units that later ones changed."""

    def source_changes(self, unit: Unit) -> tuple[SourceChange, ...]:
        """Return how the source of a unit changed, newest first."""

    def touched(self, catalogue_id: int, language: str, action_id: int) -> dict[int, Touched]:
        """Return by unit the translations that an action, or somebody after it, wrote."""

    def accepted_drafts(self, project_id: int | None) -> tuple[AcceptedDraft, ...]:
        """Return the machine drafts of a project, or of all, that people accepted or replaced."""

    def rejected_drafts(
        self, catalogue_id: int, language: str, *, any_source: bool = False
    ) -> dict[int, frozenset[Text]]:
        """Return by unit the drafts of its source that people rejected, of units without a text."""

    def coverage_days(
        self, catalogue_ids: Sequence[int], languages: Sequence[str] | None = None
    ) -> tuple[DayChange, ...]:
        """Return how the coverage of some catalogues changed, by day; None for all languages."""

    def keep_file(self, catalogue_id: int, path: str, push_id: int) -> None:
        """Keep the stored file of a path, or that there was none, before a push replaces it."""

    def restore_files(self, catalogue_id: int, push_id: int) -> tuple[str, ...]:
        """Put back the files that a push replaced, unless they were replaced again; return them."""
