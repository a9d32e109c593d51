"""Push of a project: the first one, one of which nothing changed, one with a tenth changed.

    push.py [--units 5000] [--languages 20] [--runs 5] [--store sqlite|postgresql|URL]

CPU seconds of this process (checks, history, counters and memory on) and peak resident memory,
medians of the runs; each run is a new process on a new database. With ``--store postgresql`` a
server is started for the measurement; a URL names one on this machine that may make databases, and
its CPU seconds are counted in. Beside them stands what a bare
import costs on the same machine in the same run: parse the same files with our reader and write
the rows with ``sqlite3.executemany``, no checks, no history, no merge.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from databases import empty, server, server_seconds

WORDS = (
    "patient record village health worker visit date vaccine register save search delete edit form"
    " question answer upload photo district report monthly child birth certificate number mother"
    " father address phone network offline sync error missing required optional field value list"
).split()


def source_texts(count: int, seed: int = 7) -> list[str]:
    """Return distinct interface texts: 2 to 14 words, a fifth with a placeholder."""
    rng = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        words = rng.choices(WORDS, k=rng.choice((2, 3, 3, 4, 5, 6, 8, 10, 14)))
        if rng.random() < 0.2:
            words[rng.randrange(len(words))] = rng.choice(("%s", "%d", "{name}", "%(count)s"))
        found[" ".join(words).capitalize()] = None
    return list(found)


def po(texts: list[str], language: str | None) -> bytes:
    """Return a gettext file; 85% of a language is translated, 3% fuzzy."""
    rng = random.Random(language)
    lines = ['msgid ""', 'msgstr ""', '"Content-Type: text/plain; charset=UTF-8\\n"']
    if language:
        lines.append(f'"Language: {language}\\n"')
    for number, text in enumerate(texts):
        said = ""
        lines += ["", f"#: src/page{number // 40}.py:{number}"]
        if language and (chance := rng.random()) < 0.85:
            said = " ".join(w if w[0] in "%{" else f"{w}{language}" for w in text.split())
            if chance < 0.03:
                lines.append("#, fuzzy")
        lines += [f'msgid "{text}"', f'msgstr "{said}"']
    return ("\n".join(lines) + "\n").encode()


def write_tree(root: Path, texts: list[str], languages: list[str]) -> None:
    """Write the template and a file per language."""
    (root / "po").mkdir(exist_ok=True)
    (root / "po" / "app.pot").write_bytes(po(texts, None))
    for language in languages:
        (root / "po" / f"{language}.po").write_bytes(po(texts, language))


LANGUAGES = "fr es pt ar ru sw am hi bn ne km lo my vi id tr fa ur so ha yo ig rw zu".split()


def one_run(units: int, languages: int, store_name: str) -> dict[str, float]:
    """Measure in this process."""
    from dpg_l10n import bootstrap
    from dpg_l10n.config import settings
    from dpg_l10n.domain.project import CatalogueSpec, ProjectSpec, TargetFile
    from dpg_l10n.services.ingest import push

    tags = LANGUAGES[:languages]
    with tempfile.TemporaryDirectory() as folder, empty(store_name, Path(folder)) as url:
        root = Path(folder)
        texts = source_texts(units + units // 10)
        write_tree(root, texts[:units], tags)
        targets = tuple(TargetFile(tag, tag, f"po/{tag}.po") for tag in tags)
        catalogue = CatalogueSpec("app", "po", "po/app.pot", targets, "po/{language}.po")
        spec = ProjectSpec("bench", "Bench", licence="MIT", catalogues=(catalogue,))
        found: dict[str, float] = {}
        with bootstrap.open_store(settings({}, store=url)) as store:

            def measure(name: str) -> None:
                served = server_seconds(store_name)
                started = time.process_time()
                push(store, spec, lambda path: (root / path).read_bytes(), bootstrap.clock())
                found[name] = time.process_time() - started
                if store_name != "sqlite":
                    found[f"{name} + server"] = found[name] + server_seconds(store_name) - served

            measure("first push")
            found["peak MiB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            measure("nothing changed")
            changed = [
                f"{text} now" if number % 10 == 0 else text
                for number, text in enumerate(texts[:units])
            ]
            write_tree(root, changed, tags)
            for tag in tags:
                (root / "po" / f"{tag}.po").write_bytes(po(texts[:units], tag))
            measure("10% of sources changed")
        size = sum(file.stat().st_size for file in root.glob("store.db*"))
        if size:
            found["store MiB"] = size / 1_048_576
        found["bare import"] = bare(root, tags)
    return found


def bare(root: Path, tags: list[str]) -> float:
    """Return the CPU seconds of parsing the files and writing the rows, and nothing else."""
    from dpg_l10n.formats import FORMATS

    started = time.process_time()
    connection = sqlite3.connect(root / "bare.db")
    connection.execute("CREATE TABLE t (lang INT, unit INT, text TEXT, PRIMARY KEY (lang, unit))")
    for number, tag in enumerate(tags):
        catalogue = FORMATS["po"].parse((root / "po" / f"{tag}.po").read_bytes())
        rows = [(number, at, entry.text) for at, entry in enumerate(catalogue.entries)]
        connection.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
    connection.commit()
    connection.close()
    return time.process_time() - started


def main() -> None:
    """Run each measurement in processes of its own and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=5000)
    parser.add_argument("--languages", type=int, default=20)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--store", default="sqlite")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(one_run(asked.units, asked.languages, asked.store)))
        return
    command = [sys.executable, __file__, "--one", "--units", str(asked.units)]
    command += ["--languages", str(asked.languages)]
    with server(asked.store) as store:
        command += ["--store", store]
        runs = [
            json.loads(
                subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            )
            for _ in range(asked.runs)
        ]
    print(
        f"{asked.units:,} units x {asked.languages} languages, {asked.store}, medians of {asked.runs} runs"
    )
    for name in runs[0]:
        values = [run[name] for run in runs]
        unit = "" if "MiB" in name else " CPU s"
        middle = statistics.median(values)
        print(f"  {name:<32}{middle:8.2f}{unit}   (from {min(values):.2f} to {max(values):.2f})")


if __name__ == "__main__":
    main()
