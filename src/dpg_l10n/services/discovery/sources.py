"""Which file of a group is the source, and in which language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from dpg_l10n.domain.locales import base, canonical
from dpg_l10n.domain.paths import GZIP, PLACEHOLDER, fill, literal_prefix, match, unpacked_path
from dpg_l10n.domain.project import DEFAULT_SOURCE_LANGUAGE, Problem
from dpg_l10n.services.discovery.contents import keys, sniff
from dpg_l10n.services.discovery.groups import BILINGUAL_SUFFIXES, Group, suffix_of
from dpg_l10n.services.discovery.slots import BASE, slots
from dpg_l10n.services.discovery.texts import are_keyed_by_text, is_fragment, language_of_keys
from dpg_l10n.services.discovery.tree import Tree
from dpg_l10n.services.discovery.words import (
    SOURCE_FOLDERS,
    SOURCE_STEMS,
    holds_strings,
    spells_language,
)

_BASE_FIRST = frozenset({".xml", ".properties", ".resx", ".strings", ".stringsdict"})
"""Formats whose loaders take the file without a language as the source."""
_OTHER_SPELLINGS = {".json": (".json5", ".jsonc"), ".yml": (".yaml",), ".yaml": (".yml",)}
_MAX_GUESSED = 12
_LEAST_SHARED_KEYS = 0.5


class Source(NamedTuple):
    """The source of a group."""

    path: str | None
    """None where none was found."""
    name: str = BASE
    """Its language as the path spells it; ``BASE`` where the path names none."""
    problem: Problem | None = None
    in_keys: bool = False
    """The keys of the files are the source texts; ``name`` is their language."""


def project_language(groups: Sequence[Group], tree: Tree) -> str:
    """Return the base language of most sources; English where that is as many as any other.

    Each group has one vote: English where it has an English file or one without a language, else
    the language of the source that would be found in it. A bilingual group only votes by an English
    file, because a translation says nothing of its source.
    """
    votes: Counter[str] = Counter()
    for each in groups:
        if each.has_base_language(DEFAULT_SOURCE_LANGUAGE) or BASE in each.files:
            votes[DEFAULT_SOURCE_LANGUAGE] += 1
        elif not is_bilingual(each, tree, DEFAULT_SOURCE_LANGUAGE):
            source = find_source(each, tree, DEFAULT_SOURCE_LANGUAGE)
            if source.path is not None and sniff(tree, source.path):
                named = source.name != BASE
                votes[base(canonical(source.name)) if named else DEFAULT_SOURCE_LANGUAGE] += 1
            elif source.in_keys:
                votes[source.name] += 1
    most = max(votes.values(), default=0)
    if votes[DEFAULT_SOURCE_LANGUAGE] == most:
        return DEFAULT_SOURCE_LANGUAGE
    return min(language for language, count in votes.items() if count == most)


def exact_language(names: Iterable[str], language: str, translated: Container[str]) -> str:
    """Return the tag that most sources spell (``en-US``), among those of a base language.

    Args:
        names: Languages of the sources as their paths spell them, ``BASE`` where they name none.
        language: Base language of the project.
        translated: Tags of translations, of which none is meant: ``en-GB`` beside a template.
    """
    spelled = (canonical(name) for name in names if name != BASE)
    tags = Counter(tag for tag in spelled if base(tag) == language and tag not in translated)
    return min(tags, key=lambda tag: (-tags[tag], tag)) if tags else language


def find_source(each: Group, tree: Tree, language: str) -> Source:
    """Return the source of a group of a format with keys.

    Asked in this order: the file without a language where the format spells its source so; a file
    in the project's language, unless it is a fragment and the keys are texts; the file without a language; the semantics of an H5P library; the
    same name with another ending (``en.json5``); the same path in a folder that this one is named
    after (``texts`` for ``texts-dev``); a file of another name, or of this one in another folder, that
    shares most keys; the keys, where
    they are texts; the only file; the file with most keys.
    """
    if BASE in each.files and each.suffix in _BASE_FIRST:
        return Source(each.files[BASE])
    named = preferred(each.names, language)
    if named:
        fragment = is_fragment(each, tree, each.files[named])
        return (_in_keys(each, tree) if fragment else None) or Source(each.files[named], named)
    if BASE in each.files:
        return Source(each.files[BASE])
    return (
        _semantics(each, tree)
        or _other_spelling(each, tree, language)
        or _folder_beside(each, tree, language)
        or _by_keys(each, tree, language)
        or _in_keys(each, tree)
        or _only_or_fullest(each, tree)
    )


def is_bilingual(each: Group, tree: Tree, language: str) -> bool:
    """Tell whether the files of a group hold source and translation side by side.

    A PO file may have names for its msgids: that of the source language has the source texts then.
    """
    name = preferred(each.names, language)
    if each.suffix not in BILINGUAL_SUFFIXES:
        found = sniff(tree, each.files[name or next(iter(each.files))])
        return found is not None and found.bilingual
    found = sniff(tree, each.files[name]) if name else None
    return found is None or found.bilingual


def preferred(names: Iterable[str], language: str, *, variants: bool = True) -> str | None:
    """Return the name that stands for a base language: without region first, then the largest.

    Args:
        names: Languages as paths spell them.
        language: Base language.
        variants: Take another region where there is neither, as ``en_GB`` for English.
    """
    usual = {"en": "en-US", "pt": "pt-PT", "zh": "zh-CN"}.get(language, f"{language}-{language}")
    ranked = sorted(
        (canonical(name) != language, canonical(name).lower() != usual.lower(), len(name), name)
        for name in names
        if base(canonical(name)) == language
    )
    if not ranked or not (variants or not all(ranked[0][:2])):
        return None
    return ranked[0][-1]


def _semantics(each: Group, tree: Tree) -> Source | None:
    """Look for the semantics of an H5P library above the folder of its language files."""
    folder, _, rest = unpacked_path(each.pattern).rpartition("language/")
    for path in (f"{folder}semantics.json", f"{folder}semantics.json{GZIP}"):
        if rest == f"{PLACEHOLDER}.json" and path in tree.present and sniff(tree, path):
            return Source(path)
    return None


def _other_spelling(each: Group, tree: Tree, language: str) -> Source | None:
    for suffix in _OTHER_SPELLINGS.get(each.suffix, ()):
        for name in (language, f"{language}-US", f"{language}_US"):
            path = unpacked_path(fill(each.pattern, name)).removesuffix(each.suffix) + suffix
            if path in tree.present:
                return Source(path, name)
    return None


def _folder_beside(each: Group, tree: Tree, language: str) -> Source | None:
    folder, slash, rest = literal_prefix(each.pattern).rpartition("/")
    parent, _, own = folder.rpartition("/")
    prefix = f"{parent}/" if parent else ""
    stem, dash, _ = own.rpartition("-")
    if rest or not slash or not dash or not stem:
        return None
    pattern = f"{prefix}{stem}{each.pattern.removeprefix(folder)}"
    found = {match(pattern, path): path for path in tree.under(f"{prefix}{stem}/")}
    name = preferred([name for name in found if name and spells_language(name)], language)
    return Source(found[name], name) if name else None


def _by_keys(each: Group, tree: Tree, language: str) -> Source | None:
    """Look for a source under another name, or under its own in another folder, by its keys."""
    candidates = _neighbours(each, tree) + _elsewhere(each, tree, language)
    if not candidates:
        return None
    largest = max(each.files.values(), key=lambda path: (len(tree.head(path)), path))
    spec = sniff(tree, largest)
    if spec is None:
        return None
    wanted = keys(tree, largest, spec)
    best: tuple[float, str] = (0.0, "")
    for path in candidates:
        found = keys(tree, path, spec)
        shared = len(wanted & found)
        if wanted and shared >= _LEAST_SHARED_KEYS * len(wanted):
            best = max(best, (shared / len(wanted | found), path))
    if not best[1]:
        return None
    message = (
        f"{best[1]} shares most keys with the translations and was taken as their source. "
        "Set “source” if another file is."
    )
    return Source(best[1], BASE, Problem(each.pattern, "source.guessed", message))


def _neighbours(each: Group, tree: Tree) -> list[str]:
    folder = literal_prefix(each.pattern).rpartition("/")[0]
    parent = folder.rpartition("/")[0]
    prefix = f"{folder}/" if folder else ""
    own = set(each.files.values())
    found = []
    for path in tree.under(f"{parent}/" if parent else prefix):
        place, _, filename = path.rpartition("/")
        inside = path.startswith(prefix)
        below = path.removeprefix(prefix) if inside else filename
        beside = below.rpartition("/")[0] in SOURCE_FOLDERS if inside else place == parent
        if beside and suffix_of(path) == each.suffix and path not in own:
            stem = unpacked_path(filename).rpartition(".")[0].strip("._-").lower()
            rank = SOURCE_STEMS.index(stem) if stem in SOURCE_STEMS else len(SOURCE_STEMS)
            names_language = any(slot.name for slot in slots(below))
            if holds_strings(filename) and not names_language:
                found.append((rank, path))
    return [path for _, path in sorted(found)[:_MAX_GUESSED]]


def _elsewhere(each: Group, tree: Tree, language: str) -> list[str]:
    """Return files in a language that are named as a group's, in any folder."""
    folder, slash, filename = each.pattern.rpartition("/")
    while slash and PLACEHOLDER not in filename:
        folder, slash, last = folder.rpartition("/")
        filename = f"{last}/{filename}"
    depth = filename.count("/") + 1
    found = []
    for path in tree.files:
        name = (
            match(filename, "/".join(path.split("/")[-depth:]))
            if suffix_of(path) == each.suffix
            else None
        )
        if name and spells_language(name) and base(canonical(name)) == language:
            found.append(path)
    return found[:_MAX_GUESSED]


