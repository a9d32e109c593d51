"""Qt translations of real projects."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dpg_l10n.domain.catalogue import FUZZY
from dpg_l10n.domain.message import is_empty
from dpg_l10n.formats.qt_ts import FORMAT
from tests.support.corpus import require_corpus


def catalogue_of(corpus: Path, project: str) -> dict[str, Any]:
    entries: list[dict[str, Any]] = json.loads((corpus / "MANIFEST.json").read_text("utf-8"))
    return next(e for e in entries if e["kind"] == "catalogue" and e["project"] == project)


@pytest.mark.parametrize("project", ["qfield", "open-data-editor"])
def test_units_and_translations_are_those_of_the_manifest(project: str) -> None:
    corpus = require_corpus()
    entry = catalogue_of(corpus, project)
    units, said = {}, {}
    for language, path in entry["target_paths"].items():
        data = (corpus / project / path).read_bytes()
        found = FORMAT.parse(data)
        assert FORMAT.serialize(found, data) == data
        units[language] = len(found.entries)
        said[language] = sum(
            not is_empty(e.text) and FUZZY not in e.flags for e in found.entries
        )  # fmt: skip
    assert units == entry["n_units_in_target"]
    assert said == entry["n_translated_units"]
