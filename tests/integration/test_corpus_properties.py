"""Java ``.properties`` files of real projects."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.domain.message import plain
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.properties import FORMAT
from tests.support.corpus import require_corpus


def manifest(corpus: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((corpus / "MANIFEST.json").read_text("utf-8"))
    return [entry for entry in entries if entry["format"] == "java-properties"]


def said(catalogue: Catalogue) -> set[str]:
    return {entry.key for entry in catalogue.entries if plain(entry.text).strip()}


@pytest.mark.parametrize("project", ["openmrs-core", "cht-core"])
def test_units_and_translations_are_those_of_the_manifest(project: str) -> None:
    corpus = require_corpus()
    (entry,) = (e for e in manifest(corpus) if e["kind"] == "catalogue" and e["project"] == project)
    source = FORMAT.parse((corpus / project / entry["source_path"]).read_bytes())
    assert len(source.entries) == entry["n_source_units"]
    translated = {
        language: len(said(FORMAT.parse((corpus / project / path).read_bytes())) & said(source))
        for language, path in entry["target_paths"].items()
    }
    assert translated == entry["n_translated_units"]


def test_every_unedited_file_comes_back_byte_for_byte() -> None:
    corpus = require_corpus()
    refused = []
    for path in sorted(corpus.rglob("*.properties")):
        data = path.read_bytes()
        assert FORMAT.sniff(path.as_posix(), data[:65536]), path
        try:
            catalogue = FORMAT.parse(data)
        except FormatError as error:
            refused.append(error.error_code)
            continue
        assert FORMAT.serialize(catalogue, data) == data, path
        assert FORMAT.serialize(Catalogue("properties", catalogue.entries), data) == data, path
    assert sorted(refused) == ["format.duplicate", "format.encoding"]


def test_two_encodings_in_one_file_are_found_on_their_line() -> None:
    path = "pathologies/openmrs-core/api/src/main/resources/messages_es.properties"
    data = (require_corpus() / path).read_bytes()
    with pytest.raises(FormatError) as caught:
        FORMAT.parse(data)
    bad = data.split(b"\n")[caught.value.line - 1]
    assert bad.decode("latin-1").encode() != bad
    with pytest.raises(UnicodeDecodeError):
        bad.decode()


def test_duplicate_keys_are_found_on_their_lines() -> None:
    path = "pathologies/cht-core/config/default/translations/messages-en.properties"
    data = (require_corpus() / path).read_bytes()
    with pytest.raises(FormatError) as caught:
        FORMAT.parse(data)
    lines = data.decode().split("\n")
    key = caught.value.params["key"]
    assert lines[caught.value.line - 1].startswith(key)
    assert lines[caught.value.params["first"] - 1].startswith(key)
