"""Tokens with which machines sign in."""

from __future__ import annotations

from dataclasses import replace

from dpg_l10n.domain.access import Permission, Principal, Scope
from dpg_l10n.errors import NotFoundError
from dpg_l10n.ports import Clock, Store
from dpg_l10n.ports.accounts import Secret
from dpg_l10n.services.accounts.people import named
from dpg_l10n.services.accounts.secret import Made, add


def add_token(
    store: Store, by: Principal, name: str, scope: Scope, days: int, clock: Clock, *,
    owner: str | None = None,
) -> Made:  # fmt: skip
    """Make a token that may do what its account may, within a scope.

    Args:
        store: Where.
        by: Who asks.
        name: What for, for people.
        scope: Limits; the permission to administer is in no token that does not name it.
        days: How long it is good for.
        clock: Gives the time.
        owner: Account that it is of; None for one's own.

    Raises:
        ForbiddenError: It is for somebody else and who asks may not.
        NotFoundError: Nobody is called so.
    """
    if owner is not None and owner != by.name:
        by.require(Permission.ADMINISTER)
    if scope.permissions is None:
        scope = replace(scope, permissions=frozenset(Permission) - {Permission.ADMINISTER})
    with store.write() as uow:
        account = named(uow, owner or by.name)
        made = add(uow, "token", account.id, clock.now(), days * 86_400, name, scope)
        uow.accounts.audit(clock.now(), by.name, "token.make", account.name, name)
        uow.commit()
        return made


def tokens(store: Store, by: Principal, owner: str | None = None) -> tuple[Secret, ...]:
    """Return the tokens of an account.

    Raises:
        ForbiddenError: They are somebody else's and who asks may not.
        NotFoundError: Nobody is called so.
    """
    if owner is not None and owner != by.name:
        by.require(Permission.ADMINISTER)
    with store.read() as uow:
        return uow.accounts.secrets(named(uow, owner or by.name).id, "token")


def revoke_token(
    store: Store, by: Principal, token_id: int, clock: Clock, *, owner: str | None = None
) -> None:
    """End a token.

    Raises:
        ForbiddenError: It is somebody else's and who asks may not.
        NotFoundError: The account has no such token.
    """
    if owner is not None and owner != by.name:
        by.require(Permission.ADMINISTER)
    with store.write() as uow:
        account = named(uow, owner or by.name)
        known = {secret.id for secret in uow.accounts.secrets(account.id, "token")}
        if token_id not in known:
            raise NotFoundError(kind="token", name=token_id, hint="")
        uow.accounts.drop_secret(token_id)
        uow.accounts.audit(clock.now(), by.name, "token.revoke", account.name, str(token_id))
        uow.commit()
