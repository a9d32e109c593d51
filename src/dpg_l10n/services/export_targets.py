"""Which files an export writes: those of the last push, and those of languages that are new."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from dpg_l10n.domain.paths import fill, in_archive, spell
from dpg_l10n.domain.project import TargetFile
from dpg_l10n.domain.records import Project, StoredCatalogue, StoredFile
from dpg_l10n.errors import NotFoundError
from dpg_l10n.formats import FORMATS
from dpg_l10n.ports import UnitOfWork
from dpg_l10n.services.export_entries import Only
from dpg_l10n.services.multilingual import holds_all, spell_like


class Wanted(NamedTuple):
    """A language of a catalogue that is written."""

    file: StoredFile
    drafts: bool
    """With its drafts."""


def wanted_files(
    uow: UnitOfWork,
    project: Project,
    catalogue: StoredCatalogue,
    languages: Sequence[str],
    only: Only | None,
    *,
    include_drafts: bool,
    in_place: bool,
) -> list[Wanted]:
    """Return the languages of a catalogue that are written, in the order of its files.

    Where one file (or ZIP archive) holds several languages, all of them are written with it: it would
    take back what an export of another one said before. Drafts come along only where they are asked for.

    Args:
        uow: Where from.
        project: Whose files.
        catalogue: One of its catalogues.
        languages: BCP 47 tags that are asked for; empty for all that have a file or a text.
        only: Which texts are wanted, None for all that people wrote.
        include_drafts: Drafts are wanted too.
        in_place: The files are written under their own paths.

    Raises:
        NotFoundError: As :func:`target_files`.
    """
    asked = target_files(uow, project, catalogue, languages, only, include_drafts=include_drafts)
    if not languages or not in_place:
        return [Wanted(file, include_drafts) for file in asked]
    places = {_whole(catalogue, file) for file in asked}
    named = {file.language: file for file in asked}
    every = target_files(uow, project, catalogue, (), only, include_drafts=False)
    found = [
        Wanted(file, include_drafts and file.language in named)
        for file in every
        if file.language in named or _whole(catalogue, file) in places
    ]
    there = {each.file.language for each in found}
    return found + [Wanted(file, include_drafts) for file in asked if file.language not in there]


def _whole(catalogue: StoredCatalogue, file: StoredFile) -> str:
    """Return the path of what is written as one: the file of all languages, an archive, the file."""
    if holds_all(FORMATS[catalogue.format], catalogue):
        return str(catalogue.source_path)
    inside = in_archive(file.path)
    return inside[0] if inside is not None else file.path


def target_files(
    uow: UnitOfWork,
    project: Project,
    catalogue: StoredCatalogue,
    languages: Sequence[str],
    only: Only | None,
    *,
    include_drafts: bool,
) -> list[StoredFile]:
    """Return the files of a catalogue, without bytes where a language is new to it.

    Args:
        uow: Where from.
        project: Whose files.
        catalogue: One of its catalogues.
        languages: BCP 47 tags that are asked for; empty for all that have a file or a text.
        only: Which texts are wanted, None for all that people wrote.
        include_drafts: Drafts are wanted too.

    Raises:
        NotFoundError: A language that is asked for has no file, and its path follows no pattern.
    """
    stored = uow.catalogues.files(catalogue.id)
    known = {file.language: file for file in stored if file.language}
    if not languages:
        begun = _begun(uow, project, catalogue, only, include_drafts=include_drafts)
        new = [language for language in begun if language not in known]
        return [*known.values(), *(_new(catalogue, known.values(), language) for language in new)]
    found = []
    for language in languages:
        if language == project.source_language:
            continue
        file = known.get(language)
        if file is None and not _has_place(catalogue):
            have = ", ".join(sorted(known)) or "none"
            hint = f"The catalogue {catalogue.name} has: {have}; its paths follow no pattern."
            raise NotFoundError(kind="language", name=language, hint=hint)
        found.append(file or _new(catalogue, known.values(), language))
    return found


def _begun(
    uow: UnitOfWork,
    project: Project,
    catalogue: StoredCatalogue,
    only: Only | None,
    *,
    include_drafts: bool,
) -> list[str]:
    """Return the languages with a text that is wanted, where a file can be made for them."""
    if not _has_place(catalogue):
        return []
    found = []
    for each in uow.catalogues.coverage(catalogue.id):
        units = each.units
        wanted = units.total - units.missing - units.draft
        if only is Only.REVIEWED:
            wanted = units.reviewed
        if include_drafts:
            wanted += units.draft
        if wanted and each.language != project.source_language:
            found.append(each.language)
    return found


def _has_place(catalogue: StoredCatalogue) -> bool:
    """Tell whether a language that is new to a catalogue can be written."""
    return bool(catalogue.pattern) or holds_all(FORMATS[catalogue.format], catalogue)


def _new(catalogue: StoredCatalogue, known: Collection[StoredFile], language: str) -> StoredFile:
    """Return the file of a language that is new to a catalogue, named as the others are."""
    tags = [(str(file.language), file) for file in known]
    if catalogue.pattern:
        siblings = [TargetFile(tag, file.spelling or tag, file.path) for tag, file in tags]
        name = spell(language, siblings, catalogue.format)
        return StoredFile(fill(catalogue.pattern, name), language, name, b"", 0)
    siblings = [TargetFile(tag, file.spelling or tag, "") for tag, file in tags]
    name = spell_like(language, siblings, catalogue.format)
    return StoredFile(str(catalogue.source_path), language, name, b"", 0)
