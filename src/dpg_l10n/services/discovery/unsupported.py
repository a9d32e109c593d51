"""Translations in formats that nothing here reads: counted, so that nobody thinks they are in."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable

from dpg_l10n.domain.project import Problem
from dpg_l10n.services.discovery.contents import formats_by_suffix
from dpg_l10n.services.discovery.groups import collapsed, group, suffix_of
from dpg_l10n.services.discovery.tree import Tree
from dpg_l10n.services.discovery.words import speaks_of_locales, spells_language

_TITLES = {
    ".csv": "CSV", ".xlsx": "spreadsheet", ".xls": "spreadsheet",
    ".tbx": "TBX glossary",
}  # fmt: skip
_TABLES = frozenset({".csv", ".xlsx", ".xls", ".tbx"})
"""Formats of which one file holds all languages, so that its path names none."""
_LANGUAGES_IN_HEADER = 2


def unsupported_suffixes() -> frozenset[str]:
    """Return the endings of formats of translations that no installed format reads."""
    return frozenset(_TITLES) - formats_by_suffix().keys()


def report(tree: Tree, paths: Iterable[str], *, folder: str) -> list[Problem]:
    """Return one problem for each pattern of files, with their number."""
    counts: Counter[str] = Counter()
    named = []
    for path in paths:
        suffix = suffix_of(path)
        if suffix in _TABLES:
            if _is_table(tree, path, suffix):
                counts[f"{path.rpartition('/')[0]}/*{suffix}".lstrip("/")] += 1
        else:
            named.append(path)
    for each in group(named, folder=folder):
        counts[collapsed(each.pattern)] += len(each.files)
    return [_problem(pattern, count) for pattern, count in sorted(counts.items())]


def _problem(pattern: str, count: int) -> Problem:
    title = _TITLES[suffix_of(pattern)]
    files = "1 file looks" if count == 1 else f"{count} files look"
    message = f"{files} like translations in a format that is not read yet ({title})."
    return Problem(pattern, "format.unsupported", message)


def _is_table(tree: Tree, path: str, suffix: str) -> bool:
    if suffix == ".tbx":
        return True
    if suffix == ".csv":
        first = tree.head(path)[:4096].decode("utf-8-sig", "replace").partition("\n")[0]
        try:
            columns = next(csv.reader([first.replace("\0", "")], strict=False), [])
        except csv.Error:
            return False
        languages = [name for name in columns if spells_language(name.strip())]
        return len(languages) >= _LANGUAGES_IN_HEADER
    folders = path.split("/")[:-1]
    return any(part == "forms" or speaks_of_locales(part) for part in folders)
