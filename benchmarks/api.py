"""The HTTP API beside a bare one, both as a server of one process that 16 connections ask, and one alone.

Sixteen connections that never pause show how much a process can do: each waits for the fifteen others.
With a pause after each answer (25 ms on average) they show what somebody waits on a busy day.

    api.py [--store URL] [--translations 1000000] [--seconds 5]

A store is filled as ``store.py`` does, or taken as it is. The service runs as operators run it: with
accounts, a token on every request, problems and validation. Beside it runs the least that FastAPI and
the ``sqlite3`` of the standard library need for the same page: no accounts, no findings, no labels.
CPU milliseconds are those of the server's process alone; times are those that a client sees, after
half a second in which the connections are made and the first answers fill what is kept.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import store as filling
import uvloop

from dpg_l10n.domain.access import Grant, Permission, Role, Scope, local
from dpg_l10n.services import accounts
from dpg_l10n.store.uow import SqlStore

CONNECTIONS = 16
_WARM_S = 0.5
_PAUSE_S = 0.025
"""Much less than a person needs to read a text, and still a pause."""
_TICKS = os.sysconf("SC_CLK_TCK")
_LENGTH = re.compile(rb"(?i)content-length: *([0-9]+)")
_SERVE = "from dpg_l10n_cli.main import main; main()"
_BARE = """
import sqlite3, sys
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

PATH = sys.argv[1]
app = FastAPI()

class Item(BaseModel):
    unit: int
    key: str
    source: str
    text: str | None
    state: int | None
    revision: int | None

class Page(BaseModel):
    items: list[Item]

@app.get("/page", response_model=Page)
def page(catalogue: int, locale: int, after: int = -1):
    with sqlite3.connect(f"file:{PATH}?mode=ro", uri=True) as db:
        rows = db.execute(
            "SELECT u.id, u.key, s.body, t.text, t.state, t.revision FROM unit u "
            "JOIN text s ON s.id = u.text_id LEFT JOIN translation t ON t.catalogue_id = u.catalogue_id "
            "AND t.locale_id = ? AND t.unit_id = u.id WHERE u.catalogue_id = ? AND u.position > ? "
            "ORDER BY u.position LIMIT 50", (locale, catalogue, after)).fetchall()
    return {"items": [dict(zip(Item.model_fields, row)) for row in rows]}

uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="warning", access_log=False)
"""


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--store", help="URL of a store that is filled already (SQLite)")
    parser.add_argument("--translations", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=5.0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = asked.store or f"sqlite:///{folder}/store.db"
        opened = SqlStore(url)
        if not asked.store:
            filling.fill(opened, "sqlite", asked.translations)
        token, slugs, units = prepare(opened)
        opened.close()
        random.seed(1)
        with serving(["-c", _SERVE, "serve", "--store", url, "--port"]) as (pid, port):
            settle(pid)
            headers = {"Authorization": f"Bearer {token}"}
            languages = filling.LANGUAGES

            def page() -> tuple[str, str, dict[str, str] | None]:
                query = f"language={random.choice(languages)}&state=translated"
                return "GET", f"/api/v1/projects/{random.choice(slugs)}/units?{query}", None

            def coverage() -> tuple[str, str, dict[str, str] | None]:
                return "GET", f"/api/v1/projects/{random.choice(slugs)}/coverage", None

            def accept() -> tuple[str, str, dict[str, str] | None]:
                slug, unit = random.choice(units)
                where = f"/api/v1/projects/{slug}/units/{unit}/translations"
                return "PUT", f"{where}/{random.choice(languages)}", {"state": "reviewed"}

            for name, make in (("page of 50", page), ("coverage", coverage), ("accept", accept)):
                report(name, load(pid, port, make, headers, asked.seconds))
                paced = load(pid, port, make, headers, asked.seconds / 2, pause=_PAUSE_S)
                report(f"{name}, a pause after each", paced)
                alone = load(pid, port, make, headers, asked.seconds / 2, connections=1)
                report(f"{name}, one connection", alone)
        path = url.removeprefix("sqlite:///")
        with serving(["-c", _BARE, path]) as (pid, port):

            def bare() -> tuple[str, str, dict[str, str] | None]:
                project, locale = random.randrange(1, len(slugs) + 1), random.randrange(1, 21)
                return "GET", f"/page?catalogue={project}&locale={locale}", None

            report("bare FastAPI + sqlite3, page of 50", load(pid, port, bare, {}, asked.seconds))


def prepare(store: SqlStore) -> tuple[str, list[str], list[tuple[str, int]]]:
    """Make an owner with a token; return it, the projects, and some units of theirs."""

    class Now:
        def now(self) -> int:
            return int(time.time())

    boss = local("boss")
    name = f"bench-{os.getpid()}"
    account, _ = accounts.invite(store, boss, name, [Grant(Role.OWNER)], Now())
    scope = Scope(permissions=frozenset(Permission))
    made = accounts.add_token(store, boss, "bench", scope, 1, Now(), owner=account.name)
    with store.read() as uow:
        projects = uow.projects.list()
        units = [
            (project.slug, unit.id)
            for project in projects[:20]
            for catalogue in uow.catalogues.list(project.id)
            for unit in uow.units.load(catalogue.id)
        ]
    return made.text, [project.slug for project in projects], units


@contextmanager
def serving(command: list[str]) -> Iterator[tuple[int, int]]:
    """Start a server on a free port; give its process and port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, *command, str(port)], stderr=subprocess.DEVNULL)
    try:
        for _ in range(1200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield process.pid, port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def load(
    pid: int,
    port: int,
    make: Callable[[], tuple[str, str, dict[str, str] | None]],
    headers: dict[str, str],
    seconds: float,
    connections: int = CONNECTIONS,
    pause: float = 0.0,
) -> dict[str, float]:
    """Ask for some seconds over all connections; return rates, times and CPU per request.

    Args:
        pid: Process of the server.
        port: Of the server.
        make: Gives a request: method, path, body.
        headers: Of each request.
        seconds: How long.
        connections: At a time; each asks again when it was answered.
        pause: Seconds that a connection waits before it asks again, on average.
    """
    times: list[float] = []
    failed: list[int] = []

    async def ask(until: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() < until:
            method, path, body = make()
            sent = asked(method, path, body, headers)
            begun = time.perf_counter()
            writer.write(sent)
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(_LENGTH.search(head)[1]))
            times.append(time.perf_counter() - begun)
            # a text that was accepted before is a conflict, and a right answer
            if int(head[9:12]) not in (200, 412):
                failed.append(int(head[9:12]))
            if pause:
                await asyncio.sleep(random.uniform(0, 2 * pause))
        writer.close()

    async def together(seconds: float) -> None:
        until = time.perf_counter() + seconds
        await asyncio.gather(*(ask(until) for _ in range(connections)))

    uvloop.run(together(_WARM_S))
    times.clear()
    cpu = seconds_of(pid)
    begun = time.perf_counter()
    # one thread: with as many as connections the client would wait for itself
    uvloop.run(together(seconds))
    took = time.perf_counter() - begun
    used = seconds_of(pid) - cpu
    times.sort()
    return {
        "requests": len(times),
        "failed": len(failed),
        "per second": len(times) / took,
        "cpu ms": used * 1000 / len(times),
        "p50": statistics.median(times) * 1000,
        "p99": times[int(len(times) * 0.99)] * 1000,
        "MiB": memory_of(pid),
    }


def asked(method: str, path: str, body: dict[str, str] | None, headers: dict[str, str]) -> bytes:
    """Return a request as it is sent."""
    more = {"If-Match": '"1"', "Content-Type": "application/json"} if body else {}
    data = json.dumps(body).encode() if body else b""
    lines = [f"{name}: {value}" for name, value in {**headers, **more}.items()]
    lines += ["Host: 127.0.0.1", f"Content-Length: {len(data)}"]
    return "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode() + data


def settle(pid: int) -> None:
    """Wait until the index of the memory is made: the service does it beside its answers."""
    before, now = -1.0, 0.0
    while now - before > 0.1:
        before = now
        time.sleep(2)
        now = seconds_of(pid)
    print(f"settled after {now:.1f} CPU s", flush=True)


def seconds_of(pid: int) -> float:
    """Return the CPU seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def memory_of(pid: int) -> float:
    """Return the resident memory of a process in MiB."""
    text = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in text.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def report(name: str, found: dict[str, float]) -> None:
    """Print one row."""
    print(
        f"{name:36} {found['cpu ms']:7.2f} CPU ms  p50 {found['p50']:7.1f} ms  "
        f"p99 {found['p99']:7.1f} ms  {found['per second']:7.0f}/s  "
        f"{found['MiB']:5.0f} MiB  {found['requests']:.0f} asked, {found['failed']:.0f} failed",
        flush=True,
    )


if __name__ == "__main__":
    main()
