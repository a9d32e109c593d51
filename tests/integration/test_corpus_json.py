"""Real JSON catalogues: counts equal the manifest's, unedited files come back byte for byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.domain.message import texts
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import FORMATS
from tests.support.corpus import corpus_root, require_corpus

_FORMAT_OF = {
    "json-flat": "json",
    "json-nested": "json",
    "json-icu": "json",
    "json-banana": "banana",
    "json-i18next": "i18next",
    "json-structured": "structured-json",
    "json-vue-i18n": "json5",
    "json-h5p": "h5p",
    "json-records": "json-records",
    "arb": "arb",
}


def _catalogues() -> list[Any]:
    root = corpus_root()
    if root is None:
        return [pytest.param(None, id="no-corpus")]
    manifest = json.loads((root / "MANIFEST.json").read_bytes())
    return [
        pytest.param(entry, id=f"{entry['project']}-{entry['component']}")
        for entry in manifest
        if entry["kind"] == "catalogue" and entry["format"] in _FORMAT_OF
    ]


def _said(catalogue: Catalogue) -> set[str]:
    """Return the keys with a text; a lone space is none (``docs/formats/json.md``)."""
    return {
        entry.key for entry in catalogue.entries if any(text.strip() for text in texts(entry.text))
    }


@pytest.mark.parametrize("entry", _catalogues())
def test_counts_equal_the_manifest_and_files_come_back_unchanged(entry: dict[str, Any]) -> None:
    folder = require_corpus() / entry["project"]
    spec = FORMATS[_FORMAT_OF[entry["format"]]]
    data = (folder / entry["source_path"]).read_bytes()
    source = spec.parse(data)
    assert len(source.entries) == entry["n_source_units"]
    _unchanged(spec.name, source, data)
    for language, path in entry["target_paths"].items():
        data = (folder / path).read_bytes()
        target = spec.parse(data, source=source)
        translated = _said(target) & _said(source)
        assert len(translated) == entry["n_translated_units"][language], language
        _unchanged(spec.name, target, data)


def _unchanged(name: str, catalogue: Catalogue, data: bytes) -> None:
    spec = FORMATS[name]
    assert spec.serialize(catalogue, data) == data
    by_hand = Catalogue(name, catalogue.entries, catalogue.language)
    assert spec.serialize(by_hand, data) == data


def test_an_empty_file_of_a_real_project_is_named_as_such() -> None:
    folder: Path = require_corpus() / "mosip-admin-ui" / "admin-ui/src/assets/i18n"
    with pytest.raises(FormatError) as raised:
        FORMATS["json"].parse((folder / "null.json").read_bytes())
    assert raised.value.error_code == "format.empty"
