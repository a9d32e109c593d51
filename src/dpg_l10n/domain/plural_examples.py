"""Which numbers a plural variant is for, in a few characters: ``1``, ``2–4``, ``0, 5+``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from dpg_l10n.domain import plurals

_TRIED = 200
_MOST_RUNS = 2


@lru_cache(maxsize=512)
def examples(labels: Sequence[str], language: str, formula: str | None) -> tuple[str, ...]:
    """Return for each label the numbers that it is for, empty where no small number is.

    Args:
        labels: Indices of gettext, or CLDR categories, as a tuple.
        language: BCP 47 tag.
        formula: ``Plural-Forms`` of the file; None takes the usual one. Not used for categories.
    """
    numbers: dict[str, list[int]] = {label: [] for label in labels}
    known = plurals.gettext_plural(formula) or plurals.gettext_plural(
        plurals.gettext_header(language)
    )
    for number in range(_TRIED):
        if labels and labels[0].isdigit():
            label = str(known.index(number) if known else int(number != 1))
        else:
            label = plurals.category(language, number)
        # a category that the translation does not have falls to its general variant
        numbers.get(label, numbers.get("other", [])).append(number)
    return tuple(_said(numbers[label]) for label in labels)


def _said(numbers: Sequence[int]) -> str:
    """Return numbers as runs: the first ones, then what comes after them."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = [_run(first, last) for first, last in runs[:_MOST_RUNS]]
    return ", ".join(shown) + (", …" if len(runs) > _MOST_RUNS else "")


def _run(first: int, last: int) -> str:
    if last == _TRIED - 1:
        return f"{first}+"
    return str(first) if first == last else f"{first}–{last}"
