"""Where in a path the language may stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dpg_l10n.domain.locales import canonical
from dpg_l10n.domain.paths import PLACEHOLDER, ZIP, unpacked_path
from dpg_l10n.services.discovery.words import (
    MESSAGE_STEMS,
    SECOND_ENDING,
    is_strong,
    spells_language,
)

BASE = ""
"""Name of a file without a language beside those that have one (``values/strings.xml``)."""
_SEPARATED = re.compile(r"[._-]")
_ANDROID_FOLDER = re.compile(r"values(?:-(.+))?")
_ANDROID_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-r[A-Z]{2})?|b\+[A-Za-z0-9+]+")
_ANDROID_MODES = frozenset({"car"})
"""Qualifiers of Android's resource folders that look like a language and are none."""
_APPLE_BASE = "Base.lproj"
"""Folder of the development language, which its files do not name."""
_APPLE = frozenset({".strings", ".stringsdict"})
_MAX_NAME_PARTS = 3
_PXWEB = "pxlang"
"""Name of PxWeb's language files, ``pxlang.fr.xml``; the one without a language is the source."""
_COMMCARE = "_strings"
"""End of the names of CommCare's texts, of which the source names no language."""
SUFFIXES_WITHOUT_LANGUAGE = frozenset({".properties", ".resx"})
"""Formats whose source file usually names no language, so that a lone one still counts."""


class Slot(NamedTuple):
    """One way to read a path as the file of a language."""

    pattern: str
    name: str
    """Language as spelled, or :data:`BASE`."""
    certain: bool
    """The place itself says that it is a language (``values-fr``, ``fr.lproj``)."""


def slots(path: str) -> Iterator[Slot]:
    """Yield every reading of a path, the more telling first.

    The path says nothing about content: ``sign-in.json`` may be Indonesian until its neighbours
    are seen. What is packed is read by the name that it has unpacked.
    """
    inner = unpacked_path(path)
    for slot in _slots(inner):
        yield slot._replace(pattern=slot.pattern + path[len(inner) :])


def _slots(path: str) -> Iterator[Slot]:
    *folders, filename = path.split("/")
    stem, dot, suffix = filename.rpartition(".")
    if not dot or not stem:
        return
    if suffix == "xml" and not stem.startswith(_PXWEB):
        yield from _android(folders, filename)
        return
    whole = _in_folders(folders, filename)
    for name, before, after in _in_stem(stem):
        slot = f"{before}{PLACEHOLDER}{after}.{suffix}"
        for place, certain in whole:
            if _bare(folders[place]) == name and not certain:
                parents = [*folders[:place], PLACEHOLDER, *folders[place + 1 :]]
                yield Slot("/".join((*parents, slot)), name, certain=False)
        yield Slot("/".join((*folders, slot)), name, certain=False)
    if f".{suffix}" in _APPLE and _APPLE_BASE in folders:
        place = folders.index(_APPLE_BASE)
        parents = [*folders[:place], f"{PLACEHOLDER}.lproj", *folders[place + 1 :]]
        yield Slot("/".join((*parents, filename)), BASE, certain=True)
    for place, certain in whole:
        name = _bare(folders[place])
        renamed = folders[place].replace(name, PLACEHOLDER, 1)
        parents = [*folders[:place], renamed, *folders[place + 1 :]]
        yield Slot("/".join((*parents, filename)), name, certain)
    if stem == _PXWEB:
        yield Slot("/".join((*folders, f"{stem}.{PLACEHOLDER}.{suffix}")), BASE, certain=True)
    named = f".{suffix}" in SUFFIXES_WITHOUT_LANGUAGE and stem.lower() in MESSAGE_STEMS
    if named or (suffix == "txt" and stem.endswith(_COMMCARE)):
        yield Slot("/".join((*folders, f"{stem}_{PLACEHOLDER}.{suffix}")), BASE, certain=False)


def _android(folders: list[str], filename: str) -> Iterator[Slot]:
    for place, folder in enumerate(folders):
        found = _ANDROID_FOLDER.fullmatch(folder)
        if not found:
            continue
        name = found[1] or BASE
        if name and not (
            _ANDROID_LANGUAGE.fullmatch(name)
            and name not in _ANDROID_MODES
            and (name.startswith("b+") or spells_language(name))
        ):
            continue
        parents = [*folders[:place], f"values-{PLACEHOLDER}", *folders[place + 1 :]]
        yield Slot("/".join((*parents, filename)), name, certain=True)


def _in_stem(stem: str) -> Iterator[tuple[str, str, str]]:
    """Yield ``(name, before, after)``: the whole stem, then its ends, longer names first.

    A second ending that says what the file holds (``strings_fr.i18n.json``) comes after them.
    """
    if found := SECOND_ENDING.search(stem):
        for name, before, after in _in_stem(stem[: found.start()]):
            yield name, before, after + found[0]
        return
    if spells_language(stem):
        yield stem, "", ""
    marks = [found.start() for found in _SEPARATED.finditer(stem)]
    for mark in marks[-_MAX_NAME_PARTS:]:
        if mark and spells_language(stem[mark + 1 :]):
            yield stem[mark + 1 :], stem[: mark + 1], ""
    for mark in reversed(marks[:_MAX_NAME_PARTS]):
        if mark and spells_language(stem[:mark]):
            yield stem[:mark], "", stem[mark:]


def _in_folders(folders: list[str], filename: str) -> list[tuple[int, bool]]:
    """Return the places of folders that name a language, innermost first, and if for certain."""
    found = []
    for place in range(len(folders) - 1, -1, -1):
        folder = folders[place]
        if folder.endswith(".lproj") and spells_language(folder[:-6]):
            found.append((place, True))
        elif spells_language(folder.removesuffix(ZIP)):
            below = folders[place + 1] if place + 1 < len(folders) else filename
            found.append((place, below == "LC_MESSAGES"))
    return found


def _bare(folder: str) -> str:
    """Return a folder's name without what says that it holds resources, or is an archive."""
    return folder.partition(".lproj")[0].removesuffix(ZIP)


def language_in(path: str) -> str | None:
    """Return the tag of the language that a path names beyond doubt, None where it names none."""
    for slot in slots(path):
        if slot.name != BASE and (slot.certain or is_strong(slot.name) or _is_whole(slot, path)):
            return canonical(slot.name)
    return None


def _is_whole(slot: Slot, path: str) -> bool:
    """Tell whether the language is all that the file's name says but its ending."""
    return unpacked_path(path).rpartition("/")[2].rpartition(".")[0] == slot.name
