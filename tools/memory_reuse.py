"""Count, for a corpus of projects, which missing texts another project has translated already.

All projects are pushed into one store. For each language and project, the units without a finished
translation are missing, also where the project has no file of the language at all; one is helped
when another project has translated the same source text, and may use it when the licences allow.
“The same words” are texts that differ in capitals, white space or the mark at their end at most.

    python tools/memory_reuse.py CORPUS [LANGUAGE ...]
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dpg_l10n import bootstrap, config
from dpg_l10n.domain.licences import may_reuse
from dpg_l10n.domain.locales import base, display_name
from dpg_l10n.domain.memory import serves
from dpg_l10n.domain.message import plain
from dpg_l10n.domain.records import Project
from dpg_l10n.domain.states import State
from dpg_l10n.errors import DpgL10nError
from dpg_l10n.ports import Store, UnitOfWork
from dpg_l10n.services.files import read_limited
from dpg_l10n.services.ingest import PushOptions, push
from dpg_l10n.services.projectfile import load

LANGUAGES = ("fr", "es", "pt", "sw", "hi", "ar", "am", "ru", "km", "ne")
_FINISHED = (State.TRANSLATED, State.REVIEWED)


@dataclass(slots=True)
class Row:
    """One language."""

    projects: int = 0
    """Projects that have a file of it."""
    missing: int = 0
    helped: int = 0
    allowed: int = 0
    worded: int = 0
    """Of ``missing``, those whose words another project has."""
    begun: int = 0
    """Of ``missing``, those in projects that have a file of the language."""
    begun_helped: int = 0


def main() -> None:
    """Print the table as Markdown."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("corpus", type=Path)
    asked.add_argument("languages", nargs="*", default=LANGUAGES)
    arguments = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = config.settings(store=str(Path(folder) / "store.db"))
        with bootstrap.open_store(settings) as store:
            pushed = _fill(store, arguments.corpus)
            rows = {language: _count(store, language) for language in arguments.languages}
    _show(rows, pushed)


def _fill(store: Store, corpus: Path) -> int:
    """Push every folder of a corpus, with the licence that its manifest names."""
    listed = corpus / "MANIFEST.json"
    known = json.loads(listed.read_text(encoding="utf-8")) if listed.is_file() else []
    licences = {each["project"]: each["licence"] for each in known if "licence" in each}
    limit = config.settings().max_file_bytes
    taken = 0
    for root in sorted(path for path in corpus.iterdir() if path.is_dir()):
        if known and root.name not in licences:
            continue
        try:
            spec = replace(load(root), slug=root.name)
            spec = replace(spec, licence=spec.licence or licences.get(root.name))
            if spec.catalogues and base(spec.source_language) == "en":
                push(
                    store, spec, lambda path, root=root: read_limited(root / path, limit, path),
                    bootstrap.clock(), PushOptions(keep_going=True),
                )  # fmt: skip
                taken += 1
        except DpgL10nError as error:
            print(f"<!-- {root.name}: {error} -->")
    return taken


def _count(store: Store, language: str) -> Row:
    row = Row()
    with store.read() as uow:
        texts: dict[int, str] = {}
        words: defaultdict[str, set[str]] = defaultdict(set)
        for project in uow.projects.list():
            _translated(uow, project, language, texts, words)
        for project in uow.projects.list():
            missing, begun = _missing(uow, project, language)
            found = uow.memory.recall(sorted(missing), language, project.source_language)
            others = [match for match in found if match.project != project.slug]
            helped = {match.text_id for match in others}
            allowed = {
                match.text_id for match in others if may_reuse(match.licence, project.licence)
            }
            row.projects += begun
            row.missing += missing.total()
            row.helped += _units(missing, helped)
            row.allowed += _units(missing, allowed)
            row.worded += sum(
                count
                for text_id, count in missing.items()
                if words[_words(texts[text_id])] - {project.slug}
            )
            row.begun += missing.total() * begun
            row.begun_helped += _units(missing, helped) * begun
    return row


def _missing(uow: UnitOfWork, project: Project, language: str) -> tuple[Counter[int], bool]:
    """Return how many units lack a finished text, by source text, and whether there is a file."""
    missing: Counter[int] = Counter()
    begun = False
    for catalogue in uow.catalogues.list(project.id):
        units = [unit for unit in uow.units.load(catalogue.id) if not unit.obsolete]
        said = uow.translations.load(catalogue.id, language, units)
        begun = begun or bool(said)
        done = {
            number for number, text in said.items() if text.state in _FINISHED and not text.copied
        }
        missing.update(unit.text_id for unit in units if unit.id not in done)
    return missing, begun


def _translated(
    uow: UnitOfWork, project: Project, language: str, texts: dict[int, str],
    words: dict[str, set[str]],
) -> None:  # fmt: skip
    """Note the source texts of a project, and whose words are translated in it."""
    for catalogue in uow.catalogues.list(project.id):
        units = uow.units.load(catalogue.id)
        texts.update((unit.text_id, plain(unit.source)) for unit in units)
        sources = {unit.id: plain(unit.source) for unit in units}
        for counted in uow.catalogues.coverage(catalogue.id):
            if serves(counted.language, language):
                said = uow.translations.load(catalogue.id, counted.language, units)
                for number, text in said.items():
                    if text.state in _FINISHED and not text.copied:
                        words[_words(sources[number])].add(project.slug)


def _words(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(" .:…!?*")


def _units(missing: Counter[int], texts: set[int]) -> int:
    return sum(count for text_id, count in missing.items() if text_id in texts)


def _show(rows: dict[str, Row], pushed: int) -> None:
    print(f"{pushed} projects with English sources.\n")
    heads: Sequence[str] = (
        "language", "projects with it", "missing", "another project has it", "of those usable",
        "or the same words", "missing where begun", "another project has it",
    )  # fmt: skip
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for language, row in rows.items():
        name = f"{display_name(language)} (`{language}`)"
        print(
            f"| {name} | {row.projects} | {row.missing:,} | {_share(row.helped, row.missing)} | "
            f"{_share(row.allowed, row.helped)} | {_share(row.worded, row.missing)} | "
            f"{row.begun:,} | "
            f"{_share(row.begun_helped, row.begun)} |"
        )


def _share(part: int, whole: int) -> str:
    return f"{part:,} ({100 * part / whole:.1f}%)" if whole else "0"


if __name__ == "__main__":
    main()
