"""Offline packages, as they are asked for and told of."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from dpg_l10n.domain import query
from dpg_l10n.services import offline
from dpg_l10n.services.offline import MOST_DAYS, MOST_UNITS, Asked
from dpg_l10n.services.queue import Task
from dpg_l10n_api import problems
from dpg_l10n_api.schemas.problems import Problem


class PackageRequest(BaseModel):
    """Which strings to take out, and how."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"format": "xlsx", "limit": 100}]}
    )

    format: Literal["po", "xliff", "xlsx"] = "po"
    q: Annotated[str, StringConstraints(max_length=1000)] | None = Field(
        None, description="Query; without one your own queue."
    )
    task: Literal["review", "translate"] = Field("translate", description="What the queue is for.")
    limit: int = Field(200, ge=1, le=MOST_UNITS, description="Most strings.")
    days: int = Field(7, ge=1, le=MOST_DAYS, description="For which they are kept for you.")

    def asked(self) -> Asked:
        """Return what is asked for."""
        wanted = None if self.q is None else query.parse(self.q)
        return Asked(self.format, wanted, Task(self.task), self.limit, self.days)


class PackageLine(BaseModel):
    """One string of a package that was not written."""

    place: int = Field(description="Line or row in the file.")
    unit: int | None = Field(description="Null where the file does not say it.")
    key: str
    problem: Problem

    @classmethod
    def of(cls, line: offline.Line) -> PackageLine:
        """Return a line as it travels."""
        told = Problem(**problems.described(line.error))
        return cls(place=line.place, unit=line.unit, key=line.key, problem=told)


class PackageReport(BaseModel):
    """What became of the strings of a package."""

    project: str
    language: str
    written: int = Field(description="Texts that you wrote, `translated` now.")
    confirmed: int = Field(description="Drafts and texts that needed work, accepted as they were.")
    doubted: int = Field(description="Texts that you marked as needing work.")
    unchanged: int
    empty: int
    known: int = Field(description="Texts that are there already, as when a file is sent twice.")
    errors: int = Field(description="Texts among those written in which the checks find an error.")
    suggested: list[PackageLine] = Field(
        description="Texts kept beside what somebody else wrote, or a source that changed."
    )
    refused: list[PackageLine] = Field(description="Strings that changed nothing, and why.")

    @classmethod
    def of(cls, done: offline.Brought) -> PackageReport:
        """Return a report as it travels."""
        return cls(
            project=done.project, language=done.language, written=done.written,
            confirmed=done.confirmed, doubted=done.doubted, unchanged=done.unchanged,
            empty=done.empty, known=done.known, errors=done.errors,
            suggested=[PackageLine.of(line) for line in done.suggested],
            refused=[PackageLine.of(line) for line in done.refused],
        )  # fmt: skip
