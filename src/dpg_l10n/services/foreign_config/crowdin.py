"""``crowdin.yml`` of the Crowdin client."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from dpg_l10n.domain.paths import PLACEHOLDER
from dpg_l10n.services.discovery import Tree
from dpg_l10n.services.foreign_config.documents import read_yaml
from dpg_l10n.services.foreign_config.tables import Tables, glob, relative

FILES = ("crowdin.yml", "crowdin.yaml", ".crowdin.yml", ".crowdin.yaml")
_CODES = (
    "two_letters_code", "three_letters_code", "locale", "locale_with_underscore", "android_code",
    "osx_locale",
)  # fmt: skip
_LANGUAGE = re.compile("|".join(f"%{code}%" for code in _CODES))
_WILDCARD = re.compile(r"\*\*|\*|\?")
_READ = frozenset({"source", "translation", "ignore", "languages_mapping"})


def read(path: str, text: str, tree: Tree) -> Tables:
    """Return a catalogue for every source file that the patterns find.

    Raises:
        ConfigError: The file is no YAML mapping.
    """
    data = read_yaml(path, text)
    tables = Tables(path)
    base = relative(str(data.pop("base_path", "") or "")).strip("/.")
    files = data.pop("files", None)
    for key in data:
        tables.leave(str(key))
    for index, entry in enumerate(files if isinstance(files, list) else []):
        if isinstance(entry, dict):
            _entry(tables, tree, base, f"files[{index}]", entry)
        else:
            tables.leave(f"files[{index}]", "It is no mapping")
    return tables


def _entry(tables: Tables, tree: Tree, base: str, place: str, entry: Mapping[str, Any]) -> None:
    for key in entry:
        if key not in _READ:
            tables.leave(f"{place}.{key}")
    for code, names in _mappings(entry.get("languages_mapping")):
        for language, name in names.items():
            key = f"{place}.languages_mapping.{code}.{language}"
            tables.rename(key, str(language), str(name))
    source, translation = (str(entry.get(key) or "") for key in ("source", "translation"))
    ignored = entry.get("ignore")
    skip = [
        glob(_in_base(base, _LANGUAGE.sub("*", str(each))))
        for each in (ignored if isinstance(ignored, list) else [])
    ]
    wanted = glob(_in_base(base, source))
    sources = [
        (path, found)
        for path in tree.files
        if (found := wanted.fullmatch(path)) and not any(each.fullmatch(path) for each in skip)
    ]
    if not sources:
        tables.leave(f"{place}.source", f"No file fits “{source}”")
    for path, found in sources:
        target = _target(base, path, _filled(translation, found))
        if target is None:
            tables.leave(f"{place}.translation", f"“{translation}” has a part unknown here")
            return
        tables.catalogues.append({"source": path, "target": target})


def _mappings(value: object) -> list[tuple[str, Mapping[Any, Any]]]:
    if not isinstance(value, dict):
        return []
    return [(str(code), names) for code, names in value.items() if isinstance(names, dict)]


def _in_base(base: str, path: str) -> str:
    return f"{base}/{relative(path)}" if base else relative(path)


def _filled(translation: str, source: re.Match[str]) -> str:
    """Return a path of translations, its wildcards replaced by what those of the source stand for."""
    said = iter(source.groups(default=""))
    return _WILDCARD.sub(lambda wildcard: next(said, wildcard[0]), translation)


def _target(base: str, source: str, translation: str) -> str | None:
    """Return our pattern of a source's translations, or None where a placeholder is unknown."""
    inner = PurePosixPath(source.removeprefix(f"{base}/") if base else source)
    folder = "" if inner.parent == PurePosixPath() else str(inner.parent)
    pattern = _LANGUAGE.sub(PLACEHOLDER, translation).replace("%osx_code%", f"{PLACEHOLDER}.lproj")
    for name, value in (
        ("original_file_name", inner.name),
        ("file_name", inner.stem),
        ("file_extension", inner.suffix.removeprefix(".")),
        ("original_path", folder),
    ):
        pattern = pattern.replace(f"%{name}%", value)
    if re.search(r"%\w+%|\*", pattern) or PLACEHOLDER not in pattern:
        return None
    return _in_base(base, re.sub("/{2,}", "/", pattern))
