"""Projects, and the small tables that others point to: languages, actors, origins, actions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, astuple
from functools import lru_cache
from typing import Any

from sqlmodel import Session, col, select

from dpg_l10n.domain.coverage import CountPolicy
from dpg_l10n.domain.gate import GatePolicy
from dpg_l10n.domain.project import Problem
from dpg_l10n.domain.records import Project
from dpg_l10n.domain.states import Made, Origin
from dpg_l10n.errors import NotFoundError
from dpg_l10n.store.statements import Statements
from dpg_l10n.store.tables import ActionRow, OriginRow, ProjectRow
from dpg_l10n.store.trend import DAY_S

_MOST_PROBLEMS = 100


class SqlProjects:
    """Repository of projects and of what is shared below them."""

    def __init__(self, session: Session, statements: Statements, *, writing: bool) -> None:
        """Work inside one transaction, which the session and the statements share."""
        self._session = session
        self._sql = statements
        self._writing = writing
        self._locales: dict[str, int] = {}
        self._origins: dict[Origin, int] = {}
        self._began = 0
        self._days: dict[int, int] = {}

    def get(self, slug: str) -> Project | None:
        """Return a project, or None; to write is to wait for other writers of it first."""
        if self._writing:
            self._sql.lock(f"project {slug}")
        # no ORM here: every request asks, and building the row costs more than reading it
        row = self._sql.run(f"SELECT {_PROJECT} FROM project WHERE slug = ?", (slug,)).first()
        return _read_project(row) if row else None

    def require(self, slug: str) -> Project:
        """Return a project.

        Raises:
            NotFoundError: The store has none of this name.
        """
        project = self.get(slug)
        if project is None:
            known = ", ".join(known.slug for known in self.list()) or "none yet"
            hint = f"The store has: {known}. Push one with: dpg-l10n push DIR"
            raise NotFoundError(kind="project", name=slug, hint=hint)
        return project

    def list(self) -> tuple[Project, ...]:
        """Return every project by slug."""
        rows = self._sql.run(f"SELECT {_PROJECT} FROM project")
        return tuple(sorted(map(_read_project, rows), key=lambda project: project.slug))

    def save(self, project: Project) -> Project:
        """Add a project, or bring the one with this slug up to date; return it with its number.

        What :meth:`set_policy` decides stays as it is.
        """
        self._sql.lock(f"project {project.slug}")
        row = self._session.exec(select(ProjectRow).where(ProjectRow.slug == project.slug)).first()
        if row is None:
            row = ProjectRow(slug=project.slug, name="", source_language="")
        row.name = project.name
        row.source_language = project.source_language
        row.licence = project.licence
        row.registry_id = project.registry_id
        row.deployments = ",".join(project.deployments)
        row.count = project.count.value
        row.gate = _gate_text(project.gate)
        self._session.add(row)
        self._session.flush()
        return _project(row)

    def set_policy(self, slug: str, *, public: bool | None, self_review: bool | None) -> None:
        """Change what a project's owner decides on the server; None leaves it as it is."""
        for column, value in (("public", public), ("self_review", self_review)):
            if value is not None:
                self._sql.run(f"UPDATE project SET {column} = ? WHERE slug = ?", (value, slug))

    def note_problems(self, project_id: int, problems: Sequence[Problem]) -> None:
        """Write down what the last push saw and did not take."""
        kept = problems[:_MOST_PROBLEMS]
        text = json.dumps([astuple(each) for each in kept], ensure_ascii=False) if kept else None
        if self._problems(project_id) != text:
            self._sql.run("UPDATE project SET problems = ? WHERE id = ?", (text, project_id))

    def problems(self, project_id: int) -> tuple[Problem, ...]:
        """Return what the last push saw and did not take."""
        return tuple(Problem(*each) for each in json.loads(self._problems(project_id) or "[]"))

    def _problems(self, project_id: int) -> Any:
        return self._sql.run("SELECT problems FROM project WHERE id = ?", (project_id,)).scalar()

    def languages(self) -> tuple[str, ...]:
        """Return the BCP 47 tags of all languages that something is or was in."""
        return tuple(row[0] for row in self._sql.run("SELECT tag FROM locale ORDER BY tag"))

    def find_locale_id(self, tag: str) -> int | None:
        """Return the number of a language, None where nothing is in it: reading adds nothing."""
        if tag not in self._locales:
            found = self._sql.find_number("locale", tag=tag)
            if found is None:
                return None
            self._locales[tag] = found
        return self._locales[tag]

    def locale_id(self, tag: str) -> int:
        """Return the number of a language, adding it when it is new."""
        if tag not in self._locales:
            self._locales[tag] = self._sql.number("locale", tag=tag)
        return self._locales[tag]

    def origin_id(self, origin: Origin) -> int:
        """Return the number of an origin, adding it when it is new."""
        if origin not in self._origins:
            detail = json.dumps(dict(origin.detail), ensure_ascii=False) if origin.detail else ""
            self._origins[origin] = self._sql.number(
                "origin", made=origin.made.value, detail=detail
            )
        return self._origins[origin]

    def origins(self) -> dict[int, Origin]:
        """Return every origin by its number."""
        return {
            row.id: read_origin(row.made, row.detail)
            for row in self._session.exec(select(OriginRow))
            if row.id is not None
        }

    def begin_action(self, project_id: int, actor: str, at: int, kind: str, why: str = "") -> int:
        """Write down that somebody does something; return its number.

        Args:
            project_id: Project that it touches.
            actor: Pseudonym.
            at: Seconds since 1970 in UTC.
            kind: ``push``, ``draft``, ``review``.
            why: Reason, for people.
        """
        actor_id = self._sql.number("actor", name=actor)
        (number,) = self._sql.reserve("action", 1)
        columns = ("id", "project_id", "actor_id", "at", "kind", "why")
        self._sql.insert("action", columns, [(number, project_id, actor_id, at, kind, why)])
        self._began = number
        self._days[number] = at // DAY_S
        return number

    def day_of(self, action_id: int | None = None) -> int:
        """Return the day of an action, from 1970; None takes the one that was begun last."""
        number = self._began if action_id is None else action_id
        if number not in self._days:
            at = self._sql.run("SELECT at FROM action WHERE id = ?", (number,)).scalar_one()
            self._days[number] = at // DAY_S
        return self._days[number]

    def last_action(self, project_id: int, kind: str) -> tuple[int, int] | None:
        """Return number and time of the last action of a kind in a project, or None."""
        query = (
            select(ActionRow.id, ActionRow.at)
            .where(ActionRow.project_id == project_id, ActionRow.kind == kind)
            .order_by(col(ActionRow.id).desc())
        )
        found = self._session.exec(query).first()
        return (found[0] or 0, found[1]) if found else None


