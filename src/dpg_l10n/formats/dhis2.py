"""Metadata of DHIS2, whose objects hold their translations (``docs/formats/dhis2.md``).

https://docs.dhis2.org/en/develop/using-the-api/dhis-core-version-master/i18n.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.formats._json import Document, Note, laid_out, named, said, shape
from dpg_l10n.formats._json.inside import Inside, Item, Reading, node_at, within
from dpg_l10n.formats._tree import Added, Branch, Edit, Leaf, Part, Path
from dpg_l10n.formats.spec import FormatSpec, Multilingual, PluralKind

_PROPERTIES = {
    "fromToName": "RELATIONSHIP_FROM_TO_NAME",
    "toFromName": "RELATIONSHIP_TO_FROM_NAME",
}
"""Names of properties that are not their member's in capitals."""
_TEXTS = (
    "name shortName description formName instruction title subtitle subjectTemplate messageTemplate"
    " fromToName toFromName numeratorDescription denominatorDescription executionDateLabel"
    " dueDateLabel enrollmentDateLabel incidentDateLabel domainAxisLabel rangeAxisLabel"
    " baseLineLabel targetLineLabel leftSideDescription rightSideDescription confirmationLabel"
    " eventLabel programStageLabel enrollmentLabel followUpLabel orgUnitLabel relationshipLabel"
    " noteLabel trackedEntityAttributeLabel"
)
_MEMBERS = frozenset(_TEXTS.split())
_PEOPLE = frozenset(
    {"user", "users", "createdBy", "lastUpdatedBy", "sharing", "userGroups", "system"}
)
"""Members with names that are nobody's to translate."""
_SHORT = 50
"""Most characters of a short name."""
_TRANSLATION = ("property", "locale", "value")


def _property(member: str) -> str:
    """Return the name of a member as translations say it: ``shortName``, ``SHORT_NAME``."""
    return _PROPERTIES.get(member) or re.sub(r"(?<=[a-z])([A-Z])", r"_\1", member).upper()


def read(text: str, root: Branch) -> Reading:
    """Return the texts of every object with an identifier, and their translations."""
    del text
    found = Reading()
    waiting: list[tuple[Branch, Path, str]] = [(root, (), "object")]
    while waiting:
        branch, path, kind = waiting.pop()
        identity = said(branch, "id")
        if identity:
            name: Path = (kind, identity)
            found.objects.setdefault(name, path)
            _read_object(found, branch, path, name)
        below: list[tuple[Branch, Path, str]] = []
        for part, node in branch.members.items():
            if isinstance(node, Branch) and part not in _PEOPLE and part != "translations":
                below.append((node, (*path, part), kind if branch.is_list else str(part)))
        waiting += reversed(below)
    found.items.sort(key=lambda item: item.leaf.start)
    return found


def _read_object(found: Reading, branch: Branch, path: Path, name: Path) -> None:
    translations: dict[str, dict[str, tuple[Path, Leaf]]] = {}
    held = branch.members.get("translations")
    for part, node in held.members.items() if isinstance(held, Branch) else ():
        value = named(node, "value")
        if value is not None and said(node, "locale"):
            place = (*path, "translations", part, "value")
            of_property = translations.setdefault(said(node, "property").upper(), {})
            of_property.setdefault(said(node, "locale"), (place, value))
    for part, node in branch.members.items():
        if part in _MEMBERS and isinstance(node, Leaf) and node.text is not None:
            note = Note(str(name[0]), "", _SHORT if part == "shortName" else None)
            languages = translations.get(_property(str(part)), {})
            found.items.append(Item((*name, part), (*path, part), node, note, languages))


def _say(document: Document, edit: Edit, item: Item, language: str, text: str | None) -> None:
    """Change, add or take out one of an object's translations."""
    held = item.said.get(language)
    if held is not None:
        *above, index, value = held[0]
        if text is None:
            within(edit, tuple(above)).gone.add(index)
        else:
            within(edit, (*above, index)).texts[value] = text
        return
    path = item.path[:-1]
    owner = node_at(document.root, path)
    translations = owner.members.get("translations")
    new = dict(
        zip(_TRANSLATION, (_property(str(item.path[-1])), language, text or ""), strict=True)
    )
    if isinstance(translations, Branch):
        last: Part | None = next(reversed(translations.members), None)
        members = within(edit, (*path, "translations")).added.setdefault(last, {})
        members[len(translations.members) + len(members)] = _like(document, translations, new)
        return
    change = within(edit, path)
    anchor: Part | None = next(reversed(owner.members), None)
    if translations is not None:
        change.gone.add("translations")
        anchor = "translations"
    held_new = change.added.setdefault(anchor, {}).setdefault("translations", {})
    if isinstance(held_new, dict):
        held_new[len(held_new)] = dict[Part, Added](new.items())


def _like(document: Document, translations: Branch, new: dict[str, str]) -> Added:
    """Return a new translation laid out as the object's first."""
    sample = translations.members.get(0)
    if not isinstance(sample, Branch):
        return dict[Part, Added](new.items())
    order = [str(part) for part in sample.members if part in new]
    fields = {part: new[part] for part in (*order, *new)}
    return laid_out(document.text[sample.start : sample.end], fields)


def _make(texts: Iterable[tuple[Path, str]]) -> object:
    """Return a metadata file of the objects that texts are about."""
    made: dict[str, dict[str, dict[str, str]]] = {}
    for name, text in texts:
        kind, identity, member = (*map(str, name[-3:]), "", "")[:3]
        made.setdefault(kind, {}).setdefault(identity, {"id": identity})[member] = text
    return {kind: list(objects.values()) for kind, objects in made.items()}


_INSIDE = Inside("dhis2", read, _say, _make)


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the texts of the objects themselves.

    Raises:
        FormatError: The bytes are no JSON object or list; two objects of a kind have one
            identifier.
    """
    del source  # the file holds its own
    return _INSIDE.parse(data, None)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a metadata file in which one language says its texts.

    Raises:
        FormatError: The template is no JSON; a text has plural variants; a new text has no object
            to belong to.
    """
    return _INSIDE.serialize(catalogue, template)


def sniff(path: str, head: bytes) -> bool:
    """Tell whether objects of a JSON file hold translations."""
    if not path.lower().endswith(".json") or b'"translations"' not in head:
        return False
    leaves = shape(head).leaves
    return any(keys.issuperset(_TRANSLATION) or {"id", "translations"} <= keys for keys in leaves)


FORMAT = FormatSpec(
    name="dhis2",
    title="DHIS2 metadata",
    suffixes=(".json",),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    multilingual=Multilingual(_INSIDE.languages, _INSIDE.parse),
    placeholders=("brace",),
)
"""The format, as detection and the services know it."""
