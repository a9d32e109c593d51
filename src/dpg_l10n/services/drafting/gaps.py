"""What a project lacks in a language, and what the memory has for it."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from dpg_l10n.domain import plurals
from dpg_l10n.domain.catalogue import FILE_NAME
from dpg_l10n.domain.message import Text
from dpg_l10n.domain.records import Project, StoredCatalogue
from dpg_l10n.domain.states import Made, Origin, State
from dpg_l10n.domain.unit import Translation, Unit
from dpg_l10n.ports import UnitOfWork
from dpg_l10n.services.drafting.plausible import Reason
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
    rejected: frozenset[Text] = frozenset()
    """Drafts of this source that people did not want."""
    guessed: bool = False
    """True when the text is a machine's, or a person's for another source that is nearly the same."""


def find_gaps(
    uow: UnitOfWork,
    project: Project,
    language: str,
    limit: int | None = None,
    only: Collection[int] | None = None,
) -> list[Gap]:
    """Return the units of a project that lack a text, filled from the memory where it has one.

    Args:
        uow: A unit of work.
        project: The project.
        language: BCP 47 tag.
        limit: Most gaps; None for all.
        only: Numbers of the units that are looked at; None for all.
    """
    gaps: list[Gap] = []
    for catalogue in uow.catalogues.list(project.id):
        units = [unit for unit in uow.units.load(catalogue.id) if not unit.obsolete]
        present = uow.translations.load(catalogue.id, language, units)
        rejected = uow.past.rejected_drafts(catalogue.id, language)
        forms = plural_formula(uow, catalogue, language)
        labels = variant_labels(uow, catalogue, language)
        for unit in units:
            old = present.get(unit.id)
            if only is not None and unit.id not in only:
                continue
            if not _is_gap(old) or FILE_NAME in unit.flags.split(","):
                continue
            gap = Gap(catalogue, unit, old.revision if old else 0, (), ())
            gap.rejected = rejected.get(unit.id, gap.rejected)
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
        if match is not None and labels_of(match.text) == gap.labels:
            gap.text = match.text
            gap.origin = memory_origin(
                match.licence, match.memory, match.project, match.score, match.state
            )
            drop_rejected(gap)


def drop_rejected(gap: Gap) -> None:
    """Take back the text that a gap got where a person rejected the same one before."""
    if gap.text is not None and gap.text in gap.rejected:
        gap.text, gap.reason = None, Reason.REJECTED


def labels_of(text: Text) -> tuple[str, ...]:
    """Return the labels of plural variants, none for one text."""
    return () if isinstance(text, str) else text.labels


def memory_origin(
    licence: str | None, memory: str, project: str, score: float, state: State
) -> Origin:
    """Return the origin of a draft from the memory.

    Args:
        licence: SPDX expression of the text.
        memory: Name of the memory that came as a file; empty for a text of a project.
        project: Its slug; empty for an entry of a file.
        score: Similarity of the source texts, 0.0 to 1.0; rounded down, so that only the same is 1.
        state: Of the text.
    """
    detail = (
        ("licence", licence or ""),
        *((("memory", memory),) if memory else ()),
        ("project", project),
        ("score", f"{math.floor(score * 100 + 1e-6) / 100:g}"),
        ("state", state.value),
    )
    return Origin(Made.MEMORY, detail)
