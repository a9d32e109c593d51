"""Draft what real projects lack, from an empty store and by console, with every socket refused.

Run: ``python tools/draft_projects.py PACKAGE FOLDER... [--language es] [--store URL]``. Each folder is
one project. Prints what was missing, what was drafted, what was rejected and why, and the seconds of
the ``draft`` command alone: on the clock, and of the processors.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

from dpg_l10n_cli.main import run

_HERE = ("127.0.0.1", "::1", "localhost")


class Row(NamedTuple):
    """What happened to one project."""

    project: str
    units: int
    missing: int
    memory: int
    machine: int
    left: int
    rejected: Counter[str]
    seconds: float
    cpu_seconds: float


def refuse_sockets() -> None:
    """Let this process open no connection to any other machine, for the rest of its life."""

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
            return
        address = arguments[0] if event == "socket.getaddrinfo" else arguments[-1]
        host = address[0] if isinstance(address, tuple) else address
        is_path = event != "socket.getaddrinfo" and isinstance(address, str | bytes)
        if not is_path and host not in _HERE:
            message = f"{event} to {host} was refused"
            raise PermissionError(message)

    sys.addaudithook(refuse)


def console(*arguments: str) -> str:
    """Run a command and return what it printed.

    Raises:
        SystemExit: It failed.
    """
    printed = io.StringIO()
    with redirect_stdout(printed):
        code = run(list(arguments))
    if code not in (0, 1):
        raise SystemExit(f"dpg-l10n {' '.join(arguments)}: exit code {code}")
    return printed.getvalue()


def prepare(package: Path, home: Path) -> None:
    """Give this process a home of its own with one model in it."""
    os.environ |= {"HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    for name in ("ARGOS_PACKAGES_DIR", "DPG_L10N_LEAST_CHRF"):
        os.environ.pop(name, None)
    console("models", "install", str(package), "--json")


def push(folder: Path, store: str) -> int:
    """Push a project and return how many units it has."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        report = json.loads(
            console("push", ".", "-p", folder.name, "--accept-damage", "--store", store, "--json")
        )
    finally:
        os.chdir(before)
    return sum(each["units"] for each in report["catalogues"])


def draft(project: str, language: str, store: str, units: int) -> Row:
    """Draft one language of a project."""
    wall, cpu = time.perf_counter(), time.process_time()
    report = json.loads(console("draft", "-p", project, "-l", language, "--store", store, "--json"))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    (row,) = report["languages"]
    reasons = Counter(each["reason"] for each in row["rejected"])
    missing = row["drafted"] + row["skipped"] + reasons.total()
    return Row(
        project, units, missing, row["memory"], row["machine"], row["skipped"], reasons, wall, cpu
    )


def show(rows: Sequence[Row]) -> None:
    """Print the rows and their sum as a table of Markdown."""
    print("| project | units | missing | memory | machine | rejected | left | seconds | CPU s |")
    print("|---|---|---|---|---|---|---|---|---|")
    reasons = sum((row.rejected for row in rows), Counter[str]())
    figures = [[*row[1:5], row.rejected.total(), row.left, *row[-2:]] for row in rows]
    total = [sum(column) for column in zip(*figures, strict=True)]
    for name, found in zip([*(row.project for row in rows), "all"], [*figures, total], strict=True):
        counts = " | ".join(f"{count:,}" for count in found[:-2])
        print(f"| {name} | {counts} | {found[-2]:.1f} | {found[-1]:.1f} |")
    for reason, count in reasons.most_common():
        print(f"{reason}: {count}")


def main() -> None:
    """Push all, then draft all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("package", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--language", default="es")
    parser.add_argument("--store", help="URL or path of an empty store [default: a new file]")
    options = parser.parse_args()
    refuse_sockets()
    with tempfile.TemporaryDirectory() as home:
        prepare(options.package.resolve(), Path(home))
        store = options.store or str(Path(home) / "store.db")
        units = {folder.resolve(): push(folder.resolve(), store) for folder in options.folders}
        show([draft(f.name, options.language, store, count) for f, count in units.items()])


if __name__ == "__main__":
    main()
