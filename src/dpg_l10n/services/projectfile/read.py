"""Read a project's configuration, and find the files that it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from dpg_l10n.domain.locales import canonical, is_language, tag_of_name
from dpg_l10n.domain.paths import literal_prefix, match
from dpg_l10n.domain.project import (
    DEFAULT_SOURCE_LANGUAGE,
    CatalogueSpec,
    Problem,
    ProjectSpec,
    TargetFile,
)
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.spec import FormatSpec
from dpg_l10n.services.discovery import (
    Tree,
    discover,
    find_targets,
    format_by_suffix,
    slugify,
    sniff,
)
from dpg_l10n.services.multilingual import MOST_BYTES, find_languages
from dpg_l10n.services.projectfile import terms
from dpg_l10n.services.projectfile.document import parse_toml, read_text
from dpg_l10n.services.projectfile.schema import TABLES, Checker

FILENAME = "dpg-l10n.toml"
_PYPROJECT = "pyproject.toml"
_TOOL = "dpg-l10n"


def load(root: Path) -> ProjectSpec:
    """Return a project: from ``dpg-l10n.toml``, else ``pyproject.toml``, else by discovery.

    Raises:
        ConfigError: The file is no TOML, has an unknown key or a value that cannot be used.
    """
    own = root / FILENAME
    if own.is_file():
        return parse(read_text(own), path=FILENAME, tree=Tree(root))
    shared = root / _PYPROJECT
    if shared.is_file():
        text = read_text(shared)
        if _TOOL in text and _TOOL in parse_toml(text, _PYPROJECT).get("tool", {}):
            return parse(text, path=_PYPROJECT, tree=Tree(root), inside=("tool", _TOOL))
    return discover(root)


def parse(text: str, *, path: str, tree: Tree, inside: Sequence[str] = ()) -> ProjectSpec:
    """Return the project that a configuration describes.

    Without any ``[[catalogue]]`` the catalogues are discovered, under the file's other settings.

    Args:
        text: The whole file.
        path: Its name, for messages.
        tree: The project's files.
        inside: Tables that hold ours (``("tool", "dpg-l10n")``).

    Raises:
        ConfigError: As :func:`load`.
    """
    data: Any = parse_toml(text, path)
    for key in inside:
        data = data.get(key, {})
    check = Checker(path, text, "".join(f"{key}." for key in inside))
    if not isinstance(data, dict):
        check.fail("It has to hold tables.")
    return build(data, check=check, tree=tree)


def build(data: Mapping[str, Any], *, check: Checker, tree: Tree) -> ProjectSpec:
    """Return the project that parsed tables describe.

    Raises:
        ConfigError: As :func:`load`.
    """
    check.known(data, TABLES, "")
    project, coverage = check.table(data, "project"), check.table(data, "coverage")
    gate = check.table(data, "gate")
    folder = tree.root.resolve().name
    slug = check.slug(project) or slugify(folder)
    given = project.get("source_language")
    source_language = (
        check.language(given, "project", "source_language")
        if given is not None
        else DEFAULT_SOURCE_LANGUAGE
    )
    languages = {
        name: check.language(value, "languages", name)
        for name, value in check.table(data, "languages").items()
    }
    spec = ProjectSpec(
        slug=slug,
        name=check.text(project, "project", "name") or folder or slug,
        source_language=source_language,
        licence=check.text(project, "project", "licence"),
        registry_id=check.text(project, "project", "registry_id"),
        deployments=check.countries(project),
        languages=languages,
        count=check.count(coverage),
        fail_under=check.fail_under(coverage),
        gate_errors=check.most(gate, "errors"),
        gate_risk=check.most(gate, "risk"),
        draft_risk=check.risk(check.table(data, "drafts")),
        server_url=check.url(check.table(data, "server")),
        glossaries=terms.glossaries(check, project),
        risks=terms.risks(check, data),
    )
    tables = check.catalogues(data)
    if not tables:
        found = discover(
            tree.root, files=tree.files, languages=languages,
            source_language=source_language if given is not None else None,
        )  # fmt: skip
        return replace(
            spec, catalogues=found.catalogues, problems=found.problems,
            source_language=source_language if given is not None else found.source_language,
            languages={**found.languages, **languages},
        )  # fmt: skip
    return _Resolver(check, tree, spec).resolve(tables)


class _Resolver:
    """Finds the files of the catalogues that a configuration names."""

    def __init__(self, check: Checker, tree: Tree, spec: ProjectSpec) -> None:
        self._check = check
        self._tree = tree
        self._spec = spec
        self._problems: list[Problem] = []

    def resolve(self, tables: Sequence[Mapping[str, Any]]) -> ProjectSpec:
        """Return the project with its catalogues."""
        names: set[str] = set()
        patterns = []
        for index, table in enumerate(tables):
            name = self._check.catalogue_name(table, index)
            if name in names:
                self._check.fail(f"Two catalogues are named “{name}”.", "catalogue", "name", index)
            names.add(name)
            pattern = self._check.file(table, "target", index, pattern=True)
            patterns += [pattern] if pattern else []
        owners = self._owners(patterns)
        catalogues = tuple(
            self._catalogue(table, index, owners) for index, table in enumerate(tables)
        )
        return replace(
            self._spec, catalogues=catalogues, problems=tuple(dict.fromkeys(self._problems))
        )

    def _owners(self, patterns: Sequence[str]) -> dict[str, str]:
        """Return the pattern of each path; where two fit, the one that says more before the language."""
        owners: dict[str, str] = {}
        for pattern in sorted(patterns, key=lambda each: (len(literal_prefix(each)), each)):
            for path in self._tree.under(literal_prefix(pattern)):
                if match(pattern, path) is not None:
                    owners[path] = pattern
        return owners

    def _catalogue(
        self, table: Mapping[str, Any], index: int, owners: Mapping[str, str]
    ) -> CatalogueSpec:
        check = self._check
        source = check.file(table, "source", index)
        pattern = check.file(table, "target", index, pattern=True)
        explicit = self._explicit(table, index)
        if source is None and pattern is None and not explicit:
            check.fail("A catalogue needs a “source”, or a “target”.", "catalogue", "", index)
        spec = self._format(table, index, source, pattern, explicit)
        if source is None and not spec.bilingual:
            detail = f"A catalogue of the format “{spec.name}” needs a “source”."
            check.fail(detail, "catalogue", "", index)
        if source is not None and not self._tree.is_file(source):
            message = "The source does not exist. Extract it, or correct “source”."
            self._problems.append(Problem(source, "source.missing", message))
        targets = {file.language: file for file in self._found(source, pattern, spec, owners)}
        if not pattern and not explicit and spec.multilingual is not None and source is not None:
            targets = {file.language: file for file in self._inside(source, spec)}
        for file in explicit:
            if self._tree.is_file(file.path):
                targets[file.language] = file
            else:
                message = "The file does not exist. Correct “targets”."
                self._problems.append(Problem(file.path, "target.missing", message))
        return CatalogueSpec(
            name=check.catalogue_name(table, index),
            format=spec.name,
            source=source,
            targets=tuple(targets[language] for language in sorted(targets)),
            pattern=pattern,
            licence=check.text(table, "catalogue", "licence", index),
        )

    def _found(
        self, source: str | None, pattern: str | None, spec: FormatSpec, owners: Mapping[str, str]
    ) -> tuple[TargetFile, ...]:
        if pattern is None:
            return ()
        found = find_targets(
            self._tree, pattern, spec, source=source, languages=self._spec.languages,
            own_languages=own_languages(source, pattern, self._spec), claimed=owners,
        )  # fmt: skip
        self._problems += found.problems
        return found.targets

    def _inside(self, source: str, spec: FormatSpec) -> tuple[TargetFile, ...]:
        """Return the languages that the source itself holds."""
        data = self._tree.read(source, MOST_BYTES)
        if data is None:
            return ()
        found = find_languages(spec, data, source, self._spec.source_language, self._spec.languages)
        self._problems += found.problems
        return found.targets

    def _explicit(self, table: Mapping[str, Any], index: int) -> list[TargetFile]:
        check, spec = self._check, self._spec
        value = table.get("targets", {})
        if not isinstance(value, dict):
            detail = '“targets” is a table of paths by language: { sw = "lang/swahili.po" }.'
            check.fail(detail, "catalogue", "targets", index)
        files: dict[str, TargetFile] = {}
        for name, path in value.items():
            language = spec.languages.get(name) or check.language(name, "catalogue", "targets")
            check.inside(path, "targets", index)
            if language in files or language == spec.source_language:
                whose = "the source's" if language not in files else "given twice"
                check.fail(
                    f"“{name}” under “targets” is {language}, {whose}.",
                    "catalogue", "targets", index,
                )  # fmt: skip
            files[language] = TargetFile(language, name, path)
        return list(files.values())

    def _format(
        self,
        table: Mapping[str, Any],
        index: int,
        source: str | None,
        pattern: str | None,
        explicit: Sequence[TargetFile],
    ) -> FormatSpec:
        """Return the named format, else that of the source, else of the first translation."""
        check = self._check
        name = check.text(table, "catalogue", "format", index)
        if name is not None:
            if name not in FORMATS.names():
                detail = f"Unknown format “{name}”. Known: {', '.join(FORMATS.names())}."
                check.fail(detail, "catalogue", "format", index)
            return FORMATS[name]
        candidates = [source] if source else [file.path for file in explicit]
        if source is None and pattern is not None:
            under = self._tree.under(literal_prefix(pattern))
            candidates += [path for path in under if match(pattern, path) is not None]
        alone = source is not None and pattern is None and not explicit
        for path in candidates:
            found = sniff(self._tree, path, bilingual=source is None, alone=alone)
            found = found or sniff(self._tree, path)
            if found:
                return found
        found = format_by_suffix(source or pattern or candidates[0])
        prose = found is not None and ".txt" in found.suffixes  # most such files hold no keys
        if found is None or (prose and any(self._tree.head(path) for path in candidates)):
            path = source or pattern or candidates[0]
            detail = (
                f"Nothing tells the format of {path}. Name it: format = “…”, with a name of "
                "docs/formats."
            )
            check.fail(detail, "catalogue", "source" if source else "target", index)
        return found


def own_languages(source: str | None, pattern: str | None, spec: ProjectSpec) -> frozenset[str]:
    """Return the languages that are no target: the project's own, and the one in the source's path."""
    name = match(pattern, source) if source and pattern else None
    own = {spec.source_language}
    if name is not None and (name in spec.languages or is_language(name) or tag_of_name(name)):
        own.add(spec.languages.get(name) or canonical(name))
    return frozenset(own)
