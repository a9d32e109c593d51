"""A list of records as a tree that has them by their ids, and what changes in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import cast

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import CLDR_CATEGORIES, Plural, Text
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._text import place
from dpg_l10n.formats._tree import Added, Branch, Edit, Leaf, Path, plan
from dpg_l10n.i18n import N_

ID = "id"
TRANSLATION = "translation"
_HIDDEN = "\0"
"""Begins the part of a record that is no message."""
_CATEGORIES = frozenset(CLDR_CATEGORIES)
_ALONE = ("other",)
"""Form of a message whose text is the same for every number, or has no number in it."""


def by_id(text: str, root: Branch, start_of: Callable[[Leaf | Branch], int]) -> Branch:
    """Return a list of records as a mapping of ids, in which only translations have texts.

    Args:
        text: The whole file.
        root: What is at its top.
        start_of: Returns where a record begins, with the mark of a list's item where it has one.

    Raises:
        FormatError: ``root``: it is no list; ``duplicate``: two records have one id.
    """
    if not root.is_list:
        line, column = place(text, root.start)
        raise FormatError(
            N_("A list of records ({record}) is needed at the top level."),
            code="root", line=line, column=column, record='{"id": …, "translation": …}',
        )  # fmt: skip
    view = Branch(root.key_start, root.start, is_list=False, flow=root.flow)
    view.end = root.end
    for part, node in root.members.items():
        start = start_of(node)
        key = _id(node)
        if key is None or not isinstance(node, Branch):
            view.members[f"{_HIDDEN}{part}"] = Leaf(start, node.start, node.end, None)
            continue
        first = view.members.get(key)
        if first is not None:
            line, column = place(text, start)
            raise FormatError(
                N_("The key “{key}” is there twice, first in line {first}. Remove one of the two."),
                code="duplicate", line=line, column=column, key=key,
                first=place(text, first.key_start)[0],
            )  # fmt: skip
        view.members[key] = _record(node, start)
    return view


def _id(node: Leaf | Branch) -> str | None:
    if not isinstance(node, Branch) or node.is_list:
        return None
    leaf = node.members.get(ID)
    return leaf.text or None if isinstance(leaf, Leaf) else None


def _record(node: Branch, start: int) -> Branch:
    """Return a record that goes as a whole when its translation does."""
    record = Branch(start, node.start, is_list=False, flow=node.flow, pinned=node.pinned)
    record.end = node.end
    said = node.members.get(TRANSLATION)
    if said is None:
        for part, member in node.members.items():
            record.members[part] = Leaf(member.key_start, member.start, member.end, None)
    elif isinstance(said, Leaf) or _is_plural(said):
        record.members[TRANSLATION] = said
    else:
        record.members[TRANSLATION] = Leaf(said.key_start, said.start, said.end, None)
    return record


def _is_plural(node: Branch) -> bool:
    return (
        not node.is_list
        and bool(node.members)
        and node.members.keys() <= _CATEGORIES
        and all(isinstance(form, Leaf) for form in node.members.values())
    )


def entries(
    text: str, root: Branch, notes: Callable[[int], str], source: Catalogue | None
) -> tuple[Entry, ...]:
    """Return the messages of a list.

    Args:
        text: The whole file.
        root: As :func:`by_id` returns it.
        notes: Returns what is said of the record that begins at a place.
        source: The parsed source file: ``other`` alone is a plural where it is one there.
    """
    plurals = {e.key for e in source.entries if isinstance(e.text, Plural)} if source else set()
    found: list[Entry] = []
    line, at = 1, 0
    for key, record in root.members.items():
        said = _text(record)
        if said is None:
            continue
        if isinstance(said, Plural) and said.labels == _ALONE and key not in plurals:
            said = said.forms[0][1]
        line += text.count("\n", at, record.key_start)
        at = record.key_start
        found.append(Entry(str(key), said, notes=notes(record.key_start), line=line))
    return tuple(found)


def _text(record: Leaf | Branch) -> Text | None:
    node = record.members.get(TRANSLATION) if isinstance(record, Branch) else None
    if not isinstance(node, Branch):
        return node.text if node is not None else None
    said = _forms(node)
    return Plural(said) if said else None


def _forms(node: Branch) -> tuple[tuple[str, str], ...]:
    """Return the variants of a translation; one without a value is none."""
    forms = cast("Iterable[tuple[str, Leaf]]", node.members.items())
    return tuple((label, leaf.text) for label, leaf in forms if leaf.text is not None)


def changes(root: Branch, catalogue: Catalogue) -> Edit:
    """Return what must change for a list to hold the messages of a catalogue and no others.

    New records are numbered: they go where their place in the list is, not under a key.

    Raises:
        FormatError: ``format.key``: a message without an id; ``format.plural``: variants that are
            named otherwise than CLDR's.
    """
    wanted: list[tuple[Path, str]] = []
    for key, entry in catalogue.by_key().items():
        if not key or key.startswith(_HIDDEN):
            raise FormatError(N_("A record needs an id."), code="key")
        if not isinstance(entry.text, Plural):
            inside = _ALONE if _has_other_alone(root.members.get(key)) else ()
            wanted.append(((key, TRANSLATION, *inside), entry.text))
            continue
        if not (entry.text.forms and set(entry.text.labels) <= _CATEGORIES):
            raise FormatError(
                N_("“{key}”: plural variants are named by CLDR’s categories here, not {given}."),
                code="plural", key=key, given=", ".join(entry.text.labels),
            )  # fmt: skip
        wanted += (((key, TRANSLATION, label), form) for label, form in entry.text.forms)
    edit = plan(root, wanted)
    for anchor, members in edit.added.items():
        edit.added[anchor] = {
            number: {ID: str(key), **cast("dict[str | int, Added]", value)}
            for number, (key, value) in enumerate(members.items())
        }
    return edit


def _has_other_alone(record: Leaf | Branch | None) -> bool:
    node = record.members.get(TRANSLATION) if isinstance(record, Branch) else None
    return isinstance(node, Branch) and tuple(label for label, _ in _forms(node)) == _ALONE


_ITEM = re.compile(
    r"""^[ \t]*-[ \t]+(?:\{[ \t]*)?["']?(?:id|translation)["']?[ \t]*:""", re.MULTILINE
)
_MEMBER = re.compile(
    r"""^[ \t]+["']?(?:id|translation)["']?[ \t]*:|,[ \t]*translation:""", re.MULTILINE
)
_ANY_ITEM = re.compile(r"^-[ \t]", re.MULTILINE)


def looks_listed(text: str) -> bool:
    """Tell whether the beginning of a YAML file is a list of such records."""
    items = len(_ITEM.findall(text))
    every = len(_ANY_ITEM.findall(text))
    return items > 0 and items * 5 >= every * 4 and len(_MEMBER.findall(text)) * 5 >= items * 4
