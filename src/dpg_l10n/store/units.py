"""Units of a catalogue, and the source texts that units share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from dpg_l10n.domain.message import Text, dump, load
from dpg_l10n.domain.unit import Unit
from dpg_l10n.store.chunks import chunks, marks
from dpg_l10n.store.dialects.spec import Dialect

_COLUMNS = (
    "id", "catalogue_id", "key", "text_id", "words", "position", "context", "notes", "locations",
    "flags", "max_chars", "risk", "obsolete",
)  # fmt: skip


class SqlUnits:
    """Repository of units."""

    def __init__(self, connection: Connection, dialect: Dialect) -> None:
        """Work inside the connection's transaction."""
        self._connection = connection
        self._dialect = dialect

    def load(self, catalogue_id: int) -> list[Unit]:
        """Return every unit of a catalogue in source order, obsolete ones included."""
        rows = self._connection.exec_driver_sql(
            "SELECT u.id, u.key, t.body, u.text_id, u.words, u.position, u.context, "
            "u.notes, u.locations, u.flags, u.max_chars, u.risk, u.obsolete "
            "FROM unit u JOIN text t ON t.id = u.text_id WHERE u.catalogue_id = ? "
            "ORDER BY u.position, u.id",
            (catalogue_id,),
        )
        return [
            Unit(
                id=row[0],
                key=row[1],
                source=load(row[2]),
                text_id=row[3],
                words=row[4],
                position=row[5],
                context=row[6],
                notes=row[7],
                locations=row[8],
                flags=row[9],
                max_chars=row[10],
                risk=row[11],
                obsolete=bool(row[12]),
            )
            for row in rows
        ]

    def intern(self, sources: Iterable[Text]) -> dict[Text, int]:
        """Return the number of each source text, adding those that are new."""
        wanted = {
            hashlib.blake2b(
                dump(source).encode("utf-8", "surrogatepass"), digest_size=16
            ).digest(): source
            for source in dict.fromkeys(sources)
        }
        ids = self._text_ids(list(wanted))
        fresh = [(digest, dump(source)) for digest, source in wanted.items() if digest not in ids]
        self._dialect.insert_rows(self._connection, "text", ("hash", "body"), fresh, ignore=True)
        ids.update(self._text_ids([row[0] for row in fresh]))
        return {source: ids[digest] for digest, source in wanted.items()}

    def texts(self, text_ids: Iterable[int]) -> dict[int, Text]:
        """Return source texts by their numbers."""
        found: dict[int, Text] = {}
        for part in chunks(sorted(set(text_ids))):
            rows = self._connection.exec_driver_sql(
                f"SELECT id, body FROM text WHERE id IN ({marks(part)})", tuple(part)
            )
            found.update((row[0], load(row[1])) for row in rows)
        return found

    def add(self, catalogue_id: int, units: Sequence[Unit]) -> list[Unit]:
        """Store new units and return them with their numbers."""
        last = self._connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM unit").scalar()
        first = int(last or 0) + 1
        numbered = [unit._replace(id=first + index) for index, unit in enumerate(units)]
        self._write(catalogue_id, numbered)
        return numbered

    def update(self, catalogue_id: int, units: Sequence[Unit]) -> None:
        """Bring stored units up to date; the number says which."""
        rows = [_values(catalogue_id, unit) for unit in units]
        assignments = ", ".join(f"{name} = ?" for name in _COLUMNS[2:])
        if rows:
            self._connection.exec_driver_sql(
                f"UPDATE unit SET {assignments} WHERE id = ?", [(*row[2:], row[0]) for row in rows]
            )

    def _write(self, catalogue_id: int, units: Sequence[Unit]) -> None:
        rows = [_values(catalogue_id, unit) for unit in units]
        self._dialect.insert_rows(self._connection, "unit", _COLUMNS, rows)

    def _text_ids(self, digests: Sequence[bytes]) -> dict[bytes, int]:
        found: dict[bytes, int] = {}
        for part in chunks(digests):
            rows = self._connection.exec_driver_sql(
                f"SELECT hash, id FROM text WHERE hash IN ({marks(part)})", tuple(part)
            )
            found.update((bytes(row[0]), row[1]) for row in rows)
        return found


def _values(catalogue_id: int, unit: Unit) -> tuple[object, ...]:
    return (
        unit.id, catalogue_id, unit.key, unit.text_id, unit.words, unit.position, unit.context,
        unit.notes, unit.locations, unit.flags, unit.max_chars, unit.risk, int(unit.obsolete),
    )  # fmt: skip
