"""PO files of real projects, where they are on this machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dpg_l10n.domain.catalogue import FUZZY, Catalogue, Entry
from dpg_l10n.domain.message import Plural, texts
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.mo import compile_mo
from dpg_l10n.formats.po import parse, serialize
from tests.support.corpus import require_corpus
from tests.support.gettext_tools import msgfmt, require_gettext

TOOLS = ("gettext msgfmt 0.21", "polib 1.2.0")


def manifest(root: Path, kind: str) -> list[dict[str, Any]]:
    """Return the gettext parts of the corpus of one kind."""
    parts: list[dict[str, Any]] = json.loads((root / "MANIFEST.json").read_text("utf-8"))
    return [part for part in parts if part["kind"] == kind and "gettext" in part["format"]]


def read_all(root: Path) -> list[tuple[Path, bytes, Catalogue]]:
    """Return every PO and POT file that is none of the pathologies."""
    broken = {
        root / "pathologies" / part["project"] / part["path"]
        for part in manifest(root, "pathology")
        if "refuse" in part["why"] and "msgid" in part["why"] and "previous" not in part["why"]
    }
    paths = [path for path in sorted(root.rglob("*.po*")) if path.suffix in (".po", ".pot")]
    return [(p, data := p.read_bytes(), parse(data)) for p in paths if p not in broken]


def state(entry: Entry) -> str:
    """Return how msgfmt counts an entry: by its first text."""
    said = texts(entry.text)
    if not said or not said[0]:
        return "untranslated"
    return "fuzzy" if FUZZY in entry.flags else "translated"


def test_every_file_is_written_as_it_was_read() -> None:
    files = read_all(require_corpus())
    assert files
    assert [path for path, data, catalogue in files if serialize(catalogue) != data] == []


def test_an_edit_that_is_undone_gives_the_bytes_back() -> None:
    for path, data, catalogue in read_all(require_corpus()):
        entry = next((e for e in catalogue.entries if e.text and len(texts(e.text)[0]) < 40), None)
        if entry is None:
            continue
        other = (
            "x" if isinstance(entry.text, str)
            else Plural(tuple((label, "x") for label in entry.text.labels))
        )  # fmt: skip
        edited = serialize(catalogue.with_texts({entry.key: other}), data)
        assert edited != data, path
        assert serialize(catalogue, edited) == data, path


def test_counts_are_those_of_other_tools() -> None:
    root = require_corpus()
    wrong, compared = [], 0
    for part in manifest(root, "catalogue"):
        for language, path in part["target_paths"].items():
            data = (root / part["project"] / path).read_bytes()
            catalogue = parse(data)
            states = [state(entry) for entry in catalogue.entries]
            for tool in TOOLS:
                told = part["counts"].get(tool, {}).get("targets", {}).get(language)
                if told is None or "translated" not in told:
                    continue
                ours = {
                    "total": len(states),
                    **{
                        name: states.count(name)
                        for name in told
                        if name not in ("total", "obsolete")
                    },
                }
                ours["obsolete"] = len(catalogue.obsolete)
                compared += 1
                wrong += [(path, tool, n, told[n], ours[n]) for n in told if told[n] != ours[n]]
    assert compared
    assert wrong == []


def test_compiled_files_are_those_of_msgfmt() -> None:
    require_gettext()
    compared = [
        (path, compiled == compile_mo(catalogue))
        for path, data, catalogue in read_all(require_corpus())
        if path.suffix == ".po" and (compiled := msgfmt(data)) is not None
    ]
    assert compared
    assert [path for path, same in compared if not same] == []


@pytest.mark.parametrize("project", ["ckan", "dhis2-capture-app"])
def test_a_file_with_a_message_twice_is_refused_with_both_lines(project: str) -> None:
    root = require_corpus()
    part = next(p for p in manifest(root, "pathology") if p["project"] == project)
    with pytest.raises(FormatError) as caught:
        parse((root / "pathologies" / project / part["path"]).read_bytes())
    assert caught.value.error_code == "format.duplicate"
    assert f"{caught.value.line}:" in part["checks"]["msgfmt -c says"][0]
