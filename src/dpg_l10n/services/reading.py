"""Reading units in one language, one by its number or a page of many."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dpg_l10n.domain.findings import Finding
from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.domain.records import Project, StoredCatalogue
from dpg_l10n.domain.states import Origin, State
from dpg_l10n.domain.unit import Revision, Translation, Unit
from dpg_l10n.errors import NotFoundError
from dpg_l10n.ports import Store, UnitOfWork
from dpg_l10n.services.checker import Checker
from dpg_l10n.services.variants import variant_labels

_MOST_AT_ONCE = 500
"""Units whose translations are looked at in one step while a state is searched for."""


@dataclass(frozen=True, slots=True)
class UnitView:
    """One unit in one language, with all that a person needs to decide on it."""

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

    @property
    def state(self) -> State:
        """How far the translation is."""
        return self.translation.state if self.translation else State.MISSING

    @property
    def revision(self) -> int:
        """Revision of the text, 0 when nothing is there."""
        return self.translation.revision if self.translation else 0


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


def page(
    store: Store,
    slug: str,
    language: str,
    *,
    catalogue: str | None = None,
    state: State | None = None,
    after: Place | None = None,
    limit: int = 50,
) -> Page:
    """Return a page of units of a project in a language, by catalogue name and source order.

    Args:
        store: Where from.
        slug: Project.
        language: BCP 47 tag.
        catalogue: Only units of this one; None for all.
        state: Only units in this state; None for all.
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
        for stored in reader.catalogues(catalogue, after):
            wanted = limit + 1 - len(found)
            matches = []
            for unit, translation in reader.units(stored, after, state, wanted):
                matches.append((unit, translation))
                if len(matches) == wanted:
                    break
            found.extend(reader.views(stored, matches))
            if len(found) > limit:
                last = found[limit - 1]
                place = Place(last.catalogue, last.unit.position, last.unit.id)
                return Page(tuple(found[:limit]), place)
    return Page(tuple(found), None)


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
        self._origins: dict[int, Origin] | None = None

    def catalogues(self, name: str | None, after: Place | None) -> list[StoredCatalogue]:
        """Return the catalogues by name: all, or the one that is asked for, from a place on.

        Raises:
            NotFoundError: The project has none of this name.
        """
        known = sorted(self._uow.catalogues.list(self._project.id), key=lambda one: one.name)
        if name is not None:
            hint = f"The project has: {', '.join(one.name for one in known)}."
            known = [one for one in known if one.name == name]
            if not known:
                raise NotFoundError(kind="catalogue", name=name, hint=hint)
        return [one for one in known if after is None or one.name >= after.catalogue]

    def units(
        self, stored: StoredCatalogue, after: Place | None, state: State | None, wanted: int
    ) -> Iterator[tuple[Unit, Translation | None]]:
        """Yield units of a catalogue with their translations, from a place on, in a state.

        Args:
            stored: The catalogue.
            after: Units up to this place are left out, where it is in this catalogue.
            state: Only units in this state; None for all.
            wanted: How many the caller will take at most; so few translations are read.
        """
        units = [unit for unit in self._uow.units.load(stored.id) if not unit.obsolete]
        start = 0
        if after is not None and after.catalogue == stored.name:
            place = (after.position, after.unit)
            start = bisect_right(units, place, key=lambda unit: (unit.position, unit.id))
        size = wanted if state is None else _MOST_AT_ONCE
        for begin in range(start, len(units), size):
            part = units[begin : begin + size]
            present = self._uow.translations.load(stored.id, self._language, part)
            for unit in part:
                translation = present.get(unit.id)
                now = translation.state if translation else State.MISSING
                if state is None or now is state:
                    yield unit, translation

    def find(self, unit_id: int) -> tuple[StoredCatalogue, Unit]:
        """Return a unit by its number, with its catalogue.

        Raises:
            NotFoundError: The project has no such unit, or its source was taken out.
        """
        for stored in self._uow.catalogues.list(self._project.id):
            for unit in self._uow.units.load(stored.id):
                if unit.id == unit_id and not unit.obsolete:
                    return stored, unit
        raise NotFoundError(kind="unit", name=unit_id, hint="Units are numbered in lists of them.")

    def one(self, unit_id: int) -> UnitView:
        """Return a unit by its number.

        Raises:
            NotFoundError: As :meth:`find`.
        """
        stored, unit = self.find(unit_id)
        present = self._uow.translations.load(stored.id, self._language, [unit])
        return self.views(stored, [(unit, present.get(unit.id))])[0]

    def views(
        self, stored: StoredCatalogue, found: Sequence[tuple[Unit, Translation | None]]
    ) -> list[UnitView]:
        """Return units of one catalogue with what is known of their texts."""
        if not found:
            return []
        if self._origins is None:
            self._origins = self._uow.projects.origins()
        checker = Checker(stored.format, self._project.source_language)
        old = [t.source_text_id for _, t in found if t and t.source_text_id is not None]
        sources = self._uow.units.texts(old)
        plural = any(isinstance(unit.source, Plural) for unit, _ in found)
        labels = variant_labels(self._uow, stored, self._language) if plural else ()
        return [
            UnitView(
                catalogue=stored.name,
                unit=unit,
                language=self._language,
                translation=text,
                origin=self._origins[text.origin_id] if text else None,
                previous_source=sources.get(text.source_text_id or 0) if text else None,
                findings=tuple(checker.findings(unit, text.text, self._language)) if text else (),
                labels=labels if isinstance(unit.source, Plural) else (),
            )
            for unit, text in found
        ]
