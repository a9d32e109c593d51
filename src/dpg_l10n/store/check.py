"""What must hold in a store, asked of all its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dpg_l10n.ports.maintenance import Counted, Defect
from dpg_l10n.store import trend
from dpg_l10n.store.codes import BUCKETS, COPIED
from dpg_l10n.store.statements import Statements

_MOST_NAMED = 5
"""Rows of one kind that are named; the others are counted."""

_RECOUNT = (
    "SELECT t.catalogue_id, t.locale_id, "
    f"CASE WHEN t.copied = 1 AND t.state >= 3 THEN {COPIED} ELSE t.state END AS bucket, "
    "count(*), sum(u.words) FROM translation t "
    "JOIN unit u ON u.id = t.unit_id AND u.catalogue_id = t.catalogue_id "
    "WHERE t.state > 0 AND NOT u.obsolete {only} GROUP BY t.catalogue_id, t.locale_id, bucket"
)
_TOTALS = (
    "SELECT c.id, c.units, c.words, count(u.id), coalesce(sum(u.words), 0) FROM catalogue c "
    "LEFT JOIN unit u ON u.catalogue_id = c.id AND NOT u.obsolete {only} "
    "GROUP BY c.id, c.units, c.words ORDER BY c.id"
)
_OF_UNITS = ("revision", "suggestion", "finding", "comment", "mark", "lease", "withdrawal")
_ORPHANS = {
    "translation": (
        "FROM translation r LEFT JOIN unit u ON u.id = r.unit_id "
        "AND u.catalogue_id = r.catalogue_id WHERE u.id IS NULL"
    ),
    **{
        table: f"FROM {table} r LEFT JOIN unit u ON u.id = r.unit_id WHERE u.id IS NULL"
        for table in (*_OF_UNITS, "unit_change")
    },
}
_POINTERS = [
    ("translation", "origin_id", "origin"),
    ("translation", "action_id", "action"),
    ("translation", "locale_id", "locale"),
    ("translation", "source_text_id", "text"),
    ("revision", "origin_id", "origin"),
    ("revision", "action_id", "action"),
    ("suggestion", "action_id", "action"),
    ("suggestion", "closed_id", "action"),
    ("comment", "action_id", "action"),
    ("mark", "action_id", "action"),
    ("mark", "actor_id", "actor"),
    ("lease", "actor_id", "actor"),
    ("withdrawal", "action_id", "action"),
    ("release", "action_id", "action"),
    ("release_part", "release_id", "release"),
    ("release_part", "catalogue_id", "catalogue"),
    ("coverage", "catalogue_id", "catalogue"),
    ("spoken", "locale_id", "locale"),
    ("memory_entry", "text_id", "text"),
    ("memory_entry", "memory_id", "memory"),
    ("memory_entry", "locale_id", "locale"),
    ("concept", "glossary_id", "glossary"),
    ("term", "concept_id", "concept"),
    ("term", "locale_id", "locale"),
]
_GAPS = (
    "FROM translation t LEFT JOIN (SELECT unit_id, locale_id, count(*) AS many, "
    "max(revision) AS last FROM revision GROUP BY unit_id, locale_id) r "
    "ON r.unit_id = t.unit_id AND r.locale_id = t.locale_id "
    "WHERE coalesce(r.many, 0) <> t.revision - 1 OR coalesce(r.last, 0) <> t.revision - 1"
)


def count(sql: Statements) -> Counted:
    """Return how much there is."""
    names = ("project", "unit", "translation")
    return Counted(*(sql.run(f"SELECT count(*) FROM {name}").scalar_one() for name in names))


def defects(sql: Statements) -> Iterator[Defect]:
    """Yield everything that does not hold."""
    yield from counter_defects(sql)
    yield from trend_defects(sql)
    for table, rest in _ORPHANS.items():
        yield from _rows(sql, "orphan", table, "r.unit_id", rest, "unit {id} is not there")
    for table, column, target in _POINTERS:
        rest = (
            f"FROM {table} r LEFT JOIN {target} x ON x.id = r.{column} "
            f"WHERE r.{column} IS NOT NULL AND x.id IS NULL"
        )
        message = f"{target} {{id}} is not there"
        yield from _rows(sql, "orphan", table, f"r.{column}", rest, message)
    message = "the history of unit {id} has not all texts before the current one"
    yield from _rows(sql, "history", "translation", "t.unit_id", _GAPS, message)


def counter_defects(sql: Statements, project_id: int | None = None) -> Iterator[Defect]:
    """Yield counters and totals that differ from a recount, of one project or of all."""
    names, locales = _names(sql)
    only, values = _only(project_id, "t")
    counted = {
        tuple(row[:3]): (row[3], int(row[4])) for row in sql.run(_RECOUNT.format(only=only), values)
    }
    only, values = _only(project_id, "c")
    query = "SELECT catalogue_id, locale_id, bucket, units, words FROM coverage c WHERE 1 = 1 "
    kept = {tuple(row[:3]): (row[3], row[4]) for row in sql.run(query + only, values)}
    for place in sorted(counted.keys() | kept.keys()):
        said, true = kept.get(place, (0, 0)), counted.get(place, (0, 0))
        if said != true:
            catalogue, locale, code = place
            where = f"{names.get(catalogue, catalogue)} {locales.get(locale, locale)}"
            bucket = BUCKETS[code].value if code in BUCKETS else code
            message = f"{bucket}: counters say {_amount(said)}, there are {_amount(true)}"
            yield Defect("counter", where, message)
    only, values = _only(project_id, "c", column="id", verb="WHERE")
    for row in sql.run(_TOTALS.format(only=only), values):
        if tuple(row[1:3]) != (row[3], int(row[4])):
            message = f"the total says {_amount(row[1:3])}, there are {_amount(row[3:5])}"
            yield Defect("total", str(names[row[0]]), message)


def trend_defects(sql: Statements, project_id: int | None = None) -> Iterator[Defect]:
    """Yield catalogues whose days differ from a recount of their history, of one project or of all."""
    names, locales = _names(sql)
    only, values = _only(project_id, "c", column="id", verb="WHERE")
    for (catalogue_id,) in sql.run(f"SELECT id FROM catalogue c {only} ORDER BY id", values).all():
        kept, counted = trend.kept(sql, catalogue_id), trend.recounted(sql, catalogue_id)
        for place in sorted(kept.keys() | counted.keys()):
            said, true = kept.get(place, (0, 0)), counted.get(place, (0, 0))
            if said != true:
                locale, day, _ = place
                where = f"{names[catalogue_id]} {locales.get(locale, '')}".rstrip()
                message = (
                    f"day {day}: the trend says {_amount(said)}, the history says {_amount(true)}"
                )
                yield Defect("trend", where, message)
                break


def repair_trend(sql: Statements, project_id: int | None = None) -> None:
    """Count the days of a project, or of all, anew from the history."""
    only, values = _only(project_id, "c", column="id", verb="WHERE")
    for (catalogue_id,) in sql.run(f"SELECT id FROM catalogue c {only}", values).all():
        trend.replace(sql, catalogue_id, trend.recounted(sql, catalogue_id))


def repair_counters(sql: Statements, project_id: int) -> None:
    """Count the counters and totals of a project anew."""
    of_project = "(SELECT id FROM catalogue WHERE project_id = ?)"
    sql.run(f"DELETE FROM coverage WHERE catalogue_id IN {of_project}", (project_id,))
    only, values = _only(project_id, "t")
    sql.run(
        "INSERT INTO coverage (catalogue_id, locale_id, bucket, units, words) "
        + _RECOUNT.format(only=only),
        values,
    )
    units = "FROM unit WHERE catalogue_id = catalogue.id AND NOT obsolete"
    sql.run(
        f"UPDATE catalogue SET units = (SELECT count(*) {units}), "
        f"words = (SELECT coalesce(sum(words), 0) {units}) WHERE project_id = ?",
        (project_id,),
    )


def _only(
    project_id: int | None, table: str, *, column: str = "catalogue_id", verb: str = "AND"
) -> tuple[str, tuple[int, ...]]:
    if project_id is None:
        return "", ()
    chosen = "(SELECT id FROM catalogue WHERE project_id = ?)"
    return f"{verb} {table}.{column} IN {chosen}", (project_id,)


def _rows(
    sql: Statements, code: str, table: str, column: str, rest: str, message: str
) -> Iterator[Defect]:
    many = sql.run(f"SELECT count(*) {rest}").scalar_one()
    if not many:
        return
    named = sql.run(f"SELECT DISTINCT {column} {rest} ORDER BY 1 LIMIT {_MOST_NAMED}").all()
    for row in named:
        yield Defect(code, table, message.format(id=row[0]))
    if many > len(named):
        yield Defect(code, table, f"{many} rows in all")


def _names(sql: Statements) -> tuple[dict[int, str], dict[int, str]]:
    catalogues = sql.run(
        "SELECT c.id, p.slug, c.name FROM catalogue c JOIN project p ON p.id = c.project_id"
    )
    named = {row[0]: f"{row[1]}/{row[2]}" for row in catalogues}
    return named, {row[0]: row[1] for row in sql.run("SELECT id, tag FROM locale")}


def _amount(pair: Sequence[int]) -> str:
    return f"{pair[0]} units with {pair[1]} words"
