"""What people say of a text before somebody decides on it: suggestions, comments, flags, skips.

And the one thing that cannot wait for a decision: a harmful text is withdrawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dpg_l10n.domain.message import Plural, Text, is_empty
from dpg_l10n.domain.records import Project, StoredCatalogue
from dpg_l10n.domain.release import Release
from dpg_l10n.domain.states import State
from dpg_l10n.domain.unit import Comment, Lease, Mark, Suggestion, TranslationWrite, Unit
from dpg_l10n.errors import NotFoundError, StaleRevisionError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Clock, Store, UnitOfWork
from dpg_l10n.services.naming import find_by_key
from dpg_l10n.services.reading import Reader, UnitView
from dpg_l10n.services.releases import affected
from dpg_l10n.services.reviewing import STALE, take_back
from dpg_l10n.services.variants import fitted


@dataclass(frozen=True, slots=True)
class Talk:
    """What is said of a unit in a language, each oldest first."""

    suggestions: tuple[Suggestion, ...]
    comments: tuple[Comment, ...]
    marks: tuple[Mark, ...]
    lease: Lease | None
    """Who works on it now."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Which unit in which language is spoken of, and who speaks."""

    slug: str
    unit_id: int
    language: str
    actor: str = ""
    """Pseudonym; empty to read."""


def subject_of(
    store: Store, slug: str, catalogue: str, key: str, language: str, actor: str
) -> Subject:
    """Return the subject that a unit is which its key names.

    Raises:
        NotFoundError: There is no such project, catalogue or unit.
    """
    with store.read() as uow:
        _, unit = find_by_key(uow, uow.projects.require(slug), catalogue, key)
        return Subject(slug, unit.id, language, actor)


def talk(store: Store, subject: Subject, clock: Clock) -> Talk:
    """Return what is said of a unit in a language.

    Raises:
        NotFoundError: There is no such project or unit, or the source is in this language.
    """
    with store.read() as uow:
        project = uow.projects.require(subject.slug)
        _, unit = Reader(uow, project, subject.language).find(subject.unit_id)
        return _talk(uow, unit, subject.language, clock.now())


def suggest(store: Store, subject: Subject, text: Text, why: str, clock: Clock) -> Talk:
    """Propose a text; the current one stays, and so do other proposals.

    Raises:
        NotFoundError: As :func:`talk`.
        UsageError: ``state.empty`` or ``state.shape``: it is no whole text, or has plural variants
            where the source has none, or the other way round.
    """
    with store.write() as uow:
        project, stored, unit = _find(uow, subject)
        if is_empty(text):
            raise UsageError(N_("There is no whole text to decide on."), code="state.empty")
        if isinstance(text, Plural) is not isinstance(unit.source, Plural):
            raise UsageError(
                N_("“{key}”: the text and its source must both have plural variants, or neither."),
                code="state.shape", key=unit.key,
            )  # fmt: skip
        if isinstance(text, Plural):
            text = fitted(uow, stored, subject.language, text, unit.key)
        known = uow.translations.suggestions(unit, subject.language)
        if text not in {each.text for each in known}:
            action = _begin(uow, project, subject, clock, "suggest", why)
            made = Suggestion(unit.id, subject.language, text, why)
            uow.translations.suggest([made], action)
            uow.commit()
        return _talk(uow, unit, subject.language, clock.now())


def dismiss(store: Store, subject: Subject, suggestion_id: int, why: str, clock: Clock) -> Talk:
    """Turn a proposed text down; the history of actions keeps who and why.

    Raises:
        NotFoundError: As :func:`talk`, or nobody proposed it or somebody decided on it already.
    """
    with store.write() as uow:
        project, _, unit = _find(uow, subject)
        known = {each.id for each in uow.translations.suggestions(unit, subject.language)}
        if suggestion_id not in known:
            hint = "Somebody may have decided on it already."
            raise NotFoundError(kind="suggestion", name=suggestion_id, hint=hint)
        action = _begin(uow, project, subject, clock, "dismiss", why)
        uow.translations.close_suggestion(suggestion_id, action)
        uow.commit()
        return _talk(uow, unit, subject.language, clock.now())


