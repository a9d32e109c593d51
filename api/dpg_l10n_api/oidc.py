"""Signing in with an OpenID Connect provider: the code flow, with PKCE, nonce and state.

Only what the specification calls the subject is taken over, and as a hash: no name, no address. Nothing
is asked of a provider before an operator names one and somebody wants to sign in there.
"""

from __future__ import annotations

import json
import secrets
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dpg_l10n.errors import MissingExtraError, SignInError, UnavailableError
from dpg_l10n.i18n import N_

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

_TIMEOUT_S = 10
_MOST_BYTES = 1_000_000
_KEYS_S = 3600
"""How long a provider's description and keys are used again."""
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "ES512", "EdDSA"]
"""Signatures with a key pair; a shared secret or none at all proves nothing."""


@dataclass(frozen=True, slots=True)
class Client:
    """What a provider knows this service as."""

    issuer: str
    """Address of the provider, as its tokens name it."""
    client_id: str
    client_secret: str


@dataclass(frozen=True, slots=True)
class Started:
    """A sign-in that began: kept in a cookie of the browser until the provider sends it back."""

    state: str
    nonce: str
    verifier: str
    there: str
    """Address of ours where somebody wanted to go."""

    def dump(self) -> str:
        """Return them for a cookie."""
        there = urllib.parse.quote(self.there, safe="")
        return ".".join((self.state, self.nonce, self.verifier, there))

    @classmethod
    def load(cls, text: str) -> Started:
        """Return what :meth:`dump` was given.

        Raises:
            SignInError: The cookie is no such one.
        """
        parts = text.split(".", 3)
        if len(parts) != 4 or not all(parts):
            raise SignInError
        state, nonce, verifier, there = parts
        return cls(state, nonce, verifier, urllib.parse.unquote(there))


class Provider:
    """A provider of identities.

    Args:
        client: What it knows us as.
    """

    def __init__(self, client: Client) -> None:
        """Ask nothing yet.

        Raises:
            MissingExtraError: Authlib is not installed.
        """
        try:
            import authlib  # noqa: F401 - asked for here to say which extra is missing
        except ImportError as error:
            raise MissingExtraError(extra="oidc") from error
        self._client = client
        self._known: tuple[float, dict[str, Any], KeySet] | None = None

    @property
    def name(self) -> str:
        """What people know the provider by: the host of its address."""
        return urllib.parse.urlsplit(self._client.issuer).hostname or self._client.issuer

    def begin(self, callback: str, there: str) -> tuple[str, Started]:
        """Return the address to send a browser to, and what to remember meanwhile.

        Args:
            callback: Address of ours where the provider sends it back.
            there: Address of ours where it goes then.

        Raises:
            UnavailableError: The provider does not answer, or not as one.
        """
        from authlib.common.urls import add_params_to_uri
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        started = Started(state, nonce, verifier, there)
        description, _ = self._described()
        asked = {
            "response_type": "code",
            "scope": "openid",
            "client_id": self._client.client_id,
            "redirect_uri": callback,
            "state": started.state,
            "nonce": started.nonce,
            "code_challenge": create_s256_code_challenge(started.verifier),
            "code_challenge_method": "S256",
        }
        where = description["authorization_endpoint"]
        return str(add_params_to_uri(where, asked.items())), started

    def finish(self, started: Started, state: str, code: str, callback: str) -> tuple[str, str]:
        """Return issuer and subject of who signed in.

        Args:
            started: What :meth:`begin` gave.
            state: As the provider sent it back.
            code: As the provider sent it.
            callback: The address that :meth:`begin` was given.

        Raises:
            SignInError: It is another sign-in, or the token is not what it has to be.
            UnavailableError: The provider does not answer, or not as one.
        """
        from joserfc import jwt
        from joserfc.errors import JoseError

        if not secrets.compare_digest(started.state.encode(), state.encode()):
            raise SignInError
        description, keys = self._described()
        answer = _ask(
            description["token_endpoint"],
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": callback,
                "client_id": self._client.client_id,
                "client_secret": self._client.client_secret,
                "code_verifier": started.verifier,
            },
        )
        try:
            token = jwt.decode(str(answer["id_token"]), keys, algorithms=_ALGORITHMS)
            jwt.JWTClaimsRegistry(
                leeway=60,
                iss={"essential": True, "value": self._client.issuer},
                aud={"essential": True, "value": self._client.client_id},
                exp={"essential": True},
                sub={"essential": True},
                nonce={"essential": True, "value": started.nonce},
            ).validate(token.claims)
        except (JoseError, KeyError, ValueError) as error:
            raise SignInError from error
        return str(token.claims["iss"]), str(token.claims["sub"])

    def _described(self) -> tuple[dict[str, Any], KeySet]:
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        if self._known is not None and time.monotonic() - self._known[0] < _KEYS_S:
            return self._known[1], self._known[2]
        description = _ask(f"{self._client.issuer.rstrip('/')}/.well-known/openid-configuration")
        if description.get("issuer") != self._client.issuer:
            raise _not_as_one(self._client.issuer, "it says that it is another one")
        try:
            keys = KeySet.import_key_set(_ask(str(description["jwks_uri"])))  # type: ignore[arg-type]  # it checks what it reads
        except (JoseError, KeyError, ValueError) as error:
            raise _not_as_one(self._client.issuer, str(error)) from error
        self._known = (time.monotonic(), description, keys)
        return description, keys


def _ask(url: str, form: dict[str, str] | None = None) -> dict[str, Any]:
    """Return the JSON that an address answers with, to a form where there is one."""
    if urllib.parse.urlsplit(url).scheme not in ("https", "http"):
        raise _not_as_one(url, "this is no web address")
    data = urllib.parse.urlencode(form).encode() if form is not None else None
    request = urllib.request.Request(url, data, {"Accept": "application/json"})  # noqa: S310 - seen above
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:  # noqa: S310 - as above
            found = json.loads(answer.read(_MOST_BYTES))
    except urllib.error.HTTPError as error:
        if form is not None and 400 <= error.code < 500:
            raise SignInError from error
        raise _not_as_one(url, str(error)) from error
    except (OSError, ValueError, RecursionError) as error:
        raise _not_as_one(url, str(error)) from error
    if not isinstance(found, dict):
        raise _not_as_one(url, "no JSON object came back")
    return found


def _not_as_one(where: str, detail: str) -> UnavailableError:
    return UnavailableError(
        N_("{where} does not answer as a provider of OpenID Connect: {detail}"),
        code="unavailable.provider", where=where, detail=detail,
    )  # fmt: skip
