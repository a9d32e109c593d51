"""Accounts, roles, tokens and the audit log as they travel."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StringConstraints

from dpg_l10n.domain.access import Grant, Permission, Principal, Role, Scope
from dpg_l10n.domain.audit import AuditEntry
from dpg_l10n.domain.locales import canonical
from dpg_l10n.ports.accounts import Account, Secret
from dpg_l10n.services.accounts import Made

Name = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Password = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
OneTime = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Place = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class RoleItem(BaseModel):
    """A role, in one project or all, for one language or all."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"role": "reviewer", "project": "clinic"}]}
    )

    role: Role
    project: Place | None = Field(None, description="Slug; null for all projects.")
    language: Place | None = Field(None, description="BCP 47; null for all languages.")

    def grant(self) -> Grant:
        """Return the role with its language in canonical spelling."""
        return Grant(self.role, self.project, canonical(self.language) if self.language else None)

    @classmethod
    def of_grant(cls, grant: Grant) -> RoleItem:
        """Return a role as it travels."""
        return cls(role=grant.role, project=grant.project, language=grant.language)


class Me(BaseModel):
    """Who asks."""

    name: str = Field(description="Pseudonym.")
    roles: list[RoleItem]

    @classmethod
    def of_principal(cls, principal: Principal) -> Me:
        """Return who asks as it travels."""
        return cls(name=principal.name, roles=list(map(RoleItem.of_grant, principal.grants)))


class AccountItem(BaseModel):
    """Who may sign in."""

    name: str = Field(description="Pseudonym.")
    created: int = Field(description="Seconds since 1970 in UTC.")
    disabled: bool
    roles: list[RoleItem]

    @classmethod
    def of_account(cls, account: Account) -> AccountItem:
        """Return an account as it travels: nothing of its password."""
        return cls(
            name=account.name,
            created=account.created,
            disabled=account.disabled,
            roles=list(map(RoleItem.of_grant, account.grants)),
        )


class AccountList(BaseModel):
    """Accounts by pseudonym."""

    items: list[AccountItem]


class Credentials(BaseModel):
    """Who signs in."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"name": "amina", "password": "four words by heart"}]},
    )

    name: Name
    password: Password


class SetUp(Credentials):
    """The first owner, or an invited account that chooses its password."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": []})

    secret: OneTime = Field(description="From the link; good once.")


class NewPassword(BaseModel):
    """Another password."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"old": "four words by heart", "new": "five other words by heart"}]
        },
    )

    old: Password
    new: Password


class Invitation(BaseModel):
    """A new account."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"name": "juma", "roles": [{"role": "translator", "language": "sw"}]}]
        },
    )

    name: Name
    roles: list[RoleItem] = Field(default_factory=list, max_length=50)


class Invited(BaseModel):
    """A new account, and the secret with which it chooses its password."""

    account: AccountItem
    secret: str = Field(description="Shown once, good once, for a day.")
    expires: int = Field(description="Seconds since 1970 in UTC.")


class AccountState(BaseModel):
    """Whether an account is shut out."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"disabled": True}]})

    disabled: StrictBool


class NewToken(BaseModel):
    """A token for a machine."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"name": "CI", "project": "clinic", "permissions": ["read", "maintain"]}]
        },
    )

    name: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    project: Place | None = Field(None, description="Only in this project.")
    language: Place | None = Field(None, description="Only in this language.")
    permissions: list[Permission] | None = Field(
        None, max_length=10, description="Only these; null for all of yours but `administer`."
    )
    days: StrictInt = Field(365, ge=1, le=3650, description="How long it is good for.")

    def scope(self) -> Scope:
        """Return the limits of the token."""
        held = None if self.permissions is None else frozenset(self.permissions)
        return Scope(self.project, canonical(self.language) if self.language else None, held)


class TokenItem(BaseModel):
    """A token without its secret."""

    id: int
    name: str
    project: str | None
    language: str | None
    permissions: list[Permission]
    created: int = Field(description="Seconds since 1970 in UTC.")
    expires: int = Field(description="Seconds since 1970 in UTC.")

    @classmethod
    def of_secret(cls, secret: Secret) -> TokenItem:
        """Return a token as it travels."""
        scope = secret.scope
        return cls(
            id=secret.id, name=secret.name, project=scope.project, language=scope.language,
            permissions=sorted(scope.permissions or ()), created=secret.created,
            expires=secret.expires,
        )  # fmt: skip


class MadeToken(BaseModel):
    """A new token."""

    token: TokenItem
    secret: str = Field(description="Shown once: keep it where machines keep secrets.")

    @classmethod
    def of_made(cls, made: Made) -> MadeToken:
        """Return a new token as it travels."""
        return cls(token=TokenItem.of_secret(made.secret), secret=made.text)


class TokenList(BaseModel):
    """Tokens of an account, oldest first."""

    items: list[TokenItem]


class Deleted(BaseModel):
    """What is left of a deleted account."""

    former: str = Field(description="Pseudonym under which its work stays.")


class Policy(BaseModel):
    """What a project's owner decides; null leaves it as it is."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"public": True, "self_review": False}]}
    )

    public: StrictBool | None = Field(None, description="Everybody may look at its coverage.")
    self_review: StrictBool | None = Field(
        None, description="False: nobody may accept what they themselves translated."
    )


class PolicyItem(BaseModel):
    """What a project's owner decided."""

    public: bool
    self_review: bool


class AuditItem(BaseModel):
    """One step of the audit log."""

    id: int
    at: int = Field(description="Seconds since 1970 in UTC.")
    actor: str
    event: str
    subject: str
    detail: str
    hash: str = Field(description="SHA-256 over the step and the hash before it, in hex.")

    @classmethod
    def of_entry(cls, entry: AuditEntry) -> AuditItem:
        """Return a step as it travels."""
        return cls(
            id=entry.id, at=entry.at, actor=entry.actor, event=entry.event, subject=entry.subject,
            detail=entry.detail, hash=entry.hash.hex(),
        )  # fmt: skip


class AuditPage(BaseModel):
    """Steps of the audit log, oldest first."""

    items: list[AuditItem]
    next: int | None = Field(description="`after` of the next page; null on the last one.")


class SessionState(BaseModel):
    """Whether somebody is signed in now."""

    status: Literal["signed in", "signed out"]
