"""Gather paths that differ in their language only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dpg_l10n.domain.locales import base, canonical
from dpg_l10n.domain.paths import PLACEHOLDER, literal_prefix, unpacked_path, untranslated
from dpg_l10n.domain.project import DEFAULT_SOURCE_LANGUAGE
from dpg_l10n.services.discovery.pages import has_two_letters, page_suffixes, source_page
from dpg_l10n.services.discovery.slots import BASE, SUFFIXES_WITHOUT_LANGUAGE, Slot, slots
from dpg_l10n.services.discovery.words import MESSAGE_STEMS, is_strong, speaks_of_locales

TRANSLATION_SUFFIXES = frozenset(
    {
        ".po",
        ".xml",
        ".xlf",
        ".xliff",
        ".arb",
        ".strings",
        ".stringsdict",
        ".resx",
        ".ftl",
        ".ts",
        ".srt",
        ".vtt",
        ".txt",
        ".tbx",
    }
)
"""Formats that hold nothing but strings, or whose place or content proves it."""
BILINGUAL_SUFFIXES = frozenset({".po", ".tbx", ".ts", ".xlf", ".xliff"})
"""Formats that hold source and translation side by side, so that no file has to be the source."""
_LEAST_UNROOTED = 2
_LEAST_UNROOTED_FOLDERS = 3
_LEAST_TELLING = 3
_LEAST_HOME = 3
"""Languages in names of files in one folder: the folder's own name is none then."""


def collapsed(pattern: str) -> str:
    """Return one pattern for all files of a language's folder (``{language}/*.ftl``)."""
    folder, slash, below = pattern.rpartition(f"{PLACEHOLDER}/")
    if slash and PLACEHOLDER not in below:
        return f"{folder}{slash}*{suffix_of(pattern)}"
    return pattern


@dataclass(frozen=True, slots=True)
class Group:
    """The files of one pattern."""

    pattern: str
    files: Mapping[str, str]
    """Name of the language as spelled (or ``BASE``) to path, sorted by name."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of languages, without the base file."""
        return tuple(name for name in self.files if name != BASE)

    @property
    def suffix(self) -> str:
        """Ending of every file, lower case with its dot."""
        return suffix_of(self.pattern)

    def has_base_language(self, language: str) -> bool:
        """Tell whether one file is in a language, whatever its region or spelling."""
        return any(base(canonical(name)) == base(language) for name in self.names)


def suffix_of(path: str) -> str:
    """Return the ending of a path, lower case with its dot, that of what is packed in ``.gz``."""
    name = unpacked_path(path).rpartition("/")[2]
    return f".{name.rpartition('.')[2].lower()}" if "." in name else ""


def group(paths: Iterable[str], *, folder: str) -> list[Group]:
    """Return the groups that are credible as translations, sorted by pattern.

    A path that fits several patterns goes to the one that most languages share.

    Args:
        paths: Candidate files; each suffix is one of a format of strings.
        folder: Name of the root folder, which may itself say ``locales``.
    """
    paths = tuple(paths)
    by_pattern: dict[str, dict[str, str]] = defaultdict(dict)
    readings: dict[str, list[Slot]] = {}
    for path in paths:
        found = list(slots(path))
        for slot in found:
            by_pattern[slot.pattern][slot.name] = path
        if found:
            readings[path] = found
    _add_bases(by_pattern, readings.keys() | set(paths))
    strength = {pattern: _strength(pattern, names, folder) for pattern, names in by_pattern.items()}
    taken: dict[str, dict[str, str]] = defaultdict(dict)
    for path, found in readings.items():
        best = max(found, key=lambda slot: (slot.certain, strength[slot.pattern]))
        taken[best.pattern][best.name] = path
    _add_bases(taken, set(paths))
    homes = {
        pattern.rpartition("/")[0]
        for pattern, names in taken.items()
        if PLACEHOLDER in pattern.rpartition("/")[2] and len(names) >= _LEAST_HOME
    }
    taken = {
        pattern: names
        for pattern, names in taken.items()
        if len(names) > 1
        or homes.isdisjoint(path.rpartition("/")[0] for path in names.values())
        or PLACEHOLDER in pattern.rpartition("/")[2]
    }
    bases = {names[BASE] for names in taken.values() if BASE in names and len(names) > 1}
    groups = [
        Group(pattern, dict(sorted(names.items())))
        for pattern, names in sorted(taken.items())
        if len(names) > 1 or names.get(BASE) not in bases
    ]
    return [each for each in groups if _is_credible(each, folder)]


def telling(groups: Iterable[Group], *, folder: str) -> list[Group]:
    """Return the groups whose place says that translations are in it, in two languages or more.

    For files of which nothing else says what they are.
    """
    return [
        each
        for each in groups
        if _is_rooted(each.pattern, folder)
        and len(each.names) >= _LEAST_TELLING - each.has_base_language(DEFAULT_SOURCE_LANGUAGE)
        and sum(map(is_strong, each.names)) >= _LEAST_UNROOTED
    ]


def _add_bases(by_pattern: dict[str, dict[str, str]], present: set[str]) -> None:
    for pattern, names in by_pattern.items():
        is_page = suffix_of(pattern) in page_suffixes()
        path = source_page(pattern) if is_page else untranslated(pattern)
        if path in present and path is not None and path not in names.values():
            names[BASE] = path


def _strength(pattern: str, names: Mapping[str, str], folder: str) -> tuple[int, ...]:
    """Return how much speaks for a pattern; compared from the left."""
    languages = [name for name in names if name != BASE]
    return (
        sum(1 for name in languages if is_strong(name)),
        any(base(canonical(name)) == DEFAULT_SOURCE_LANGUAGE for name in languages),
        sum(1 for name in languages if "-" in canonical(name)),
        _is_rooted(pattern, folder),
        pattern.count(PLACEHOLDER),
    )


def _is_rooted(pattern: str, folder: str) -> bool:
    """Tell whether the path says by its words that translations are there."""
    head = literal_prefix(pattern)
    *above, rest = head.split("/")
    words = [folder, *above] if not above or above == [""] else above
    return any(speaks_of_locales(word) for word in words) or (
        rest.strip("._-").lower() in MESSAGE_STEMS
    )


def _is_credible(each: Group, folder: str) -> bool:
    if each.suffix in page_suffixes():
        named = sum(has_two_letters(name) for name in each.names)
        return named + (BASE in each.files) > 1 and named > 0
    if each.suffix in TRANSLATION_SUFFIXES:
        return each.suffix != ".xml" or PLACEHOLDER in each.pattern
    if _is_rooted(each.pattern, folder):
        head, _, filename = each.pattern.rpartition("/")
        prefix = filename.partition(PLACEHOLDER)[0]
        if prefix.endswith(("-", "_")) and PLACEHOLDER not in head and len(each.files) == 1:
            # One file with a word at its end that is also a code (``sign-in``) proves nothing.
            return prefix.strip("._-").lower() in MESSAGE_STEMS or each.has_base_language(
                DEFAULT_SOURCE_LANGUAGE
            )
        return bool(BASE in each.files or len(each.names) > 1 or is_strong(each.names[0]))
    in_folder = f"{PLACEHOLDER}/" in each.pattern
    least = _LEAST_UNROOTED_FOLDERS if in_folder else _LEAST_UNROOTED
    strong_count = sum(1 for name in each.names if is_strong(name))
    has_source = each.has_base_language(DEFAULT_SOURCE_LANGUAGE) or (
        BASE in each.files and each.suffix in SUFFIXES_WITHOUT_LANGUAGE
    )
    return has_source and strong_count + (BASE in each.files) >= least
