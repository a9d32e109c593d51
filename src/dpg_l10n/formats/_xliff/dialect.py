"""What tells one generation of XLIFF from the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from dpg_l10n.domain.catalogue import FUZZY, NO_FLAGS, REVIEWED, Entry
from dpg_l10n.domain.message import is_blank
from dpg_l10n.formats import _xml
from dpg_l10n.formats._xliff.values import MARKUP, Style, decode, has_markup
from dpg_l10n.formats._xml_patch import Patch

ATTRIBUTES = r"""(?:[^"'>/]++|"[^"]*+"|'[^']*+')*+"""
"""Of a start tag that is no empty element, for the patterns of usual units."""

_FLAGS = {
    (markup, mark): frozenset(markup | ({mark} if mark else NO_FLAGS))
    for markup in (NO_FLAGS, MARKUP)
    for mark in ("", FUZZY, REVIEWED)
}


class Status(NamedTuple):
    """What a file says of one translation."""

    mark: str = ""
    """``fuzzy``, ``reviewed`` or nothing: a text that is simply there."""
    is_begun: bool = False
    """True where nobody claims to have translated yet: a text equal to its source is none."""


class Content(NamedTuple):
    """One unit as it was read."""

    id: str
    name: str
    """``resname`` (1.2) or ``name`` (2.x)."""
    translate: str | None
    """``yes`` or ``no`` where the unit says so itself."""
    source: str
    text: str
    flags: frozenset[str]
    notes: str
    locations: str
    max_chars: int | None


class Shape(NamedTuple):
    """How far the elements of a file are indented."""

    unit: str | None
    """None when the file has them all on one line."""
    child: str | None


class Habits(NamedTuple):
    """What a file writes beside its texts."""

    states: bool
    """Translations have a ``state``."""
    approved: bool
    """Units have ``approved="yes"`` (1.2)."""
    numbered: bool
    """Ids are mere numbers, and names are the keys."""


class Change(Protocol):
    """Bring one unit to what its entry says."""

    def __call__(
        self, patch: Patch, unit: _xml.Element, old: Entry, new: Entry, style: Style, habits: Habits
    ) -> None:
        """Add the edits to the patch; raises FormatError as ``serialize`` does."""


class Render(Protocol):
    """Write a new unit."""

    def __call__(
        self, entry: Entry, id: str, model: str, style: Style, habits: Habits, shape: Shape
    ) -> str:
        """Return the unit without its first indentation.

        Args:
            entry: What it says.
            id: Its id; the part of its key that tells files apart is left out.
            model: Start tag of another unit of the file; empty without one.
            style: The habits of the file.
            habits: What it writes beside texts.
            shape: Its indentation.
        """


@dataclass(frozen=True, slots=True)
class Dialect:
    """One generation of XLIFF."""

    format: str
    other: str
    """Format that reads the other generation."""
    version: re.Pattern[str]
    """Of the root's ``version`` attribute."""
    unit: str
    containers: frozenset[str]
    """Elements in which units stand, at any depth."""
    file_name: str
    """Attribute that names a ``<file>``."""
    languages: tuple[str, str]
    """Attributes with the source and the target language."""
    on_root: bool
    """True where these are the root's, False where every ``<file>`` has its own."""
    body: str
    """Element whose start the units of a file follow."""
    pattern: re.Pattern[str]
    """A usual unit, or any other piece of markup (:data:`_xml.PATTERN`)."""
    whole: int
    """Last group of a usual unit."""
    quick: Callable[[re.Match[str]], Content]
    slow: Callable[[str, _xml.Element], Content | None]
    """None for a unit that has no source."""
    change: Change
    render: Render
    states: re.Pattern[str]
    """A state beside a translation."""
    blank: str
    """A document without units, to be filled with the source language and the target's attribute."""
    indent: str
    """Of a unit in it."""


def read_texts(source: str, target: str | None, status: Status) -> tuple[str, str, frozenset[str]]:
    """Return source, translation and flags from what stands in the file.

    Args:
        source: Content of the source's element.
        target: Content of the translation's element, None without one.
        status: What the file says of the translation.
    """
    said = target or ""
    if not ("<" in source or "<" in said):
        plain = _plain(source)
        text = _plain(said)
        markup = NO_FLAGS
    else:
        is_source_markup = has_markup(source)
        shown = is_source_markup or has_markup(said)
        plain = decode(source, markup=is_source_markup)
        text = decode(said, markup=shown)
        markup = MARKUP if shown else NO_FLAGS
    if status.is_begun and text == plain:
        text = ""
    return plain, text, _FLAGS[markup, "" if is_blank(text) else status.mark]


def _plain(raw: str) -> str:
    return decode(raw, markup=False) if "&" in raw or "\r" in raw else raw
