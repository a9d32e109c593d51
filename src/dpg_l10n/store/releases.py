"""Releases, and what speaks against one."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate, pairwise

from dpg_l10n.domain.message import load
from dpg_l10n.domain.release import Held, Release, ReleasedFile, WithdrawnText
from dpg_l10n.domain.risk import RISKY
from dpg_l10n.domain.states import State
from dpg_l10n.store.chunks import marks
from dpg_l10n.store.codes import STATE_CODES
from dpg_l10n.store.projects import SqlProjects
from dpg_l10n.store.statements import Statements

_PARTS = ("catalogue_id", "locale_id", "release_id", "path", "sha256", "size", "units", "held")
_COLUMNS = ("id", "project_id", "name", "action_id", "format", "least_state", "job")
_SHIPS = (
    "FROM unit u JOIN catalogue c ON c.id = u.catalogue_id JOIN translation t "
    "ON t.catalogue_id = u.catalogue_id AND t.locale_id = ? AND t.unit_id = u.id "
    "WHERE c.project_id = ? AND NOT u.obsolete AND t.state IN ({states}) "
    "AND NOT (t.state = ? AND EXISTS (SELECT 1 FROM withdrawal w WHERE w.unit_id = u.id "
    "AND w.locale_id = t.locale_id AND w.text = t.text)) AND {more} ORDER BY c.name, u.position"
)
"""Texts that an export gives out: what was withdrawn is left out."""


class SqlReleases:
    """Repository of releases."""

    def __init__(self, statements: Statements, projects: SqlProjects) -> None:
        """Work inside the transaction of the statements."""
        self._sql = statements
        self._projects = projects

    def add(
        self, project_id: int, release: Release, job: str, held: Sequence[Held], action_id: int
    ) -> None:
        """Write down what a release held."""
        (number,) = self._sql.reserve("release", 1)
        row = (number, project_id, release.name, action_id, release.format, release.only, job)
        self._sql.insert("release", _COLUMNS, [row])
        rows = [
            (
                part.catalogue_id, self._projects.locale_id(part.language), number, part.path,
                bytes.fromhex(part.sha256), part.bytes, len(part.revisions), packed(part.revisions),
            )
            for part in held
        ]  # fmt: skip
        self._sql.insert("release_part", _PARTS, rows)

    def list(self, project_id: int) -> tuple[Release, ...]:
        """Return the releases of a project, the newest first."""
        rows = self._sql.run(
            "SELECT r.id, r.name, a.at, w.name, r.format, r.least_state FROM release r "
            "JOIN action a ON a.id = r.action_id JOIN actor w ON w.id = a.actor_id "
            "WHERE r.project_id = ? ORDER BY r.id DESC",
            (project_id,),
        ).all()
        spoken = self._sql.run(
            "SELECT DISTINCT p.release_id, l.tag FROM release_part p "
            "JOIN release r ON r.id = p.release_id JOIN locale l ON l.id = p.locale_id "
            "WHERE r.project_id = ? ORDER BY l.tag",
            (project_id,),
        ).all()
        return tuple(
            Release(
                name, at, actor, form, only, tuple(tag for of, tag in spoken if of == number),
                number,
            )
            for number, name, at, actor, form, only in rows
        )  # fmt: skip

    def job_of(self, project_id: int, name: str) -> str | None:
        """Return the number of the job that made a release, empty for none; None: no such release."""
        found = self._sql.run(
            "SELECT job FROM release WHERE project_id = ? AND name = ?", (project_id, name)
        ).scalar()
        return None if found is None else str(found)

    def files(self, release_id: int) -> tuple[ReleasedFile, ...]:
        """Return the files of a release by path and language."""
        rows = self._sql.run(
            "SELECT c.name, l.tag, p.path, p.sha256, p.size, p.units FROM release_part p "
            "JOIN catalogue c ON c.id = p.catalogue_id JOIN locale l ON l.id = p.locale_id "
            "WHERE p.release_id = ? ORDER BY p.path, l.tag",
            (release_id,),
        )
        return tuple(
            ReleasedFile(name, tag, path, bytes(digest).hex(), size, units)
            for name, tag, path, digest, size, units in rows
        )

    def holding(
        self, catalogue_id: int, language: str, unit_id: int, revisions: Collection[int]
    ) -> frozenset[int]:
        """Return the numbers of the releases that held one of some revisions of a unit."""
        rows = self._sql.run(
            "SELECT release_id, held FROM release_part WHERE catalogue_id = ? AND locale_id = ?",
            (catalogue_id, self._projects.find_locale_id(language)),
        )
        return frozenset(
            number for number, held in rows if unpacked(bytes(held)).get(unit_id) in revisions
        )

    def withdrawn(self, project_id: int) -> tuple[WithdrawnText, ...]:
        """Return every text of a project that was ever withdrawn, the newest first."""
        rows = self._sql.run(
            "SELECT c.name, u.key, l.tag, r.text, a.at, w.name, a.why, c.id, u.id "
            "FROM withdrawal r JOIN action a ON a.id = r.action_id "
            "JOIN actor w ON w.id = a.actor_id JOIN unit u ON u.id = r.unit_id "
            "JOIN catalogue c ON c.id = u.catalogue_id JOIN locale l ON l.id = r.locale_id "
            "WHERE a.project_id = ? ORDER BY r.id DESC",
            (project_id,),
        )
        return tuple(
            WithdrawnText(name, key, tag, load(text), at, actor, why, stored, unit)
            for name, key, tag, text, at, actor, why, stored, unit in rows
        )

    def with_errors(
        self, project_id: int, language: str, states: Sequence[State]
    ) -> tuple[str, ...]:
        """Return catalogue and key of texts in some states in which a check finds an error."""
        found = (
            "EXISTS (SELECT 1 FROM finding f WHERE f.unit_id = u.id AND f.locale_id = t.locale_id "
            "AND f.severity = 'error')"
        )
        return self._shipping(project_id, language, states, found, ())

    def unreviewed_risk(
        self, project_id: int, language: str, states: Sequence[State]
    ) -> tuple[str, ...]:
        """Return catalogue and key of texts in some states of clinical, legal or safety risk."""
        risks = sorted(RISKY)
        return self._shipping(project_id, language, states, f"u.risk IN ({marks(risks)})", risks)

    def _shipping(
        self, project_id: int, language: str, states: Sequence[State], more: str,
        bound: Sequence[str],
    ) -> tuple[str, ...]:  # fmt: skip
        codes = [STATE_CODES[state] for state in states]
        if not codes:
            return ()
        sql = _SHIPS.format(states=marks(codes), more=more)
        withdrawn = STATE_CODES[State.NEEDS_WORK]
        rows = self._sql.run(
            f"SELECT c.name, u.key {sql}",
            (self._projects.find_locale_id(language), project_id, *codes, withdrawn, *bound),
        )
        return tuple(f"{name}/{key}" for name, key in rows)


def packed(revisions: Mapping[int, int]) -> bytes:
    """Return revisions by unit as a row keeps them."""
    units = sorted(revisions)
    steps = [after - before for before, after in pairwise([0, *units])]
    said = json.dumps([steps, [revisions[unit] for unit in units]], separators=(",", ":"))
    return zlib.compress(said.encode())


def unpacked(data: bytes) -> dict[int, int]:
    """Return the revisions by unit that a row keeps."""
    steps, revisions = json.loads(zlib.decompress(data))
    return dict(zip(accumulate(steps), revisions, strict=True))
