"""Where the data that ships with the toolkit lies: ``locales/`` and ``glossaries/``."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """Return the folder of shipped data: inside the installed package, else in the checkout."""
    packaged = _HERE / "_data" / name
    return packaged if packaged.is_dir() else _HERE.parents[1] / name


def locale_file(language: str) -> Path | None:
    """Return our own interface catalogue for a BCP 47 language, or None where there is none."""
    path = data_folder("locales") / language.replace("-", "_") / "LC_MESSAGES" / "dpg-l10n.po"
    return path if path.is_file() else None
