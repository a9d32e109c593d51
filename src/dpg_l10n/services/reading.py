"""Reading units in one language, one by its number or key, or a page of many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dpg_l10n.domain.findings import Finding
from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.domain.plural_examples import examples
from dpg_l10n.domain.query import EVERYTHING, Query
from dpg_l10n.domain.records import Project, StoredCatalogue
from dpg_l10n.domain.states import Origin, State
from dpg_l10n.domain.unit import Found, Revision, Translation, Unit
from dpg_l10n.errors import NotFoundError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Store, UnitOfWork
from dpg_l10n.services.checker import Checker
from dpg_l10n.services.naming import find_by_key, require_catalogue
from dpg_l10n.services.terminology import of_project
from dpg_l10n.services.variants import plural_formula, variant_labels


class UnitView(NamedTuple):
    """One unit in one language, with all that a person needs to decide on it.

    A named tuple: pages make many of them.
    """

    catalogue: str
    unit: Unit
    language: str
    translation: Translation | None
    """None when nothing is there."""
    origin: Origin | None
    previous_source: Text | None
    """Source that the text was made for, None when it is the unit's own."""
    findings: tuple[Finding, ...]
    labels: tuple[str, ...]
    """Labels of the plural variants that a text has here; empty for a unit without variants."""
    numbers: tuple[str, ...] = ()
    """For each of them the numbers that it is for (``2–4``), empty where no small number is."""

    @property
    def state(self) -> State:
        """How far the translation is."""
        return self.translation.state if self.translation else State.MISSING

    @property
    def revision(self) -> int:
        """Revision of the text, 0 when nothing is there."""
        return self.translation.revision if self.translation else 0

    @property
    def text(self) -> Text | None:
        """What is there, None when nothing is."""
        return self.translation.text if self.translation else None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of units ended."""

    catalogue: str
    position: int
    unit: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some units in source order, and where to go on."""

    units: tuple[UnitView, ...]
    next: Place | None
    """None after the last one."""


def language_of(query: Query) -> str:
    """Return the one language that a query asks for.

    Raises:
        UsageError: ``query.language``: it asks for none, or for several.
    """
    asked = query.only("language")
    if asked is None or len(asked) != 1:
        raise UsageError(
            N_("Say in which language: language:sw, one at a time."), code="query.language"
        )
    return asked[0]


def page(
    store: Store,
    slug: str,
    language: str,
    query: Query = EVERYTHING,
    *,
    after: Place | None = None,
    limit: int = 50,
) -> Page:
    """Return a page of units of a project in a language, by catalogue name and source order.

    Args:
        store: Where from.
        slug: Project.
        language: BCP 47 tag.
        query: What is asked for.
        after: Where the page before ended; None for the first. A place that a push has removed
            meanwhile stands for the nearest one after it.
        limit: Most units of the page.

    Raises:
        NotFoundError: There is no such project or catalogue, or it is not translated to this
            language because its source is in it.
    """
    found: list[UnitView] = []
    with store.read() as uow:
        reader = Reader(uow, uow.projects.require(slug), language)
        if not query.allows("language", language):
            return Page((), None)
        for stored in reader.catalogues(query, after):
            start = (-1, 0)
            if after is not None and after.catalogue == stored.name:
                start = (after.position, after.unit)
            wanted = limit + 1 - len(found)
            rows = uow.units.page(stored.id, language, query, after=start, limit=wanted)
            found.extend(reader.views(stored, rows))
            if len(found) > limit:
                last = found[limit - 1]
                place = Place(last.catalogue, last.unit.position, last.unit.id)
                return Page(tuple(found[:limit]), place)
    return Page(tuple(found), None)


def pages(store: Store, slug: str, language: str, query: Query = EVERYTHING) -> Iterator[UnitView]:
    """Yield every unit that a query asks for, as :func:`page` does.

    Raises:
        NotFoundError: As :func:`page`.
    """
    after = None
    while True:
        part = page(store, slug, language, query, after=after, limit=_MOST_AT_ONCE)
        yield from part.units
        after = part.next
        if after is None:
            return


_MOST_AT_ONCE = 500


def read(store: Store, slug: str, unit_id: int, language: str) -> UnitView:
    """Return a unit in a language.

    Raises:
        NotFoundError: There is no such project or unit, or the source is in this language.
    """
    with store.read() as uow:
        return Reader(uow, uow.projects.require(slug), language).one(unit_id)


