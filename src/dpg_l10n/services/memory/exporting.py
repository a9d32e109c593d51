"""The use case: write what the memory has as TMX."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from dpg_l10n.domain.licences import may_reuse
from dpg_l10n.domain.memory import ForeignEntry, serves
from dpg_l10n.domain.message import plain
from dpg_l10n.domain.records import Project
from dpg_l10n.domain.states import State
from dpg_l10n.interchange.tmx import write
from dpg_l10n.ports import Store, UnitOfWork
from dpg_l10n.services.memory.importing import not_there
from dpg_l10n.services.memory.reports import MemoryExport

_FINISHED = (State.TRANSLATED, State.REVIEWED)


def export_memory(
    store: Store,
    put: Callable[[bytes], object],
    *,
    project: str | None = None,
    memory: str | None = None,
    languages: Sequence[str] = (),
    every_licence: bool = False,
) -> MemoryExport:
    """Write finished translations as TMX, each with its project, licence and state.

    A file of all projects is for nobody in particular: texts that licences keep from others stay
    out of it and are counted.

    Args:
        store: Where they are.
        put: Takes bytes, as ``file.write`` does.
        project: Only texts of this one; None for those of all projects.
        memory: Texts of this memory, which came as a file, instead of those of projects.
        languages: BCP 47 tags of translations; empty for all.
        every_licence: Of all projects, also what licences keep from others.

    Raises:
        NotFoundError: There is no such project or memory.
    """
    with store.read() as uow:
        if memory is not None:
            found = uow.foreign.get(memory)
            if found is None:
                raise not_there(uow, memory)
            entries = (
                entry._replace(licence=entry.licence or found.licence)
                for entry in uow.foreign.entries(found)
            )
            first = "en"
        else:
            projects = (uow.projects.require(project),) if project else uow.projects.list()
            first = projects[0].source_language if projects else "en"
            entries = (entry for each in projects for entry in _of_project(uow, each, languages))
        wanted = (entry for entry in entries if _is_wanted(entry.language, languages))
        open_to_all = every_licence or project is not None or memory is not None
        shared = _Shared(wanted, every=open_to_all)
        written, left_out = write(put, first, shared)
        return MemoryExport(written, left_out, shared.withheld)


class _Shared:
    """Lets through what everybody may have, and counts the rest."""

    def __init__(self, entries: Iterable[ForeignEntry], *, every: bool) -> None:
        self._entries = entries
        self._every = every
        self.withheld = 0

    def __iter__(self) -> Iterator[ForeignEntry]:
        for entry in self._entries:
            if self._every or may_reuse(entry.licence, None):
                yield entry
            else:
                self.withheld += 1


def _of_project(
    uow: UnitOfWork, project: Project, languages: Sequence[str]
) -> Iterator[ForeignEntry]:
    for catalogue in uow.catalogues.list(project.id):
        units = uow.units.load(catalogue.id)
        sources = {unit.id: plain(unit.source) for unit in units}
        licence = catalogue.licence or project.licence
        for row in uow.catalogues.coverage(catalogue.id):
            if not _is_wanted(row.language, languages):
                continue
            said = uow.translations.load(catalogue.id, row.language, units)
            for translation in said.values():
                if translation.state in _FINISHED and not translation.copied:
                    yield ForeignEntry(
                        sources[translation.unit_id], plain(translation.text),
                        project.source_language, row.language, translation.state, licence,
                        project.slug,
                    )  # fmt: skip


def _is_wanted(tag: str, languages: Sequence[str]) -> bool:
    return not languages or any(serves(tag, language) for language in languages)
