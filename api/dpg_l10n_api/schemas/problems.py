"""Problems as they travel."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from dpg_l10n_api.schemas.units import UnitTranslation


class Fault(BaseModel):
    """One part of a request that is not valid."""

    place: str = Field(description="Where: `query/limit`, `body/state`.")
    message: str = Field(description="What is wrong with it, for people.")


class Problem(BaseModel):
    """A problem as RFC 9457 has it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:dpg-l10n:problem:not_found",
                    "title": "Not found",
                    "status": 404,
                    "detail": "There is no project named “clinic”.",
                }
            ]
        }
    )

    type: str = Field(
        description="Stable name of the kind of problem: a URN that ends in its code."
    )
    title: str = Field(description="The kind of problem, for people.")
    status: int
    detail: str = Field(description="This problem, for people.")
    errors: list[Fault] | None = Field(None, description="With `request.invalid`: what and where.")
    error: str | None = Field(None, description="The detail, where LibreTranslate's clients ask.")


class StaleProblem(Problem):
    """The problem of a write on a revision that is no longer the current one."""

    current: UnitTranslation = Field(description="What is there now.")
