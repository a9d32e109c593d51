"""Readable, unique names of catalogues and projects."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from dpg_l10n.domain.paths import PLACEHOLDER, ZIP, unpacked_path
from dpg_l10n.services.discovery.words import SECOND_ENDING, is_generic_folder, is_generic_stem

_FALLBACK = "app"


def slugify(text: str) -> str:
    """Return lower case letters, digits and hyphens of a name; ``project`` where nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "project"


def clean(text: str) -> str:
    """Return a name of letters, digits, ``.``, ``_`` and ``-`` only."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("-._")


def name_catalogues(places: Sequence[tuple[str, str]], hints: Mapping[int, str]) -> list[str]:
    """Return a unique name for each catalogue.

    A name is what comes after the language in the path, else the stem of the file, else the nearest
    folder that says something; equal names are told apart by the folders above, then by format.

    Args:
        places: Pattern (or source path) and format of each.
        hints: Name that something better than the path says, by index.
    """
    parts = [_telling_parts(pattern) for pattern, _ in places]
    for index, hint in hints.items():
        parts[index] = ([*parts[index][0], hint][:-1], hint)
    names = [own or (above[-1] if above else _FALLBACK) for above, own in parts]
    depth = [0 if own else 1 for _, own in parts]
    while True:
        doubled = {name for name, times in Counter(names).items() if times > 1}
        grown = False
        for index, name in enumerate(names):
            above = parts[index][0]
            if name in doubled and depth[index] < len(above):
                depth[index] += 1
                names[index] = clean(f"{above[-depth[index]]}-{name}")
                grown = True
        if not grown:
            return _numbered(names, [kind for _, kind in places])


def _telling_parts(pattern: str) -> tuple[list[str], str]:
    """Return the telling folders above, outermost first, and the file's own telling name."""
    *folders, filename = unpacked_path(pattern).split("/")
    stem = filename.rpartition(".")[0] or filename
    stem = SECOND_ENDING.sub("", stem)
    own = clean(stem.replace(PLACEHOLDER, "").strip("._-"))
    slot = next((at for at, folder in enumerate(folders) if PLACEHOLDER in folder), len(folders))
    below = [clean(folder) for folder in folders[slot + 1 :] if folder != "LC_MESSAGES"]
    if is_generic_stem(own) and not below:
        own = ""
    above = [
        clean(folder.removesuffix(ZIP))
        for folder in folders[:slot]
        if not is_generic_folder(folder)
    ]
    return [folder for folder in above if folder], "-".join((*below, own)).strip("-")


def _numbered(names: list[str], formats: list[str]) -> list[str]:
    """Tell the last equal names apart by their format, then by a number."""
    counts = Counter(names)
    seen: set[str] = set()
    result = []
    for name, kind in zip(names, formats, strict=True):
        candidate = name if counts[name] == 1 or name not in seen else f"{name}-{kind}"
        number = 2
        while candidate in seen:
            candidate = f"{name}-{number}"
            number += 1
        seen.add(candidate)
        result.append(candidate)
    return result
