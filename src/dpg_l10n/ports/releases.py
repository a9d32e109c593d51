"""Releases, and what a gate asks the store."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from dpg_l10n.domain.release import Held, Release, ReleasedFile, WithdrawnText
from dpg_l10n.domain.states import State


class Releases(Protocol):
    """What was released, and what speaks against a release."""

    def add(
        self, project_id: int, release: Release, job: str, held: Sequence[Held], action_id: int
    ) -> None:
        """Write down what a release held; the project has none of this name."""

    def list(self, project_id: int) -> tuple[Release, ...]:
        """Return the releases of a project, the newest first."""

    def job_of(self, project_id: int, name: str) -> str | None:
        """Return the number of the job that made a release, empty for none; None: no such release."""

    def files(self, release_id: int) -> tuple[ReleasedFile, ...]:
        """Return the files of a release by path and language."""

    def holding(
        self, catalogue_id: int, language: str, unit_id: int, revisions: Collection[int]
    ) -> frozenset[int]:
        """Return the numbers of the releases that held one of some revisions of a unit."""

    def withdrawn(self, project_id: int) -> tuple[WithdrawnText, ...]:
        """Return every text of a project that was ever withdrawn, the newest first."""

    def with_errors(
        self, project_id: int, language: str, states: Sequence[State]
    ) -> tuple[str, ...]:
        """Return catalogue and key of texts in some states in which a check finds an error."""

    def unreviewed_risk(
        self, project_id: int, language: str, states: Sequence[State]
    ) -> tuple[str, ...]:
        """Return catalogue and key of texts in some states of clinical, legal or safety risk."""
