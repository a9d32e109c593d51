"""``tools/conformance.py``: what it says of a corpus, and when it fails."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.console import CONFIG
from tests.support.projects import json_bytes

_ROOT = Path(__file__).parents[2]
_ENTRY = {
    "kind": "catalogue", "project": "clinic", "component": "app", "format": "json-nested",
    "source_path": "i18n/en.json", "target_paths": {"sw": "i18n/sw.json"},
}  # fmt: skip


def _run(corpus: Path, *more: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own script
        [sys.executable, _ROOT / "tools/conformance.py", corpus, *more],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of one project, whose source has a blank text."""
    folder = tmp_path / "clinic" / "i18n"
    folder.mkdir(parents=True)
    (folder / "en.json").write_bytes(json_bytes({"save": "Save", "open": "Open", "gap": ""}))
    (folder / "sw.json").write_bytes(json_bytes({"save": "Hifadhi", "open": "Fungua"}))
    return tmp_path


def _counted(corpus: Path, **counts: Any) -> None:
    (corpus / "MANIFEST.json").write_text(json.dumps([{**_ENTRY, **counts}]))


def test_the_demo_conforms(tmp_path: Path) -> None:
    shutil.copytree(_ROOT / "demo", tmp_path / "demo")
    ran = _run(tmp_path)
    assert ran.returncode == 0
    assert "25 of 25 files came back with the bytes that were pushed; 0 refused" in ran.stdout
    assert "25 files with one edit: 25 changed in one line" in ran.stdout


def test_counts_that_differ_are_explained_from_the_files(corpus: Path) -> None:
    _counted(corpus, n_source_units=3, n_translated_units={"sw": 2})
    ran = _run(corpus)
    assert ran.returncode == 0
    assert "units 2, others 3: 1 more there: blank, nothing to translate" in ran.stdout


def test_a_count_without_a_reason_fails(corpus: Path) -> None:
    _counted(corpus, n_source_units=3, n_translated_units={"sw": 1})
    ran = _run(corpus)
    assert ran.returncode == 1
    assert "sw 2, others 1: **not explained**" in ran.stdout


def test_a_refused_file_fails_unless_it_is_expected(corpus: Path, tmp_path: Path) -> None:
    (corpus / "clinic/dpg-l10n.toml").write_text(CONFIG)
    (corpus / "clinic/i18n/fr.json").write_text('{"save": ')
    ran = _run(corpus)
    assert ran.returncode == 1
    assert "- refused: `format.syntax` i18n/fr.json:1:10: " in ran.stdout
    assert "1 of 1 file came back" in ran.stdout
    assert "- **not expected: clinic: `format.syntax` i18n/fr.json**" in ran.stdout
    listed = tmp_path / "expected.toml"
    one = '[[refused]]\nproject = "clinic"\npath = "i18n/fr.json"\ncode = "%s"\nwhy = "cut off"\n'
    listed.write_text(one % "format.syntax")
    ran = _run(corpus, "--expected", listed)
    assert ran.returncode == 0
    assert " Expected: cut off." in ran.stdout
    listed.write_text(one % "format.encoding")  # refused for another reason than is known
    assert _run(corpus, "--expected", listed).returncode == 1


def test_a_source_that_is_refused_as_expected_does_not_fail(corpus: Path, tmp_path: Path) -> None:
    (corpus / "clinic/dpg-l10n.toml").write_text(CONFIG)
    (corpus / "clinic/i18n/en.json").write_text('{"save": ')
    assert _run(corpus).returncode == 1
    listed = tmp_path / "expected.toml"
    listed.write_text(
        '[[refused]]\nproject = "clinic"\npath = "i18n/en.json"\ncode = "format.syntax"\nwhy = "x"\n'
    )
    assert _run(corpus, "--expected", listed).returncode == 0


def test_an_expected_refusal_that_is_no_longer_made_fails(corpus: Path, tmp_path: Path) -> None:
    one = '[[refused]]\nproject = "%s"\npath = "i18n/sw.json"\ncode = "format.syntax"\nwhy = "cut off"\n'
    listed = tmp_path / "expected.toml"
    listed.write_text(one % "another")  # not part of this corpus
    assert _run(corpus, "--expected", listed).returncode == 0
    listed.write_text(one % "clinic")
    ran = _run(corpus, "--expected", listed)
    assert ran.returncode == 1
    assert "- **no longer refused: clinic: `format.syntax` i18n/sw.json: cut off**" in ran.stdout
