"""Try the parsers with inputs that are found by watching which code they reach (atheris).

    python tools/fuzz.py [--format NAME ...] [--seconds 90] [--out FOLDER]

Each format gets its samples in ``tests/data`` as a start. What must hold for any bytes:

- parsing them, and the languages of a file of several, ends in a catalogue or a ``FormatError``;
- a catalogue written back without an edit is the bytes that were read;
- reading and writing take less than a second of CPU for each 100 kB. An input that seems slower is
  measured again in a process that is not watched. Some short inputs are also tried repeated, up to
  100 kB, because what grows with the square of the size is fast while it is small; first of all the
  marks of all formats, alone and in pairs.

What fails is written once per fault to a folder, its traceback beside it, and the run goes on. Exit
code 1 when there was one. Needs atheris (dependency group ``fuzz``; ``make fuzz`` installs it).
"""

from __future__ import annotations

import argparse
import hashlib
import io
import itertools
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dpg_l10n.errors import FormatError
from dpg_l10n.formats import FORMATS

SAMPLES = Path(__file__).parents[1] / "tests" / "data"
LONGEST = 8_192
"""Bytes of an input: long ones are tried seldom, and say little that short ones do not."""
LARGE = 100_000
SECONDS_A_BYTE = 1 / LARGE
LEAST_SECONDS = 0.2
"""Below this an input is never called slow: start-up and the clock are in it."""
REPEATED = 48
"""One in so many short inputs is tried repeated."""
MARKS = (
    b'"', b"\\", b"'", b"`", b"{", b"[", b"<", b"(", b"#", b"*", b"=", b"|", b"&", b",", b"\n", b"\r", b"\t",
    b"/*", b"//", b'{"a":', b'"a":', b'\\"', b"<!--", b"-->", b"<![CDATA[", b"<?", b"<a", b"a=", b"[a](",
    b"{{", b"${", b"%(", b": ", b"- ", b'""', b'"""', b"*a", b"&a",
)  # fmt: skip
"""What formats begin things with; in a file that never ends them."""
HANG_S = 60
"""Seconds on the wall: much more than any input takes, on a machine that does other things too."""


class SlowError(Exception):
    """An input took longer than its size allows."""


class OtherBytesError(Exception):
    """A file that nobody edited came back changed."""


def promised(name: str, data: bytes) -> None:
    """Read and write bytes as a format; raises what no caller of it expects."""
    spec = FORMATS[name]
    spec.sniff("a" + spec.suffixes[0], data)
    try:
        catalogue = spec.parse(data)
        if spec.multilingual is not None:
            for language in spec.multilingual.languages(data)[:3]:
                spec.multilingual.parse(data, language)
    except FormatError:
        return
    written = spec.serialize(catalogue, data)
    if written != data:
        raise OtherBytesError(f"{len(data)} bytes came back as {len(written)} others")


def took(name: str, data: bytes) -> float:
    """Return the CPU seconds of one run, in this process."""
    began = time.process_time()
    promised(name, data)
    return time.process_time() - began


def allowed(size: int) -> float:
    """Return the CPU seconds that an input may take."""
    return max(LEAST_SECONDS, size * SECONDS_A_BYTE)


