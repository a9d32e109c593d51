"""Texts in the shape that a format gives to plurals."""

from __future__ import annotations

from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.domain.plural_meaning import (
    Rule,
    by_category,
    by_index,
    exact_numbers,
    from_icu,
    general,
    to_icu,
)
from dpg_l10n.formats.spec import FormatSpec, PluralKind

_ICU_BESIDE = frozenset({"xliff1", "xliff2", "csv", "xlsx", "csv-pairs", "properties"})
"""Formats without plurals in which applications and translation tools read ICU messages."""
_PAIR = ("one", "other")


def has_icu(form: FormatSpec) -> bool:
    """Tell whether texts of a format may be ICU messages."""
    return "icu" in form.placeholders or form.name in _ICU_BESIDE


def reshaped(text: Text, form: FormatSpec, rule: Rule, wanted: Rule) -> Text:
    """Return a text as files of a format hold it.

    Args:
        text: As it was read.
        form: Format that it is written in.
        rule: What its variants mean.
        wanted: What variants of the file mean that it goes to.
    """
    if isinstance(text, str):
        held = form.plurals is PluralKind.NONE or has_icu(form)
        found = None if held else from_icu(text)
        if found is None or exact_numbers(text):
            return text
        text = found
    if form.plurals is PluralKind.GETTEXT:
        return by_index(text, rule, wanted)
    named = by_category(text, rule)
    # JSON may hold either: categories stay what they are, gettext's indices become ICU messages
    if form.plurals is PluralKind.CLDR and (not has_icu(form) or named == text):
        return named
    said = to_icu(named) if has_icu(form) else None
    if said is None:
        return named if form.plurals is PluralKind.CLDR else general(named)
    return said


def as_pair(text: Text, form: FormatSpec, rule: Rule) -> Text:
    """Return a source text as gettext has it: for one, and for every other number.

    Qt's source is one text for all numbers (``%n file(s)``).
    """
    if isinstance(text, str):
        found = from_icu(text)
        if found is None or exact_numbers(text):
            return text
        text = found
    named = by_category(text, rule)
    one = None if form.name == "qt-ts" else named.get("one")
    return Plural(
        tuple(zip(_PAIR, (general(named) if one is None else one, general(named)), strict=True))
    )


def fitting(text: Text, source: Text, labels: tuple[str, ...]) -> Text:
    """Return a translation with variants where its source has them, and none where it has none."""
    if isinstance(source, str):
        return general(text)
    if isinstance(text, str):
        return Plural(tuple((label, text) for label in labels))
    return text
