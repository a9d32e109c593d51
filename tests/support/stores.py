"""A store with a little in it, for tests of what every store promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from dpg_l10n.domain.coverage import CountPolicy, Counts
from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.domain.records import Project, StoredCatalogue
from dpg_l10n.domain.states import Made, Origin, State
from dpg_l10n.domain.unit import Translation, TranslationWrite, Unit
from dpg_l10n.ports import UnitOfWork
from tests.support import postgresql


@contextmanager
def _sqlite_file(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder / 'store.db'}"


@contextmanager
def _sqlite_memory(_folder: Path) -> Iterator[str]:
    yield "sqlite://"


STORES: dict[str, Callable[[Path], AbstractContextManager[str]]] = {
    "sqlite file": _sqlite_file,
    "sqlite memory": _sqlite_memory,
    "postgresql": lambda _folder: postgresql.store(),
}
"""Gives the URL of an empty store, by what keeps it."""
SERVABLE = {name: make for name, make in STORES.items() if name != "sqlite memory"}
"""Stores that several processes can open."""
PROJECT = Project("clinic", "Clinic", "en", "MIT", "dpg-1", ("KE", "ET"), CountPolicy.REVIEWED)
FILES = Plural.of(one="a file", other="{n} files")


class Begun:
    """A unit of work with a project, a catalogue and two units: one text, one plural."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow
        self.project = uow.projects.save(PROJECT)
        self.action = uow.projects.begin_action(self.project.id, "amina", 100, "push")
        self.catalogue = uow.catalogues.save(self.stored("app"))
        self.units = self.add("a b c", FILES)
        uow.catalogues.set_totals(self.catalogue.id, 2, 5)
        self.origin = uow.projects.origin_id(Origin(Made.IMPORT))

    def stored(self, name: str) -> StoredCatalogue:
        return StoredCatalogue(self.project.id, name, "json", "en.json", "{language}.json")

    def add(self, *sources: Text) -> list[Unit]:
        ids = self.uow.units.intern(sources)
        words = [3, 2]
        units = [
            Unit(0, f"k{index}", source, ids[source], words[index % 2], index)
            for index, source in enumerate(sources)
        ]
        return self.uow.units.add(self.catalogue.id, units)

    def write(self, *writes: TranslationWrite, language: str = "sw") -> None:
        words = {unit.id: unit.words for unit in self.units}
        self.uow.translations.write(self.catalogue.id, language, self.action, writes, words)

    def said(
        self, text: Text, state: State = State.TRANSLATED, *, at: int = 0, expected: int = 0
    ) -> TranslationWrite:
        return TranslationWrite(self.units[at].id, text, state, self.origin, expected)

    def load(self, language: str = "sw") -> dict[int, Translation]:
        return self.uow.translations.load(self.catalogue.id, language, self.units)

    def counts(self, language: str = "sw") -> tuple[Counts, Counts]:
        rows = {row.language: row for row in self.uow.catalogues.coverage(self.catalogue.id)}
        return rows[language].units, rows[language].words

    def write_file(self, path: str, data: bytes, language: str | None = None) -> None:
        self.uow.catalogues.write_file(
            self.catalogue.id,
            path,
            data,
            language=language,
            spelling=language,
            action_id=self.action,
        )
