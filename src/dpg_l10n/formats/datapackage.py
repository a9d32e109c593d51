"""Titles and descriptions of data packages (``docs/formats/datapackage.md``).

https://datapackage.org/standard/data-package/ and https://datapackage.org/recipes/language-support/
"""

from __future__ import annotations

from collections.abc import Iterable

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.formats._json import Document, named, said, shape
from dpg_l10n.formats._json.inside import Inside, Item, Reading, within
from dpg_l10n.formats._tree import Branch, Edit, Leaf, Path
from dpg_l10n.formats.spec import FormatSpec, Multilingual, PluralKind

_TEXTS = ("title", "description", "label")
_LISTS = ("resources", "fields", "categories")
_DEFAULT = ""
"""Name of the source within an object of languages."""


def read(text: str, root: Branch) -> Reading:
    """Return the texts of the package, its resources, their fields and categories."""
    del text
    found = Reading(objects={(): ()})
    declared = root.members.get("languages")
    first = declared.members.get(0) if isinstance(declared, Branch) else None
    found.language = first.text if isinstance(first, Leaf) else None
    waiting: list[tuple[Branch, Path, Path]] = [(root, (), ())]
    while waiting:
        branch, path, name = waiting.pop()
        found.objects.setdefault(name, path)
        for part in branch.members:
            if part in _TEXTS:
                _read_text(found, branch, path, name, str(part))
        waiting += reversed(_below(branch, path, name))
    found.items.sort(key=lambda item: item.leaf.start)
    return found


def _below(branch: Branch, path: Path, name: Path) -> list[tuple[Branch, Path, Path]]:
    """Return the objects of an object that may have texts, each by its own name where it has one."""
    schema = branch.members.get("schema")
    places = [(branch, path)]
    if isinstance(schema, Branch) and not schema.is_list:
        places.append((schema, (*path, "schema")))
    found = []
    for holder, place in places:
        for part in _LISTS:
            held = holder.members.get(part)
            if not isinstance(held, Branch) or not held.is_list:
                continue
            names = [said(node, "name") or said(node, "value") for node in held.members.values()]
            for (index, node), own in zip(held.members.items(), names, strict=True):
                if isinstance(node, Branch) and not node.is_list:
                    unique = own if own and names.count(own) == 1 else index
                    found.append((node, (*place, part, index), (*name, part, unique)))
    return found


def _read_text(found: Reading, branch: Branch, path: Path, name: Path, part: str) -> None:
    node = branch.members[part]
    if isinstance(node, Leaf):
        if node.text is not None:
            found.items.append(Item((*name, part), (*path, part), node))
        return
    own = _DEFAULT if named(node, _DEFAULT) else found.language or ""
    source = named(node, own)
    if source is None:
        return
    languages = {
        str(language): ((*path, part, language), leaf)
        for language in node.members
        if language != own and (leaf := named(node, str(language)))
    }
    item = Item((*name, part), (*path, part, own), source, said=languages)
    found.items.append(item)


def _say(document: Document, edit: Edit, item: Item, language: str, text: str | None) -> None:
    """Change, add or take out one language of a text."""
    held = item.said.get(language)
    if held is not None:
        owner = within(edit, held[0][:-1])
        if text is None:
            owner.gone.add(language)
        else:
            owner.texts[language] = text
        return
    _declare(document, edit, language)
    *above, last = item.path
    if item.path[-1] != item.name[-1]:
        anchor = next(reversed([last, *item.said]))
        within(edit, tuple(above)).added.setdefault(anchor, {})[language] = text
        return
    owner = within(edit, tuple(above))
    owner.gone.add(last)
    owner.added[last] = {last: {_DEFAULT: item.leaf.text or "", language: text}}


def _declare(document: Document, edit: Edit, language: str) -> None:
    """Add a language to those that the package declares, if it declares any."""
    declared = document.root.members.get("languages")
    if not isinstance(declared, Branch) or not declared.is_list or not declared.members:
        return
    known = [node.text for node in declared.members.values() if isinstance(node, Leaf)]
    if language not in known:
        count = len(declared.members)
        within(edit, ("languages",)).added[count - 1] = {count: language}


def _make(texts: Iterable[tuple[Path, str]]) -> object:
    """Return a package of the objects that texts are about."""
    made: dict[str, object] = {}
    for name, text in texts:
        at = made
        for part, own in zip(name[:-1:2], name[1:-1:2], strict=False):
            holder = at.setdefault("schema", {}) if part == "fields" else at
            held = holder.setdefault(str(part), []) if isinstance(holder, dict) else []
            at = _member(held if isinstance(held, list) else [], part, own)
        at[str(name[-1])] = text
    return made


def _member(held: list[dict[str, object]], part: str | int, own: str | int) -> dict[str, object]:
    """Return the object of a list with a name, or at an index; a new one where it has none."""
    known = "value" if part == "categories" else "name"
    if isinstance(own, int):
        held += [{} for _ in range(len(held), own + 1)]
        return held[own]
    found = next((each for each in held if each.get(known) == own), None)
    if found is None:
        found = {known: own}
        held.append(found)
    return found


_INSIDE = Inside("datapackage", read, _say, _make)


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the texts of a package in its own language.

    Raises:
        FormatError: The bytes are no JSON.
    """
    del source  # the file holds its own
    return _INSIDE.parse(data, None)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a package in which one language says its texts.

    Raises:
        FormatError: The template is no JSON; a text has plural variants; a new text has no object
            to belong to.
    """
    return _INSIDE.serialize(catalogue, template)


def sniff(path: str, head: bytes) -> bool:
    """Tell by name and members whether a file is the descriptor of a data package."""
    name = path.rpartition("/")[2].lower()
    is_named = name == "datapackage.json" or name.endswith(".datapackage.json")
    return is_named and "resources" in shape(head).keys


FORMAT = FormatSpec(
    name="datapackage",
    title="Data package descriptor",
    suffixes=(".json",),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    multilingual=Multilingual(_INSIDE.languages, _INSIDE.parse),
)
"""The format, as detection and the services know it."""
