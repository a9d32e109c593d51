"""A configuration as a file: its text, and the TOML in it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from dpg_l10n.errors import ConfigError


def parse_toml(text: str, path: str) -> dict[str, Any]:
    """Return the tables of a TOML file.

    Raises:
        ConfigError: It is none.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(path=path, detail=f"This is not valid TOML: {error}.") from error
    except RecursionError as error:
        raise ConfigError(path=path, detail="The tables are nested too deeply.") from error


def read_text(path: Path) -> str:
    """Return the text of a file.

    Raises:
        ConfigError: It cannot be read, or is no UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(path=path.name, detail="The file is not UTF-8 text.") from error
    except OSError as error:
        detail = f"The file cannot be read: {error.strerror}."
        raise ConfigError(path=path.name, detail=detail) from error
