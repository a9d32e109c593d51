"""A JSON file in memory: its bytes, its tree, its keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.formats._json.scan import scan
from dpg_l10n.formats._json.view import View
from dpg_l10n.formats._text import decode
from dpg_l10n.formats._tree import Branch, Leaf, Part, Path, Place, join, places, split

Look = Callable[[str, Branch], View]
"""Say which values of a file are the messages of a dialect."""

Syntax = Callable[[str], View]
"""Read a text that is no plain JSON."""


@dataclass(frozen=True)
class Document:
    """A JSON file and what it means. Made by :meth:`read`."""

    data: bytes
    text: str
    encoding: str
    scan: Syntax
    """Reads the text; called when the places of its values are first asked for."""

    @classmethod
    def read(cls, data: bytes, look: Look | None = None, syntax: Syntax | None = None) -> Document:
        """Read a file that is one JSON object, or a list where a dialect looks at it.

        Args:
            data: The whole file.
            look: Says what the messages of a dialect are; None where every text is one.
            syntax: Reads another syntax than JSON's.

        Raises:
            FormatError: As :func:`~dpg_l10n.formats._text.decode`, ``scan`` and ``look`` raise it.
        """
        document = cls.later(data, look, syntax)
        _ = document.view
        return document

    @classmethod
    def later(cls, data: bytes, look: Look | None = None, syntax: Syntax | None = None) -> Document:
        """Return a document that is scanned when it has to be.

        Raises:
            FormatError: As :func:`~dpg_l10n.formats._text.decode` raises it.
        """
        text, encoding = decode(data)
        if syntax is None:
            syntax = partial(_looked_at, look=look) if look else _plain
        return cls(data, text, encoding, syntax)

    @cached_property
    def view(self) -> View:
        """What the syntax or dialect says of the file."""
        return self.scan(self.text)

    @property
    def root(self) -> Branch:
        """Every value; in a dialect only its messages have a text (:class:`View`)."""
        return self.view.root

    @cached_property
    def places(self) -> list[Place]:
        """Every text under its key."""
        return places(self.view.root)

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

    def branch(self, path: Path) -> Branch:
        """Return the object or list at a path."""
        node: Branch | Leaf | None = self.root
        for part in path:
            node = node.members[part] if isinstance(node, Branch) else None
        return node if isinstance(node, Branch) else self.root

    @cached_property
    def keeps_dots(self) -> bool:
        """Tell whether keys with dots stand undivided at the top of this file."""
        return any("." in str(key) for key in self.root.members)

    @cached_property
    def divides(self) -> bool:
        """Tell whether texts stand inside objects or lists."""
        return any(isinstance(node, Branch) for node in self.root.members.values())


def _plain(text: str) -> View:
    return View(scan(text))


def _looked_at(text: str, *, look: Look) -> View:
    return look(text, scan(text, lists=True))


@dataclass(frozen=True)
class Layout:
    """What a parsed catalogue remembers of its file."""

    document: Document
    entries: tuple[Entry, ...]
    source: Document | None = None
    """Source of the file, which shows how new texts stand; None in the source itself."""
    language: str | None = None
    """Language that the file names."""


def source_of(catalogue: Catalogue | None) -> Document | None:
    """Return the file of a parsed source, None where there is none."""
    layout = catalogue.layout if catalogue else None
    return layout.document if isinstance(layout, Layout) else None


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


def template_of(
    catalogue: Catalogue,
    template: bytes | None,
    look: Look | None = None,
    empty: bytes = b"{}\n",
    syntax: Syntax | None = None,
) -> Document:
    """Return the document that a catalogue is written into: the template, its own file, or none.

    Raises:
        FormatError: The template is no file of the dialect.
    """
    layout = catalogue.layout
    own = layout.document if isinstance(layout, Layout) else None
    if own and template in (None, own.data):
        return own
    return Document.read(empty if template is None else template, look, syntax)


def key_paths(
    catalogue: Catalogue, document: Document, keys: Mapping[str, object]
) -> dict[str, Path]:
    """Return where each key stands or, for a new one, where it belongs.

    A new key with dots is divided where the file divides its keys, and kept whole where the file
    keeps such keys whole, a text stands where a division would need an object, or it is no path
    but words (``Save as. Really?``). In a file that shows neither it stands as in the source.
    """
    layout = catalogue.layout
    model = layout.source if isinstance(layout, Layout) else None
    if document.keeps_dots or (model and document.divides and not model.divides):
        model = None
    shown = model.keeps_dots if model else bool(document.root.members)
    flat = document.keeps_dots or (shown and not document.divides)
    known = model.paths if model else {}
    read: Mapping[str, Path] = {}
    if isinstance(layout, Layout) and layout.source is None:
        read = layout.document.paths
    paths: dict[str, Path] = {}
    for key in keys:
        path = document.paths.get(key) or known.get(key) or read.get(key) or split(key)
        if len(path) > 1 and key not in document.paths:
            inside = isinstance(document.root.members.get(path[0]), Branch)
            crosses = any(join(path[:i]) in keys for i in range(1, len(path)))
            if crosses or (not inside and key not in known and (flat or _is_words(path))):
                path = (key,)
        paths[key] = path
    return paths


def _is_words(path: Path) -> bool:
    """Tell whether a key with dots is a text, since no name of an object is like its parts."""
    return any(isinstance(part, str) and (not part or any(map(str.isspace, part))) for part in path)
