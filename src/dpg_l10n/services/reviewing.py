"""Review: a person decides on a text, on the revision that they saw."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from dpg_l10n.domain.access import Permission
from dpg_l10n.domain.coverage import is_copied
from dpg_l10n.domain.findings import Finding
from dpg_l10n.domain.message import Plural, Text, is_empty
from dpg_l10n.domain.records import Project, StoredCatalogue
from dpg_l10n.domain.risk import RISKY
from dpg_l10n.domain.states import Actor, Made, Origin, State, move
from dpg_l10n.domain.unit import Suggestion, Translation, TranslationWrite, Unit
from dpg_l10n.errors import ConflictError, ForbiddenError, StaleRevisionError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Clock, Store, UnitOfWork
from dpg_l10n.services.reading import Reader, UnitView
from dpg_l10n.services.variants import fitted

PERSON = Origin(Made.PERSON)
STALE = N_(
    "The text was changed meanwhile: you decided on revision {expected}, the current one is "
    "{current}. Look at it and decide again."
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided.

    Args:
        text: New text; None keeps the current one.
        state: ``translated``, ``reviewed`` or ``needs_work`` (rejected).
        revision: Revision that the person saw.
        actor: Pseudonym.
        why: Reason, asked for when a text is rejected.
        may_accept_risk: True when the person may accept texts of clinical, legal or safety risk.
    """

    state: State
    revision: int
    actor: str
    text: Text | None = None
    why: str = ""
    may_accept_risk: bool = True


def decide(
    store: Store,
    slug: str,
    catalogue: str,
    key: str,
    language: str,
    decision: Decision,
    clock: Clock,
) -> UnitView:
    """Write a person's decision on a text, and return what is there then.

    Raises:
        NotFoundError: There is no such project, catalogue or unit, or the source is in this language.
        StaleRevisionError: The text changed since the person saw it; theirs is a suggestion now.
        ConflictError: The text has errors and cannot be ``reviewed``, or it is of risk and one
            person alone stands behind it.
        UsageError: There is no text to decide on, or it has plural variants where the source has
            none, or the other way round.
    """
    with store.write() as uow:
        project = uow.projects.require(slug)
        reader = Reader(uow, project, language)
        found = reader.by_key(catalogue, key)
        findings = _decide(uow, project, reader, *found, language, decision, clock)
        after = reader.view(*found, findings)
        uow.commit()
        return after


def decide_unit(
    store: Store, slug: str, unit_id: int, language: str, decision: Decision, clock: Clock
) -> UnitView:
    """Write a person's decision on a unit that is named by its number.

    Raises:
        NotFoundError: There is no such project or unit, or the source is in this language.
        StaleRevisionError: As :func:`decide`.
        ConflictError: As :func:`decide`.
        UsageError: As :func:`decide`.
    """
    with store.write() as uow:
        project = uow.projects.require(slug)
        reader = Reader(uow, project, language)
        found = reader.find(unit_id)
        findings = _decide(uow, project, reader, *found, language, decision, clock)
        after = reader.view(*found, findings)
        uow.commit()
        return after


def _decide(
    uow: UnitOfWork,
    project: Project,
    reader: Reader,
    stored: StoredCatalogue,
    unit: Unit,
    language: str,
    decision: Decision,
    clock: Clock,
) -> tuple[Finding, ...]:
    """Write a decision, which the caller commits; return what was found in the text.

    A refused text is kept and committed here.
    """
    translation = uow.translations.load(stored.id, language, [unit]).get(unit.id)
    current = translation.revision if translation else 0
    text = decision.text if decision.text is not None else translation and translation.text
    action_id = uow.projects.begin_action(
        project.id, decision.actor, clock.now(), "review", decision.why
    )
    if current != decision.revision:
        _keep_beside(uow, unit, language, decision, translation, action_id)
        raise StaleRevisionError(
            None if decision.text is not None else STALE,
            expected=decision.revision, current=current,
        )  # fmt: skip
    uow.talk.release([unit.id], language, decision.actor)
    rejected = decision.state is State.NEEDS_WORK and decision.text is None
    if rejected and translation and translation.state is State.DRAFT:
        take_back(uow, stored, unit, language, translation, action_id)
        return ()
    text = _whole(uow, stored, unit, language, decision, text)
    checker = reader.checker(stored)
    findings = tuple(checker.findings(unit, text, language))
    old = translation.state if translation else State.MISSING
    actor = Actor.REVIEWER if decision.state is State.REVIEWED else Actor.PERSON
    has_errors = any(found.severity == "error" for found in findings)
    state = move(old, decision.state, actor, has_errors=has_errors)
    if state is State.REVIEWED:
        _may_accept(uow, project, unit, language, text, decision)
    copied = is_copied(unit.source, text, project.source_language, language, checker.kinds(unit))
    edited = decision.text is not None or old is State.DRAFT
    origin_id = (
        uow.projects.origin_id(PERSON) if edited or translation is None else translation.origin_id
    )
    write = TranslationWrite(
        unit.id,
        text,
        state,
        origin_id,
        current,
        source_text_id=translation.source_text_id if rejected and translation else None,
        copied=copied and state is State.TRANSLATED,
    )
    uow.translations.write(stored.id, language, action_id, [write], {unit.id: unit.words})
    rows = [(unit.id, f.code, f.severity.value, f.message) for f in findings]
    uow.translations.replace_findings(stored.id, language, [unit.id], rows)
    if state is not State.NEEDS_WORK:
        for suggestion in uow.translations.suggestions(unit, language):
            if suggestion.text == text:
                uow.translations.close_suggestion(suggestion.id, action_id)
    if state is State.REVIEWED:
        uow.talk.unmark(unit.id, language, "flag")
    return findings