def comment(store: Store, subject: Subject, text: str, clock: Clock) -> Talk:
    """Say something of a unit in a language.

    Raises:
        NotFoundError: As :func:`talk`.
    """
    with store.write() as uow:
        project, _, unit = _find(uow, subject)
        action = _begin(uow, project, subject, clock, "comment")
        uow.talk.comment(unit.id, subject.language, text, action)
        uow.commit()
        return _talk(uow, unit, subject.language, clock.now())


def mark(store: Store, subject: Subject, kind: str, why: str, clock: Clock) -> Talk:
    """Ask others to look (``flag``), or keep a unit out of one's own queue (``skip``).

    Raises:
        NotFoundError: As :func:`talk`.
    """
    with store.write() as uow:
        project, _, unit = _find(uow, subject)
        action = _begin(uow, project, subject, clock, kind, why)
        uow.talk.mark(unit.id, subject.language, subject.actor, kind, action)
        if kind == "skip":
            uow.talk.release([unit.id], subject.language, subject.actor)
        uow.commit()
        return _talk(uow, unit, subject.language, clock.now())


def unmark(store: Store, subject: Subject, kind: str, clock: Clock) -> Talk:
    """Take one's own mark off; one that is not there is off already.

    Raises:
        NotFoundError: As :func:`talk`.
    """
    with store.write() as uow:
        _, _, unit = _find(uow, subject)
        uow.talk.unmark(unit.id, subject.language, kind, actor=subject.actor)
        uow.commit()
        return _talk(uow, unit, subject.language, clock.now())


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What is there after a text was withdrawn, and who has it already."""

    view: UnitView
    releases: tuple[Release, ...]
    """Releases that held the text, the newest first: they have to be called back by people."""


def withdraw(store: Store, subject: Subject, revision: int, why: str, clock: Clock) -> Withdrawal:
    """Take a harmful text out of every export at once: what is read then is the source.

    It stays in the history, and as a text that needs work, until somebody writes another one.

    Args:
        store: Where.
        subject: Which text.
        revision: Revision that the person saw.
        why: What is harmful about it.
        clock: Gives the time.

    Raises:
        NotFoundError: As :func:`talk`.
        StaleRevisionError: The text changed since the person saw it.
        UsageError: ``state.empty``: there is no text to withdraw.
    """
    with store.write() as uow:
        project, stored, unit = _find(uow, subject)
        reader = Reader(uow, project, subject.language)
        view = reader.view(stored, unit)
        if view.revision != revision:
            raise StaleRevisionError(STALE, expected=revision, current=view.revision)
        now = view.translation
        if now is None:
            raise UsageError(N_("There is no text to withdraw."), code="state.empty")
        action = _begin(uow, project, subject, clock, "withdraw", why)
        if now.state is State.DRAFT:
            take_back(uow, stored, unit, subject.language, now, action)
        else:
            write = TranslationWrite(
                unit.id, now.text, State.NEEDS_WORK, now.origin_id, revision, now.source_text_id
            )
            words = {unit.id: unit.words}
            uow.translations.write(stored.id, subject.language, action, [write], words)
            uow.talk.withdraw(unit.id, subject.language, now.text, action)
        after = reader.view(stored, unit)
        held = affected(uow, project, stored, subject.language, unit, now.text)
        uow.commit()
        return Withdrawal(after, held)


def suggestions_of(
    store: Store, units: Sequence[Unit], language: str
) -> list[tuple[Suggestion, ...]]:
    """Return what was proposed for each of some units in a language, oldest first."""
    with store.read() as uow:
        return [uow.translations.suggestions(unit, language) for unit in units]


def _find(uow: UnitOfWork, subject: Subject) -> tuple[Project, StoredCatalogue, Unit]:
    project = uow.projects.require(subject.slug)
    stored, unit = Reader(uow, project, subject.language).find(subject.unit_id)
    return project, stored, unit


def _begin(
    uow: UnitOfWork, project: Project, subject: Subject, clock: Clock, kind: str, why: str = ""
) -> int:
    return uow.projects.begin_action(project.id, subject.actor, clock.now(), kind, why)


def _talk(uow: UnitOfWork, unit: Unit, language: str, now: int) -> Talk:
    return Talk(
        uow.translations.suggestions(unit, language),
        uow.talk.comments(unit.id, language),
        uow.talk.marks(unit.id, language),
        uow.talk.leased(unit.id, language, now),
    )
