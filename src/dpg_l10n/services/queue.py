"""What a person works on next, and decisions on many texts at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dpg_l10n.domain.query import Query
from dpg_l10n.domain.records import Project
from dpg_l10n.domain.risk import RISKY
from dpg_l10n.domain.states import Actor, State, move
from dpg_l10n.domain.unit import Found, TranslationWrite
from dpg_l10n.errors import DpgL10nError, StaleRevisionError
from dpg_l10n.ports import Clock, Store, UnitOfWork
from dpg_l10n.services.reading import Reader, UnitView, read
from dpg_l10n.services.reviewing import Decision, decide_unit

LEASE_S = 1800
"""How long a unit of a queue is kept for the person who asked: an hour's break loses it to others."""
_AT_ONCE = 200
"""Texts accepted in one transaction: short enough for others to write in between."""


class Task(StrEnum):
    """What a queue is for."""

    REVIEW = "review"
    """Texts to accept, correct or reject: what needs work, drafts, what others translated."""
    TRANSLATE = "translate"
    """Texts to write: what needs work, drafts, what is missing."""


_STATES = {
    Task.REVIEW: (State.NEEDS_WORK, State.DRAFT, State.TRANSLATED),
    Task.TRANSLATE: (State.NEEDS_WORK, State.DRAFT, State.MISSING),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One decision among several."""

    unit_id: int
    language: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one decision among several."""

    unit_id: int
    language: str
    view: UnitView | None
    """What is there now; None where there is no such unit."""
    error: DpgL10nError | None
    """Why it was refused; None when it was written, or was written before."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a bulk accept did."""

    accepted: int
    skipped: dict[str, int]
    """By reason: ``draft``, ``finding``, ``risk``, ``state``, ``own``."""
    id: int
    """Number for undo; 0 when nothing was accepted."""


def queue(
    store: Store,
    slug: str,
    language: str,
    actor: str,
    clock: Clock,
    *,
    task: Task = Task.REVIEW,
    limit: int = 20,
    lease_s: int = LEASE_S,
) -> tuple[UnitView, ...]:
    """Return what a person works on next, kept for them until the lease ends.

    Units of risk come first, then the ones that are unchanged for longest. What another person
    holds, what this one skipped, and what this one translated is left out.

    Args:
        store: Where.
        slug: Project.
        language: BCP 47 tag.
        actor: Pseudonym.
        clock: Gives the time.
        task: What for.
        limit: Most units returned.
        lease_s: Seconds for which they are kept; 0 keeps none.

    Raises:
        NotFoundError: There is no such project, or its source is in this language.
    """
    with store.write() as uow:
        project = uow.projects.require(slug)
        reader = Reader(uow, project, language)
        stored = {each.id: each for each in uow.catalogues.list(project.id)}
        if not stored:
            return ()
        now = clock.now()
        rows = uow.talk.queue(
            list(stored), language, actor, _STATES[task], now=now, limit=limit
        )  # fmt: skip
        by_catalogue: dict[int, list[Found]] = {}
        for catalogue_id, found in rows:
            by_catalogue.setdefault(catalogue_id, []).append(found)
        views = {
            view.unit.id: view
            for catalogue_id, found in by_catalogue.items()
            for view in reader.views(stored[catalogue_id], found)
        }
        if lease_s and views:
            uow.talk.lease(list(views), language, actor, now + lease_s)
            uow.commit()
        return tuple(views[found.unit.id] for _, found in rows)


def decide_batch(
    store: Store, slug: str, items: Sequence[Item], clock: Clock
) -> tuple[Outcome, ...]:
    """Write decisions that a person made while the line was down, each for itself.

    One that was sent before and written then counts as written: a batch may be sent again.

    Raises:
        NotFoundError: There is no such project.
    """
    with store.read() as uow:
        uow.projects.require(slug)
    return tuple(_one(store, slug, item, clock) for item in items)


def _one(store: Store, slug: str, item: Item, clock: Clock) -> Outcome:
    view: UnitView | None
    try:
        view = decide_unit(store, slug, item.unit_id, item.language, item.decision, clock)
    except DpgL10nError as error:
        try:
            view = read(store, slug, item.unit_id, item.language)
        except DpgL10nError:
            return Outcome(item.unit_id, item.language, None, error)
        if isinstance(error, StaleRevisionError) and _written_before(view, item.decision):
            return Outcome(item.unit_id, item.language, view, None)
        return Outcome(item.unit_id, item.language, view, error)
    return Outcome(item.unit_id, item.language, view, None)


def _written_before(view: UnitView, decision: Decision) -> bool:
    said = decision.text is None or decision.text == view.text
    return said and view.state is decision.state and view.revision == decision.revision + 1


def accept_all(
    store: Store,
    slug: str,
    language: str,
    query: Query,
    actor: str,
    clock: Clock,
    *,
    progress: Callable[[int], None] | None = None,
) -> Accepted:
    """Accept every translated text that a query asks for and that nothing speaks against.

    Drafts, texts with findings, units of risk and the person's own texts are left as they are and
    counted: each of them wants a look of its own.

    Args:
        store: Where.
        slug: Project.
        language: BCP 47 tag.
        query: Which texts.
        actor: Pseudonym.
        clock: Gives the time.
        progress: Called with the number of texts looked at since the last call.

    Raises:
        NotFoundError: There is no such project or catalogue, or its source is in this language.
    """
    with store.read() as uow:
        project = uow.projects.require(slug)
        stored = Reader(uow, project, language).catalogues(query, None)
    skipped: Counter[str] = Counter()
    accepted = action = 0
    for catalogue in stored:
        after = (-1, 0)
        while True:
            with store.write() as uow:
                project = uow.projects.require(slug)
                rows = uow.units.page(
                    catalogue.id, language, query.without("catalogue"), after=after, limit=_AT_ONCE
                )  # fmt: skip
                own = uow.talk.written_by(
                    catalogue.id, language, actor, [row.unit.id for row in rows]
                )  # fmt: skip
                fit = []
                for row in rows:
                    reason = _against(row, own)
                    if reason:
                        skipped[reason] += 1
                    else:
                        fit.append(row)
                if fit:
                    action = action or _begin(uow, project, actor, clock, language)
                    _accept(uow, catalogue.id, language, action, fit)
                    uow.commit()
                    accepted += len(fit)
            if progress is not None:
                progress(len(rows))
            if len(rows) < _AT_ONCE:
                break
            after = (rows[-1].unit.position, rows[-1].unit.id)
    return Accepted(accepted, dict(sorted(skipped.items())), action)


def _against(row: Found, own: frozenset[int]) -> str | None:
    """Return why a text is not accepted with many others, None when nothing speaks against it."""
    text = row.translation
    if text is not None and text.state is State.DRAFT:
        return "draft"
    if text is None or text.state is not State.TRANSLATED:
        return "state"
    if row.unit.risk in RISKY:
        return "risk"
    if row.checked:
        return "finding"
    return "own" if row.unit.id in own else None


def _begin(uow: UnitOfWork, project: Project, actor: str, clock: Clock, language: str) -> int:
    return uow.projects.begin_action(project.id, actor, clock.now(), "accept", language)


def _accept(
    uow: UnitOfWork, catalogue_id: int, language: str, action: int, rows: Sequence[Found]
) -> None:
    writes = [
        TranslationWrite(
            row.unit.id, text.text, move(text.state, State.REVIEWED, Actor.REVIEWER),
            text.origin_id, text.revision,
        )
        for row in rows
        if (text := row.translation)
    ]  # fmt: skip
    words = {row.unit.id: row.unit.words for row in rows}
    uow.translations.write(catalogue_id, language, action, writes, words)
