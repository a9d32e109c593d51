"""All rows of a project as lines of JSON, and back into a store that does not have the project.

Numbers mean nothing elsewhere: rows that projects share (languages, pseudonyms, origins, source texts)
travel along and are found or added by what they say, all others get new numbers.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa

from dpg_l10n.domain.message import load
from dpg_l10n.errors import InputError
from dpg_l10n.i18n import N_
from dpg_l10n.store.feeds import note_written
from dpg_l10n.store.projects import SqlProjects
from dpg_l10n.store.releases import packed, unpacked
from dpg_l10n.store.statements import Statements
from dpg_l10n.store.tables import Row
from dpg_l10n.store.units import SqlUnits

SHARED = {"locale": ("tag",), "actor": ("name",), "origin": ("made", "detail"), "text": ("body",)}
"""Tables of rows that all projects share, with what such a row says."""
_CATALOGUES = "(SELECT id FROM catalogue WHERE project_id = ?)"
_UNITS = f"(SELECT id FROM unit WHERE catalogue_id IN {_CATALOGUES})"
_GLOSSARIES = "(SELECT id FROM glossary WHERE project_id = ?)"
_OF_CATALOGUES, _OF_UNITS = f"catalogue_id IN {_CATALOGUES}", f"unit_id IN {_UNITS}"
OWN = {
    "project": "id = ?",
    "action": "project_id = ?",
    "catalogue": "project_id = ?",
    "file": _OF_CATALOGUES,
    "file_before": _OF_CATALOGUES,
    "unit": _OF_CATALOGUES,
    "unit_change": _OF_UNITS,
    "translation": _OF_CATALOGUES,
    "revision": _OF_UNITS,
    "suggestion": _OF_UNITS,
    "finding": _OF_CATALOGUES,
    "comment": _OF_UNITS,
    "mark": _OF_UNITS,
    "withdrawal": _OF_UNITS,
    "release": "project_id = ?",
    "release_part": _OF_CATALOGUES,
    "coverage": _OF_CATALOGUES,
    "coverage_day": _OF_CATALOGUES,
    "glossary": "project_id = ?",
    "concept": f"glossary_id IN {_GLOSSARIES}",
    "term": f"concept_id IN (SELECT id FROM concept WHERE glossary_id IN {_GLOSSARIES})",
}
"""Tables of a project's own rows, each after those that it points to, and which rows are its own.

