"""Translations: the one place that writes them, with their history and counters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dpg_l10n.domain.message import dump, load
from dpg_l10n.domain.unit import Revision, Suggestion, Translation, TranslationWrite, Unit
from dpg_l10n.errors import StaleRevisionError
from dpg_l10n.store import trend
from dpg_l10n.store.chunks import SIZE
from dpg_l10n.store.codes import STATE_CODES, STATES, bucket_code
from dpg_l10n.store.feeds import note_written
from dpg_l10n.store.projects import SqlProjects, read_origin
from dpg_l10n.store.statements import Statements

_VALUES = "state, copied, revision, origin_id, action_id, text, source_text_id, former"
_COLUMNS = ("catalogue_id", "locale_id", "unit_id", *_VALUES.split(", "))


class SqlTranslations:
    """Repository of translations, suggestions and findings."""

    def __init__(self, statements: Statements, projects: SqlProjects) -> None:
        """Work inside the transaction of the statements."""
        self._sql = statements
        self._projects = projects
        self._noted: set[tuple[int, int, int]] = set()
        """Catalogue, language and action of which :mod:`~dpg_l10n.store.feeds` knows."""

    def load(
        self, catalogue_id: int, language: str, units: Iterable[Unit]
    ) -> dict[int, Translation]:
        """Return the translations of some units in a language by unit.

        Args:
            catalogue_id: Catalogue of the units.
            language: BCP 47 tag.
            units: The units.
        """
        locale_id = self._projects.find_locale_id(language)
        wanted = {unit.id for unit in units}
        few = list(wanted) if len(wanted) <= SIZE else []
        among, bound = next(self._sql.among(few), ("", ()))
        rows = self._sql.run(
            "SELECT unit_id, text, state, revision, origin_id, source_text_id, former, copied "
            "FROM translation WHERE catalogue_id = ? AND locale_id = ? AND state > 0"
            + (f" AND unit_id {among}" if few else ""),
            (catalogue_id, locale_id, *bound),
        ).all()
        states = STATES
        return {
            row[0]: Translation(
                row[0],
                load(row[1]),
                states[row[2]],
                row[3],
                row[4],
                row[5],
                states[row[6]] if row[6] else None,
                bool(row[7]),
            )
            for row in rows
            if row[0] in wanted
        }

    def write(
        self,
        catalogue_id: int,
        language: str,
        action_id: int,
        writes: Sequence[TranslationWrite],
        words: Mapping[int, int],
    ) -> None:
        """Store texts, move the replaced ones to the history, and keep the counters true.

        Args:
            catalogue_id: Catalogue of all the units.
            language: BCP 47 tag.
            action_id: The action that writes.
            writes: At most one for a unit.
            words: Source words by unit.

        Raises:
            StaleRevisionError: A write was made on a revision that is no longer the current one;
                nothing is written.
        """
        locale_id = self._projects.locale_id(language)
        old = self._current(catalogue_id, locale_id, [write.unit_id for write in writes])
        counters: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
        rows = []
        for write in writes:
            before = old.get(write.unit_id)
            current = before[2] if before else 0
            seen = current if before and before[0] else 0
            if seen != write.expected:
                raise StaleRevisionError(expected=write.expected, current=seen)
            size = words[write.unit_id]
            if before:
                bucket = counters[bucket_code(before[0], before[1])]
                bucket[0] -= 1
                bucket[1] -= size
            state = STATE_CODES[write.state]
            copied = int(write.copied)
            bucket = counters[bucket_code(state, copied)]
            bucket[0] += 1
            bucket[1] += size
            rows.append((
                catalogue_id, locale_id, write.unit_id, state, copied, current + 1, write.origin_id,
                action_id, dump(write.text), write.source_text_id,
                STATE_CODES[write.former] if write.former else None,
            ))  # fmt: skip
        replaced = [(unit_id, locale_id, *before) for unit_id, before in old.items()]
        self._sql.insert("revision", ("unit_id", "locale_id", *_VALUES.split(", ")), replaced)
        self._sql.insert("translation", _COLUMNS, [row for row in rows if row[2] not in old])
        self._sql.insert(
            "translation", _COLUMNS, [row for row in rows if row[2] in old], replace=True
        )
        self._count(catalogue_id, locale_id, counters, self._projects.day_of(action_id))
        place = (catalogue_id, locale_id, action_id)
        heard = [*((row[3], row[4]) for row in rows), *(before[:2] for before in old.values())]
        if place not in self._noted and any(state >= 3 and not copied for state, copied in heard):
            note_written(self._sql, *place)
            self._noted.add(place)

    def recount(self, catalogue_id: int, locale_id: int) -> dict[int, tuple[int, int]]:
        """Return units and words per bucket counted anew, to check the counters with."""
        rows = self._sql.run(
            "SELECT CASE WHEN t.copied = 1 AND t.state >= 3 THEN 5 ELSE t.state END AS bucket, "
            "count(*), sum(u.words) FROM translation t JOIN unit u ON u.id = t.unit_id "
            "WHERE t.catalogue_id = ? AND t.locale_id = ? AND t.state > 0 AND NOT u.obsolete "
            "GROUP BY bucket",
            (catalogue_id, locale_id),
        )
        return {row[0]: (row[1], row[2]) for row in rows}

    def move_units(self, catalogue_id: int, units: Sequence[Unit], *, sign: int) -> None:
        """Take units out of the counters (``sign`` -1: they became obsolete) or back in (+1)."""
        changes = {unit.id: (sign, sign * unit.words) for unit in units}
        self._shift(catalogue_id, changes)

    def reword(self, catalogue_id: int, changed: Mapping[int, int]) -> None:
        """Follow changed word counts of units (unit to difference) in the counters."""
        self._shift(catalogue_id, {number: (0, by) for number, by in changed.items() if by})

    def suggest(self, suggestions: Sequence[Suggestion], action_id: int) -> None:
        """Keep proposed texts beside the current ones."""
        rows = [
            (s.unit_id, self._projects.locale_id(s.language), dump(s.text), s.why, action_id)
            for s in suggestions
        ]
        columns = ("unit_id", "locale_id", "text", "why", "action_id")
        self._sql.insert("suggestion", columns, rows)

    def suggestions(self, unit: Unit, language: str) -> tuple[Suggestion, ...]:
        """Return the texts that are proposed for a unit and not yet decided on, oldest first."""
        rows = self._sql.run(
            "SELECT s.text, s.why, s.id, w.name, a.at FROM suggestion s "
            "JOIN action a ON a.id = s.action_id JOIN actor w ON w.id = a.actor_id "
            "WHERE s.unit_id = ? AND s.locale_id = ? AND s.closed_id IS NULL ORDER BY s.id",
            (unit.id, self._projects.find_locale_id(language)),
        )
        return tuple(Suggestion(unit.id, language, load(row[0]), *row[1:]) for row in rows)

    def close_suggestion(self, suggestion_id: int, action_id: int) -> None:
        """Write down which action took or dismissed a proposed text."""
        self._sql.run(
            "UPDATE suggestion SET closed_id = ? WHERE id = ?", (action_id, suggestion_id)
        )

    def replace_findings(
        self,
        catalogue_id: int,
        language: str,
        unit_ids: Sequence[int],
        findings: Sequence[tuple[int, str, str, str]],
    ) -> None:
        """Replace what the checks said of some units.

        Args:
            catalogue_id: Catalogue of the units.
            language: BCP 47 tag.
            unit_ids: Units that were checked and may have old findings.
            findings: ``(unit, code, severity, message)``.
        """
        locale_id = self._projects.locale_id(language)
        for among, part in self._sql.among(unit_ids):
            self._sql.run(
                f"DELETE FROM finding WHERE locale_id = ? AND unit_id {among}",
                (locale_id, *part),
            )
        columns = ("catalogue_id", "locale_id", "unit_id", "code", "severity", "message")
        rows = [(catalogue_id, locale_id, *finding) for finding in findings]
        self._sql.insert("finding", columns, rows)

    def history(self, unit: Unit, language: str) -> tuple[Revision, ...]:
        """Return every text that a unit ever had in a language, newest first."""
        locale_id = self._projects.find_locale_id(language)
        rows = self._sql.run(
            "SELECT r.revision, r.text, r.state, o.made, o.detail, w.name, a.at, a.kind, a.why, "
            "a.id, t.body FROM "
            "(SELECT revision, text, state, origin_id, action_id, source_text_id FROM translation "
            "WHERE unit_id = ? AND locale_id = ? AND catalogue_id = "
            "(SELECT catalogue_id FROM unit WHERE id = ?) UNION ALL "
            "SELECT revision, text, state, origin_id, action_id, source_text_id FROM revision "
            "WHERE unit_id = ? AND locale_id = ?) r "
            "JOIN origin o ON o.id = r.origin_id JOIN action a ON a.id = r.action_id "
            "JOIN actor w ON w.id = a.actor_id LEFT JOIN text t ON t.id = r.source_text_id "
            "ORDER BY r.revision DESC",
            (unit.id, locale_id, unit.id, unit.id, locale_id),
        )
        return tuple(
            Revision(
                row[0],
                load(row[1]),
                STATES[row[2]],
                read_origin(row[3], row[4]),
                row[5],
                row[6],
                row[7],
                row[8],
                row[9],
                None if row[10] is None else load(row[10]),
            )
            for row in rows
        )

    def _shift(self, catalogue_id: int, changes: Mapping[int, tuple[int, int]]) -> None:
        """Change the counters of all languages by units and words of each unit."""
        counters: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(
            lambda: defaultdict(lambda: [0, 0])
        )
        for among, part in self._sql.among(list(changes)):
            rows = self._sql.run(
                "SELECT locale_id, unit_id, state, copied FROM translation "
                f"WHERE catalogue_id = ? AND unit_id {among}",
                (catalogue_id, *part),
            ).all()
            for locale_id, unit_id, state, copied in rows:
                bucket = counters[locale_id][bucket_code(state, copied)]
                units, words = changes[unit_id]
                bucket[0] += units
                bucket[1] += words
        for locale_id, buckets in counters.items():
            self._count(catalogue_id, locale_id, buckets, self._projects.day_of())

    def _current(
        self, catalogue_id: int, locale_id: int, unit_ids: Sequence[int]
    ) -> dict[int, tuple[int, int, int, int, int, str, int | None, int | None]]:
        found: dict[int, Any] = {}
        for among, part in self._sql.among(unit_ids):
            rows = self._sql.run(
                f"SELECT unit_id, {_VALUES} FROM translation "
                f"WHERE catalogue_id = ? AND locale_id = ? AND unit_id {among}",
                (catalogue_id, locale_id, *part),
            ).all()
            found.update((row[0], tuple(row[1:])) for row in rows)
        return found

    def _count(
        self, catalogue_id: int, locale_id: int, changes: Mapping[int, Sequence[int]], day: int
    ) -> None:
        for bucket, (units, words) in changes.items():
            if bucket and (units or words):
                self._sql.run(
                    "INSERT INTO coverage (catalogue_id, locale_id, bucket, units, words) "
                    "VALUES (?, ?, ?, ?, ?) ON CONFLICT (catalogue_id, locale_id, bucket) "
                    "DO UPDATE SET units = coverage.units + excluded.units, "
                    "words = coverage.words + excluded.words",
                    (catalogue_id, locale_id, bucket, units, words),
                )
                trend.add(self._sql, catalogue_id, locale_id, day, bucket, units, words)
