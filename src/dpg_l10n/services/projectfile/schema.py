"""What may stand in ``dpg-l10n.toml``: keys, types and values, checked with their lines."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any, NoReturn
from urllib.parse import urlsplit

from dpg_l10n.domain.locales import canonical
from dpg_l10n.domain.paths import PLACEHOLDER
from dpg_l10n.domain.project import COUNTS
from dpg_l10n.errors import ConfigError, UsageError

TABLES: Mapping[str, tuple[str, ...]] = {
    "project": (
        "slug",
        "name",
        "source_language",
        "licence",
        "registry_id",
        "deployments",
        "glossaries",
    ),
    "catalogue": ("name", "format", "source", "target", "targets", "licence"),
    "languages": (),
    "coverage": ("count", "fail_under"),
    "gate": ("errors", "risk"),
    "drafts": ("risk",),
    "server": ("url",),
    "risk": ("risk", "keys"),
}
"""Tables and their keys; ``languages`` takes any key."""
DEFAULT_LANGUAGE_KEY = "default"
_HEADER = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]\]?")
_KEY = re.compile(r"\s*([A-Za-z0-9_.\"'@+-]+)\s*=")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class Checker:
    """Checks one file and says of each fault where it stands."""

    def __init__(self, path: str, text: str, prefix: str) -> None:
        """Remember where keys stand.

        Args:
            path: File as the caller knows it, for messages.
            text: The whole file.
            prefix: Tables before ours (``tool.dpg-l10n.`` in pyproject.toml), or empty.
        """
        self.path = path
        self.prefix = prefix
        self._lines = _lines_of_keys(text)

    def fail(self, detail: str, table: str = "", key: str = "", index: int = 0) -> NoReturn:
        """Raise the error of a key.

        Raises:
            ConfigError: Always.
        """
        name = self.prefix + table
        places = ((name, index, key), (name, index, ""), ("", 0, table))
        line = next((self._lines[place] for place in places if place in self._lines), None)
        raise ConfigError(path=f"{self.path}:{line}" if line else self.path, detail=detail)

    def known(self, given: Iterable[str], known: Iterable[str], table: str, index: int = 0) -> None:
        """Refuse a key that nothing reads: a misspelt one would silently do nothing."""
        allowed = tuple(known)
        for key in given:
            if key not in allowed:
                near = difflib.get_close_matches(key, allowed, n=1)
                hint = f"Did you mean “{near[0]}”?" if near else f"Known: {', '.join(allowed)}."
                where = f"[{self.prefix}{table}]" if table else "the file"
                detail = f"Unknown key “{key}” in {where}. {hint}"
                if table:
                    self.fail(detail, table, key, index)
                self.fail(detail, key)

    def table(self, data: Mapping[str, Any], name: str) -> dict[str, Any]:
        """Return a table of the file; empty where it is absent."""
        value = data.get(name, {})
        if not isinstance(value, dict):
            self.fail(f"“{name}” has to be a table: [{self.prefix}{name}].", name)
        self.known(value, TABLES[name] or value, name)
        return value

    def catalogues(self, data: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the tables of catalogues."""
        value = data.get("catalogue", [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.fail(
                f"“catalogue” has to be a list of tables: [[{self.prefix}catalogue]].", "catalogue"
            )
        for index, each in enumerate(value):
            self.known(each, TABLES["catalogue"], "catalogue", index)
        return value

    def text(self, table: Mapping[str, Any], name: str, key: str, index: int = 0) -> str | None:
        """Return a text that is not empty, or None where the key is absent."""
        value = table.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            self.fail(f"“{key}” has to be a text that is not empty.", name, key, index)
        return value

    def matching(
        self, value: str | None, pattern: re.Pattern[str], rule: str, place: tuple[str, str, int]
    ) -> str | None:
        """Return a value that fits a pattern."""
        if value is not None and not pattern.fullmatch(value):
            self.fail(f"“{value}” cannot be used: {rule}.", *place)
        return value

    def slug(self, table: Mapping[str, Any]) -> str | None:
        """Return the project's slug."""
        rule = "use lower case letters, digits and single hyphens"
        return self.matching(
            self.text(table, "project", "slug"), _SLUG, rule, ("project", "slug", 0)
        )

    def catalogue_name(self, table: Mapping[str, Any], index: int) -> str:
        """Return the name of a catalogue; every one has its own."""
        rule = "use letters, digits, “.”, “_” and “-”"
        value = self.text(table, "catalogue", "name", index)
        if value is None:
            self.fail("A [[catalogue]] needs a “name”.", "catalogue", "", index)
        self.matching(value, _NAME, rule, ("catalogue", "name", index))
        return value

    def language(self, value: Any, table: str, key: str) -> str:
        """Return the canonical tag of a language."""
        if not isinstance(value, str):
            self.fail(f"“{key}” has to be a language code in quotation marks.", table, key)
        try:
            return canonical(value)
        except UsageError as error:
            self.fail(str(error), table, key)

    def file(
        self, table: Mapping[str, Any], key: str, index: int, *, pattern: bool = False
    ) -> str | None:
        """Return a POSIX path inside the project, with ``{language}`` or without."""
        value = self.text(table, "catalogue", key, index)
        if value is None:
            return None
        self.inside(value, key, index)
        if pattern != (PLACEHOLDER in value):
            wants = "needs" if pattern else "cannot have"
            self.fail(f"“{key}” {wants} {PLACEHOLDER} in its path.", "catalogue", key, index)
        return value

    def inside(self, value: Any, key: str, index: int = 0, table: str = "catalogue") -> str:
        """Return a path that stays in the project's folder."""
        if not isinstance(value, str) or not value:
            self.fail(f"“{key}” needs paths in quotation marks.", table, key, index)
        path = PurePosixPath(value)
        outside = path.is_absolute() or ".." in path.parts or "\\" in value or "\0" in value
        if outside or re.match(r"[A-Za-z]:", value) or str(path) != value:
            detail = (
                f"“{value}” has to be a path inside the project: relative to the configuration "
                "file, with “/” between folders and without “..”."
            )
            self.fail(detail, table, key, index)
        return value

    def count(self, table: Mapping[str, Any]) -> str:
        """Return what coverage counts."""
        value = table.get("count", COUNTS[0])
        if value not in COUNTS:
            self.fail(f"“count” has to be one of: {', '.join(COUNTS)}.", "coverage", "count")
        return str(value)

    def fail_under(self, table: Mapping[str, Any]) -> dict[str, int]:
        """Return the least coverage by language: a number for all, or a table."""
        value = table.get("fail_under", {})
        if not isinstance(value, dict):
            value = {DEFAULT_LANGUAGE_KEY: value}
        result = {}
        for name, percent in value.items():
            if isinstance(percent, bool) or not isinstance(percent, int) or not 0 <= percent <= 100:
                self.fail(
                    "“fail_under” takes whole numbers from 0 to 100 (percent).",
                    "coverage", "fail_under",
                )  # fmt: skip
            is_default = name == DEFAULT_LANGUAGE_KEY
            result[name if is_default else self.language(name, "coverage", "fail_under")] = percent
        return result

    def most(self, table: Mapping[str, Any], key: str) -> int:
        """Return how many texts may speak against a release; 0 where the key is absent."""
        value = table.get(key, 0)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.fail(f"“{key}” takes a whole number from 0 on.", "gate", key)
        return value

    def risk(self, table: Mapping[str, Any]) -> bool:
        """Return whether the machine may draft units of risk."""
        value = table.get("risk", False)
        if not isinstance(value, bool):
            self.fail("“risk” has to be true or false.", "drafts", "risk")
        return value

    def url(self, table: Mapping[str, Any]) -> str | None:
        """Return the server's address; one with a password in it is refused."""
        value = self.text(table, "server", "url")
        if value is None:
            return None
        try:
            parts = urlsplit(value)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            self.fail("“url” has to begin with https:// or http://.", "server", "url")
        if "@" in parts.netloc:
            self.fail("“url” must hold no user or token: give DPG_L10N_TOKEN.", "server", "url")
        return value

    def countries(self, table: Mapping[str, Any]) -> tuple[str, ...]:
        """Return ISO 3166-1 alpha-2 codes."""
        value = table.get("deployments", [])
        if not isinstance(value, list) or not all(
            isinstance(code, str) and re.fullmatch("[A-Z]{2}", code) for code in value
        ):
            self.fail(
                "“deployments” is a list of two-letter country codes: [\"KE\", \"ET\"].",
                "project", "deployments",
            )  # fmt: skip
        return tuple(value)


def _lines_of_keys(text: str) -> dict[tuple[str, int, str], int]:
    """Return the 1-based line of each ``(table, index among equal tables, key)``.

    A light look, because the parser of the standard library tells no lines: good for messages, and
    silent about keys that are written in a way it does not know.
    """
    lines: dict[tuple[str, int, str], int] = {}
    times: dict[str, int] = {}
    table, index = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = header[1].replace('"', "").replace("'", "").replace(" ", "")
            index = times.get(table, -1) + 1
            times[table] = index
            lines.setdefault((table, index, ""), number)
        elif key := _KEY.match(line):
            name = key[1].strip("\"'").partition(".")[0]
            lines.setdefault((table, index, name), number)
    return lines
