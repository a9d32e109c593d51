"""How long a bundle takes to write, verify, read and join: ``python benchmarks/bundles.py [--units 100000]``.

A made-up project in five languages, in stores on SQLite in a temporary folder.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from dpg_l10n.services.bundles import read_bundle, verify_bundle, write_bundle
from dpg_l10n.store.uow import SqlStore

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.support.projects import FixedClock, json_project

_LANGUAGES = ("sw", "fr", "ar", "am", "es")
_CHANGED = 50


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long something took."""
    begun = time.perf_counter()
    yield
    print(f"{what:<40}{time.perf_counter() - begun:8.1f} s")


def main(units: int) -> None:
    """Carry a project to another store and the work on it back."""
    source = {f"k{number}": f"Sentence number {number} of a project" for number in range(units)}
    texts = {tag: {key: f"{tag} {text}" for key, text in source.items()} for tag in _LANGUAGES}
    with tempfile.TemporaryDirectory() as folder:

        def new(name: str) -> closing[SqlStore]:
            return closing(SqlStore(f"sqlite:///{folder}/{name}.db"))

        with new("here") as here, new("there") as there, new("aside") as aside:
            work = json_project(here, source, languages=texts)
            with timed("push"):
                work.push()
            _carry(here, there, aside, Path(folder) / "one.bundle", work.clock)
            other = replace(work, store=there)
            for number in range(_CHANGED):
                other.decide(f"k{number}", "sw", text=f"Nyingine {number}", actor="asha")
            _carry(there, here, aside, Path(folder) / "two.bundle", work.clock)


def _carry(
    source: SqlStore, target: SqlStore, aside: SqlStore, path: Path, clock: FixedClock
) -> None:
    with path.open("w+b") as file:
        with timed("write"):
            write_bundle(source, "clinic", file, clock)
        print(f"{path.name:<40}{file.seek(0, 2) / 1e6:8.1f} MB")
        with timed("verify"):
            verify_bundle(file)
        with timed("read"):
            read = read_bundle(target, aside, file, "hand", clock)
    print(f"new: {read.new}, {read.written:,} written, {read.same:,} the same")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=100_000)
    main(parser.parse_args().units)
