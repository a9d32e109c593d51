"""Android string resources of real projects."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.domain.message import texts
from dpg_l10n.formats.android import FORMAT
from tests.support.corpus import require_corpus


def catalogues(corpus: Path) -> list[dict[str, Any]]:
    manifest: list[dict[str, Any]] = json.loads((corpus / "MANIFEST.json").read_text("utf-8"))
    return [e for e in manifest if e["kind"] == "catalogue" and e["format"] == "android-xml"]


def said(catalogue: Catalogue) -> set[str]:
    """Return the keys that say something, without those of array items."""
    return {
        entry.key
        for entry in catalogue.entries
        if all(text.strip() for text in texts(entry.text)) and not entry.key.endswith("]")
    }


def left_out(data: bytes) -> int:
    """Count the strings that the manifest's tool counts as units and Android does not show."""
    return sum(
        string.get("translatable") == "false" or (string.text or "").startswith("@string/")
        for string in ElementTree.fromstring(data).iter("string")  # noqa: S314 - our own corpus
    )


@pytest.mark.parametrize("project", ["odk-collect", "mifos-mobile", "commcare-android"])
def test_units_and_translations_are_those_of_the_manifest(project: str) -> None:
    corpus = require_corpus()
    (entry,) = (e for e in catalogues(corpus) if e["project"] == project)
    data = (corpus / project / entry["source_path"]).read_bytes()
    source = FORMAT.parse(data)
    units = [each for each in source.entries if not each.key.endswith("]")]
    assert len(units) + left_out(data) == entry["n_source_units"]
    translated = {}
    for language, path in entry["target_paths"].items():
        data = (corpus / project / path).read_bytes()
        target = FORMAT.parse(data, source=source)
        translated[language] = len(said(target) & said(source)) + left_out(data)
    assert translated == entry["n_translated_units"]


def test_every_unedited_file_comes_back_byte_for_byte() -> None:
    corpus = require_corpus()
    files = sorted(corpus.rglob("values*/*.xml"))
    assert files
    for path in files:
        data = path.read_bytes()
        assert FORMAT.sniff(path.as_posix(), data[:65536]), path
        by_hand = Catalogue("android", FORMAT.parse(data).entries)
        assert FORMAT.serialize(FORMAT.parse(data), data) == data, path
        assert FORMAT.serialize(by_hand, data) == data, path


def test_one_edit_changes_one_entry() -> None:
    corpus = require_corpus()
    for entry in catalogues(corpus):
        for path in entry["target_paths"].values():
            data = (corpus / entry["project"] / path).read_bytes()
            catalogue = FORMAT.parse(data)
            for each in catalogue.entries[:: len(catalogue.entries) // 10]:
                if isinstance(each.text, str):
                    edited = catalogue.with_texts({each.key: each.text + " l'été"})
                    again = FORMAT.parse(FORMAT.serialize(edited, data))
                    assert again.content() == edited.content(), (path, each.key)
