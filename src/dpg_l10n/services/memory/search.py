"""The use cases: what is like a text, and where words were used before."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping

from dpg_l10n.domain.memory import Asker, Recalled, fold, holds
from dpg_l10n.domain.message import Text, plain
from dpg_l10n.domain.records import Project
from dpg_l10n.errors import NotFoundError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Memory, Near, SourceIndex, Store
from dpg_l10n.services import reading
from dpg_l10n.services.memory.reports import MemoryHit, MemoryReport

THRESHOLD = 0.70
"""Similarity from which on a text is worth looking at."""
_NEAR = 50
"""Source texts whose translations are looked up: not all have one in the language."""
_ALL = 400
"""The same, where the first ones had too few."""
_SPARE = 5
"""Texts with some words that are looked up beyond those that are shown."""


def search(
    store: Store,
    index: SourceIndex,
    text: Text,
    *,
    language: str,
    source_language: str | None = None,
    project: str | None = None,
    context: str = "",
    threshold: float = THRESHOLD,
    limit: int = 5,
) -> MemoryReport:
    """Return the translations of the source texts most like a text.

    Only texts that a person finished are in the memory, as they are at this moment.

    Args:
        store: Where they are.
        index: Of the store's source texts.
        text: Source text.
        language: BCP 47 tag of the translation.
        source_language: BCP 47 tag; None takes that of the project, or English.
        project: Slug of who asks; None for nobody in particular.
        context: Context of the text; translations with the same one are worth more.
        threshold: Lowest similarity, above 0.0 and up to 1.0.
        limit: Most hits.

    Raises:
        NotFoundError: There is no such project.
        UsageError: ``usage.threshold``: the threshold is not between 0 and 1.
    """
    if not 0 < threshold <= 1:
        raise UsageError(
            N_("The threshold must be above 0 and at most 1, not {value}."),
            code="usage.threshold", value=threshold,
        )  # fmt: skip
    with store.read() as uow:
        asking = _require(uow.projects.get(project), project) if project else None
        asker = _asker(asking, language, context)
        source_language = source_language or (asking.source_language if asking else "en")
        index.follow(uow.memory.sources())
        report = MemoryReport(language, (), 0)
        for most in (_NEAR, _ALL):
            near = index.nearest(plain(text), at_least=threshold, most=most)
            known = {found.text_id: found for found in near}
            same = uow.memory.find(text)
            if same is not None:
                known[same] = Near(same, 1.0, unicodedata.normalize("NFC", plain(text)))
            recalled = [
                found
                for found in uow.memory.recall(list(known), language, source_language)
                if known[found.text_id].is_of(found.source)
            ]
            likeness = {number: found.similarity for number, found in known.items()}
            report = _report(uow.memory, asker, recalled, likeness, limit)
            if len(report.hits) == limit or len(near) < most:
                break
        return report


def suggestions(
    store: Store,
    index: SourceIndex,
    slug: str,
    unit_id: int,
    language: str,
    *,
    threshold: float = THRESHOLD,
    limit: int = 5,
) -> MemoryReport:
    """Return what the memory has for a unit; its own translation is no suggestion.

    Raises:
        NotFoundError: There is no such project or unit, or the source is in this language.
        UsageError: ``usage.threshold``: the threshold is not between 0 and 1.
    """
    view = reading.read(store, slug, unit_id, language)
    unit = view.unit
    found = search(
        store, index, unit.source, language=language, project=slug, context=unit.context,
        threshold=threshold, limit=limit + 1,
    )  # fmt: skip
    hits = [hit for hit in found.hits if not _is(hit, slug, unit.key, view.language)]
    return MemoryReport(language, tuple(hits[:limit]), found.withheld)


def concordance(
    store: Store,
    index: SourceIndex,
    words: str,
    *,
    language: str,
    source_language: str | None = None,
    project: str | None = None,
    in_target: bool = False,
    limit: int = 20,
) -> MemoryReport:
    """Return translations whose source text, or which themselves, hold all of some words.

    Args:
        store: Where they are.
        index: Of the store's source texts.
        words: Separated by white space; parts of words are found as well.
        language: BCP 47 tag of the translations.
        source_language: BCP 47 tag; None takes that of the project, or English.
        project: Slug of who asks; None for nobody in particular.
        in_target: Look for the words in the translations.
        limit: Most hits.

    Raises:
        NotFoundError: There is no such project.
    """
    with store.read() as uow:
        asking = _require(uow.projects.get(project), project) if project else None
        source_language = source_language or (asking.source_language if asking else "en")
        asker = _asker(asking, language, "")
        find = _translations if in_target else _sources
        report = MemoryReport(language, (), 0)
        for most in (limit + _SPARE, max(5 * limit, _NEAR), max(5 * limit, _ALL)):
            found, recalled = find(uow.memory, index, words, language, source_language, most)
            report = _report(uow.memory, asker, recalled, None, limit)
            if len(report.hits) == limit or found < most:
                break
        return report


def _sources(
    memory: Memory, index: SourceIndex, words: str, language: str, source_language: str, most: int
) -> tuple[int, list[Recalled]]:
    """Return how many source texts hold words, up to a most, and their translations."""
    index.follow(memory.sources())
    found = index.holding(words, most=most)
    return len(found), memory.recall(found, language, source_language)


def _translations(
    memory: Memory, index: SourceIndex, words: str, language: str, source_language: str, most: int
) -> tuple[int, list[Recalled]]:
    """Return how many translations hold words as the indexes know them, and those that still do."""
    found: list[int] = []
    for tag in memory.languages(language):
        said = index.translations(tag)
        said.follow(memory.translations(tag))
        found += said.holding(words, most=most)
    folded = [fold(word) for word in words.split()]
    recalled = memory.saying(found, language, source_language)
    return len(found), [each for each in recalled if holds(each.text, folded)]


def rebuild_index(store: Store, index: SourceIndex) -> int:
    """Make the index anew from all source texts of the store; return how many there are.

    Those of translations are made anew when somebody asks for them.
    """
    with store.read() as uow:
        return index.rebuild(uow.memory.sources())


def _require(found: Project | None, slug: str) -> Project:
    if found is None:
        raise NotFoundError(kind="project", name=slug, hint="")
    return found


def _asker(project: Project | None, language: str, context: str) -> Asker:
    if project is None:
        return Asker(language, context=context)
    return Asker(language, project.slug, project.licence, context)


def _report(
    memory: Memory,
    asker: Asker,
    recalled: Iterable[Recalled],
    likeness: Mapping[int, float] | None,
    limit: int,
) -> MemoryReport:
    """Return the best of what was found, each translation of a project once."""
    best: dict[tuple[int, str, str, Text], tuple[float, Recalled]] = {}
    uses: dict[tuple[int, str, str, Text], int] = {}
    withheld = set()
    for found in recalled:
        same = (found.text_id, found.project, found.memory, found.text)
        if not asker.may_see(found):
            withheld.add(same)
            continue
        uses[same] = uses.get(same, 0) + 1
        worth = asker.worth(found, 1.0 if likeness is None else likeness[found.text_id])
        if same not in best or worth > best[same][0]:
            best[same] = (worth, found)
    ranked = sorted(
        best.items(),
        key=lambda item: (
            -item[1][0], len(plain(item[1][1].source)), -uses[item[0]], *item[0][:3], str(item[0][3]),
        ),
    )[:limit]  # fmt: skip
    changes = memory.source_changes([found.unit_id for _, (_, found) in ranked if found.unit_id])
    hits = [
        MemoryHit(
            source=found.source,
            text=found.text,
            language=found.language,
            similarity=None if likeness is None else _floor(likeness[found.text_id]),
            score=_floor(min(max(worth, 0.0), 1.0)),
            state=found.state,
            licence=found.licence,
            project=found.project or None,
            memory=found.memory or None,
            context=found.context,
            key=found.key,
            revision=found.revision,
            source_revision=1 + changes.get(found.unit_id, 0) if found.unit_id else 0,
            uses=uses[same],
        )
        for same, (worth, found) in ranked
    ]
    return MemoryReport(asker.language, tuple(hits), len(withheld))


def _floor(value: float) -> float:
    """Return a share rounded down, so that only the same is 1."""
    return math.floor(value * 10_000 + 1e-6) / 10_000


def _is(hit: MemoryHit, slug: str, key: str, language: str) -> bool:
    return (hit.project, hit.key, hit.language) == (slug, key, language) and hit.uses == 1
