"""The pages: time of the server for each, and first paint on a slow phone with a slow line.

    pages.py [--store URL] [--translations 1000000] [--times 40] [--no-browser]

A store is filled as ``store.py`` does, or taken as it is. One client asks for each page of random
projects, languages and texts, one after another; milliseconds are those of the client on the same
machine, and the CPU milliseconds of the server's process beside them, which other work on the machine
does not change. The first request of each page is left out. Then a Chromium opens the pages through the
DevTools protocol at 250 kbit/s, 300 ms latency and a processor six times slower, with an empty cache: time to
the first contentful paint, and bytes of all requests as they were sent.
"""

from __future__ import annotations

import argparse
import http.client
import random
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping

import store as filling
from api import _SERVE, seconds_of, serving, settle

from dpg_l10n.store.uow import SqlStore

_BITS_S, _LATENCY_MS, _SLOWER = 250_000, 300, 6
_SHOWN = ("a text", "list of texts", "project", "country")
_ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
_PAINT = """() => new Promise(done => {
  const seen = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
  const ask = () => seen() ? done(seen()) : setTimeout(ask, 50);
  ask();
})"""


def main() -> None:
    """Print two tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--store", help="URL of a store that is filled already (SQLite)")
    parser.add_argument("--translations", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--no-browser", action="store_true", help="server times only")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = asked.store or f"sqlite:///{folder}/store.db"
        if not asked.store:
            opened = SqlStore(url)
            filling.fill(opened, "sqlite", asked.translations)
            opened.close()
        makers = addresses(url.removeprefix("sqlite:///"))
        command = ["-c", _SERVE, "serve", "--no-worker", "--store", url, "--port"]
        with serving(command) as (pid, port):
            settle(pid)
            for name, make in makers.items():
                print_times(name, pid, port, make, asked.times)
            if not asked.no_browser:
                paint(f"http://127.0.0.1:{port}", {name: makers[name]() for name in _SHOWN})


def addresses(path: str) -> Mapping[str, Callable[[], str]]:
    """Return what makes an address of each kind of page, of things that the store holds."""
    with sqlite3.connect(path) as database:
        names = [row[0] for row in database.execute("SELECT slug FROM project")]
        units = database.execute(
            "SELECT p.slug, u.id FROM unit u JOIN catalogue c ON c.id = u.catalogue_id "
            "JOIN project p ON p.id = c.project_id WHERE u.id % 997 = 0"
        ).fetchall()
    random.seed(1)

    def desk(more: str) -> Callable[[], str]:
        return lambda: f"/p/{random.choice(names)}/{random.choice(filling.LANGUAGES)}{more}"

    def text() -> str:
        slug, unit = random.choice(units)
        return f"/p/{slug}/{random.choice(filling.LANGUAGES)}/{unit}?show=all"

    return {
        "projects": lambda: "/",
        "project": lambda: f"/projects/{random.choice(names)}",
        "audit": lambda: f"/projects/{random.choice(names)}/audit",
        "language": lambda: f"/languages/{random.choice(filling.LANGUAGES)}",
        "countries": lambda: "/countries",
        "country": lambda: f"/countries/{random.choice(('KE', 'ET', 'IN', 'NP', 'MZ'))}",
        "compare": lambda: "/compare?a=KE&b=ET",
        "a text": text,
        "the next text": desk(""),
        "list of texts": desk("/list?show=all"),
        "list of drafts": desk("/list?show=draft"),
        "list, searched": desk('/list?show=all&q=text:"mgonjwa kijiji"'.replace(" ", "%20")),
        "a day": desk("/day"),
        "sign in": lambda: "/signin",
    }


def print_times(name: str, pid: int, port: int, make: Callable[[], str], times: int) -> None:
    """Ask for a page again and again, and print how long it takes."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    took = []
    cpu = 0.0
    for turn in range(times + 1):
        begun = time.perf_counter()
        connection.request("GET", make(), headers={"Accept": "text/html"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{name}: {answer.status}")
        if turn:
            took.append((time.perf_counter() - begun) * 1000)
        else:
            cpu = seconds_of(pid)
    used = (seconds_of(pid) - cpu) * 1000 / times
    took.sort()
    p95 = took[min(int(len(took) * 0.95), len(took) - 1)]
    print(
        f"{name:16} p50 {statistics.median(took):7.1f} ms  p95 {p95:7.1f} ms  {used:6.1f} CPU ms",
        flush=True,
    )


def paint(base: str, pages: Mapping[str, str]) -> None:
    """Print when a page is first painted, and how much came for it."""
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, ("/usr/bin/chromium", "chromium", "chrome"))))
    print(f"{_BITS_S // 1000} kbit/s, {_LATENCY_MS} ms, processor {_SLOWER} times slower:")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_ARGUMENTS)
        for name, address in pages.items():
            paints = []
            for _ in range(3):
                context = browser.new_context(viewport={"width": 360, "height": 740})
                page = context.new_page()
                sizes: dict[str, int] = {}
                devtools = context.new_cdp_session(page)
                devtools.send("Network.enable")
                devtools.on(
                    "Network.loadingFinished",
                    lambda said, sizes=sizes: sizes.__setitem__(
                        said["requestId"], int(said["encodedDataLength"])
                    ),
                )
                speed = {"downloadThroughput": _BITS_S / 8, "uploadThroughput": _BITS_S / 8}
                devtools.send(
                    "Network.emulateNetworkConditions",
                    {"offline": False, "latency": _LATENCY_MS, **speed},
                )
                devtools.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
                page.goto(base + address, wait_until="commit")
                paints.append(float(page.evaluate(_PAINT)))
                page.wait_for_load_state("networkidle")
                context.close()
            print(
                f"{name:16} first paint {statistics.median(paints) / 1000:5.2f} s (of "
                f"{', '.join(f'{each / 1000:.2f}' for each in paints)})  "
                f"{sum(sizes.values()) / 1000:6.1f} kB",
                flush=True,
            )
        browser.close()


if __name__ == "__main__":
    main()
