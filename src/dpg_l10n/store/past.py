"""What actions changed: units before them, texts before and after them, the files they replaced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dpg_l10n.domain.coverage import Bucket
from dpg_l10n.domain.message import Text, load
from dpg_l10n.domain.records import UNDONE
from dpg_l10n.domain.states import Made, State
from dpg_l10n.domain.trend import DayChange
from dpg_l10n.domain.unit import (
    AcceptedDraft,
    Action,
    SourceChange,
    Touched,
    Translation,
    Unit,
    UnitBefore,
)
from dpg_l10n.store.chunks import chunks, marks
from dpg_l10n.store.codes import BUCKETS, STATE_CODES, STATES
from dpg_l10n.store.projects import SqlProjects, read_origin
from dpg_l10n.store.statements import Statements

_TEXT = "unit_id, text, state, revision, origin_id, source_text_id, former, copied, action_id"
_SAME_SOURCE = (
    "AND NOT EXISTS (SELECT 1 FROM unit_change c WHERE c.unit_id = d.unit_id "
    "AND c.action_id > d.action_id AND c.text_id <> u.text_id)"
)
_FILE = "locale_id, spelling, sha256, size, data, action_id"


class SqlPast:
    """Repository of the past of units, translations and files."""

    def __init__(self, statements: Statements, projects: SqlProjects) -> None:
        """Work inside the transaction of the statements."""
        self._sql = statements
        self._projects = projects

    def action(self, project_id: int, action_id: int) -> Action | None:
        """Return an action of a project, or None."""
        row = self._sql.run(
            "SELECT a.id, a.kind, w.name, a.at, a.why FROM action a "
            "JOIN actor w ON w.id = a.actor_id WHERE a.id = ? AND a.project_id = ?",
            (action_id, project_id),
        ).first()
        return Action(*row) if row else None

    def note_units(self, action_id: int, before: Sequence[UnitBefore]) -> None:
        """Write down what units were before an action changed them."""
        self._sql.insert(
            "unit_change",
            ("unit_id", "action_id", "text_id", "obsolete"),
            [(unit.unit_id, action_id, unit.text_id, unit.obsolete) for unit in before],
        )

    def units_before(self, action_id: int, unit_ids: Sequence[int]) -> dict[int, UnitBefore]:
        """Return by unit what those of some units that an action changed were before it."""
        wanted = set(unit_ids)
        rows = self._sql.run(
            "SELECT unit_id, text_id, obsolete FROM unit_change WHERE action_id = ?", (action_id,)
        )
        return {
            row[0]: UnitBefore(row[0], row[1], bool(row[2])) for row in rows if row[0] in wanted
        }

    def units_after(self, action_id: int, unit_ids: Sequence[int]) -> dict[int, UnitBefore]:
        """Return by unit what an action left those of some units that later ones changed."""
        found: dict[int, UnitBefore] = {}
        for part in chunks(sorted(unit_ids)):
            rows = self._sql.run(
                "SELECT unit_id, text_id, obsolete FROM unit_change "
                f"WHERE unit_id IN ({marks(part)}) AND action_id > ? ORDER BY action_id DESC",
                (*part, action_id),
            )
            found.update((row[0], UnitBefore(row[0], row[1], bool(row[2]))) for row in rows)
        return found

    def source_changes(self, unit: Unit) -> tuple[SourceChange, ...]:
        """Return how the source of a unit changed, newest first."""
        rows = self._sql.run(
            "SELECT a.id, a.kind, w.name, a.at, a.why, t.body, c.obsolete FROM unit_change c "
            "JOIN action a ON a.id = c.action_id JOIN actor w ON w.id = a.actor_id "
            "LEFT JOIN text t ON t.id = c.text_id WHERE c.unit_id = ? ORDER BY a.id DESC",
            (unit.id,),
        )
        return tuple(
            SourceChange(Action(*row[:5]), None if row[5] is None else load(row[5]), bool(row[6]))
            for row in rows
        )

    def touched(self, catalogue_id: int, language: str, action_id: int) -> dict[int, Touched]:
        """Return by unit the translations that an action, or somebody after it, wrote."""
        locale_id = self._projects.find_locale_id(language)
        current = {
            row[0]: row
            for row in self._sql.run(
                f"SELECT {_TEXT} FROM translation "
                "WHERE catalogue_id = ? AND locale_id = ? AND action_id >= ?",
                (catalogue_id, locale_id, action_id),
            )
        }
        replaced: dict[int, list[Any]] = {}
        for part in chunks(list(current)):
            rows = self._sql.run(
                f"SELECT {_TEXT} FROM revision WHERE locale_id = ? AND unit_id IN ({marks(part)}) "
                "ORDER BY unit_id, revision",
                (locale_id, *part),
            )
            for row in rows:
                replaced.setdefault(row[0], []).append(row)
        found = {}
        for unit_id, now in current.items():
            steps = [*replaced.get(unit_id, ()), now]
            older = [row for row in steps if row[8] < action_id]
            before = _translation(older[-1]) if older and older[-1][2] else None
            own = [row for row in steps if row[8] == action_id]
            stands = bool(own) and _said(own[-1]) == _said(now)
            found[unit_id] = Touched(unit_id, bool(own), stands, before)
        return found

    def accepted_drafts(self, project_id: int | None) -> tuple[AcceptedDraft, ...]:
        """Return the machine drafts of a project, or of all, that people accepted or replaced.

        Of several drafts of a text the last one counts, and only where it was for the same source.
        """
        finished = (STATE_CODES[State.TRANSLATED], STATE_CODES[State.REVIEWED])
        where = "" if project_id is None else "AND c.project_id = ? "
        rows = self._sql.run(
            "SELECT l.tag, o.made, o.detail, r.text, t.text FROM revision r "
            "JOIN origin o ON o.id = r.origin_id "
            "JOIN translation t ON t.unit_id = r.unit_id AND t.locale_id = r.locale_id "
            "JOIN catalogue c ON c.id = t.catalogue_id JOIN locale l ON l.id = t.locale_id "
            f"WHERE o.made = ? AND r.state = ? AND t.state IN (?, ?) {where}"
            "AND r.source_text_id IS NULL AND t.source_text_id IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM revision n WHERE n.unit_id = r.unit_id "
            "AND n.locale_id = r.locale_id AND n.revision > r.revision AND n.state = r.state) "
            "ORDER BY r.unit_id, r.locale_id",
            (
                Made.MACHINE.value, STATE_CODES[State.DRAFT], *finished,
                *(() if project_id is None else (project_id,)),
            ),
        )  # fmt: skip
        return tuple(
            AcceptedDraft(row[0], read_origin(row[1], row[2]), load(row[3]), load(row[4]))
            for row in rows
        )

    def rejected_drafts(
        self, catalogue_id: int, language: str, *, any_source: bool = False
    ) -> dict[int, frozenset[Text]]:
        """Return by unit the drafts that people rejected, of units that have no text now.

        Args:
            catalogue_id: Whose units.
            language: BCP 47 tag.
            any_source: True for drafts of older sources of the unit too. They may be right for the
                one that it has now.
        """
        same = "" if any_source else _SAME_SOURCE
        rows = self._sql.run(
            "SELECT d.unit_id, d.text FROM translation t JOIN unit u ON u.id = t.unit_id "
            "JOIN revision d ON d.unit_id = t.unit_id AND d.locale_id = t.locale_id AND d.state = ? "
            "LEFT JOIN revision n ON n.unit_id = d.unit_id AND n.locale_id = d.locale_id "
            "AND n.revision = d.revision + 1 "
            "JOIN action a ON a.id = coalesce(n.action_id, t.action_id) "
            "AND a.kind IN ('review', 'withdraw') "
            "WHERE t.catalogue_id = ? AND t.locale_id = ? AND t.state = ? "
            f"AND coalesce(n.state, t.state) = t.state {same}",
            (
                STATE_CODES[State.DRAFT], catalogue_id, self._projects.find_locale_id(language),
                STATE_CODES[State.MISSING],
            ),
        )  # fmt: skip
        found: dict[int, frozenset[Text]] = {}
        for unit_id, text in rows:
            found[unit_id] = found.get(unit_id, frozenset()) | {load(text)}
        return found

    def coverage_days(
        self, catalogue_ids: Sequence[int], languages: Sequence[str] | None = None
    ) -> tuple[DayChange, ...]:
        """Return how the coverage of some catalogues changed, by day; totals have no language.

        Args:
            catalogue_ids: Which.
            languages: BCP 47 tags; None for all.
        """
        found: list[DayChange] = []
        only, bound = "", []
        if languages is not None:
            bound = [0, *map(self._projects.find_locale_id, languages)]
            only = f"AND d.locale_id IN ({marks(bound)}) "
        for part in chunks(list(catalogue_ids)):
            rows = self._sql.run(
                "SELECT d.catalogue_id, d.day, coalesce(l.tag, ''), d.bucket, d.units, d.words "
                "FROM coverage_day d LEFT JOIN locale l ON l.id = d.locale_id "
                f"WHERE d.catalogue_id IN ({marks(part)}) {only}ORDER BY d.day",
                (*part, *bound),
            )
            found += (
                DayChange(
                    row[0], row[1], row[2], BUCKETS.get(row[3], Bucket.MISSING), row[4], row[5]
                )
                for row in rows
            )
        return tuple(found)

    def keep_file(self, catalogue_id: int, path: str, push_id: int) -> None:
        """Keep the stored file of a path, or that there was none, before a push replaces it."""
        place = (catalogue_id, path)
        self._sql.run("DELETE FROM file_before WHERE catalogue_id = ? AND path = ?", place)
        self._sql.run(
            f"INSERT INTO file_before (catalogue_id, path, push_id, {_FILE}) "
            f"SELECT k.id, ?, k.push_id, {_FILE} FROM "
            "(SELECT c.id AS id, a.id AS push_id FROM catalogue c, action a "
            "WHERE c.id = ? AND a.id = ?) k "
            "LEFT JOIN file f ON f.catalogue_id = k.id AND f.path = ?",
            (path, catalogue_id, push_id, path),
        )

    def restore_files(self, catalogue_id: int, push_id: int) -> tuple[str, ...]:
        """Put back the files that a push replaced, unless they were replaced again; return them.

        Of a file whose version before is not kept any more the bytes stay, as a layout to write into
        and as no pushed version: its next push is news, whatever it holds.
        """
        rows = self._sql.run(
            f"SELECT path, {_FILE} FROM file_before WHERE catalogue_id = ? AND push_id = ?",
            (catalogue_id, push_id),
        ).all()
        for path, *file in rows:
            place = (catalogue_id, path)
            if file[2] is None:
                self._sql.run("DELETE FROM file WHERE catalogue_id = ? AND path = ?", place)
            else:
                changes = ", ".join(f"{name} = ?" for name in _FILE.split(", "))
                self._sql.run(
                    f"UPDATE file SET {changes} WHERE catalogue_id = ? AND path = ?",
                    (*file, *place),
                )
            self._sql.run("DELETE FROM file_before WHERE catalogue_id = ? AND path = ?", place)
        left = self._sql.run(
            "SELECT id FROM file WHERE catalogue_id = ? AND action_id = ?", (catalogue_id, push_id)
        ).all()
        for (file_id,) in left:
            mark = UNDONE + f"{push_id} {file_id}".encode()
            self._sql.run("UPDATE file SET sha256 = ? WHERE id = ?", (mark, file_id))
        return tuple(row[0] for row in rows)


def _said(row: Any) -> tuple[Any, ...]:
    """Return what a row says without its number and the action that wrote it."""
    return (*row[1:3], *row[4:8])


def _translation(row: Any) -> Translation:
    return Translation(
        row[0], load(row[1]), STATES[row[2]], row[3], row[4], row[5],
        STATES[row[6]] if row[6] else None, bool(row[7]),
    )  # fmt: skip
