"""Try every project of a corpus of real catalogues and print what came of it as Markdown.

For each folder: push into an empty store, export, compare bytes; then change one translated text
in every file, export again and count the lines that differ. Where the corpus has a MANIFEST.json
with counts by other tools, the counts are compared and differences explained from the files.

    python tools/conformance.py CORPUS [PROJECT ...] [--expected FILE]

Exit code 1 when an unedited file came back with other bytes, an edit was lost, a count differs
without a reason that the files show, a file was refused that is not listed with its reason in
tools/conformance_expected.toml, or one that is listed there was taken.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conformance_counts import Difference, differences, is_about, told
from conformance_refusals import EXPECTED, Refused, expected, faults

from dpg_l10n import bootstrap, config
from dpg_l10n.domain.project import CatalogueSpec, ProjectSpec
from dpg_l10n.domain.states import State
from dpg_l10n.errors import DpgL10nError
from dpg_l10n.ports import Store
from dpg_l10n.services.export import export
from dpg_l10n.services.files import read_limited
from dpg_l10n.services.ingest import PushOptions, push
from dpg_l10n.services.projectfile import load
from dpg_l10n.services.reports import PushedCatalogue, PushReport
from dpg_l10n.services.reviewing import Decision, decide
from dpg_l10n_cli.output import counted

ACTOR = "conformance"
MARK = "·"
"""Put behind the text that is edited: one character, in no placeholder syntax."""


@dataclass(slots=True)
class Row:
    """What came of one catalogue."""

    spec: CatalogueSpec
    pushed: PushedCatalogue | None
    files: int = 0
    other_bytes: list[str] = field(default_factory=list)
    edits: list[int] = field(default_factory=list)
    """Lines that differ after one edit, per file."""
    counted: bool = False
    """True when the manifest has counts of it."""
    differences: list[Difference] = field(default_factory=list)


@dataclass(slots=True)
class Result:
    """What came of one project."""

    folder: str
    spec: ProjectSpec
    report: PushReport
    rows: list[Row]
    origin: str
    """Repository and commit, where the manifest says them."""
    left: list[str]
    """Catalogues of the manifest that were not found or not read."""


def main() -> int:
    """Run over a corpus and return the exit code."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument(
        "corpus", nargs="?", type=Path, default=os.environ.get("DPG_L10N_CORPUS"),
        help="folder with one folder per project [default: DPG_L10N_CORPUS]",
    )  # fmt: skip
    asked.add_argument("projects", nargs="*", help="folders to take [default: all]")
    asked.add_argument(
        "--expected", type=Path, default=EXPECTED, metavar="FILE",
        help="refusals that are expected, as TOML [default: %(default)s]",
    )  # fmt: skip
    arguments = asked.parse_args()
    if arguments.corpus is None or not Path(arguments.corpus).is_dir():
        asked.error("name the folder of the corpus, or set DPG_L10N_CORPUS")
    corpus = Path(arguments.corpus)
    manifest = _manifest(corpus)
    names = arguments.projects or sorted(manifest) or _folders(corpus)
    reasons = expected(arguments.expected)
    results, without = [], []
    for name in names:
        found = run(corpus / name, manifest.get(name, []))
        if isinstance(found, Result):
            results.append(found)
            print(project_section(found, reasons), flush=True)
        else:
            without.append((name, found))
    against = faults((each for one in results for each in refusals(one)), reasons, names)
    print(summary(results, without, against))
    wrong = any(failed(row) for result in results for row in result.rows)
    return 1 if wrong or against else 0


