"""Models that somebody described by hand, over the weights of our demonstration package."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dpg_l10n.engines.argos import ArgosEngine
from dpg_l10n.engines.layout import Layout
from dpg_l10n.engines.package import install, installed, sha256_of, verify
from dpg_l10n.errors import PackageError
from dpg_l10n.ports import Pair
from tests.support.console import Console
from tests.support.packages import EN_ES, TOP, contents, write_archive

ES = Pair("en", "es")


def described(folder: Path, **changes: Any) -> Path:
    """Write a folder whose description has these values; None removes a key."""
    where = folder / "mine"
    for name, data in contents(EN_ES).items():
        path = where / name.removeprefix(f"{TOP}/")
        if path.name not in ("metadata.json", "phrases.txt"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    description = {
        "family": "ctranslate2-seq2seq", "name": "mine", "version": "2.0",
        "pairs": [["en", "es"], ["en", "ca"]], "licence": "CC-BY-4.0",
        "sha256": sha256_of(where / "model" / "model.bin"), **changes,
    }  # fmt: skip
    kept = {key: value for key, value in description.items() if value is not None}
    (where / "engine.json").write_text(json.dumps(kept))
    return where


def test_a_described_folder_is_installed_and_translates_all_its_pairs(tmp_path: Path) -> None:
    package = install(described(tmp_path), tmp_path / "models")
    assert (package.name, package.version, package.licence) == ("mine", "2.0", "CC-BY-4.0")
    assert verify(package).intact
    engine = ArgosEngine([tmp_path / "models"])
    assert engine.pairs() == (ES, Pair("en", "ca"))
    assert engine.translate(["Save"], ES) == engine.translate(["Save"], Pair("en", "ca"))
    assert engine.translate(["Save"], ES) == ["Guardar"]
    assert engine.info(ES).model == "mine"


def test_a_described_archive_is_installed_too(tmp_path: Path) -> None:
    where = described(tmp_path)
    files = {
        f"mine/{path.relative_to(where).as_posix()}": path.read_bytes()
        for path in where.rglob("*")
        if path.is_file()
    }
    archive = write_archive(tmp_path / "mine.zip", files)
    assert install(archive, tmp_path / "models").sha256 == sha256_of(archive)


def test_prefixes_name_the_languages_as_the_model_does() -> None:
    layout = Layout(codes=(("sw", "swh_Latn"),))
    assert layout.tokens("{src} <2{tgt}>", "en", "sw") == ["en", "<2swh_Latn>"]
    assert layout.tokens("", "en", "sw") == []


def test_tokens_around_a_sentence_do_not_end_up_in_the_draft(tmp_path: Path) -> None:
    install(described(tmp_path, target_prefix="▁Guardar"), tmp_path / "models")
    engine = ArgosEngine([tmp_path / "models"])
    assert not engine.translate(["Save"], ES)[0].startswith("Guardar Guardar")


def test_a_free_model_goes_before_one_for_other_use_only(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    install(described(tmp_path / "a", name="nc", version="9.0", licence="CC-BY-NC-4.0"), folder)
    assert ArgosEngine([folder]).info(ES).model == "nc"
    install(described(tmp_path / "b", name="free", version="1.0"), folder)
    assert ArgosEngine([folder]).info(ES).model == "free"
    assert [package.non_commercial for package in installed([folder])] == [False, True]


def test_the_licence_is_shown(console: Console, tmp_path: Path) -> None:
    where = described(tmp_path / "x", licence="CC-BY-NC-4.0")
    assert "CC-BY-NC-4.0 (non-commercial)" in console("models", "install", where).err
    assert "CC-BY-NC-4.0 (non-commercial)" in console("models", "list").out


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"family": "other"}, "package.metadata"),
        ({"version": None}, "package.metadata"),
        ({"name": "../x"}, "package.metadata"),
        ({"pairs": []}, "package.metadata"),
        ({"pairs": [["en"]]}, "package.metadata"),
        ({"pairs": [["en", "not a tag"]]}, "package.metadata"),
        ({"prefix": "x"}, "package.metadata"),
        ({"codes": 5}, "package.metadata"),
        ({"model": "../model"}, "package.metadata"),
        ({"source_tokenizer": "none.spm"}, "package.contents"),
        ({"sha256": "00" * 32}, "package.checksum"),
    ],
)
def test_an_unusable_description_is_refused(
    tmp_path: Path, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(PackageError) as caught:
        install(described(tmp_path, **changes), tmp_path / "models")
    assert caught.value.error_code == code
