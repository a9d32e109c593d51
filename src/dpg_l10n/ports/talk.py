"""What people say and do around translations before somebody decides on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from dpg_l10n.domain.message import Text
from dpg_l10n.domain.states import State
from dpg_l10n.domain.unit import Comment, Found, Lease, Mark


class Talk(Protocol):
    """Comments, marks, leases and withdrawals, and what a person works on next."""

    def comment(self, unit_id: int, language: str, text: str, action_id: int) -> None:
        """Keep what somebody says of a unit in a language."""

    def comments(self, unit_id: int, language: str) -> tuple[Comment, ...]:
        """Return what was said of a unit in a language, oldest first."""

    def mark(self, unit_id: int, language: str, actor: str, kind: str, action_id: int) -> None:
        """Put a mark of a person on a unit in a language; a second of the kind takes its place."""

    def unmark(self, unit_id: int, language: str, kind: str, *, actor: str | None = None) -> None:
        """Take marks of a kind off a unit in a language: those of one person, or of all."""

    def marks(self, unit_id: int, language: str) -> tuple[Mark, ...]:
        """Return the marks on a unit in a language, oldest first."""

    def lease(self, unit_ids: Sequence[int], language: str, actor: str, until: int) -> None:
        """Give units in a language to a person until a time, whoever had them."""

    def release(self, unit_ids: Sequence[int], language: str, actor: str) -> None:
        """Take back what a person was given of some units in a language."""

    def leased(self, unit_id: int, language: str, now: int) -> Lease | None:
        """Return who has a unit in a language at a time, or None."""

    def withdraw(self, unit_id: int, language: str, text: Text, action_id: int) -> None:
        """Write down that a text is harmful."""

    def withdrawn(self, catalogue_id: int, language: str) -> dict[int, frozenset[Text]]:
        """Return the texts that were withdrawn in a language by unit."""

    def queue(
        self,
        catalogue_ids: Sequence[int],
        language: str,
        actor: str,
        states: Sequence[State],
        *,
        now: int,
        limit: int,
    ) -> list[tuple[int, Found]]:
        """Return units for a person to work on, each after its catalogue's number.

        Those of risk come first, then those that are unchanged for longest. Left out is what
        somebody else has at this time, what the person skipped, and what the person translated.
        """

    def written_by(
        self, catalogue_id: int, language: str, actor: str, unit_ids: Sequence[int]
    ) -> frozenset[int]:
        """Return those of some units whose current text this person wrote or decided on."""
