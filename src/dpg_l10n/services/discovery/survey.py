"""Understand a repository that has no ``dpg-l10n.toml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from dpg_l10n.domain.locales import base, canonical
from dpg_l10n.domain.project import DEFAULT_SOURCE_LANGUAGE, CatalogueSpec, Problem, ProjectSpec
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.spec import FormatSpec
from dpg_l10n.services.discovery.candidates import find_candidates, find_others
from dpg_l10n.services.discovery.contents import keys, share, sniff, sniff_multilingual
from dpg_l10n.services.discovery.groups import (
    BILINGUAL_SUFFIXES,
    Group,
    group,
    suffix_of,
    telling,
)
from dpg_l10n.services.discovery.naming import name_catalogues, slugify
from dpg_l10n.services.discovery.pages import is_translation, page_suffixes
from dpg_l10n.services.discovery.remarks import (
    foreign_source,
    names_for_sources,
    nothing_to_translate,
    only_built,
    other_language,
    unread_files,
    unread_kinds,
)
from dpg_l10n.services.discovery.slots import BASE
from dpg_l10n.services.discovery.sources import (
    Source,
    exact_language,
    find_source,
    is_bilingual,
    preferred,
    project_language,
)
from dpg_l10n.services.discovery.tables import find_tables, language_of_tables
from dpg_l10n.services.discovery.targets import find_targets, surprising_names
from dpg_l10n.services.discovery.templates import assign, extracted, imagined_patterns, stem_of
from dpg_l10n.services.discovery.texts import IN_KEYS
from dpg_l10n.services.discovery.tree import Tree
from dpg_l10n.services.discovery.words import is_generic_stem, spells_language

_TEMPLATE = ".pot"


class _Draft(NamedTuple):
    """A catalogue that has everything but its name."""

    spec: CatalogueSpec
    own_name: str
    """Language of the source as its path spells it; ``BASE`` where it names none."""
    hint: str
    """Better name than the path gives, or empty."""


def discover(
    root: Path,
    *,
    files: Sequence[str] | None = None,
    source_language: str | None = None,
    languages: Mapping[str, str] | None = None,
) -> ProjectSpec:
    """Return the catalogues of a working tree, found by its paths and a look into its files.

    The same tree gives the same answer on every machine. Nothing outside of the folder is read.

    Args:
        root: Folder of the project.
        files: POSIX paths relative to the root, for a caller that knows them; None lists the folder.
        source_language: BCP 47 tag where it is known; None finds it.
        languages: Name in files to BCP 47, where it is known.
    """
    tree = Tree(root, files)
    found = _survey(tree, source_language, languages or {})
    if found.catalogues or files is not None:
        return found
    built = _survey(Tree(root, built=True), source_language, languages or {})
    told = [only_built(each) for each in built.catalogues]
    return replace(built, problems=(*built.problems, *told)) if told else found


def _survey(tree: Tree, source_language: str | None, languages: Mapping[str, str]) -> ProjectSpec:
    folder = tree.root.resolve().name
    problems: list[Problem] = []
    candidates = find_candidates(tree, problems)
    tables = {path: spec for path in candidates if (spec := sniff_multilingual(tree, path))}
    candidates = [path for path in candidates if path not in tables]
    others = group(find_others(tree, (*candidates, *tables)), folder=folder)
    problems += unread_kinds(telling(others, folder=folder))
    templates = [path for path in candidates if suffix_of(path) == _TEMPLATE]
    groups = group((path for path in candidates if suffix_of(path) != _TEMPLATE), folder=folder)
    templates += extracted(candidates, _claims(groups))
    pages = page_suffixes()
    voters = [each for each in groups if each.suffix not in pages] or groups
    language = base(source_language) if source_language else project_language(voters, tree)
    if not source_language and not groups:
        language = language_of_tables(tree, tables) or language
    given = dict(languages)
    if not source_language and language != DEFAULT_SOURCE_LANGUAGE:
        problems.append(other_language(language))
    pairs = [each for each in groups if is_bilingual(each, tree, language)]
    drafts = _bilingual(tree, groups, pairs, templates, language, given, problems)
    drafts += _keyed(tree, groups, pairs, language, given, problems)
    found = find_tables(tree, tables, language, given, problems)
    drafts += [_Draft(each, BASE, "") for each in found]
    drafts.sort(key=lambda draft: draft.spec.pattern or draft.spec.source or "")
    return ProjectSpec(
        slug=slugify(folder),
        name=folder or "project",
        source_language=exact_language(
            [each.own_name for each in drafts],
            language,
            {file.language for each in drafts for file in each.spec.targets},
        ),
        catalogues=_named(drafts),
        languages={
            **surprising_names(
                [file for each in drafts if each.spec.pattern for file in each.spec.targets]
            ),
            **given,
        },
        problems=tuple(sorted(set(problems), key=lambda each: (each.path, each.code))),
    )


def _bilingual(
    tree: Tree,
    groups: Sequence[Group],
    pairs: Sequence[Group],
    templates: Sequence[str],
    language: str,
    languages: Mapping[str, str],
    problems: list[Problem],
) -> list[_Draft]:
    """Return the catalogues of formats that hold source and translation side by side."""
    files = {each.pattern: each.files for each in groups if each.suffix in BILINGUAL_SUFFIXES}
    given = assign(tuple(files), templates, lambda one, path: share(tree, path, files[one]))
    claimed = _claims(groups)
    drafts = []
    unread = []
    for each in pairs:
        template = given.get(each.pattern)
        name = preferred(each.names, language, variants=False) or BASE
        if each.suffix != ".po" and BASE in each.files:
            name = BASE  # what an extractor writes; a file of the source's language is made from it
        source = template or each.files.get(name)
        shown = source or next(iter(each.files.values()))
        spec = sniff(tree, shown, bilingual=True)
        if spec is None:
            unread.append(each)
            continue
        if source is None and sniff(tree, shown) is not spec:
            problems.append(names_for_sources(each, language))
        stem = stem_of(template) if template else ""
        hint = "" if is_generic_stem(stem) or spells_language(stem) else stem
        own = stem if template and spells_language(stem) else (BASE if template else name)
        drafts.append(
            _draft(
                tree,
                each,
                Source(source, own),
                spec,
                language,
                languages,
                claimed,
                problems,
                hint=hint,
            )
        )
    problems += unread_files(unread)
    imagined = imagined_patterns(sorted(set(templates) - set(given.values())))
    for template, pattern in imagined.items():
        spec = sniff(tree, template)
        if spec is None:
            continue
        stem = stem_of(template)
        named = spells_language(stem)
        catalogue = CatalogueSpec("", spec.name, template, pattern=pattern)
        hint = "" if named or is_generic_stem(stem) else stem
        drafts.append(_Draft(catalogue, stem if named else BASE, hint))
    return drafts


def _keyed(
    tree: Tree,
    groups: Sequence[Group],
    pairs: Sequence[Group],
    language: str,
    languages: Mapping[str, str],
    problems: list[Problem],
) -> list[_Draft]:
    """Return the catalogues of formats that hold one language in a file."""
    claimed = _claims(groups)
    drafts = []
    unread = []
    beside = {each.pattern for each in pairs}
    keyed = [each for each in groups if each.pattern not in beside]
    sources = [find_source(each, tree, language) for each in keyed]
    lent = {
        source.path
        for each, source in zip(keyed, sources, strict=True)
        if source.path is not None and source.path not in each.files.values()
    }
    for each, source in zip(keyed, sources, strict=True):
        if lent.issuperset(each.files.values()):
            continue  # It is the source of others (``en.json5`` of ``{language}.json``) only.
        if source.path is None and not source.in_keys:
            problems += _of(source)
            continue
        spec = sniff(tree, source.path) if source.path else FORMATS[IN_KEYS]
        if spec is None:
            if len(each.files) > 1 or each.suffix != ".xml":
                unread.append(each)  # A lone values/colors.xml was never meant to be translated.
            continue
        if source.name != BASE and base(canonical(source.name)) != language:
            problems.append(
                foreign_source(each, source.path or each.pattern, source.name, language)
            )
            continue
        if len(each.files) == 1 and source.path and not keys(tree, source.path, spec):
            problems.append(nothing_to_translate(tree, source.path, spec))
            continue
        problems += _of(source)
        told: list[Problem] = []
        draft = _draft(tree, each, source, spec, language, languages, claimed, told)
        if spec.keys_from_text:
            draft = _page(tree, draft, spec)
        if draft.spec.targets or not spec.keys_from_text:
            drafts.append(draft)
            problems += told
    problems += unread_files(unread)
    return drafts


def _of(source: Source) -> list[Problem]:
    return [source.problem] if source.problem else []


def _page(tree: Tree, draft: _Draft, spec: FormatSpec) -> _Draft:
    """Return a catalogue of a page without the files that only look like its translations."""
    source = draft.spec.source
    if source is None or draft.own_name != BASE:
        return draft
    targets = tuple(file for file in draft.spec.targets if is_translation(tree, source, file, spec))
    return draft._replace(spec=replace(draft.spec, targets=targets))


def _draft(
    tree: Tree,
    each: Group,
    source: Source,
    spec: FormatSpec,
    language: str,
    languages: Mapping[str, str],
    claimed: Mapping[str, str],
    problems: list[Problem],
    *,
    hint: str = "",
) -> _Draft:
    own = {language} | ({canonical(source.name)} if source.name != BASE else set())
    found = find_targets(
        tree, each.pattern, spec,
        source=source.path, own_languages=own, languages=languages, claimed=claimed,
    )  # fmt: skip
    problems += found.problems
    catalogue = CatalogueSpec("", spec.name, source.path, found.targets, each.pattern)
    return _Draft(catalogue, source.name, hint)


def _claims(groups: Sequence[Group]) -> dict[str, str]:
    return {path: each.pattern for each in groups for path in each.files.values()}


def _named(drafts: Sequence[_Draft]) -> tuple[CatalogueSpec, ...]:
    places = [
        (draft.spec.pattern or draft.spec.source or "", draft.spec.format) for draft in drafts
    ]
    hints = {index: draft.hint for index, draft in enumerate(drafts) if draft.hint}
    return tuple(
        CatalogueSpec(
            name, draft.spec.format, draft.spec.source, draft.spec.targets, draft.spec.pattern
        )
        for name, draft in zip(name_catalogues(places, hints), drafts, strict=True)
    )
