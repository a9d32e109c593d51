"""The use case: a glossary becomes a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dpg_l10n.domain.terms import Concept, Term, TermStatus, Wanted
from dpg_l10n.interchange import glossary_csv, tbx
from dpg_l10n.ports import Store
from dpg_l10n.services.glossaries.importing import not_there
from dpg_l10n.services.glossaries.reports import GlossaryExport


def export_glossary(
    store: Store,
    put: Callable[[bytes], object],
    *,
    name: str | None = None,
    kind: str = "csv",
    languages: tuple[str, ...] = (),
    source_language: str = "en",
    accepted: bool = False,
) -> GlossaryExport:
    """Write concepts with their words, status and licence.

    Args:
        store: Where they are.
        put: Takes bytes, as ``file.write`` does.
        name: Of one glossary; None for all.
        kind: ``csv``, ``tbx`` (2019) or ``tbx-v2`` (2008).
        languages: BCP 47 tags besides the source language; empty for all.
        source_language: BCP 47 tag of the first column.
        accepted: Only what people accepted.

    Raises:
        NotFoundError: There is no such glossary.
    """
    with store.read() as uow:
        overview = uow.glossaries.overview()
        licences = {each.name: each.licence for each, _, _ in overview}
        if name is not None and name not in licences:
            raise not_there(name, list(licences))
        found = uow.glossaries.concepts(
            Wanted(
                glossary=name,
                languages=(source_language, *languages) if languages else None,
                status=TermStatus.ACCEPTED if accepted else None,
            )
        )
        whole = [
            replace(
                concept,
                licence=concept.licence or licences.get(concept.glossary),
                key=concept.key if name else f"{concept.glossary}/{concept.key}",
                terms=_terms(concept, accepted=accepted),
            )
            for concept in found
        ]
    whole = [concept for concept in whole if concept.terms]
    if kind == "csv":
        return GlossaryExport(*glossary_csv.write(put, source_language, whole))
    return GlossaryExport(*tbx.write(put, source_language, whole, old=kind == "tbx-v2"))


def _terms(concept: Concept, *, accepted: bool) -> tuple[Term, ...]:
    return tuple(
        term for term in concept.terms if not accepted or term.status is TermStatus.ACCEPTED
    )
