"""Migrations: one tree for every database, the same tables as a new store, data kept on the way."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, MetaData, Table, create_engine, inspect

from dpg_l10n.config import settings
from dpg_l10n.errors import StoreUnavailableError
from dpg_l10n.ports.memory import Place
from dpg_l10n.store.feeds import of_entries
from dpg_l10n.store.maintenance import SqlMaintenance
from dpg_l10n.store.migrate import config, upgrade, versions
from dpg_l10n.store.opening import connect
from dpg_l10n.store.tables import SCHEMA_VERSION, Row
from dpg_l10n.store.uow import SqlStore
from tests.support import postgresql

_DATA = Path(__file__).parents[1] / "data" / "schemas"
"""Rows as a store of each version holds them; bytes are written as ``{"hex": …}``."""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.db'}"
        return
    with postgresql.server().database() as url:
        yield url


def migrated(url: str, version: str = "head") -> Engine:
    _, dialect, engine = connect(url)
    upgrade(engine, dialect, version)
    return engine


def run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)


def fill(engine: Engine, version: str) -> None:
    tables = json.loads((_DATA / f"{version}.json").read_text(encoding="utf-8"))
    known = MetaData()
    with engine.begin() as connection:
        for name, rows in tables.items():
            table = Table(name, known, autoload_with=connection)
            connection.execute(table.insert(), [_row(row) for row in rows])


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: bytes.fromhex(value["hex"]) if isinstance(value, dict) else value
        for name, value in row.items()
    }


def test_the_versions_end_with_the_one_that_the_program_knows() -> None:
    assert versions() == tuple(sorted(versions()))
    assert versions()[-1] == SCHEMA_VERSION


def test_migrations_lead_to_the_tables_of_the_program(empty: str) -> None:
    with closing(SqlMaintenance(empty)) as store:
        store.upgrade()
    _, _, engine = connect(empty)
    with engine.connect() as connection:
        command.check(config(connection))
    engine.dispose()


def test_a_new_store_has_the_tables_of_the_migrations(empty: str, tmp_path: Path) -> None:
    SqlStore(empty).close()
    _, _, engine = connect(empty)
    with engine.connect() as connection:
        command.check(config(connection))
        made = _columns(engine)
    engine.dispose()
    other = create_engine(f"sqlite:///{tmp_path / 'other.db'}")
    Row.metadata.create_all(other)
    assert made == _columns(other)
    other.dispose()


def test_upgrading_a_new_store_changes_nothing(empty: str) -> None:
    SqlStore(empty).close()
    with closing(SqlMaintenance(empty)) as store:
        assert store.upgrade() == (SCHEMA_VERSION, SCHEMA_VERSION)


@pytest.mark.parametrize("version", versions())
def test_a_store_of_each_version_is_upgraded_with_its_data(empty: str, version: str) -> None:
    engine = migrated(empty, version)
    fill(engine, version)
    engine.dispose()
    with closing(SqlMaintenance(empty)) as store:
        assert store.upgrade() == (version, SCHEMA_VERSION)
        counted, defects = store.check(repair=False)
    assert defects == ()
    assert (counted.projects, counted.units, counted.translations) == (1, 3, 3)
    with closing(SqlStore(empty)) as opened, opened.read() as uow:
        project = uow.projects.require("clinic")
        (catalogue,) = uow.catalogues.list(project.id)
        units = uow.units.load(catalogue.id)
        said = uow.translations.load(catalogue.id, "sw", units)
        assert [unit.key for unit in units] == ["save", "delete", "old"]
        assert [text.text for text in said.values()] == ["Hifadhi", "Futa", "Zamani"]
        texts = [each.text for each in uow.translations.history(units[0], "sw")]
        assert texts == ["Hifadhi", "Weka"]
        heard = dict(uow.memory.translations("sw").after(Place())[1])
        assert {"Hifadhi", "Zamani"} <= set(heard.values()) <= {"Hifadhi", "Zamani", ""}
        assert (heard.get(of_entries(1)) == "Hifadhi") == (version >= "0002")


def test_an_older_store_is_refused_with_the_command_that_upgrades_it(empty: str) -> None:
    SqlStore(empty).close()
    _, _, engine = connect(empty)
    run(engine, "UPDATE alembic_version SET version_num = '0000'")
    engine.dispose()
    with pytest.raises(StoreUnavailableError, match="dpg-l10n store upgrade"):
        SqlStore(empty)


def test_a_newer_store_is_refused_by_the_upgrade_too(empty: str) -> None:
    SqlStore(empty).close()
    _, _, engine = connect(empty)
    run(engine, "UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with closing(SqlMaintenance(empty)) as store, pytest.raises(StoreUnavailableError):
        store.upgrade()
    with pytest.raises(StoreUnavailableError, match="newer"):
        SqlStore(empty)


def test_a_database_of_somebody_else_is_left_alone(empty: str) -> None:
    _, _, engine = connect(empty)
    run(engine, "CREATE TABLE project (name VARCHAR)")
    with pytest.raises(StoreUnavailableError, match="no store"):
        SqlStore(empty)
    assert inspect(engine).get_table_names() == ["project"]
    engine.dispose()


def test_opening_a_store_imports_no_migrations(tmp_path: Path) -> None:
    url = settings({}, store=str(tmp_path / "store.db")).store
    code = (
        "import sys; from dpg_l10n.store.uow import SqlStore; "
        f"SqlStore({url!r}).close(); print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own interpreter
    assert done.stdout.strip() == "False"


def _columns(engine: Engine) -> dict[str, list[tuple[str, bool]]]:
    found = inspect(engine)
    return {
        table: [(column["name"], column["nullable"]) for column in found.get_columns(table)]
        for table in sorted(found.get_table_names())
    }
