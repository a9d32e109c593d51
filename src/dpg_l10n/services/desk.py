"""All that a person needs on one page to decide on a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dpg_l10n.domain.findings import Finding
from dpg_l10n.domain.fixes import fixed_text
from dpg_l10n.domain.message import Plural, Text, is_empty, plain, texts
from dpg_l10n.domain.placeholders import find
from dpg_l10n.domain.records import Project
from dpg_l10n.domain.unit import Revision
from dpg_l10n.ports import Clock, Store
from dpg_l10n.services import conversation
from dpg_l10n.services.checker import Checker
from dpg_l10n.services.conversation import Subject, Talk
from dpg_l10n.services.glossaries import Glance
from dpg_l10n.services.glossaries.reports import TermHit
from dpg_l10n.services.reading import Reader, UnitView


@dataclass(frozen=True, slots=True)
class Sheet:
    """One unit, and the text that is being worked on."""

    project: Project
    view: UnitView
    text: Text | None
    """What the person wrote; what is stored where they wrote nothing."""
    kinds: frozenset[str]
    """Of placeholders."""


@dataclass(frozen=True, slots=True)
class Desk(Sheet):
    """A unit with what speaks for and against its text."""

    findings: tuple[Finding, ...]
    """Of ``text``."""
    fixed: Text | None
    """``text`` with safe corrections, None where there are none to make."""
    placeholders: tuple[str, ...]
    """Of the source, each once, in order."""
    talk: Talk
    history: tuple[Revision, ...]
    """Newest first."""
    terms: tuple[TermHit, ...]
    """Of the source, each concept once: suggestions too, each with its status."""


def look(
    store: Store, slug: str, unit_id: int, language: str, clock: Clock, *, text: Text | None = None
) -> Desk:
    """Return a unit in a language with all that helps to decide on it.

    Args:
        store: Where from.
        slug: Project.
        unit_id: Number of the unit.
        language: BCP 47 tag.
        clock: Gives the time, for leases.
        text: What a person wrote and is not stored; None looks at what is.

    Raises:
        NotFoundError: There is no such project or unit, or the source is in this language.
    """
    with store.read() as uow:
        project = uow.projects.require(slug)
        reader = Reader(uow, project, language)
        stored, unit = reader.find(unit_id)
        view = reader.view(stored, unit)
        checker = Checker(stored.format, project.source_language)
        looked_at = view.text if text is None else text
        empty = looked_at is None or is_empty(looked_at)
        findings = (
            () if looked_at is None or empty else tuple(checker.findings(unit, looked_at, language))
        )
        fixed = None if looked_at is None or empty else fixed_text(unit.source, looked_at, language)
        kinds = checker.kinds(unit)
        history = uow.translations.history(unit, language)
        hits = Glance(uow, slug, language).hits(plain(unit.source))
    return Desk(
        project, view, looked_at, kinds,
        findings, None if fixed == looked_at else fixed, _placeholders(unit.source, kinds),
        conversation.talk(store, Subject(slug, unit_id, language), clock), history,
        tuple({hit.concept: hit for hit in reversed(hits)}.values())[::-1],
    )  # fmt: skip


def sheets(
    store: Store, slug: str, language: str, wrote: Sequence[tuple[UnitView, Text | None]]
) -> list[Sheet]:
    """Return units as they are shown many on a page, in the same order.

    Args:
        store: Where from.
        slug: Project.
        language: BCP 47 tag.
        wrote: Units with what a person wrote and is not stored, None for what is.

    Raises:
        NotFoundError: There is no such project.
    """
    with store.read() as uow:
        project = uow.projects.require(slug)
        stored = {each.name: each for each in uow.catalogues.list(project.id)}
        checkers = {
            name: Checker(each.format, project.source_language) for name, each in stored.items()
        }
    return [
        Sheet(
            project, view, view.text if text is None else text,
            checkers[view.catalogue].kinds(view.unit),
        )
        for view, text in wrote
    ]  # fmt: skip


def _placeholders(source: Text, kinds: frozenset[str]) -> tuple[str, ...]:
    found = [each.text for form in texts(source) for each in find(form, kinds)]
    # a whole ICU argument is no thing to tap: its words are to be translated
    return tuple(dict.fromkeys(text for text in found if len(text) <= _LONGEST_CHIP))


_LONGEST_CHIP = 80


def said(view: UnitView, forms: Sequence[str]) -> Text | None:
    """Return what the fields of a form say: the unit's text, or its variants in order; None for nothing.

    Args:
        view: Of the unit.
        forms: One text, or one for each of ``view.labels``.
    """
    if not any(forms):
        return None
    if not view.labels:
        return forms[0]
    return Plural(tuple(zip(view.labels, forms, strict=True)))