class Faults:
    """What was found, each fault once."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder
        self.seen: set[str] = set()

    def keep(self, fault: BaseException, data: bytes) -> None:
        """Write an input and its traceback, unless the same place failed before."""
        place = [f"{f.filename}:{f.lineno}" for f in traceback.extract_tb(fault.__traceback__)][-2:]
        what = f"{type(fault).__name__} {' '.join(place)}"
        if what in self.seen:
            return
        self.seen.add(what)
        path = self.folder / f"{self.name}-{hashlib.sha256(data).hexdigest()[:12]}"
        path.write_bytes(data)
        told = "".join(traceback.format_exception(fault))
        path.with_name(path.name + ".txt").write_text(told, encoding="utf-8", errors="replace")
        print(f"FAULT {self.name}: {type(fault).__name__}: {fault!s:.200} ({path})", flush=True)

    def try_input(self, data: bytes) -> None:
        """Try one input, and keep it where a promise was broken."""
        try:
            began = time.process_time()
            promised(self.name, data)
            if time.process_time() - began > allowed(len(data)):
                self._measure(data)
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is a fault to keep
            self.keep(fault, data)

    def _measure(self, data: bytes) -> None:
        """Measure again without the instruments, which slow everything down."""
        with tempfile.NamedTemporaryFile() as file:
            file.write(data)
            file.flush()
            command = [sys.executable, __file__, "--format", self.name, "--measure", file.name]
            again = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds = float(again.stdout or "inf")
        if seconds > allowed(len(data)):
            raise SlowError(f"{seconds:.2f} s for {len(data)} bytes")


def samples(name: str) -> Iterator[bytes]:
    """Yield the samples of a format, the long ones cut."""
    for path in sorted((SAMPLES / name).rglob("*")):
        if path.is_file() and path.name.lower().endswith(FORMATS[name].suffixes):
            data = path.read_bytes()
            yield data if data.startswith(b"PK") else data[:LONGEST]


def mutate_zip(atheris: Any) -> Any:
    """Return a mutator that changes one member of a zip archive and keeps the archive whole."""

    def mutate(data: bytes, longest: int, seed: int) -> bytes:
        draw = random.Random(seed)  # noqa: S311 - no secret
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                members = {each: archive.read(each) for each in archive.namelist()}
        except Exception:  # noqa: BLE001 - whatever is no whole archive is changed as bytes are
            return bytes(atheris.Mutate(data, longest))
        if not members or draw.random() < 0.05:
            return bytes(atheris.Mutate(data, longest))
        chosen = draw.choice(list(members))
        members[chosen] = bytes(atheris.Mutate(members[chosen], len(members[chosen]) + 256))
        into = io.BytesIO()
        with zipfile.ZipFile(into, "w") as archive:
            for each, content in members.items():
                archive.writestr(zipfile.ZipInfo(each), content)
        return into.getvalue()

    return mutate


def fuzz(name: str, seconds: int, folder: Path) -> None:
    """Try one format for a while; leaves the process, as libFuzzer does."""
    import atheris

    binary = FORMATS[name].binary  # imported after this: only then is it watched
    for module in [each for each in sys.modules if each.startswith("dpg_l10n.formats")]:
        del sys.modules[module]
    with atheris.instrument_imports(include=["dpg_l10n.formats"]):
        formats = __import__("dpg_l10n.formats", fromlist=["FORMATS"])
        formats.FORMATS[name].suffixes  # noqa: B018 - imports the module
    globals()["FORMATS"] = formats.FORMATS
    faults = Faults(name, folder)

    def one(data: bytes) -> None:
        faults.try_input(data)
        if 0 < len(data) <= 256 and not binary and zlib.crc32(data) % REPEATED == 0:
            faults.try_input(data * (LARGE // len(data)))

    if not binary:
        for pair in itertools.product((b"", *MARKS), MARKS):
            unit = b"".join(pair)
            faults.try_input(unit * (LARGE // 2 // len(unit)))
    with tempfile.TemporaryDirectory() as corpus:
        for index, data in enumerate(samples(name)):
            (Path(corpus) / str(index)).write_bytes(data)
        options = [
            sys.argv[0],
            f"-max_total_time={seconds}",
            f"-max_len={LONGEST * 8 if binary else LONGEST}",
            f"-timeout={HANG_S}",
            f"-report_slow_units={HANG_S}",
            "-rss_limit_mb=3000",
            f"-artifact_prefix={folder}/{name}-hang-",
            "-print_final_stats=1",
            "-verbosity=0",
            corpus,
        ]
        extra = {"custom_mutator": mutate_zip(atheris)} if binary else {}
        atheris.Setup(options, one, **extra)
        atheris.Fuzz()


def run(name: str, seconds: int, folder: Path) -> tuple[int, list[str]]:
    """Try one format in a process of its own; returns the number of inputs and the faults."""
    command = [sys.executable, __file__, "--format", name, "--seconds", str(seconds), "--inside"]
    done = subprocess.run(
        [*command, "--out", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )
    faults = [line for line in done.stdout.splitlines() if line.startswith("FAULT ")]
    faults += [f"FAULT {name}: hung or died ({each})" for each in folder.glob(f"{name}-hang-*")]
    counted = re.search(r"stat::number_of_executed_units:\s*(\d+)", done.stdout)
    if counted is None and not faults:
        faults.append(f"FAULT {name}: did not run: {done.stdout[-500:]}")
    return int(counted[1]) if counted else 0, faults


def main() -> int:
    """Try the formats one after the other and print a line for each."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("--format", action="append", choices=FORMATS.names())
    arguments.add_argument("--seconds", type=int, default=90, help="for each format")
    arguments.add_argument("--out", type=Path, help="folder for inputs that failed")
    arguments.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    names = given.format or FORMATS.names()
    if given.measure:
        data = given.measure.read_bytes()
        promised(names[0], data[:100])  # what is imported or compiled once is not counted
        print(min(took(names[0], data) for _ in range(2)))
        return 0
    folder = given.out or Path(tempfile.mkdtemp(prefix="dpg-l10n-fuzz-"))
    folder.mkdir(parents=True, exist_ok=True)
    if given.inside:
        fuzz(names[0], given.seconds, folder)
    failed = 0
    for name in names:
        inputs, faults = run(name, given.seconds, folder)
        print(f"{name}: {inputs:,} inputs in {given.seconds} s, {len(faults)} faults", flush=True)
        for each in faults:
            print(f"  {each}", flush=True)
        failed += bool(faults)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
