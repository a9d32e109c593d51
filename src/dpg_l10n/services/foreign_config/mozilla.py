"""``l10n.toml``: the project configuration of Mozilla's compare-locales and moz.l10n.

https://github.com/mozilla/moz-l10n/wiki/L10nConfigPaths-file-format
"""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from dpg_l10n.domain.locales import is_language
from dpg_l10n.domain.paths import PLACEHOLDER, match
from dpg_l10n.errors import ConfigError
from dpg_l10n.services.discovery import Tree
from dpg_l10n.services.foreign_config.tables import Tables, relative

FILES = ("l10n.toml",)
_LOCALES = ("{locale}", "{android_locale}")
_VARIABLE = re.compile(r"\{(\w+)\}")
_WILD = re.compile(r"(\*\*/|\*\*|\*)")
_PARTS = {"**/": "((?:.*/)?)", "**": "(.*)", "*": "([^/]*)"}
_READ = frozenset({"reference", "l10n"})
_MOST_FILES = 50
"""Most files that are included in one another; real projects include ten."""
_MOST_BYTES = 1024 * 1024


def read(path: str, text: str, tree: Tree) -> Tables:
    """Return a catalogue for every reference file that the patterns find, of included files too.

    Raises:
        ConfigError: The file is no TOML.
    """
    tables = Tables(path)
    work = [(path, text)]
    seen = {path}
    while work:
        own, content = work.pop(0)
        data = _document(own, content)
        place = posixpath.dirname(own)
        base = _joined(place, str(data.pop("basepath", ".")))
        known = data.pop("env", {})
        known = known if isinstance(known, dict) else {}
        prefix = "" if own == path else f"{own} "
        for index, entry in enumerate(_tables(data.pop("paths", []))):
            _entry(tables, tree, base, known, f"{prefix}paths[{index}]", entry)
        for index, entry in enumerate(_tables(data.pop("includes", []))):
            name = f"{prefix}includes[{index}]"
            included = _joined(base, str(entry.get("path", "")))
            found = tree.read(included, _MOST_BYTES) if included not in seen else None
            if found is None or len(seen) >= _MOST_FILES:
                tables.leave(f"{name}.path", f"{included} is not there, or was read already")
                continue
            seen.add(included)
            work.append((included, found.decode("utf-8", "replace")))
        for key in data:
            why = "languages are those that have files" if key == "locales" else ""
            tables.leave(f"{prefix}{key}", *([why] if why else []))
    return tables


def _document(path: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(path=path, detail=f"This is no TOML: {error}") from error


def _tables(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _joined(folder: str, path: str) -> str:
    joined = posixpath.normpath(posixpath.join(folder, relative(path) or "."))
    return "" if joined == "." else joined


def _entry(
    tables: Tables,
    tree: Tree,
    base: str,
    known: Mapping[str, Any],
    place: str,
    entry: Mapping[str, Any],
) -> None:
    for key in entry:
        if key not in _READ:
            tables.leave(f"{place}.{key}")
    reference = _expanded(str(entry.get("reference", "")), known)
    target = _expanded(str(entry.get("l10n", "")), known)
    if not reference or PLACEHOLDER not in target:
        tables.leave(place, "It needs a “reference”, and an “l10n” with {locale}")
        return
    reference, target = _joined(base, reference), _joined(base, target)
    if len(_WILD.findall(reference)) != len(_WILD.findall(target)):
        tables.leave(place, "Its two patterns have not the same wildcards")
        return
    pieces = _WILD.split(reference)
    wanted = re.compile("".join(_PARTS.get(piece) or re.escape(piece) for piece in pieces))
    found = [(path, hit) for path in tree.files if (hit := wanted.fullmatch(path))]
    if not found:
        tables.leave(f"{place}.reference", f"No file fits “{reference}”")
    for path, hit in found:
        parts = iter(hit.groups())
        filled = _WILD.sub(lambda _wild, parts=parts: next(parts), target)  # type: ignore[misc]
        tables.catalogues.append({"source": path, "target": filled})
        own = match(filled, path)
        if own and is_language(own):
            tables.source_languages.append(own)


def _expanded(pattern: str, known: Mapping[str, Any]) -> str:
    """Return a pattern with the variables of ``[env]`` filled in; unknown ones say nothing."""
    for name in _LOCALES:
        pattern = pattern.replace(name, "\0")
    for _ in range(len(known) + 1):
        pattern = _VARIABLE.sub(lambda found: str(known.get(found[1], "")), pattern)
        for name in _LOCALES:
            pattern = pattern.replace(name, "\0")
    return relative(pattern.replace("\0", PLACEHOLDER))
