"""What discovery says of sources that it takes or leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dpg_l10n.domain.locales import canonical
from dpg_l10n.domain.project import CatalogueSpec, Problem
from dpg_l10n.formats.spec import FormatSpec
from dpg_l10n.services.discovery.contents import fault
from dpg_l10n.services.discovery.groups import Group, collapsed
from dpg_l10n.services.discovery.tree import Tree


def nothing_to_translate(tree: Tree, path: str, spec: FormatSpec) -> Problem:
    """Say that a file has nothing to translate, or what is wrong in it."""
    wrong = fault(tree, path, spec)
    if wrong is not None:
        return Problem(path, wrong.error_code, str(wrong))
    message = "No string for translators was found in it, and no translation of it."
    return Problem(path, "source.empty", message)


def names_for_sources(each: Group, language: str) -> Problem:
    """Say that the msgids of PO files look like names, and that no file says what they stand for."""
    message = (
        "The msgids of these files look like names of messages, and no file of them is in the source "
        f"language ({language}), so the names are shown as the sources. Set “source” where a file has "
        "the source texts, or “source_language”."
    )
    return Problem(each.pattern, "source.unknown", message)


def foreign_source(each: Group, path: str, name: str, language: str) -> Problem:
    """Say that a source is in another language than the project's."""
    message = (
        f"The source seems to be {path} ({canonical(name)}), but the project's source language is "
        f"{language}. Give it a project of its own, or name its source."
    )
    return Problem(each.pattern, "source.language", message)


def other_language(language: str) -> Problem:
    """Say that the project's language was guessed."""
    message = (
        f"Most sources have no English file; {language} was taken as the source language. "
        "Set “source_language” under [project] if it is another."
    )
    return Problem("source_language", "source.guessed", message)


def only_built(catalogue: CatalogueSpec) -> Problem:
    """Say that a catalogue lies where build results usually lie."""
    message = (
        "Nothing was found but in a folder of build results. If these files are made from others, "
        "take those: name them under [[catalogue]]."
    )
    return Problem(catalogue.source or catalogue.pattern or "", "source.built", message)


def unread_files(groups: Sequence[Group]) -> list[Problem]:
    """Return one problem for each folder of files that no format knows."""
    message = (
        "Named like translations ({count} files), but no format here reads the source. "
        "Name its “format” under [[catalogue]] if one should."
    )
    return _counted(groups, message)


def unread_kinds(groups: Sequence[Group]) -> list[Problem]:
    """Return one problem for each folder of files of a kind that nothing here reads."""
    return _counted(
        groups, "Named like translations ({count} files), in a format that is not read here."
    )


def _counted(groups: Sequence[Group], message: str) -> list[Problem]:
    counts: Counter[str] = Counter()
    for each in groups:
        counts[collapsed(each.pattern)] += len(each.files)
    return [
        Problem(pattern, "format.unknown", message.format(count=count))
        for pattern, count in counts.items()
    ]
