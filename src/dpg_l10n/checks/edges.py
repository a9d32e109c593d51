"""How a text begins and ends: spaces, newlines, the last punctuation mark."""

from __future__ import annotations

import unicodedata

from dpg_l10n.checks.empty import is_invisible
from dpg_l10n.checks.spec import CheckSpec, Pair, Subject
from dpg_l10n.domain.findings import Finding, Rule, Severity
from dpg_l10n.i18n import N_

SPACE = Rule(
    "edge.space",
    Severity.WARNING,
    N_("White space at an edge differs: “{expected}” in the source, “{actual}” here."),
)
NEWLINE = Rule(
    "edge.newline",
    Severity.WARNING,
    N_("A line break at an edge differs: “{expected}” in the source, “{actual}” here."),
)
PUNCTUATION = Rule(
    "edge.punctuation",
    Severity.INFO,
    N_("The source ends with “{expected}”, this text with “{actual}”."),
)

_MARKS = {
    "stop": ".。．｡।॥۔։።။។།꓿᙮",
    "colon": ":：︰፦",
    "ellipsis": "…⋯",
    "question": "?？؟՞፧⁇",
    "exclamation": "!！՜",
}
_CLASS = {mark: name for name, marks in _MARKS.items() for mark in marks}
_BY_LANGUAGE = {
    "el": _CLASS | {";": "question", "\u037e": "question"},
    "km": _CLASS | {"៖": "colon"},
}
_NO_STOP = frozenset({"th", "lo", "km"})
"""Languages that end sentences without a mark."""
_NO_SPACES = frozenset({"ja", "zh", "yue", "wuu", "th", "lo", "km", "my", "bo", "dz"})
"""Languages that put no space between words, so that one for joining texts is left out."""
_VISIBLE = str.maketrans({" ": "␠", "\n": "⏎", "\t": "⇥", "\r": "␍"})


def _run(subject: Subject, pairs: tuple[Pair, ...]) -> list[Finding]:
    found: list[Finding] = []
    for label, source, target, _ in pairs:
        if source == target or not source:
            continue
        last, end = source[-1], target[-1]
        if source[0].isspace() or target[0].isspace() or last.isspace() or end.isspace():
            found += _space(subject, label, source, target)
        elif last in _CLASS and (end != last or end == "."):
            found += _punctuation(subject, label, source, target)
    return found


def _space(subject: Subject, label: str | None, source: str, target: str) -> list[Finding]:
    """Compare the white space at both edges; an edge is told once, a line break first."""
    found: list[Finding] = []
    if is_invisible(source) or is_invisible(target):
        return found
    spaceless = subject.language.partition("-")[0] in _NO_SPACES
    size = len(target)
    for expected, actual, at, span in (
        (_head(source), _head(target), 0, (0, len(_head(target)))),
        (_tail(source), _tail(target), -1, (size - len(_tail(target)), size)),
    ):
        there, here = expected.translate(_VISIBLE), actual.translate(_VISIBLE)
        if ("\n" in expected) != ("\n" in actual):
            outermost = (source[at] == "\n") != (target[at] == "\n")
            severity = Severity.ERROR if outermost and _strict(subject) else None
            found.append(
                NEWLINE(severity=severity, variant=label, span=span, expected=there, actual=here)
            )
        elif bool(expected) != bool(actual) and not (spaceless and expected):
            found.append(SPACE(variant=label, span=span, expected=there, actual=here))
    return found


def _strict(subject: Subject) -> bool:
    """Tell whether ``msgfmt`` looks at it: a first or last line break on one side breaks a build."""
    return subject.format == "po" or any(
        flag.endswith("-format") and not flag.startswith("no-") for flag in subject.flags
    )


def _head(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _tail(text: str) -> str:
    return text[len(text.rstrip()) :]


def _punctuation(subject: Subject, label: str | None, source: str, target: str) -> list[Finding]:
    language = subject.language.partition("-")[0]
    wanted, there = _ending(source, _CLASS)
    actual, here = _ending(target, _BY_LANGUAGE.get(language, _CLASS))
    if wanted == actual or (wanted == "stop" and language in _NO_STOP):
        return []
    # After a closing quote, tag or placeholder nobody can tell where the sentence ended.
    if actual is None and unicodedata.category(here)[0] not in "LMN":
        return []
    span = (len(target) - len(here), len(target))
    return [PUNCTUATION(variant=label, span=span, expected=there, actual=here)]


def _ending(text: str, classes: dict[str, str]) -> tuple[str | None, str]:
    """Return the kind of the last punctuation mark, None without one, and the last character."""
    return ("ellipsis", "...") if text.endswith("...") else (classes.get(text[-1]), text[-1])


CHECK = CheckSpec("edges", (SPACE, NEWLINE, PUNCTUATION), _run)
