"""Plural variants by what they say of a number, whatever their labels are called.

Two ways to hold a plural agree where they say the same of every number: that is measured here, and
no index is taken for a category.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from dpg_l10n.domain import plurals
from dpg_l10n.domain.message import CLDR_CATEGORIES, Plural, Text
from dpg_l10n.domain.placeholders import icu

_TRIED = (*range(1, 201), 0, *range(201, 1001), 1_000_000)
"""Whole numbers that tell the categories of every language apart, the usual ones first."""
_USUAL_NAMES = ("count", "n", "num", "number", "total", "quantity")
_NAMED = re.compile(r"(?<!\{)\{\s*([A-Za-z_]\w*)\s*\}(?!\})")


class Rule(NamedTuple):
    """What gives variants their meaning."""

    language: str
    """BCP 47 tag."""
    formula: str | None = None
    """``Plural-Forms`` of the file, where variants are numbered; None takes the usual one."""

    def gettext(self) -> plurals.GettextPlural:
        """Return the meaning of indices."""
        usual = plurals.gettext_plural(plurals.gettext_header(self.language))
        found = plurals.gettext_plural(self.formula) or usual
        assert found is not None  # noqa: S101 - the usual header is well formed
        return found


def is_indexed(text: Plural) -> bool:
    """Tell whether variants are numbered as gettext does, instead of named as CLDR does."""
    return bool(text.forms) and all(label.isdigit() for label in text.labels)


def says(text: Text, number: int, rule: Rule) -> str:
    """Return what a text says of a number."""
    if isinstance(text, str):
        return text
    return _said(text, _label(number, rule, indexed=is_indexed(text)))


def _label(number: int, rule: Rule, *, indexed: bool) -> str:
    if indexed:
        return str(rule.gettext().index(number))
    return plurals.category(rule.language, number)


def _said(text: Text, label: str) -> str:
    if isinstance(text, str):
        return text
    found = text.get(label)
    if found is None:
        found = text.get("other")
    return found if found is not None else text.forms[-1][1]


@lru_cache(maxsize=1024)
def _meetings(
    rule: Rule, indexed: bool, after_rule: Rule, after_indexed: bool
) -> tuple[tuple[str, str, int], ...]:
    """Return which labels stand for the same number in two ways, with the first such number."""
    met: dict[tuple[str, str], int] = {}
    for number in _TRIED:
        labels = (
            _label(number, rule, indexed=indexed),
            _label(number, after_rule, indexed=after_indexed),
        )
        met.setdefault(labels, number)
    return tuple((*labels, number) for labels, number in met.items())


def differs(before: Text, rule: Rule, after: Text, after_rule: Rule) -> int | None:
    """Return the first number of which two texts say different things, None where none is found."""
    if before == after and (isinstance(before, str) or rule == after_rule):
        return None
    ways = [isinstance(text, Plural) and is_indexed(text) for text in (before, after)]
    for label, after_label, number in _meetings(rule, ways[0], after_rule, ways[1]):
        if _said(before, label) != _said(after, after_label):
            return number
    return None


def by_category(text: Plural, rule: Rule) -> Plural:
    """Return variants named by CLDR's categories; named ones come back as they are."""
    if not is_indexed(text):
        return text
    numbers = plurals.samples(rule.language)
    last = text.forms[-1][1]  # what a language says of fractions alone (Russian “other”)
    return Plural(
        tuple(
            (name, says(text, numbers[name], rule) if name in numbers else last)
            for name in plurals.required(rule.language)
        )
    )


def by_index(text: Plural, rule: Rule, wanted: Rule) -> Plural:
    """Return variants as a gettext file holds them whose formula is ``wanted``'s."""
    if is_indexed(text) and rule.gettext() is wanted.gettext():
        return text
    numbers = wanted.gettext().samples()
    usual = general(text)
    return Plural(
        tuple(
            (str(index), usual if number is None else says(text, number, rule))
            for index, number in enumerate(numbers)
        )
    )


def general(text: Text) -> str:
    """Return the variant that goes for most numbers."""
    if isinstance(text, str):
        return text
    other = text.get("other")
    return other if other is not None else text.forms[-1][1]


def to_icu(text: Plural) -> str | None:
    """Return named variants as one ICU message, None where they cannot be one.

    A placeholder of braces in the general variant that is named like a number gives the argument
    its name and is written ``#``; without one the argument is ``count``.
    """
    name = _argument(general(text))
    number = re.compile(rf"(?<!\{{)\{{\s*{name}\s*\}}(?!\}})")
    parts = [f"{label} {{{number.sub('#', form)}}}" for label, form in text.forms]
    said = f"{{{name}, plural, {' '.join(parts)}}}"
    read = from_icu(said)
    same = read is not None and [number.sub("#", form) for _, form in read.forms] == [
        number.sub("#", form) for _, form in text.forms
    ]
    return said if same and "#" not in "".join(form for _, form in text.forms) else None


def _argument(text: str) -> str:
    names = _NAMED.findall(text)
    return next((name for name in _USUAL_NAMES if name in names), names[0] if names else "count")


def from_icu(text: str) -> Plural | None:
    """Return the variants of a message that is one ICU plural; None of any other text.

    Words around the argument go into each variant; branches of exact numbers (``=0``) go, since
    nothing but ICU has them. ``#`` becomes the placeholder of the argument.
    """
    whole = icu.parse(text)
    arguments = whole.arguments()
    if len(arguments) != 1 or arguments[0].type != "plural" or "other" not in arguments[0].labels:
        return None
    argument = arguments[0]
    kept = [label for label in CLDR_CATEGORIES if label in argument.labels]
    return Plural(tuple((label, whole.flatten({argument.name: label})) for label in kept))


def exact_numbers(text: str) -> tuple[str, ...]:
    """Return the labels of branches for exact numbers (``=0``) in an ICU message."""
    found = icu.parse(text).arguments()
    return tuple(label for each in found for label in each.labels if label.startswith("="))
