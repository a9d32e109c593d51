"""Texts as they are given on a command line: one, or one for each plural variant."""

from __future__ import annotations

from collections.abc import Sequence

import click

from dpg_l10n.domain import plurals
from dpg_l10n.domain.message import CLDR_CATEGORIES, Plural, Text
from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.services.reading import UnitView

_EVERYWHERE = "zero"
"""Category that some formats show for 0 in every language."""
_ONE_TEXT = N_(
    "“{key}” has plural variants. In {language} give each of these with --variant NAME=TEXT: {wanted}"
)
_UNKNOWN = N_(
    "“{key}” has no variant {names}. In {language} give each of these with --variant NAME=TEXT: "
    "{wanted}"
)
_TWICE = N_("“{key}”: a variant was given twice: {names}.")
_MISSING = N_(
    "“{key}”: variants are missing: {names}. In {language} give each of these with "
    "--variant NAME=TEXT: {wanted}"
)


class Variant(click.ParamType[tuple[str, str]]):
    """A plural variant and its text: ``one=1 file``."""

    name = "variant"

    def convert(
        self,
        value: str | tuple[str, str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[str, str]:
        """Return name and text, or fail with how to write them."""
        if isinstance(value, tuple):
            return value
        name, sign, text = value.partition("=")
        if not sign or not name.strip():
            self.fail(f"“{value}” is no variant. Write its name, = and its text: one=…", param, ctx)
        return name.strip().lower(), text


def whole(view: UnitView, text: str | None, variants: Sequence[tuple[str, str]]) -> Text:
    """Return the text that a person gave for a unit, in the shape that it has in its language.

    Args:
        view: The unit.
        text: One text, None without one.
        variants: Name and text of each plural variant that was given.

    Raises:
        UsageError: ``state.shape``: both or neither were given, not what the unit has, or a variant is
            missing, unknown or there twice.
    """
    if (text is None) is not bool(variants):
        raise UsageError(
            N_("Give either --text or --variant, the latter once for each plural variant."),
            code="state.shape",
        )
    if text is not None and view.labels:
        raise _refused(_ONE_TEXT, view)
    if text is not None:
        return text
    if not view.labels:
        raise UsageError(
            N_("“{key}” has no plural variants: give its text with --text."),
            code="state.shape", key=view.unit.key,
        )  # fmt: skip
    given = dict(variants)
    names = [name for name, _ in variants]
    unknown = [name for name in names if name not in _known(view)]
    if unknown:
        raise _refused(_UNKNOWN, view, unknown)
    twice = [name for name in given if names.count(name) > 1]
    if twice:
        raise _refused(_TWICE, view, twice)
    missing = [name for name in view.labels if not given.get(name)]
    if missing:
        raise _refused(_MISSING, view, missing)
    return Plural(tuple(given.items()))


def _known(view: UnitView) -> set[str]:
    """Return the names that a variant may have: more than it must, where a language has others."""
    if view.labels[0] not in CLDR_CATEGORIES:
        return set(view.labels)
    return {*view.labels, *plurals.categories(view.language), _EVERYWHERE}


def _refused(template: str, view: UnitView, names: Sequence[str] = ()) -> UsageError:
    """Return an error that can name the variants that are wanted."""
    return UsageError(
        template, code="state.shape", key=view.unit.key, names=", ".join(names),
        language=view.language, wanted=meanings(view),
    )  # fmt: skip


def meanings(view: UnitView) -> str:
    """Return the variants that a text has, each with the numbers that it is for."""
    pairs = zip(view.labels, view.numbers, strict=True)
    return ", ".join(f"{label} ({numbers})" if numbers else label for label, numbers in pairs)
