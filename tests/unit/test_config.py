from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dpg_l10n.config import MIB, settings, store_url
from dpg_l10n.errors import ConfigError

linux_only = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="folders of Linux")


@linux_only
def test_without_variables_everything_is_below_the_home() -> None:
    found = settings({"HOME": "/home/amina"})
    assert found.store == "sqlite:////home/amina/.local/share/dpg-l10n/store.db"
    assert found.models == Path("/home/amina/.local/share/argos-translate/packages")
    assert (found.actor, found.max_file_bytes, found.language) == ("maintainer", 64 * MIB, "en")


def test_variables_go_before_the_defaults() -> None:
    found = settings({
        "XDG_DATA_HOME": "/data", "DPG_L10N_ACTOR": "amina", "DPG_L10N_MAX_FILE_MB": "1",
        "ARGOS_PACKAGES_DIR": "/models", "LANGUAGE": "pt_BR:pt", "DPG_L10N_STORE": "postgresql://h/d",
    })  # fmt: skip
    assert (found.store, found.actor, found.max_file_bytes) == ("postgresql://h/d", "amina", MIB)
    assert (found.models, found.language) == (Path("/models"), "pt-BR")


def test_the_data_folder_of_the_environment_is_used() -> None:
    found = settings({"XDG_DATA_HOME": "/data"})
    assert found.store == "sqlite:////data/dpg-l10n/store.db"
    assert found.models == Path("/data/argos-translate/packages")


def test_an_argument_goes_before_the_variable(tmp_path: Path) -> None:
    found = settings({"DPG_L10N_STORE": "/other"}, store=str(tmp_path / "s.db"))
    assert found.store == f"sqlite:///{tmp_path / 's.db'}"


@pytest.mark.parametrize("value", ["", "0", "-1", "1.5", "many", "²"])
def test_a_size_that_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(ConfigError, match="DPG_L10N_MAX_FILE_MB"):
        settings({"HOME": "/h", "DPG_L10N_MAX_FILE_MB": value})


def test_a_path_becomes_an_absolute_url(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/amina")
    assert store_url("s.db") == f"sqlite:///{tmp_path / 's.db'}"
    assert store_url("~/s.db") == "sqlite:////home/amina/s.db"
    assert store_url("sqlite://") == "sqlite://"


def test_the_environment_of_the_process_is_read_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DPG_L10N_ACTOR", "juma")
    assert settings().actor == "juma"


@linux_only
@pytest.mark.parametrize(
    ("variables", "folder"),
    [
        ({"DPG_L10N_STORE": "/data/s.db"}, "/data/s.db.index"),
        ({"DPG_L10N_STORE": "/data/s.db", "DPG_L10N_INDEX": "/fast"}, "/fast"),
    ],
    ids=["beside the store", "named"],
)
def test_the_index_lies_beside_the_store(variables: dict[str, str], folder: str) -> None:
    assert settings(variables).memory == Path(folder)


def test_a_store_in_memory_has_no_folder_for_its_index() -> None:
    assert settings({"DPG_L10N_STORE": "sqlite://"}).memory is None


def test_the_index_of_a_server_is_the_same_whoever_signs_in() -> None:
    found = {
        settings({"DPG_L10N_STORE": f"postgresql://{who}h/d", "XDG_CACHE_HOME": "/cache"}).memory
        for who in ("", "amina:secret@", "juma@")
    }
    assert len(found) == 1
    assert str(found.pop()).startswith(str(Path("/cache/dpg-l10n/index")))


def test_the_bar_for_drafts_is_a_whole_number() -> None:
    assert settings({"DPG_L10N_LEAST_CHRF": "45"}).least_chrf == 45.0
    assert settings({}).least_chrf is None
    with pytest.raises(ConfigError, match="DPG_L10N_LEAST_CHRF"):
        settings({"DPG_L10N_LEAST_CHRF": "good"})
