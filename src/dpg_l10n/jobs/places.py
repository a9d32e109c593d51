"""Who works under which name: a lock that ends with its process says that a worker lives.

DBOS gives the jobs of a worker to nobody else, however dead it is; this does. On a server each
worker holds an advisory lock on its name, and whoever can take the lock of another takes over its
jobs. A file has one worker at a time: the next waits until the lock is free.
"""

from __future__ import annotations

import hashlib
import itertools
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import sqlalchemy as sa
from dbos import DBOS
from sqlalchemy.pool import NullPool

from dpg_l10n.jobs.opening import driver_url, keepalive_arguments

_EVERY_S = 1.0
_ORPHANS = sa.text(
    "SELECT DISTINCT executor_id FROM dbos.workflow_status "
    "WHERE status = 'PENDING' AND executor_id <> :me"
)
_TRY = sa.text("SELECT pg_try_advisory_lock(:key)")
_UNLOCK = sa.text("SELECT pg_advisory_unlock(:key)")


@contextmanager
def file_place(path: str, stop: threading.Event) -> Iterator[bool]:
    """Hold the one place of a file's worker; yield False where ``stop`` came first."""
    with closing(sqlite3.connect(f"{path}.lock", timeout=0, isolation_level=None)) as connection:
        while not stop.is_set():
            try:
                # the lock of the file ends with the process, however that ends
                connection.execute("BEGIN EXCLUSIVE")
                break
            except sqlite3.OperationalError:
                stop.wait(_EVERY_S)
        yield connection.in_transaction


class ServerPlace:
    """The place of one worker among those of a server.

    Args:
        url: Database URL.
        host: Name of the machine; its workers are told apart by number.
    """

    def __init__(self, url: str, host: str) -> None:
        """Take the first free place of the machine."""
        self._engine = sa.create_engine(
            driver_url(url), isolation_level="AUTOCOMMIT", poolclass=NullPool,
            connect_args={"application_name": "dpg-l10n worker", **keepalive_arguments()},
        )  # fmt: skip
        self._connection = self._engine.connect()
        self.name = next(
            name
            for number in itertools.count()
            if self._try(self._connection, name := f"{host}-{number}")
        )
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True, name="reaper")

    def begin(self) -> None:
        """Begin to look for workers that are gone."""
        self._thread.start()

    def close(self) -> None:
        """Give the place back."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(10)
        self._connection.close()
        self._engine.dispose()

    def _look(self) -> None:
        while not self._stop.wait(_EVERY_S):
            try:
                for (name,) in self._connection.execute(_ORPHANS, {"me": self.name}).fetchall():
                    self._take_over(name)
            except sa.exc.DBAPIError:
                self._again()

    def _take_over(self, name: str) -> None:
        if self._try(self._connection, name):
            try:
                # the one name of DBOS's inside that we lean on: what it does when it starts
                DBOS._recover_pending_workflows([name])
            finally:
                self._connection.execute(_UNLOCK, {"key": _key(name)})

    def _again(self) -> None:
        """Connect once more after the server was away, and take the place back."""
        while not self._stop.wait(_EVERY_S):
            try:
                self._connection.close()
                self._connection = self._engine.connect()
                if self._try(self._connection, self.name):
                    return
            except sa.exc.DBAPIError:
                continue

    @staticmethod
    def _try(connection: sa.Connection, name: str) -> bool:
        return bool(connection.execute(_TRY, {"key": _key(name)}).scalar())


def _key(name: str) -> int:
    digest = hashlib.blake2b(f"dpg-l10n-worker:{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