Leases end by themselves, webhooks have secrets, and accounts are of the machine: they do not travel."""
_POINTS = {
    "source_text_id": "text", "push_id": "action", "closed_id": "action",
    **{f"{name}_id": name for name in (
        "action", "actor", "catalogue", "concept", "glossary", "locale", "origin", "project", "release",
        "text", "unit",
    )},
}  # fmt: skip
_AT_ONCE = 2000
_FINISHED = 3
"""Codes of states from here on are of finished texts."""
Lines = Iterator[str]


class SqlBundles:
    """All rows of a project, for another store."""

    def __init__(self, statements: Statements, projects: SqlProjects, units: SqlUnits) -> None:
        """Work inside the transaction of the statements."""
        self._sql = statements
        self._projects = projects
        self._units = units

    def dump(self, project_id: int) -> Iterator[tuple[str, Lines]]:
        """Yield each table with its lines: the names of columns, then a row each; to be read in turn."""
        used: defaultdict[str, set[int]] = defaultdict(set)
        for table, where in OWN.items():
            yield table, self._own(table, where, project_id, used)
        for table, said in SHARED.items():
            yield table, self._shared(table, said, used[table])

    def _own(self, table: str, where: str, project_id: int, used: Mapping[str, set[int]]) -> Lines:
        columns = list(Row.metadata.tables[table].columns)
        names = [column.name for column in columns]
        pointing = [(at, used[_POINTS[name]]) for at, name in enumerate(names)
                    if _POINTS.get(name) in SHARED]  # fmt: skip
        order = ", ".join(column.name for column in Row.metadata.tables[table].primary_key)
        yield json.dumps(names)
        rows = self._sql.run(
            f"SELECT {', '.join(names)} FROM {table} WHERE {where} ORDER BY {order}", (project_id,)
        )
        kinds = [_writer(column) for column in columns]
        for row in rows:
            for at, ids in pointing:
                if row[at]:
                    ids.add(row[at])
            said = zip(kinds, row, strict=True)
            yield json.dumps([value if value is None else write(value) for write, value in said])

    def _shared(self, table: str, said: Sequence[str], used: Iterable[int]) -> Lines:
        yield json.dumps(["id", *said])
        for among, part in self._sql.among(sorted(used)):
            names = ", ".join(("id", *said))
            for row in self._sql.run(
                f"SELECT {names} FROM {table} WHERE id {among} ORDER BY id", part
            ):
                yield json.dumps(list(row))

    def load(self, slug: str, lines: Callable[[str], Lines]) -> int:
        """Add a project that the store does not have; return its number.

        Args:
            slug: What it is to be called here.
            lines: Returns the lines of a table, see :meth:`dump`.

        Raises:
            InputError: ``bundle.newer``: a later version of the program wrote it;
                ``bundle.damaged``: rows do not belong together.
        """
        numbers: dict[str, dict[int, int]] = {
            table: self._known(table, said, lines(table)) for table, said in SHARED.items()
        }
        for table in OWN:
            numbers[table] = self._add(table, lines(table), numbers, slug)
        (project_id,) = numbers["project"].values()
        written = self._sql.run(
            "SELECT catalogue_id, locale_id, max(action_id) FROM translation WHERE catalogue_id IN "
            f"{_CATALOGUES} AND state >= ? AND copied = 0 GROUP BY catalogue_id, locale_id",
            (project_id, _FINISHED),
        ).all()
        for place in written:
            note_written(self._sql, *place)
        return project_id

    def _known(self, table: str, said: Sequence[str], lines: Lines) -> dict[int, int]:
        _expect(table, json.loads(next(lines)), {"id", *said})
        found: dict[int, int] = {}
        for part in _portions(lines):
            if table == "text":
                texts = {row[0]: load(row[1]) for row in part}
                ids = self._units.intern(texts.values())
                found.update((number, ids[text]) for number, text in texts.items())
                continue
            for row in part:
                found[row[0]] = self._sql.number(table, **dict(zip(said, row[1:], strict=True)))
        return found

    def _add(
        self, table: str, lines: Lines, numbers: Mapping[str, Mapping[int, int]], slug: str
    ) -> dict[int, int]:
        columns = Row.metadata.tables[table].columns
        names = json.loads(next(lines))
        _expect(table, names, set(columns.keys()))
        readers = [_reader(columns[name]) for name in names]
        numbered: dict[int, int] = {}
        for part in _portions(lines):
            fresh = iter(self._sql.reserve(table, len(part)) if "id" in names else ())
            rows = []
            for values in part:
                row = dict(zip(names, (None if v is None else read(v) for read, v in
                                       zip(readers, values, strict=True)), strict=True))  # fmt: skip
                for name in names:
                    target = _POINTS.get(name)
                    if target and row[name]:
                        row[name] = _moved(numbers[target], row[name], table)
                if "id" in row:
                    old, row["id"] = row["id"], next(fresh)
                    numbered[old] = row["id"]
                self._fit(table, row, numbers, slug)
                rows.append(tuple(row.values()))
            self._sql.insert(table, names, rows)
        return numbered

    def _fit(
        self, table: str, row: dict[str, Any], numbers: Mapping[str, Mapping[int, int]], slug: str
    ) -> None:
        """Change what means something else in another store."""
        if table == "project":
            row["slug"] = slug
        elif table == "glossary":
            row["version"] = secrets.randbits(62)
            if self._sql.find_number("glossary", name=row["name"]) is not None:
                row["name"] = f"{row['name']} ({slug})"
        elif table == "release_part":
            held = unpacked(row["held"])
            row["held"] = packed(
                {_moved(numbers["unit"], unit, table): held[unit] for unit in held}
            )


def _moved(numbers: Mapping[int, int], number: int, table: str) -> int:
    found = numbers.get(number)
    if found is None:
        raise InputError(
            N_("The bundle is damaged: a row of “{table}” points to nothing."),
            code="bundle.damaged", table=table,
        )  # fmt: skip
    return found


def _expect(table: str, names: Sequence[str], known: set[str]) -> None:
    unknown = sorted(set(names) - known)
    if unknown:
        raise InputError(
            N_("The bundle is of a newer version of this program: “{name}” is not known here. Upgrade first."),
            code="bundle.newer", name=f"{table}.{unknown[0]}",
        )  # fmt: skip


def _portions(lines: Lines) -> Iterator[list[list[Any]]]:
    while part := [json.loads(line) for line in islice(lines, _AT_ONCE)]:
        yield part


def _writer(column: sa.Column[Any]) -> Callable[[Any], Any]:
    if isinstance(column.type, sa.LargeBinary):
        return lambda value: base64.b64encode(bytes(value)).decode()
    return bool if isinstance(column.type, sa.Boolean) else lambda value: value


def _reader(column: sa.Column[Any]) -> Callable[[Any], Any]:
    return base64.b64decode if isinstance(column.type, sa.LargeBinary) else lambda value: value
