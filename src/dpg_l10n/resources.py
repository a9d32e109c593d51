"""Where the data that ships with the toolkit lies: catalogues, glossaries, the demonstration."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent
_IN_CHECKOUT = {"models": "tests/data/models"}


def data_folder(name: str) -> Path:
    """Return the folder of shipped data: inside the installed package, else in the checkout.

    Args:
        name: ``locales``, ``glossaries``, ``demo``, ``territories`` or ``models``.
    """
    packaged = _HERE / "_data" / name
    if packaged.is_dir():
        return packaged
    return _HERE.parents[1] / _IN_CHECKOUT.get(name, name)


def locale_file(language: str) -> Path | None:
    """Return our own interface catalogue for a BCP 47 language, or None where there is none."""
    path = data_folder("locales") / language.replace("-", "_") / "LC_MESSAGES" / "dpg-l10n.po"
    return path if path.is_file() else None


def locale_languages() -> tuple[str, ...]:
    """Return the BCP 47 tags of the languages that our own interface has a catalogue for, sorted."""
    found = data_folder("locales").glob("*/LC_MESSAGES/dpg-l10n.po")
    return tuple(sorted(path.parts[-3].replace("_", "-") for path in found))


def territory_data() -> tuple[bytes, str]:
    """Return the shipped data on countries, and its overrides."""
    folder = data_folder("territories")
    overrides = (folder / "overrides.toml").read_text(encoding="utf-8")
    return (folder / "cldr.json").read_bytes(), overrides
