"""Glossaries: what concepts are called in each language, and what people decided on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from dpg_l10n.domain.records import Project
from dpg_l10n.domain.terms import Concept, Glossary, Terminology, Wanted


class Glossaries(Protocol):
    """Glossaries, of all projects or of one."""

    def overview(self) -> tuple[tuple[Glossary, int, int], ...]:
        """Return every glossary with the number of its concepts and of those accepted, by name."""

    def get(self, name: str) -> Glossary | None:
        """Return a glossary, or None."""

    def save(self, glossary: Glossary, actor: str) -> Glossary:
        """Add a glossary or bring its licence and time up to date; return it with its number.

        Whose it is does not change.
        """

    def remove(self, glossary: Glossary) -> int:
        """Take a glossary with all its concepts out; return how many there were."""

    def concepts(self, wanted: Wanted) -> list[Concept]:
        """Return concepts in the order in which they came, with the terms that were asked for."""

    def terminology(
        self, project: Project, language: str | None, *, enforced: bool
    ) -> Terminology | None:
        """Return the terms that hold for a project, None where there are none.

        Its own glossary and those of all. It is kept until a glossary changes.

        Args:
            project: Whose.
            language: BCP 47 tag of the translations; None looks for terms only.
            enforced: True takes what people accepted; False suggestions too.
        """

    def put(self, glossary: Glossary, concepts: Sequence[Concept], actor: str, at: int) -> int:
        """Write concepts by their key, as they are now; return how many were new or changed.

        Who and when is written beside what changed.
        """
