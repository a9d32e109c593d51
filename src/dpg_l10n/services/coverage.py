"""Coverage and status of a project, read from counters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dpg_l10n.domain.coverage import Counts, LanguageCoverage, total
from dpg_l10n.domain.records import Project, StoredCatalogue
from dpg_l10n.ports import Clock, Store, UnitOfWork
from dpg_l10n.services.reports import CatalogueStatus, CoverageReport, StatusReport


@dataclass(frozen=True, slots=True)
class Standing:
    """A project, and how far it is in one language."""

    project: Project
    row: LanguageCoverage

    @property
    def covered(self) -> float:
        """Coverage, 0.0 to 1.0."""
        return self.row.ratio(self.project.count)


def standing(store: Store, slug: str, language: str) -> Standing:
    """Return how far a project is in a language, of which all is missing where nobody began.

    Raises:
        NotFoundError: There is no such project.
    """
    with store.read() as uow:
        project = uow.projects.require(slug)
        rows = report_of(uow, project, [language]).languages
        catalogues = uow.catalogues.list(project.id)
        return Standing(project, rows[0] if rows else nothing_of(catalogues, language))


def coverage(store: Store, slug: str, languages: Sequence[str] = ()) -> CoverageReport:
    """Return how much of a project people can read, per language and per catalogue.

    Args:
        store: Where from.
        slug: Project.
        languages: BCP 47 tags to show; empty for all.

    Raises:
        NotFoundError: There is no such project.
    """
    with store.read() as uow:
        project = uow.projects.require(slug)
        return report_of(uow, project, languages)


def report_of(uow: UnitOfWork, project: Project, languages: Sequence[str] = ()) -> CoverageReport:
    """Return the coverage of a project inside a unit of work, see :func:`coverage`."""
    catalogues = uow.catalogues.list(project.id)
    covered = [(each, uow.catalogues.coverage(each.id)) for each in catalogues]
    return _report(project, covered, frozenset(languages))


def reports_of(
    uow: UnitOfWork, projects: Iterable[Project]
) -> Iterator[tuple[Project, CoverageReport, LanguageCoverage]]:
    """Yield projects with their coverage, and that of a language that nobody began in them."""
    everywhere = uow.catalogues.everywhere()
    for project in projects:
        covered = everywhere.get(project.id, ())
        nothing = nothing_of([each for each, _ in covered], project.source_language)
        yield project, _report(project, covered), nothing


def _report(
    project: Project,
    covered: Sequence[tuple[StoredCatalogue, tuple[LanguageCoverage, ...]]],
    wanted: frozenset[str] = frozenset(),
) -> CoverageReport:
    per_catalogue = {
        catalogue.name: tuple(
            row
            for row in rows
            if row.language != project.source_language and (not wanted or row.language in wanted)
        )
        for catalogue, rows in covered
    }
    whole = _whole([catalogue for catalogue, _ in covered], per_catalogue)
    return CoverageReport(project.slug, project.count, whole, per_catalogue)


def nothing_of(catalogues: Sequence[StoredCatalogue], language: str) -> LanguageCoverage:
    """Return the coverage of catalogues in a language that they were never translated into."""
    return LanguageCoverage(
        language,
        Counts(missing=sum(catalogue.units for catalogue in catalogues)),
        Counts(missing=sum(catalogue.words for catalogue in catalogues)),
    )


def _whole(
    catalogues: Sequence[StoredCatalogue], rows: dict[str, tuple[LanguageCoverage, ...]]
) -> tuple[LanguageCoverage, ...]:
    """Return the project's coverage: of a catalogue without a file of a language all is missing."""
    languages = {row.language for found in rows.values() for row in found}
    lacking = [
        LanguageCoverage(language, Counts(missing=catalogue.units), Counts(missing=catalogue.words))
        for catalogue in catalogues
        for language in languages - {row.language for row in rows[catalogue.name]}
    ]
    known = [row for found in rows.values() for row in found]
    return tuple(total([*known, *lacking]).values())


def is_public(store: Store, slug: str) -> bool:
    """Tell whether everybody may look at the coverage of a project; of an unknown one nobody may."""
    with store.read() as uow:
        project = uow.projects.get(slug)
        return project is not None and project.public


def set_policy(
    store: Store, slug: str, actor: str, clock: Clock, *, public: bool | None,
    self_review: bool | None,
) -> Project:  # fmt: skip
    """Change what a project's owner decides; None leaves it as it is.

    Raises:
        NotFoundError: There is no such project.
    """
    with store.write() as uow:
        uow.projects.require(slug)
        uow.projects.set_policy(slug, public=public, self_review=self_review)
        said = f"public={public} self_review={self_review}"
        uow.accounts.audit(clock.now(), actor, "project.policy", slug, said)
        after = uow.projects.require(slug)
        uow.commit()
        return after


def status(store: Store, slug: str) -> StatusReport:
    """Return what the store knows of a project.

    Raises:
        NotFoundError: There is no such project.
    """
    with store.read() as uow:
        return _status(uow, uow.projects.require(slug))


def projects(store: Store) -> tuple[StatusReport, ...]:
    """Return what the store knows of each project, by slug."""
    with store.read() as uow:
        return tuple(_status(uow, project) for project in uow.projects.list())


def _status(uow: UnitOfWork, project: Project) -> StatusReport:
    catalogues = uow.catalogues.list(project.id)
    findings = {"error": 0, "warning": 0}
    for catalogue in catalogues:
        for severity, count in uow.catalogues.count_findings(catalogue.id).items():
            findings[severity] = findings.get(severity, 0) + count
    last = uow.projects.last_action(project.id, "push")
    return StatusReport(
        project=project.slug,
        name=project.name,
        source_language=project.source_language,
        licence=project.licence,
        units=sum(catalogue.units for catalogue in catalogues),
        words=sum(catalogue.words for catalogue in catalogues),
        catalogues=tuple(
            CatalogueStatus(
                catalogue.name,
                catalogue.format,
                catalogue.source_path,
                catalogue.units,
                catalogue.words,
                tuple(f.language for f in uow.catalogues.files(catalogue.id) if f.language),
            )
            for catalogue in catalogues
        ),
        findings=findings,
        last_push=last[1] if last else None,
    )
