"""Translations in formats that nothing here reads: counted, so that nobody thinks they are in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dpg_l10n.domain.project import Problem
from dpg_l10n.services.discovery.contents import formats_by_suffix
from dpg_l10n.services.discovery.groups import collapsed, group, suffix_of

_TITLES = {
    ".tbx": "TBX glossary",
}  # fmt: skip
_TABLES = frozenset({".tbx"})
"""Formats of which one file holds all languages, so that its path names none."""


def unsupported_suffixes() -> frozenset[str]:
    """Return the endings of formats of translations that no installed format reads."""
    return frozenset(_TITLES) - formats_by_suffix().keys()


def report(paths: Iterable[str], *, folder: str) -> list[Problem]:
    """Return one problem for each pattern of files, with their number."""
    counts: Counter[str] = Counter()
    named = []
    for path in paths:
        suffix = suffix_of(path)
        if suffix in _TABLES:
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
