"""Units of a catalogue, and the source texts that units share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from dpg_l10n.domain.message import Text, dump, load
from dpg_l10n.domain.unit import Unit
from dpg_l10n.store.statements import Statements

_COLUMNS = (
    "id", "catalogue_id", "key", "key_hash", "text_id", "words", "position", "context", "notes", "locations",
    "flags", "max_chars", "risk", "obsolete",
)  # fmt: skip


class SqlUnits:
    """Repository of units."""

    def __init__(self, statements: Statements) -> None:
        """Work inside the transaction of the statements."""
        self._sql = statements

    def load(self, catalogue_id: int) -> list[Unit]:
        """Return every unit of a catalogue in source order, obsolete ones included."""
        rows = self._sql.run(
            "SELECT u.id, u.key, t.body, u.text_id, u.words, u.position, u.context, "
            "u.notes, u.locations, u.flags, u.max_chars, u.risk, u.obsolete "
            "FROM unit u JOIN text t ON t.id = u.text_id WHERE u.catalogue_id = ? "
            "ORDER BY u.position, u.id",
            (catalogue_id,),
        ).all()
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
        wanted = {_digest(dump(source)): source for source in dict.fromkeys(sources)}
        ids = _text_ids(self._sql, list(wanted))
        fresh = [(digest, dump(source)) for digest, source in wanted.items() if digest not in ids]
        if fresh:
            with self._sql.shared() as shared:
                shared.insert("text", ("hash", "body"), fresh, ignore=True)
                ids.update(_text_ids(shared, [digest for digest, _ in fresh]))
        return {source: ids[digest] for digest, source in wanted.items()}

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


def _text_ids(statements: Statements, digests: Sequence[bytes]) -> dict[bytes, int]:
    found: dict[bytes, int] = {}
    for among, part in statements.among(digests):
        rows = statements.run(f"SELECT hash, id FROM text WHERE hash {among}", part)
        found.update((bytes(row[0]), row[1]) for row in rows)
    return found


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _values(catalogue_id: int, unit: Unit) -> tuple[object, ...]:
    return (
        unit.id, catalogue_id, unit.key, _digest(unit.key), unit.text_id, unit.words, unit.position, unit.context,
        unit.notes, unit.locations, unit.flags, unit.max_chars, unit.risk, unit.obsolete,
    )  # fmt: skip
