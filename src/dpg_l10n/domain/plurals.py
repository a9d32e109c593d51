"""Plural categories of CLDR, plural indices of gettext, and what stands between them.

Nothing here renames an index to a category in a file: an index means what the file's own
``Plural-Forms`` formula says, and :func:`gettext_samples` tells that.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from babel.messages.plurals import PLURALS
from babel.plural import to_gettext

from dpg_l10n.domain import locales
from dpg_l10n.domain.message import CLDR_CATEGORIES, Plural, Text

_ORDER = {category: index for index, category in enumerate(CLDR_CATEGORIES)}
_TRIED = (*range(1, 1000), 0, 1_000_000)
_FORMS = re.compile(r"\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+);?\s*")
_MOST_FORMS = 16
_DEFAULT_HEADER = "nplurals=2; plural=(n != 1);"
_SHORT = (_DEFAULT_HEADER, "nplurals=2; plural=(n > 1);", "nplurals=1; plural=0;")
_BETTER = {
    # Babel's table has the forms for 11-99 and for 100-102 the other way round than every project
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=11 ? 4 : 5);",
}


def category(language: str, number: int) -> str:
    """Return the CLDR cardinal category of a whole number in a language."""
    locale = locales.cldr(language)
    if locale is None:
        return "one" if number == 1 else "other"
    return str(locale.plural_form(number))


@lru_cache(maxsize=512)
def categories(language: str) -> tuple[str, ...]:
    """Return all CLDR cardinal categories of a language, in CLDR's order; ``other`` is always one."""
    locale = locales.cldr(language)
    if locale is None:
        return ("one", "other")
    return tuple(sorted({*locale.plural_form.tags, "other"}, key=_ORDER.__getitem__))


@lru_cache(maxsize=512)
def required(language: str) -> tuple[str, ...]:
    """Return the categories that a translation must fill: those of whole numbers below 1,000.

    ``other`` is always among them because formats fall back to it. Left out are categories that
    only fractions have (Czech ``many``) or only exact millions (French, Spanish ``many``): projects
    do without and readers do not miss them.
    """
    used = {category(language, number) for number in range(1000)}
    return tuple(sorted(used | {"other"}, key=_ORDER.__getitem__))


@lru_cache(maxsize=512)
def samples(language: str) -> Mapping[str, int]:
    """Return for each category of a language a typical whole number that has it.

    ``other`` gets 1 only where nothing else is left (Japanese); a category of fractions alone gets
    none.
    """
    found: dict[str, int] = {}
    for number in _TRIED:
        found.setdefault(category(language, number), number)
    return {name: found[name] for name in categories(language) if name in found}


class GettextPlural:
    """The meaning of the plural indices of one gettext file.

    Args:
        count: Number of forms (``nplurals``).
        index: Function from a whole number to the index of its form.
    """

    __slots__ = ("count", "index")

    def __init__(self, count: int, index: Callable[[int], int]) -> None:
        """Keep both parts of the header."""
        self.count = count
        self.index = index

    def samples(self) -> tuple[int | None, ...]:
        """Return for each index a typical number that has it, None where no small number does."""
        found: dict[int, int] = {}
        for number in _TRIED:
            found.setdefault(self.index(number), number)
        return tuple(found.get(form) for form in range(self.count))


@lru_cache(maxsize=512)
def gettext_plural(header: str | None) -> GettextPlural | None:
    """Return the meaning of a ``Plural-Forms`` header, or None where it is absent or malformed.

    Malformed is also a formula that cannot be worked out for every whole number that is tried, and
    a number of forms that no language has.
    """
    match = _FORMS.fullmatch(header or "")
    if match is None or not 1 <= int(match[1][:9]) <= _MOST_FORMS:
        return None
    try:
        index = gettext.c2py(match[2])
        for number in _TRIED:
            index(number)
    except (ValueError, ArithmeticError, RecursionError, SyntaxError):
        return None
    return GettextPlural(int(match[1]), index)


