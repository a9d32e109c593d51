"""Read Apple string catalogues."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from dpg_l10n.domain.catalogue import FUZZY, NO_FLAGS, Catalogue, Entry
from dpg_l10n.domain.message import Plural, Text, texts
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text
from dpg_l10n.formats._json import Document, View, scan
from dpg_l10n.formats._tree import Branch, Leaf
from dpg_l10n.formats.xcstrings.slots import (
    MAIN,
    NEEDS_REVIEW,
    NEW,
    Slot,
    branch,
    entry_key,
    said,
    shown,
    slots,
)
from dpg_l10n.i18n import N_

STALE = frozenset({"stale"})
"""Flag of a string that Xcode no longer finds in the code."""
_UNSURE = frozenset({FUZZY})


class String(NamedTuple):
    """One string of the file with its localization in one language."""

    key: str
    node: Branch
    localization: Branch | None


@dataclass(frozen=True)
class Layout:
    """One parsed file, and what one language says in it."""

    document: Document
    source_language: str
    entries: tuple[Entry, ...]
    strings: Branch


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the source texts of a file.

    Args:
        data: The whole file.
        source: Not needed: the file says itself which texts are plurals.

    Raises:
        FormatError: The bytes are no JSON object, or no string catalogue.
    """
    return read(open_document(data), None)


def parse_language(data: bytes, language: str) -> Catalogue:
    """Return the texts of one language under the keys of the source, empty where there are none.

    Raises:
        FormatError: As :func:`parse`.
    """
    return read(open_document(data), language)


def languages(data: bytes) -> tuple[str, ...]:
    """Return the languages beside the source, in the order in which they first occur.

    Raises:
        FormatError: As :func:`parse`.
    """
    document = open_document(data)
    own = said(document.root, "sourceLanguage")
    found: dict[str, None] = {}
    strings = branch(document.root, "strings")
    for node in strings.members.values() if strings is not None else ():
        local = branch(node, "localizations") if isinstance(node, Branch) else None
        found.update(dict.fromkeys(map(str, local.members if local is not None else ())))
    return tuple(name for name in found if name != own)


def sniff(path: str, head: bytes) -> bool:
    """Tell whether a file is a string catalogue; broken ones are, so that reading them says why."""
    return path.lower().endswith(".xcstrings") and b"\0" not in head[:4]


@lru_cache(maxsize=1)  # the languages of a file are read one after another
def open_document(data: bytes) -> Document:
    """Return the tree of a file that has the two members of every string catalogue.

    Raises:
        FormatError: As :func:`parse`.
    """
    text, encoding = _text.decode(data)
    root = scan(text)
    if branch(root, "strings") is None or said(root, "sourceLanguage") is None:
        line, column = _text.place(text, root.start)
        raise FormatError(
            N_("This is no string catalogue: an object “strings” and a text “sourceLanguage” are "
               "needed at the top level."),
            code="structure", line=line, column=column,
        )  # fmt: skip
    return Document(data, text, encoding, lambda _: View(root))


def read(document: Document, language: str | None) -> Catalogue:
    """Return what one language says, None for the source."""
    own = said(document.root, "sourceLanguage") or ""
    strings = branch(document.root, "strings") or Branch(0, 0, is_list=False)
    is_source = language is None or language == own
    count = document.text.count
    entries: list[Entry] = []
    line, at = 1, 0
    taken: dict[str, int] = {}
    for string in translatable(strings, own):
        line += count("\n", at, string.node.key_start)
        at = string.node.key_start
        flags = STALE if said(string.node, "extractionState") == "stale" else NO_FLAGS
        notes = said(string.node, "comment") or ""
        found = sources(string)
        local = {} if is_source else slots(branch(string.node, "localizations", str(language)))
        for name, source_text in found.items():
            key = entry_key(string.key, name)
            if key in taken:
                raise _duplicate(key, taken[key], line)
            taken[key] = line
            text, more = source_text, NO_FLAGS
            if not is_source:
                text, more = _translation(shown(local, name), source_text)
            fields = (key, text, None, "", notes, "", flags | more, None, None, line)
            entries.append(tuple.__new__(Entry, fields))
    ordered = tuple(entries)
    return Catalogue(
        "xcstrings", ordered, own if is_source else language, encoding=document.encoding,
        layout=Layout(document, own, ordered, strings),
    )  # fmt: skip


def translatable(strings: Branch, language: str) -> Iterator[String]:
    """Yield the strings that are not marked as not to be translated."""
    for key, node in strings.members.items():
        if isinstance(node, Branch) and not node.is_list:
            marked = node.members.get("shouldTranslate")
            local = branch(node, "localizations", language)
            # Not a text, so that only its length tells false from true.
            if isinstance(marked, Leaf) and marked.end - marked.start == len("false"):
                continue
            if key or slots(local):
                yield String(str(key), node, local)


def sources(string: String) -> dict[str, Text]:
    """Return the source texts of a string by slot: its key where it says nothing else."""
    found = slots(string.localization)
    return {name: slot.text for name, slot in found.items()} or {MAIN: string.key}


def _translation(slot: Slot | None, source: Text) -> tuple[Text, frozenset[str]]:
    """Return a text and its flags.

    What is ``new`` and says what the source says was put there by Xcode, not by a person.
    """
    if slot is None:
        return "", NO_FLAGS
    states = {unit.state for unit in slot.units.values()}
    text = slot.text
    if NEW in states:
        forms = []
        for label, unit in slot.units.items():
            same = source.get(label) if isinstance(source, Plural) else source
            forms.append((label, "" if unit.state == NEW and unit.text == same else unit.text))
        text = Plural(tuple(forms)) if slot.is_plural else forms[0][1]
    unsure = NEEDS_REVIEW in states or (NEW in states and any(texts(text)))
    return text, _UNSURE if unsure else NO_FLAGS


def _duplicate(key: str, first: int, line: int) -> FormatError:
    return FormatError(
        N_("A part of a string is called “{key}”, and so is the string on line {first}. "
           "Rename one."),
        code="duplicate", line=line, key=key, first=first,
    )  # fmt: skip
