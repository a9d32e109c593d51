"""The Argos engine over our demonstration packages, and Argos itself over ours."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from dpg_l10n.domain.placeholders import kinds_for
from dpg_l10n.engines.argos import ArgosEngine
from dpg_l10n.engines.package import install, installed, remove
from dpg_l10n.engines.tokenizers import tokenizer_of
from dpg_l10n.errors import ModelMissingError, PackageError
from dpg_l10n.ports import Pair
from dpg_l10n.services.drafting.guard import guard_of
from dpg_l10n.services.drafting.plausible import Reason
from dpg_l10n.services.drafting.protect import draft_texts
from tests.support.packages import (
    EN_AR,
    EN_ES,
    EN_FR,
    TOP,
    contents,
    with_metadata,
    write_archive,
)  # fmt: skip

PHRASES = Path(__file__).resolve().parents[2] / "tools" / "demo_phrases"
ES, FR, AR = Pair("en", "es"), Pair("en", "fr"), Pair("en", "ar")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    for path in (EN_ES, EN_FR, EN_AR):
        install(path, folder)
    return folder


@pytest.fixture(scope="module")
def engine(models: Path) -> ArgosEngine:
    return ArgosEngine([models], threads=1)


def _phrases(pair: Pair) -> list[list[str]]:
    path = PHRASES / f"{pair.source}-{pair.target}.tsv"
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]


@pytest.mark.parametrize("pair", [ES, FR, AR], ids=lambda pair: pair.target)
def test_a_demonstration_model_knows_all_its_phrases(engine: ArgosEngine, pair: Pair) -> None:
    sources, targets = zip(*_phrases(pair), strict=True)
    drafts = draft_texts(engine, pair, sources, guard_of(kinds_for("json")))
    wrong = [
        (source, draft)
        for source, target, draft in zip(sources, targets, drafts, strict=True)
        if draft.text != target and not (source == target and draft.reason is Reason.COPIED)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", [EN_ES, EN_FR, EN_AR], ids=lambda path: path.stem)
def test_a_demonstration_model_is_small_and_says_what_it_is(path: Path) -> None:
    assert path.stat().st_size < 2_000_000
    files = contents(path)
    readme = next(data for name, data in files.items() if name.endswith("README.md"))
    assert b"Demonstration model" in readme
    assert b"CC0" in readme


def test_provenance_names_package_version_checksum_and_licence(engine: ArgosEngine) -> None:
    info = engine.info(ES)
    assert (info.engine, info.model, info.version) == ("argos", "translate-en_es", "1.0")
    assert len(info.sha256) == 64
    assert info.licence == "CC0-1.0"
    assert info.demonstration


def test_white_space_between_and_around_sentences_is_the_sources(engine: ArgosEngine) -> None:
    text = "  The form was saved.  Please try again.\n\n\tSave\n"
    assert engine.translate([text], ES) == [
        "  El formulario se guardó.  Inténtelo de nuevo.\n\n\tGuardar\n"
    ]


def test_a_regional_language_is_served_by_the_general_model(engine: ArgosEngine) -> None:
    assert engine.translate(["Save"], Pair("en-GB", "es-MX")) == ["Guardar"]


def test_a_package_removed_or_added_meanwhile_is_noticed(tmp_path: Path) -> None:
    engine = ArgosEngine([tmp_path])
    with pytest.raises(ModelMissingError):
        engine.translate(["Save"], ES)
    package = install(EN_ES, tmp_path)
    assert engine.translate(["Save"], ES) == ["Guardar"]
    remove(package)
    with pytest.raises(ModelMissingError):
        engine.translate(["Save"], ES)


def test_a_real_model_goes_before_a_newer_demonstration(tmp_path: Path) -> None:
    real = with_metadata(contents(), dpg_l10n_demonstration=None, package_version="0.9")
    install(write_archive(tmp_path / "real.argosmodel", real), tmp_path / "packages")
    install(EN_ES, tmp_path / "packages")
    info = ArgosEngine([tmp_path / "packages"]).info(ES)
    assert (info.version, info.demonstration) == ("0.9", False)


def test_the_newest_version_is_used(tmp_path: Path) -> None:
    for version in ("1.9", "1.10"):
        files = with_metadata(contents(), package_version=version)
        install(write_archive(tmp_path / "p.argosmodel", files), tmp_path / "packages")
    assert ArgosEngine([tmp_path / "packages"]).info(ES).version == "1.10"


def test_a_model_that_changed_since_it_was_installed_translates_nothing(tmp_path: Path) -> None:
    package = install(EN_ES, tmp_path)
    (package.path / "sentencepiece.model").write_bytes(b"other")
    with pytest.raises(PackageError, match=r"sentencepiece\.model") as caught:
        ArgosEngine([tmp_path]).translate(["Save"], ES)
    assert caught.value.error_code == "package.checksum"


def test_a_prefix_that_the_model_wants_is_given_and_taken_away(tmp_path: Path) -> None:
    files = with_metadata(contents(), target_prefix="▁Guardar")
    package = install(write_archive(tmp_path / "p.argosmodel", files), tmp_path / "packages")
    assert package.layout.target_prefix == "▁Guardar"
    (text,) = ArgosEngine([tmp_path / "packages"]).translate(["Save changes"], ES)
    assert text == "cambios"


def test_threads_share_one_model(models: Path) -> None:
    engine = ArgosEngine([models], threads=1)
    answers: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: answers.append(engine.translate(["Save", "Cancel"], ES)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [["Guardar", "Cancelar"]] * 8
    assert len(engine._models) == 1


def test_no_more_models_stay_in_memory_than_agreed(models: Path) -> None:
    engine = ArgosEngine([models], threads=1)
    for pair in (ES, FR, AR, ES):
        engine.translate(["Save"], pair)
    assert len(engine._models) == 2


def test_a_text_of_any_length_comes_back_whole(engine: ArgosEngine) -> None:
    (text,) = engine.translate(["The form was saved. " * 3000], ES)
    assert text.count("formulario") == 3000


def test_a_demonstration_model_answers_nothing_but_what_it_knows(engine: ArgosEngine) -> None:
    texts = ["Save", "Hello, {name}!", "Quantum chromodynamics", "Save. Quantum chromodynamics."]
    known, greeting, unknown, half = engine.translate(texts, ES)
    assert (known, unknown, half) == ("Guardar", "", "")
    assert "{name}" in greeting


def test_packages_with_merges_are_tokenized_as_argos_does(tmp_path: Path) -> None:
    (tmp_path / "bpe.model").write_text("#version: 0.2\ns a\nv e</w>\nsa ve</w>\n")
    tokenizer = tokenizer_of(tmp_path, "en", "es")
    assert tokenizer.encode(["save it's"]) == [
        ["save", "i@@", "t", "&@@", "a@@", "p@@", "o@@", "s@@", ";@@", "s"]
    ]
    assert tokenizer.decode(tokenizer.encode(["save me."])[0]) == "save me."


def test_merges_that_cannot_be_read_are_a_package_error(tmp_path: Path) -> None:
    (tmp_path / "bpe.model").write_text("#version: 0.2\none\n")
    with pytest.raises(PackageError) as caught:
        tokenizer_of(tmp_path, "en", "es")
    assert caught.value.error_code == "package.model"


def _argos(script: str, home: Path) -> str:
    """Run a script beside Argos with a home of its own: importing Argos makes folders there."""
    if importlib.util.find_spec("argostranslate") is None:
        pytest.skip("argos-translate-lt is not installed (extra: mt)")
    names = {
        "HOME": "",
        "XDG_DATA_HOME": "data",
        "XDG_CONFIG_HOME": "config",
        "XDG_CACHE_HOME": "cache",
    }
    environment = {**os.environ, **{name: str(home / path) for name, path in names.items()}}
    environment.pop("ARGOS_PACKAGES_DIR", None)
    done = subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_argos_lists_what_we_installed(tmp_path: Path) -> None:
    install(EN_ES, tmp_path / "data" / "argos-translate" / "packages")
    out = _argos(
        "import json, argostranslate.package as p;"
        "print(json.dumps([[x.from_code, x.to_code, x.package_version]"
        " for x in p.get_installed_packages()]))",
        tmp_path,
    )
    assert json.loads(out) == [["en", "es", "1.0"]]


def test_we_use_what_argos_installed(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "argos-translate" / "packages"
    _argos(
        "from pathlib import Path; import argostranslate.package as p;"
        f"p.install_from_path(Path({str(EN_ES)!r}))",
        tmp_path,
    )
    (package,) = installed([folder])
    assert package.path.name == TOP
    assert package.sha256 == ""
    assert ArgosEngine([folder]).translate(["Save"], ES) == ["Guardar"]


def test_drafting_leaves_argos_alone(tmp_path: Path) -> None:
    """Neither folders at home nor a module of Argos that could ask the network."""
    zipfile.ZipFile(EN_ES).extractall(tmp_path / "models")
    out = _argos(
        "import sys, pathlib; from dpg_l10n.engines.argos import ArgosEngine;"
        "from dpg_l10n.ports import Pair;"
        f"ArgosEngine([pathlib.Path({str(tmp_path / 'models')!r})])"
        ".translate(['Save'], Pair('en', 'es'));"
        "print([m for m in sys.modules if m.startswith(('argostranslate', 'stanza', 'onnx'))])",
        tmp_path,
    )
    assert out.strip() == "[]"
    assert [path.name for path in tmp_path.iterdir()] == ["models"]
