"""Databases for measurements: an empty one for each run, and what the server's CPU did for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy.engine import make_url

_TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def server(store: str) -> Iterator[str]:
    """Give the URL of a server: the given one, or with ``postgresql`` that of a new private one."""
    if store != "postgresql":
        yield store
        return
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tests.support import postgresql

    with postgresql.serve() as started:
        yield started.url("postgres")


@contextmanager
def empty(store: str, folder: Path) -> Iterator[str]:
    """Give the URL of an empty database: a file in the folder, or a new one on the server."""
    if store == "sqlite":
        yield f"sqlite:///{folder / 'store.db'}"
        return
    import psycopg

    name = f"bench_{os.getpid()}"
    with psycopg.connect(store, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
        yield make_url(store).set(database=name).render_as_string(hide_password=False)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def server_seconds(store: str) -> float:
    """Return the CPU seconds that the processes of a server on this machine have used so far."""
    if store == "sqlite":
        return 0.0
    root = _postmaster(store)
    total = sum(map(int, _stat(root)[11:15]))
    for stat in _children(root).values():
        total += sum(map(int, stat[11:13]))
    return total / _TICKS


def server_processes(store: str) -> list[int]:
    """Return the processes that serve connections now, none for a file."""
    return [] if store == "sqlite" else list(_children(_postmaster(store)))


def nanoseconds(processes: list[int]) -> int:
    """Return how long processes have been on a processor so far, finer than by ticks."""
    total = 0
    for pid in processes:
        try:
            total += int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])
        except OSError:
            continue  # it ended
    return total


def _children(root: int) -> dict[int, list[str]]:
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = _stat(int(entry.name))
            except OSError:
                continue
            if int(stat[1]) == root:
                found[int(entry.name)] = stat
    return found


@cache
def _postmaster(store: str) -> int:
    import psycopg

    with psycopg.connect(store) as connection:
        return int(_stat(connection.info.backend_pid)[1])


def _stat(pid: int) -> list[str]:
    """Return the fields of a process after its name: state, parent and so on."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
