"""What one language says of one string: its text, its devices, its substitutions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dpg_l10n.domain.message import CLDR_CATEGORIES, Plural, Text
from dpg_l10n.formats._tree import Branch, Leaf, Path

MAIN = ""
"""The slot of a string that is the same on all devices."""
DEVICE, SUBSTITUTION = "device.", "substitutions."
OTHER_DEVICE = f"{DEVICE}other"
SEPARATOR = "|==|"
"""Between the key of a string and a slot; Xcode's own, from its exports to XLIFF."""
NEW, TRANSLATED, NEEDS_REVIEW = "new", "translated", "needs_review"


class Unit(NamedTuple):
    """One ``stringUnit``."""

    path: Path
    """From the localization."""
    text: str
    state: str


class Slot(NamedTuple):
    """One text with its variants."""

    path: Path
    """Of what holds the ``stringUnit``, or the ``plural`` variants."""
    units: dict[str, Unit]
    """By plural category; by an empty label where there are no variants."""

    @property
    def is_plural(self) -> bool:
        """Tell whether there are variants."""
        return "" not in self.units

    @property
    def text(self) -> Text:
        """What it says."""
        if not self.is_plural:
            return self.units[""].text
        return Plural(tuple((label, unit.text) for label, unit in self.units.items()))


def entry_key(key: str, slot: str) -> str:
    """Return the key of an entry: that of the string, with the slot if it is not the main one."""
    return f"{key}{SEPARATOR}{slot}" if slot else key


def split_key(key: str) -> tuple[str, str]:
    """Return the key of a string and the slot that :func:`entry_key` made a key of."""
    head, _, slot = key.rpartition(SEPARATOR)
    return (head, slot) if slot.startswith((DEVICE, SUBSTITUTION)) else (key, MAIN)


def branch(node: Branch | None, *path: str) -> Branch | None:
    """Return the object at a path, None where there is none."""
    for part in path:
        if node is None or node.is_list:
            return None
        child = node.members.get(part)
        node = child if isinstance(child, Branch) else None
    return node if node is not None and not node.is_list else None


def said(node: Branch | None, part: str) -> str | None:
    """Return the text of a member, None where there is none."""
    leaf = node.members.get(part) if node is not None else None
    return leaf.text if isinstance(leaf, Leaf) else None


def slots(node: Branch | None) -> dict[str, Slot]:
    """Return what a localization says, by slot, in file order."""
    found: dict[str, Slot] = {}
    if node is None:
        return found
    if main := _slot(node, ()):
        found[MAIN] = main
    for device, each in _objects(branch(node, "variations", "device")):
        if slot := _slot(each, ("variations", "device", device)):
            found[f"{DEVICE}{device}"] = slot
    for name, each in _objects(branch(node, "substitutions")):
        if slot := _slot(each, ("substitutions", name)):
            found[f"{SUBSTITUTION}{name}"] = slot
    return found


def shown(found: Mapping[str, Slot], slot: str) -> Slot | None:
    """Return what an app shows in a slot, which another slot may say.

    Where the source varies by device and a language does not, its text stands for each device; the
    other way round that of the other devices (or the first) stands for all.
    """
    if slot in found or slot.startswith(SUBSTITUTION):
        return found.get(slot)
    if slot != MAIN:
        return found.get(MAIN)
    first = next((name for name in found if name.startswith(DEVICE)), MAIN)
    return found.get(OTHER_DEVICE) or found.get(first)


def _slot(node: Branch, path: Path) -> Slot | None:
    unit = _unit(node, path)
    if unit is not None:
        return Slot(path, {"": unit})
    path = (*path, "variations", "plural")
    units = {
        label: unit
        for label, each in _objects(branch(node, "variations", "plural"))
        if label in CLDR_CATEGORIES and (unit := _unit(each, (*path, label)))
    }
    return Slot(path, units) if units else None


def _unit(node: Branch, path: Path) -> Unit | None:
    unit = branch(node, "stringUnit")
    text = said(unit, "value")
    if text is None:
        return None
    return Unit((*path, "stringUnit"), text, said(unit, "state") or TRANSLATED)


def _objects(node: Branch | None) -> list[tuple[str, Branch]]:
    if node is None:
        return []
    return [
        (str(part), each)
        for part, each in node.members.items()
        if isinstance(each, Branch) and not each.is_list
    ]
