"""Many who edit the same texts at once over HTTP: ``python -m tests.support.edits [--edits 10000]``.

Each reads a text and writes another one on the revision that it read. What was taken must stand in the
history, on the revision that it was made on; what was refused must be kept as a suggestion.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from dpg_l10n.store.uow import SqlStore
from tests.support import postgresql
from tests.support.projects import json_project

Ask = Callable[[str, str, Any, dict[str, str]], tuple[int, Any]]
"""Sends method, path, body and headers; returns status and answer."""
_WITHIN_S = 60


def addresses(store: SqlStore, units: int) -> list[str]:
    """Push a project and return where its texts in Swahili are."""
    work = json_project(store, {f"k{number}": f"Text {number}" for number in range(units)}, sw={})
    work.push()
    numbers = [unit.id for unit in work.units().values()]
    return [f"/api/v1/projects/clinic/units/{number}/translations/sw" for number in numbers]


def edit(
    connect: Callable[[], Ask], where: Sequence[str], clients: int, edits: int
) -> list[tuple[str, str, int, int]]:
    """Edit from many threads; return address, text, revision and status of every edit."""
    made: list[tuple[str, str, int, int]] = []
    numbers = iter(range(edits))
    lock = threading.Lock()
    failed: list[BaseException] = []

    def client(seed: int) -> None:
        ask, rng = connect(), random.Random(seed)  # noqa: S311 - which text is edited
        try:
            while True:
                with lock:
                    number = next(numbers, None)
                if number is None:
                    return
                address, text = rng.choice(where), f"Neno {number}"
                status, found = ask("GET", address, None, {})
                assert status == 200, found
                seen = {"If-Match": f'"{found["revision"]}"'}
                body = {"text": text, "state": "translated"}
                status, _ = ask("PUT", address, body, seen)
                made.append((address, text, found["revision"], status))
        except BaseException as error:  # noqa: BLE001 - told by the thread that waits
            failed.append(error)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed, failed[0]
    assert len(made) == edits
    return made


def check(ask: Ask, made: Sequence[tuple[str, str, int, int]]) -> Counter[int]:
    """Fail where an edit was lost or silently overwritten; return how many had which status."""
    by_address: dict[str, list[tuple[str, int, int]]] = {}
    for address, text, revision, status in made:
        by_address.setdefault(address, []).append((text, revision, status))
    for address, edits in by_address.items():
        _, history = ask("GET", f"{address}/history", None, {})
        _, talk = ask("GET", f"{address}/talk", None, {})
        written = {(item["text"], item["revision"]) for item in history["items"]}
        taken = {(text, revision + 1) for text, revision, status in edits if status == 200}
        assert written == taken, address
        assert {revision for _, revision in taken} == set(range(1, len(taken) + 1)), address
        kept = {item["text"] for item in talk["suggestions"]}
        assert {text for text, _, status in edits if status == 412} <= kept, address
    found = Counter(status for *_, status in made)
    assert set(found) <= {200, 412}, found
    return found


@contextmanager
def served(store: str) -> Iterator[Callable[[], Ask]]:
    """Start a service on a store; give what connects to it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = "from dpg_l10n_cli.main import main; main()"
    with subprocess.Popen(  # noqa: S603 - our own interpreter and words
        [sys.executable, "-c", program, "serve", "--store", store, "--port", str(port)],
        env={**os.environ, "DPG_L10N_RATE": "10000000"}, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        until = time.monotonic() + _WITHIN_S
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert time.monotonic() < until
            time.sleep(0.1)

        def connect() -> Ask:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_WITHIN_S)

            def ask(method: str, path: str, body: Any, headers: dict[str, str]) -> tuple[int, Any]:
                data = None if body is None else json.dumps(body)
                kind = {} if body is None else {"Content-Type": "application/json"}
                connection.request(method, path, data, {**kind, **headers})
                answer = connection.getresponse()
                return answer.status, json.loads(answer.read())

            return ask

        try:
            yield connect
        finally:
            process.send_signal(signal.SIGTERM)


def main() -> None:
    """Run on both databases and print what came of it."""
    parser = argparse.ArgumentParser(description="Edit the same texts from many clients at once.")
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--edits", type=int, default=10_000)
    parser.add_argument("--units", type=int, default=40)
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stores = {
            "SQLite": f"sqlite:///{folder}/store.db",
            "PostgreSQL": stack.enter_context(postgresql.server().database()),
        }
        for name, url in stores.items():
            with closing(SqlStore(url)) as store:
                where = addresses(store, asked.units)
            with served(url) as connect:
                begun = time.perf_counter()
                made = edit(connect, where, asked.clients, asked.edits)
                took = time.perf_counter() - begun
                found = check(connect(), made)
            sys.stdout.write(
                f"{name}: {asked.clients} clients, {asked.edits} edits of {asked.units} texts in "
                f"{took:.1f} s: {found[200]} written, {found[412]} refused and kept as "
                "suggestions, none lost, none overwritten\n"
            )
            sys.stdout.flush()
    postgresql.stop()


if __name__ == "__main__":
    main()