def run(root: Path, counts: Sequence[dict[str, Any]]) -> Result | str:
    """Try one project; return why where it has nothing that is read."""
    limit = config.settings().max_file_bytes

    def read(path: str) -> bytes:
        return read_limited(root / path, limit, path)

    try:
        spec = load(root)
    except DpgL10nError as error:
        return f"{error}  [{error.error_code}]"
    if not spec.catalogues:
        return "; ".join(sorted({problem.message for problem in spec.problems})) or "no catalogue"
    with tempfile.TemporaryDirectory() as folder:
        settings = config.settings(store=str(Path(folder) / "store.db"))
        with bootstrap.open_store(settings) as store:
            asked = PushOptions(actor=ACTOR, keep_going=True)
            report = push(store, spec, read, bootstrap.clock(), asked)
            pushed = {each.catalogue: each for each in report.catalogues}
            rows = [Row(each, pushed.get(each.name)) for each in spec.catalogues]
            try_export(store, spec, rows, read)
            try_edits(store, spec, rows)
    taken = []
    for row in rows:
        entry = next((each for each in counts if is_about(each, row.spec)), None)
        if entry is not None and row.pushed is not None:
            row.counted = True
            row.differences = list(differences(entry, row.spec, row.pushed, read))
        taken.append(entry)
    left = [f"{each['component']} ({each['format']})" for each in counts if each not in taken]
    pinned = [
        f"{each['repository']} at {each['commit'][:12]}" for each in counts if "commit" in each
    ]
    return Result(root.name, spec, report, rows, pinned[0] if pinned else "", left)


def try_export(
    store: Store, spec: ProjectSpec, rows: Iterable[Row], read: Callable[[str], bytes]
) -> None:
    """Export the untouched project and compare bytes."""
    written = _export(store, spec)
    for row in rows:
        paths = [target.path for target in row.spec.targets if target.path in written]
        row.files = len(paths)
        row.other_bytes = [path for path in paths if written[path] != read(path)]


def try_edits(store: Store, spec: ProjectSpec, rows: Iterable[Row]) -> None:
    """Change one text in every file and count the lines that an export then changes."""
    before = _export(store, spec)
    edited: list[tuple[Row, str]] = []
    for row in rows:
        for language, path in ((target.language, target.path) for target in row.spec.targets):
            if path in before and _edit_one(store, spec, row.spec.name, language):
                edited.append((row, path))
    after = _export(store, spec)
    for row, path in edited:
        row.edits.append(changed_lines(before[path], after[path]))


def changed_lines(before: bytes, after: bytes) -> int:
    """Return how many lines lie between the first and the last that differ, those included.

    Of a workbook the lines are the cells of its sheets.
    """
    old, new = _lines(before), _lines(after)
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    most = shorter - head
    tail = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    return max(len(old), len(new)) - head - tail


def _lines(data: bytes) -> list[bytes]:
    if not data.startswith(b"PK\x03\x04"):
        return data.splitlines()
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        members = [opened.read(name) for name in opened.namelist()]
    return [line for member in members for line in member.replace(b"</c>", b"</c>\n").splitlines()]


def refusals(result: Result) -> Iterator[Refused]:
    """Yield the refused files of a project."""
    for one in result.report.refused:
        yield Refused(result.folder, one.path, one.code)


def project_section(result: Result, reasons: Mapping[Refused, str]) -> str:
    """Return one project as Markdown, its refusals with the reasons of those that are expected."""
    heads = (
        "catalogue", "format", "units", "translated", "files", "same bytes", "lines of one edit",
        "counts of other tools",
    )  # fmt: skip
    origin = [result.origin, ""] if result.origin else []
    lines = [f"### {result.spec.name}", "", *origin, _line(heads), _line(["---"] * len(heads))]
    lines += [_line(_cells(row)) for row in result.rows]
    refused = [
        f"- refused: `{one.code}` {one.message}" + (f" Expected: {why}." if why else "")
        for one, each in zip(result.report.refused, refusals(result), strict=True)
        for why in (reasons.get(each),)
    ]
    notes = [f"- not read: `{one.path}`: {one.message}" for one in result.spec.problems]
    left = [f"- not taken: {', '.join(result.left)}"] if result.left else []
    after = [*refused, *notes, *left]
    return "\n".join([*lines, *([""] if after else []), *after, ""])


