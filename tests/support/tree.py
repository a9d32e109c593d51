"""Catalogues as they are in a working tree, to be edited and written out again."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import NamedTuple

from dpg_l10n.domain.project import CatalogueSpec, TargetFile
from tests.support.projects import json_bytes, message, po_bytes

LANGUAGES = ("sw", "fr")


class Words(NamedTuple):
    """What a file says under a key."""

    text: str
    fuzzy: bool = False


@dataclass
class Part:
    """A catalogue as it is in the tree."""

    name: str
    format: str
    source: dict[str, str]
    said: dict[str, dict[str, Words]] = field(
        default_factory=lambda: {language: {} for language in LANGUAGES}
    )

    @property
    def source_path(self) -> str:
        return {"po": f"{self.name}/app.pot", "csv": f"{self.name}/all.csv"}.get(
            self.format, f"{self.name}/en.json"
        )

    def spec(self, languages: frozenset[str]) -> CatalogueSpec:
        if self.format == "csv":  # one file: no language of it can stay at home
            targets = [TargetFile(tag, tag, self.source_path) for tag in LANGUAGES]
            return CatalogueSpec(self.name, "csv", self.source_path, tuple(targets))
        pattern = f"{self.name}/{{language}}.{self.format}"
        targets = [
            TargetFile(tag, tag, pattern.replace("{language}", tag))
            for tag in LANGUAGES
            if tag in languages
        ]
        return CatalogueSpec(self.name, self.format, self.source_path, tuple(targets), pattern)

    def files(self) -> dict[str, bytes]:
        if self.format == "csv":
            return {self.source_path: self._table()}
        found = {self.source_path: self._file(None)}
        for language in LANGUAGES:
            found[f"{self.name}/{language}.{self.format}"] = self._file(language)
        return found

    def _table(self) -> bytes:
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(["key", "en", *LANGUAGES])
        for key, source in self.source.items():
            row = [self.said[tag].get(key, Words("")).text for tag in LANGUAGES]
            writer.writerow([key, source, *row])
        return out.getvalue().encode()

    def _file(self, language: str | None) -> bytes:
        words = self.said[language] if language else {}
        if self.format == "json":
            texts = {key: each.text for key, each in words.items()}
            return json_bytes(texts if language else self.source)
        keys = words if language else self.source
        return po_bytes(
            *(self._message(key, words.get(key, Words(""))) for key in keys),
            language=language or "",
        )

    @staticmethod
    def _message(key: str, words: Words) -> str:
        context, _, msgid = key.rpartition("\4")
        before = ["#, fuzzy"] if words.fuzzy and words.text else []
        before += [f'msgctxt "{context}"'] if context else []
        return message(msgid, words.text, *before)
