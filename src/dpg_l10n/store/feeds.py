"""The texts of a store as indexes read them: those that came after a place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from dpg_l10n.domain.message import load, plain, texts
from dpg_l10n.ports.memory import IndexedTexts, Newest, Place
from dpg_l10n.store.statements import Statements

_PAGE = 20_000
"""Texts read at once."""


class SourceTexts(IndexedTexts):
    """Source texts, whose numbers only grow. The mark of a place is the hash of its text."""

    def __init__(self, statements: Statements) -> None:
        """Work inside the transaction of the statements."""
        self._sql = statements

    def newest(self, place: Place) -> Newest:
        """Return the highest number of a source text, and whether a text still has a number."""
        row = self._sql.run(
            "SELECT (SELECT max(id) FROM text), (SELECT hash FROM text WHERE id = ?)",
            (place.number,),
        ).one()
        same = row[1] is not None and bytes(row[1]) == place.mark
        return Newest(row[0] or 0, place.number == 0 or same)

    def after(self, place: Place) -> tuple[Place, Iterator[tuple[int, str]]]:
        """Return the last text's place, and number and general variant of those after a place."""
        row = self._sql.run("SELECT id, hash FROM text ORDER BY id DESC LIMIT 1").first()
        last = Place(row[0], bytes(row[1])) if row else Place()
        return last, self._texts(place.number, last.number)

    def _texts(self, after: int, last: int) -> Iterator[tuple[int, str]]:
        while after < last:
            rows = self._sql.run(
                "SELECT id, body FROM text WHERE id > ? AND id <= ? ORDER BY id LIMIT ?",
                (after, last, _PAGE),
            ).all()
            for number, body in rows:
                yield number, plain(load(body))
            after = rows[-1][0] if rows else last


class Translations(IndexedTexts):
    """Finished translations in a language. Those that were taken back come again, as empty texts.

    A place's number is the sum of the counters of ``spoken``; its mark holds each of them, and what
    this store has and no other: its last action there and its last source text.
    """

    def __init__(self, statements: Statements, locale_id: int | None) -> None:
        """Work inside the transaction of the statements; None is a language with nothing in it."""
        self._sql = statements
        self._locale_id = locale_id

    def newest(self, place: Place) -> Newest:
        """Return the sum of the counters, and whether the store has the place's action and text."""
        mark = place.mark.partition(b"\n")[0]
        action_id, text_id, *_ = json.loads(mark) if mark else (0, 0)
        number, *said = self._sql.run(
            "SELECT (SELECT coalesce(sum(number), 0) FROM spoken WHERE locale_id = ?), "
            "(SELECT at FROM action WHERE id = ?), (SELECT actor_id FROM action WHERE id = ?), "
            "(SELECT hash FROM text WHERE id = ?)",
            (self._locale_id, action_id, action_id, text_id),
        ).one()
        known = not mark or mark == _mark(action_id, text_id, *said)
        return Newest(int(number), known and number >= place.number)

    def after(self, place: Place) -> tuple[Place, Iterator[tuple[int, str]]]:
        """Return the last place, and the translations that were written after one."""
        rows = self._sql.run(
            "SELECT catalogue_id, memory_id, number, action_id, late FROM spoken "
            "WHERE locale_id = ? ORDER BY catalogue_id, memory_id",
            (self._locale_id,),
        ).all()
        kept = place.mark.partition(b"\n")[2]
        seen = {(row[0], row[1]): row[2:] for row in json.loads(kept)} if kept else {}
        action = self._sql.run(
            "SELECT id, at, actor_id FROM action WHERE id = ?",
            (max((row[3] for row in rows), default=0),),
        ).first() or (0, None, None)
        text = self._sql.run("SELECT id, hash FROM text ORDER BY id DESC LIMIT 1").first()
        text_id, digest = text or (0, None)
        mark = _mark(action[0], text_id, action[1], action[2], digest)
        mark += b"\n" + json.dumps([list(row[:4]) for row in rows]).encode()
        return Place(int(sum(row[2] for row in rows)), mark), self._texts(rows, seen)

    def _texts(
        self, rows: list[tuple[int, ...]], seen: dict[tuple[int, int], list[int]]
    ) -> Iterator[tuple[int, str]]:
        for catalogue_id, memory_id, number, _, late in rows:
            before, action_id = seen.get((catalogue_id, memory_id), (0, 0))
            if number == before:
                continue
            if memory_id:
                yield from self._entries(memory_id, before)
            else:
                yield from self._written(catalogue_id, 0 if before < late else action_id)

    def _written(self, catalogue_id: int, after: int) -> Iterator[tuple[int, str]]:
        rows = self._sql.run(
            "SELECT unit_id, CASE WHEN state >= 3 AND copied = 0 THEN text ELSE '' END "
            "FROM translation WHERE catalogue_id = ? AND locale_id = ? AND action_id > ?",
            (catalogue_id, self._locale_id, after),
        )
        for unit_id, stored in rows:
            yield of_unit(unit_id), "\n".join(texts(load(stored)))

    def _entries(self, memory_id: int, after: int) -> Iterator[tuple[int, str]]:
        """Yield all that memories have for the sources of which one has something new."""
        rows = self._sql.run(
            "SELECT e.text_id, e.text FROM memory_entry e WHERE e.locale_id = ? AND e.text_id IN "
            "(SELECT text_id FROM memory_entry WHERE memory_id = ? AND part > ? AND locale_id = ?) "
            "ORDER BY e.text_id, e.text",
            (self._locale_id, memory_id, after, self._locale_id),
        )
        for text_id, found in groupby(rows, key=lambda row: int(row[0])):
            yield of_entries(text_id), "\n".join(row[1] for row in found)