def _cells(row: Row) -> Iterator[str]:
    yield row.spec.name
    yield row.spec.format
    if row.pushed is None:
        yield from ("refused", "", "", "", "", "")
        return
    yield f"{row.pushed.units:,}"
    yield ", ".join(f"{tag} {each.translated:,}" for tag, each in row.pushed.languages.items())
    yield str(row.files)
    yield f"**no: {', '.join(row.other_bytes)}**" if row.other_bytes else "yes"
    yield _range(row.edits)
    yield told(row.differences) or ("equal" if row.counted else "none")


def summary(
    results: Sequence[Result], without: Sequence[tuple[str, str]], against: Sequence[str]
) -> str:
    """Return the totals as Markdown, and what speaks against the refusals."""
    rows = [row for result in results for row in result.rows]
    units = sum(row.pushed.units for row in rows if row.pushed)
    languages = [each for row in rows if row.pushed for each in row.pushed.languages.values()]
    files = sum(row.files for row in rows)
    same = files - sum(len(row.other_bytes) for row in rows)
    edits = [lines for row in rows for lines in row.edits]
    refused = sum(len(result.report.refused) for result in results)
    lines = [
        "### Together", "",
        f"- {counted(len(results), 'project')}, {counted(len(rows), 'catalogue')}, "
        f"{counted(units, 'unit')}, "
        f"{counted(sum(each.translated for each in languages), 'translated text')}",
        f"- {same} of {counted(files, 'file')} came back with the bytes that were pushed; {refused} refused",
        f"- {counted(len(edits), 'file')} with one edit: {sum(lines == 1 for lines in edits)} changed in one "
        f"line, the most in {max(edits, default=0)}",
        f"- {counted(sum(row.counted for row in rows), 'catalogue')} counted by other tools: "
        f"{sum(row.counted and not row.differences for row in rows)} equal, "
        f"{sum(bool(row.differences) for row in rows)} with differences, of which "
        f"{sum(unexplained(row) > 0 for row in rows)} without a reason in the files",
    ]  # fmt: skip
    lines += [f"- {name}: {why}" for name, why in without]
    lines += [f"- **{fault}**" for fault in against]
    return "\n".join(lines)


def failed(row: Row) -> bool:
    """Tell whether a catalogue that was taken did not do what is promised."""
    return bool(row.other_bytes or unexplained(row) or 0 in row.edits)


def unexplained(row: Row) -> int:
    """Return how many counts differ for no reason that the files show."""
    return sum(not found.why for found in row.differences)


def _export(store: Store, spec: ProjectSpec) -> dict[str, bytes]:
    written: dict[str, bytes] = {}
    export(store, spec.slug, written.__setitem__)
    return written


def _edit_one(store: Store, spec: ProjectSpec, catalogue: str, language: str) -> bool:
    """Put a mark behind the middle one of the translated texts of one line; tell if there is one."""
    with store.read() as uow:
        project = uow.projects.require(spec.slug)
        number = next(c.id for c in uow.catalogues.list(project.id) if c.name == catalogue)
        units = {unit.id: unit for unit in uow.units.load(number) if not unit.obsolete}
        found = [
            (units[unit].key, each.text, each.revision)
            for unit, each in uow.translations.load(number, language, units.values()).items()
            if each.state is State.TRANSLATED
            and isinstance(each.text, str)
            and "\n" not in each.text
        ]
    if not found:
        return False
    key, text, revision = found[len(found) // 2]
    decision = Decision(State.TRANSLATED, revision, ACTOR, text + MARK)
    decide(store, spec.slug, catalogue, key, language, decision, bootstrap.clock())
    return True


def _manifest(corpus: Path) -> dict[str, list[dict[str, Any]]]:
    file = corpus / "MANIFEST.json"
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []:
        if entry.get("kind") == "catalogue":
            found.setdefault(entry["project"], []).append(entry)
    return found


def _folders(corpus: Path) -> list[str]:
    return sorted(path.name for path in corpus.iterdir() if path.is_dir())


def _range(numbers: Sequence[int]) -> str:
    if not numbers:
        return "none"
    low, high = min(numbers), max(numbers)
    return str(low) if low == high else f"{low} to {high}"


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    sys.exit(main())
