"""The registry of digital public goods that the store has."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from dpg_l10n.domain.goods import Good, RegistryImport
from dpg_l10n.store.statements import Statements


class SqlGoods:
    """Repository of the registry."""

    def __init__(self, statements: Statements) -> None:
        """Work inside the transaction of the statements."""
        self._sql = statements

    def list(self) -> tuple[Good, ...]:
        """Return every good by its identity."""
        rows = self._sql.run("SELECT said FROM good")
        return tuple(sorted((_good(row[0]) for row in rows), key=lambda good: good.id))

    def imported(self) -> RegistryImport | None:
        """Return which registry it is, None before one was imported."""
        found = self._sql.run("SELECT source, version, sha256, at FROM registry").first()
        return None if found is None else RegistryImport(*found)

    def replace(self, goods: Sequence[Good], imported: RegistryImport) -> None:
        """Put a registry in the place of the one before."""
        self._sql.lock("registry")
        self._sql.run("DELETE FROM good")
        self._sql.run("DELETE FROM registry")
        rows = [(good.id, json.dumps(asdict(good), ensure_ascii=False)) for good in goods]
        self._sql.insert("good", ("id", "said"), rows)
        values = (1, imported.source, imported.version, imported.sha256, imported.at)
        self._sql.insert("registry", ("id", "source", "version", "sha256", "at"), [values])


def _good(said: str) -> Good:
    read = json.loads(said)
    lists = {name: tuple(value) for name, value in read.items() if isinstance(value, list)}
    return Good(**{**read, **lists})
