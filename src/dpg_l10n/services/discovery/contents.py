"""What files hold: their format by a look at the beginning, and their keys where need be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from dpg_l10n.domain.paths import in_archive, outside, unpacked_path
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.spec import FormatSpec
from dpg_l10n.services.discovery.groups import suffix_of
from dpg_l10n.services.discovery.tree import HEAD_BYTES, Tree
from dpg_l10n.services.discovery.words import spells_language

MAX_PARSED_BYTES = 4 * 1024 * 1024
_ARCHIVES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How zip archives and the older files of spreadsheets begin."""
_NOTHING = (b"", b"{}", b"[]", b"---", b"--- {}")


@lru_cache(maxsize=1)
def formats_by_suffix() -> dict[str, list[FormatSpec]]:
    """Return the formats that use a file name ending, in the order in which they are asked."""
    found: dict[str, list[FormatSpec]] = defaultdict(list)
    for spec in FORMATS:
        for suffix in spec.suffixes:
            found[suffix].append(spec)
    return dict(found)


def sniff(
    tree: Tree, path: str, *, bilingual: bool = False, alone: bool = False
) -> FormatSpec | None:
    """Return the format of a file, or None where no format knows it.

    Args:
        tree: The project's files.
        path: One of them.
        bilingual: Ask only those that hold source and translation side by side.
        alone: Ask those first of which one file holds all languages: there is no other one.
    """
    candidates = formats_by_suffix().get(suffix_of(path), [])
    if bilingual:
        candidates = [spec for spec in candidates if spec.bilingual]
    if alone:
        candidates = sorted(candidates, key=lambda spec: spec.multilingual is None)
    if not candidates:
        return None
    head = _beginning(tree, path)
    return next((spec for spec in candidates if spec.sniff(path, head)), None)


_CODE = ".py"
_OF_OTHERS = frozenset({_CODE, ".ts", ".txt", ".ini", ".lang", ".toml"})
"""Endings of formats that most files have for another reason (TypeScript, prose, settings)."""


def is_other(tree: Tree, path: str) -> bool:
    """Tell whether a file has the ending of a format by chance, or is packed beside its plain self."""
    plain = unpacked_path(path)
    if plain != path and plain in tree.present:
        return True
    inside = in_archive(path)
    if inside is not None:
        folder, slash, _ = inside[0].rpartition("/")
        if not {f"{folder}{slash}{inside[1]}", outside(path)}.isdisjoint(tree.present):
            return True
    stem = plain.rpartition("/")[2].rpartition(".")[0]
    if suffix_of(path) == _CODE and not spells_language(stem):
        return True  # not worth a look: a project in Python has thousands
    return suffix_of(path) in _OF_OTHERS and sniff(tree, path) is None


def sniff_multilingual(tree: Tree, path: str) -> FormatSpec | None:
    """Return the format of a file that holds all its languages, None of every other file."""
    candidates = formats_by_suffix().get(suffix_of(path), [])
    if all(spec.multilingual is None for spec in candidates):
        return None
    found = sniff(tree, path)
    return found if found is not None and found.multilingual is not None else None


def _beginning(tree: Tree, path: str) -> bytes:
    """Return the first bytes of a file, all of an archive: its list of members is at the end."""
    head = tree.head(path)
    if head.startswith(_ARCHIVES) and (len(head) == HEAD_BYTES or path != unpacked_path(path)):
        return tree.read(path, MAX_PARSED_BYTES) or head
    return head


def format_by_suffix(path: str) -> FormatSpec | None:
    """Return the only format that usually has a path's ending; None where none or several have."""
    every = formats_by_suffix().get(suffix_of(path), [])
    candidates = [spec for spec in every if not spec.unusual]
    return candidates[0] if len(candidates) == 1 else None


def is_readable_as(tree: Tree, path: str, spec: FormatSpec) -> bool:
    """Tell whether a translation looks like a file of its source's format.

    Formats that share an ending count as one here: which of them a file is depends on keys (plural
    suffixes) that a translation may lack. An object without strings is a translation just begun.
    """
    head = tree.head(path)
    if not head:
        return False
    if head.strip() in _NOTHING:
        return head.strip() != b""
    if spec.sniff(path, head):
        return True
    return any(other.sniff(path, head) for other in formats_by_suffix().get(suffix_of(path), ()))


def keys(tree: Tree, path: str, spec: FormatSpec) -> frozenset[str]:
    """Return the keys of a file; none where it is too large or no file of the format."""
    return keys_if_read(tree, path, spec) or frozenset()


def share(tree: Tree, source: str, files: Mapping[str, str]) -> float:
    """Return which part of a source's keys the largest of some files has, 0.0 to 1.0."""
    spec = sniff(tree, source)
    wanted = keys(tree, source, spec) if spec else frozenset()
    largest = max(files.values(), key=lambda path: (len(tree.head(path)), path))
    return len(wanted & keys(tree, largest, spec)) / len(wanted) if spec and wanted else 0.0


def keys_if_read(tree: Tree, path: str, spec: FormatSpec) -> frozenset[str] | None:
    """Return the keys of a file, None where it is too large or no file of the format."""
    data = tree.read(path, MAX_PARSED_BYTES)
    if data is None:
        return None
    try:
        return frozenset(entry.key for entry in spec.parse(data).entries)
    except FormatError:
        return None


def fault(tree: Tree, path: str, spec: FormatSpec) -> FormatError | None:
    """Return why a file cannot be read, with its line; None where it can, or is too large."""
    data = tree.read(path, MAX_PARSED_BYTES)
    try:
        spec.parse(data or b"")
    except FormatError as error:
        return error if data is not None else None
    return None
