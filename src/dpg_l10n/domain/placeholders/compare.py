"""Compare the placeholders of two texts."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import NamedTuple

from dpg_l10n.domain.placeholders import icu
from dpg_l10n.domain.placeholders.find import Placeholder, find
from dpg_l10n.domain.placeholders.kinds import DEFAULT

MAX_PATHS = 64
"""Most combinations of branches of one ICU text that are compared."""


class Difference(NamedTuple):
    """What a text has less and more than its source; empty twice where they agree."""

    lost: tuple[str, ...] = ()
    """Placeholders of the source that the target lacks, once per time it is missing."""
    added: tuple[str, ...] = ()
    """Placeholders of the target that the source lacks, once per time it is too many."""

    def __bool__(self) -> bool:
        """Tell whether there is any difference."""
        return bool(self.lost or self.added)


SAME = Difference()
"""No difference."""

_PRINTF = re.compile(r"%(?:(\d{1,2})\$)?[',I]*(.*)", re.DOTALL)
_INLINE = re.compile(
    r"""(<[\w-]+)(?:[^"'>]++|"[^"]*+"|'[^']*+')*?\s+id\s*=\s*["']([^"']*).*""", re.DOTALL
)
"""An inline element of XLIFF is told by its id; what an editor shows for it may differ."""
_SPACE = re.compile(r"\s+")
_STYLED = re.compile(
    r"\{([^{},]+),(number|date|time|spellout|ordinal|duration|choice|list)(?:,.*)?\}", re.DOTALL
)
_SELECT = re.compile(r"\{\s*[$A-Z][^{}\n]*->")
"""A selector of Fluent: ``{ $count -> [one] … *[other] … }``."""
_TERM = re.compile(r"(\{-[\w-]+)\(.*\)\}", re.DOTALL)

_VARIABLE = re.compile(r"\$[1-9][0-9]?")

_FEW = frozenset({"zero", "one", "two", "=0", "=1", "=2"})
"""Cases whose text may say the number in words."""


def compare(source: str, target: str, kinds: frozenset[str] | None = None) -> Difference:
    """Return the placeholders that a target lacks and has too many, as exact multisets.

    Neutral are: the order (``%s of %s`` and ``%2$s … %1$s`` agree, ``%s … %d`` and ``%d … %s`` do
    not), ``%%``, ``{}`` with its number (``{0}``), a percent sign on the
    other side of ``{n}``, white space inside braces, the style of ``{0,date,…}``, the locale's grouping
    flag (``%'d``), and the case that a Fluent term is asked for. ICU texts are compared branch by
    branch, so a target may have other plural categories than its source and may take a whole
    sentence into the branches. MediaWiki's variables are compared once each, wherever they stand.

    Args:
        source: Source text.
        target: Its translation.
        kinds: Kinds to look for; None means the default ones.
    """
    if "%{" in target and "%{" not in source:
        # A percent sign before the number, as Turkish and Basque write it, is no Ruby placeholder.
        kinds = (DEFAULT if kinds is None else kinds) - {"ruby"}
    before, after = find(source, kinds), find(target, kinds)
    if [found[0] for found in before] == [found[0] for found in after]:
        return SAME
    if any(placeholder.kind == "icu" for placeholder in before + after):
        return _compare_icu(source, target, kinds)
    if any(placeholder.kind == "mediawiki" for placeholder in before + after):
        return _difference(_variables(before), _variables(after))
    if "->" in source + target and (_SELECT.search(source) or _SELECT.search(target)):
        return _difference(_once(before), _once(after))
    return _difference(before, after)


def _once(found: tuple[Placeholder, ...]) -> tuple[Placeholder, ...]:
    """Return the first of each: the variants of a Fluent selector repeat them freely."""
    return tuple({_SPACE.sub("", placeholder.text): placeholder for placeholder in found}.values())


def _variables(found: tuple[Placeholder, ...]) -> tuple[Placeholder, ...]:
    """Return each once, a function of MediaWiki as the variables in it.

    Languages differ in which words depend on a number or a gender, and so in where they say it.
    """
    said: list[Placeholder] = []
    for placeholder in found:
        if placeholder.text[:2] == "{{" and placeholder.kind == "mediawiki":
            names = _VARIABLE.findall(placeholder.text)
            said += [placeholder._replace(text=name) for name in names]
        else:
            said.append(placeholder)
    return _once(tuple(said))


def _difference(before: tuple[Placeholder, ...], after: tuple[Placeholder, ...]) -> Difference:
    wanted, present = _identities(before), _identities(after)
    missing = Counter(name for name, _ in wanted) - Counter(name for name, _ in present)
    surplus = Counter(name for name, _ in present) - Counter(name for name, _ in wanted)
    if not missing and not surplus:
        return SAME
    return Difference(_last(wanted, missing), _last(present, surplus))


def _last(found: list[tuple[str, str]], names: Counter[str]) -> tuple[str, ...]:
    """Return the texts of the last placeholders of some identities, in text order."""
    left = Counter(names)
    texts: list[str] = []
    for name, text in reversed(found):
        if left[name]:
            left[name] -= 1
            texts.append(text)
    return tuple(reversed(texts))


def _identities(found: tuple[Placeholder, ...]) -> list[tuple[str, str]]:
    """Return what makes each placeholder the same as another one, and its text."""
    identities: list[tuple[str, str]] = []
    number = anonymous = 0
    for text, kind, _, _ in found:
        name = _plain_name(text, kind)
        if kind == "printf":
            match = _PRINTF.fullmatch(text)
            if text == "%%" or match is None:
                continue
            position, directive = match.groups()
            if position is None:
                number += 1
            directive = directive.replace("i", "d")
            name = f"%{position or number}${directive}"
        elif text[0] in "{$#":
            name = _SPACE.sub("", text)
            if kind == "brace":
                if name[1] in "}:!":
                    name = f"{{{anonymous}{name[1:]}"
                    anonymous += 1
                name = _STYLED.sub(r"{\1,\2}", name)
            elif kind == "fluent":
                if name[1] == '"':
                    continue
                name = _TERM.sub(r"\1}", name)
        identities.append((name, text))
    return identities


def _plain_name(text: str, kind: str) -> str:
    """Return the name of a placeholder of which only a part tells it from others."""
    if kind == "inline":
        return _INLINE.sub(r'\1 id="\2">', text)
    # an anchor follows the words of its heading, which are translated
    return "](#)" if text.startswith("](#") else text


def _compare_icu(source: str, target: str, kinds: frozenset[str] | None) -> Difference:
    """Compare the text of each branch with what the source says in the same case."""
    before, after = icu.parse(source), icu.parse(target)
    wanted, present = before.arguments(), after.arguments()
    lost = tuple(name for name in _names(wanted) if name not in _names(present))
    added = tuple(name for name in _names(present) if name not in _names(wanted))
    if lost or added:
        return Difference(lost, added)
    paths = dict.fromkeys(
        (argument.name, label) for argument in present for label in argument.labels
    )
    for name, label in islice({("", "other"): None, **paths}, MAX_PATHS):
        path = {name: label}
        lost, added = _difference(
            find(before.flatten(path), kinds), find(after.flatten(path), kinds)
        )
        if label in _FEW:
            lost = tuple(text for text in lost if _SPACE.sub("", text) != f"{{{name}}}")
        if lost or added:
            return Difference(lost, added)
    return SAME


def _names(arguments: tuple[icu.Argument, ...]) -> dict[str, None]:
    """Return each argument once, as a text for people: ``{n, plural}``."""
    return dict.fromkeys(f"{{{argument.name}, {argument.type}}}" for argument in arguments)
