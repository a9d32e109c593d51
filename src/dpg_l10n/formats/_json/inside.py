"""JSON files that hold the source and all languages, in the objects that the texts are about."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from dpg_l10n.domain.catalogue import NO_FLAGS, Catalogue, Entry
from dpg_l10n.domain.message import Plural
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._json.document import Document, Layout, template_of, unedited
from dpg_l10n.formats._json.view import Note, View
from dpg_l10n.formats._json.write import apply
from dpg_l10n.formats._text import place
from dpg_l10n.formats._tree import Branch, Edit, Leaf, Part, Path, join, split
from dpg_l10n.i18n import N_


@dataclass(slots=True)
class Item:
    """One text of the source, with its translations."""

    name: Path
    """Its identity: that of its object and the member that holds it."""
    path: Path
    """Where the text stands."""
    leaf: Leaf
    note: Note = field(default_factory=Note)
    said: dict[str, tuple[Path, Leaf]] = field(default_factory=dict)
    """Where each language says it."""


@dataclass(slots=True)
class Reading:
    """What is in a file."""

    items: list[Item] = field(default_factory=list)
    objects: dict[Path, Path] = field(default_factory=dict)
    """Where each object stands that may have texts, by its identity."""
    language: str | None = None
    """Language of the source, None where the file does not say."""


@dataclass(frozen=True)
class Inside:
    """How one format holds its languages."""

    name: str
    read: Callable[[str, Branch], Reading]
    say: Callable[[Document, Edit, Item, str, str | None], None]
    """Add to a change that a language says a text, or nothing."""
    make: Callable[[Iterable[tuple[Path, str]]], object]
    """Return a new file, as Python's values, of identities and texts."""

    def languages(self, data: bytes) -> tuple[str, ...]:
        """Return the languages beside the source, in file order.

        Raises:
            FormatError: The bytes are no file of the format.
        """
        document = self._document(data, None)
        found = self.read(document.text, document.root)
        return tuple(dict.fromkeys(name for item in found.items for name in item.said))

    def parse(self, data: bytes, language: str | None) -> Catalogue:
        """Return the texts of one language under the keys of the source; of the source for None.

        Raises:
            FormatError: The bytes are no file of the format; ``duplicate``: two texts have one
                identity.
        """
        document = self._document(data, language)
        found = self.read(document.text, document.root)
        keys = _keys(document, found)
        entries = []
        line, at = 1, 0
        for key, item in keys.items():
            line += document.text.count("\n", at, item.leaf.start)
            at = item.leaf.start
            leaf = item.leaf if language is None else item.said.get(language, ((), None))[1]
            text = (leaf.text if leaf else None) or ""
            notes, context, limit = item.note
            entries.append(Entry(key, text, None, context, notes, "", NO_FLAGS, None, limit, line))
        return Catalogue(
            self.name, tuple(entries), language or found.language,
            encoding=document.encoding, layout=Layout(document, tuple(entries)),
        )  # fmt: skip

    def serialize(self, catalogue: Catalogue, template: bytes | None) -> bytes:
        """Return the bytes of a file in which the language of a catalogue says its texts.

        Raises:
            FormatError: The template is no file of the format; a text has plural variants; a new
                source text has no object to belong to.
        """
        layout, language = catalogue.layout, catalogue.language
        same = unedited(catalogue, template)
        if same is not None and isinstance(layout, Layout):
            view = layout.document.view
            found = self.read(layout.document.text, layout.document.root)
            if language in (view.language, found.language if not view.language else None):
                return same
        texts = {entry.key: _text(entry) for entry in catalogue.entries}
        if template is None and not isinstance(layout, Layout):
            made = self.make([(split(key), text) for key, text in texts.items()])
            return (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode()
        document = template_of(catalogue, template, partial(_look, language=None))
        found = self.read(document.text, document.root)
        edit = Edit()
        if language is None or language == found.language:
            _say_source(document, edit, found, texts)
        else:
            for key, item in _keys(document, found).items():
                said = item.said.get(language)
                text = texts.get(key) or None
                if text != (said[1].text or None if said else None):
                    self.say(document, edit, item, language, text)
        return apply(document, edit)

    def _document(self, data: bytes, language: str | None) -> Document:
        return Document.read(data, partial(_look, language=language))


def _look(text: str, root: Branch, *, language: str | None) -> View:
    del text
    return View(root, language=language)


def within(edit: Edit, path: Path) -> Edit:
    """Return the change inside the branch at a path."""
    for part in path:
        edit = edit.inner.setdefault(part, Edit())
    return edit


def node_at(root: Branch, path: Path) -> Branch:
    """Return the branch at a path that is there."""
    for part in path:
        child = root.members[part]
        root = child if isinstance(child, Branch) else root
    return root


def _keys(document: Document, found: Reading) -> dict[str, Item]:
    keys: dict[str, Item] = {}
    for item in found.items:
        key = join(item.name)
        if key in keys:
            line, column = place(document.text, item.leaf.start)
            raise FormatError(
                N_("The key “{key}” is there twice, first in line {first}. Remove one of the two."),
                code="duplicate", line=line, column=column, key=key,
                first=place(document.text, keys[key].leaf.start)[0],
            )  # fmt: skip
        keys[key] = item
    return keys


def _say_source(document: Document, edit: Edit, found: Reading, texts: dict[str, str]) -> None:
    """Add to a change what the source says."""
    items = _keys(document, found)
    last: dict[Path, Part] = {}
    for key, item in items.items():
        owner = within(edit, item.path[:-1])
        if key not in texts:
            owner.gone.add(item.path[-1])
        elif texts[key] != item.leaf.text:
            owner.texts[item.path[-1]] = texts[key]
    for key, text in texts.items():
        name = split(key)
        owner_path = found.objects.get(name[:-1])
        if key not in items:
            if owner_path is None:
                raise FormatError(
                    N_("“{key}” names no object of the file. Texts belong to what they describe."),
                    code="path", key=key,
                )  # fmt: skip
            _add(document, edit, owner_path, name[-1], last.get(name[:-1]), text)
        elif owner_path is not None:
            last[name[:-1]] = items[key].path[len(owner_path)]


def _add(
    document: Document, edit: Edit, path: Path, part: Part, after: Part | None, text: str
) -> None:
    """Add a source text to an object, beside the languages that it may already have."""
    there = node_at(document.root, path).members.get(part)
    if isinstance(there, Branch):
        within(edit, (*path, part)).added.setdefault(None, {})[""] = text
        return
    owner = within(edit, path)
    if there is not None:
        owner.gone.add(part)
        after = part
    owner.added.setdefault(after, {})[part] = text


def _text(entry: Entry) -> str:
    if isinstance(entry.text, Plural):
        raise FormatError(
            N_("“{key}” has plural variants, which this format cannot hold. Use ICU messages."),
            code="plural", key=entry.key,
        )  # fmt: skip
    return entry.text