@lru_cache(maxsize=512)
def gettext_header(language: str) -> str:
    """Return the usual ``Plural-Forms`` value of a language (BCP 47).

    The table of gettext's own tools comes first, so that a new file looks as its maintainers
    expect; CLDR's rule follows for the languages that the table lacks, in its short spelling where
    one says the same.
    """
    if language in _BETTER:
        return _BETTER[language]
    for candidate in locales.fallbacks(language):
        known = PLURALS.get(candidate.replace("-", "_"))
        if known:
            return f"nplurals={known[0]}; plural={known[1]};"
    locale = locales.cldr(language)
    if locale is None:
        return _DEFAULT_HEADER
    short = next((short for short in _SHORT if _tells_apart(short, language)), None)
    if short is not None:
        return short
    header = str(to_gettext(locale.plural_form))
    # rules about exact millions have operands that gettext does not know
    return header if gettext_plural(header) else _DEFAULT_HEADER


def _tells_apart(header: str, language: str) -> bool:
    """Tell whether a header has exactly one form for each category of whole numbers below 1,000."""
    plural = gettext_plural(header)
    if plural is None:
        return False
    pairs = {(plural.index(number), category(language, number)) for number in range(1000)}
    return len(pairs) == plural.count == len({name for _, name in pairs})


def labels(language: str, gettext_forms: str | None, *, indexed: bool) -> tuple[str, ...]:
    """Return the labels that a translation's plural variants carry.

    Args:
        language: BCP 47 tag of the translation.
        gettext_forms: The file's ``Plural-Forms`` value; None takes the usual one.
        indexed: True for gettext files, False for formats with CLDR categories.
    """
    if not indexed:
        return required(language)
    plural = gettext_plural(gettext_forms) or gettext_plural(gettext_header(language))
    return tuple(str(index) for index in range(plural.count if plural else 2))


def to_indexed(text: Text, language: str, gettext_forms: str | None) -> Text:
    """Return a text with CLDR labels as a gettext file holds it, index by index.

    Args:
        text: A text or plural variants; variants with other labels come back as they are.
        language: BCP 47 tag.
        gettext_forms: The file's ``Plural-Forms`` value; None takes the usual one.
    """
    if isinstance(text, str) or not set(text.labels) <= set(CLDR_CATEGORIES):
        return text
    plural = gettext_plural(gettext_forms) or gettext_plural(gettext_header(language))
    numbers = plural.samples() if plural else (1, 2)
    general = text.get("other") or text.forms[-1][1]
    return Plural(
        tuple(
            (
                str(index),
                (text.get(category(language, number)) or general)
                if number is not None
                else general,
            )
            for index, number in enumerate(numbers)
        )
    )


def source_forms(
    source: Plural,
    labels_wanted: Sequence[str],
    language: str,
    source_language: str,
    gettext_forms: str | None,
) -> tuple[str, ...]:
    """Return for each label of a translation the source variant that says the same numbers.

    Args:
        source: The source's variants, labelled with CLDR categories.
        labels_wanted: Labels of the translation: CLDR categories or gettext indices.
        language: BCP 47 tag of the translation.
        source_language: BCP 47 tag of the source.
        gettext_forms: ``Plural-Forms`` of the translation's file; None takes the usual one.
    """
    plural = gettext_plural(gettext_forms) or gettext_plural(gettext_header(language))
    by_index = plural.samples() if plural else ()
    by_category = samples(language)
    general = source.get("other") or source.forms[-1][1]
    if len(labels_wanted) == 1:
        return (general,)  # the only variant says every number

    def variant(label: str) -> str:
        if label.isdigit():
            number = by_index[int(label)] if int(label) < len(by_index) else None
        else:
            number = by_category.get(label)
        if number is None:
            return general
        return source.get(category(source_language, number)) or general

    return tuple(variant(label) for label in labels_wanted)
