"""Who has an account, and what they may do."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import replace

from dpg_l10n.domain.access import Grant, Permission, Principal, Role, merged
from dpg_l10n.domain.audit import AuditEntry, first_broken
from dpg_l10n.errors import ConflictError, NotFoundError, SignInError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Clock, Store, UnitOfWork
from dpg_l10n.ports.accounts import Account
from dpg_l10n.services.accounts.secret import Made, add

ONE_TIME_S = 86_400
"""How long a link to set the service up, or to choose a password, is good for."""
_NAME = re.compile(r"\w[\w.-]{1,38}\w")


def invite(
    store: Store, by: Principal, name: str, grants: Sequence[Grant], clock: Clock
) -> tuple[Account, Made]:
    """Make an account; whoever gets the one-time secret chooses its password.

    Raises:
        ForbiddenError: Who asks may not give these roles.
        UsageError: ``account.name``.
        ConflictError: ``account.exists``: somebody is called so.
    """
    for grant in grants or (Grant(Role.VIEWER),):
        by.require(Permission.ADMINISTER, grant.project, grant.language)
    with store.write() as uow:
        if uow.accounts.get(checked_name(name)) is not None:
            raise ConflictError(
                N_("There is an account “{name}” already."), code="account.exists", name=name
            )
        made = Account(0, name, None, clock.now(), grants=tuple(grants))
        account = uow.accounts.add(made)
        secret = add(uow, "invite", account.id, clock.now(), ONE_TIME_S)
        uow.accounts.audit(clock.now(), by.name, "account.invite", name, said(grants))
        uow.commit()
        return account, secret


def accounts(store: Store, by: Principal) -> tuple[Account, ...]:
    """Return every account.

    Raises:
        ForbiddenError: Who asks may not.
    """
    by.require(Permission.ADMINISTER)
    with store.read() as uow:
        return uow.accounts.list()


def set_role(
    store: Store, by: Principal, name: str, grant: Grant, clock: Clock, *, give: bool = True
) -> Account:
    """Give a role, or take away what somebody has in the project and language of the grant.

    Raises:
        ForbiddenError: Who asks may not.
        NotFoundError: Nobody is called so.
        ConflictError: ``account.last_owner``: nobody would be owner of everything any more.
    """
    by.require(Permission.ADMINISTER, grant.project, grant.language)
    with store.write() as uow:
        account = named(uow, name)
        place = (grant.project, grant.language)
        left = tuple(each for each in account.grants if (each.project, each.language) != place)
        grants = merged(account.grants, grant) if give else left
        uow.accounts.set_grants(account.id, grants)
        require_owner(uow)
        event = "role.give" if give else "role.take"
        uow.accounts.audit(clock.now(), by.name, event, name, said([grant]))
        uow.commit()
        return replace(account, grants=grants)


def set_disabled(store: Store, by: Principal, name: str, clock: Clock, *, disabled: bool) -> None:
    """Shut an account out at once, or let it in again.

    Raises:
        ForbiddenError: Who asks may not.
        NotFoundError: Nobody is called so.
        ConflictError: ``account.last_owner``.
    """
    by.require(Permission.ADMINISTER)
    with store.write() as uow:
        account = named(uow, name)
        uow.accounts.set_disabled(account.id, disabled=disabled)
        require_owner(uow)
        event = "account.disable" if disabled else "account.enable"
        uow.accounts.audit(clock.now(), by.name, event, name)
        uow.commit()


def delete_account(store: Store, by: Principal, name: str, clock: Clock) -> str:
    """Delete an account; return the pseudonym under which its work stays.

    Raises:
        ForbiddenError: It is somebody else's and who asks may not.
        NotFoundError: Nobody is called so.
        ConflictError: ``account.last_owner``.
    """
    if name != by.name:
        by.require(Permission.ADMINISTER)
    with store.write() as uow:
        account = named(uow, name)
        former = f"former-{secrets.token_hex(4)}"
        uow.accounts.delete(account.id, former)
        if uow.accounts.any():
            require_owner(uow)
        uow.accounts.audit(clock.now(), former if name == by.name else by.name,
                           "account.delete", former)  # fmt: skip
        uow.commit()
        return former


def export_account(store: Store, by: Principal, name: str) -> dict[str, object]:
    """Return everything that the store keeps of an account, but for its hashes.

    Raises:
        ForbiddenError: It is somebody else's and who asks may not.
        NotFoundError: Nobody is called so.
    """
    if name != by.name:
        by.require(Permission.ADMINISTER)
    with store.read() as uow:
        account = named(uow, name)
        return {
            "name": account.name,
            "created": account.created,
            "disabled": account.disabled,
            "roles": account.grants,
            "tokens": [
                {"name": token.name, "created": token.created, "expires": token.expires}
                for token in uow.accounts.secrets(account.id, "token")
            ],
            "sessions": [
                {"created": session.created, "expires": session.expires}
                for session in uow.accounts.secrets(account.id, "session")
            ],
            "audit": [
                {"at": step.at, "event": step.event, "detail": step.detail}
                for step in uow.accounts.audited()
                if name in (step.actor, step.subject)
            ],
        }


def audited(store: Store) -> tuple[AuditEntry, ...]:
    """Return the audit log, oldest first."""
    with store.read() as uow:
        return tuple(uow.accounts.audited())


def verify_audit(store: Store) -> int | None:
    """Return the number of the first step of the audit log that was changed, None where none was."""
    with store.read() as uow:
        return first_broken(uow.accounts.audited())


def account_of(uow: UnitOfWork, account_id: int) -> Account:
    """Return an account by its number.

    Raises:
        SignInError: It is gone.
    """
    account = uow.accounts.by_id(account_id)
    if account is None:
        raise SignInError
    return account


def named(uow: UnitOfWork, name: str) -> Account:
    """Return an account by its pseudonym.

    Raises:
        NotFoundError: Nobody is called so.
    """
    account = uow.accounts.get(name)
    if account is None:
        raise NotFoundError(kind="account", name=name, hint="List them with: dpg-l10n user list")
    return account


def require_owner(uow: UnitOfWork) -> None:
    """Refuse that nobody is owner of everything any more.

    Raises:
        ConflictError: ``account.last_owner``.
    """
    for account in uow.accounts.list():
        if not account.disabled and Grant(Role.OWNER) in account.grants:
            return
    raise ConflictError(
        N_("Nobody would be owner of everything any more. Name another owner first."),
        code="account.last_owner",
    )


def checked_name(name: str) -> str:
    """Return a pseudonym that an account can have.

    Raises:
        UsageError: ``account.name``.
    """
    if not _NAME.fullmatch(name) or name.startswith("former-"):
        raise UsageError(
            N_(
                "“{name}” cannot be a pseudonym: 3 to 40 letters, digits, dots or hyphens, no space, "
                "and no address of yours."
            ),
            code="account.name", name=name,
        )  # fmt: skip
    return name


def free_name(uow: UnitOfWork, wanted: str) -> str:
    """Return a pseudonym that nobody has, like the wanted one."""
    base = re.sub(r"[^\w.-]", "-", wanted.partition("@")[0])[:30].strip("-.") or "person"
    if len(base) > 2 and not base.startswith("former-") and uow.accounts.get(base) is None:
        return base
    return f"{base}-{secrets.token_hex(3)}"


def said(grants: Sequence[Grant]) -> str:
    """Return roles as the audit log says them."""
    return "; ".join(
        f"{grant.role.value} in {grant.project or 'all projects'}, {grant.language or 'all languages'}"
        for grant in grants
    )
