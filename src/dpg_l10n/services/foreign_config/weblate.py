"""``.weblate`` of the Weblate client, which names a server and no files."""

from __future__ import annotations

import configparser

from dpg_l10n.errors import ConfigError
from dpg_l10n.services.discovery import Tree
from dpg_l10n.services.foreign_config.tables import Tables

FILES = (".weblate", ".weblate.ini", "weblate.ini")


def read(path: str, text: str, tree: Tree) -> Tables:
    """Return no catalogue, and every key as not taken over.

    Raises:
        ConfigError: The file is no INI file.
    """
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise ConfigError(path=path, detail=f"This is no INI file: {error.message}") from error
    tables = Tables(path)
    for section in parser.sections():
        for key in parser[section]:
            tables.leave(f"[{section}] {key}", "Weblate keeps the files' paths on its server")
    return tables
