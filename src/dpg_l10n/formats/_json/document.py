"""A JSON file in memory: its bytes, its tree, its keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.formats._json.scan import scan
from dpg_l10n.formats._text import decode
from dpg_l10n.formats._tree import Branch, Part, Path, Place, join, places, split


@dataclass(frozen=True)
class Document:
    """A JSON file and what it means. Made by :meth:`read`."""

    data: bytes
    text: str
    encoding: str
    root: Branch
    places: list[Place]

    @classmethod
    def read(cls, data: bytes) -> Document:
        """Read a file that is one JSON object.

        Raises:
            FormatError: As :func:`~dpg_l10n.formats._text.decode` and ``scan`` raise it.
        """
        text, encoding = decode(data)
        root = scan(text)
        return cls(data, text, encoding, root, places(root))

    @cached_property
    def paths(self) -> dict[str, Path]:
        """Path of every key."""
        return {key: path for key, path, _ in self.places}

    def siblings(self, path: Path) -> list[Part]:
        """Return the members beside a path, itself included, in file order."""
        branch = self.root
        for part in path[:-1]:
            child = branch.members[part]
            branch = child if isinstance(child, Branch) else branch
        return list(branch.members)

    @cached_property
    def is_flat(self) -> bool:
        """Tell whether keys with dots stand undivided at the top of this file."""
        dotted = any("." in str(key) for key in self.root.members)
        nested = any(isinstance(node, Branch) for node in self.root.members.values())
        return dotted or (bool(self.root.members) and not nested)


@dataclass(frozen=True)
class Layout:
    """What a parsed catalogue remembers of its file."""

    document: Document
    entries: tuple[Entry, ...]


def unedited(catalogue: Catalogue, template: bytes | None) -> bytes | None:
    """Return the bytes a catalogue was read from if nothing was changed since, else None."""
    layout = catalogue.layout
    if not isinstance(layout, Layout) or template not in (None, layout.document.data):
        return None
    old, new = layout.entries, catalogue.entries
    if old is new or (len(old) == len(new) and all(map(_same, old, new))):
        return layout.document.data
    return None


def _same(old: Entry, new: Entry) -> bool:
    return old is new or (old.key == new.key and old.text == new.text)


def template_of(catalogue: Catalogue, template: bytes | None) -> Document:
    """Return the document that a catalogue is written into: the template, its own file, or none.

    Raises:
        FormatError: The template is no JSON object.
    """
    layout = catalogue.layout
    own = layout.document if isinstance(layout, Layout) else None
    if own and template in (None, own.data):
        return own
    return Document.read(b"{}\n" if template is None else template)


def key_paths(
    catalogue: Catalogue, document: Document, keys: Mapping[str, object]
) -> dict[str, Path]:
    """Return where each key stands or, for a new one, where it belongs.

    A new key with dots is divided where the file divides its keys, and kept whole where the file
    keeps such keys whole or a text stands where a division would need an object.
    """
    layout = catalogue.layout
    source = layout.document.paths if isinstance(layout, Layout) else {}
    flat = document.is_flat
    paths: dict[str, Path] = {}
    for key in keys:
        path = document.paths.get(key) or source.get(key) or split(key)
        if len(path) > 1 and key not in document.paths:
            inside = isinstance(document.root.members.get(path[0]), Branch)
            crosses = any(join(path[:i]) in keys for i in range(1, len(path)))
            if crosses or (flat and not inside):
                path = (key,)
        paths[key] = path
    return paths
