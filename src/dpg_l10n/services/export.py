"""Export: give the texts back in the files that they came in, byte for byte where nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.domain.message import Text
from dpg_l10n.domain.paths import outside, unpacked_path
from dpg_l10n.domain.records import Project, StoredCatalogue, StoredFile
from dpg_l10n.domain.states import Origin, State
from dpg_l10n.domain.unit import Translation, Unit
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.gzipped import named
from dpg_l10n.formats.mo import compile_mo
from dpg_l10n.formats.spec import FormatSpec
from dpg_l10n.ports import Store, UnitOfWork
from dpg_l10n.services.export_archives import Archives
from dpg_l10n.services.export_entries import (
    Only,
    Texts,
    as_gettext,
    edited,
    held_revisions,
    said_units,
)
from dpg_l10n.services.export_exchange import EXCHANGE, Language, Whole, exchange_files
from dpg_l10n.services.export_targets import Wanted, wanted_files
from dpg_l10n.services.multilingual import all_of, holds_all, parse_language, write_language
from dpg_l10n.services.reports import ExportedFile, ExportReport
from dpg_l10n.services.variants import plural_formula


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How an export is meant."""

    format: str = "native"
    """``native`` (each catalogue's own), ``po``, ``mo``, or one of ``EXCHANGE``."""
    languages: tuple[str, ...] = ()
    """BCP 47 tags; empty for all that have a file or a text."""
    only: Only | None = None
    """None gives back everything that people wrote; ``translated`` leaves out what needs work."""
    include_drafts: bool = False
    """Put drafts in as well: marked as such where the format can."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is about to be written."""

    path: str
    language: str
    data: bytes
    units: int
    before: bytes | None
    """Its bytes of the last push."""
    held: Mapping[str, Mapping[int, int]]
    """By language which revision of which unit it holds."""


def export(
    store: Store,
    slug: str,
    write: Callable[[str, bytes], None],
    options: ExportOptions | None = None,
) -> ExportReport:
    """Write the files of a project.

    Args:
        store: Where from.
        slug: Project.
        write: Takes the POSIX path and the bytes of each file; of files that were pushed in a ZIP
            archive, those of the archive.
        options: How the export is meant.

    Raises:
        NotFoundError: There is no such project, or a language is asked for that cannot be written.
    """
    with store.read() as uow:
        project = uow.projects.require(slug)
        return write_files(uow, project, write, options or ExportOptions())


def write_files(
    uow: UnitOfWork,
    project: Project,
    write: Callable[[str, bytes], None],
    options: ExportOptions,
    seen: Callable[[StoredCatalogue, Made], None] = lambda _catalogue, _made: None,
) -> ExportReport:
    """Write the files of a project inside a unit of work, see :func:`export`.

    Args:
        uow: Where from.
        project: Whose files.
        write: As of :func:`export`.
        options: How the export is meant.
        seen: Called with each file after it is written.
    """
    files = []
    archives = Archives(uow, write)
    for catalogue in uow.catalogues.list(project.id):
        for made in _catalogue_files(uow, project, catalogue, options):
            archives.put(catalogue, made.path, made.data)
            seen(catalogue, made)
            replaces = _replaced(catalogue, made.path, made.before)
            same = made.data == made.before
            files.append(
                ExportedFile(
                    made.path, made.language, made.units, len(made.data), same, replaces,
                    tuple(made.held), made.before is None and options.format == "native",
                )
            )  # fmt: skip
    archives.close()
    return ExportReport(project.slug, tuple(files))


def _replaced(catalogue: StoredCatalogue, path: str, before: bytes | None) -> str | None:
    """Return the path of the file for all languages that is written under another name."""
    if before is None or not holds_all(FORMATS[catalogue.format], catalogue):
        return None
    return catalogue.source_path if path != catalogue.source_path else None


