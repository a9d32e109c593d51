"""Flutter's Application Resource Bundles (``docs/formats/arb.md``).

https://github.com/google/app-resource-bundle/wiki/ApplicationResourceBundleSpecification
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._json import (
    Dialect,
    Document,
    Member,
    Note,
    Skimmed,
    View,
    hidden,
    named,
    parse_records,
    require_object,
    said,
    serialize_records,
    shape,
    top,
)
from dpg_l10n.formats._tree import Branch, Edit, Leaf, Part
from dpg_l10n.formats.spec import FormatSpec, PluralKind
from dpg_l10n.i18n import N_

_LOCALE = "@@locale"


def look(text: str, root: Branch) -> View:
    """Return the resources of a bundle; each with the attributes beside it is one message.

    Raises:
        FormatError: ``root``: the file is a list.
    """
    require_object(text, root)
    view = View(top(root))
    mark = named(root, _LOCALE)
    if mark:
        view.language, view.marks = mark.text, [mark]
    members = view.root.members
    items: list[tuple[str, Leaf | Branch]] = [(str(p), node) for p, node in root.members.items()]
    taken = False
    for (key, node), (next_key, after) in pairwise([*items, ("", root)]):
        if taken:
            taken = False
        elif key[:1] != "@" and isinstance(node, Leaf) and node.text is not None:
            taken = next_key == f"@{key}"
            members[key] = node._replace(end=after.end) if taken else node
            if taken:
                view.texts[node.start] = (node.start, node.end)
                _describe(view, node, after)
        elif key == f"@{next_key}" and isinstance(after, Leaf) and after.text is not None:
            taken = True
            members[next_key] = after._replace(key_start=node.key_start)
            _describe(view, after, node)
        else:
            members[key] = hidden(node)
    return view


def _describe(view: View, leaf: Leaf, attributes: Leaf | Branch) -> None:
    notes, context = said(attributes, "description"), said(attributes, "context")
    if notes or context:
        view.notes[leaf.start] = Note(notes, context)


def look_bare(text: str, root: Branch) -> View:
    """Return the resources of a bundle without the attributes beside them."""
    view = look(text, root)
    members: dict[Part, Leaf | Branch] = {
        part: hidden(node) if str(part)[:1] == "@" or isinstance(node, Branch) else node
        for part, node in root.members.items()
    }
    view.root.members, view.texts = members, {}
    return view


def _skim(members: list[Member]) -> tuple[str | None, list[Skimmed]]:
    language: str | None = None
    found: list[Skimmed] = []
    before, held = "", None  # the member before, unless it was told what it is about
    for key, start, value in members:
        note, taken = None, False
        if key[:1] == "@":
            if key == _LOCALE and isinstance(value, str):
                language = value
            if isinstance(held, str) and before and key == f"@{before}" and before[:1] != "@":
                found[-1] = (*found[-1][:3], _attributes(value))
                taken = True
        elif isinstance(value, str):
            if before == f"@{key}":
                note, taken = _attributes(held), True
            found.append((key, value, start, note))
        before, held = ("", None) if taken else (key, value)
    return language, found


def _attributes(value: object) -> Note | None:
    if not isinstance(value, dict):
        return None
    said = [value.get("description"), value.get("context")]
    notes, context = (text if isinstance(text, str) else "" for text in said)
    return Note(notes, context) if notes or context else None


_DIALECT = Dialect("arb", look, skim=_skim)
_BARE = Dialect("arb", look_bare)


@dataclass(frozen=True)
class _Begun:
    """Layout of a new language's catalogue: what the source says about its texts is not wanted."""


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return every resource of a bundle.

    Raises:
        FormatError: The bytes are no JSON object; the code says why.
    """
    return parse_records(_DIALECT, data, source)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a bundle with the texts of a catalogue.

    Raises:
        FormatError: The template is no bundle; a text has plural variants; a key begins with
            ``@``, which marks attributes.
    """
    begun = isinstance(catalogue.layout, _Begun)
    for entry in catalogue.entries:
        if entry.key[:1] == "@":
            raise FormatError(
                N_("“{key}” cannot be the key of a text here: “@” marks what is said about one."),
                code="key", key=entry.key,
            )  # fmt: skip

    def adjust(document: Document, edit: Edit) -> None:
        keys = [str(part) for part in document.root.members]
        if begun:
            edit.gone |= {key for key in keys if key[:1] == "@" and key[:2] != "@@"}
        if catalogue.language and not keys:
            edit.added[None] = {_LOCALE: catalogue.language, **edit.added.get(None, {})}

    return serialize_records(_BARE if begun else _DIALECT, catalogue, template, adjust)


def begin(source: Catalogue, language: str) -> Catalogue:
    """Return the empty catalogue of a new language."""
    return Catalogue("arb", (), language, encoding=source.encoding, layout=_Begun())


def sniff(path: str, head: bytes) -> bool:
    """Tell by its ending whether a file is a bundle."""
    return path.lower().endswith(".arb") and shape(head).root != "["


FORMAT = FormatSpec(
    name="arb",
    title="Flutter ARB",
    suffixes=(".arb",),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    begin=begin,
    placeholders=("brace", "icu"),
)
"""The format, as detection and the services know it."""