@lru_cache(maxsize=4096)  # few rows, which many texts point to: a page names one 50 times
@lru_cache(maxsize=1024)
def read_origin(made: str, detail: str) -> Origin:
    """Return the origin that a row holds; most rows of a store share a few of them."""
    pairs = json.loads(detail) if detail else {}
    return Origin(Made(made), tuple(pairs.items()))


_PROJECT = (
    "slug, name, source_language, licence, registry_id, deployments, count, public, self_review, id, "
    "gate"
)


def _read_project(row: Sequence[Any]) -> Project:
    return Project(
        row[0], row[1], row[2], row[3], row[4], tuple(filter(None, row[5].split(","))),
        CountPolicy(row[6]), bool(row[7]), bool(row[8]), row[9],
        _gate(row[10]),
    )  # fmt: skip


def _project(row: ProjectRow) -> Project:
    assert row.id is not None  # noqa: S101 - stored rows have one
    return Project(
        id=row.id,
        slug=row.slug,
        name=row.name,
        source_language=row.source_language,
        licence=row.licence,
        registry_id=row.registry_id,
        deployments=tuple(filter(None, row.deployments.split(","))),
        count=CountPolicy(row.count),
        public=row.public,
        self_review=row.self_review,
        gate=_gate(row.gate),
    )


def _gate_text(policy: GatePolicy) -> str | None:
    """Return a policy as its row keeps it: the default one as nothing."""
    return None if policy == GatePolicy() else json.dumps(asdict(policy))


def _gate(text: str | None) -> GatePolicy:
    if not text:
        return GatePolicy()
    said = json.loads(text)
    bars = tuple((language, percent) for language, percent in said["fail_under"])
    return GatePolicy(bars, said["errors"], said["risk"])
