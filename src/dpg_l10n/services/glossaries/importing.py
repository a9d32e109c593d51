"""The use case: a file becomes a glossary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from dpg_l10n.domain.terms import Concept, Glossary, Wanted
from dpg_l10n.domain.terms.decide import joined
from dpg_l10n.errors import FormatError, NotFoundError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.interchange.glossary_file import open_reader
from dpg_l10n.ports import Clock, Store
from dpg_l10n.resources import data_folder
from dpg_l10n.services.glossaries.reports import GlossaryImport
from dpg_l10n.services.memory.reports import LeftOut

_AT_ONCE = 500
"""Concepts of one transaction: others write in between, and what a crash leaves is whole."""
STARTER = "starter-"
"""Begins the names of the glossaries that come with the toolkit."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file becomes a glossary."""

    name: str
    """Of the glossary. One that is there already is added to."""
    project: str | None = None
    """Slug of the project that it belongs to; None for all."""
    licence: str | None = None
    """SPDX expression of concepts that name none; None keeps what is known."""
    source_language: str = "en"
    """BCP 47 tag of the column ``term`` of a table."""
    accept: bool = False
    """True lets the file's word hold: what it says is accepted is enforced from now on."""
    actor: str = "maintainer"
    """Pseudonym of who takes it in and, with ``accept``, who accepts."""


def import_glossary(
    store: Store,
    file: BinaryIO,
    path: str,
    clock: Clock,
    options: ImportOptions,
    progress: Callable[[int], None] = lambda _concepts: None,
) -> GlossaryImport:
    """Take the concepts of a CSV or TBX file in: as suggestions, unless a person accepts them.

    The same file twice changes nothing.

    Args:
        store: Where to.
        file: Open at its beginning, for reading bytes; of any size.
        path: Name for messages.
        clock: Gives the time.
        options: Name, project, licence, whether to accept.
        progress: Called with the concepts taken in so far.

    Raises:
        FormatError: The file is no glossary; nothing is stored.
        NotFoundError: There is no such project.
        UsageError: ``glossary.project``: the glossary belongs to another project.
    """
    try:
        reader = open_reader(file, path, options.source_language)
    except FormatError as error:
        error.path = error.path or path
        raise
    glossary = _begin(store, clock, options)
    concepts = changed = 0
    languages: Counter[str] = Counter()
    for part in _parts(iter(reader)):
        with store.write() as uow:
            wanted = Wanted(glossary=glossary.name, keys=tuple(each.key for each in part))
            old = {each.key: each for each in uow.glossaries.concepts(wanted)}
            made = [joined(old.get(each.key), each, accept=options.accept) for each in part]
            changed += uow.glossaries.put(glossary, made, options.actor, clock.now())
            uow.commit()
        concepts += len(part)
        languages.update(term.language for each in part for term in each.terms)
        progress(concepts)
    return GlossaryImport(
        glossary=glossary.name,
        project=glossary.project or None,
        licence=glossary.licence,
        concepts=concepts,
        changed=changed,
        languages=dict(sorted(languages.items())),
        left_out=reader.left_out,
        problems=tuple(LeftOut(path, each.line, str(each)) for each in reader.problems),
    )


def starters() -> tuple[Path, ...]:
    """Return the files of the glossaries that come with the toolkit."""
    return tuple(sorted(data_folder("glossaries").glob("*.csv")))


def starter_options(path: Path, actor: str) -> ImportOptions:
    """Return how one of them is taken in: as suggestions that nobody has checked.

    Args:
        path: One of :func:`starters`.
        actor: Pseudonym.
    """
    return ImportOptions(f"{STARTER}{path.stem}", licence="CC0-1.0", actor=actor)


def _begin(store: Store, clock: Clock, options: ImportOptions) -> Glossary:
    with store.write() as uow:
        if options.project is not None:
            uow.projects.require(options.project)
        old = uow.glossaries.get(options.name)
        if old is not None and options.project not in (None, old.project):
            raise UsageError(
                N_("The glossary “{name}” belongs to {owner}. Give this one another name: --name"),
                code="glossary.project", name=options.name, owner=old.project or "all projects",
            )  # fmt: skip
        base = old or Glossary(options.name, options.project or "")
        licence = options.licence or base.licence
        saved = uow.glossaries.save(replace(base, licence=licence, at=clock.now()), options.actor)
        uow.commit()
    return saved


def _parts(concepts: Iterator[Concept]) -> Iterator[list[Concept]]:
    while part := list(islice(concepts, _AT_ONCE)):
        yield part


def not_there(name: str, known: list[str]) -> NotFoundError:
    """Return the error of a glossary that does not exist."""
    return NotFoundError(
        kind="glossary", name=name, hint=f"There are: {', '.join(known) or 'none yet'}."
    )
