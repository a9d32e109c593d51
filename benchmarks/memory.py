"""The memory beside PostgreSQL's pg_trgm: a million source texts, what is like one, and its words.

    memory.py [--texts 1000000] [--peer-seconds 150] [--only-index]

A store (SQLite) gets the texts of ``memory_data.py`` as units of projects of 10,000, all translated
to a language that is written the other way round. Timed are the index alone, whole searches with their joins, words, 10,000 texts one after
another as drafting asks for them, and how soon a new translation is found. What was found is
compared with RapidFuzz over all texts (``recall@5``: of the five best from 0.70 on, how many; texts
with the same score stand for one another).

The peer is a table on a private PostgreSQL with a GIN index of ``gin_trgm_ops``, asked as Weblate
asks its memory: the threshold of similarity begins by the length of the text and falls by 0.05 until
something is found, 50 rows at most; a statement of more than 10 seconds is given up. Its rows are
ranked by RapidFuzz as ours are. Both are asked in turns, as many questions as there is time for.
Before that the other scripts, 100,000 texts each, and half a million texts that are much the same. ``--only-index`` leaves out store and peer.

Beside the time on the clock stands that on the processor: on a machine that others use too it says
more. Asked in turns with both is the comparison with all texts, which is the same work on every
machine: how much faster than it an answer is does not depend on who else computes.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import re
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from databases import server
from memory_data import numbered, questions, templated, texts
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from dpg_l10n.domain.message import Text
from dpg_l10n.domain.records import Project, StoredCatalogue
from dpg_l10n.domain.states import Made, Origin, State
from dpg_l10n.domain.unit import TranslationWrite, Unit
from dpg_l10n.memory.index import GramIndex
from dpg_l10n.ports.memory import IndexedTexts, Newest, Place
from dpg_l10n.services.memory import concordance, search
from dpg_l10n.store.uow import SqlStore

Answer = TypeVar("Answer")
BEST, LOWEST = 5, 0.70
UNITS = 10_000
COMPARED = 200
"""Questions whose answer is compared with all texts."""


class Listed(IndexedTexts):
    """Texts in a list, as a store would give them."""

    def __init__(self, known: Sequence[str]) -> None:
        """Number them from 1."""
        self._known = known

    def newest(self, place: Place) -> Newest:
        """Return the last number."""
        return Newest(len(self._known), known=True)

    def after(self, place: Place) -> tuple[Place, Iterator[tuple[int, str]]]:
        """Return what comes after a place."""
        fresh = self._known[place.number :]
        return Place(len(self._known), b"bench"), iter(enumerate(fresh, place.number + 1))


class Truth:
    """All texts, sorted by length, to be compared one by one."""

    def __init__(self, known: Sequence[str]) -> None:
        """Sort them."""
        self._known = sorted(known, key=len)
        self._lengths = np.array([len(text) for text in self._known])

    def best(self, text: str) -> list[float]:
        """Return the best scores."""
        low = np.searchsorted(self._lengths, math.ceil(LOWEST * len(text)))
        high = np.searchsorted(self._lengths, math.floor(len(text) / LOWEST), side="right")
        return [pair[0] for pair in ranked(text, self._known[low:high])]


def ranked(text: str, found: Sequence[str]) -> list[tuple[float, int]]:
    """Return score and place of the best."""
    best = process.extract(
        text, found, scorer=Levenshtein.normalized_similarity, score_cutoff=LOWEST, limit=BEST
    )
    return [(score, at) for _, score, at in best]


def recall(truth: Sequence[float], found: Sequence[float]) -> float | None:
    """Return the share of the best that was found, None where there is nothing to find."""
    if not truth:
        return None
    return min(sum(score >= truth[-1] - 1e-9 for score in found), len(truth)) / len(truth)


class Times:
    """Milliseconds of calls, on the clock and on the processor."""

    def __init__(self) -> None:
        """Begin with none."""
        self.clock: list[float] = []
        self.processor: list[float] = []

    def add(self, work: Callable[[], Answer], also: Callable[[], float] = lambda: 0.0) -> Answer:
        """Make a call and return its answer.

        Args:
            work: The call.
            also: Returns the seconds that another process has computed so far.
        """
        before = time.perf_counter(), time.thread_time() + also()
        answer = work()
        self.clock.append((time.perf_counter() - before[0]) * 1000)
        self.processor.append((time.thread_time() + also() - before[1]) * 1000)
        return answer


def timed(work: Callable[[str], object], asked: Sequence[str]) -> Times:
    """Return the time of each call."""
    for text in asked[:20]:
        work(text)
    taken = Times()
    for text in asked:
        taken.add(lambda text=text: work(text))  # type: ignore[misc]
    return taken


def show(name: str, taken: Times, more: str = "") -> None:
    """Print a row."""
    low, high, most = np.percentile(taken.clock, [50, 95, 99])
    own = np.percentile(taken.processor, [50, 95, 99])
    print(
        f"{name:<40} p50 {low:8.2f} ms  p95 {high:8.2f}  p99 {most:8.2f}  "
        f"CPU {own[0]:7.2f} {own[1]:7.2f} {own[2]:7.2f}  {more}",
        flush=True,
    )


def quality(index: GramIndex, known: Sequence[str], asked: Sequence[str]) -> str:
    """Return recall@5 and how often the best was found, in words."""
    truth, shares, best = Truth(known), [], []
    for text in asked:
        wanted = truth.best(text)
        found = [near.similarity for near in index.nearest(text, at_least=LOWEST, most=BEST)]
        share = recall(wanted, found)
        if share is not None:
            shares.append(share)
            best.append(found[:1] >= [wanted[0] - 1e-9])
    return f"recall@5 {np.mean(shares):.4f}, best {np.mean(best):.4f} of {len(shares)}"


def index_of(known: Sequence[str], folder: Path, name: str) -> GramIndex:
    """Build an index in files and say what it took."""
    index = GramIndex(folder, few=0)
    cpu, wall = time.process_time(), time.perf_counter()
    index.follow(Listed(known))
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    size = sum(file.stat().st_size for file in folder.iterdir())
    each = size / len(known)
    print(
        f"{name}: {len(known):,} texts, built in {cpu:.1f} CPU s ({wall:.1f} s), {each:.0f} B a text"
    )
    return index


def words_of(chance: random.Random, asked: Sequence[str]) -> list[str]:
    """Return two words in a row of texts that have some."""
    parts = [text.split() for text in asked]
    starts = [(each, chance.randrange(len(each) - 1)) for each in parts if len(each) > 3]
    return [" ".join(each[at : at + 2]) for each, at in starts]


def fill(store: SqlStore, known: Sequence[str], first: int = 0) -> None:
    """Give the store the texts as translated units, in projects numbered from the first."""
    for number in range(0, len(known), UNITS):
        with store.write() as uow:
            project = uow.projects.save(Project(f"p{first + number:07}", "Bench", "en", "MIT"))
            action = uow.projects.begin_action(project.id, "bench", 0, "push")
            origin = uow.projects.origin_id(Origin(Made.IMPORT))
            catalogue = uow.catalogues.save(
                StoredCatalogue(project.id, "app", "json", "en.json", "{language}.json")
            )
            sources: list[Text] = list(known[number : number + UNITS])
            ids = uow.units.intern(sources)
            fresh = [Unit(0, f"k{at}", text, ids[text], 6, at) for at, text in enumerate(sources)]
            units = uow.units.add(catalogue.id, fresh)
            words = {unit.id: unit.words for unit in units}
            writes = [
                TranslationWrite(unit.id, text[::-1], State.TRANSLATED, origin, 0)
                for unit, text in zip(units, known[number : number + UNITS], strict=True)
            ]
            uow.translations.write(catalogue.id, "sw", action, writes, words)
            uow.commit()


def in_a_store(folder: Path, known: Sequence[str], asked: Sequence[str]) -> None:
    """Time whole searches, words, and how soon something new is found."""
    store = SqlStore(f"sqlite:///{folder / 'store.db'}")
    fill(store, known)
    index = GramIndex(folder / "of store", few=20_000)
    started, cpu = time.perf_counter(), time.process_time()
    search(store, index, asked[0], language="sw")
    print(
        f"first search of all, which builds the index: {time.perf_counter() - started:.1f} s, "
        f"{time.process_time() - cpu:.1f} CPU s"
    )
    show(
        "search with its joins",
        timed(lambda text: search(store, index, text, language="sw"), asked),
    )
    phrases = words_of(random.Random(5), asked)
    show("words with their joins", timed(
        lambda text: concordance(store, index, text, language="sw"), phrases))  # fmt: skip
    turned = [phrase[::-1] for phrase in phrases]
    started, cpu = time.perf_counter(), time.process_time()
    concordance(store, index, turned[0], language="sw", in_target=True)
    print(
        f"first words of translations, which builds their index: "
        f"{time.perf_counter() - started:.1f} s, {time.process_time() - cpu:.1f} CPU s"
    )
    show("words of translations", timed(
        lambda text: concordance(store, index, text, language="sw", in_target=True), turned))  # fmt: skip
    folded = [text.casefold() for text in known]
    show("words of all texts looked at one by one", timed(
        lambda phrase: [text for text in folded if all(part in text for part in phrase.split())],
        [phrase.casefold() for phrase in phrases[:20]]))  # fmt: skip
    taken = Times()
    for at in range(20):
        fresh = f"{asked[at]} quite new {at}"
        fill(store, [fresh], 2 * len(known) + at)
        ask = partial(concordance, store, index, fresh[::-1], language="sw", in_target=True)
        if taken.add(ask).hits[0].text != fresh[::-1]:
            raise SystemExit("a new translation was not found by its words")
    show("words right after a new translation", taken)
    taken = Times()
    for at in range(20):
        fresh = f"{asked[at]} quite new {at}"
        fill(store, [fresh], len(known) + at)
        ask = partial(search, store, index, fresh, language="sw")
        found = taken.add(ask).hits
        if found[0].similarity != 1.0:
            raise SystemExit("a new translation was not found")
    show("search right after a new translation", taken)
    store.close()


def beside_the_peer(
    index: GramIndex, known: Sequence[str], asked: Sequence[str], seconds: float
) -> None:
    """Ask both in turns."""
    import psycopg

    truth = Truth(known)
    with (
        server("postgresql") as url,
        # a prepared statement would get a plan for any text, which is far worse
        psycopg.connect(url, autocommit=True, prepare_threshold=None) as connection,
    ):
        connection.execute("CREATE EXTENSION pg_trgm")
        connection.execute("CREATE TABLE tm (id int, source text)")
        with connection.cursor() as cursor, cursor.copy("COPY tm FROM STDIN") as copy:
            for row in enumerate(known, 1):
                copy.write_row(row)
        connection.execute("CREATE INDEX ON tm USING gin (source gin_trgm_ops)")
        connection.execute("VACUUM ANALYZE tm")
        connection.execute("SET statement_timeout = '10s'")
        pid = connection.execute("SELECT pg_backend_pid()").fetchone()[0]
        taken = {"ours": Times(), "pg_trgm": Times(), "all compared": Times()}
        shares: dict[str, list[float]] = {"ours": [], "pg_trgm": [], "all compared": [1.0]}
        end = time.perf_counter() + seconds
        for text in asked:
            if time.perf_counter() > end:
                break
            wanted = taken["all compared"].add(partial(truth.best, text))
            for name, work, also in (
                ("ours", _ours(index), lambda: 0.0),
                ("pg_trgm", _theirs(connection), partial(_seconds, pid)),
            ):
                found = taken[name].add(partial(work, text), also)
                share = recall(wanted, found)
                if share is not None:
                    shares[name].append(share)
    for name, times in taken.items():
        more = f"recall@5 {np.mean(shares[name]):.4f} of {len(times.clock)} questions"
        show(f"{name}, in turns", times, more)
    for name in ("pg_trgm", "all compared"):
        clock = np.median(taken[name].clock) / np.median(taken["ours"].clock)
        cpu = np.median(taken[name].processor) / np.median(taken["ours"].processor)
        print(
            f"{name} to ours, by the medians: {clock:.0f} on the clock, {cpu:.0f} on the processor"
        )


def _seconds(pid: int) -> float:
    """Return the seconds that a process has computed."""
    parts = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def _ours(index: GramIndex) -> Callable[[str], list[float]]:
    return lambda text: [
        near.similarity for near in index.nearest(text, at_least=LOWEST, most=BEST)
    ]


def _theirs(connection: object) -> Callable[[str], list[float]]:
    from psycopg.errors import QueryCanceled

    def ask(text: str) -> list[float]:
        # the threshold of a text of this length at 75%, as Weblate computes it
        base = 0.127264 * math.log(24.282 * 75)
        most = min(base * 1.2, 0.985)
        length = min(max(1, len(re.sub(r"\W", "", text))), 2000)
        threshold = max(0.6, min(1.0, base + (most - base) * math.sqrt(length / 2000)))
        rows: list[tuple[str]] = []
        while not rows and threshold > 0.3:
            connection.execute(f"SET pg_trgm.similarity_threshold = {threshold:.3f}")  # type: ignore[attr-defined]
            query = "SELECT source FROM tm WHERE source % %s LIMIT 50".replace("% %s", "%% %s")
            try:
                rows = connection.execute(query, (text,)).fetchall()  # type: ignore[attr-defined]
            except QueryCanceled:
                break
            threshold -= 0.05
        return [score for score, _ in ranked(text, [row[0] for row in rows])]

    return ask


def other_scripts(folder: Path) -> None:
    """Ask the same of texts in other scripts."""
    for script in ("Hani", "Deva", "Arab", "Ethi", "Khmr"):
        known = texts(100_000, script)
        index = index_of(known, folder / script, script)
        asked = questions(random.Random(3), known, 300, script)
        show(f"  {script}", timed(_ours(index), asked), quality(index, known, asked))


def much_the_same(folder: Path) -> None:
    """Ask for texts of which half a million others differ in a word or a number."""
    for name, known in (("numbered", numbered(500_000)), ("templated", templated(500_000))):
        index = index_of(known, folder / name, name)
        asked = questions(random.Random(3), known, 250, "Latn")[:COMPARED]
        show(f"  {name}, 5 best", timed(_ours(index), asked), quality(index, known, asked))
        many = partial(index.nearest, at_least=LOWEST, most=50)
        show(f"  {name}, 50 best", timed(many, asked))


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=1_000_000)
    parser.add_argument("--peer-seconds", type=float, default=150)
    parser.add_argument("--only-index", action="store_true")
    options = parser.parse_args()
    known = texts(options.texts)
    asked = questions(random.Random(3), known, 1000, "Latn")
    random.Random(4).shuffle(asked)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        index = index_of(known, folder / "Latn", "Latin")
        show(
            "what is like a text",
            timed(_ours(index), asked),
            quality(index, known, asked[:COMPARED]),
        )
        phrases = words_of(random.Random(5), asked)
        show("texts with two words", timed(lambda text: index.holding(text, most=50), phrases))
        many = questions(random.Random(6), known, 10_000, "Latn")
        cpu = time.process_time()
        for text in many:
            index.nearest(text, at_least=0.75, most=20)
        print(f"10,000 texts one after another: {time.process_time() - cpu:.1f} CPU s")
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"most memory so far, with texts and questions in lists: {most:,} MB")
        if not options.only_index:
            other_scripts(folder)
            much_the_same(folder)
            in_a_store(folder, known, asked)
            beside_the_peer(index, known, asked, options.peer_seconds)


if __name__ == "__main__":
    main()
