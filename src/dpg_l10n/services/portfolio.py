"""All projects at once: how far each is, and one language in all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dpg_l10n.domain.coverage import CountPolicy, LanguageCoverage
from dpg_l10n.domain.records import Project
from dpg_l10n.ports import Store
from dpg_l10n.services.coverage import reports_of

USABLE = 0.8


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project in a list."""

    project: str
    name: str
    source_language: str
    words: int
    count: CountPolicy
    languages: tuple[LanguageCoverage, ...]
    deployments: tuple[str, ...]

    @property
    def begun(self) -> int:
        """Languages with a text of a person."""
        return sum(row.units.missing + row.units.draft < row.units.total for row in self.languages)

    @property
    def usable(self) -> int:
        """Languages of which enough is covered to be used."""
        return sum(row.ratio(self.count) >= USABLE for row in self.languages)


def portfolio(
    store: Store, visible: Callable[[Project], bool] = lambda _project: True
) -> tuple[ProjectLine, ...]:
    """Return every project that may be seen, by name."""
    with store.read() as uow:
        lines = [
            ProjectLine(
                project.slug,
                project.name,
                project.source_language,
                nothing.words.total,
                project.count,
                report.languages,
                project.deployments,
            )
            for project, report, nothing in reports_of(uow, filter(visible, uow.projects.list()))
        ]
    return tuple(sorted(lines, key=lambda line: (line.name.casefold(), line.project)))
