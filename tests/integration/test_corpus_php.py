"""PHP strings of real projects."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.formats.php import FORMAT
from tests.support.corpus import require_corpus


def catalogues(corpus: Path, project: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((corpus / "MANIFEST.json").read_text("utf-8"))
    return [e for e in entries if e["kind"] == "catalogue" and e["project"] == project]


@pytest.mark.parametrize("project", ["h5p-moodle", "ushahidi-platform"])
def test_units_and_translations_are_those_that_php_itself_counts(project: str) -> None:
    corpus = require_corpus()
    for entry in catalogues(corpus, project):
        source = FORMAT.parse((corpus / project / entry["source_path"]).read_bytes()).by_key()
        assert len(source) == entry["n_source_units"]
        for language, path in entry["target_paths"].items():
            target = FORMAT.parse((corpus / project / path).read_bytes())
            said = [e for e in target.entries if e.key in source and str(e.text).strip()]
            assert len(said) == entry["n_translated_units"][language], path


def test_every_unedited_file_comes_back_byte_for_byte() -> None:
    paths = sorted(require_corpus().rglob("*.php"))
    assert paths
    for path in paths:
        data = path.read_bytes()
        assert FORMAT.sniff(path.as_posix(), data[:65536]), path
        entries = FORMAT.parse(data).entries
        assert FORMAT.serialize(Catalogue("php", entries), data) == data, path
