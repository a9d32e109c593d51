"""What lists can be asked for."""

from __future__ import annotations

from pydantic import BaseModel, Field

from dpg_l10n.domain.states import State
from dpg_l10n_api.schemas.tags import TAG


class UnitsAsked(BaseModel):
    """Which units a page is to have: one model of all parameters, which is read in half the time."""

    language: str | None = Field(
        None,
        max_length=100,
        json_schema_extra=TAG,
        description="BCP 47; needed where `q` does not say it.",
    )
    catalogue: str | None = Field(None, max_length=200, description="Only this one.")
    state: State | None = Field(None, description="Only units in this state.")
    check: str | None = Field(None, max_length=100, description="Only units with this finding.")
    q: str = Field(
        "", max_length=1000, description="Query.", examples=['state:draft source:"dose"']
    )
    cursor: str | None = Field(None, max_length=2000, description="`next` of the page before.")
    limit: int = Field(50, ge=1, le=200, description="Most units of the page.")
    fields: str | None = Field(
        None,
        max_length=500,
        description="Names of members, with commas: units have only these.",
        examples=["unit,key,text,state,revision"],
    )
