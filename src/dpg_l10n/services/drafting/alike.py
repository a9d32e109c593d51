"""What the memory has for texts that are nearly the same."""

from __future__ import annotations

from collections.abc import Iterable

from dpg_l10n.domain.memory import Asker, Recalled
from dpg_l10n.domain.message import plain
from dpg_l10n.domain.records import Project
from dpg_l10n.ports import Near, SourceIndex, UnitOfWork
from dpg_l10n.services.drafting.gaps import Gap, labels_of, memory_origin

ALIKE = 0.75
"""Similarity from which on a draft helps more than an empty field."""
_NEAR = 20
"""Source texts that are looked up for one."""


def fill_alike(
    uow: UnitOfWork, index: SourceIndex, project: Project, language: str, gaps: Iterable[Gap]
) -> None:
    """Fill gaps with the best translation of a source text that is nearly theirs.

    Args:
        uow: A unit of work.
        index: Of the store's source texts.
        project: Who asks.
        language: BCP 47 tag.
        gaps: What to fill.
    """
    index.follow(uow.memory.sources())
    near: dict[str, list[Near]] = {}
    for gap in gaps:
        text = plain(gap.unit.source)
        if text not in near:
            near[text] = index.nearest(text, at_least=ALIKE, most=_NEAR)
    recalled: dict[int, list[Recalled]] = {}
    wanted = sorted({one.text_id for found in near.values() for one in found})
    for match in uow.memory.recall(wanted, language, project.source_language):
        recalled.setdefault(match.text_id, []).append(match)
    for gap in gaps:
        asker = Asker(language, project.slug, project.licence, gap.unit.context)
        options = [
            (asker.worth(match, one.similarity), str(match.text), match, one.similarity)
            for one in near[plain(gap.unit.source)]
            for match in recalled.get(one.text_id, ())
            if asker.may_see(match)
            and labels_of(match.text) == gap.labels
            and one.is_of(match.source)
        ]
        if options:
            _, _, best, similarity = max(options, key=lambda option: option[:2])
            gap.text, gap.reason, gap.guessed = best.text, None, True
            gap.origin = memory_origin(
                best.licence, best.memory, best.project, similarity, best.state
            )
