"""What is particular to a store on a PostgreSQL server."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import make_url

from dpg_l10n.errors import InputError, StoreUnavailableError, UnavailableError
from dpg_l10n.services import maintenance
from dpg_l10n.store.dialects.postgresql import DIALECT
from dpg_l10n.store.maintenance import SqlMaintenance
from dpg_l10n.store.uow import SqlStore
from tests.support import postgresql
from tests.support.projects import json_project
from tests.support.stores import Begun


@pytest.fixture
def url() -> Iterator[str]:
    with postgresql.store() as found:
        yield found


def test_the_other_usual_beginning_of_a_url_is_understood(url: str) -> None:
    other = url.replace("postgresql://", "postgres://")
    with closing(SqlStore(other)) as store, store.read() as uow:
        assert uow.projects.list() == ()


def test_no_message_shows_a_password(url: str) -> None:
    absent = url.replace("postgres@", "postgres:secret@").replace("store_", "absent_")
    with pytest.raises(StoreUnavailableError) as caught:
        SqlStore(absent)
    assert "secret" not in str(caught.value)
    assert "absent_" in str(caught.value)


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match=tmp_path.name):
        SqlStore(f"postgresql://nobody@/none?host={tmp_path}")


def test_a_reader_sees_one_state_throughout(url: str) -> None:
    with closing(SqlStore(url)) as store, store.read() as reader:
        assert reader.projects.list() == ()
        with store.write() as uow:
            Begun(uow)
            uow.commit()
        assert reader.projects.list() == ()


def test_a_text_with_nul_is_refused_with_the_reason_and_nothing_is_stored(url: str) -> None:
    with closing(SqlStore(url)) as store:
        workspace = json_project(
            store, {f"k{n}": f"Text {n}" for n in range(60)}, sw={"k1": "a\0b"}
        )
        with pytest.raises(InputError) as caught:
            workspace.push()
        assert caught.value.error_code == "input.character"
        with store.read() as uow:
            assert uow.projects.list() == ()


def test_a_key_longer_than_an_index_takes_is_stored(url: str) -> None:
    key = os.urandom(6000).hex()
    with closing(SqlStore(url)) as store:
        workspace = json_project(store, {key: "Text"}, sw={key: "Maandishi"})
        workspace.push()
        assert workspace.texts("sw") == {key: "Maandishi"}


def test_percent_signs_and_question_marks_of_texts_are_no_marks_of_statements(url: str) -> None:
    texts = {"a": "100% of %s? %(name)s", "b": "%"}
    with closing(SqlStore(url)) as store:
        workspace = json_project(store, {key: f"Source {key}" for key in texts}, sw=texts)
        workspace.push()
        assert workspace.texts("sw") == texts


def test_writers_of_one_project_follow_one_another_and_those_of_others_do_not_wait(
    url: str,
) -> None:
    with closing(SqlStore(url)) as store:
        with store.write() as uow:
            Begun(uow)
            uow.commit()
        with store.write() as first:
            first.projects.require("clinic")
            with store.write() as second:
                assert second.projects.get("school") is None
            engine = store._engine
            with engine.connect() as connection:
                connection.exec_driver_sql("SET lock_timeout = '50ms'")
                with pytest.raises(Exception, match="lock timeout"):
                    DIALECT.lock(connection, "project clinic")


def test_many_rows_go_in_by_copy(url: str) -> None:
    texts = {f"k{number}": f"Text {number}" for number in range(100)}
    said: list[str] = []
    with closing(SqlStore(url)) as store:
        event.listen(
            store._engine,
            "before_cursor_execute",
            lambda _connection, _cursor, statement, *_: said.append(statement),
        )
        json_project(store, texts, sw={key: f"sw {text}" for key, text in texts.items()}).push()
    assert not [each for each in said if each.startswith(("INSERT INTO unit", "INSERT INTO tra"))]


def test_a_missing_backup_program_is_named(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with closing(SqlMaintenance(url)) as store, pytest.raises(UnavailableError, match="pg_dump"):
        maintenance.backup(store, tmp_path / "l10n.backup")


def test_a_password_goes_to_the_backup_program_through_the_environment(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pg_dump"
    program.write_text('#!/bin/sh\necho "$@ / $PGPASSWORD" >&2\nexit 1\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    secret = make_url(url).set(password="secret").render_as_string(hide_password=False)
    with closing(SqlMaintenance(secret)) as store, pytest.raises(UnavailableError) as caught:
        maintenance.backup(store, tmp_path / "l10n.backup")
    arguments, _, password = str(caught.value.params["detail"]).partition(" / ")
    assert (password, "secret" in arguments) == ("secret", False)
    assert not (tmp_path / "l10n.backup").exists()
