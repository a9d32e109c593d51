"""How fast PO files are read, written and compiled, beside the field's own tools.

    python benchmarks/po.py [--units 100000] [--runs 5] [--mo-units 100000,1000000] [FILE.po]

Prints medians of CPU seconds. The tools take turns, one process for each run, so that other work on
the machine falls on all alike. Each library reads the file from the disk with every field of every
message, then gives back its bytes; `edited` changes every tenth translation before that. polib,
translate-toolkit (with libgettextpo) and msgfmt are left out where they are not installed; --peers
names the Python of another environment that has the first two.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Steps = tuple[Callable[[str], Any], Callable[[Any], Any], Callable[[Any], bytes]]
WORDS = (
    "the",
    "of",
    "settings",
    "patient",
    "form",
    "save",
    "health",
    "open",
    "data",
    "report",
    "user",
    "page",
    "field",
    "count",
    "new",
)


def make(path: Path, units: int) -> None:
    """Write a catalogue of made-up messages as msgcat would: the same bytes for the same number."""
    rng = random.Random(units)
    header = (
        'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    )
    blocks = [header + '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n']
    blocks.extend(_message(rng, number) for number in range(units))
    path.write_text("\n".join(blocks), "utf-8")


def _message(rng: random.Random, number: int) -> str:
    words = [rng.choice(WORDS) for _ in range(rng.choice((1, 2, 3, 5, 9, 25)))]
    source = f"{' '.join(words)} {number}"
    text = "" if rng.random() < 0.15 else f"Übersetzung: {source[::-1]}"
    lines = [f"#: src/{rng.choice(WORDS)}/view.py:{rng.randrange(3000)}"]
    if rng.random() < 0.12:
        lines.insert(0, "#. Shown on the front page of the application")
    if rng.random() < 0.05:
        lines += ["#, fuzzy", f'#| msgid "{source[:-1]}"']
    elif rng.random() < 0.1:
        lines.append("#, python-format")
    if rng.random() < 0.2:
        lines.append(f'msgctxt "{rng.choice(WORDS)}"')
    lines += _string("msgid", source)
    if rng.random() < 0.03:
        lines += [
            f'msgid_plural "{number} forms"',
            f'msgstr[0] "{number}"',
            'msgstr[1] "Formulare"',
        ]
    else:
        lines += _string("msgstr", text)
    return "\n".join(lines) + "\n"


def _string(keyword: str, text: str) -> list[str]:
    if len(text) < 68:
        return [f'{keyword} "{text}"']
    cut = text.rindex(" ", 0, 76) + 1
    return [
        f'{keyword} ""',
        f'"{text[:cut]}"',
        *[f'"{text[i : i + 70]}"' for i in range(cut, len(text), 70)],
    ]


def ours() -> Steps:
    """Return the steps of this toolkit."""
    from dpg_l10n.domain.catalogue import Catalogue
    from dpg_l10n.formats.po import parse, serialize

    def load(path: str) -> tuple[Catalogue, bytes]:
        data = Path(path).read_bytes()
        return parse(data), data

    def edit(pair: tuple[Catalogue, bytes]) -> tuple[Catalogue, bytes]:
        some = [entry for entry in pair[0].entries[::10] if isinstance(entry.text, str)]
        return pair[0].with_texts({entry.key: f"{entry.text} x" for entry in some}), pair[1]

    return load, edit, lambda pair: serialize(*pair)


def of_polib() -> Steps:
    """Return the steps of polib."""
    import polib

    def edit(file: Any) -> Any:
        for entry in file[::10]:
            if not entry.msgid_plural:
                entry.msgstr += " x"
        return file

    return (
        (lambda path: polib.pofile(path, encoding="utf-8")),
        edit,
        lambda file: str(file).encode(),
    )


def of_toolkit() -> Steps:
    """Return the steps of translate-toolkit over gettext's own library."""
    from translate.storage import cpo

    def edit(store: Any) -> Any:
        for unit in store.units[1::10]:
            if not unit.hasplural():
                unit.target = f"{unit.target} x"
        return store

    return cpo.pofile.parsefile, edit, bytes


LIBRARIES: dict[str, Callable[[], Steps]] = {
    "dpg-l10n": ours,
    "polib": of_polib,
    "translate-toolkit cpo": of_toolkit,
}


def child(name: str, path: str) -> None:
    """Measure one library once and print its CPU seconds and its peak of memory."""
    load, edit, dump = LIBRARIES[name]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    document = load(path)
    parsed = time.process_time()
    data = dump(document)
    written = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    document = edit(document)
    start_edited = time.process_time()
    dump(document)
    edited = time.process_time() - start_edited
    exact = data.rstrip() == Path(path).read_bytes().rstrip()
    print(json.dumps({
        "parse": parsed - start, "write": written - parsed, "both": written - start,
        "edited": edited, "MiB": peak / 1024, "exact": exact,
    }))  # fmt: skip


