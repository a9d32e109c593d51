"""The use cases: the terms of a source text, for people who translate it."""

from __future__ import annotations

from collections.abc import Sequence

from dpg_l10n.domain.message import plain
from dpg_l10n.domain.terms import Hit
from dpg_l10n.domain.unit import Unit
from dpg_l10n.ports import Store, UnitOfWork
from dpg_l10n.services import reading
from dpg_l10n.services.glossaries.reports import TermHit, TermHits


def hits_of_unit(store: Store, slug: str, unit_id: int, language: str) -> TermHits:
    """Return the terms of a unit's source, with the words of a language: suggestions too.

    Raises:
        NotFoundError: There is no such project or unit, or the source is in this language.
    """
    view = reading.read(store, slug, unit_id, language)
    return hits_of_text(store, slug, plain(view.unit.source), language)


def hits_of_units(
    store: Store, slug: str, units: Sequence[Unit], language: str
) -> list[tuple[TermHit, ...]]:
    """Return the terms of the sources of units of a project, in their order.

    Raises:
        NotFoundError: There is no such project.
    """
    with store.read() as uow:
        glance = Glance(uow, slug, language)
        return [glance.hits(plain(unit.source)) for unit in units]


def hits_of_text(store: Store, slug: str, text: str, language: str) -> TermHits:
    """Return the terms of a text in a project's source language.

    Raises:
        NotFoundError: There is no such project.
    """
    with store.read() as uow:
        return TermHits(language, Glance(uow, slug, language).hits(text))


class Glance:
    """Shows the terms of many source texts of a project in one language.

    Args:
        uow: Open.
        slug: Project.
        language: BCP 47 tag of the translations.
    """

    def __init__(self, uow: UnitOfWork, slug: str, language: str) -> None:
        """Read the concepts once.

        Raises:
            NotFoundError: There is no such project.
        """
        project = uow.projects.require(slug)
        self._uow = uow
        self._licences: dict[str, str | None] = {}
        self._language = language
        self._terms = uow.glossaries.terminology(project, language, enforced=False)

    def hits(self, text: str) -> tuple[TermHit, ...]:
        """Return the terms of a source text in its order."""
        found = self._terms.find(text) if self._terms is not None else ()
        return tuple(shown for hit in found for shown in self._shown(text, hit))

    def _shown(self, text: str, hit: Hit) -> list[TermHit]:
        return [
            TermHit(
                hit.start, hit.end, text[hit.start : hit.end], concept.key, concept.glossary,
                concept.status, concept.risk, concept.keep, concept.definition,
                tuple(
                    {"text": term.text, "use": term.use.value, "status": term.status.value}
                    for term in concept.said(self._language)
                ),
                concept.source, concept.licence or self._licence(concept.glossary),
            )
            for concept in hit.concepts
        ]  # fmt: skip

    def _licence(self, glossary: str) -> str | None:
        if glossary not in self._licences:
            found = self._uow.glossaries.get(glossary)
            self._licences[glossary] = found.licence if found else None
        return self._licences[glossary]
