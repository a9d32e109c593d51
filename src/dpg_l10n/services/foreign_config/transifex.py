"""``.tx/config`` of the Transifex client."""

from __future__ import annotations

import configparser

from dpg_l10n.domain.locales import is_language
from dpg_l10n.domain.paths import PLACEHOLDER
from dpg_l10n.errors import ConfigError
from dpg_l10n.services.discovery import Tree, clean
from dpg_l10n.services.foreign_config.tables import Tables, relative

FILES = (".tx/config",)
_MAIN = "main"
_SAID_BY_FILES = frozenset({"type"})
"""What detection sees in the files themselves."""


def read(path: str, text: str, tree: Tree) -> Tables:
    """Return the catalogues of every resource.

    Raises:
        ConfigError: The file is no INI file.
    """
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # documented way to keep case
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise ConfigError(path=path, detail=f"This is no INI file: {error.message}") from error
    tables = Tables(path)
    for section in parser.sections():
        values = dict(parser[section])
        _language_map(tables, section, values.pop("lang_map", ""))
        if section == _MAIN:
            for key in values:
                tables.leave(f"[{section}] {key}")
        else:
            _resource(tables, tree, section, values)
    return tables


def _resource(tables: Tables, tree: Tree, section: str, values: dict[str, str]) -> None:
    slug = section.rpartition(":r:")[2].rpartition(".")[2]
    catalogue: dict[str, object] = {"name": clean(slug) or "app"}
    target = relative(values.pop("file_filter", ""))
    language = values.pop("source_lang", "")
    own = target.replace("<lang>", language)
    source = relative(values.pop("source_file", "")) or (own if own in tree.present else "")
    if source:
        catalogue["source"] = source
    if "<lang>" in target:
        catalogue["target"] = target.replace("<lang>", PLACEHOLDER)
    elif target:
        tables.leave(f"[{section}] file_filter", "It has no <lang>")
    if explicit := _explicit(values):
        catalogue["targets"] = explicit
    if is_language(language):
        tables.source_languages.append(language)
    for key in values:
        if key not in _SAID_BY_FILES:
            tables.leave(f"[{section}] {key}")
    if len(catalogue) > 1:
        tables.catalogues.append(catalogue)


def _explicit(values: dict[str, str]) -> dict[str, str]:
    """Take out the paths that are given language by language (``trans.fr = …``)."""
    keys = {key: key.removeprefix("trans.") for key in values if key.startswith("trans.")}
    return {name: relative(values.pop(key)) for key, name in keys.items() if is_language(name)}


def _language_map(tables: Tables, section: str, text: str) -> None:
    """Read ``pt_BR:pt-rBR, sr@latin:sr``: Transifex's code, then the name in files."""
    for pair in filter(None, (part.strip() for part in text.split(","))):
        code, colon, name = (part.strip() for part in pair.partition(":"))
        if colon and name:
            tables.rename(f"[{section}] lang_map {pair}", code, name)
        else:
            tables.leave(f"[{section}] lang_map {pair}", "It is no pair “code:name”")
