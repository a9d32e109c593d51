"""Releases: named exports that passed their gate, and what each of them held."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from dpg_l10n.domain.gate import Condition, is_release_name
from dpg_l10n.domain.message import Text
from dpg_l10n.domain.records import Project, StoredCatalogue
from dpg_l10n.domain.release import Held, Release, ReleasedFile, WithdrawnText
from dpg_l10n.domain.unit import Unit
from dpg_l10n.errors import ConflictError, GateError, NotFoundError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Clock, Store, UnitOfWork
from dpg_l10n.services.export import ExportOptions, Made, write_files, written_languages
from dpg_l10n.services.export_exchange import EXCHANGE
from dpg_l10n.services.gates import judge
from dpg_l10n.services.reports import ExportReport


@dataclass(frozen=True, slots=True)
class NewRelease:
    """A release that somebody asks for."""

    name: str
    actor: str
    """Pseudonym."""
    job: str = ""
    """Number of the job that makes it, by which it is known again."""


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """What a release held, and what of that was withdrawn since."""

    release: Release
    files: tuple[ReleasedFile, ...]
    withdrawn: tuple[WithdrawnText, ...]


def check_name(name: str, options: ExportOptions) -> None:
    """Refuse a release that cannot be meant, before anything is looked at.

    Raises:
        UsageError: ``release.name``: it cannot be called so; ``release.drafts``, ``release.format``:
            drafts, and formats of exchange, are no part of a release.
    """
    if not is_release_name(name):
        raise UsageError(
            N_(
                "“{name}” cannot be the name of a release: up to 100 letters, digits, dots, “_”, "
                "“+” and “-”, as v1.4.0."
            ),
            code="release.name", name=name,
        )  # fmt: skip
    if options.format in EXCHANGE:
        raise UsageError(
            N_("A release has the files that people use; “{format}” is for other tools. Leave it out."),
            code="release.format", format=options.format,
        )  # fmt: skip
    if options.include_drafts:
        raise UsageError(
            N_("A release holds what people decided on, and no drafts."), code="release.drafts"
        )


def release(
    store: Store,
    slug: str,
    new: NewRelease,
    write: Callable[[str, bytes], None],
    options: ExportOptions,
    clock: Clock,
    receipt: Callable[[ExportReport], None] = lambda _report: None,
) -> ExportReport:
    """Export a project that passes its gate, and remember what was in the files.

    Args:
        store: Where from.
        slug: Project.
        new: Its name, and who asks.
        write: Takes the POSIX path and the bytes of each file.
        options: How the export is meant.
        clock: Gives the time.
        receipt: Called with the report when all is written, right before the release is
            remembered: whoever keeps it and finds the release afterwards knows that it was made.

    Raises:
        NotFoundError: As :func:`dpg_l10n.services.export.export`.
        UsageError: As :func:`check_name`.
        GateError: ``gate``: the project does not fulfil what it asks of itself; nothing is written.
        ConflictError: ``release.exists``: there is a release of this name.
    """
    check_name(new.name, options)
    held: list[Held] = []

    def seen(catalogue: StoredCatalogue, made: Made) -> None:
        digest = hashlib.sha256(made.data).hexdigest()
        held.extend(
            Held(catalogue.id, language, made.path, digest, len(made.data), revisions)
            for language, revisions in made.held.items()
        )

    with store.read() as uow:
        project = uow.projects.require(slug)
        _require_new(uow, project, new.name)
        asked = written_languages(uow, project, options) if options.languages else ()
        failed = [
            each for each in judge(uow, project, asked, options.only)
            if not each.passed
        ]  # fmt: skip
        if failed:
            raise GateError(name=new.name, detail=" ".join(map(sentence, failed)))
        report = replace(write_files(uow, project, write, options, seen), release=new.name)
    receipt(report)
    with store.write() as uow:
        project = uow.projects.require(slug)
        _require_new(uow, project, new.name)
        now = clock.now()
        action_id = uow.projects.begin_action(project.id, new.actor, now, "release", new.name)
        only = options.only.value if options.only else ""
        languages = tuple(sorted({each.language for each in held}))
        made = Release(new.name, now, new.actor, options.format, only, languages)
        uow.releases.add(project.id, made, new.job, held, action_id)
        uow.commit()
    return report


def is_made(store: Store, slug: str, new: NewRelease) -> bool:
    """Tell whether this very job made the release already."""
    with store.read() as uow:
        project = uow.projects.require(slug)
        return bool(new.job) and uow.releases.job_of(project.id, new.name) == new.job


def releases(store: Store, slug: str) -> tuple[Release, ...]:
    """Return the releases of a project, the newest first.

    Raises:
        NotFoundError: There is no such project.
    """
    with store.read() as uow:
        return uow.releases.list(uow.projects.require(slug).id)


def show_release(store: Store, slug: str, name: str) -> ReleaseView:
    """Return what a release held, and which texts of it were withdrawn.

    Raises:
        NotFoundError: There is no such project or release.
    """
    with store.read() as uow:
        project = uow.projects.require(slug)
        known = {each.name: each for each in uow.releases.list(project.id)}
        if name not in known:
            hint = f"There are: {', '.join(known) or 'none yet'}."
            raise NotFoundError(kind="release", name=name, hint=hint)
        found = known[name]
        harmful = []
        for each in uow.releases.withdrawn(project.id):
            unit = uow.units.by_key(each.catalogue_id, each.key)
            if unit and found.id in _holding(
                uow, each.catalogue_id, each.language, unit, each.text
            ):
                harmful.append(each)
        return ReleaseView(found, uow.releases.files(found.id), tuple(harmful))


def affected(
    uow: UnitOfWork, project: Project, stored: StoredCatalogue, language: str, unit: Unit,
    text: Text,
) -> tuple[Release, ...]:  # fmt: skip
    """Return the releases that held a text of a unit in a language, the newest first."""
    numbers = _holding(uow, stored.id, language, unit, text)
    if not numbers:
        return ()
    return tuple(each for each in uow.releases.list(project.id) if each.id in numbers)


def sentence(condition: Condition) -> str:
    """Return what a condition found, for people."""
    found, asked = condition.found, condition.asked
    where = f"{condition.language}: " if condition.language else ""
    if condition.code == "coverage":
        return f"{where}{found}% covered, {asked}% asked for."
    what = {
        "errors": "with errors",
        "risk": "of risk that no reviewer accepted",
        "withdrawn": "withdrawn and still in the files of the last push",
        "refused": "refused",
    }[condition.code]
    thing = "file" if condition.code == "refused" else "text"
    allowed = f" (at most {asked})" if asked else ""
    some = ", ".join(condition.examples)
    more = ", …" if found > len(condition.examples) else ""
    named = f": {some}{more}" if some else ""
    return f"{where}{found} {thing}{'' if found == 1 else 's'} {what}{allowed}{named}."


def _holding(
    uow: UnitOfWork, catalogue_id: int, language: str, unit: Unit, text: Text
) -> frozenset[int]:
    same = {old.revision for old in uow.translations.history(unit, language) if old.text == text}
    return uow.releases.holding(catalogue_id, language, unit.id, same)


def _require_new(uow: UnitOfWork, project: Project, name: str) -> None:
    if uow.releases.job_of(project.id, name) is not None:
        raise ConflictError(
            N_("There is a release {name} already. A release stays what it was: choose a new name."),
            code="release.exists", name=name,
        )  # fmt: skip
