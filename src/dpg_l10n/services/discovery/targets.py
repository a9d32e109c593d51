"""Which files of a pattern are translations, and what is wrong with the others."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from dpg_l10n.domain.locales import base, canonical
from dpg_l10n.domain.paths import literal_prefix, match
from dpg_l10n.domain.project import Problem, TargetFile
from dpg_l10n.formats.spec import FormatSpec
from dpg_l10n.services.discovery.contents import is_readable_as
from dpg_l10n.services.discovery.tree import Tree
from dpg_l10n.services.discovery.words import may_be_language, spells_language

_LEFT_BY_PROGRAMS = frozenset({"null", "undefined", "nan", "none", "nil", "false", "true"})
_CODE_LIKE = re.compile(r"[a-z]{2}(?:[_-][A-Za-z]{2,4})?")
_MESSAGE_DOCUMENTATION = "qqq"
_APPLE_BASE = "Base"


_MANY = 10
"""Languages beside which a word that is a code (``war.json``) is one more."""


class Found(NamedTuple):
    """The translations of one pattern."""

    targets: tuple[TargetFile, ...]
    problems: tuple[Problem, ...]


def find_targets(
    tree: Tree,
    pattern: str,
    spec: FormatSpec,
    *,
    source: str | None,
    own_languages: Collection[str],
    languages: Mapping[str, str],
    claimed: Mapping[str, str] | None = None,
) -> Found:
    """Return the files of a pattern, one for each language.

    Where two names mean one language, the one spelled as BCP 47 wins, then the first by code point.

    Args:
        tree: The project's files.
        pattern: Path with ``{language}``.
        spec: Format of the source.
        source: Path of the source; never a target.
        own_languages: Tags of the source's language; never targets.
        languages: Name in files to BCP 47, before any other rule.
        claimed: Path to the pattern that it belongs to; those of other patterns are passed over.
    """
    owners = claimed or {}
    problems: list[Problem] = []
    by_language: dict[str, list[TargetFile]] = {}
    named = {
        path: name
        for path in tree.under(literal_prefix(pattern))
        if (name := match(pattern, path)) is not None
        and path != source
        and owners.get(path, pattern) == pattern
    }
    many = sum(map(spells_language, named.values())) >= _MANY and spec.name != "android"
    for path, name in named.items():
        if name in languages:
            language = languages[name]
        elif _is_language_of(spec, name) or (many and may_be_language(name)):
            language = canonical(name)
        else:
            problems += _unknown(pattern, path, name, spec)
            continue
        if language in own_languages:
            problems.append(_second_source(path, language, source))
            continue
        fault = _fault(tree, path, spec)
        if fault:
            problems.append(fault)
        else:
            by_language.setdefault(language, []).append(TargetFile(language, name, path))
    targets = []
    for language, files in sorted(by_language.items()):
        files.sort(key=lambda file: (file.name != language, file.name))
        targets.append(files[0])
        problems += [_double(file, files[0]) for file in files[1:]]
    return Found(tuple(targets), tuple(problems))


def _is_language_of(spec: FormatSpec, name: str) -> bool:
    if spec.name == "android" and name.startswith("b+"):
        return spells_language(name[2:].replace("+", "-"))
    return spells_language(name)


def _fault(tree: Tree, path: str, spec: FormatSpec) -> Problem | None:
    """Return why a file cannot be a translation; a format with one ending is only asked for bytes."""
    if not tree.is_file(path):
        return Problem(path, "file.link", "A link or no regular file; only real files are read.")
    if not tree.head(path):
        return Problem(path, "file.empty", "The file is empty and was left out.")
    if not is_readable_as(tree, path, spec):
        message = f"The file does not look like {spec.title}, the format of its source."
        return Problem(path, "file.format", message)
    return None


def _unknown(pattern: str, path: str, name: str, spec: FormatSpec) -> list[Problem]:
    if spec.name == "android" and name.lower() not in _LEFT_BY_PROGRAMS:
        return []  # Qualifiers that are no language (night, land, sw600dp) belong there.
    if name == _APPLE_BASE and ".lproj" in pattern:
        return []
    if name.startswith("."):
        return []  # hidden from the program that reads the others, as the template of H5P is
    if name == _MESSAGE_DOCUMENTATION:
        message = "“qqq” is the documentation of messages for translators, no language."
        return [Problem(path, "language.documentation", message)]
    fills_component = re.search(r"(^|/)\{language\}[./]", pattern) is not None
    telling = name.lower() in _LEFT_BY_PROGRAMS or _CODE_LIKE.fullmatch(name)
    if "/" in name or not (fills_component or telling):
        return []
    message = (
        f"“{name}” is no known language. Name its language under [languages] in dpg-l10n.toml, "
        "or remove the file."
    )
    return [Problem(path, "language.unknown", message)]


def _second_source(path: str, language: str, source: str | None) -> Problem:
    own = (
        f"; the source is {source}, this file is left." if source else ", but not the source; left."
    )
    message = f"In the source's language ({language}){own}"
    return Problem(path, "source.second", message)


def _double(file: TargetFile, taken: TargetFile) -> Problem:
    message = (
        f"“{file.name}” and “{taken.name}” both mean {file.language}; {taken.path} was taken, "
        f"{file.path} was not."
    )
    return Problem(file.path, "language.double", message)


def surprising_names(targets: Collection[TargetFile]) -> dict[str, str]:
    """Return the names that mean another code than they spell (``fra``, ``in``), for people."""
    return {
        file.name: file.language
        for file in targets
        if re.split(r"[-_@+]", file.name.removeprefix("b+").lower())[0] != base(file.language)
        or "@" in file.name
    }
