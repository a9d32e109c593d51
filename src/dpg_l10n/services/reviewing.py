"""Review: a person decides on a text, on the revision that they saw."""

from __future__ import annotations

from dataclasses import dataclass

from dpg_l10n.domain.coverage import is_copied
from dpg_l10n.domain.message import Text, is_empty
from dpg_l10n.domain.records import Project, StoredCatalogue
from dpg_l10n.domain.states import Actor, Made, Origin, State, move
from dpg_l10n.domain.unit import Suggestion, Translation, TranslationWrite, Unit
from dpg_l10n.errors import ConflictError, NotFoundError, StaleRevisionError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Clock, Store, UnitOfWork
from dpg_l10n.services.checker import Checker

PERSON = Origin(Made.PERSON)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One unit in one language, as a reviewer sees it."""

    catalogue: str
    key: str
    source: Text
    text: Text | None
    state: State
    revision: int
    """0 when nothing is there."""
    origin: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided.

    Args:
        text: New text; None keeps the current one.
        state: ``translated``, ``reviewed`` or ``needs_work`` (rejected).
        revision: Revision that the person saw.
        actor: Pseudonym.
        why: Reason, asked for when a text is rejected.
    """

    state: State
    revision: int
    actor: str
    text: Text | None = None
    why: str = ""


def list_units(
    store: Store, slug: str, language: str, *, state: State | None = None, limit: int = 50
) -> tuple[Reviewed, ...]:
    """Return units of a project in a language, in source order.

    Args:
        store: Where from.
        slug: Project.
        language: BCP 47 tag.
        state: Only units in this state; None for all.
        limit: Most units returned.

    Raises:
        NotFoundError: There is no such project.
    """
    found: list[Reviewed] = []
    with store.read() as uow:
        project = uow.projects.require(slug)
        origins = uow.projects.origins()
        for catalogue in uow.catalogues.list(project.id):
            units = [unit for unit in uow.units.load(catalogue.id) if not unit.obsolete]
            present = uow.translations.load(catalogue.id, language, units)
            checker = Checker(catalogue.format, project.source_language)
            for unit in units:
                translation = present.get(unit.id)
                now = translation.state if translation else State.MISSING
                if state is not None and now is not state:
                    continue
                origin = origins[translation.origin_id].describe() if translation else ""
                found.append(_view(catalogue, unit, translation, origin, checker, language))
                if len(found) >= limit:
                    return tuple(found)
    return tuple(found)


def decide(
    store: Store,
    slug: str,
    catalogue: str,
    key: str,
    language: str,
    decision: Decision,
    clock: Clock,
) -> Reviewed:
    """Write a person's decision on a text.

    Raises:
        NotFoundError: There is no such project, catalogue or unit.
        StaleRevisionError: The text changed since the person saw it; theirs is a suggestion now.
        ConflictError: The text has errors and cannot be ``reviewed``.
        UsageError: There is no text to decide on.
    """
    with store.write() as uow:
        project = uow.projects.require(slug)
        stored, unit = _find(uow, project, catalogue, key)
        translation = uow.translations.load(stored.id, language, [unit]).get(unit.id)
        current = translation.revision if translation else 0
        text = decision.text if decision.text is not None else translation and translation.text
        action_id = uow.projects.begin_action(
            project.id, decision.actor, clock.now(), "review", decision.why
        )
        if current != decision.revision:
            if decision.text is not None:
                why = f"Written on revision {decision.revision}, which was no longer current."
                suggestion = Suggestion(unit.id, language, decision.text, why)
                uow.translations.suggest([suggestion], action_id)
                uow.commit()
            raise StaleRevisionError(expected=decision.revision, current=current)
        if text is None or is_empty(text):
            raise UsageError(N_("There is no whole text to decide on."), code="state.empty")
        checker = Checker(stored.format, project.source_language)
        findings = tuple(checker.findings(unit, text, language))
        old = translation.state if translation else State.MISSING
        actor = Actor.REVIEWER if decision.state is State.REVIEWED else Actor.PERSON
        has_errors = any(found.severity == "error" for found in findings)
        state = move(old, decision.state, actor, has_errors=has_errors)
        _two_people(uow, unit, language, state, decision.actor)
        copied = is_copied(
            unit.source, text, project.source_language, language, checker.kinds(unit)
        )
        edited = decision.text is not None or old is State.DRAFT
        origin_id = (
            uow.projects.origin_id(PERSON)
            if edited or translation is None
            else translation.origin_id
        )
        write = TranslationWrite(
            unit.id, text, state, origin_id, current, copied=copied and state is State.TRANSLATED
        )
        uow.translations.write(stored.id, language, action_id, [write], {unit.id: unit.words})
        rows = [(unit.id, f.code, f.severity.value, f.message) for f in findings]
        uow.translations.replace_findings(stored.id, language, [unit.id], rows)
        after = uow.translations.load(stored.id, language, [unit])[unit.id]
        origin = uow.projects.origins()[origin_id].describe()
        uow.commit()
        return _view(stored, unit, after, origin, checker, language)


def _two_people(uow: UnitOfWork, unit: Unit, language: str, state: State, actor: str) -> None:
    """Refuse that one person alone accepts a text of risk."""
    if state is not State.REVIEWED or unit.risk not in ("clinical", "legal", "safety"):
        return
    history = uow.translations.history(unit, language)
    if history and history[0].actor == actor:
        raise ConflictError(
            N_("This is a unit of {risk} risk: another person than its translator must accept it."),
            code="state.two_people", risk=unit.risk,
        )  # fmt: skip


def _find(uow: UnitOfWork, project: Project, name: str, key: str) -> tuple[StoredCatalogue, Unit]:
    catalogues = {catalogue.name: catalogue for catalogue in uow.catalogues.list(project.id)}
    if name not in catalogues:
        known = ", ".join(catalogues)
        raise NotFoundError(kind="catalogue", name=name, hint=f"The project has: {known}.")
    units = {unit.key: unit for unit in uow.units.load(catalogues[name].id) if not unit.obsolete}
    if key not in units:
        raise NotFoundError(kind="unit", name=key, hint="Keys are listed by: dpg-l10n review list")
    return catalogues[name], units[key]


def _view(
    catalogue: StoredCatalogue,
    unit: Unit,
    translation: Translation | None,
    origin: str,
    checker: Checker,
    language: str,
) -> Reviewed:
    findings: tuple[str, ...] = ()
    if translation is not None:
        findings = tuple(
            f"{found.severity.value}: {found.message}"
            for found in checker.findings(unit, translation.text, language)
        )
    return Reviewed(
        catalogue=catalogue.name,
        key=unit.key,
        source=unit.source,
        text=translation.text if translation else None,
        state=translation.state if translation else State.MISSING,
        revision=translation.revision if translation else 0,
        origin=origin,
        findings=findings,
    )
