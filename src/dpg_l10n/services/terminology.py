"""Which terms hold for the texts of a project."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO

from dpg_l10n.domain.message import Text, texts
from dpg_l10n.domain.records import Project
from dpg_l10n.domain.risk import RiskRule, gravest
from dpg_l10n.domain.terms import Concept, Terminology, TermsOf
from dpg_l10n.errors import FormatError
from dpg_l10n.interchange.glossary_file import open_reader
from dpg_l10n.ports import UnitOfWork

RiskOf = Callable[[str, Text], str]
"""Gives the risk of a unit by its key and its source."""


def of_project(uow: UnitOfWork, project: Project) -> TermsOf:
    """Return the accepted terms of a project: its own and those of all, read when asked for.

    Args:
        uow: Open for as long as terms are asked for.
        project: Whose.
    """

    def load(language: str) -> Terminology | None:
        return uow.glossaries.terminology(project, language, enforced=True)

    return _each_once(load)


def risk_of(uow: UnitOfWork, project: Project, rules: Sequence[RiskRule]) -> RiskOf | None:
    """Return what tells the risk of units: by the project's rules and by accepted terms.

    None where nothing says anything of risk, so that nobody asks.

    Args:
        uow: Open.
        project: Whose.
        rules: Of the project.
    """
    terms = uow.glossaries.terminology(project, None, enforced=True)
    if not rules and (terms is None or not terms.risky):
        return None

    def risk(key: str, source: Text) -> str:
        found = [rule.risk for rule in rules if rule.holds(key)]
        if terms is not None:
            found += map(terms.risk, texts(source))
        return gravest(found)

    return risk


def of_files(files: Iterable[tuple[str, bytes]], source_language: str) -> TermsOf:
    """Return the terms of glossary files that a project names.

    What a file says is suggested or rejected is not enforced; a file that says nothing of it is
    taken at its word.

    Args:
        files: Path and bytes of each.
        source_language: BCP 47 tag.

    Raises:
        FormatError: A file is no glossary.
    """
    concepts: list[Concept] = []
    for path, data in files:
        try:
            concepts += open_reader(BytesIO(data), path, source_language)
        except FormatError as error:
            error.path = path
            raise

    def load(language: str) -> Terminology | None:
        return Terminology(concepts, source_language, language) or None

    return _each_once(load)


def _each_once(load: TermsOf) -> TermsOf:
    known: dict[str, Terminology | None] = {}

    def terms(language: str) -> Terminology | None:
        if language not in known:
            known[language] = load(language)
        return known[language]

    return terms
