"""Secrets that are shown once and kept as a hash: tokens, sessions, one-time links."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from dpg_l10n.domain.access import Scope
from dpg_l10n.errors import SignInError
from dpg_l10n.ports import Clock, UnitOfWork
from dpg_l10n.ports.accounts import Secret

_PREFIX = "dpgl10n_"
"""Begins every secret, so that those who scan for leaked ones find ours."""


@dataclass(frozen=True, slots=True)
class Made:
    """A secret that is shown once."""

    secret: Secret
    text: str


def add(
    uow: UnitOfWork, kind: str, account_id: int | None, now: int, seconds: int, name: str = "",
    scope: Scope | None = None,
) -> Made:  # fmt: skip
    """Make a secret of a kind that is good for some seconds; ``account_id`` None is nobody's."""
    text = _PREFIX + secrets.token_urlsafe(32)
    until = now + seconds
    made = Secret(0, kind, account_id, name, scope or Scope(), now, until)
    return Made(uow.accounts.add_secret(made, digest(text)), text)


def live(uow: UnitOfWork, text: str, clock: Clock, *kinds: str) -> Secret:
    """Return what is known of a secret that is still good.

    Raises:
        SignInError: It is unknown, of another kind, or too old.
    """
    found = uow.accounts.secret(digest(text))
    if found is None or found.kind not in kinds or found.expires <= clock.now():
        raise SignInError
    return found


def digest(text: str) -> bytes:
    """Return the SHA-256 that a secret is kept as."""
    # looked up by its hash, so that the time of a comparison tells nothing of the secret
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
