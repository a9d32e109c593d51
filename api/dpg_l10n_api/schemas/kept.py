"""What is kept of an account, as its person takes it along."""

from __future__ import annotations

from pydantic import BaseModel, Field


class KeptSecret(BaseModel):
    """A token or session."""

    name: str | None = Field(None, description="Of a token: what it is for.")
    created: int
    expires: int


class KeptRole(BaseModel):
    """A role."""

    role: str
    project: str | None
    language: str | None


class KeptStep(BaseModel):
    """A step of the audit log."""

    at: int
    event: str
    detail: str


class AccountExport(BaseModel):
    """Everything that is kept of an account, but for its hashes."""

    name: str = Field(description="Pseudonym.")
    created: int
    disabled: bool
    roles: list[KeptRole]
    tokens: list[KeptSecret]
    sessions: list[KeptSecret]
    audit: list[KeptStep]
