"""ICU texts with cases: each case is translated as a whole sentence, in the cases of the target.

The syntax never reaches an engine. ``You have {n, plural, one {# file} other {# files}}`` becomes
``You have {n} file`` and ``You have {n} files``, and the draft has the whole sentence in every case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dpg_l10n.domain import locales, plurals
from dpg_l10n.domain.message import CLDR_CATEGORIES
from dpg_l10n.domain.placeholders import icu
from dpg_l10n.ports import Pair
from dpg_l10n.services.drafting.guard import Spans

MAX_LEAVES = 48
"""Most sentences that one text is taken apart into."""


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence of a text with cases."""

    text: str
    number: str | None
    """Name of the argument that a ``#`` stands for here, None where the source has none."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An argument with its cases in the target language."""

    name: str
    type: str
    branches: tuple[tuple[str, Tree], ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """A text whose arguments with cases stay where they are."""

    parts: tuple[Tree, ...]


Tree = Case | Choice | Joined


class _TooManyError(Exception):
    """A text has more cases than are translated."""


def expand(text: str, pair: Pair, spans: Spans) -> Tree | None:
    """Take a text apart into its cases.

    The words around an argument go into its cases, unless other placeholders stand among them: each
    would be there as many times as there are cases.

    Returns:
        None for a text that has no cases, or such that cannot be taken apart: too many, an offset,
        or one argument used in two ways.
    """
    whole = icu.parse(text)
    arguments = whole.arguments()
    types = {(argument.name, argument.type) for argument in arguments}
    if not arguments or len({name for name, _ in types}) < len(types) or "offset:" in text:
        return None
    budget = [MAX_LEAVES]
    try:
        if not any(isinstance(part, str) and spans(part) for part in whole.parts):
            return _expand(whole, {}, [], pair, budget)
        return Joined(
            tuple(
                Case(part, None)
                if isinstance(part, str)
                else _expand(icu.Branch((part,)), {}, [], pair, budget)
                for part in whole.parts
                if part
            )
        )
    except _TooManyError:
        return None


def cases(tree: Tree) -> Iterator[Case]:
    """Yield the sentences of a text."""
    if isinstance(tree, Case):
        yield tree
        return
    inner = tree.parts if isinstance(tree, Joined) else [branch for _, branch in tree.branches]
    for part in inner:
        yield from cases(part)


def rebuild(tree: Tree, made: Callable[[Case], str]) -> str:
    """Return the text of a tree whose sentences were translated."""
    if isinstance(tree, Case):
        return made(tree)
    if isinstance(tree, Joined):
        return "".join(rebuild(part, made) for part in tree.parts)
    inside = " ".join(
        f"{label} {{{_branch(branch, rebuild(branch, made))}}}" for label, branch in tree.branches
    )
    return f"{{{tree.name}, {tree.type}, {inside}}}"


def _branch(tree: Tree, text: str) -> str:
    """Return the text of a case as ICU reads it."""
    if not isinstance(tree, Case):
        return text
    if "'{" not in tree.text:  # an apostrophe before a brace would quote it
        text = text.replace("'{", "’{")
    return text.replace(f"{{{tree.number}}}", "#") if tree.number else text


def _expand(
    whole: icu.Branch, path: dict[str, str], order: list[icu.Argument], pair: Pair,
    budget: list[int],
) -> Tree:  # fmt: skip
    argument = _next(whole, path)
    if argument is None:
        budget[0] -= 1
        if budget[0] < 0:
            raise _TooManyError
        return _case(whole, path, order)
    branches = tuple(
        (label, _expand(whole, {**path, argument.name: taken}, [*order, argument], pair, budget))
        for label, taken in _labels(whole, argument, pair)
    )
    return Choice(argument.name, argument.type, branches)


def _next(branch: icu.Branch, path: dict[str, str]) -> icu.Argument | None:
    """Return the first argument that the branches taken so far hold and that is still open."""
    for part in branch.parts:
        if isinstance(part, str):
            continue
        if part.name not in path:
            return part
        inner = _next(part.branch(path[part.name]), path)
        if inner is not None:
            return inner
    return None


def _case(whole: icu.Branch, path: dict[str, str], order: list[icu.Argument]) -> Case:
    text = whole.flatten(path)
    number = next((one.name for one in reversed(order) if one.type != "select"), None)
    if number is None or f"{{{number}}}" not in text:
        return Case(text, None)
    # where the source itself writes {n}, so does the draft
    plain = "".join(_literals(whole, path))
    return Case(text, None if f"{{{number}}}" in plain else number)


def _literals(branch: icu.Branch, path: dict[str, str]) -> Iterator[str]:
    for part in branch.parts:
        if isinstance(part, str):
            yield part
        else:
            yield from _literals(part.branch(path[part.name]), path)


def _labels(whole: icu.Branch, argument: icu.Argument, pair: Pair) -> Iterator[tuple[str, str]]:
    """Yield the cases of an argument in the target, each with the case of the source it is from."""
    same = [one for one in whole.arguments() if one.name == argument.name]
    given = tuple(dict.fromkeys(label for one in same for label in one.labels))
    if argument.type == "select":
        yield from ((label, label) for label in given)
        return
    yield from ((label, label) for label in given if label not in CLDR_CATEGORIES)
    if argument.type == "selectordinal":
        yield from ((label, label) for label in _ordinals(pair.target, given))
        return
    numbers = plurals.samples(pair.target)
    for label in plurals.required(pair.target):
        number = numbers.get(label) if label != "other" else None
        taken = "other" if number is None else plurals.category(pair.source, number)
        yield label, taken if taken in given else "other"


def _ordinals(language: str, given: tuple[str, ...]) -> tuple[str, ...]:
    locale = locales.cldr(language)
    known = {*locale.ordinal_form.tags, "other"} if locale is not None else {"other"}
    return tuple(
        label
        for label in CLDR_CATEGORIES
        if label in known and (label in given or label == "other")
    )
