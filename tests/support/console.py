"""The console as a person uses it: in a folder, with a store and models of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dpg_l10n_cli.main import run
from tests.support.projects import json_bytes

CONFIG = """\
[project]
slug = "clinic"

[[catalogue]]
name = "app"
source = "i18n/en.json"
target = "i18n/{language}.json"
"""
SOURCE = {"save": "Save the form", "greet": "Hello, {name}", "open": "Open the file"}
SWAHILI = {"save": "Hifadhi fomu", "greet": "Habari, {name}"}
BROKEN = {"save": "Enregistrer", "greet": "Bonjour, {nom}"}


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return standard output as JSON; it fails where anything else is printed there."""
        return json.loads(self.out)


class Console:
    """Runs commands in a folder; the store, the models and the home are below another."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.store = folder.parent / "data" / "dpg-l10n" / "store.db"
        self.models = folder.parent / "data" / "argos-translate" / "packages"
        self._capsys = capsys

    def __call__(self, *arguments: str | Path) -> Ran:
        """Run a command and return what it did."""
        self._capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        captured = self._capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    def write(self, files: Mapping[str, bytes | str]) -> None:
        """Write files below the folder."""
        for name, data in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data.encode() if isinstance(data, str) else data)

    def clinic(self, **languages: Mapping[str, object]) -> None:
        """Write a small project: three English strings, two of them in Swahili unless told."""
        texts = languages or {"sw": SWAHILI}
        self.write({"dpg-l10n.toml": CONFIG, "i18n/en.json": json_bytes(SOURCE)})
        self.write({f"i18n/{name}.json": json_bytes(found) for name, found in texts.items()})

    def files(self) -> dict[str, bytes]:
        """Return every file below the folder."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }

    def stored(self) -> Any:
        """Return what the store knows of the project, figures included."""
        return (
            self("status", "-p", "clinic", "--json").json,
            self("coverage", "-p", "clinic", "--json").json,
        )


def console_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Console:
    """Return a console in an empty folder that nothing outside of it can disturb."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in ("DPG_L10N_STORE", "DPG_L10N_ACTOR", "DPG_L10N_MAX_FILE_MB", "LANGUAGE",
                 "ARGOS_PACKAGES_DIR", "NO_COLOR"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return Console(folder, capsys)
