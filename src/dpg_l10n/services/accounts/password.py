"""Passwords: Argon2id, with the parameters that OWASP names."""

from __future__ import annotations

import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import N_

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 1000


def hashed(password: str) -> str:
    """Return the hash of a new password.

    Raises:
        UsageError: ``account.password``: it is too short or too long.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UsageError(
            N_("A password has {shortest} to {longest} characters; a few words are best."),
            code="account.password", shortest=SHORTEST_PASSWORD, longest=LONGEST_PASSWORD,
        )  # fmt: skip
    return hasher().hash(password)


def verified(hashed: str, password: str) -> bool:
    """Tell whether a password is the one of a hash."""
    try:
        return hasher().verify(hashed, password[:LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def hasher() -> PasswordHasher:
    """Return what hashes passwords."""
    # OWASP's parameters for Argon2id: a small server survives several sign-ins at once
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@lru_cache(maxsize=1)
def nobody() -> str:
    """Return the hash of a password that nobody knows."""
    return hasher().hash(secrets.token_urlsafe(16))
