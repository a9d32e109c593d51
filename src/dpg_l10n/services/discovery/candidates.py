"""Which files of a tree may hold strings, and which archives are worth a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from dpg_l10n.domain.paths import ZIP, in_archive
from dpg_l10n.domain.project import Problem
from dpg_l10n.services.discovery.contents import formats_by_suffix, is_other
from dpg_l10n.services.discovery.groups import suffix_of
from dpg_l10n.services.discovery.tree import Tree
from dpg_l10n.services.discovery.words import holds_strings, speaks_of_locales

_LEAST_SHARE = 0.5
_OTHERS = frozenset(
    {".js", ".mjs", ".cjs", ".ts", ".tsx", ".py", ".rb", ".dart", ".lua", ".txt", ".ini", ".lang"}
)
"""Endings of code, and of formats that few files of the ending have."""


def find_candidates(tree: Tree, problems: list[Problem]) -> list[str]:
    """Return the paths of files in a format of strings, by their names.

    Of a ZIP archive most files have to be such: a packed program repeats what is elsewhere.

    Args:
        tree: The project's files.
        problems: Takes what is said of archives that cannot be looked into.
    """
    supported = formats_by_suffix()
    named = [path for path in tree.files if suffix_of(path) in supported]
    programs = _programs(tree.files, named)
    candidates = [
        path
        for path in named
        if holds_strings(path.rpartition("/")[2])
        and _archive(path) not in programs
        and not is_other(tree, path)
    ]
    archives = [path for path in tree.files if path.lower().endswith(ZIP)]
    refused = dict(_refused(tree, (*archives, *filter(in_archive, candidates))))
    problems += refused.values()
    return [path for path in candidates if path not in refused]


def find_others(tree: Tree, candidates: Sequence[str]) -> list[str]:
    """Return the paths of files in which programs keep strings too, and that nothing here reads.

    Only below a folder that says that translations are there: a project has very many others.
    """
    taken = frozenset(candidates)
    above = tree.root.resolve().name

    @cache
    def is_telling(folder: str) -> bool:
        return any(map(speaks_of_locales, (above, *folder.split("/"))))

    return [
        path
        for path in tree.files
        if suffix_of(path) in _OTHERS and is_telling(path.rpartition("/")[0]) and path not in taken
    ]


def _programs(files: Sequence[str], named: Sequence[str]) -> frozenset[str]:
    every = Counter(filter(None, map(_archive, files)))
    strings = Counter(filter(None, map(_archive, named)))
    return frozenset(path for path in every if strings[path] < every[path] * _LEAST_SHARE)


def _archive(path: str) -> str | None:
    inside = in_archive(path)
    return inside[0] if inside is not None else None


def _refused(tree: Tree, paths: Sequence[str]) -> Iterator[tuple[str, Problem]]:
    for path in paths:
        refusal = tree.refusal(path)
        if refusal is not None:
            yield path, Problem(path, refusal.error_code, str(refusal))
