"""Signing in with an OpenID Connect provider, where an operator named one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from dpg_l10n import bootstrap
from dpg_l10n.errors import NotFoundError, SignInError
from dpg_l10n.i18n import N_
from dpg_l10n.services import accounts
from dpg_l10n_api.access import SESSION_COOKIE
from dpg_l10n_api.deps import OpenStore
from dpg_l10n_api.guard import inside
from dpg_l10n_api.oidc import Provider, Started
from dpg_l10n_api.problems import documented
from dpg_l10n_api.throttle import calm

router = APIRouter(prefix="/oidc", tags=["accounts"])
_COOKIE = "dpg_l10n_oidc"
_MINUTES = 10
_NOT_VOUCHED = N_("{provider} did not sign you in. Begin again, or ask whoever runs this service.")
Sent = Annotated[str, Query(max_length=2000, description="From the provider.")]
Next = Annotated[str, Query(max_length=2000, description="Page to go to when signed in.")]


@router.get(
    "/signin", status_code=303, response_class=RedirectResponse, summary="Begin at a provider",
    responses=documented(404, 422, 429),
)  # fmt: skip
def begin_oidc(request: Request, next: Next = "/") -> Response:
    """Send a browser to the provider; 404 where none is configured."""
    calm(request, "oidc")
    where, started = _provider(request).begin(_callback(request), inside(next))
    answer = RedirectResponse(where, status_code=303)
    answer.set_cookie(
        _COOKIE, started.dump(), max_age=60 * _MINUTES, httponly=True, samesite="lax",
        secure=request.url.scheme == "https", path="/oidc",
    )  # fmt: skip
    return answer


@router.get(
    "/callback", status_code=303, response_class=RedirectResponse, summary="Come back from it",
    responses=documented(404, 422),
)  # fmt: skip
def finish_oidc(request: Request, store: OpenStore, state: Sent = "", code: Sent = "") -> Response:
    """Begin a session for whom the provider vouches; the first time an account without roles.

    A provider sends no code where somebody changed their mind.
    """
    provider = _provider(request)
    cookie = request.cookies.get(_COOKIE)
    if not (cookie and state and code):
        raise SignInError(_NOT_VOUCHED, provider=provider.name)
    started = Started.load(cookie)
    issuer, subject = provider.finish(started, state, code, _callback(request))
    made = accounts.sign_in_with_identity(store, issuer, subject, "member", bootstrap.clock())
    answer = RedirectResponse(started.there, status_code=303)
    answer.delete_cookie(_COOKIE, path="/oidc")
    answer.set_cookie(
        SESSION_COOKIE, made.text, max_age=accounts.SESSION_S, httponly=True, samesite="lax",
        secure=request.url.scheme == "https", path="/",
    )  # fmt: skip
    return answer


def _provider(request: Request) -> Provider:
    found: Provider | None = request.app.state.provider
    if found is None:
        raise NotFoundError(kind="provider", name="OpenID Connect", hint="None is configured.")
    return found


def _callback(request: Request) -> str:
    return str(request.url.replace(path="/oidc/callback", query=""))
