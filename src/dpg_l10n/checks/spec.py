"""What a check is to the rest of the toolkit: its rules and one pure function."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from dpg_l10n.domain.catalogue import NO_FLAGS
from dpg_l10n.domain.findings import Finding, Rule
from dpg_l10n.domain.message import Text
from dpg_l10n.domain.placeholders import DEFAULT, MARKUP
from dpg_l10n.domain.terms import Terminology

_KINDS = DEFAULT | MARKUP


class Subject(NamedTuple):
    """One message in one language, beside its source.

    A named tuple for the reason of :class:`~dpg_l10n.domain.catalogue.Entry`: a push makes
    hundreds of thousands.
    """

    source: Text
    target: Text
    language: str
    """BCP 47 tag of the target."""
    source_language: str = "en"
    format: str = ""
    """Name of the file format, empty where there is none."""
    flags: frozenset[str] = NO_FLAGS
    """Flags of the entry (``c-format``)."""
    max_chars: int | None = None
    """Length limit in characters (code points), None without one."""
    risk: str = "normal"
    kinds: frozenset[str] = _KINDS
    """Kinds of placeholder and markup that the texts use, as
    :func:`~dpg_l10n.domain.placeholders.kinds_for` tells."""
    terms: Terminology | None = None
    """The terms that hold for the pair of languages, None without any."""


class Pair(NamedTuple):
    """One string of a target beside the string of the source that it stands for."""

    label: str | None
    """Label of the plural variant in the target, None for a message without variants."""
    source: str
    target: str
    category: str | None
    """CLDR category that the label stands for, None for a message without variants."""


class When(Enum):
    """Which messages a check can say something of; the others are not shown to it."""

    ALWAYS = auto()
    SIGNS = auto()
    """Source or target holds a sign of :data:`SIGNS`: one search spares most texts most checks."""
    VARIANTS = auto()
    """The target has plural variants."""
    LIMIT = auto()
    """The message has a length limit."""
    TERMS = auto()
    """A glossary holds for the message."""


SIGNS = re.compile(r"[\d%{}<>&@#$!:`\[]")
"""Digits and what placeholders and markup begin with."""


@dataclass(frozen=True, slots=True, eq=False)
class CheckSpec:
    """One check."""

    name: str
    """Stable name (``"numbers"``)."""
    rules: tuple[Rule, ...]
    """Everything it can find; codes are unique over all checks."""
    run: Callable[[Subject, tuple[Pair, ...]], Iterable[Finding]]
    """Return the findings of a message. Pure; called for texts of any content on every write, so
    it first does the cheapest test that rules most texts out. Pairs never have an empty target."""
    when: When = When.ALWAYS