def history(store: Store, slug: str, unit_id: int, language: str) -> tuple[Revision, ...]:
    """Return every text that a unit had in a language, newest first.

    Raises:
        NotFoundError: There is no such project or unit, or the source is in this language.
    """
    with store.read() as uow:
        _, unit = Reader(uow, uow.projects.require(slug), language).find(unit_id)
        return uow.translations.history(unit, language)


class Reader:
    """Reads units of a project in one language inside one unit of work.

    Raises:
        NotFoundError: The source is in this language.
    """

    def __init__(self, uow: UnitOfWork, project: Project, language: str) -> None:
        """Look at nothing yet."""
        if language == project.source_language:
            hint = "It is the language of the source."
            raise NotFoundError(kind="target language", name=language, hint=hint)
        self._uow = uow
        self._project = project
        self._language = language
        self._terms = of_project(uow, project)

    def catalogues(self, query: Query, after: Place | None) -> list[StoredCatalogue]:
        """Return the catalogues that a query lets through, by name, from a place on.

        Raises:
            NotFoundError: The project has none of a name that the query limits them to.
        """
        known = sorted(self._uow.catalogues.list(self._project.id), key=lambda one: one.name)
        for name in query.only("catalogue") or ():
            require_catalogue(known, name)
        return [
            one
            for one in known
            if query.allows("catalogue", one.name)
            and (after is None or one.name >= after.catalogue)
        ]

    def find(self, unit_id: int) -> tuple[StoredCatalogue, Unit]:
        """Return a unit by its number, with its catalogue.

        Raises:
            NotFoundError: The project has no such unit, or its source was taken out.
        """
        found = self._uow.units.find(self._project.id, unit_id)
        if found is None:
            hint = "Units are numbered in lists of them."
            raise NotFoundError(kind="unit", name=unit_id, hint=hint)
        name, unit = found
        return require_catalogue(self._uow.catalogues.list(self._project.id), name), unit

    def by_key(self, catalogue: str, key: str) -> tuple[StoredCatalogue, Unit]:
        """Return a unit by its catalogue and key.

        Raises:
            NotFoundError: The project has no such catalogue or unit, or its source was taken out.
        """
        stored, unit = find_by_key(self._uow, self._project, catalogue, key)
        if unit.obsolete:
            raise NotFoundError(kind="unit", name=key, hint="Its source was taken out.")
        return stored, unit

    def one(self, unit_id: int) -> UnitView:
        """Return a unit by its number.

        Raises:
            NotFoundError: As :meth:`find`.
        """
        return self.view(*self.find(unit_id))

    def view(
        self, stored: StoredCatalogue, unit: Unit, findings: Sequence[Finding] | None = None
    ) -> UnitView:
        """Return what is there of a unit now, with the findings in its text where they are known."""
        before = (unit.position, unit.id - 1)
        rows = self._uow.units.page(stored.id, self._language, EVERYTHING, after=before, limit=1)
        if findings is None:
            return self.views(stored, rows)[0]
        unchecked = [found._replace(checked=False) for found in rows]
        return self.views(stored, unchecked)[0]._replace(findings=tuple(findings))

    def checker(self, stored: StoredCatalogue) -> Checker:
        """Return what finds faults in texts of a catalogue."""
        return Checker(stored.format, self._project.source_language, self._terms)

    def views(self, stored: StoredCatalogue, found: Sequence[Found]) -> list[UnitView]:
        """Return units of one catalogue with what is known of their texts."""
        if not found:
            return []
        checker = self.checker(stored)
        texts = [each.translation for each in found if each.translation]
        old = [text.source_text_id for text in texts if text.source_text_id is not None]
        sources = self._uow.units.texts(old) if old else {}
        plural = any(isinstance(each.unit.source, Plural) for each in found)
        labels = variant_labels(self._uow, stored, self._language) if plural else ()
        formula = plural_formula(self._uow, stored, self._language) if plural else None
        numbers = examples(labels, self._language, formula)
        return [
            UnitView(
                catalogue=stored.name,
                unit=unit,
                language=self._language,
                translation=text,
                origin=origin,
                previous_source=sources.get(text.source_text_id or 0) if text else None,
                # what stands in the store says no more than that there is something to find
                findings=tuple(checker.findings(unit, text.text, self._language))
                if text and checked
                else (),
                labels=labels if isinstance(unit.source, Plural) else (),
                numbers=numbers if isinstance(unit.source, Plural) else (),
            )
            for unit, text, origin, checked in found
        ]
