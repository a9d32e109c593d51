"""What the use cases need of accounts, their secrets, and the audit log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from dpg_l10n.domain.access import Grant, Scope
from dpg_l10n.domain.audit import AuditEntry


@dataclass(frozen=True, slots=True)
class Account:
    """Who may sign in."""

    id: int
    """Number in the store; 0 before it is stored."""
    name: str
    """Pseudonym."""
    password: str | None
    """Argon2id hash; None where there is none."""
    created: int
    """Seconds since 1970 in UTC."""
    disabled: bool = False
    grants: tuple[Grant, ...] = ()


@dataclass(frozen=True, slots=True)
class Secret:
    """A token, a session or a set-up link, without the secret itself."""

    id: int
    kind: str
    """``token``, ``session`` or ``setup``."""
    account_id: int | None
    """None for a set-up link."""
    name: str
    """What its owner calls a token."""
    scope: Scope
    created: int
    expires: int
    """Seconds since 1970 in UTC."""


class Accounts(Protocol):
    """Accounts, their secrets, and the audit log."""

    def any(self) -> bool:
        """Tell whether there is an account at all."""

    def get(self, name: str) -> Account | None:
        """Return an account by its pseudonym, or None."""

    def by_id(self, account_id: int) -> Account | None:
        """Return an account by its number, or None."""

    def by_identity(self, identity: bytes) -> Account | None:
        """Return the account that a provider's identity belongs to, or None."""

    def list(self) -> tuple[Account, ...]:
        """Return every account by pseudonym."""

    def add(self, account: Account, identity: bytes | None = None) -> Account:
        """Store a new account; return it with its number."""

    def set_password(self, account_id: int, password: str) -> None:
        """Replace the hash of the password."""

    def set_disabled(self, account_id: int, *, disabled: bool) -> None:
        """Shut an account out, or let it in again."""

    def set_grants(self, account_id: int, grants: Sequence[Grant]) -> None:
        """Replace what an account may do."""

    def delete(self, account_id: int, name: str) -> None:
        """Delete an account with its grants and secrets; its work stays under another pseudonym."""

    def add_secret(self, secret: Secret, digest: bytes) -> Secret:
        """Store a secret by its SHA-256; return it with its number."""

    def secret(self, digest: bytes) -> Secret | None:
        """Return a secret by its SHA-256, or None."""

    def secrets(self, account_id: int, kind: str) -> tuple[Secret, ...]:
        """Return the secrets of a kind that an account has, oldest first."""

    def drop_secret(self, secret_id: int) -> None:
        """Delete a secret."""

    def drop_secrets(self, account_id: int | None, kind: str, *, before: int | None = None) -> None:
        """Delete the secrets of a kind: of an account (None: of nobody), or those that expired."""

    def audit(self, at: int, actor: str, event: str, subject: str, detail: str = "") -> None:
        """Append a step to the audit log."""

    def audited(self, after: int = 0, limit: int | None = None) -> Iterator[AuditEntry]:
        """Yield the steps of the audit log after a number, oldest first."""