def child_compile(path: str) -> None:
    """Measure our compiler once, the parse that feeds it left out and then added."""
    from dpg_l10n.formats.mo import compile_mo
    from dpg_l10n.formats.po import parse

    start = time.process_time()
    catalogue = parse(Path(path).read_bytes())
    parsed = time.process_time()
    compile_mo(catalogue)
    done = time.process_time()
    print(json.dumps({"compile": done - parsed, "whole": done - start}))


def run_child(python: str, *arguments: str) -> dict[str, float] | None:
    """Return what a child process measured, None where its library is not installed."""
    done = subprocess.run(
        [python, __file__, *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"left out: {arguments[1]}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    result: dict[str, float] = json.loads(done.stdout)
    return result


def msgfmt_seconds(path: str) -> float | None:
    """Return the CPU seconds of one run of msgfmt, None where it is not installed."""
    tool = shutil.which("msgfmt")
    if tool is None:
        return None
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([tool, "-o", "/dev/null", path], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def compare(path: str, units: int, runs: int, peers: str) -> None:
    """Print the table of reading and writing."""
    rows: dict[str, list[dict[str, float]]] = {name: [] for name in LIBRARIES}
    for _ in range(runs):
        for name, found in rows.items():
            result = run_child(
                sys.executable if name == "dpg-l10n" else peers, "--child", name, path
            )
            if result is not None:
                found.append(result)
    print(
        f"{units:,} units, {Path(path).stat().st_size / 1e6:.1f} MB, medians of {runs} runs, CPU s"
    )
    print(
        f"{'':24}{'parse':>8}{'write':>8}{'both':>8}{'edited':>8}{'MiB':>7}{'exact':>7}{'units/s':>10}{'ours is':>9}"
    )
    base = None
    for name, found in rows.items():
        if not found:
            continue
        mid = {key: statistics.median(run[key] for run in found) for key in found[0]}
        base = base or mid["both"]
        print(
            f"{name:24}{mid['parse']:8.2f}{mid['write']:8.2f}{mid['both']:8.2f}{mid['edited']:8.2f}"
            f"{mid['MiB']:7.0f}{'yes' if mid['exact'] else 'no':>7}{units / mid['both']:10,.0f}"
            f"{mid['both'] / base:8.1f}x"
        )


def compare_compilers(folder: Path, sizes: list[int], runs: int) -> None:
    """Print the table of compiling."""
    print(f"\ncompile to MO, medians of {runs} runs, CPU s (msgfmt: whole process, with its parse)")
    print(
        f"{'units':>10}{'compile':>9}{'units/s':>11}{'+ parse':>9}{'msgfmt':>8}{'ours is':>9}{'whole':>7}"
    )
    for size in sizes:
        path = str(folder / f"{size}.po")
        if not Path(path).exists():
            make(Path(path), size)
        found, theirs = [], []
        for _ in range(runs):
            result = run_child(sys.executable, "--child-compile", path)
            if result is not None:
                found.append(result)
            seconds = msgfmt_seconds(path)
            if seconds is not None:
                theirs.append(seconds)
        compiled, whole = (
            statistics.median(run[key] for run in found) for key in ("compile", "whole")
        )
        line = f"{size:10,}{compiled:9.2f}{size / compiled:11,.0f}{whole:9.2f}"
        if theirs:
            other = statistics.median(theirs)
            line += f"{other:8.2f}{other / compiled:8.1f}x{other / whole:6.1f}x"
        print(line)


def main() -> None:
    """Measure what the arguments ask for."""
    if sys.argv[1:2] == ["--child"]:
        return child(*sys.argv[2:4])
    if sys.argv[1:2] == ["--child-compile"]:
        return child_compile(sys.argv[2])
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="?", help="a PO file to measure with; else one is made")
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument(
        "--mo-units", default="100000,1000000", help="sizes to compile; empty for none"
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peers", default=sys.executable, help="Python that has the peers")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, units = arguments.file, arguments.units
        if path is None:
            path = str(folder / f"{units}.po")
            make(Path(path), units)
        else:
            units = Path(path).read_bytes().count(b"\nmsgid ") - 1
        compare(path, units, arguments.runs, arguments.peers)
        sizes = [int(size) for size in arguments.mo_units.split(",") if size]
        compare_compilers(folder, sizes, arguments.runs)
    return None


if __name__ == "__main__":
    main()
