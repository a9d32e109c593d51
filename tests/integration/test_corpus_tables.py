"""Forms and tables of real projects: counts of the manifest, bytes as they were, one cell edited."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.domain.message import plain
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.spec import FormatSpec, Multilingual
from tests.support.corpus import require_corpus

NAMES = {"xlsform": "xlsform", "csv-multilingual": "csv"}
MORE = {"forms-pregnancy": -1, "forms-large": 18, "forms-place-create": 6}
"""Units that the manifest counts otherwise: the label of an ``end repeat``, which nothing shows (-1),
messages whose titles are spelled with spaces (pyxform counts them too), cells without a language."""


def samples(corpus: Path) -> list[tuple[dict[str, Any], FormatSpec, bytes]]:
    entries: list[dict[str, Any]] = json.loads((corpus / "MANIFEST.json").read_text("utf-8"))
    return [
        (
            entry,
            FORMATS[NAMES[entry["format"]]],
            (corpus / entry["project"] / entry["source_path"]).read_bytes(),
        )
        for entry in entries
        if entry["kind"] == "catalogue" and entry["format"] in NAMES
    ]


def inside(form: FormatSpec) -> Multilingual:
    assert form.multilingual is not None
    return form.multilingual


def said(catalogue: Catalogue) -> int:
    return sum(bool(plain(entry.text).strip()) for entry in catalogue.entries)


def test_units_and_translations_are_those_of_the_manifest() -> None:
    for entry, form, data in samples(require_corpus()):
        if entry["component"] == "client":
            with pytest.raises(FormatError) as caught:
                form.parse(data)
            assert caught.value.error_code == "format.duplicate"
            continue
        source = form.parse(data)
        assert said(source) == entry["n_source_units"] + MORE.get(entry["component"], 0)
        found = {
            name: said(inside(form).parse(data, name)) for name in inside(form).languages(data)
        }
        counted = {name: count for name, count in found.items() if count}
        assert counted == entry["n_translated_units"], entry["component"]


def test_unedited_files_come_back_and_an_edit_changes_one_text() -> None:
    for entry, form, data in samples(require_corpus()):
        if entry["component"] == "client":
            continue
        for name in inside(form).languages(data):
            catalogue = inside(form).parse(data, name)
            assert form.serialize(catalogue, data) == data
            key = catalogue.entries[len(catalogue.entries) // 2].key
            edited = catalogue.with_texts({key: "Ꮖ edited"})
            written = form.serialize(edited, data)
            assert inside(form).parse(written, name).content() == edited.content()
            assert form.parse(written).content() == form.parse(data).content()
            if form.name == "xlsform":
                assert changed_members(data, written) == 1


def changed_members(before: bytes, after: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert old.namelist() == new.namelist()
        return sum(old.read(name) != new.read(name) for name in old.namelist())