def _keep_beside(
    uow: UnitOfWork,
    unit: Unit,
    language: str,
    decision: Decision,
    translation: Translation | None,
    action_id: int,
) -> None:
    """Keep the text of a stale decision as a suggestion, and commit it, unless it is there already."""
    kept = {known.text for known in uow.translations.suggestions(unit, language)}
    if translation is not None:
        kept.add(translation.text)
    if decision.text is not None and decision.text not in kept:
        why = f"Written on revision {decision.revision}, which was no longer current."
        suggestion = Suggestion(unit.id, language, decision.text, why)
        uow.translations.suggest([suggestion], action_id)
        uow.commit()


def take_back(
    uow: UnitOfWork,
    stored: StoredCatalogue,
    unit: Unit,
    language: str,
    translation: Translation,
    action_id: int,
) -> None:
    """Make a unit missing again; the history keeps the text."""
    write = TranslationWrite(
        unit.id, "", State.MISSING, translation.origin_id, translation.revision
    )
    uow.translations.write(stored.id, language, action_id, [write], {unit.id: unit.words})
    uow.translations.replace_findings(stored.id, language, [unit.id], [])


def _whole(
    uow: UnitOfWork,
    stored: StoredCatalogue,
    unit: Unit,
    language: str,
    decision: Decision,
    text: Text | None,
) -> Text:
    """Return the text that is decided on, after seeing that it is whole and of the right shape."""
    if text is None or is_empty(text):
        raise UsageError(N_("There is no whole text to decide on."), code="state.empty")
    same_shape = isinstance(text, Plural) is isinstance(unit.source, Plural)
    if not same_shape and (decision.text is not None or decision.state is not State.NEEDS_WORK):
        raise UsageError(
            N_("“{key}”: the text and its source must both have plural variants, or neither."),
            code="state.shape", key=unit.key,
        )  # fmt: skip
    if isinstance(decision.text, Plural):
        return fitted(uow, stored, language, decision.text, unit.key)
    return text


def _may_accept(
    uow: UnitOfWork, project: Project, unit: Unit, language: str, text: Text, decision: Decision
) -> None:
    """Refuse a text of risk to those who do not know the subject, and what nobody else looked at."""
    if unit.risk in RISKY and not decision.may_accept_risk:
        raise ForbiddenError(permission=Permission.REVIEW_RISK.value)
    if unit.risk in RISKY or not project.self_review:
        _two_people(uow, unit, language, text, decision.actor)


def _two_people(uow: UnitOfWork, unit: Unit, language: str, text: Text, actor: str) -> None:
    """Refuse that one person alone stands behind a reviewed text.

    Behind a text stands who wrote it and who accepted it. Drafts have no writer; a push that only
    follows a source change, and a rejection, add nobody.
    """
    same = list(takewhile(lambda old: old.text == text, uow.translations.history(unit, language)))
    behind = {
        revision.actor
        for revision in same
        if revision.kind == "review" and revision.state in (State.TRANSLATED, State.REVIEWED)
    }
    if same and not same[-1].origin.automatic:
        behind.add(same[-1].actor)
    if not behind - {actor}:
        raise ConflictError(
            N_("Another person than its translator must accept this text."),
            code="state.two_people",
        )  # fmt: skip
