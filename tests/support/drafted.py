"""A project full of drafts in several formats, and what must hold of them whatever anybody calls."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from dpg_l10n.domain.message import plain
from dpg_l10n.domain.project import CatalogueSpec, ProjectSpec, TargetFile
from dpg_l10n.domain.states import State
from dpg_l10n.formats import FORMATS
from dpg_l10n.ports import Store
from dpg_l10n.services.coverage import coverage
from dpg_l10n.services.drafting import draft
from dpg_l10n.services.projectfile import write
from tests.integration.test_exported_xliff import xliff1, xliff2
from tests.support.engines import FakeEngine
from tests.support.projects import FixedClock, Workspace, json_bytes, message, po_bytes

MARK = "Zqx"
"""Begins every draft, and nothing else."""
SOURCES = {"save": "Save it", "close": "Close it", "open": "Open it"}
PERSONS = "Fungua"
"""The one text of a person in each catalogue."""
_ANDROID = '<?xml version="1.0" encoding="utf-8"?>\n<resources>\n{}</resources>\n'
_FINISHED = (State.TRANSLATED, State.REVIEWED)
_XLIFF_MARKS = (
    'state-qualifier="mt-suggestion"', 'subState="dpg-l10n:mt-suggestion"', "<note>machine draft: ",
)  # fmt: skip


def drafted(store: Store) -> Workspace:
    """Return a pushed project: of three texts in each of five formats one is a person's."""
    android = "".join(f'  <string name="{key}">{text}</string>\n' for key, text in SOURCES.items())
    said = f'  <string name="open">{PERSONS}</string>\n'
    files = {
        "po/app.pot": po_bytes(*map(message, SOURCES.values())),
        "po/sw.po": po_bytes(message("Open it", PERSONS), language="sw"),
        "i18n/en.json": json_bytes(SOURCES),
        "i18n/sw.json": json_bytes({"open": PERSONS}),
        "res/values/strings.xml": _ANDROID.format(android).encode(),
        "res/values-sw/strings.xml": _ANDROID.format(said).encode(),
    }
    for name, made in (("x1", xliff1), ("x2", xliff2)):
        texts = {key: (text, PERSONS if key == "open" else "") for key, text in SOURCES.items()}
        files[f"{name}/en.xlf"] = made("", **{k: (text, "") for k, (text, _) in texts.items()})
        files[f"{name}/sw.xlf"] = made("sw", **texts)
    catalogues = (
        _catalogue("app", "json", "i18n/en.json", "i18n/{language}.json"),
        _catalogue("gettext", "po", "po/app.pot", "po/{language}.po"),
        _catalogue(
            "phone", "android", "res/values/strings.xml", "res/values-{language}/strings.xml"
        ),
        _catalogue("x1", "xliff1", "x1/en.xlf", "x1/{language}.xlf"),
        _catalogue("x2", "xliff2", "x2/en.xlf", "x2/{language}.xlf"),
    )
    spec = ProjectSpec("clinic", "Clinic", licence="Apache-2.0", catalogues=catalogues)
    work = Workspace(store, spec, files)
    work.push()
    # each catalogue says something else: else the memory would have a person's text for it
    answers = {text: f"{MARK} {text}" for text in SOURCES.values()}
    report = draft(store, "clinic", FakeEngine(answers=answers), FixedClock())
    assert report.languages[0].machine == 2 * len(catalogues)
    work.files["dpg-l10n.toml"] = write(spec, Path()).encode()
    return work


def _catalogue(name: str, form: str, source: str, pattern: str) -> CatalogueSpec:
    target = TargetFile("sw", "sw", pattern.replace("{language}", "sw"))
    return CatalogueSpec(name, form, source, (target,), pattern)


def hold(store: Store, decided: Collection[int] = ()) -> None:
    """Fail where a draft counts, or became a translation although nobody decided on it.

    Args:
        store: Where the project is.
        decided: Numbers of units that a person decided on.
    """
    finished = 0
    with store.read() as uow:
        project = uow.projects.get("clinic")
        for catalogue in uow.catalogues.list(project.id) if project else ():
            units = [unit for unit in uow.units.load(catalogue.id) if not unit.obsolete]
            for unit_id, found in uow.translations.load(catalogue.id, "sw", units).items():
                is_draft = MARK in plain(found.text) and unit_id not in decided
                assert not is_draft or found.state is State.DRAFT, (catalogue.name, found)
                finished += found.state in _FINISHED
    for row in coverage(store, "clinic").languages if project else ():
        if row.language == "sw":
            assert row.units.translated + row.units.reviewed + row.units.copied == finished


def marked_json(said: Any, *, known: bool = False) -> bool:
    """Tell whether each draft in a JSON value stands in an object that says it is one."""
    if isinstance(said, dict):
        known = known or said.get("state") == "draft"
        origin = said.get("origin")
        known = known or (isinstance(origin, dict) and origin.get("state") == "draft")
        return all(marked_json(each, known=known) for each in said.values())
    if isinstance(said, list):
        return all(marked_json(each, known=known) for each in said)
    return known or not isinstance(said, str) or MARK not in said


def unmarked(path: str, data: bytes, *, asked: bool) -> list[str]:
    """Return the drafts in a file that say nowhere in it that they are drafts.

    Args:
        path: Its name tells the format.
        data: Its bytes.
        asked: True where drafts were asked for by name: formats without a place for a mark have
            them then.
    """
    if path.endswith((".zip", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inner = [(name, archive.read(name)) for name in archive.namelist()]
        return [each for name, found in inner for each in unmarked(name, found, asked=asked)]
    if MARK.encode() not in data:
        return []
    text = data.decode("utf-8", "replace")
    if path.endswith((".po", "/po")):
        entries = FORMATS["po"].parse(data).entries
        return [
            f"{path}: {entry.text}"
            for entry in entries
            if MARK in plain(entry.text) and not ("fuzzy" in entry.flags and _noted(text, entry))
        ]
    if path.endswith((".xlf", "/xliff1", "/xliff2")):
        parts = re.findall(r"<(?:trans-unit|unit)\b.*?</(?:trans-unit|unit)>", text, re.DOTALL)
        return [part for part in parts if MARK in part and not any(m in part for m in _XLIFF_MARKS)]
    if path.endswith("/sheet1.xml"):
        rows = re.findall(r"<row\b.*?</row>", text, re.DOTALL)
        return [row for row in rows if MARK in row and ">machine draft: " not in row]
    return [] if asked and not path.endswith(".mo") else [f"{path}: a draft"]


def _noted(text: str, entry: Any) -> bool:
    message = text.partition(f'msgstr "{plain(entry.text)}"')[0].rpartition("\n\n")[2]
    return "#. machine draft: fake translate-en_sw 1.0" in message


def unmarked_line(printed: str) -> list[str]:
    """Return the drafts in what a command printed that are not called so beside them."""
    try:
        return [] if marked_json(json.loads(printed)) else [printed]
    except ValueError:
        pass
    blocks = re.split(r"\n\s*\n", printed)
    return [each for each in blocks if MARK in each and "draft" not in each.lower()]


def copy_store(source: Path, target: Path) -> None:
    """Copy a store on SQLite that may be open."""
    with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
        old.backup(new)


def tree(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files below a folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()
