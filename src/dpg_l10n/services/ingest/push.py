"""Push: take a project's files into the store, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.domain.coverage import CountPolicy
from dpg_l10n.domain.diff import incoming_entries
from dpg_l10n.domain.gate import GatePolicy
from dpg_l10n.domain.merge import OnConflict
from dpg_l10n.domain.project import CatalogueSpec, ProjectSpec, TargetFile
from dpg_l10n.domain.records import Project, StoredCatalogue, StoredFile
from dpg_l10n.domain.states import State
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.spec import FormatSpec
from dpg_l10n.ports import Clock, Store
from dpg_l10n.services.checker import Checker
from dpg_l10n.services.ingest.admit import last_versions, refuse_damaged
from dpg_l10n.services.ingest.archives import keep_archives
from dpg_l10n.services.ingest.documentation import documented
from dpg_l10n.services.ingest.options import PushOptions
from dpg_l10n.services.ingest.run import LastVersion, Run, is_news, union
from dpg_l10n.services.ingest.source import SourceResult, take_in
from dpg_l10n.services.ingest.target import TargetPush, TargetPusher, TargetResult
from dpg_l10n.services.multilingual import holds_all, parse_source, row_path
from dpg_l10n.services.reports import PushedCatalogue, PushedLanguage, PushReport
from dpg_l10n.services.terminology import of_project, risk_of


def push(
    store: Store,
    spec: ProjectSpec,
    read: Callable[[str], bytes],
    clock: Clock,
    options: PushOptions | None = None,
    progress: Callable[[str], None] = lambda _path: None,
    pruning: Callable[[str, int, int], None] = lambda _catalogue, _lost, _units: None,
    receipt: Callable[[PushReport], None] = lambda _report: None,
) -> PushReport:
    """Take the files of a project into the store and return what changed.

    Everything happens in one transaction: when a file is refused (see ``refused`` in the report:
    unreadable, or damaged as :mod:`dpg_l10n.services.ingest.damage` tells) nothing is stored, unless the
    options say to keep going, which leaves out whole files. Nothing is stored either when there
    are conflicts and the options refuse them.

    Args:
        store: Where to.
        spec: The project and where its files are.
        read: Returns the bytes of a path of the spec.
        clock: Gives the time of the push.
        options: How the push is meant.
        progress: Called with each path before it is read.
        pruning: Called before units are taken out, with the catalogue, how many of its units are
            lost (those whose translations go along to a new key are not) and how many it had.
        receipt: Called with the report right before everything is made to last: whoever keeps it
            and finds an action of its number afterwards knows that the push was done.

    Raises:
        InputError: A path cannot be read.
        UsageError: ``push.prune``: more than 5% of a catalogue's units, and more than 10, would
            be taken out and the options do not say that this is meant.
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
                gate=GatePolicy.of(spec.fail_under, spec.gate_errors, spec.gate_risk),
            )
        )
        uow.projects.note_problems(project.id, spec.problems)
        why = "minor source change" if options.minor else ""
        action_id = uow.projects.begin_action(project.id, options.actor, clock.now(), "push", why)
        run = Run(
            uow, project, read, options, action_id, progress, pruning, spec.languages,
            of_project(uow, project), risk_of(uow, project, spec.risks),
        )  # fmt: skip
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
            conflicts=tuple(run.conflicts),
            id=action_id,
            dry_run=options.dry_run,
        )
        refused = run.refused and not options.keep_going
        disputed = run.conflicts and options.on_conflict is OnConflict.REFUSE
        if options.dry_run or refused or disputed:
            return replace(report, id=0)
        receipt(report)
        uow.commit()
        return report