def _catalogue_files(
    uow: UnitOfWork, project: Project, catalogue: StoredCatalogue, options: ExportOptions
) -> Iterator[Made]:
    """Yield the files of a catalogue."""
    form = FORMATS[catalogue.format]
    source_bytes = (
        uow.catalogues.read_file(catalogue.id, catalogue.source_path)
        if catalogue.source_path
        else None
    )
    source = form.parse(source_bytes) if source_bytes is not None else None
    units = [unit for unit in uow.units.load(catalogue.id) if not unit.obsolete]
    origins = uow.projects.origins()
    targets = _wanted(uow, project, catalogue, options)
    if options.format == "native" and source_bytes is not None and holds_all(form, catalogue):
        stored = [(each, _texts(uow, catalogue, each.file, units, origins)) for each in targets]
        yield _folded(form, catalogue, stored, units, source_bytes, options.only)
        return
    if options.format in EXCHANGE:
        several = [
            _language(uow, catalogue, file, _texts(uow, catalogue, file, units, origins))
            for file, _ in targets
        ]
        licence = catalogue.licence or project.licence
        whole = Whole(catalogue.name, project.slug, project.source_language, licence, units)
        asked = (options.only, options.include_drafts)
        for made_file in exchange_files(options.format, whole, several, *asked):
            yield Made(*made_file, None, {})
        return
    compiled = options.format == "mo"
    keyed = options.format == "native" or form.name == "po" or (compiled and form.name == "po-keys")
    for file, drafts in targets:
        language = str(file.language)
        texts = _texts(uow, catalogue, file, units, origins)
        before = uow.catalogues.read_file(catalogue.id, file.path)
        if keyed:
            target = _target(form, file, source, before)
            made = edited(form, target, source, texts, options.only, drafts)
            data = form.serialize(made, before if before is not None else source_bytes)
            path = file.path
            if before is None:
                data = named(path, data)  # its layout is the source's, its packing its own
        else:
            made = as_gettext(texts, language, options.only, drafts)
            data = FORMATS["po"].serialize(made)
            spelling = None if holds_all(form, catalogue) else file.spelling
            path, before = f"{catalogue.name}/{spelling or language}.po", None
        if compiled:
            pairs = made if made.format == "po" else FORMATS["po"].parse(data)
            data, before = compile_mo(pairs), None
            path = f"{outside(unpacked_path(path)).removesuffix('.po')}.mo"
        held = held_revisions(made, texts, keyed=keyed, compiled=compiled)
        yield Made(path, language, data, said_units(made, units), before, {language: held})


def written_languages(uow: UnitOfWork, project: Project, options: ExportOptions) -> tuple[str, ...]:
    """Return the languages whose texts an export writes, sorted.

    They are those asked for, and those that are in one file with them.

    Raises:
        NotFoundError: As :func:`export`.
    """
    found = {
        str(each.file.language)
        for catalogue in uow.catalogues.list(project.id)
        for each in _wanted(uow, project, catalogue, options)
    }
    return tuple(sorted(found))


def _wanted(
    uow: UnitOfWork, project: Project, catalogue: StoredCatalogue, options: ExportOptions
) -> list[Wanted]:
    own = options.format == "native" or (options.format == "po" and catalogue.format == "po")
    return wanted_files(
        uow, project, catalogue, options.languages, options.only,
        include_drafts=options.include_drafts, in_place=own,
    )  # fmt: skip


def _language(
    uow: UnitOfWork, catalogue: StoredCatalogue, file: StoredFile, texts: Texts
) -> Language:
    """Return a language of a catalogue as formats of exchange take it."""
    tag = str(file.language)
    inside = holds_all(FORMATS[catalogue.format], catalogue)
    spelling = tag if inside else file.spelling or tag
    return Language(tag, spelling, texts, plural_formula(uow, catalogue, tag))


def _texts(
    uow: UnitOfWork,
    catalogue: StoredCatalogue,
    file: StoredFile,
    units: Sequence[Unit],
    origins: Mapping[int, Origin],
) -> Texts:
    present = uow.translations.load(catalogue.id, str(file.language), units)
    made_for = [t.source_text_id for t in present.values() if t.source_text_id]
    harmful = uow.talk.withdrawn(catalogue.id, str(file.language))
    return Texts(
        units, present, origins, uow.units.texts(made_for), still_withdrawn(present, harmful)
    )


def _folded(
    form: FormatSpec,
    catalogue: StoredCatalogue,
    stored: Sequence[tuple[Wanted, Texts]],
    units: Sequence[Unit],
    before: bytes,
    only: Only | None,
) -> Made:
    """Return the one file of a catalogue with its languages written into it one by one."""
    source, data, said = form.parse(before), before, 0
    held = {}
    for (file, drafts), texts in stored:
        target = parse_language(form, data, file.spelling or str(file.language))
        made = edited(form, target, source, texts, only, drafts)
        data = write_language(form, made, target, data)
        said += said_units(made, units)
        # a text without a row in the file is not written
        rows = replace(made, entries=tuple(e for e in made.entries if e.key in target.by_key()))
        held[str(file.language)] = held_revisions(rows, texts, keyed=True)
    path = str(catalogue.source_path)
    if form.path is not None:
        path = form.path(path, data)
    return Made(path, all_of([*held]), data, said, before, held)


def _target(
    form: FormatSpec, file: StoredFile, source: Catalogue | None, before: bytes | None
) -> Catalogue:
    """Return the file as it was pushed, or the empty one that a new language starts from."""
    name = file.spelling or str(file.language)
    if before is not None:
        found = form.parse(before, source=source)
        unnamed = form.needs_language and found.language is None
        return replace(found, language=name) if unnamed else found
    if source is None:
        return Catalogue(form.name, (), language=name)
    if form.begin is not None:
        return form.begin(source, name)
    return Catalogue(form.name, (), name, (), (), source.encoding)


def still_withdrawn(
    present: Mapping[int, Translation], harmful: Mapping[int, frozenset[Text]]
) -> frozenset[int]:
    """Return the units whose current text was withdrawn and that nobody accepted since."""
    return frozenset(
        unit_id
        for unit_id, texts in harmful.items()
        if (now := present.get(unit_id)) and now.state is State.NEEDS_WORK and now.text in texts
    )
