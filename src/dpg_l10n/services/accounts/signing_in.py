"""Setting up, signing in and out."""

from __future__ import annotations

import hashlib

from dpg_l10n.domain.access import Grant, Principal, Role
from dpg_l10n.errors import ConflictError, SignInError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Clock, Store
from dpg_l10n.ports.accounts import Account
from dpg_l10n.services.accounts.password import hashed as hash_of
from dpg_l10n.services.accounts.password import hasher, nobody, verified
from dpg_l10n.services.accounts.people import ONE_TIME_S, account_of, checked_name, free_name
from dpg_l10n.services.accounts.secret import Made, add, digest, live

SESSION_S = 14 * 86_400
"""How long a browser stays signed in."""


def any_account(store: Store) -> bool:
    """Tell whether anybody has an account, so that the service is not one person's own."""
    with store.read() as uow:
        return uow.accounts.any()


def setup_secret(store: Store, clock: Clock) -> str | None:
    """Return a new one-time secret that makes its bearer the first owner.

    None where the store has accounts already. A secret made before is good for nothing afterwards.
    """
    with store.write() as uow:
        if uow.accounts.any():
            return None
        uow.accounts.drop_secrets(None, "setup")
        made = add(uow, "setup", None, clock.now(), ONE_TIME_S)
        uow.commit()
        return made.text


def set_up(store: Store, text: str, name: str, password: str, clock: Clock) -> Account:
    """Make the first owner, or choose the password of an invited account.

    Args:
        store: Where.
        text: The one-time secret.
        name: Pseudonym; of an invited account its own.
        password: In plain text.
        clock: Gives the time.

    Raises:
        SignInError: The secret is unknown, used or too old.
        UsageError: ``account.name`` or ``account.password``.
        ConflictError: ``account.exists``: the service was set up meanwhile.
    """
    with store.write() as uow:
        found = live(uow, text, clock, "setup", "invite")
        hashed = hash_of(password)
        if found.account_id is None:
            if uow.accounts.any():
                raise ConflictError(N_("The service has an owner already."), code="account.exists")
            owner = Account(0, checked_name(name), hashed, clock.now(), grants=(Grant(Role.OWNER),))
            account = uow.accounts.add(owner)
            uow.accounts.audit(clock.now(), account.name, "account.set_up", account.name)
        else:
            account = account_of(uow, found.account_id)
            uow.accounts.set_password(account.id, hashed)
            uow.accounts.audit(clock.now(), account.name, "account.password", account.name)
        uow.accounts.drop_secret(found.id)
        uow.commit()
        return account


def sign_in(store: Store, name: str, password: str, clock: Clock) -> Made:
    """Return a session.

    Raises:
        SignInError: The name or password is not right; which of them, nobody is told.
    """
    with store.read() as uow:
        account = uow.accounts.get(name)
    known = account.password if account and not account.disabled else None
    # an unknown name takes as long as a wrong password
    right = verified(known or nobody(), password)
    if account is None or known is None or not right:
        raise SignInError
    with store.write() as uow:
        if hasher().check_needs_rehash(known):
            uow.accounts.set_password(account.id, hasher().hash(password))
        uow.accounts.drop_secrets(None, "session", before=clock.now())
        made = add(uow, "session", account.id, clock.now(), SESSION_S)
        uow.accounts.audit(clock.now(), name, "session.begin", name)
        uow.commit()
        return made


def sign_in_with_identity(store: Store, issuer: str, subject: str, name: str, clock: Clock) -> Made:
    """Return a session for somebody whom an OpenID Connect provider vouches for.

    The first time an account without roles is made, under the given pseudonym or one like it; an
    owner gives it roles. Issuer and subject are kept as a hash.

    Raises:
        SignInError: The account is shut out.
    """
    identity = hashlib.sha256(f"{issuer}\0{subject}".encode()).digest()
    with store.write() as uow:
        account = uow.accounts.by_identity(identity)
        if account is None:
            account = uow.accounts.add(
                Account(0, free_name(uow, name), None, clock.now()), identity
            )
            uow.accounts.audit(clock.now(), account.name, "account.join", account.name)
        if account.disabled:
            raise SignInError
        made = add(uow, "session", account.id, clock.now(), SESSION_S)
        uow.commit()
        return made


def sign_out(store: Store, text: str) -> None:
    """End a session; one that is unknown has ended already."""
    with store.write() as uow:
        found = uow.accounts.secret(digest(text))
        if found is not None and found.kind == "session":
            uow.accounts.drop_secret(found.id)
            uow.commit()


def principal(store: Store, text: str, clock: Clock, kind: str) -> Principal:
    """Return who a token or session is of.

    Args:
        store: Where.
        text: The secret.
        clock: Gives the time.
        kind: ``token`` or ``session``.

    Raises:
        SignInError: It is unknown, too old, or of an account that is shut out.
    """
    with store.read() as uow:
        found = live(uow, text, clock, kind)
        account = uow.accounts.by_id(found.account_id or 0)
    if account is None or account.disabled:
        raise SignInError
    return Principal(account.name, account.grants, found.scope, account.id)


def change_password(store: Store, by: Principal, old: str, new: str, clock: Clock) -> None:
    """Choose another password; every session of the account ends.

    Raises:
        SignInError: The old one is not right.
        UsageError: ``account.password``.
    """
    with store.write() as uow:
        account = account_of(uow, by.account_id)
        if not verified(account.password or nobody(), old):
            raise SignInError
        uow.accounts.set_password(account.id, hash_of(new))
        uow.accounts.drop_secrets(account.id, "session")
        uow.accounts.audit(clock.now(), by.name, "account.password", account.name)
        uow.commit()