def _push_catalogue(run: Run, spec: CatalogueSpec) -> PushedCatalogue | None:
    """Push one catalogue; return None when its source was refused."""
    form = FORMATS[spec.format]
    source_bytes, source = b"", None
    if spec.source is not None:
        source_bytes = run.file(spec.source)
        source = run.parse(spec.source, partial(_source, run, form, spec, source_bytes))
        if source is None:
            return None
    stored = run.uow.catalogues.save(
        StoredCatalogue(
            run.project.id, spec.name, spec.format, spec.source, spec.pattern, spec.licence
        )
    )
    files = {file.path: file for file in run.uow.catalogues.files(stored.id)}
    in_source = holds_all(form, spec)
    changed = [
        (target, data)
        for target in spec.targets
        if is_news(data := run.file(target.path), files.get(target.path))
        or run.options.accept_as is State.REVIEWED
        or (in_source and row_path(target.path, target.name) not in files)
    ]
    source_same = spec.source is not None and not is_news(source_bytes, files.get(spec.source))
    if spec.source is None:
        changed = [(target, run.file(target.path)) for target in spec.targets]
    parsed = run.parse_all(form, changed, source, in_source=in_source)
    lasts = last_versions(run, form, stored, source, changed, parsed, files)
    damaged = refuse_damaged(run, source, changed, parsed, lasts, files)
    if in_source and damaged:
        return None
    keep_archives(run, spec, stored, files)
    incoming = incoming_entries(source.entries) if source is not None else union(parsed.values())
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
        by_text=form.bilingual or form.keys_from_text,
        options=replace(run.options, prune=run.options.prune and not unread),
        pruning=run.pruning,
        risk=run.risk,
        languages=[row.language for row in run.uow.catalogues.coverage(stored.id)],
    )
    if taken.moved and len(changed) < len(spec.targets):
        changed = [(target, run.file(target.path)) for target in spec.targets]
        again = run.parse_all(form, changed, source, in_source=in_source)
        parsed = {language: again[language] for language in again if language not in damaged}
        lasts = last_versions(run, form, stored, source, changed, parsed, files) | lasts
    results = _push_targets(run, form, stored, taken, parsed, lasts)
    _keep_files(run, spec, stored, source_bytes, changed, files)
    return _report(run, spec, stored, taken, results)


def _source(run: Run, form: FormatSpec, spec: CatalogueSpec, data: bytes) -> Catalogue:
    if holds_all(form, spec):
        return parse_source(form, data, run.project.source_language, run.languages)
    return documented(form, form.parse(data), str(spec.source), run.read)


def _push_targets(
    run: Run,
    form: FormatSpec,
    stored: StoredCatalogue,
    taken: SourceResult,
    parsed: dict[str, Catalogue],
    lasts: dict[str, LastVersion],
) -> dict[str, TargetResult]:
    """Write the languages one after another, and let go of each that is written."""
    pusher = TargetPusher(
        run.uow,
        stored,
        taken.units,
        taken.reworded,
        frozenset() if taken.first else taken.new,
        run.action_id,
        run.options.accept_as,
        run.project.source_language,
        on_conflict=run.options.on_conflict,
        marks_drafts=form.marks_unfinished,
        checker=Checker(form.name, run.project.source_language, run.terms),
    )
    results = {}
    for language in list(parsed):
        target = TargetPush(language, parsed.pop(language), lasts.pop(language))
        result = pusher.push(target)
        run.conflicts.extend(result.conflicts)
        results[language] = result
    return results


def _keep_files(
    run: Run,
    spec: CatalogueSpec,
    stored: StoredCatalogue,
    source_bytes: bytes,
    changed: Iterable[tuple[TargetFile, bytes]],
    files: Mapping[str, StoredFile],
) -> None:
    write, keep = run.uow.catalogues.write_file, run.uow.past.keep_file
    if spec.source is not None:
        if is_news(source_bytes, files.get(spec.source)):
            keep(stored.id, spec.source, run.action_id)
        write(
            stored.id, spec.source, source_bytes, language=None, spelling=None,
            action_id=run.action_id,
        )  # fmt: skip
    refused = {refusal.path for refusal in run.refused}
    in_source = holds_all(FORMATS[spec.format], spec)
    for target, data in changed:
        if target.path not in refused:
            path = row_path(target.path, target.name) if in_source else target.path
            kept = b"" if in_source else data
            if is_news(kept, files.get(path)):
                keep(stored.id, path, run.action_id)
            write(
                stored.id, path, kept, language=target.language, spelling=target.name,
                action_id=run.action_id,
            )  # fmt: skip


def _report(
    run: Run,
    spec: CatalogueSpec,
    stored: StoredCatalogue,
    taken: SourceResult | None,
    results: dict[str, TargetResult],
) -> PushedCatalogue:
    """Return what happened to a catalogue; without a difference no byte of it changed."""
    none = TargetResult(0, (), 0)
    found = taken.difference if taken else None
    languages = {}
    units = stored.units if taken is None else len(taken.units)
    for row in run.uow.catalogues.coverage(stored.id):
        result = results.get(row.language, none)
        units = row.units.total
        languages[row.language] = PushedLanguage(
            translated=row.units.translated + row.units.reviewed + row.units.copied,
            needs_work=row.units.needs_work,
            conflicts=len(result.conflicts),
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
        lent=len({i.position for i in found.added} & {i.new.position for i in found.lent})
        if found
        else 0,
    )
