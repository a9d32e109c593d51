"""The translation memory: what is translated anywhere in the store, by source text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dpg_l10n.domain.licences import may_reuse
from dpg_l10n.domain.memory import Recalled, serves
from dpg_l10n.domain.message import Plural, Text, dump, load
from dpg_l10n.domain.records import Project
from dpg_l10n.domain.unit import MemoryMatch
from dpg_l10n.store.chunks import chunks, marks
from dpg_l10n.store.codes import STATES
from dpg_l10n.store.feeds import SourceTexts, Translations, apart
from dpg_l10n.store.statements import Statements
from dpg_l10n.store.units import digest

_RECALLED = (
    "SELECT u.text_id, s.body, t.text, l.tag, t.state, coalesce(c.licence, p.licence), p.slug, "
    "u.context, u.key, u.id, t.revision FROM unit u "
    "JOIN translation t ON t.unit_id = u.id AND t.catalogue_id = u.catalogue_id "
    "AND t.locale_id IN ({languages}) AND t.state >= 3 AND t.copied = 0 "
    "JOIN locale l ON l.id = t.locale_id JOIN catalogue c ON c.id = u.catalogue_id "
    "JOIN project p ON p.id = c.project_id AND p.source_language IN ({sources}) "
    "JOIN text s ON s.id = u.text_id WHERE {where}"
)
_ENTRIES = (
    "SELECT e.text_id, s.body, e.text, l.tag, e.state, coalesce(e.licence, m.licence), m.name "
    "FROM memory_entry e JOIN memory m ON m.id = e.memory_id JOIN locale l ON l.id = e.locale_id "
    "JOIN text s ON s.id = e.text_id "
    "WHERE e.locale_id IN ({languages}) AND e.source_locale_id IN ({sources}) AND {where}"
)


class SqlMemory:
    """Repository of the memory: a view of the current translations, so never out of date."""

    def __init__(self, statements: Statements) -> None:
        """Work inside the transaction of the statements."""
        self._sql = statements

    def exact(
        self, wanted: Mapping[int, Text], language: str, project: Project
    ) -> dict[int, MemoryMatch]:
        """Return the best finished translation of the same source text, by the text's number.

        Only ``translated`` and ``reviewed`` texts that are no copies count. Reviewed ones come
        first, then those of the same project, then those that most projects share; what came as a
        file only where no project has anything.

        Args:
            wanted: Source texts by their number in the store.
            language: BCP 47 tag; other regions of the same language and script serve too.
            project: Who asks: source language, and licence that decides what may be offered.
        """
        locale_ids = list(self._locales(language))
        best: dict[int, tuple[tuple[bool, bool, bool, int], MemoryMatch]] = {}
        for part in chunks(sorted(wanted)) if locale_ids else ():
            rows = self._sql.run(
                "SELECT u.text_id, t.text, max(t.state), p.slug, "
                "coalesce(c.licence, p.licence) AS text_licence, l.tag, count(*) "
                "FROM unit u "
                "JOIN translation t ON t.unit_id = u.id AND t.catalogue_id = u.catalogue_id "
                f"AND t.locale_id IN ({marks(locale_ids)}) AND t.state >= 3 AND t.copied = 0 "
                "JOIN locale l ON l.id = t.locale_id JOIN catalogue c ON c.id = u.catalogue_id "
                "JOIN project p ON p.id = c.project_id AND p.source_language = ? "
                f"WHERE u.text_id IN ({marks(part)}) "
                "GROUP BY u.text_id, t.text, p.slug, text_licence, l.tag "
                "ORDER BY u.text_id, p.slug, t.text",
                (*locale_ids, project.source_language, *part),
            )
            for text_id, stored, state, slug, licence, tag, uses in rows:
                own = slug == project.slug
                if not own and not may_reuse(licence, project.licence):
                    continue
                text = load(stored)
                if isinstance(text, Plural) is not isinstance(wanted[text_id], Plural):
                    continue
                rank = (state == 4, tag == language, own, uses)
                if text_id not in best or rank > best[text_id][0]:
                    best[text_id] = (
                        rank, MemoryMatch(text, slug, licence, STATES[state], 1.0)
                    )  # fmt: skip
        found = {text_id: match for text_id, (_, match) in best.items()}
        return self._from_files(wanted, language, project) | found

    def _from_files(
        self, wanted: Mapping[int, Text], language: str, project: Project
    ) -> dict[int, MemoryMatch]:
        """Return what memories that came as files have for source texts."""
        found: dict[int, MemoryMatch] = {}
        for entry in self._entries(sorted(wanted), language, project.source_language):
            first = entry.text_id not in found or str(entry.text) < str(found[entry.text_id].text)
            if first and may_reuse(entry.licence, project.licence):
                found[entry.text_id] = MemoryMatch(
                    entry.text, "", entry.licence, entry.state, 1.0, entry.memory
                )
        return found

    def recall(
        self, text_ids: Sequence[int], language: str, source_language: str
    ) -> list[Recalled]:
        """Return every finished translation of some source texts, whoever may see it.

        Args:
            text_ids: Numbers of source texts.
            language: BCP 47 tag; other regions of the same language and script serve too.
            source_language: BCP 47 tag, in the same way.
        """
        found = self._recalled("u.text_id", text_ids, language, source_language)
        return found + self._entries(text_ids, language, source_language)

    def saying(self, numbers: Sequence[int], language: str, source_language: str) -> list[Recalled]:
        """Return the finished translations with some numbers, as they are now, whoever may see them.

        Args:
            numbers: Of :meth:`translations`.
            language: BCP 47 tag; other regions of the same language and script serve too.
            source_language: BCP 47 tag, in the same way.
        """
        units, text_ids = apart(numbers)
        found = self._recalled("u.id", units, language, source_language)
        return found + self._entries(text_ids, language, source_language)

    def sources(self) -> SourceTexts:
        """Return the source texts."""
        return SourceTexts(self._sql)

    def translations(self, language: str) -> Translations:
        """Return the finished translations in exactly this language."""
        return Translations(self._sql, self._sql.find_number("locale", tag=language))

    def languages(self, language: str) -> tuple[str, ...]:
        """Return the languages of the store that serve: this one, and other regions of it."""
        return tuple(sorted(self._locales(language).values()))

    def find(self, text: Text) -> int | None:
        """Return the number of a source text, or None."""
        row = self._sql.run("SELECT id FROM text WHERE hash = ?", (digest(dump(text)),)).first()
        return None if row is None else int(row[0])

    def source_changes(self, unit_ids: Sequence[int]) -> dict[int, int]:
        """Return how often the source text of units was changed after they came."""
        found: dict[int, int] = {}
        for part in chunks(unit_ids):
            rows = self._sql.run(
                "SELECT unit_id, count(*) FROM unit_change WHERE text_id IS NOT NULL "
                f"AND unit_id IN ({marks(part)}) GROUP BY unit_id",
                part,
            )
            found.update((row[0], row[1]) for row in rows)
        return found

    def _recalled(
        self, column: str, numbers: Sequence[int], language: str, source_language: str
    ) -> list[Recalled]:
        languages, sources = list(self._locales(language)), self._sources(source_language)
        found: list[Recalled] = []
        for part in chunks(numbers) if languages and sources else ():
            query = _RECALLED.format(
                languages=marks(languages),
                sources=marks(sources),
                where=f"{column} IN ({marks(part)})",
            )
            found += map(_recalled, self._sql.run(query, (*languages, *sources, *part)))
        return found

    def _entries(
        self, text_ids: Sequence[int], language: str, source_language: str
    ) -> list[Recalled]:
        languages, sources = list(self._locales(language)), list(self._locales(source_language))
        found: list[Recalled] = []
        for part in chunks(text_ids) if languages and sources else ():
            query = _ENTRIES.format(
                languages=marks(languages),
                sources=marks(sources),
                where=f"e.text_id IN ({marks(part)})",
            )
            found += map(_entry, self._sql.run(query, (*languages, *sources, *part)))
        return found

    def _locales(self, language: str) -> dict[int, str]:
        """Return the languages that serve, by number."""
        rows = self._sql.run("SELECT id, tag FROM locale")
        return {row[0]: row[1] for row in rows if serves(row[1], language)}

    def _sources(self, language: str) -> list[str]:
        """Return the source languages of projects that serve."""
        rows = self._sql.run("SELECT DISTINCT source_language FROM project")
        return [row[0] for row in rows if serves(row[0], language)]


def _recalled(row: Sequence[Any]) -> Recalled:
    text_id, source, text, tag, state, licence, slug, context, key, unit_id, revision = row
    return Recalled(
        text_id, load(source), load(text), tag, STATES[state], licence,
        project=slug, context=context, key=key, unit_id=unit_id, revision=revision,
    )  # fmt: skip


def _entry(row: Sequence[Any]) -> Recalled:
    text_id, source, text, tag, state, licence, name = row
    return Recalled(text_id, load(source), text, tag, STATES[state], licence, memory=name)
