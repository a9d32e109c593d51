"""What is particular to a store in a file: who waits for whom, and files that are no store."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dpg_l10n.domain.records import Project
from dpg_l10n.domain.terms import Terminology
from dpg_l10n.errors import NotFoundError, StoreUnavailableError
from dpg_l10n.ports import TookLongError
from dpg_l10n.store.terminology import Kept
from dpg_l10n.store.uow import SqlStore

PROJECT = Project("clinic", "Clinic", "en")


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'deep' / 'store.db'}"


def test_the_folder_of_a_new_store_is_made(tmp_path: Path) -> None:
    SqlStore(url(tmp_path)).close()
    assert (tmp_path / "deep" / "store.db").is_file()


def test_a_store_keeps_what_was_committed_when_it_is_opened_again(tmp_path: Path) -> None:
    with closing(SqlStore(url(tmp_path))) as store, store.write() as uow:
        uow.projects.save(PROJECT)
        uow.commit()
    with closing(SqlStore(url(tmp_path))) as store, store.read() as uow:
        assert [project.slug for project in uow.projects.list()] == ["clinic"]


def test_readers_see_the_last_commit_while_somebody_writes(tmp_path: Path) -> None:
    with closing(SqlStore(url(tmp_path))) as store, store.write() as writer:
        writer.projects.save(PROJECT)
        with store.read() as reader:
            assert reader.projects.list() == ()
        writer.commit()
        with store.read() as reader:
            assert len(reader.projects.list()) == 1


def test_a_store_can_be_opened_while_somebody_writes(tmp_path: Path) -> None:
    with closing(SqlStore(url(tmp_path))) as first, first.write() as writer:
        writer.projects.save(PROJECT)
        with closing(SqlStore(url(tmp_path))) as second, second.read() as reader:
            assert reader.projects.list() == ()


def test_reading_a_language_that_the_store_never_saw_writes_nothing(tmp_path: Path) -> None:
    with closing(SqlStore(url(tmp_path))) as store, store.write() as writer:
        writer.projects.save(PROJECT)
        with store.read() as reader:
            assert reader.translations.load(1, "sw", ()) == {}


LONG = (
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT ?) SELECT max(x) FROM n"
)


def test_reading_in_a_hurry_stops_where_it_takes_long_and_hurries_nobody_else(
    tmp_path: Path,
) -> None:
    with closing(SqlStore(url(tmp_path))) as store:
        with store.write() as uow:
            uow.projects.save(PROJECT)
            uow.commit()
        hurried = store.hurried(60)
        assert hurried is not None
        with hurried.read() as reader:
            assert len(reader.projects.list()) == 1
        late, soon = store.hurried(-1), store.hurried(0.01)
        assert late is not None
        assert soon is not None
        with pytest.raises(TookLongError), late.read() as reader:
            reader.projects.list()
        with pytest.raises(TookLongError), soon.read() as reader:
            reader.statements.run(LONG, (10**9,)).all()
        # the same connection again
        with store.read() as reader:
            assert reader.statements.run(LONG, (100_000,)).scalar() == 100_000


def test_a_glossary_is_not_indexed_in_a_hurry() -> None:
    kept = Kept()
    at_hand = kept.at_hand()
    terms = Terminology([], "en", "sw")
    with pytest.raises(TookLongError):
        at_hand.get("clinic", 1, lambda: terms)
    assert kept.get("clinic", 1, lambda: terms) is terms
    assert at_hand.get("clinic", 1, lambda: Terminology([], "en", "sw")) is terms
    with pytest.raises(TookLongError):
        at_hand.get("clinic", 2, lambda: terms)


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"this is no database, and long enough to be seen as one" * 100)
    with pytest.raises(StoreUnavailableError, match="not a database"):
        SqlStore(f"sqlite:///{path}")


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError):
        SqlStore(f"sqlite:///{tmp_path}")


def test_a_path_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailableError):
        SqlStore(f"sqlite:///{tmp_path / 'file' / 'store.db'}")


@pytest.mark.parametrize("version", ["99", "new"])
def test_a_store_of_a_newer_version_is_refused(tmp_path: Path, version: str) -> None:
    SqlStore(url(tmp_path)).close()
    with closing(sqlite3.connect(tmp_path / "deep" / "store.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
        connection.commit()
    with pytest.raises(StoreUnavailableError, match=version):
        SqlStore(url(tmp_path))


def test_a_kind_of_database_that_nobody_provides_is_named() -> None:
    with pytest.raises(NotFoundError, match="mysql"):
        SqlStore("mysql://localhost/x")
