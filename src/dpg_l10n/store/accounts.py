"""Accounts, their secrets, and the audit log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dpg_l10n.domain.access import Grant, Permission, Role, Scope
from dpg_l10n.domain.audit import AuditEntry, chained
from dpg_l10n.ports.accounts import Account, Secret
from dpg_l10n.store.statements import Statements

_ACCOUNT = "SELECT id, name, password, created, disabled FROM account"
_READ = (
    "SELECT id, kind, account_id, name, project, language, permissions, created, expires "
    "FROM secret "
)


class SqlAccounts:
    """Repository of accounts."""

    def __init__(self, statements: Statements) -> None:
        """Work inside the transaction of the statements."""
        self._sql = statements

    def any(self) -> bool:
        """Tell whether there is an account at all."""
        return self._sql.run("SELECT 1 FROM account LIMIT 1").first() is not None

    def get(self, name: str) -> Account | None:
        """Return an account by its pseudonym, or None."""
        return self._one("name = ?", name)

    def by_id(self, account_id: int) -> Account | None:
        """Return an account by its number, or None."""
        return self._one("id = ?", account_id)

    def by_identity(self, identity: bytes) -> Account | None:
        """Return the account that a provider's identity belongs to, or None."""
        return self._one("identity = ?", identity)

    def list(self) -> tuple[Account, ...]:
        """Return every account by pseudonym."""
        rows = self._sql.run(f"{_ACCOUNT} ORDER BY name").all()
        return tuple(self._account(row) for row in rows)

    def add(self, account: Account, identity: bytes | None = None) -> Account:
        """Store a new account; return it with its number."""
        columns = ("name", "password", "identity", "created", "disabled")
        row = (account.name, account.password, identity, account.created, account.disabled)
        self._sql.insert("account", columns, [row])
        stored = self.get(account.name)
        assert stored is not None  # noqa: S101 - just inserted
        self.set_grants(stored.id, account.grants)
        return self.by_id(stored.id) or stored

    def set_password(self, account_id: int, password: str) -> None:
        """Replace the hash of the password."""
        self._sql.run("UPDATE account SET password = ? WHERE id = ?", (password, account_id))

    def set_disabled(self, account_id: int, *, disabled: bool) -> None:
        """Shut an account out, or let it in again."""
        self._sql.run("UPDATE account SET disabled = ? WHERE id = ?", (disabled, account_id))

    def set_grants(self, account_id: int, grants: Sequence[Grant]) -> None:
        """Replace what an account may do."""
        self._sql.run("DELETE FROM membership WHERE account_id = ?", (account_id,))
        rows = [
            (account_id, grant.project or "", grant.language or "", grant.role.value)
            for grant in grants
        ]
        self._sql.insert("membership", ("account_id", "project", "language", "role"), rows)

    def delete(self, account_id: int, name: str) -> None:
        """Delete an account with its grants and secrets; its work stays under another pseudonym."""
        account = self.by_id(account_id)
        if account is None:
            return
        self._sql.run("UPDATE actor SET name = ? WHERE name = ?", (name, account.name))
        for table in ("membership", "secret"):
            self._sql.run(f"DELETE FROM {table} WHERE account_id = ?", (account_id,))
        self._sql.run("DELETE FROM account WHERE id = ?", (account_id,))

    def add_secret(self, secret: Secret, digest: bytes) -> Secret:
        """Store a secret by its SHA-256; return it with its number."""
        scope = secret.scope
        limits = "" if scope.permissions is None else ",".join(sorted(scope.permissions)) or "-"
        columns = (
            "hash", "kind", "account_id", "name", "project", "language", "permissions",
            "created", "expires",
        )  # fmt: skip
        row = (
            digest, secret.kind, secret.account_id, secret.name, scope.project or "",
            scope.language or "", limits, secret.created, secret.expires,
        )  # fmt: skip
        self._sql.insert("secret", columns, [row])
        return self.secret(digest) or secret

    def secret(self, digest: bytes) -> Secret | None:
        """Return a secret by its SHA-256, or None."""
        row = self._sql.run(f"{_READ}WHERE hash = ?", (digest,)).first()
        return _secret(row) if row else None

    def secrets(self, account_id: int, kind: str) -> tuple[Secret, ...]:
        """Return the secrets of a kind that an account has, oldest first."""
        rows = self._sql.run(
            f"{_READ}WHERE account_id = ? AND kind = ? ORDER BY id", (account_id, kind)
        )
        return tuple(map(_secret, rows))

    def drop_secret(self, secret_id: int) -> None:
        """Delete a secret."""
        self._sql.run("DELETE FROM secret WHERE id = ?", (secret_id,))

    def drop_secrets(self, account_id: int | None, kind: str, *, before: int | None = None) -> None:
        """Delete the secrets of a kind: of an account (None: of nobody), or those that expired."""
        if before is not None:
            self._sql.run("DELETE FROM secret WHERE kind = ? AND expires <= ?", (kind, before))
        elif account_id is None:
            self._sql.run("DELETE FROM secret WHERE kind = ? AND account_id IS NULL", (kind,))
        else:
            self._sql.run(
                "DELETE FROM secret WHERE kind = ? AND account_id = ?", (kind, account_id)
            )

    def audit(self, at: int, actor: str, event: str, subject: str, detail: str = "") -> None:
        """Append a step to the audit log."""
        self._sql.lock("audit")
        last = self._sql.run("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1").first()
        number, before = (last[0] + 1, bytes(last[1])) if last else (1, b"")
        entry = chained(AuditEntry(number, at, actor, event, subject, detail, b""), before)
        columns = ("id", "at", "actor", "event", "subject", "detail", "hash")
        row = (entry.id, at, actor, event, subject, detail, entry.hash)
        self._sql.insert("audit", columns, [row])

    def audited(self, after: int = 0, limit: int | None = None) -> Iterator[AuditEntry]:
        """Yield the steps of the audit log after a number, oldest first."""
        rows = self._sql.run(
            "SELECT id, at, actor, event, subject, detail, hash FROM audit WHERE id > ? "
            f"ORDER BY id{'' if limit is None else ' LIMIT ' + str(int(limit))}",
            (after,),
        )
        for row in rows:
            yield AuditEntry(row[0], row[1], row[2], row[3], row[4], row[5], bytes(row[6]))

    def _one(self, where: str, value: object) -> Account | None:
        row = self._sql.run(f"{_ACCOUNT} WHERE {where}", (value,)).first()
        return self._account(row) if row else None

    def _account(self, row: Sequence[Any]) -> Account:
        grants = self._sql.run(
            "SELECT role, project, language FROM membership WHERE account_id = ? ORDER BY id",
            (row[0],),
        )
        return Account(
            row[0], row[1], row[2], row[3], bool(row[4]),
            tuple(Grant(Role(each[0]), each[1] or None, each[2] or None) for each in grants),
        )  # fmt: skip


def _secret(row: Sequence[Any]) -> Secret:
    limits = frozenset(map(Permission, filter(None, row[6].replace("-", "").split(","))))
    scope = Scope(row[4] or None, row[5] or None, limits if row[6] else None)
    return Secret(row[0], row[1], row[2], row[3], scope, row[7], row[8])
