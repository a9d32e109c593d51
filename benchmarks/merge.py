"""Updating a translation from a template in which a tenth of the sources changed.

    merge.py [--sizes 1000 5000 20000 50000 200000] [--runs 5] [--texts FILE | --few-words]

Ours: parse both files, diff with carry-over of the most alike source, write the new file with what
was carried over marked fuzzy and the former source beside it. Peer: ``msgmerge`` with fuzzy matching,
a whole process. CPU seconds, medians. "found" is how many of the changed sources get the translation
of the source that they were made from: the changes are known because this script makes them (a word
replaced, added or removed, punctuation, a typo mended).

Texts: one per line in FILE, else the messages of the installed .mo files. Where they are too few, more
are made of the beginning of one and the end of another: as long as those, so that sizes compare, and
each much like two or more others. With ``--few-words`` all are made up from 43 words, so that every
text has many like it.
"""

from __future__ import annotations

import argparse
import gc
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from push import WORDS, source_texts

from dpg_l10n.domain.catalogue import FUZZY, Entry
from dpg_l10n.domain.diff import diff, incoming_entries
from dpg_l10n.domain.unit import Unit
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.mo import parse_mo


def real_texts() -> list[str]:
    """Return the distinct messages of the installed .mo files: one line, 2 to 30 words."""
    found: dict[str, None] = {}
    for path in sorted(Path("/usr/share/locale").glob("*/LC_MESSAGES/*.mo")):
        try:
            catalogue = parse_mo(path.read_bytes())
        except FormatError:
            continue
        for entry in catalogue.entries:
            text = entry.source
            if isinstance(text, str) and 2 <= len(text.split()) <= 30 and text.isprintable():
                found[text] = None
    return list(found)