def _in_keys(each: Group, tree: Tree) -> Source | None:
    if not are_keyed_by_text(each, tree):
        return None
    language = language_of_keys(each, tree)
    message = (
        f"The keys of these files read like texts, and no file has all of them in {language}: the keys "
        "were taken as the source. Set “source”, and “format” to json, if a file is."
    )
    return Source(None, language, Problem(each.pattern, "source.keys", message), in_keys=True)


def _only_or_fullest(each: Group, tree: Tree) -> Source:
    names = each.names
    if len(names) == 1:
        return Source(each.files[names[0]], names[0])
    counted: list[tuple[int, str]] = []
    for name in names:
        path = each.files[name]
        spec = sniff(tree, path)
        counted.append((len(keys(tree, path, spec)) if spec else 0, name))
    counted.sort(key=lambda pair: (-pair[0], pair[1]))
    if len(counted) > 1 and counted[0][0] > counted[1][0]:
        name = counted[0][1]
        message = (
            f"No file is in English; {each.files[name]} has most keys and was taken as the source. "
            "Set “source” if another file is."
        )
        return Source(each.files[name], name, Problem(each.pattern, "source.guessed", message))
    message = (
        f"No source was found for the {len(names)} files of this pattern. "
        "Add a [[catalogue]] with “source” and “target”."
    )
    return Source(None, BASE, Problem(each.pattern, "source.unknown", message))
