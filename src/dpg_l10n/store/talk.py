"""What people say and do around translations: comments, marks, leases, withdrawals, the queue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from dpg_l10n.domain.message import Text, dump, load
from dpg_l10n.domain.states import State
from dpg_l10n.domain.unit import Comment, Found, Lease, Mark
from dpg_l10n.store.chunks import marks
from dpg_l10n.store.codes import STATE_CODES
from dpg_l10n.store.projects import SqlProjects
from dpg_l10n.store.statements import Statements
from dpg_l10n.store.units import FOUND, found

_SAID = "JOIN action a ON a.id = r.action_id JOIN actor w ON w.id = a.actor_id"


class SqlTalk:
    """Repository of comments, marks, leases and withdrawals."""

    def __init__(self, statements: Statements, projects: SqlProjects) -> None:
        """Work inside the transaction of the statements."""
        self._sql = statements
        self._projects = projects

    def comment(self, unit_id: int, language: str, text: str, action_id: int) -> None:
        """Keep what somebody says of a unit in a language."""
        row = (unit_id, self._projects.locale_id(language), text, action_id)
        self._sql.insert("comment", ("unit_id", "locale_id", "text", "action_id"), [row])

    def comments(self, unit_id: int, language: str) -> tuple[Comment, ...]:
        """Return what was said of a unit in a language, oldest first."""
        rows = self._sql.run(
            f"SELECT r.id, r.text, w.name, a.at FROM comment r {_SAID} "
            "WHERE r.unit_id = ? AND r.locale_id = ? ORDER BY r.id",
            (unit_id, self._projects.find_locale_id(language)),
        )
        return tuple(Comment(*row) for row in rows)

    def mark(self, unit_id: int, language: str, actor: str, kind: str, action_id: int) -> None:
        """Put a mark of a person on a unit in a language; a second of the kind takes its place."""
        row = (
            unit_id, self._projects.locale_id(language), self._sql.number("actor", name=actor),
            kind, action_id,
        )  # fmt: skip
        columns = ("unit_id", "locale_id", "actor_id", "kind", "action_id")
        self._sql.insert("mark", columns, [row], replace=True)

    def unmark(self, unit_id: int, language: str, kind: str, *, actor: str | None = None) -> None:
        """Take marks of a kind off a unit in a language: those of one person, or of all."""
        whose, bound = (
            ("", ())
            if actor is None
            else (" AND actor_id = ?", (self._sql.number("actor", name=actor),))
        )
        self._sql.run(
            f"DELETE FROM mark WHERE unit_id = ? AND locale_id = ? AND kind = ?{whose}",
            (unit_id, self._projects.locale_id(language), kind, *bound),
        )

    def marks(self, unit_id: int, language: str) -> tuple[Mark, ...]:
        """Return the marks on a unit in a language, oldest first."""
        rows = self._sql.run(
            f"SELECT r.kind, w.name, a.at, a.why FROM mark r {_SAID} "
            "WHERE r.unit_id = ? AND r.locale_id = ? ORDER BY r.action_id",
            (unit_id, self._projects.find_locale_id(language)),
        )
        return tuple(Mark(*row) for row in rows)

    def lease(self, unit_ids: Sequence[int], language: str, actor: str, until: int) -> None:
        """Give units in a language to a person until a time, whoever had them."""
        locale_id = self._projects.locale_id(language)
        actor_id = self._sql.number("actor", name=actor)
        rows = [(unit_id, locale_id, actor_id, until) for unit_id in unit_ids]
        self._sql.insert("lease", ("unit_id", "locale_id", "actor_id", "until"), rows, replace=True)

    def release(self, unit_ids: Sequence[int], language: str, actor: str) -> None:
        """Take back what a person was given of some units in a language."""
        locale_id = self._projects.locale_id(language)
        actor_id = self._sql.number("actor", name=actor)
        for among, part in self._sql.among(unit_ids):
            self._sql.run(
                f"DELETE FROM lease WHERE locale_id = ? AND actor_id = ? AND unit_id {among}",
                (locale_id, actor_id, *part),
            )

    def leased(self, unit_id: int, language: str, now: int) -> Lease | None:
        """Return who has a unit in a language at a time, or None."""
        row = self._sql.run(
            "SELECT w.name, l.until FROM lease l JOIN actor w ON w.id = l.actor_id "
            "WHERE l.unit_id = ? AND l.locale_id = ? AND l.until > ?",
            (unit_id, self._projects.find_locale_id(language), now),
        ).first()
        return Lease(*row) if row else None

    def withdraw(self, unit_id: int, language: str, text: Text, action_id: int) -> None:
        """Write down that a text is harmful."""
        row = (unit_id, self._projects.locale_id(language), dump(text), action_id)
        self._sql.insert("withdrawal", ("unit_id", "locale_id", "text", "action_id"), [row])

    def withdrawn(self, catalogue_id: int, language: str) -> dict[int, frozenset[Text]]:
        """Return the texts that were withdrawn in a language by unit."""
        rows = self._sql.run(
            "SELECT r.unit_id, r.text FROM withdrawal r JOIN unit u ON u.id = r.unit_id "
            "WHERE u.catalogue_id = ? AND r.locale_id = ?",
            (catalogue_id, self._projects.find_locale_id(language)),
        )
        texts: defaultdict[int, set[Text]] = defaultdict(set)
        for unit_id, text in rows:
            texts[unit_id].add(load(text))
        return {unit_id: frozenset(each) for unit_id, each in texts.items()}

    def queue(
        self,
        catalogue_ids: Sequence[int],
        language: str,
        actor: str,
        states: Sequence[State],
        *,
        now: int,
        limit: int,
    ) -> list[tuple[int, Found]]:
        """Return units for a person to work on, those of risk first, then the longest unchanged.

        Left out is what somebody else has, what the person skipped, and what the person wrote.
        Each unit comes after its catalogue's number.
        """
        locale_id = self._projects.find_locale_id(language)
        actor_id = self._sql.find_number("actor", name=actor) or 0
        codes = [STATE_CODES[state] for state in states]
        rows = self._sql.run(
            f"SELECT u.catalogue_id, {FOUND} LEFT JOIN action a ON a.id = t.action_id "
            f"WHERE u.catalogue_id IN ({marks(catalogue_ids)}) AND NOT u.obsolete "
            f"AND coalesce(t.state, 0) IN ({marks(codes)}) "
            "AND NOT EXISTS (SELECT 1 FROM lease l WHERE l.unit_id = u.id AND l.locale_id = ? "
            "AND l.until > ? AND l.actor_id <> ?) "
            "AND NOT EXISTS (SELECT 1 FROM mark m WHERE m.unit_id = u.id AND m.locale_id = ? "
            "AND m.actor_id = ? AND m.kind = 'skip') "
            "AND NOT (coalesce(t.state, 0) = ? AND a.kind = 'review' AND a.actor_id = ?) "
            "ORDER BY CASE WHEN u.risk = 'normal' THEN 1 ELSE 0 END, coalesce(a.at, 0), "
            "u.catalogue_id, u.position, u.id LIMIT ?",
            (
                locale_id, *catalogue_ids, *codes, locale_id, now, actor_id, locale_id, actor_id,
                STATE_CODES[State.TRANSLATED], actor_id, limit,
            ),
        )  # fmt: skip
        return [(row[0], found(row[1:])) for row in rows]

    def written_by(
        self, catalogue_id: int, language: str, actor: str, unit_ids: Sequence[int]
    ) -> frozenset[int]:
        """Return those of some units whose current text this person wrote."""
        locale_id = self._projects.find_locale_id(language)
        actor_id = self._sql.find_number("actor", name=actor)
        written: set[int] = set()
        for among, part in self._sql.among(unit_ids):
            rows = self._sql.run(
                "SELECT t.unit_id FROM translation t JOIN action a ON a.id = t.action_id "
                "WHERE t.catalogue_id = ? AND t.locale_id = ? AND a.actor_id = ? "
                f"AND a.kind = 'review' AND t.unit_id {among}",
                (catalogue_id, locale_id, actor_id, *part),
            )
            written.update(row[0] for row in rows)
        return frozenset(written)