def crossed(texts: list[str], count: int, rng: random.Random) -> dict[str, None]:
    """Return so many new texts, each the beginning of one and the end of another."""
    found: dict[str, None] = {}
    known = set(texts)
    while len(found) < count:
        one, other = rng.choice(texts).split(), rng.choice(texts).split()
        text = " ".join(one[: (len(one) + 1) // 2] + other[(len(other) + 1) // 2 :])
        if len(text.split()) > 1 and text not in known:
            found[text] = None
    return found


def change(text: str, rng: random.Random) -> str:
    """Return a text as a developer might edit it."""
    words = text.split()
    at = rng.randrange(len(words))
    kind = rng.randrange(5)
    if kind == 0:
        words[at] = rng.choice(WORDS)
    elif kind == 1:
        words.insert(at, rng.choice(WORDS))
    elif kind == 2 and len(words) > 2:
        del words[at]
    elif kind == 3:
        words[-1] = words[-1].rstrip(".!:") + rng.choice((".", "!", ":", "…"))
    else:
        word = words[at]
        cut = rng.randrange(len(word))
        words[at] = word[:cut] + rng.choice("aeiou") + word[cut:]
    return " ".join(words)


def po(pairs: list[tuple[str, str]], folder: Path, name: str) -> Path:
    """Write a gettext file of sources and translations."""
    lines = ['msgid ""', 'msgstr "Content-Type: text/plain; charset=UTF-8\\n"']
    for number, (source, target) in enumerate(pairs):
        escaped = source.replace("\\", "\\\\").replace('"', '\\"')
        lines += ["", f"#: src/file{number // 50}.c:{number}", f'msgid "{escaped}"']
        lines.append(f'msgstr "{target}"')
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def ours(old: Path, new: Path) -> dict[str, str]:
    """Return for each changed source the translation that we carry over."""
    form, template = FORMATS["po"], new.read_bytes()
    before, after = form.parse(old.read_bytes()), form.parse(template)
    said = {entry.key: entry.text for entry in before.entries}
    stored = {
        item.entry.key: Unit(
            at + 1, item.entry.key, item.source, 0, 0, at, locations=item.entry.locations
        )
        for at, item in enumerate(incoming_entries(before.entries))
    }
    found = diff(stored, incoming_entries(after.entries), keyed=False)
    carried = {item.new.entry.key: item.old for item in found.carried}

    def merged(entry: Entry) -> Entry:
        source = carried.get(entry.key)
        if source is None:
            return entry.with_text(said.get(entry.key, ""))
        flags = entry.flags | {FUZZY}
        return entry._replace(text=said[source.key], flags=flags, previous=source.source)

    form.serialize(replace(after, entries=tuple(map(merged, after.entries))), template)
    return {key: str(said[unit.key]) for key, unit in carried.items()}


def msgmerge(old: Path, new: Path, *flags: str) -> dict[str, str]:
    """Return for each changed source the translation that msgmerge carries over."""
    merged = subprocess.run(
        ["msgmerge", "-q", *flags, str(old), str(new)], check=True, capture_output=True
    ).stdout
    return {
        entry.key: str(entry.text)
        for entry in FORMATS["po"].parse(merged).entries
        if "fuzzy" in entry.flags
    }


def cpu(work: Callable[[], dict[str, str]], *, child: bool) -> tuple[float, dict[str, str]]:
    """Return the CPU seconds of some work, of this process or of its children."""
    who = resource.RUSAGE_CHILDREN if child else resource.RUSAGE_SELF
    before = resource.getrusage(who)
    result = work()
    after = resource.getrusage(who)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, result


def main() -> None:
    """Measure each size and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[1000, 5000, 20_000, 50_000, 200_000]
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--few-words", action="store_true")
    asked = parser.parse_args()
    gc.set_threshold(50_000, 20, 50)  # as the console does
    if asked.few_words:
        texts = source_texts(max(asked.sizes) + 100)
    elif asked.texts:
        texts = asked.texts.read_text(encoding="utf-8").splitlines()
    else:
        texts = real_texts()
    kind = "texts of few words" if asked.few_words else "real texts; more are made of their parts"
    print(f"{len(texts):,} {kind}. Python {sys.version.split()[0]}")
    print(
        f"{'units':>8} {'changed':>8}  {'ours s':>7} {'found':>6}  {'msgmerge s':>10} {'found':>6}  ratio"
    )
    for size in asked.sizes:
        print(row(size, texts, asked.runs), flush=True)


def row(size: int, texts: list[str], runs: int) -> str:
    """Return the line of one size."""
    rng = random.Random(size)
    pool = dict.fromkeys(texts)
    if size > len(pool):
        pool.update(crossed(texts, size - len(pool) + 100, rng))
    chosen = rng.sample(list(pool), size)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        truth = {}
        new = []
        for number, text in enumerate(chosen):
            edited = change(text, rng) if number % 10 == 0 else text
            if edited != text and edited not in pool:
                truth[edited] = f"t{number}"
            else:
                edited = text
            new.append((edited, ""))
        old = po([(text, f"t{number}") for number, text in enumerate(chosen)], folder, "old.po")
        template = po(list(dict.fromkeys(new)), folder, "new.pot")
        mine = [cpu(lambda: ours(old, template), child=False) for _ in range(runs)]
        # the peer grows with the square of the size: minutes a run above 50,000
        peer_runs = runs if size <= 20_000 else min(runs, 3) if size <= 50_000 else min(runs, 1)
        peer = [cpu(lambda: msgmerge(old, template), child=True) for _ in range(peer_runs)]
    here = statistics.median(spent for spent, _ in mine)
    good = sum(mine[0][1].get(key) == text for key, text in truth.items())
    line = f"{size:>8,} {len(truth):>8,}  {here:>7.2f} {good:>6,}"
    if not peer:
        return f"{line}  {'not run':>10}"
    there = statistics.median(spent for spent, _ in peer)
    theirs = sum(peer[0][1].get(key) == text for key, text in truth.items())
    return f"{line}  {there:>10.2f} {theirs:>6,}  {there / here:.1f}x"


if __name__ == "__main__":
    main()
