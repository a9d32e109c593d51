"""Long work: what is asked for, and what became of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt

from dpg_l10n.ports.jobs import Job, JobState
from dpg_l10n.services.jobs import About
from dpg_l10n_api.schemas.tags import TAG

Code = Annotated[str, Field(max_length=100, json_schema_extra=TAG)]


class Kind(StrEnum):
    """Formats of an export."""

    NATIVE = "native"
    PO = "po"
    MO = "mo"
    XLIFF = "xliff"
    CSV = "csv"
    XLSX = "xlsx"
    TMX = "tmx"


class Least(StrEnum):
    """Least state of exported texts."""

    REVIEWED = "reviewed"
    TRANSLATED = "translated"


class NewDrafts(BaseModel):
    """Drafts that are asked for."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"languages": ["sw"], "engine": "argos"}]}
    )

    languages: list[Code] = Field(
        default=[], max_length=500, description="BCP 47; none means all of the project."
    )
    engine: str | None = Field(
        default="argos", max_length=40, description="null asks the memory alone."
    )
    limit: StrictInt | None = Field(
        default=None, ge=1, le=10**9, description="Most units per language."
    )


class NewExport(BaseModel):
    """An export that is asked for."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"languages": ["sw"], "only": "reviewed", "release": "v1.4.0"}]
        },
    )

    format: Kind = Kind.NATIVE
    languages: list[Code] = Field(default=[], max_length=500)
    only: Least | None = None
    include_drafts: StrictBool = False
    release: str | None = Field(
        default=None,
        max_length=100,
        description="Makes it a release of this name, if the gate lets it.",
    )


class NewAcceptance(BaseModel):
    """Many texts that are to be accepted."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"language": "sw", "q": "origin:import catalogue:app"}]},
    )

    language: Code
    q: str = Field(default="", max_length=1000, description="Query, as `GET /units` takes it.")


class NewUndo(BaseModel):
    """A push, or the acceptance of many texts, that is to be taken back."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"id": 12}]})

    id: StrictInt = Field(ge=1, le=2**31 - 1, description="Its number, from its report.")
    dry_run: StrictBool = Field(default=False, description="Report and store nothing.")


class Sheet(StrEnum):
    """Formats of a report."""

    CSV = "csv"
    XLSX = "xlsx"


class NewReport(BaseModel):
    """A report that is asked for."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"about": "countries", "names": ["KE", "ET"]}]},
    )

    about: About = Field(description="What it has a file for each of.")
    names: list[Annotated[str, Field(max_length=200)]] = Field(
        default=[],
        max_length=1000,
        description="Codes of countries (ISO 3166-1 alpha-2), or slugs of projects; none means all.",
    )
    format: Sheet = Sheet.XLSX
    threshold: float = Field(
        default=0.8, ge=0.01, le=1, description="Coverage from which on a project is usable."
    )
    language: Code = Field(default="en", description="Of heads and names.")


class NewTermCheck(BaseModel):
    """A check against the glossary that is asked for."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"languages": ["sw"]}]}
    )

    languages: list[Code] = Field(
        default=[], max_length=500, description="BCP 47; none means all of the project."
    )


class JobProblem(BaseModel):
    """Why a job failed."""

    code: str
    message: str
    exit_code: int = Field(description="What the console would leave with.")


class JobItem(BaseModel):
    """A job."""

    id: str
    kind: str
    project: str
    actor: str
    state: JobState
    created: int
    updated: int
    done: int = Field(description="Steps done, of `whole`.")
    whole: int
    cancelling: bool
    report: Any = Field(description="As the console prints it with `--json`; null before the end.")
    problem: JobProblem | None

    @classmethod
    def of_job(cls, job: Job) -> JobItem:
        """Return a job as it is shown."""
        return cls(
            id=job.id, kind=job.kind, project=job.project, actor=job.actor, state=job.state,
            created=job.created, updated=job.updated, done=job.done, whole=job.whole,
            cancelling=job.cancelling, report=job.report,
            problem=JobProblem(**job.problem) if job.problem else None,
        )  # fmt: skip


class JobList(BaseModel):
    """Jobs, the newest first."""

    items: list[JobItem]
