"""What becomes of placeholders: our drafts against ``argostranslate``'s own ``translate()``.

Run: ``python benchmarks/drafts_placeholders.py PACKAGE STRINGS.tsv [--column 2] [--reference 3]``.
Of the strings, those with placeholders are used whose reference keeps them. A translation that lost
one counts as empty, for nobody could use it; so does a draft that was dropped. chrF by sacrebleu.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from drafts import argos, read_rows
from sacrebleu import corpus_chrf

from dpg_l10n.domain.placeholders import kinds_for
from dpg_l10n.domain.placeholders.kept import kept, same_kept
from dpg_l10n.engines.argos import ArgosEngine
from dpg_l10n.engines.package import install
from dpg_l10n.services.drafting.guard import guard_of
from dpg_l10n.services.drafting.protect import draft_texts

KINDS = kinds_for("json")


def report(
    name: str, sources: list[str], made: list[str], references: list[str], cpu: float
) -> None:
    """Print one line of the table."""
    whole = [
        bool(text) and same_kept(s, text, KINDS) for s, text in zip(sources, made, strict=True)
    ]
    safe = [text if right else "" for text, right in zip(made, whole, strict=True)]
    given = sum(map(bool, made))
    print(f"{name:40}{100 * sum(whole) / max(1, given):10.1f}%{100 * (1 - given / len(made)):9.1f}%"
          f"{corpus_chrf(safe, [references]).score:8.1f}{cpu:10.1f}")  # fmt: skip


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path)
    parser.add_argument("strings", type=Path)
    parser.add_argument("--column", type=int, default=2)
    parser.add_argument("--reference", type=int, default=3)
    arguments = parser.parse_args()
    rows = read_rows(arguments.strings, [arguments.column, arguments.reference])
    rows = [row for row in rows if kept(row[0], KINDS) and same_kept(row[0], row[1], KINDS)]
    sources, references = [row[0] for row in rows], [row[1] for row in rows]
    print(f"{len(rows):,} strings with placeholders\n")
    print(f"{'':40}{'all whole':>11}{'dropped':>10}{'chrF':>8}{'CPU s':>10}")
    with tempfile.TemporaryDirectory() as folder:
        pair = install(arguments.package, Path(folder) / "models").pair
        if pair is None:
            raise SystemExit("a package without languages")
        engine = ArgosEngine([Path(folder) / "models"])
        engine.sentinel(pair)  # measured once for each package
        started = time.process_time()
        drafts = draft_texts(engine, pair, sources, guard_of(KINDS))
        cpu = time.process_time() - started
        report("dpg-l10n", sources, [draft.text or "" for draft in drafts], references, cpu)
        print("   ", dict(Counter(str(draft.reason or draft.way) for draft in drafts)))
        started = time.process_time()
        plain = engine.translate(sources, pair)
        cpu = time.process_time() - started
        report("dpg-l10n, placeholders sent as they are", sources, plain, references, cpu)
        translate = argos(arguments.package, Path(folder))
        started = time.process_time()
        theirs = [translate(source, pair) for source in sources]
        cpu = time.process_time() - started
        report("argostranslate.translate", sources, theirs, references, cpu)


if __name__ == "__main__":
    main()
