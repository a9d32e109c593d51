"""Numbers that a translation changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from dpg_l10n.checks.spec import CheckSpec, Pair, Subject, When
from dpg_l10n.domain.findings import Finding, Rule, Severity
from dpg_l10n.domain.placeholders import find, icu
from dpg_l10n.domain.risk import RISKY
from dpg_l10n.i18n import N_

CHANGED = Rule(
    "number.changed",
    Severity.WARNING,
    N_("The numbers differ: {expected} in the source, {numbers} here."),
)

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*+")
_POINTS = ".,\u066b\u066c'’\u00a0\u202f"
# Longer runs of digits than any number has are read in slices: no arithmetic on a megabyte.
_TOKEN = re.compile(rf"\d{{1,40}}(?:[{_POINTS}]\d{{1,40}}){{0,12}}")
_SPACED = re.compile(rf"\d{{1,40}}(?:[{_POINTS} ]\d{{1,40}}){{0,12}}")
_SPACES = re.compile("[ \u00a0\u202f]")
_SEPARATOR = re.compile(rf"[{_POINTS} ]")
_SMALL = {"zero": {Decimal(0)}, "one": {Decimal(0), Decimal(1)}, "two": {Decimal(2)}}
"""Numbers that a plural variant may say in words."""

_MANY = 100
"""More numbers than this that lack an equal are not paired off by meaning."""

Value = frozenset[Decimal]
"""What a written number can mean: ``1.500`` is 1500 or 1.5."""


def _run(subject: Subject, pairs: tuple[Pair, ...]) -> list[Finding]:
    found: list[Finding] = []
    for label, source, target, category in pairs:
        if _DIGITS.findall(source) == _DIGITS.findall(target):
            continue
        before, after = _outside(source, subject.kinds), _outside(target, subject.kinds)
        if _agree(before, after, category):
            continue
        risky = subject.risk in RISKY
        found.append(
            CHANGED(
                severity=Severity.ERROR if risky else None,
                variant=label,
                expected=", ".join(_TOKEN.findall(before)) or "–",
                numbers=", ".join(_TOKEN.findall(after)) or "–",
            )
        )
    return found


def _outside(text: str, kinds: frozenset[str]) -> str:
    """Return a text with everything that is not translated blanked out."""
    parts: list[str] = []
    position = 0
    text = icu.flatten(text) if "{" in text else text
    for placeholder in find(text, kinds):
        parts.append(text[position : placeholder.start])
        position = placeholder.end
    return "\n".join([*parts, text[position:]])


def _agree(source: str, target: str, category: str | None) -> bool:
    """Tell whether two texts have the same numbers, in any order, script and notation."""
    spoken = _SMALL.get(category or "", set())
    before, after = _readings(source), _readings(target)
    return any(_match(ours, theirs, spoken) for ours in before for theirs in after)


def _readings(text: str) -> list[list[Value]]:
    """Return the numbers of a text, and those that it has where spaces group digits."""
    plain = list(_values(_TOKEN, text))
    spaced = list(_values(_SPACED, text))
    return [plain] if spaced == plain else [plain, spaced]


def _match(source: list[Value], target: list[Value], spoken: set[Decimal]) -> bool:
    """Pair the numbers off; ambiguous ones take what the certain ones leave."""
    if source and target:
        missing = list((Counter(source) - Counter(target)).elements())
        surplus = list((Counter(target) - Counter(source)).elements())
    else:
        missing, surplus = source, list(target)
    if len(missing) > _MANY or len(surplus) > _MANY:
        return False
    for value in sorted(missing, key=len):
        partner = next((other for other in surplus if value & other), None)
        if partner is not None:
            surplus.remove(partner)
        elif not value & spoken:
            return False
    return all(value & spoken for value in surplus)


def _values(token: re.Pattern[str], text: str) -> Iterator[Value]:
    for match in token.finditer(text):
        yield from _meanings(match[0])


def _meanings(written: str) -> Iterator[Value]:
    """Return the numbers that a run of digits and separators is: mostly one, for a date several."""
    digits = _SEPARATOR.split(written)
    if len(digits) == 1:
        yield frozenset({Decimal(written)})
        return
    marks = _SEPARATOR.findall(written)
    whole = _SPACES.sub(" ", written)
    meanings: set[Decimal] = set()
    if len(set(marks)) == 1 and _grouped(digits):
        meanings.add(Decimal("".join(digits)))
    if len(marks) == 1 and whole.find(" ") < 0:
        meanings.add(Decimal(f"{digits[0]}.{digits[1]}"))
    elif len(set(marks[:-1])) == 1 and marks[-1] not in marks[:-1] and _grouped(digits[:-1]):
        meanings.add(Decimal(f"{''.join(digits[:-1])}.{digits[-1]}"))
    if meanings:
        yield frozenset(meanings)
        return
    for part in digits:
        yield frozenset({Decimal(part)})


def _grouped(digits: list[str]) -> bool:
    """Tell whether digits are grouped as thousands, or in the Indian way as ``12,34,567``."""
    head, *middle, last = digits
    return (
        0 < len(head) <= 3 and len(last) == 3 and {len(part) for part in middle} in ({3}, {2}, set())
    )  # fmt: skip


CHECK = CheckSpec("numbers", (CHANGED,), _run, when=When.SIGNS)
