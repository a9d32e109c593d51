"""Units of a catalogue, and the source texts that units share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from dpg_l10n.domain.message import Text, dump, load
from dpg_l10n.domain.query import Query
from dpg_l10n.domain.unit import Found, Translation, Unit
from dpg_l10n.store.codes import STATES
from dpg_l10n.store.projects import SqlProjects, read_origin
from dpg_l10n.store.search import condition
from dpg_l10n.store.statements import Statements

_COLUMNS = (
    "id", "catalogue_id", "key", "key_hash", "text_id", "words", "position", "context", "notes", "locations",
    "flags", "max_chars", "risk", "obsolete",
)  # fmt: skip

_READ = (
    "u.id, u.key, s.body, u.text_id, u.words, u.position, u.context, u.notes, u.locations, "
    "u.flags, u.max_chars, u.risk, u.obsolete"
)
"""What :func:`_unit` reads."""
FOUND = (
    f"{_READ}, t.text, t.state, t.revision, t.origin_id, t.source_text_id, t.former, t.copied, "
    "o.made, o.detail, "
    "EXISTS (SELECT 1 FROM finding f WHERE f.unit_id = u.id AND f.locale_id = t.locale_id) "
    "FROM unit u JOIN text s ON s.id = u.text_id LEFT JOIN translation t "
    "ON t.catalogue_id = u.catalogue_id AND t.locale_id = ? AND t.unit_id = u.id AND t.state > 0 "
    "LEFT JOIN origin o ON o.id = t.origin_id"
)
"""What :func:`found` reads, of the language whose number is bound to the mark."""


class SqlUnits:
    """Repository of units."""

    def __init__(self, statements: Statements, projects: SqlProjects) -> None:
        """Work inside the transaction of the statements."""
        self._sql = statements
        self._projects = projects

    def load(self, catalogue_id: int) -> list[Unit]:
        """Return every unit of a catalogue in source order, obsolete ones included."""
        rows = self._sql.run(
            f"SELECT {_READ} FROM unit u JOIN text s ON s.id = u.text_id WHERE u.catalogue_id = ? "
            "ORDER BY u.position, u.id",
            (catalogue_id,),
        ).all()
        return [_unit(row) for row in rows]

    def find(self, project_id: int, unit_id: int) -> tuple[str, Unit] | None:
        """Return a unit of a project that is not obsolete, after its catalogue's name, or None."""
        row = self._sql.run(
            f"SELECT {_READ}, c.name FROM unit u JOIN text s ON s.id = u.text_id "
            "JOIN catalogue c ON c.id = u.catalogue_id "
            "WHERE u.id = ? AND c.project_id = ? AND NOT u.obsolete",
            (unit_id, project_id),
        ).first()
        return None if row is None else (row[13], _unit(row))

    def by_key(self, catalogue_id: int, key: str) -> Unit | None:
        """Return a unit, obsolete or not, by its key, or None."""
        row = self._sql.run(
            f"SELECT {_READ} FROM unit u JOIN text s ON s.id = u.text_id "
            "WHERE u.catalogue_id = ? AND u.key_hash = ?",
            (catalogue_id, digest(key)),
        ).first()
        return None if row is None else _unit(row)

    def page(
        self, catalogue_id: int, language: str, query: Query, *, after: tuple[int, int], limit: int
    ) -> list[Found]:
        """Return units that a query asks for, with their texts in a language, in source order."""
        locale_id = self._projects.find_locale_id(language)
        asked, bound = condition(self._sql, query, locale_id)
        self._sql.walk()
        rows = self._sql.run(
            f"SELECT {FOUND} WHERE u.catalogue_id = ? AND NOT u.obsolete "
            f"AND (u.position, u.id) > (?, ?){asked} ORDER BY u.position, u.id LIMIT ?",
            (locale_id, catalogue_id, *after, *bound, limit),
        ).all()
        return [found(row) for row in rows]

    def intern(self, sources: Iterable[Text]) -> dict[Text, int]:
        """Return the number of each source text, adding those that are new."""
        wanted = {digest(dump(source)): source for source in dict.fromkeys(sources)}
        ids = _text_ids(self._sql, list(wanted))
        fresh = [(found, dump(source)) for found, source in wanted.items() if found not in ids]
        if fresh:
            with self._sql.shared() as shared:
                shared.insert("text", ("hash", "body"), fresh, ignore=True)
                ids.update(_text_ids(shared, [found for found, _ in fresh]))
        return {source: ids[found] for found, source in wanted.items()}

    def texts(self, text_ids: Iterable[int]) -> dict[int, Text]:
        """Return source texts by their numbers."""
        found: dict[int, Text] = {}
        for among, part in self._sql.among(sorted(set(text_ids))):
            rows = self._sql.run(f"SELECT id, body FROM text WHERE id {among}", part)
            found.update((row[0], load(row[1])) for row in rows)
        return found

    def add(self, catalogue_id: int, units: Sequence[Unit]) -> list[Unit]:
        """Store new units and return them with their numbers."""
        numbers = self._sql.reserve("unit", len(units))
        numbered = [unit._replace(id=number) for number, unit in zip(numbers, units, strict=True)]
        rows = [_values(catalogue_id, unit) for unit in numbered]
        self._sql.insert("unit", _COLUMNS, rows)
        return numbered

    def update(self, catalogue_id: int, units: Sequence[Unit]) -> None:
        """Bring stored units up to date; the number says which."""
        rows = [_values(catalogue_id, unit) for unit in units]
        assignments = ", ".join(f"{name} = ?" for name in _COLUMNS[2:])
        self._sql.run_many(
            f"UPDATE unit SET {assignments} WHERE id = ?", [(*row[2:], row[0]) for row in rows]
        )


def _unit(row: Sequence[Any]) -> Unit:
    # in the order of _READ, which is that of the fields; bound once, for pages have many rows
    number, key, body, *others, obsolete = row[:13]
    return _make_unit((number, key, load(body), *others, bool(obsolete)))


def found(row: Sequence[Any]) -> Found:
    """Return the unit of a row with what is there of it."""
    unit = _unit(row)
    text, state, revision, origin_id, source_text_id, former, copied, made, detail, checked = row[
        13:
    ]
    if state is None:
        return Found(unit, None, None, checked=False)
    translation = Translation(
        unit[0], load(text), STATES[state], revision, origin_id, source_text_id,
        STATES[former] if former else None, bool(copied),
    )  # fmt: skip
    return Found(unit, translation, read_origin(made, detail), bool(checked))


_make_unit = Unit._make


def _text_ids(statements: Statements, digests: Sequence[bytes]) -> dict[bytes, int]:
    found: dict[bytes, int] = {}
    for among, part in statements.among(digests):
        rows = statements.run(f"SELECT hash, id FROM text WHERE hash {among}", part)
        found.update((bytes(row[0]), row[1]) for row in rows)
    return found


def digest(text: str) -> bytes:
    """Return the hash by which a stored text or key is found."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _values(catalogue_id: int, unit: Unit) -> tuple[object, ...]:
    return (
        unit.id, catalogue_id, unit.key, digest(unit.key), unit.text_id, unit.words, unit.position, unit.context,
        unit.notes, unit.locations, unit.flags, unit.max_chars, unit.risk, unit.obsolete,
    )  # fmt: skip
