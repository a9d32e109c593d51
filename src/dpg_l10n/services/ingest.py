"""Push: take a project's files into the store, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.coverage import CountPolicy
from dpg_l10n.domain.diff import Incoming, SourceDiff, incoming_entries
from dpg_l10n.domain.project import CatalogueSpec, ProjectSpec, TargetFile
from dpg_l10n.domain.records import Project, StoredCatalogue, StoredFile
from dpg_l10n.domain.states import State
from dpg_l10n.errors import DamagedInputError, FormatError, InputError
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.spec import FormatSpec
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Clock, Store, UnitOfWork
from dpg_l10n.services.checker import Checker
from dpg_l10n.services.damage import refuse_damage
from dpg_l10n.services.ingest_source import SourceResult, take_in
from dpg_l10n.services.ingest_target import TargetPush, TargetPusher, TargetResult
from dpg_l10n.services.reports import PushedCatalogue, PushedLanguage, PushReport, Refusal


@dataclass(frozen=True, slots=True)
class PushOptions:
    """How a push is meant."""

    actor: str = "maintainer"
    """Pseudonym written into the history."""
    accept_as: State = State.TRANSLATED
    """State of a finished text in a file: ``translated`` or ``reviewed``."""
    prune: bool = False
    """Take out units that the pushed source lacks."""
    minor: bool = False
    """Changed source texts mean the same; their translations keep their state."""
    dry_run: bool = False
    """Report and write nothing."""
    accept_damage: bool = False
    """Take in texts even when their encoding looks damaged or many translations are lost."""
    keep_going: bool = False
    """Take in the readable files when others are refused; without it nothing is stored."""


@dataclass(slots=True)
class _Push:
    """What one push carries along."""

    uow: UnitOfWork
    project: Project
    read: Callable[[str], bytes]
    options: PushOptions
    action_id: int
    progress: Callable[[str], None]
    refused: list[Refusal] = field(default_factory=list)
    damaged: list[Refusal] = field(default_factory=list)


def push(
    store: Store,
    spec: ProjectSpec,
    read: Callable[[str], bytes],
    clock: Clock,
    options: PushOptions | None = None,
    progress: Callable[[str], None] = lambda _path: None,
) -> PushReport:
    """Take the files of a project into the store and return what changed.

    Everything happens in one transaction: when a file is refused (see ``refused`` in the report:
    unreadable, or damaged as :mod:`dpg_l10n.services.damage` tells) nothing is stored, unless the
    options say to keep going, which leaves out whole files.

    Args:
        store: Where to.
        spec: The project and where its files are.
        read: Returns the bytes of a path of the spec.
        clock: Gives the time of the push.
        options: How the push is meant.
        progress: Called with each path before it is read.

    Raises:
        InputError: A path cannot be read.
    """
    options = options or PushOptions()
    with store.write() as uow:
        project = uow.projects.save(
            Project(
                slug=spec.slug,
                name=spec.name,
                source_language=spec.source_language,
                licence=spec.licence,
                registry_id=spec.registry_id,
                deployments=tuple(spec.deployments),
                count=CountPolicy(spec.count),
            )
        )
        action_id = uow.projects.begin_action(project.id, options.actor, clock.now(), "push")
        run = _Push(uow, project, read, options, action_id, progress)
        done = [found for part in spec.catalogues if (found := _push_catalogue(run, part))]
        findings = {"error": 0, "warning": 0}
        for stored in uow.catalogues.list(project.id):
            for severity, count in uow.catalogues.count_findings(stored.id).items():
                findings[severity] = findings.get(severity, 0) + count
        report = PushReport(
            project=spec.slug,
            catalogues=tuple(done),
            findings=findings,
            refused=tuple(run.refused),
            damaged=tuple(run.damaged),
            id=action_id,
            dry_run=options.dry_run,
        )
        if options.dry_run or (run.refused and not options.keep_going):
            return replace(report, id=0)
        uow.commit()
        return report


def _push_catalogue(run: _Push, spec: CatalogueSpec) -> PushedCatalogue | None:
    """Push one catalogue; return None when its source was refused."""
    form = FORMATS[spec.format]
    source_bytes, source = b"", None
    if spec.source is not None:
        source_bytes = _read(run, spec.source)
        source = _parse(run, form, spec.source, source_bytes, None)
        if source is None:
            return None
    stored = run.uow.catalogues.save(
        StoredCatalogue(
            run.project.id, spec.name, spec.format, spec.source, spec.pattern, spec.licence
        )
    )
    files = {file.path: file for file in run.uow.catalogues.files(stored.id)}
    changed = [
        (target, data)
        for target in spec.targets
        if _is_news(data := _read(run, target.path), files.get(target.path))
        or run.options.accept_as is State.REVIEWED
    ]
    source_same = spec.source is not None and not _is_news(source_bytes, files.get(spec.source))
    if spec.source is None:
        changed = [(target, _read(run, target.path)) for target in spec.targets]
    parsed = _parse_targets(run, form, changed, source)
    incoming = incoming_entries(source.entries) if source is not None else _union(parsed.values())
    # without a template, units of files that were refused are not gone
    unread = source is None and len(parsed) < len(changed)
    if source_same and not changed and not run.options.prune:
        return _report(run, spec, stored, None, {})
    taken = take_in(
        run.uow,
        stored,
        incoming,
        run.action_id,
        keyed=not form.bilingual,
        prune=run.options.prune and not unread,
        minor=run.options.minor,
        languages=[row.language for row in run.uow.catalogues.coverage(stored.id)],
    )
    if taken.moved and len(changed) < len(spec.targets):
        changed = [(target, _read(run, target.path)) for target in spec.targets]
        parsed = _parse_targets(run, form, changed, source)
    results = _push_targets(run, form, stored, taken, source, changed, parsed)
    _keep_files(run, spec, stored, source_bytes, changed)
    return _report(run, spec, stored, taken.difference, results)


def _push_targets(
    run: _Push,
    form: FormatSpec,
    stored: StoredCatalogue,
    taken: SourceResult,
    source: Catalogue | None,
    changed: Iterable[tuple[TargetFile, bytes]],
    parsed: dict[str, Catalogue],
) -> dict[str, TargetResult]:
    pusher = TargetPusher(
        run.uow,
        stored,
        taken.units,
        taken.reworded,
        run.action_id,
        run.options.accept_as,
        run.project.source_language,
        marks_drafts=form.bilingual,
        checker=Checker(form.name, run.project.source_language),
    )
    results = {}
    files = {file.path: file for file in run.uow.catalogues.files(stored.id)}
    for target, data in changed:
        catalogue = parsed.get(target.path)
        if catalogue is None:
            continue
        before = _Before(run.uow, form, stored, target.path, source)
        try:
            if _is_news(data, files.get(target.path)):
                refuse_damage(target.path, catalogue, before)
            else:
                before.known(catalogue)
        except DamagedInputError as error:
            found = Refusal(target.path, error.error_code, str(error), 0)
            if not run.options.accept_damage:
                run.refused.append(found)
                continue
            run.damaged.append(found)
        results[target.language] = pusher.push(TargetPush(target.language, catalogue, before))
    return results


class _Before:
    """Reads the last pushed version of a file, at most once."""

    def __init__(
        self,
        uow: UnitOfWork,
        form: FormatSpec,
        stored: StoredCatalogue,
        path: str,
        source: Catalogue | None,
    ) -> None:
        self._uow = uow
        self._place = (stored.id, path)
        self._form = form
        self._source = source
        self._known: tuple[Catalogue | None] | None = None

    def known(self, catalogue: Catalogue) -> None:
        """Say what the last version is: the file did not change."""
        self._known = (catalogue,)

    def __call__(self) -> Catalogue | None:
        if self._known is None:
            data = self._uow.catalogues.read_file(*self._place)
            catalogue = None if data is None else self._form.parse(data, source=self._source)
            self._known = (catalogue,)
        return self._known[0]


def _parse_targets(
    run: _Push,
    form: FormatSpec,
    targets: Iterable[tuple[TargetFile, bytes]],
    source: Catalogue | None,
) -> dict[str, Catalogue]:
    parsed = {}
    for target, data in targets:
        run.progress(target.path)
        catalogue = _parse(run, form, target.path, data, source)
        if catalogue is not None:
            parsed[target.path] = catalogue
    return parsed


def _parse(
    run: _Push, form: FormatSpec, path: str, data: bytes, source: Catalogue | None
) -> Catalogue | None:
    """Return the parsed file, or None after writing down why it is refused."""
    try:
        return form.parse(data, source=source)
    except FormatError as error:
        error.path = path
        if not any(refusal.path == path for refusal in run.refused):
            run.refused.append(Refusal(path, error.error_code, str(error), error.line))
        return None


def _read(run: _Push, path: str) -> bytes:
    try:
        return run.read(path)
    except OSError as error:
        raise InputError(
            N_("{path} cannot be read: {detail}"), path=path, detail=error.strerror or str(error)
        ) from error


def _is_news(data: bytes, known: StoredFile | None) -> bool:
    return known is None or known.size != len(data) or known.sha256 != sha256(data).digest()


def _union(catalogues: Iterable[Catalogue]) -> list[Incoming]:
    """Return the source of a set of bilingual files without a template: all that they translate."""
    seen: dict[str, Entry] = {}
    for catalogue in catalogues:
        for entry in catalogue.entries:
            seen.setdefault(entry.key, entry)
    return incoming_entries(seen.values())


def _keep_files(
    run: _Push,
    spec: CatalogueSpec,
    stored: StoredCatalogue,
    source_bytes: bytes,
    changed: Iterable[tuple[TargetFile, bytes]],
) -> None:
    write = run.uow.catalogues.write_file
    if spec.source is not None:
        write(
            stored.id, spec.source, source_bytes, language=None, spelling=None,
            action_id=run.action_id,
        )  # fmt: skip
    refused = {refusal.path for refusal in run.refused}
    for target, data in changed:
        if target.path not in refused:
            write(
                stored.id, target.path, data, language=target.language, spelling=target.name,
                action_id=run.action_id,
            )  # fmt: skip


def _report(
    run: _Push,
    spec: CatalogueSpec,
    stored: StoredCatalogue,
    found: SourceDiff | None,
    results: dict[str, TargetResult],
) -> PushedCatalogue:
    """Return what happened to a catalogue; without a difference no byte of it changed."""
    none = TargetResult(0, 0, 0)
    languages = {}
    units = stored.units
    for row in run.uow.catalogues.coverage(stored.id):
        result = results.get(row.language, none)
        units = row.units.total
        languages[row.language] = PushedLanguage(
            translated=row.units.translated + row.units.reviewed + row.units.copied,
            needs_work=row.units.needs_work,
            conflicts=result.conflicts,
            written=result.written,
            unknown=result.unknown,
        )
    return PushedCatalogue(
        catalogue=spec.name,
        format=spec.format,
        source_language=run.project.source_language,
        units=units,
        added=len(found.added) if found else 0,
        changed=len(found.changed) + sum(not c.same_text for c in found.carried) if found else 0,
        renamed=sum(item.same_text for item in found.carried) if found else 0,
        removed=len(found.removed) if found else 0,
        unchanged=len(found.kept) if found else units,
        languages=languages,
    )
