"""Queries as SQL: pages of units in one language, found by walking the source order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dpg_l10n.domain.query import Query, Term, seconds
from dpg_l10n.domain.states import State
from dpg_l10n.store.chunks import marks
from dpg_l10n.store.codes import STATE_CODES
from dpg_l10n.store.statements import Statements

Condition = tuple[str, tuple[Any, ...]]


def condition(sql: Statements, query: Query, locale_id: int | None) -> Condition:
    """Return what follows ``AND`` for a query, and the values of its marks.

    The statement names ``unit u``, ``text s`` (its source) and, outer joined, ``translation t``.
    ``language`` and ``catalogue`` are for the caller to look at.

    Args:
        sql: Statements of the database.
        query: What is asked for.
        locale_id: The language, None where nothing is in it.
    """
    parts: list[str] = []
    bound: list[Any] = []
    for term in query.without("language", "catalogue").terms:
        text, values = _SQL[term.field](sql, term, locale_id)
        parts.append(f" AND NOT ({text})" if term.negated else f" AND ({text})")
        bound.extend(values)
    return "".join(parts), tuple(bound)


def _states(_sql: Statements, term: Term, _locale_id: int | None) -> Condition:
    codes = [STATE_CODES[State(value)] for value in term.values]
    return f"coalesce(t.state, 0) IN ({marks(codes)})", tuple(codes)


def _checks(_sql: Statements, term: Term, locale_id: int | None) -> Condition:
    either = " OR ".join("f.code = ? OR f.code LIKE ? OR f.severity = ?" for _ in term.values)
    found = f"EXISTS (SELECT 1 FROM finding f WHERE f.unit_id = u.id AND f.locale_id = ? AND ({either}))"
    values = [part for value in term.values for part in (value, f"{value}.%", value)]
    return found, (locale_id, *values)


def _has(_sql: Statements, term: Term, locale_id: int | None) -> Condition:
    parts, bound = [], []
    for value in term.values:
        if value == "note":
            parts.append("u.notes <> ''")
        elif value == "text":
            parts.append("coalesce(t.state, 0) > 0")
        else:
            table, open_ones = _ROWS[value]
            parts.append(
                f"EXISTS (SELECT 1 FROM {table} h WHERE h.unit_id = u.id AND h.locale_id = ?{open_ones})"
            )
            bound.append(locale_id)
    return " OR ".join(parts), tuple(bound)


_ROWS = {
    "comment": ("comment", ""),
    "finding": ("finding", ""),
    "flag": ("mark", " AND h.kind = 'flag'"),
    "suggestion": ("suggestion", " AND h.closed_id IS NULL"),
}


def _is(_sql: Statements, term: Term, _locale_id: int | None) -> Condition:
    return " OR ".join(_IS[value] for value in term.values), ()


_IS = {
    "copied": "coalesce(t.copied, 0) = 1",
    "plural": "substr(s.body, 1, 2) = '\x1e{'",
}


def _origins(_sql: Statements, term: Term, _locale_id: int | None) -> Condition:
    values = term.values
    return (
        "coalesce(t.state, 0) > 0 AND EXISTS "
        f"(SELECT 1 FROM origin o WHERE o.id = t.origin_id AND o.made IN ({marks(values)}))",
        values,
    )


def _risks(_sql: Statements, term: Term, _locale_id: int | None) -> Condition:
    return f"u.risk IN ({marks(term.values)})", term.values


def _changed(_sql: Statements, term: Term, _locale_id: int | None) -> Condition:
    start, end = seconds(term)
    return (
        "EXISTS (SELECT 1 FROM action a WHERE a.id = t.action_id AND a.at >= ? AND a.at < ?)",
        (start, end),
    )


def _people(_sql: Statements, term: Term, _locale_id: int | None) -> Condition:
    return (
        "EXISTS (SELECT 1 FROM action a JOIN actor w ON w.id = a.actor_id "
        f"WHERE a.id = t.action_id AND w.name IN ({marks(term.values)}))",
        term.values,
    )


def _key(sql: Statements, term: Term, _locale_id: int | None) -> Condition:
    return _contains(sql, ("u.key",), term)


_SOURCE = "(SELECT b.body FROM text b WHERE b.id = u.text_id)"
"""Not the ``s.body`` that is joined: PostgreSQL would look through the texts of all projects first."""


def _source(sql: Statements, term: Term, _locale_id: int | None) -> Condition:
    return _contains(sql, (_SOURCE,), term)


def _text(sql: Statements, term: Term, _locale_id: int | None) -> Condition:
    return _contains(sql, ("coalesce(t.text, '')",), term)


def _words(sql: Statements, term: Term, _locale_id: int | None) -> Condition:
    return _contains(sql, ("u.key", _SOURCE, "coalesce(t.text, '')"), term)


def _contains(sql: Statements, columns: Sequence[str], term: Term) -> Condition:
    (value,) = term.values
    found = [sql.contains(column, value) for column in columns]
    return " OR ".join(text for text, _ in found), tuple(bound for _, bound in found)


_SQL = {
    "state": _states,
    "check": _checks,
    "has": _has,
    "is": _is,
    "origin": _origins,
    "risk": _risks,
    "changed": _changed,
    "by": _people,
    "key": _key,
    "source": _source,
    "text": _text,
    "words": _words,
}
