"""The store beside the bare database: bulk rows, bytes per translation, a page, the coverage.

    store.py [--translations 1000000] [--store sqlite|postgresql|URL]

One store is filled through the unit of work with the given number of translations: 10,000 units in
a project, 20 languages, 63 bytes a text in the mean. In the same process and the same run the bare
driver writes as many rows of the same columns, by ``sqlite3.executemany`` or by COPY, without
history, counters and revision checks; with ``--store postgresql`` the server's CPU seconds count
too. Pages are the services' own: 50 units with texts and findings, from a random place of a random project and
language, limited by queries; coverage is that of one project. One of 20 texts is a draft, one needs work,
one is missing.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from databases import empty, nanoseconds, server, server_processes, server_seconds

from dpg_l10n.domain.message import Text
from dpg_l10n.domain.query import parse
from dpg_l10n.domain.records import Project, StoredCatalogue
from dpg_l10n.domain.states import Made, Origin, State
from dpg_l10n.domain.unit import TranslationWrite, Unit
from dpg_l10n.ports import UnitOfWork
from dpg_l10n.services.coverage import coverage
from dpg_l10n.services.reading import Place, page
from dpg_l10n.store.uow import SqlStore

UNITS = 10_000
LANGUAGES = "fr es pt ar ru sw am hi bn ne km lo my vi id tr fa ur so ha".split()
STATES = [State.TRANSLATED] * 14 + [State.REVIEWED] * 3 + [State.DRAFT, State.NEEDS_WORK, None]
"""Of 20 texts; None is missing."""
QUERIES = ("", "state:draft", "state:missing", "state:needs_work,draft", "source:\"text 77\"",
           "text:chanjo -state:reviewed", "has:finding")  # fmt: skip
READS = 1000
COLUMNS = (
    "catalogue_id integer, locale_id smallint, unit_id integer, state smallint, copied smallint, "
    "revision integer, origin_id integer, action_id integer, text varchar, "
    "source_text_id integer, former smallint"
)
KEY = "PRIMARY KEY (catalogue_id, locale_id, unit_id)"


class Meter:
    """CPU seconds of this process and of the server."""

    def __init__(self, store: str) -> None:
        """Start at nothing."""
        self._store = store
        self.seconds = 0.0

    def run(self, work: Callable[[], object]) -> None:
        """Do something and add what it took."""
        served, started = server_seconds(self._store), time.process_time()
        work()
        took = time.process_time() - started
        self.seconds += took + server_seconds(self._store) - served


def texts(rng: random.Random) -> list[str]:
    """Return one text for each unit, 63 bytes in the mean."""
    words = "mgonjwa kijiji afya tarehe chanjo jina la mama ripoti ya mwezi fomu hifadhi".split()
    return [" ".join(rng.choices(words, k=rng.choice((3, 8, 11, 18)))) for _ in range(UNITS)]


def fill(store: SqlStore, name: str, translations: int) -> tuple[float, float]:
    """Fill the store; return the CPU seconds for units and for translations."""
    rng = random.Random(1)
    unit_meter, meter = Meter(name), Meter(name)
    for number in range(max(translations // (UNITS * len(LANGUAGES)), 1)):
        with store.write() as uow:
            fill_project(uow, f"p{number:04}", rng, unit_meter, meter)
            meter.run(uow.commit)
    return unit_meter.seconds, meter.seconds


def fill_project(
    uow: UnitOfWork, slug: str, rng: random.Random, unit_meter: Meter, meter: Meter
) -> None:
    """Add a project with its units and translations."""
    project = uow.projects.save(Project(slug, "Bench", "en"))
    action = uow.projects.begin_action(project.id, "bench", 0, "push")
    origin = uow.projects.origin_id(Origin(Made.IMPORT))
    catalogue = uow.catalogues.save(
        StoredCatalogue(project.id, "app", "json", "en.json", "{language}.json")
    )
    sources: list[Text] = [f"Source {slug} of the text {at}" for at in range(UNITS)]
    units: list[Unit] = []

    def add() -> None:
        ids = uow.units.intern(sources)
        fresh = [
            Unit(0, f"screen.field_{at}", text, ids[text], 6, at) for at, text in enumerate(sources)
        ]
        units.extend(uow.units.add(catalogue.id, fresh))
        uow.catalogues.set_totals(catalogue.id, UNITS, 6 * UNITS)

    unit_meter.run(add)
    words = {unit.id: unit.words for unit in units}
    for language in LANGUAGES:
        said = zip(units, texts(rng), strict=True)
        writes = [
            TranslationWrite(unit.id, text, state, origin, 0)
            for unit, text in said
            if (state := rng.choice(STATES))
        ]
        meter.run(partial(uow.translations.write, catalogue.id, language, action, writes, words))


def bare(name: str, url: str, folder: Path, rows: int) -> float:
    """Return the CPU seconds of the driver for as many rows."""
    rng = random.Random(1)
    meter = Meter(name)
    parts = [(at // len(LANGUAGES), at % len(LANGUAGES)) for at in range(rows // UNITS)]

    def part(catalogue: int, locale: int) -> list[tuple[object, ...]]:
        return [
            (catalogue, locale, at, 3, 0, 1, 1, 1, text, None, None)
            for at, text in enumerate(texts(rng))
        ]

    if name == "sqlite":
        with closing(sqlite3.connect(folder / "bare.db")) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(f"CREATE TABLE bare ({COLUMNS}, {KEY}) WITHOUT ROWID")
            marks = ",".join("?" * 11)
            for place in parts:
                data = part(*place)
                meter.run(
                    lambda data=data: connection.executemany(
                        f"INSERT INTO bare VALUES ({marks})", data
                    )
                )
            meter.run(connection.commit)
        return meter.seconds
    import psycopg

    with psycopg.connect(url) as server_connection, server_connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare ({COLUMNS}, {KEY})".encode())

        def copy(data: list[tuple[object, ...]]) -> None:
            with cursor.copy("COPY bare FROM STDIN") as out:
                for row in data:
                    out.write_row(row)

        for place in parts:
            data = part(*place)
            meter.run(lambda data=data: copy(data))
        meter.run(server_connection.commit)
        cursor.execute("DROP TABLE bare")
    return meter.seconds


def size(name: str, url: str, store: SqlStore) -> int:
    """Return the bytes that the table of translations takes, with its index."""
    if name == "sqlite":
        store.close()
        path = url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            pages = connection.execute("SELECT sum(pgsize) FROM dbstat WHERE name = 'translation'")
            return int(pages.fetchone()[0])
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection_:
        connection_.execute("VACUUM ANALYZE")
        found = connection_.execute("SELECT pg_total_relation_size('translation')").fetchone()
    return int(found[0]) if found else 0


def reads(store: SqlStore, name: str, projects: int) -> dict[str, list[tuple[float, float]]]:
    """Return of each page and each coverage the milliseconds on the clock and of CPU."""
    rng = random.Random(2)
    found: dict[str, list[tuple[float, float]]] = {}
    coverage(store, "p0000")  # from here on the server's processes stay the same
    served = server_processes(name)

    def measure(what: str, work: Callable[[], object]) -> None:
        before, busy, started = nanoseconds(served), time.process_time(), time.perf_counter()
        work()
        wall, spent = time.perf_counter() - started, time.process_time() - busy
        spent += (nanoseconds(served) - before) / 1e9
        found.setdefault(what, []).append((wall * 1000, spent * 1000))

    for at in range(READS):
        slug, language = f"p{rng.randrange(projects):04}", rng.choice(LANGUAGES)
        place = Place("app", rng.randrange(UNITS - 50), 0) if at % 2 else None
        for query in QUERIES:
            asked = parse(query)
            work = partial(page, store, slug, language, asked, after=place)
            measure(f"page of 50, {query or 'all'}", work)
        measure("coverage of a project", partial(coverage, store, slug))
    return found


def report(found: dict[str, list[tuple[float, float]]]) -> None:
    """Print the middle and the tail of each kind of reading."""
    print(f"  {'milliseconds':<40} {'p50':>8} {'p99':>8}   {'CPU p50':>8} {'CPU p99':>8}")
    for what, took in found.items():
        line = f"  {what:<40}"
        for values in zip(*took, strict=True):
            ordered = sorted(values)
            line += f" {ordered[len(took) // 2]:>8.2f} {ordered[len(took) * 99 // 100]:>8.2f}  "
        print(line)


def main() -> None:
    """Fill, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--translations", type=int, default=1_000_000)
    parser.add_argument("--store", default="sqlite")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        server(asked.store) as name,
        empty(name, Path(folder)) as url,
    ):
        store = SqlStore(url)
        projects = max(asked.translations // (UNITS * len(LANGUAGES)), 1)
        rows = projects * UNITS * len(LANGUAGES) * 19 // 20
        asked_for = projects * UNITS * len(LANGUAGES)
        for_units, ours = fill(store, name, asked_for)
        theirs = bare(name, url, Path(folder), rows)
        print(f"{rows:,} translations of {projects * UNITS:,} units, {asked.store}")
        print(
            f"  rows per CPU second       {rows / ours:>12,.0f}   with history, counters and checks"
        )
        print(
            f"  the bare driver           {rows / theirs:>12,.0f}   {ours / theirs:.2f} times as many"
        )
        print(f"  units per CPU second      {projects * UNITS / for_units:>12,.0f}")
        print(f"  bytes per translation     {size(name, url, store) / rows:>12.1f}")
        report(reads(store, name, projects))
        store.close()


if __name__ == "__main__":
    main()
