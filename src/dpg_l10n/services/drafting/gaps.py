"""What a project lacks in a language, and what the memory has for it."""

from __future__ import annotations

from dataclasses import dataclass

from dpg_l10n.domain import plurals
from dpg_l10n.domain.message import Text
from dpg_l10n.domain.records import Project, StoredCatalogue
from dpg_l10n.domain.states import Made, Origin, State
from dpg_l10n.domain.unit import MemoryMatch, Translation, Unit
from dpg_l10n.ports import UnitOfWork
from dpg_l10n.services.variants import plural_formula, variant_labels


@dataclass(slots=True)
class Gap:
    """One unit without a text, and the draft that it gets."""

    catalogue: StoredCatalogue
    unit: Unit
    expected: int
    """Revision of the outdated draft that may be replaced, 0 when nothing is there."""
    labels: tuple[str, ...]
    """Labels of the plural variants that the language needs; empty for one text."""
    sources: tuple[str, ...]
    """Source text of each variant, or the one source text."""
    text: Text | None = None
    origin: Origin | None = None
    reason: str | None = None
    """Why a draft was made and dropped."""


def find_gaps(
    uow: UnitOfWork, project: Project, language: str, limit: int | None = None
) -> list[Gap]:
    """Return the units of a project that lack a text, filled from the memory where it has one.

    Args:
        uow: A unit of work.
        project: The project.
        language: BCP 47 tag.
        limit: Most gaps; None for all.
    """
    gaps: list[Gap] = []
    for catalogue in uow.catalogues.list(project.id):
        units = [unit for unit in uow.units.load(catalogue.id) if not unit.obsolete]
        present = uow.translations.load(catalogue.id, language, units)
        forms = plural_formula(uow, catalogue, language)
        labels = variant_labels(uow, catalogue, language)
        for unit in units:
            old = present.get(unit.id)
            if not _is_gap(old):
                continue
            gap = Gap(catalogue, unit, old.revision if old else 0, (), ())
            if isinstance(unit.source, str):
                gap.sources = (unit.source,)
            else:
                gap.labels = labels
                gap.sources = plurals.source_forms(
                    unit.source, labels, language, project.source_language, forms
                )
            gaps.append(gap)
    del gaps[limit if limit is not None else len(gaps) :]
    _remember(uow, project, language, gaps)
    return gaps


def _is_gap(old: Translation | None) -> bool:
    """Tell whether a draft may be written: nothing is there, or a draft of an older source."""
    if old is None:
        return True
    return old.state is State.DRAFT and old.source_text_id is not None


def _remember(uow: UnitOfWork, project: Project, language: str, gaps: list[Gap]) -> None:
    """Fill gaps with exact matches of the memory."""
    wanted = {gap.unit.text_id: gap.unit.source for gap in gaps}
    found = uow.memory.exact(wanted, language, project)
    for gap in gaps:
        match = found.get(gap.unit.text_id)
        if match is not None and _labels(match.text) == gap.labels:
            gap.text = match.text
            gap.origin = _origin(match)


def _labels(text: Text) -> tuple[str, ...]:
    return () if isinstance(text, str) else text.labels


def _origin(match: MemoryMatch) -> Origin:
    detail = (
        ("licence", match.licence or ""),
        *((("memory", match.memory),) if match.memory else ()),
        ("project", match.project),
        ("score", f"{match.score:g}"),
        ("state", match.state.value),
    )
    return Origin(Made.MEMORY, detail)
