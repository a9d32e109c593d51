"""Translations over the protocol of LibreTranslate: requests together, and one at a time.

    translation_service.py PACKAGE STRINGS.tsv [--column 2] [--seconds 10] [--connections 16]

The service runs as operators run it, with a token on every request; each request has one text, all
texts are different. The second service is the same but for one thing: it drafts the texts of one
request at a time. Both run twice, in turns.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import os
import random
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import api

from dpg_l10n import bootstrap
from dpg_l10n.config import settings
from dpg_l10n.ports import Pair
from dpg_l10n.store.uow import SqlStore

_TOGETHER = "from dpg_l10n_cli.main import main; main()"
_ALONE = (
    "import dpg_l10n.services.drafting.shared as s; s.MOST_AT_ONCE = 1; s.GATHER_S = 0; "
    + _TOGETHER
)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package", type=Path)
    parser.add_argument("strings", type=Path)
    parser.add_argument("--column", type=int, default=2, help="of the source texts, from 1")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--connections", type=int, default=16)
    asked = parser.parse_args()
    lines = asked.strings.read_text(encoding="utf-8").split("\n")[1:]
    texts = list(dict.fromkeys(line.split("\t")[asked.column - 1] for line in lines if line))
    random.Random(1).shuffle(texts)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ARGOS_PACKAGES_DIR"] = f"{folder}/models"
        os.environ["DPG_L10N_RATE"] = "1000000"
        package = bootstrap.models(settings()).install(asked.package)
        pair = package.pair or Pair("en", "es")
        url = f"sqlite:///{folder}/store.db"
        opened = SqlStore(url)
        token, _, _ = api.prepare(opened)
        opened.close()
        for name, program in (("together", _TOGETHER), ("one at a time", _ALONE)) * 2:
            with api.serving(["-c", program, "serve", "--no-worker", "--store", url, "--port"]) as (
                pid, port,
            ):  # fmt: skip
                ask(port, token, pair, ["Save"])  # loads the model
                print(f"{name:14}", measure(pid, port, token, pair, texts, asked), flush=True)


def measure(
    pid: int, port: int, token: str, pair: Pair, texts: list[str], asked: argparse.Namespace
) -> str:
    """Ask over all connections for some seconds and return what was seen."""
    fresh = itertools.cycle(texts)
    times: list[float] = []
    made: list[str] = []
    lock = threading.Lock()

    def each() -> Iterator[str]:
        while time.perf_counter() < until:
            with lock:
                text = next(fresh)
            yield text

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for text in each():
            begun = time.perf_counter()
            found = question(connection, token, pair, [text])
            times.append(time.perf_counter() - begun)
            made.append(found["origin"][0]["state"])

    until = time.perf_counter() + asked.seconds
    cpu, begun = api.seconds_of(pid), time.perf_counter()
    threads = [threading.Thread(target=client) for _ in range(asked.connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, used = time.perf_counter() - begun, api.seconds_of(pid) - cpu
    times.sort()
    return (
        f"{len(times) / took:6.0f} requests/s  {len(times) / used:6.0f} a CPU second  "
        f"p50 {times[len(times) // 2] * 1000:6.1f} ms  p99 {times[len(times) * 99 // 100] * 1000:6.1f} ms  "
        f"{len(times)} asked, {made.count('draft')} drafted"
    )


def ask(port: int, token: str, pair: Pair, texts: list[str]) -> None:
    """Ask once over a connection of its own."""
    question(http.client.HTTPConnection("127.0.0.1", port, timeout=120), token, pair, texts)


def question(
    connection: http.client.HTTPConnection, token: str, pair: Pair, texts: list[str]
) -> dict[str, list[dict[str, str]]]:
    """Send texts and return the answer."""
    body = {"q": texts, "source": pair.source, "target": pair.target, "api_key": token}
    headers = {"Content-Type": "application/json"}
    connection.request("POST", "/translate", json.dumps(body), headers)
    answer = connection.getresponse()
    found = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{answer.status}: {found.decode()}")
    said: dict[str, list[dict[str, str]]] = json.loads(found)
    return said


if __name__ == "__main__":
    main()
