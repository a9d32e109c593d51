"""XLIFF documents of real projects."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.domain.message import is_blank
from dpg_l10n.formats.xliff1 import FORMAT
from tests.support.corpus import require_corpus


def documents(corpus: Path) -> list[dict[str, Any]]:
    manifest: list[dict[str, Any]] = json.loads((corpus / "MANIFEST.json").read_text("utf-8"))
    return [e for e in manifest if e["kind"] == "catalogue" and e["format"] == "xliff-1.2"]


def files(corpus: Path) -> list[Path]:
    found = [
        corpus / entry["project"] / path
        for entry in documents(corpus)
        for path in entry["target_paths"].values()
    ]
    if not found:
        pytest.skip("no XLIFF among the catalogues here")
    return found


def test_units_and_translations_are_those_of_the_manifest() -> None:
    corpus = require_corpus()
    for entry in documents(corpus):
        for language, path in entry["target_paths"].items():
            catalogue = FORMAT.parse((corpus / entry["project"] / path).read_bytes())
            said = [each for each in catalogue.entries if not is_blank(each.text)]
            assert catalogue.language == language
            assert len(catalogue.entries) == entry["n_units_in_target"][language]
            assert len(said) == entry["n_translated_units"][language]


def test_every_unedited_file_comes_back_byte_for_byte() -> None:
    for path in files(require_corpus()):
        data = path.read_bytes()
        assert FORMAT.sniff(path.as_posix(), data[:65536]), path
        catalogue = FORMAT.parse(data)
        by_hand = Catalogue("xliff1", catalogue.entries, catalogue.language)
        assert FORMAT.serialize(catalogue, data) == data, path
        assert FORMAT.serialize(by_hand, data) == data, path


def test_one_edit_changes_one_entry() -> None:
    for path in files(require_corpus()):
        data = path.read_bytes()
        catalogue = FORMAT.parse(data)
        for each in catalogue.entries[:: len(catalogue.entries) // 20]:
            edited = catalogue.with_texts({each.key: f"{each.text} l'été"})
            written = FORMAT.serialize(edited, data)
            assert FORMAT.parse(written).content() == edited.content(), (path, each.key)
            before, after = data.split(b"\n"), written.split(b"\n")
            assert sum(line not in before for line in after) <= len(str(each.text).split("\n"))
