"""The translation memory: what is translated anywhere in the store, by source text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dpg_l10n.domain import locales
from dpg_l10n.domain.licences import may_reuse
from dpg_l10n.domain.message import Plural, Text, load, plain
from dpg_l10n.domain.records import Project
from dpg_l10n.domain.unit import MemoryMatch
from dpg_l10n.ports.memory import Newest
from dpg_l10n.store.chunks import chunks, marks
from dpg_l10n.store.codes import STATES
from dpg_l10n.store.statements import Statements

_PAGE = 20_000
"""Source texts read at once."""


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
        first, then those of the same project, then those that most projects share.

        Args:
            wanted: Source texts by their number in the store.
            language: BCP 47 tag; other regions of the same language and script serve too.
            project: Who asks: source language, and licence that decides what may be offered.
        """
        locale_ids = self._locales(language)
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
        return {text_id: match for text_id, (_, match) in best.items()}

    def newest(self, text_id: int, mark: bytes) -> Newest:
        """Return the highest number of a source text, and whether a text still has a number."""
        row = self._sql.run(
            "SELECT (SELECT max(id) FROM text), (SELECT hash FROM text WHERE id = ?)", (text_id,)
        ).one()
        return Newest(row[0] or 0, text_id == 0 or (row[1] is not None and bytes(row[1]) == mark))

    def mark(self, text_id: int) -> bytes:
        """Return the hash of a source text."""
        found = self._sql.run("SELECT hash FROM text WHERE id = ?", (text_id,)).scalar_one()
        return bytes(found)

    def after(self, text_id: int) -> Iterator[tuple[int, str]]:
        """Yield number and general variant of every source text with a higher number."""
        while True:
            rows = self._sql.run(
                "SELECT id, body FROM text WHERE id > ? ORDER BY id LIMIT ?", (text_id, _PAGE)
            ).all()
            for number, body in rows:
                yield number, plain(load(body))
            if len(rows) < _PAGE:
                return
            text_id = rows[-1][0]

    def _locales(self, language: str) -> Sequence[int]:
        script = locales.cldr(language)
        rows = self._sql.run("SELECT id, tag FROM locale").all()
        return [
            row[0]
            for row in rows
            if row[1] == language
            or (
                locales.base(row[1]) == locales.base(language)
                and getattr(locales.cldr(row[1]), "script", None) == getattr(script, "script", None)
            )
        ]
