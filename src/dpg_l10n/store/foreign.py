"""Memories that came as files: their entries are suggestions, and in no figure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from dpg_l10n.domain.memory import Foreign, ForeignEntry
from dpg_l10n.domain.message import load, plain
from dpg_l10n.store.codes import STATE_CODES, STATES
from dpg_l10n.store.feeds import note_entries
from dpg_l10n.store.projects import SqlProjects
from dpg_l10n.store.statements import Statements
from dpg_l10n.store.units import SqlUnits

_COLUMNS = (
    "text_id", "locale_id", "memory_id", "hash", "source_locale_id", "state", "text", "licence", "origin",
    "part",
)  # fmt: skip
_PAGE = 5000


class SqlForeign:
    """Repository of memories that came as files."""

    def __init__(self, statements: Statements, projects: SqlProjects, units: SqlUnits) -> None:
        """Work inside the transaction of the statements."""
        self._sql = statements
        self._projects = projects
        self._units = units

    def list(self) -> tuple[tuple[Foreign, int], ...]:
        """Return every memory with the number of its entries, by name."""
        rows = self._sql.run(
            "SELECT m.name, m.licence, m.at, m.id, (SELECT count(*) FROM memory_entry e "
            "WHERE e.memory_id = m.id) FROM memory m"
        )
        found = [(Foreign(row[0], row[1], row[2], row[3]), row[4]) for row in rows]
        return tuple(sorted(found, key=lambda pair: pair[0].name))

    def get(self, name: str) -> Foreign | None:
        """Return a memory, or None."""
        row = self._sql.run("SELECT name, licence, at, id FROM memory WHERE name = ?", (name,))
        found = row.first()
        return None if found is None else Foreign(*found)

    def languages(self, memory: Foreign) -> tuple[str, ...]:
        """Return the languages of its translations."""
        rows = self._sql.run(
            "SELECT tag FROM locale WHERE id IN "
            "(SELECT locale_id FROM memory_entry WHERE memory_id = ?)",
            (memory.id,),
        )
        return tuple(sorted(row[0] for row in rows))

    def save(self, memory: Foreign, actor: str) -> Foreign:
        """Add a memory or bring its licence and time up to date; return it with its number."""
        actor_id = self._sql.number("actor", name=actor)
        self._sql.run(
            "INSERT INTO memory (name, licence, actor_id, at) VALUES (?, ?, ?, ?) ON CONFLICT (name) "
            "DO UPDATE SET licence = excluded.licence, actor_id = excluded.actor_id, at = excluded.at",
            (memory.name, memory.licence, actor_id, memory.at),
        )
        saved = self.get(memory.name)
        assert saved is not None  # noqa: S101 - just written
        return saved

    def add(self, memory: Foreign, entries: Sequence[ForeignEntry]) -> None:
        """Add entries; one that is there already with the same text is brought up to date."""
        ids = self._units.intern(entry.source for entry in entries)
        languages = sorted({self._projects.locale_id(entry.language) for entry in entries})
        parts = {number: note_entries(self._sql, memory.id, number) for number in languages}
        rows = {}
        for entry in entries:
            digest = hashlib.blake2b(entry.text.encode(), digest_size=8).digest()
            locale_id = self._projects.locale_id(entry.language)
            text_id = ids[entry.source]
            rows[text_id, locale_id, digest] = (
                text_id, locale_id, memory.id, digest, self._projects.locale_id(entry.source_language),
                STATE_CODES[entry.state], entry.text, entry.licence, entry.origin,
                parts[locale_id],
            )  # fmt: skip
        self._sql.insert("memory_entry", _COLUMNS, list(rows.values()), replace=True)

    def entries(self, memory: Foreign) -> Iterator[ForeignEntry]:
        """Yield every entry of a memory."""
        last: tuple[int, int, int, bytes] = (-1, 0, 0, b"")
        while True:
            rows = self._sql.run(
                "SELECT e.text_id, e.locale_id, e.hash, s.body, e.text, f.tag, l.tag, e.state, "
                "e.licence, e.origin, e.part FROM memory_entry e JOIN text s ON s.id = e.text_id "
                "JOIN locale l ON l.id = e.locale_id JOIN locale f ON f.id = e.source_locale_id "
                "WHERE e.memory_id = ? AND (e.part, e.text_id, e.locale_id, e.hash) > (?, ?, ?, ?) "
                "ORDER BY e.part, e.text_id, e.locale_id, e.hash LIMIT ?",
                (memory.id, *last, _PAGE),
            ).all()
            for row in rows:
                yield ForeignEntry(
                    plain(load(row[3])), row[4], row[5], row[6], STATES[row[7]], row[8], row[9]
                )
            if len(rows) < _PAGE:
                return
            last = (rows[-1][10], rows[-1][0], rows[-1][1], bytes(rows[-1][2]))

    def remove(self, memory: Foreign) -> int:
        """Take a memory and all its entries out; return how many there were."""
        gone = self._sql.run("DELETE FROM memory_entry WHERE memory_id = ?", (memory.id,)).rowcount
        self._sql.run("DELETE FROM memory WHERE id = ?", (memory.id,))
        return gone
