"""Real Rails YAML catalogues: counts equal the manifest's, files come back byte for byte."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.domain.message import is_blank
from dpg_l10n.formats.yaml_rails import parse, serialize
from tests.support.corpus import corpus_root, require_corpus

_NUMBERS = {("primero", "app"): 2}
"""Values that translate-toolkit counts although they are numbers (``docs/formats/rails-yaml.md``)."""


def _catalogues() -> list[Any]:
    root = corpus_root()
    if root is None:
        return [pytest.param(None, id="no-corpus")]
    manifest = json.loads((root / "MANIFEST.json").read_bytes())
    return [
        pytest.param(entry, id=f"{entry['project']}-{entry['component']}")
        for entry in manifest
        if entry["kind"] == "catalogue" and entry["format"] == "rails-yaml"
    ]


@pytest.mark.parametrize("entry", _catalogues())
def test_counts_equal_the_manifest_and_files_come_back_unchanged(entry: dict[str, Any]) -> None:
    folder = require_corpus() / entry["project"]
    data = (folder / entry["source_path"]).read_bytes()
    source = parse(data)
    numbers = _NUMBERS.get((entry["project"], entry["component"]), 0)
    assert len(source.entries) == entry["n_source_units"] - numbers
    said = {e.key for e in source.entries if not is_blank(e.text)}
    _unchanged(source, data)
    for language, path in entry["target_paths"].items():
        data = (folder / path).read_bytes()
        target = parse(data, source=source)
        translated = [e for e in target.entries if e.key in said and not is_blank(e.text)]
        assert len(translated) == entry["n_translated_units"][language], language
        _unchanged(target, data)


def _unchanged(catalogue: Catalogue, data: bytes) -> None:
    assert serialize(catalogue, data) == data
    by_hand = Catalogue("rails-yaml", catalogue.entries, catalogue.language)
    assert serialize(by_hand, data) == data
