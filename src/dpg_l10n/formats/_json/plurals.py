"""Objects of plural forms in JSON: ``"files": {"one": "a file", "other": "files"}``."""

from __future__ import annotations

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.domain.message import CLDR_CATEGORIES, Plural
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._json.document import Document, key_paths
from dpg_l10n.formats._tree import Branch, Leaf, Path, join, plural_branches
from dpg_l10n.i18n import N_


def has_plurals(catalogue: Catalogue | None) -> bool:
    """Tell whether a message of a catalogue has plural variants."""
    return catalogue is not None and any(isinstance(e.text, Plural) for e in catalogue.entries)


def plural_groups(document: Document, source: Catalogue | None) -> dict[Path, Branch]:
    """Return the objects of plural forms whose key no text has.

    Args:
        document: The file.
        source: Parsed source file: its plurals are plurals here too. None in the source itself.
    """
    found = plural_branches(document.places, document.branch, source, lone=False)
    return {path: branch for path, branch in found.items() if join(path) not in document.paths}


def forms_of(branch: Branch) -> Plural:
    """Return the plural that an object of forms is."""
    forms = ((str(label), node) for label, node in branch.members.items())
    return Plural(
        tuple((label, node.text or "") for label, node in forms if isinstance(node, Leaf))
    )


def wanted_texts(catalogue: Catalogue, document: Document) -> list[tuple[Path, str]]:
    """Return every text that a file is to hold with its place, those of plural forms by category.

    Raises:
        FormatError: ``plural``: a plural has variants by number.
    """
    entries = catalogue.by_key()
    paths = key_paths(catalogue, document, entries)
    if has_plurals(catalogue):
        paths.update((join(path), path) for path in plural_groups(document, catalogue))
    wanted: list[tuple[Path, str]] = []
    for key, entry in entries.items():
        if isinstance(entry.text, str):
            wanted.append((paths[key], entry.text))
            continue
        for label, form in entry.text.forms:
            path = (*paths[key], _category(label, key))
            if join(path) not in entries:  # a unit of its own, from before it was read as a form
                wanted.append((path, form))
    return wanted


def _category(label: str, key: str) -> str:
    if label not in CLDR_CATEGORIES:
        raise FormatError(
            N_("“{key}” has plural variants by number, which JSON cannot hold. Use categories."),
            code="plural", key=key,
        )  # fmt: skip
    return label
