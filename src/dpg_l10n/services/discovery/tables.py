"""Catalogues of one file that holds the source and all other languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from dpg_l10n.domain.language_names import language_of
from dpg_l10n.domain.locales import base
from dpg_l10n.domain.project import DEFAULT_SOURCE_LANGUAGE, CatalogueSpec, Problem
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.spec import FormatSpec
from dpg_l10n.services.discovery.tree import Tree
from dpg_l10n.services.multilingual import MOST_BYTES, find_languages


def language_of_tables(tree: Tree, tables: Mapping[str, FormatSpec]) -> str | None:
    """Return the base language of most such files' own sources; None where they name none."""
    votes: Counter[str] = Counter()
    for path, spec in tables.items():
        data = tree.read(path, MOST_BYTES)
        try:
            own = spec.parse(data).language if data is not None else None
        except FormatError:
            continue
        tag = language_of(own) if own else None
        votes[base(tag) if tag else DEFAULT_SOURCE_LANGUAGE] += 1
    return min(votes, key=lambda language: (-votes[language], language)) if votes else None


def find_tables(
    tree: Tree,
    tables: Mapping[str, FormatSpec],
    language: str,
    languages: Mapping[str, str],
    problems: list[Problem],
) -> list[CatalogueSpec]:
    """Return the catalogues, without their names.

    Args:
        tree: The project's files.
        tables: Path and format of each.
        language: Base language of the project.
        languages: Name in files to BCP 47, where it is known.
        problems: Takes what was seen and not taken.
    """
    catalogues = []
    for path, spec in tables.items():
        data = tree.read(path, MOST_BYTES)
        if data is None:
            continue
        found = find_languages(spec, data, path, language, languages)
        problems += found.problems
        catalogues.append(CatalogueSpec("", spec.name, path, found.targets))
    return catalogues
