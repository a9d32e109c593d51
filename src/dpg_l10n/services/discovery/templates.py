"""Which gettext template belongs to which translations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from dpg_l10n.domain.paths import PLACEHOLDER, literal_prefix, unpacked_path
from dpg_l10n.services.discovery.words import MESSAGE_STEMS, is_generic_stem, spells_language

_EXTRACTED = frozenset({".xlf", ".xliff"})
"""Endings of source files that extractors write besides ``.pot``."""
_SAME_FOLDER = 1000
"""Closeness of a template that lies beside its translations: above any shared path."""
_LEAST_SHARED = 0.5
"""Share of its messages that the translations of a template far away must have."""


def assign(
    patterns: Sequence[str], templates: Iterable[str], share: Callable[[str, str], float]
) -> dict[str, str]:
    """Return the template (``.pot``) of each pattern that has one.

    Each template serves one pattern, the closest pairs first: beside the translations
    (``po/app.pot``), at the root of their tree (``locale/django.pot``), or in a tree beside it with
    the same path (``docs/_build/gettext/index.pot``). At last one of the same name that lies
    elsewhere, where the translations have at least half of its messages.

    Args:
        patterns: Paths of translations, with a placeholder.
        templates: Paths of templates.
        share: Which part of a template's messages (second argument) the translations of a
            pattern (first) have, 0.0 to 1.0; asked for pairs of equal names only.
    """
    near: dict[str, set[str]] = defaultdict(set)
    for template in templates:
        folder, _, filename = unpacked_path(template).rpartition("/")
        near[filename].add(template)
        near[f"{folder}/"].add(template)
        near[f"{folder.rpartition('/')[0]}/"].add(template)
    pairs = sorted(
        (-closeness, pattern, template)
        for pattern in patterns
        for template in _candidates(unpacked_path(pattern), near)
        if (closeness := _closeness(unpacked_path(pattern), unpacked_path(template)))
    )
    given: dict[str, str] = {}
    used: set[str] = set()
    for _, pattern, template in pairs:
        if pattern not in given and template not in used:
            given[pattern] = template
            used.add(template)
    far = sorted(
        (-shared, pattern, template)
        for pattern in patterns
        if pattern not in given
        for template in near.get(f"{stem_of(pattern)}.pot", set()) - used
        if (shared := share(pattern, template)) >= _LEAST_SHARED
    )
    for _, pattern, template in far:
        if pattern not in given and template not in used:
            given[pattern] = template
            used.add(template)
    return given


def imagined_patterns(templates: Sequence[str]) -> dict[str, str]:
    """Return where the first translation of each template goes that has none yet.

    Several in one folder get a name of their own each, in a folder for every language.
    """
    found = {each: _imagined(each) for each in templates}
    uses = Counter(found.values())
    return {
        template: pattern if uses[pattern] == 1 else _imagined(template, alone=False)
        for template, pattern in found.items()
    }


def stem_of(path: str) -> str:
    """Return the name of a file without its ending, packed or not."""
    return PurePosixPath(unpacked_path(path)).stem


def _imagined(template: str, *, alone: bool = True) -> str:
    inner = unpacked_path(template)
    path, packed = PurePosixPath(inner), template[len(inner) :]
    if path.suffix.lower() in _EXTRACTED:
        return str(path.with_name(f"{path.stem}.{PLACEHOLDER}{path.suffix}{packed}"))
    folder = "" if path.parent == PurePosixPath() else f"{path.parent}/"
    if not alone or path.parent.name in {"locale", "locales"}:
        return f"{folder}{PLACEHOLDER}/LC_MESSAGES/{path.stem}.po{packed}"
    if path.parent.name == "languages" and not spells_language(path.stem):
        return f"{folder}{path.stem}-{PLACEHOLDER}.po{packed}"
    return f"{folder}{PLACEHOLDER}.po{packed}"


def extracted(paths: Iterable[str], claimed: Container[str]) -> list[str]:
    """Return the files of messages that no translation stands beside yet (``messages.xlf``).

    Args:
        paths: Candidate files.
        claimed: Those that a pattern has.
    """
    return [
        path
        for path in paths
        if path not in claimed
        and PurePosixPath(unpacked_path(path)).suffix.lower() in _EXTRACTED
        and stem_of(path).lower() in MESSAGE_STEMS
    ]


def _candidates(pattern: str, near: Mapping[str, set[str]]) -> set[str]:
    """Return the templates worth a comparison: all pairs would be quadratic in a large tree."""
    folder, _, filename = pattern.rpartition("/")
    if PLACEHOLDER not in filename:
        return near.get(filename.removesuffix(".po") + ".pot", set())
    parent = folder.rpartition("/")[0]
    return near.get(f"{folder}/", set()) | near.get(f"{parent}/", set())


def _closeness(pattern: str, template: str) -> int:
    """Return how likely a template is the pattern's own, 0 for not at all."""
    folder, _, filename = template.rpartition("/")
    stem = filename.rpartition(".")[0]
    slot_folder, _, slot_name = pattern.rpartition("/")
    if PLACEHOLDER in slot_name and PLACEHOLDER not in slot_folder:
        prefix = slot_name.partition(PLACEHOLDER)[0].rstrip("._-")
        parent = slot_folder.rpartition("/")[2]
        likely = _stem_fit(stem, prefix, slot_folder.split("/"))
        if folder == slot_folder:
            return _SAME_FOLDER + likely if likely else 0
        beside = folder.rpartition("/")[0] == slot_folder or (
            slot_folder.rpartition("/")[0] == folder and parent in {"po", "i18n", "locale", "lang"}
        )
        return likely if beside else 0
    tail = pattern.rpartition(f"{PLACEHOLDER}/")[2].removeprefix("LC_MESSAGES/")
    wanted = tail.removesuffix(".po") + ".pot"
    if template != wanted and not template.endswith(f"/{wanted}"):
        return 0
    root = literal_prefix(pattern).rstrip("/").split("/")
    head = template.removesuffix(wanted).rstrip("/").split("/") if template != wanted else []
    shared = 0
    for left, right in zip(root, head, strict=False):
        if left != right:
            break
        shared += 1
    is_above = shared == len(head)
    is_within_parent = shared >= len(root) - 1
    return 1 + 2 * shared + is_above if is_above or is_within_parent else 0


def _stem_fit(stem: str, prefix: str, folders: list[str]) -> int:
    """Return how well a template's stem suits the files beside it: by prefix, else by its folders."""
    if prefix:
        return 8 if stem == prefix else 0
    if stem in folders:
        return 6
    if spells_language(stem):
        return 5
    return 4 if is_generic_stem(stem) else 3
