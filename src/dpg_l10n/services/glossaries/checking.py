"""The use case: what the glossary says of all that is translated in a project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dpg_l10n.checks import CHECKS
from dpg_l10n.domain.findings import Finding
from dpg_l10n.domain.message import Text, is_blank
from dpg_l10n.ports import Store, UnitOfWork
from dpg_l10n.services.checker import Checker
from dpg_l10n.services.terminology import of_project


@dataclass(frozen=True, slots=True)
class TermFinding:
    """A text that does not follow the glossary."""

    catalogue: str
    unit: int
    key: str
    language: str
    code: str
    severity: str
    message: str
    source: Text
    text: Text


@dataclass(frozen=True, slots=True)
class TermReport:
    """Texts that do not follow the glossary."""

    project: str
    findings: tuple[TermFinding, ...]
    checked: int
    """Texts that were looked at."""


def report(store: Store, slug: str, languages: tuple[str, ...] = ()) -> TermReport:
    """Check every translation of a project against the terms that are accepted now.

    A push and a review check what they write; this tells what a term accepted later asks for.

    Args:
        store: Where they are.
        slug: Project.
        languages: BCP 47 tags; empty for all.

    Raises:
        NotFoundError: There is no such project.
    """
    found: list[TermFinding] = []
    checked = 0
    with store.read() as uow:
        for catalogue, language, key, number, source, text, findings in _texts(
            uow, slug, languages
        ):
            checked += 1
            found += [
                TermFinding(
                    catalogue, number, key, language, each.code, each.severity.value, each.message,
                    source, text,
                )
                for each in findings
            ]  # fmt: skip
    return TermReport(slug, tuple(found), checked)


def _texts(
    uow: UnitOfWork, slug: str, languages: tuple[str, ...]
) -> Iterator[tuple[str, str, str, int, Text, Text, tuple[Finding, ...]]]:
    project = uow.projects.require(slug)
    terms = of_project(uow, project)
    for stored in uow.catalogues.list(project.id):
        checker = Checker(stored.format, project.source_language, terms, (CHECKS["terms"],))
        units = [unit for unit in uow.units.load(stored.id) if not unit.obsolete]
        for row in uow.catalogues.coverage(stored.id):
            if languages and row.language not in languages:
                continue
            present = uow.translations.load(stored.id, row.language, units)
            for unit in units:
                translation = present.get(unit.id)
                if translation is not None and not is_blank(translation.text):
                    findings = tuple(checker.findings(unit, translation.text, row.language))
                    yield (
                        stored.name, row.language, unit.key, unit.id, unit.source, translation.text,
                        findings,
                    )  # fmt: skip
