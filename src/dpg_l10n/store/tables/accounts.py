"""Rows of accounts: pseudonyms, what they may do, how they sign in, and the log of it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, LargeBinary, UniqueConstraint
from sqlmodel import Field

from dpg_l10n.store.tables.row import Row


class AccountRow(Row, table=True):
    """Who may sign in. Nothing personal: a pseudonym, and hashes.

    ``password`` is an Argon2id hash, None where there is none; ``identity`` is the SHA-256 of issuer
    and subject of an OpenID Connect provider.
    """

    __tablename__ = "account"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    password: str | None = None
    identity: bytes | None = Field(default=None, unique=True)
    created: int = Field(sa_type=BigInteger)
    disabled: bool = False


class MembershipRow(Row, table=True):
    """A role of an account; project and language are empty for all of them."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("account_id", "project", "language"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    project: str = ""
    language: str = ""
    role: str


class SecretRow(Row, table=True):
    """A token of a machine, a session of a browser, or a link to set the service up.

    Only the SHA-256 is kept: the secret has 256 random bits, so that nothing slower is needed.
    """

    __tablename__ = "secret"

    id: int | None = Field(default=None, primary_key=True)
    hash: bytes = Field(sa_column=Column(LargeBinary, unique=True, nullable=False))
    kind: str
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    name: str = ""
    project: str = ""
    language: str = ""
    permissions: str = ""
    created: int = Field(sa_type=BigInteger)
    expires: int = Field(sa_type=BigInteger)


class AuditRow(Row, table=True):
    """One step of the audit log. ``hash`` covers the row and the hash before it; never updated."""

    __tablename__ = "audit"

    id: int | None = Field(default=None, primary_key=True)
    at: int = Field(sa_type=BigInteger)
    actor: str
    event: str
    subject: str
    detail: str
    hash: bytes
