"""``.tolgeerc`` of the Tolgee client."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from dpg_l10n.domain.locales import base, canonical, is_language
from dpg_l10n.domain.paths import PLACEHOLDER, fill
from dpg_l10n.domain.project import DEFAULT_SOURCE_LANGUAGE
from dpg_l10n.services.discovery import Tree, clean
from dpg_l10n.services.foreign_config.documents import read_yaml
from dpg_l10n.services.foreign_config.tables import Tables, relative

FILES = (".tolgeerc", ".tolgeerc.json", ".tolgeerc.yml", ".tolgeerc.yaml")
_LANGUAGE_TAGS = (
    "{languageTag}",
    "{snakeLanguageTag}",
    "{androidLanguageTag}",
    "{appleLanguageTag}",
)
_NAMESPACE = "{namespace}"


def read(path: str, text: str, tree: Tree) -> Tables:
    """Return a catalogue for every namespace of ``push.files`` or ``push.filesTemplate``.

    Raises:
        ConfigError: The file is no JSON or YAML mapping.
    """
    data = read_yaml(path, text)
    tables = Tables(path)
    push = data.pop("push", None)
    for key, value in data.items():
        for inner in value if isinstance(value, dict) else [None]:
            tables.leave(f"{key}.{inner}" if inner is not None else str(key))
    push = push if isinstance(push, dict) else {}
    for key in push:
        if key not in {"files", "filesTemplate"}:
            tables.leave(f"push.{key}")
    files = push.get("files")
    _listed(tables, files if isinstance(files, list) else [])
    templates = push.get("filesTemplate")
    for template in templates if isinstance(templates, list) else [templates]:
        if template:
            _template(tables, tree, relative(str(template)))
    return tables


def _listed(tables: Tables, files: list[Any]) -> None:
    by_space: dict[str, dict[str, str]] = defaultdict(dict)
    for index, entry in enumerate(files):
        known = isinstance(entry, dict) and is_language(str(entry.get("language", "")))
        if not known or "path" not in entry:
            tables.leave(f"push.files[{index}]", "It needs a path and a language")
            continue
        space = str(entry.get("namespace") or "")
        by_space[space][str(entry["language"])] = relative(str(entry["path"]))
    for space, paths in by_space.items():
        source = next((tag for tag in paths if base(canonical(tag)) == DEFAULT_SOURCE_LANGUAGE), "")
        catalogue = _catalogue(space, paths.pop(source, ""))
        pattern = _shared_pattern(paths)
        if pattern:
            catalogue["target"] = pattern
        elif paths:
            catalogue["targets"] = paths
        tables.catalogues.append(catalogue)


def _shared_pattern(paths: Mapping[str, str]) -> str | None:
    """Return the pattern that all paths are filled from, or None."""
    for tag, path in paths.items():
        pattern = path.replace(tag, PLACEHOLDER)
        if all(fill(pattern, other) == paths[other] for other in paths):
            return pattern if PLACEHOLDER in pattern else None
    return None


def _template(tables: Tables, tree: Tree, template: str) -> None:
    for tag in _LANGUAGE_TAGS:
        template = template.replace(tag, PLACEHOLDER)
    left = re.sub(r"\{(language|namespace)\}", "", template)
    if PLACEHOLDER not in template or "{" in left or "*" in left:
        tables.leave("push.filesTemplate", f"“{template}” has a part unknown here")
        return
    named = re.escape(fill(template, DEFAULT_SOURCE_LANGUAGE)).replace(
        re.escape(_NAMESPACE), "(?P<space>[^/]+)", 1
    )
    expression = re.compile(named.replace(re.escape(_NAMESPACE), "(?P=space)"))
    for path in tree.files:
        if found := expression.fullmatch(path):
            space = found.groupdict().get("space") or ""
            catalogue = _catalogue(space, path)
            catalogue["target"] = template.replace(_NAMESPACE, space)
            tables.catalogues.append(catalogue)


def _catalogue(space: str, source: str) -> dict[str, object]:
    named: dict[str, object] = {"name": clean(space)} if clean(space) else {}
    return named | ({"source": source} if source else {})
