"""Cost of the checks per message, over the gettext catalogues that this machine has installed.

Run: ``python benchmarks/checks.py [FOLDER]``. Prints CPU microseconds per call, medians of five
rounds, for texts without any sign, with placeholders, with markup, and for all of them.
"""

from __future__ import annotations

import gettext
import re
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

from dpg_l10n.checks.run import all_checks, run
from dpg_l10n.checks.spec import SIGNS, Subject
from dpg_l10n.domain.placeholders import kinds_for

LIMIT = 100_000
ROUNDS = 5


def subjects(folder: Path) -> list[Subject]:
    """Return up to LIMIT pairs of the compiled catalogues below a folder."""
    kinds = kinds_for("po")
    found: list[Subject] = []
    for path in sorted(folder.glob("*/LC_MESSAGES/*.mo")):
        language = path.parts[-3].partition(".")[0].partition("@")[0].replace("_", "-")
        with path.open("rb") as file:
            try:
                catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]  # untyped
            except (OSError, ValueError, IndexError):  # a malformed one
                continue
        found += (
            Subject(source, target, language, "en", "po", kinds=kinds)
            for source, target in catalogue.items()
            if source and isinstance(source, str) and target
        )
        if len(found) >= LIMIT:
            break
    return found[:LIMIT]


def microseconds(chosen: list[Subject]) -> float:
    """Return the median CPU time of one call."""
    rounds: list[float] = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for subject in chosen:
            run(subject)
        rounds.append((time.process_time() - start) / len(chosen) * 1e6)
    return statistics.median(rounds)


def main() -> None:
    """Print the table."""
    everything = subjects(Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/locale"))
    if not everything:
        sys.exit("No compiled gettext catalogues found: name a folder that holds some.")
    all_checks()
    short = [subject for subject in everything if len(str(subject.source)) <= 80]
    groups = {
        "short, no signs": [s for s in short if not SIGNS.search(f"{s.source}{s.target}")],
        "short, placeholders": [s for s in short if re.search(r"%[sd]|\{\w*\}", str(s.source))],
        "short, tags": [s for s in short if re.search(r"<\w", str(s.source))],
        "all": everything,
    }
    print(f"{'texts':<22}{'calls':>9}{'µs/call':>9}")
    for name, chosen in groups.items():
        if chosen:
            print(f"{name:<22}{len(chosen):>9}{microseconds(chosen):>9.1f}")
    counts = Counter((f.code, f.severity.value) for s in everything for f in run(s))
    for (code, severity), count in counts.most_common():
        print(f"{code:<26}{severity:<9}{count:>7}")


if __name__ == "__main__":
    main()
