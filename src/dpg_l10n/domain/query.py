"""The small language in which people ask for units: ``state:draft source:"dose" changed:>2026-10-01``.

The console, the API and the pages share it; what it means is told in ``docs/query.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from dpg_l10n.domain.locales import canonical
from dpg_l10n.domain.states import Made, State
from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import N_

HAS = ("comment", "finding", "flag", "note", "suggestion", "text")
"""What ``has:`` can ask for."""
IS = ("copied", "plural")
"""What ``is:`` can ask for."""
RISKS = ("normal", "clinical", "legal", "safety", "sensitive")
_PART = re.compile(
    r"(?P<no>-)?(?:(?P<field>[A-Za-z]+):)?(?P<by>>=|<=|>|<)?"
    r'(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^\s"]+|(?<=:)))(?=\s|$)'
)
_MOST_CHARACTERS = 1000


@dataclass(frozen=True, slots=True)
class Term:
    """One condition of a query."""

    field: str
    """One of :data:`FIELDS`, or ``"words"`` for words without a field."""
    values: tuple[str, ...]
    """Canonical; the condition holds when one of them fits."""
    by: str = "="
    """``=``; with ``changed`` also ``> >= < <=``."""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Conditions that must all hold; none of them means everything."""

    terms: tuple[Term, ...] = ()

    def only(self, field: str) -> tuple[str, ...] | None:
        """Return the values that a field is limited to, None where it is not."""
        limits = [set(t.values) for t in self.terms if t.field == field and not t.negated]
        if not limits:
            return None
        kept = set.intersection(*limits)
        first = next(t.values for t in self.terms if t.field == field and not t.negated)
        return tuple(value for value in first if value in kept)

    def allows(self, field: str, value: str) -> bool:
        """Tell whether the conditions on a field let one value through."""
        return all(
            (value in term.values) is not term.negated
            for term in self.terms
            if term.field == field
        )  # fmt: skip

    def without(self, *fields: str) -> Query:
        """Return the query without the conditions on some fields."""
        return Query(tuple(term for term in self.terms if term.field not in fields))

    def also(self, field: str, *values: str) -> Query:
        """Return the query with one condition more."""
        return Query((*self.terms, Term(field, values)))


EVERYTHING = Query()


def parse(text: str) -> Query:
    """Return what a person asks for.

    Args:
        text: Conditions separated by white space. ``field:value``, ``field:a,b`` for one of several,
            ``field:"some words"``, ``-field:value`` for all others, ``changed:>2026-10-01``; words
            without a field are looked for in key, source and text.

    Raises:
        UsageError: ``query.field``, ``query.value`` or ``query.form``: it cannot be meant.
    """
    if len(text) > _MOST_CHARACTERS:
        raise UsageError(
            N_("The query is longer than {limit} characters."), code="query.form",
            limit=_MOST_CHARACTERS,
        )  # fmt: skip
    terms = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _PART.match(text, at)
        if match is None:
            raise UsageError(
                N_("“{part}” cannot be read. Put text with spaces or quotes in quotes: {example}"),
                code="query.form", part=text[at : at + 40], example='source:"two words"',
            )  # fmt: skip
        terms.append(_term(match))
        at = match.end()
    return Query(tuple(terms))


def _term(match: re.Match[str]) -> Term:
    quoted = match["quoted"]
    value = match["bare"] or "" if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
    field = (match["field"] or "words").lower()
    by = match["by"] or "="
    negated = bool(match["no"])
    if field == "words":
        whole = value if quoted is not None else (match["by"] or "") + value
        return Term("words", (whole,), negated=negated)
    if field not in FIELDS:
        raise UsageError(
            N_("“{field}:” is nothing to ask for. Known: {known}"),
            code="query.field", field=match["field"], known=", ".join(f"{name}:" for name in FIELDS),
        )  # fmt: skip
    if by != "=" and field != "changed":
        raise UsageError(
            N_("“{by}” compares dates: changed:{by}2026-10-01"), code="query.form", by=by
        )
    if not value:
        raise UsageError(
            N_("“{field}:” lacks its value. Write it without a space after the colon."),
            code="query.value", field=field,
        )  # fmt: skip
    read = FIELDS[field]
    if read is None:
        return Term(field, (value,), negated=negated)
    return Term(field, tuple(map(read, value.split(","))), by, negated)


def _one_of(field: str, known: Iterable[str]) -> Callable[[str], str]:
    names = tuple(known)

    def read(value: str) -> str:
        if value.lower() in names:
            return value.lower()
        if field == "state" and value.lower() in IS:
            raise UsageError(
                N_("“state:{value}” is no state; it is asked for with is:{value}"),
                code="query.value", value=value,
            )  # fmt: skip
        raise UsageError(
            N_("“{field}:{value}”: the value is one of {known}."),
            code="query.value", field=field, value=value, known=", ".join(names),
        )  # fmt: skip

    return read


def _date(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise UsageError(
            N_("“changed:{value}”: the value is a date, as 2026-10-01."),
            code="query.value", value=value,
        ) from error  # fmt: skip


FIELDS: dict[str, Callable[[str], str] | None] = {
    "state": _one_of("state", [state.value for state in State]),
    "language": canonical,
    "catalogue": None,
    "check": str,
    "has": _one_of("has", HAS),
    "is": _one_of("is", IS),
    "origin": _one_of("origin", [made.value for made in Made]),
    "risk": _one_of("risk", RISKS),
    "changed": _date,
    "by": str,
    "key": None,
    "source": None,
    "text": None,
}
"""What can be asked for: how one of several values is read, None for one text as it stands."""


def seconds(term: Term) -> tuple[int, int]:
    """Return the span of time of a ``changed`` term: first second and the one after the last.

    Days are those of UTC.
    """
    start = int(datetime.fromisoformat(term.values[0]).replace(tzinfo=UTC).timestamp())
    end = start + 86_400
    beginnings = {">": end, ">=": start, "<": 0, "<=": 0, "=": start}
    ends = {">": _NEVER, ">=": _NEVER, "<": start, "<=": end, "=": end}
    return beginnings[term.by], ends[term.by]


_NEVER = 2**62


def shown(query: Query) -> str:
    """Return a query as a person would write it; :func:`parse` reads the same from it."""
    return " ".join(map(_shown, query.terms))


def _shown(term: Term) -> str:
    text = ",".join(term.values)
    if not text or re.search(r'[\s"\\]', text) or text[0] in "-<>" or ":" in text:
        text = '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'
    field = "" if term.field == "words" else f"{term.field}:"
    by = "" if term.by == "=" else term.by
    return f"{'-' if term.negated else ''}{field}{by}{text}"