def note_written(sql: Statements, catalogue_id: int, locale_id: int, action_id: int) -> None:
    """Note that an action changed finished translations; once in its transaction.

    Actions of one project have growing numbers. One that writes in several transactions may come
    after a later one: who read up to that one has to read everything again.
    """
    sql.run(
        "INSERT INTO spoken (locale_id, catalogue_id, memory_id, number, action_id, late) "
        "VALUES (?, ?, 0, 1, ?, 0) ON CONFLICT (locale_id, catalogue_id, memory_id) DO UPDATE SET "
        "number = spoken.number + 1, late = CASE WHEN excluded.action_id > spoken.action_id "
        "THEN spoken.late ELSE spoken.number + 1 END, action_id = CASE WHEN excluded.action_id > "
        "spoken.action_id THEN excluded.action_id ELSE spoken.action_id END",
        (locale_id, catalogue_id, action_id),
    )


def note_entries(sql: Statements, memory_id: int, locale_id: int) -> int:
    """Note that a memory gets entries in a language; return the number of this part of it."""
    sql.run(
        "INSERT INTO spoken (locale_id, catalogue_id, memory_id, number, action_id, late) "
        "VALUES (?, 0, ?, 1, 0, 0) ON CONFLICT (locale_id, catalogue_id, memory_id) DO UPDATE SET "
        "number = spoken.number + 1",
        (locale_id, memory_id),
    )
    found = sql.run(
        "SELECT number FROM spoken WHERE locale_id = ? AND catalogue_id = 0 AND memory_id = ?",
        (locale_id, memory_id),
    )
    return int(found.scalar_one())


def of_unit(unit_id: int) -> int:
    """Return the number under which indexes know the translation of a unit."""
    return unit_id * 2


def of_entries(text_id: int) -> int:
    """Return the number under which indexes know what memories from files have for a source text."""
    return text_id * 2 + 1


def apart(numbers: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return units, and source texts, that are known under some numbers."""
    return (
        [number // 2 for number in numbers if number % 2 == 0],
        [number // 2 for number in numbers if number % 2],
    )


def _mark(
    action_id: int, text_id: int, at: int | None, actor_id: int | None, digest: bytes | None
) -> bytes:
    said = None if digest is None else bytes(digest).hex()
    return json.dumps([action_id, text_id, at, actor_id, said]).encode()
