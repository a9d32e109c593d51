"""Strings drafted per second: our engine against ``argostranslate``'s own ``translate()``.

Run: ``python benchmarks/drafts.py PACKAGE STRINGS.tsv [--column 2] [--reference 3]``. Both sides use
the same package in the same process, in turns: a round is all distinct strings for ours and a sample
of them for the slow ones. Medians of the rounds. Argos wants a sentence splitter that it would
download; it is given ours, which costs it next to nothing.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from dpg_l10n.domain.placeholders import kinds_for
from dpg_l10n.domain.sentences import split
from dpg_l10n.engines.argos import ArgosEngine
from dpg_l10n.engines.package import install
from dpg_l10n.engines.runtime import processors
from dpg_l10n.ports import Pair
from dpg_l10n.services.drafting.guard import guard_of
from dpg_l10n.services.drafting.protect import draft_texts


def read_rows(path: Path, columns: Sequence[int]) -> list[tuple[str, ...]]:
    """Return columns of a table with a heading line, in which line breaks are escaped."""
    lines = path.read_text(encoding="utf-8").split("\n")[1:]
    cells = ([_ESCAPE.sub(_meant, cell) for cell in line.split("\t")] for line in lines if line)
    return [tuple(row[column - 1] for column in columns) for row in cells]


_ESCAPE = re.compile(r"\\(.)")


def _meant(match: re.Match[str]) -> str:
    return {"n": "\n", "t": "\t"}.get(match[1], match[1])


def argos(package: Path, home: Path) -> Callable[[str, Pair], str]:
    """Return Argos's ``translate`` with a home of its own and a splitter that asks no network."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(home / name)
    os.environ.pop("ARGOS_PACKAGES_DIR", None)
    from argostranslate import package as packages
    from argostranslate import sbd, translate

    sbd.MiniSBDSentencizer.split_sentences = lambda _, text: [s for s in split(text)[::2] if s]
    packages.install_from_path(package)
    return lambda text, pair: str(translate.translate(text, pair.source, pair.target))


class Way:
    """One way to draft, and the rounds that it has run."""

    def __init__(self, name: str, work: Callable[[list[str]], object], sample: int) -> None:
        """Start without rounds."""
        self.name, self.work, self.sample = name, work, sample
        self.wall: list[float] = []
        self.cpu: list[float] = []

    def round(self, strings: list[str], number: int) -> None:
        """Draft a sample, another one in each round."""
        chosen = random.Random(number).sample(strings, min(self.sample, len(strings)))
        wall, cpu = time.perf_counter(), time.process_time()
        self.work(chosen)
        self.cpu.append(len(chosen) / (time.process_time() - cpu))
        self.wall.append(len(chosen) / (time.perf_counter() - wall))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path)
    parser.add_argument("strings", type=Path)
    parser.add_argument("--column", type=int, default=2)
    parser.add_argument("--reference", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=int, default=5000)
    arguments = parser.parse_args()
    rows = read_rows(arguments.strings, [arguments.column])
    strings = list(dict.fromkeys(row[0] for row in rows))[: arguments.limit]
    mean = statistics.mean(map(len, strings))
    print(f"{len(rows):,} strings in the file, {len(strings):,} distinct ones used, "
          f"{mean:.0f} characters on average; {processors()} processors")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        models = Path(folder) / "models"
        pair = install(arguments.package, models).pair
        if pair is None:
            raise SystemExit("a package without languages")
        engine = ArgosEngine([models])
        translate = argos(arguments.package, Path(folder))
        ways = [
            Way("dpg-l10n, all in one call", lambda texts: engine.translate(texts, pair), 10**6),
            Way("dpg-l10n, checked drafts of all",
                lambda texts: draft_texts(engine, pair, texts, guard_of(kinds_for("json"))), 10**6),
            Way("dpg-l10n, string by string",
                lambda texts: [engine.translate([text], pair)[0] for text in texts], 150),
            Way("argostranslate.translate, string by string",
                lambda texts: [translate(text, pair) for text in texts], 100),
        ]  # fmt: skip
        for way in ways:
            way.work(["Warm up"])
        for number in range(arguments.rounds):
            for way in ways:
                way.round(strings, number)
        print(f"\n{'':44}{'strings/s':>10}{'per CPU s':>11}{'times':>7}{'CPU':>6}")
        peer = ways[-1]
        for way in ways:
            wall, cpu = statistics.median(way.wall), statistics.median(way.cpu)
            print(f"{way.name:44}{wall:10,.0f}{cpu:11,.0f}{wall / statistics.median(peer.wall):7.1f}"
                  f"{cpu / statistics.median(peer.cpu):6.1f}")  # fmt: skip
        if importlib.util.find_spec("sacrebleu"):
            quality(engine, pair, translate, read_rows(
                arguments.strings, [arguments.column, arguments.reference]))  # fmt: skip


def quality(
    engine: ArgosEngine,
    pair: Pair,
    translate: Callable[[str, Pair], str],
    rows: list[tuple[str, ...]],
) -> None:
    """Print chrF against the references: ours on all rows, both on a sample."""
    from sacrebleu import corpus_chrf  # type: ignore[import-not-found] # measured where it is there

    def score(texts: list[str], chosen: list[tuple[str, ...]]) -> float:
        return float(corpus_chrf(texts, [[row[1] for row in chosen]]).score)

    print(f"\nchrF, ours, {len(rows):,} strings: "
          f"{score(engine.translate([row[0] for row in rows], pair), rows):.1f}")  # fmt: skip
    sample = random.Random(0).sample(rows, min(600, len(rows)))
    ours = score(engine.translate([row[0] for row in sample], pair), sample)
    theirs = score([translate(row[0], pair) for row in sample], sample)
    print(f"chrF, {len(sample)} strings: ours {ours:.1f}, argostranslate {theirs:.1f}")


if __name__ == "__main__":
    main()
