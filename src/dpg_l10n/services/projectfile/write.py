"""Write ``dpg-l10n.toml`` for people: short, commented, nothing that reading finds by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from dpg_l10n.domain.project import COUNTS, CatalogueSpec, ProjectSpec, TargetFile
from dpg_l10n.formats import FORMATS
from dpg_l10n.services.discovery import Tree, find_targets, format_by_suffix, sniff
from dpg_l10n.services.multilingual import holds_all
from dpg_l10n.services.projectfile.read import own_languages

_HEAD = "# What dpg-l10n translates in this repository. Keys: docs/configuration.md\n"
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def write(spec: ProjectSpec, root: Path) -> str:
    """Return the text of ``dpg-l10n.toml`` for a project.

    A catalogue gets its pattern, and explicit targets only for files that the pattern does not
    find. Reading the text in the same tree gives the same project.

    Args:
        spec: The project.
        root: Its folder: what patterns and formats say by themselves depends on the files there.
    """
    tree = Tree(root)
    parts = [_HEAD, "[project]\n", _project(spec)]
    for each in spec.catalogues:
        parts += ["\n[[catalogue]]\n", _catalogue(each, spec, tree)]
    if spec.languages:
        parts.append("\n[languages]  # name in files = language code (BCP 47)\n")
        parts.append(_lines({name: spec.languages[name] for name in sorted(spec.languages)}))
    if spec.count != COUNTS[0] or spec.fail_under:
        parts.append("\n[coverage]\n")
        if spec.count != COUNTS[0]:
            parts.append(_line("count", spec.count))
        if spec.fail_under:
            inline = (f"{_key(name)} = {least}" for name, least in spec.fail_under.items())
            parts.append(f"fail_under = {{ {', '.join(inline)} }}  # percent\n")
    if spec.gate_errors or spec.gate_risk:
        parts.append(f"\n[gate]\nerrors = {spec.gate_errors}\nrisk = {spec.gate_risk}\n")
    for rule in spec.risks:
        keys = ", ".join(map(_quoted, rule.keys))
        parts += ["\n[[risk]]\n", _line("risk", rule.risk), f"keys = [{keys}]\n"]
    if spec.draft_risk:
        parts.append("\n[drafts]\nrisk = true\n")
    if spec.server_url:
        parts += ["\n[server]\n", _line("url", spec.server_url)]
    return "".join(parts)


def _project(spec: ProjectSpec) -> str:
    lines = {"slug": spec.slug, "name": spec.name, "source_language": spec.source_language}
    lines |= {
        key: value
        for key, value in (("licence", spec.licence), ("registry_id", spec.registry_id))
        if value
    }
    text = _lines(lines)
    if spec.deployments:
        text += f"deployments = [{', '.join(_quoted(code) for code in spec.deployments)}]\n"
    if spec.glossaries:
        text += f"glossaries = [{', '.join(map(_quoted, spec.glossaries))}]\n"
    return text


def _catalogue(each: CatalogueSpec, spec: ProjectSpec, tree: Tree) -> str:
    lines = {"name": each.name}
    if not _format_is_plain(each, tree):
        lines["format"] = each.format
    if each.source:
        lines["source"] = each.source
    if each.pattern:
        lines["target"] = each.pattern
    text = _lines(lines)
    found = frozenset(_by_pattern(each, spec, tree))
    explicit = [file for file in each.targets if file not in found]
    if explicit:
        text += f"targets = {{ {', '.join(_target(file) for file in explicit)} }}\n"
    return text + (_line("licence", each.licence) if each.licence else "")


def _by_pattern(each: CatalogueSpec, spec: ProjectSpec, tree: Tree) -> tuple[TargetFile, ...]:
    if each.pattern is None:
        # what one file holds is found in it
        return each.targets if holds_all(FORMATS[each.format], each) else ()
    return find_targets(
        tree, each.pattern, FORMATS[each.format], source=each.source, languages=spec.languages,
        own_languages=own_languages(each.source, each.pattern, spec),
    ).targets  # fmt: skip


def _format_is_plain(each: CatalogueSpec, tree: Tree) -> bool:
    """Tell whether reading finds the format without being told."""
    paths: Iterable[str] = (
        [each.source] if each.source else [file.path for file in each.targets[:1]]
    )
    alone = each.pattern is None and all(file.path == each.source for file in each.targets)
    for path in paths:
        found = sniff(tree, path, bilingual=each.source is None, alone=alone)
        found = found or format_by_suffix(path)
        return found is not None and found.name == each.format
    return False


def _target(file: TargetFile) -> str:
    return f"{_key(file.name)} = {_quoted(file.path)}"


def _lines(values: Mapping[str, str]) -> str:
    return "".join(_line(key, value) for key, value in values.items())


def _line(key: str, value: str) -> str:
    return f"{_key(key)} = {_quoted(value)}\n"


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else _quoted(name)


def _quoted(text: str) -> str:
    """Return a basic string: JSON's escapes are TOML's, but for the one character JSON leaves."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
