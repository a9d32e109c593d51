"""``dpg-l10n store``: check, backup, restore and upgrade, on every kind of database."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dpg_l10n.errors import InputError, StoreUnavailableError, UnavailableError
from dpg_l10n.services import maintenance
from dpg_l10n.store.maintenance import SqlMaintenance
from dpg_l10n.store.opening import connect
from dpg_l10n.store.uow import SqlStore
from dpg_l10n_cli.main import run
from tests.support import postgresql
from tests.support.projects import Workspace, json_project
from tests.support.stores import SERVABLE


@dataclass
class Kept:
    """A store with a project in it."""

    url: str
    folder: Path
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str | Path) -> tuple[int, str, str]:
        """Run a ``store`` command; return exit code and output."""
        self.capsys.readouterr()
        code = run(["store", *map(str, arguments), "--store", self.url])
        said = self.capsys.readouterr()
        return code, said.out, said.err

    def json(self, *arguments: str | Path) -> Any:
        return json.loads(self(*arguments, "--json")[1])

    def sql(self, statement: str) -> None:
        """Change rows behind the back of the program."""
        _, _, engine = connect(self.url)
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
            connection.commit()
        engine.dispose()

    def texts(self) -> dict[str, object]:
        with closing(SqlStore(self.url)) as store:
            return dict(_workspace(store).texts("sw"))


def _workspace(store: SqlStore) -> Workspace:
    source = {"save": "Save the form", "open": "Open", "shut": "Shut"}
    return json_project(store, source, sw={"save": "Hifadhi", "open": "Fungua"})


@pytest.fixture(params=SERVABLE)
def kept(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Kept]:
    if request.param == "postgresql":
        programs = postgresql.server().programs
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    with SERVABLE[request.param](tmp_path) as url:
        with closing(SqlStore(url)) as store:
            _workspace(store).push()
        yield Kept(url, tmp_path, capsys)


def test_a_sound_store_is_checked_in_peace(kept: Kept) -> None:
    code, out, err = kept("check")
    assert (code, out) == (0, "")
    assert "1 projects, 3 units, 2 translations: all is well" in err


@pytest.mark.parametrize(
    ("statement", "code", "message"),
    [
        ("UPDATE coverage SET units = units + 1", "counter", "3 units"),
        ("UPDATE coverage SET words = 0", "counter", "0 words"),
        ("DELETE FROM coverage", "counter", "0 units"),
        ("UPDATE catalogue SET words = 99", "total", "99 words"),
        ("UPDATE translation SET state = 1 WHERE unit_id = 1", "counter", "draft"),
        ("UPDATE translation SET origin_id = 77", "orphan", "origin 77"),
        ("UPDATE translation SET revision = 3 WHERE unit_id = 1", "history", "unit 1"),
        ("UPDATE finding SET unit_id = 1", None, ""),
        ("DELETE FROM unit WHERE id = 1", "orphan", "unit 1"),
    ],
)
def test_what_does_not_hold_is_named(
    kept: Kept, statement: str, code: str | None, message: str
) -> None:
    kept.sql(statement)
    defects = kept.json("check")["defects"]
    if code is None:
        assert defects == []
        return
    assert any(each["code"] == code and message in each["message"] for each in defects)
    assert kept("check")[0] == 1


def test_counters_are_repaired_when_asked_for_and_the_rest_is_left(kept: Kept) -> None:
    kept.sql("UPDATE coverage SET units = 7, words = 7")
    kept.sql("UPDATE catalogue SET units = 8")
    code, out, _ = kept("check", "--repair-counters")
    assert code == 0
    assert out.count("repaired: ") == 2
    assert kept("check")[0] == 0
    kept.sql("UPDATE translation SET action_id = 99")
    assert kept("check", "--repair-counters")[0] == 1


def test_a_backup_holds_everything_and_goes_back(kept: Kept) -> None:
    backup = kept.folder / "l10n.backup"
    assert kept("backup", backup)[0] == 0
    before = kept.texts()
    kept.sql("UPDATE translation SET text = 'lost'")
    code, out, _ = kept("restore", backup, "--force")
    assert (code, "l10n.backup" in out) == (0, True)
    assert kept.texts() == before == {"save": "Hifadhi", "open": "Fungua"}
    assert kept("check")[0] == 0


def test_a_backup_is_for_its_owner_alone_and_leaves_nothing_beside_it(kept: Kept) -> None:
    place = kept.folder / "backups"
    place.mkdir()
    report = kept.json("backup", place / "l10n.backup")
    assert [path.name for path in place.iterdir()] == ["l10n.backup"]
    assert (place / "l10n.backup").stat().st_mode & 0o777 == 0o600
    assert report["bytes"] == (place / "l10n.backup").stat().st_size


def test_a_backup_is_written_while_somebody_writes(kept: Kept) -> None:
    backup = kept.folder / "l10n.backup"
    with closing(SqlStore(kept.url)) as store, store.write() as uow:
        project = uow.projects.require("clinic")
        uow.projects.begin_action(project.id, "amina", 1, "review")
        assert kept("backup", backup)[0] == 0
    assert kept("restore", backup, "--force")[0] == 0
    assert len(kept.texts()) == 2


def test_a_file_that_exists_is_not_overwritten_by_a_backup(kept: Kept) -> None:
    backup = kept.folder / "precious"
    backup.write_bytes(b"precious")
    code, _, err = kept("backup", backup)
    assert (code, backup.read_bytes()) == (2, b"precious")
    assert "--force" in err
    assert kept("backup", backup, "--force")[0] == 0


def test_a_store_is_not_overwritten_by_a_restore(kept: Kept) -> None:
    backup = kept.folder / "l10n.backup"
    kept("backup", backup)
    kept.sql("UPDATE translation SET text = 'newer'")
    code, _, err = kept("restore", backup)
    assert (code, "--force" in err) == (2, True)
    assert set(kept.texts().values()) == {"newer"}


def test_a_file_that_is_no_backup_is_refused_and_changes_nothing(kept: Kept) -> None:
    path = kept.folder / "notes.txt"
    path.write_text("these are notes")
    assert kept("restore", path, "--force")[0] == 3
    assert kept("restore", kept.folder / "absent", "--force")[0] == 3
    assert len(kept.texts()) == 2


def test_a_broken_backup_is_refused_and_changes_nothing(kept: Kept) -> None:
    backup = kept.folder / "l10n.backup"
    kept("backup", backup)
    backup.write_bytes(backup.read_bytes()[:6000])
    assert kept("restore", backup, "--force")[0] == 3
    assert len(kept.texts()) == 2


def test_a_backup_goes_into_an_empty_database_without_force(kept: Kept, tmp_path: Path) -> None:
    backup = kept.folder / "l10n.backup"
    kept("backup", backup)
    if kept.url.startswith("sqlite"):
        assert run(["store", "restore", str(backup), "--store", str(tmp_path / "new.db")]) == 0
        return
    with postgresql.server().database() as url:
        assert run(["store", "restore", str(backup), "--store", url]) == 0


def test_a_store_that_is_up_to_date_is_left_alone_by_an_upgrade(kept: Kept) -> None:
    code, out, _ = kept("upgrade")
    assert (code, "up to date" in out) == (0, True)


def test_a_store_of_an_older_version_can_be_backed_up_and_not_checked(kept: Kept) -> None:
    kept.sql("UPDATE alembic_version SET version_num = '0000'")
    assert kept("backup", kept.folder / "l10n.backup")[0] == 0
    code, _, err = kept("check")
    assert (code, "store upgrade" in err) == (4, True)


def test_there_is_nothing_to_back_up_in_an_empty_database(tmp_path: Path) -> None:
    with (
        closing(SqlMaintenance(f"sqlite:///{tmp_path / 'none.db'}")) as store,
        pytest.raises(UnavailableError),
    ):
        maintenance.backup(store, tmp_path / "l10n.backup")


def test_a_restored_file_that_is_a_database_and_no_store_is_reported(tmp_path: Path) -> None:
    with closing(SqlMaintenance(f"sqlite:///{tmp_path / 'other.db'}")) as other:
        other._dialect.backup(other._engine, tmp_path / "other.backup")
    with (
        closing(SqlMaintenance(f"sqlite:///{tmp_path / 'store.db'}")) as store,
        pytest.raises(InputError),
    ):
        maintenance.restore(store, tmp_path / "other.backup")


def test_a_file_that_is_no_database_is_not_looked_after(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"this is no database, and long enough to be seen as one" * 100)
    with pytest.raises(StoreUnavailableError):
        SqlMaintenance(f"sqlite:///{path}")
