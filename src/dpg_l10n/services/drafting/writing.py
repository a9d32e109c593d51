"""Drafts into the store, only where still nobody wrote anything."""

from __future__ import annotations

import math
from collections.abc import Iterable

from dpg_l10n.domain.records import Project
from dpg_l10n.domain.risk import RISKY
from dpg_l10n.domain.states import Made, Origin, State
from dpg_l10n.domain.unit import Translation, TranslationWrite, Unit
from dpg_l10n.ports import EngineInfo, UnitOfWork
from dpg_l10n.services.drafting.gaps import Gap


def write_drafts(
    uow: UnitOfWork,
    project: Project,
    language: str,
    gaps: Iterable[Gap],
    actor: str,
    at: int,
    *,
    risk: bool = False,
) -> list[Gap]:
    """Write drafts as one action of the history; the caller commits.

    Args:
        uow: A unit of work that writes.
        project: The project.
        language: BCP 47 tag.
        gaps: Units without a text; those without a draft are passed over.
        actor: Pseudonym.
        at: Seconds since 1970 in UTC.
        risk: True where the machine may draft units of risk.

    Returns:
        Those that were written.
    """
    by_catalogue: dict[int, list[Gap]] = {}
    for gap in gaps:
        if gap.text is not None:
            by_catalogue.setdefault(gap.catalogue.id, []).append(gap)
    written: list[Gap] = []
    if not by_catalogue:
        return written
    action_id = uow.projects.begin_action(project.id, actor, at, "draft")
    for catalogue_id, found in by_catalogue.items():
        units = {unit.id: unit for unit in uow.units.load(catalogue_id)}
        present = uow.translations.load(catalogue_id, language, [gap.unit for gap in found])
        still = [
            gap
            for gap in found
            if _still_open(gap, units.get(gap.unit.id), present.get(gap.unit.id), risk=risk)
        ]
        writes = [_draft_write(uow, gap) for gap in still]
        words = {unit.id: unit.words for unit in units.values()}
        uow.translations.write(catalogue_id, language, action_id, writes, words)
        written += still
    return written


def origin_of(info: EngineInfo, way: str, glossary: str = "", score: float = 0.0) -> Origin:
    """Return what a reader of a draft needs to judge it, years later.

    Args:
        info: What made it.
        way: How its placeholders were kept, see :class:`~dpg_l10n.services.drafting.protect.Draft`.
        glossary: Version of the glossary that it was held to, empty without one.
        score: Mean log-probability of the draft, 0.0 where the engine does not say.
    """
    # two decimals: drafts that share an origin share its row
    confidence = f"{math.exp(score):.2f}" if score < 0 else ""
    return Origin(
        Made.MACHINE,
        (
            *((("confidence", confidence),) if confidence else ()),
            ("demonstration", "yes" if info.demonstration else ""),
            ("engine", info.engine),
            *((("glossary", glossary),) if glossary else ()),
            ("licence", info.licence or ""),
            ("model", info.model),
            ("parameters", info.parameters),
            ("sha256", info.sha256),
            ("version", info.version),
            ("way", way),
        ),
    )


def _still_open(
    gap: Gap, unit: Unit | None, translation: Translation | None, *, risk: bool
) -> bool:
    """Tell whether a draft may be written now: nothing changed while it was made."""
    if unit is None or unit.obsolete or unit.text_id != gap.unit.text_id:
        return False
    if gap.guessed and unit.risk in RISKY and not (risk and _is_machines(gap)):
        return False
    return (translation.revision if translation else 0) == gap.expected


def _is_machines(gap: Gap) -> bool:
    return gap.origin is not None and gap.origin.made is Made.MACHINE


def _draft_write(uow: UnitOfWork, gap: Gap) -> TranslationWrite:
    assert gap.text is not None and gap.origin is not None  # noqa: S101, PT018 - chosen for it
    origin_id = uow.projects.origin_id(gap.origin)
    return TranslationWrite(gap.unit.id, gap.text, State.DRAFT, origin_id, gap.expected)
