"""Plural variants of a unit as the numbered ones of a gettext package, and back."""

from __future__ import annotations

from dpg_l10n.domain import plurals
from dpg_l10n.domain.message import Plural
from dpg_l10n.domain.plurals import GettextPlural


def formula_of(header: str | None, language: str) -> GettextPlural:
    """Return the meaning of a header, of the language's usual one where it has none."""
    usual = plurals.gettext_plural(plurals.gettext_header(language))
    found = plurals.gettext_plural(header) or usual
    return found or GettextPlural(2, lambda number: int(number != 1))


def spread(text: Plural, language: str, own: str | None, package: GettextPlural) -> Plural:
    """Return variants as a package numbers them.

    Args:
        text: Variants with CLDR categories, or numbered as ``own`` says.
        language: BCP 47 tag.
        own: ``Plural-Forms`` of the unit's own file.
        package: The package's.
    """
    general = text.forms[-1][1] if text.forms else ""
    said = []
    for place, number in enumerate(package.samples()):
        label = str(place) if number is None else _label(text.labels, number, language, own)
        found = text.get(label)
        said.append((str(place), general if found is None else found))
    return Plural(tuple(said))


def gathered(
    back: Plural, labels: tuple[str, ...], language: str, own: str | None,
    package: GettextPlural,
) -> Plural | None:  # fmt: skip
    """Return the variants of a unit out of those of a package; None where some are missing.

    Args:
        back: Variants that came back, numbered.
        labels: That the unit's variants carry.
        language: BCP 47 tag.
        own: ``Plural-Forms`` of the unit's own file.
        package: That of the file that came back.
    """
    if len(back.forms) != package.count:
        return None
    by_label = _numbers(labels, language, own)
    forms = []
    for label in labels:
        number = by_label.get(label)
        if number is not None:
            place = package.index(number)
        else:  # one that no small number has
            place = int(label) if label.isdigit() else package.count - 1
        forms.append((label, back.forms[min(place, package.count - 1)][1]))
    return Plural(tuple(forms))


def _label(labels: tuple[str, ...], number: int, language: str, own: str | None) -> str:
    if labels and labels[0].isdigit():
        return str(formula_of(own, language).index(number))
    return plurals.category(language, number)


def _numbers(labels: tuple[str, ...], language: str, own: str | None) -> dict[str, int]:
    """Return a typical number for each label that has one."""
    if labels and labels[0].isdigit():
        known = enumerate(formula_of(own, language).samples())
        return {str(place): number for place, number in known if number is not None}
    return dict(plurals.samples(language))
