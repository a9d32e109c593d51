"""Find the configuration of another tool and read it as a project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dpg_l10n.domain.locales import canonical
from dpg_l10n.domain.project import DEFAULT_SOURCE_LANGUAGE, CatalogueSpec, Problem, ProjectSpec
from dpg_l10n.errors import ConfigError, NotFoundError
from dpg_l10n.services.discovery import Tree, discover, name_catalogues
from dpg_l10n.services.foreign_config import (
    crowdin,
    lokalise,
    mozilla,
    tolgee,
    transifex,
    weblate,
)
from dpg_l10n.services.foreign_config.tables import UNMAPPED, Tables
from dpg_l10n.services.projectfile import Checker, build

AUTO = "auto"
_MAX_BYTES = 1024 * 1024
_READERS: Mapping[str, tuple[tuple[str, ...], Callable[[str, str, Tree], Tables]]] = {
    "tx": (transifex.FILES, transifex.read),
    "crowdin": (crowdin.FILES, crowdin.read),
    "weblate": (weblate.FILES, weblate.read),
    "tolgee": (tolgee.FILES, tolgee.read),
    "lokalise": (lokalise.FILES, lokalise.read),
    "mozilla": (mozilla.FILES, mozilla.read),
}
TOOLS = (AUTO, *_READERS)
_NO_FILE = "Neither this source nor a translation of it is there."


@dataclass(frozen=True, slots=True)
class Imported:
    """A project as another tool's configuration describes it."""

    tool: str
    """One of :data:`TOOLS`; ``auto`` where discovery alone was used."""
    path: str | None
    """The file that was read, None without one."""
    spec: ProjectSpec
    unmapped: tuple[Problem, ...]
    """Every key that was not taken over, with the reason."""


def import_config(root: Path, tool: str = AUTO) -> Imported:
    """Return the project of another tool's configuration.

    A configuration that names no files (Weblate's), or none that is there, is completed by discovery. ``auto`` takes the
    first tool that has a file, else discovery.

    Args:
        root: Folder of the project.
        tool: One of :data:`TOOLS`.

    Raises:
        NotFoundError: The tool is unknown, or has no file here.
        ConfigError: The file cannot be read.
    """
    if tool not in TOOLS:
        raise NotFoundError(kind="tool", name=tool, hint=f"Known: {', '.join(TOOLS)}.")
    tree = Tree(root)
    for name, (files, read) in _READERS.items():
        path = next((path for path in files if tree.is_file(path) and _is_own(path, tree)), None)
        if tool in {AUTO, name} and path is not None:
            return _imported(name, path, read(path, _text(tree, path), tree), tree)
    if tool != AUTO:
        looked = ", ".join(_READERS[tool][0])
        raise NotFoundError(kind="configuration", name=tool, hint=f"Looked for: {looked}.")
    return Imported(AUTO, None, discover(root), ())


def _is_own(path: str, tree: Tree) -> bool:
    """Tell whether a file with a name that other programs use too is a tool's own."""
    return path not in lokalise.FILES or lokalise.is_own(path, tree)


def _imported(tool: str, path: str, tables: Tables, tree: Tree) -> Imported:
    languages: Counter[str] = Counter(canonical(tag) for tag in tables.source_languages)
    source_language = (
        min(languages, key=lambda tag: (-languages[tag], tag))
        if languages
        else DEFAULT_SOURCE_LANGUAGE
    )
    project = {"source_language": source_language}
    usable, unmapped = [], list(tables.unmapped)
    _name(tables.catalogues)
    for table in tables.catalogues:
        data = {"project": project, "languages": tables.languages, "catalogue": [table]}
        place = str(table.get("source") or table["name"])
        try:
            spec = build(data, check=Checker(path, "", ""), tree=tree)
        except ConfigError as error:
            unmapped.append(Problem(place, UNMAPPED, str(error)))
        else:
            if any(_has_file(each, tree) for each in spec.catalogues):
                usable.append(table)
            else:
                unmapped.append(Problem(place, UNMAPPED, _NO_FILE))
    if not usable:
        return Imported(tool, path, discover(tree.root, files=tree.files), tuple(unmapped))
    data = {"project": project, "languages": tables.languages, "catalogue": usable}
    spec = build(data, check=Checker(path, "", ""), tree=tree)
    problems = (*spec.problems, *_uncovered(path, spec, tree))
    spec = replace(spec, languages=tables.languages, problems=problems)
    return Imported(tool, path, spec, tuple(unmapped))


def _uncovered(path: str, spec: ProjectSpec, tree: Tree) -> Iterator[Problem]:
    """Yield what discovery finds besides the files that a configuration names."""
    named = {file for each in spec.catalogues for file in _files(each)}
    message = f"Looks like translations, but {path} does not name it. Add a [[catalogue]] if it is."
    for each in discover(tree.root, files=tree.files).catalogues:
        if named.isdisjoint(_files(each)):
            yield Problem(each.pattern or each.source or each.name, "config.uncovered", message)


def _files(catalogue: CatalogueSpec) -> set[str]:
    return {path for path in (catalogue.source, *(t.path for t in catalogue.targets)) if path}


def _has_file(catalogue: CatalogueSpec, tree: Tree) -> bool:
    return bool(catalogue.targets) or catalogue.source in tree.present


def _name(catalogues: list[dict[str, object]]) -> None:
    """Give every catalogue a name of its own; the foreign one stays where it is."""
    places = [(str(each.get("target") or each.get("source") or ""), "2") for each in catalogues]
    hints = {index: str(each["name"]) for index, each in enumerate(catalogues) if each.get("name")}
    for each, name in zip(catalogues, name_catalogues(places, hints), strict=True):
        each["name"] = name


def _text(tree: Tree, path: str) -> str:
    data = tree.read(path, _MAX_BYTES)
    if data is None:
        raise ConfigError(path=path, detail="The file cannot be read, or is larger than 1 MiB.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(path=path, detail="The file is not UTF-8 text.") from error
