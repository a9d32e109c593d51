"""Everything in a text that a draft must carry over unchanged.

More than the placeholders that the checks compare: a check that is too eager bothers a person, a
draft that keeps a word too many bothers nobody.
"""

from __future__ import annotations

import re
from collections import Counter

from dpg_l10n.domain.placeholders.find import find
from dpg_l10n.domain.placeholders.kinds import ALL

_ALSO = re.compile(
    # Templates of interfaces that no format's kinds hold, such as ##name##, %name% and [[name]].
    r"\#\#[A-Za-z_][\w ]{0,60}\#\#|\#[A-Za-z_]\w{0,60}\#?|%%\w{1,60}%%|%[A-Za-z_]\w{1,60}%"
    r"|@@\w{1,60}@@|\[\[[^\[\]\n]{1,80}\]\]|__[A-Z][A-Z_]{0,60}__"
    r"|(?<![\d%])%L?[1-9]\d?(?![\w%])"
    r"|\$\$?[A-Za-z_]\w*|\$\d+(?![\d.,])"  # $name, $1; "$5.00" is a price
    r"|\{[^{}\n]{1,80}\}|</?[A-Za-z][^<>\n]{0,80}>"  # {class name}, <your name>
    r"|\\(?:[nrt\"']|u[0-9A-Fa-f]{4})"
)

Span = tuple[int, int]


def kept(text: str, kinds: frozenset[str]) -> list[Span]:
    """Return start and end of what a draft keeps, in order and without overlap.

    Args:
        text: Source text or draft.
        kinds: Kinds of placeholder that texts of this catalogue have.
    """
    spans = [(found.start, found.end) for found in find(text, kinds | ALL)]
    taken = 0
    more: list[Span] = []
    for match in _ALSO.finditer(text):
        while taken < len(spans) and spans[taken][1] <= match.start():
            taken += 1
        if taken == len(spans) or spans[taken][0] >= match.end():
            more.append(match.span())
    return sorted(spans + more)


def same_kept(source: str, target: str, kinds: frozenset[str]) -> bool:
    """Tell whether two texts keep the same strings, each as often."""
    return _bag(source, kinds) == _bag(target, kinds)


def _bag(text: str, kinds: frozenset[str]) -> Counter[str]:
    return Counter(text[start:end] for start, end in kept(text, kinds))
