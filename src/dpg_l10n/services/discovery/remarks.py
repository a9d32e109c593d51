"""What discovery says of sources that it takes or leaves."""

from __future__ import annotations

from dpg_l10n.domain.locales import canonical
from dpg_l10n.domain.project import Problem
from dpg_l10n.formats.spec import FormatSpec
from dpg_l10n.services.discovery.contents import fault
from dpg_l10n.services.discovery.groups import Group
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
