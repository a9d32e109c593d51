"""Configuration of the Lokalise clients, which name a project on a server and no files."""

from __future__ import annotations

import re
import tomllib

from dpg_l10n.errors import ConfigError
from dpg_l10n.services.discovery import Tree
from dpg_l10n.services.foreign_config.documents import read_yaml
from dpg_l10n.services.foreign_config.tables import Tables

_GENERAL = "config.yml"
"""What the second client reads: a name that many programs use."""
FILES = (
    "lokalise.yml", "lokalise.yaml", ".lokalise.yml", ".lokalise.yaml", "lokalise.cfg",
    "lokalise.toml", _GENERAL,
)  # fmt: skip
_OWN = re.compile(rb"^project[-_]id\s*:", re.MULTILINE)
_TOKEN = re.compile(rb"^token\s*:", re.MULTILINE)


def is_own(path: str, tree: Tree) -> bool:
    """Tell whether a file of one of the names is Lokalise's."""
    head = tree.head(path)
    return path != _GENERAL or bool(_OWN.search(head) and _TOKEN.search(head))


def read(path: str, text: str, tree: Tree) -> Tables:
    """Return no catalogue, and every key as not taken over; values (a token) are not shown.

    Raises:
        ConfigError: The file is no mapping.
    """
    tables = Tables(path)
    if path.endswith((".cfg", ".toml")):
        try:
            data = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise ConfigError(path=path, detail=f"This is no TOML: {error}") from error
    else:
        data = read_yaml(path, text)
    for key, value in data.items():
        for inner in value if isinstance(value, dict) else [None]:
            name = f"{key}.{inner}" if inner is not None else str(key)
            tables.leave(name, "Lokalise keeps the files' paths on its server or in its commands")
    return tables
