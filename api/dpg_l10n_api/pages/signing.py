"""Signing in and out, setting the service up, and what is one's own."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from dpg_l10n import bootstrap
from dpg_l10n.domain.access import Permission, Role, Scope
from dpg_l10n.domain.locales import canonical
from dpg_l10n.errors import DpgL10nError, SignInError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.services import accounts
from dpg_l10n_api import problems
from dpg_l10n_api.access import SESSION_COOKIE, Who
from dpg_l10n_api.deps import OpenStore
from dpg_l10n_api.guard import inside
from dpg_l10n_api.pages.forms import DeskRoute, Fields, see
from dpg_l10n_api.pages.reader import reader_of
from dpg_l10n_api.pages.render import page
from dpg_l10n_api.throttle import calm

router = APIRouter(include_in_schema=False, route_class=DeskRoute)
Next = Annotated[str, Query(max_length=2000)]
_LONGEST_NAME = 40
_MOST_DAYS = 366
_WRONG = N_("Name or password is not right.")
_BAD_SECRET = N_("This link is used up or too old. Ask for a new one.")
_CONFIRM = N_("Write your pseudonym to confirm.")
_ROLES = {
    Role.VIEWER: N_("viewer"),
    Role.TRANSLATOR: N_("translator"),
    Role.REVIEWER: N_("reviewer"),
    Role.DOMAIN_REVIEWER: N_("reviewer who knows the subject"),
    Role.MAINTAINER: N_("maintainer"),
    Role.OWNER: N_("owner"),
}


def _said(request: Request, error: DpgL10nError, sign_in: str) -> tuple[int, str]:
    """Return status and sentence of a refusal."""
    body = problems.described(error, reader_of(request).say)
    return int(body["status"]), sign_in if isinstance(error, SignInError) else str(body["detail"])


@router.get("/setup", name="page_setup")
def show_setup(request: Request, secret: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Answer with the form in which the first owner, or who was invited, chooses a password."""
    return page(request, "setup.html", secret=secret, name="", refused="")


@router.post("/setup", name="page_set_up")
def set_up(request: Request, store: OpenStore, posted: Fields) -> Response:
    """Make the first owner or take up an invitation, and sign in."""
    secret, name = posted.get("secret", 200).strip(), posted.get("name", _LONGEST_NAME).strip()
    password, clock = posted.get("password"), bootstrap.clock()
    try:
        calm(request, "setup")
        made = accounts.set_up(store, secret, name, password, clock)
        return _begin(request, accounts.sign_in(store, made.name, password, clock).text, "/")
    except DpgL10nError as error:
        status, refused = _said(request, error, _BAD_SECRET)
        return page(
            request, "setup.html", status=status, secret=secret, name=name, refused=refused
        )  # fmt: skip


@router.get("/signin", name="page_sign_in")
def show_sign_in(request: Request, principal: Who, next: Next = "/") -> Response:
    """Answer with the form to sign in."""
    return _sign_in(request, inside(next), signed_in=principal.name)


@router.post("/signin", name="page_signed_in")
def sign_in(request: Request, store: OpenStore, posted: Fields) -> Response:
    """Begin a session, and go on to where somebody wanted to go."""
    name, there = posted.get("name", _LONGEST_NAME).strip(), inside(posted.get("next", 2000))
    try:
        calm(request, name)
        made = accounts.sign_in(store, name, posted.get("password"), bootstrap.clock())
        return _begin(request, made.text, there)
    except DpgL10nError as error:
        status, refused = _said(request, error, _WRONG)
        return _sign_in(request, there, status=status, name=name, refused=refused)


@router.post("/signout", name="page_sign_out")
def sign_out(request: Request, store: OpenStore) -> Response:
    """End the session."""
    cookie = request.cookies.get(SESSION_COOKIE)
    if cookie:
        accounts.sign_out(store, cookie)
    return _ended("/signin")


@router.get("/account", name="page_account")
def show_account(request: Request, store: OpenStore, principal: Who) -> Response:
    """Answer with what somebody may do, their tokens, and how to leave."""
    return _account(request, store, principal)


@router.post("/account/password", name="page_password")
def change_password(request: Request, store: OpenStore, principal: Who, posted: Fields) -> Response:
    """Choose another password; every session ends."""
    _somebody(principal)
    try:
        calm(request, principal.name)
        clock = bootstrap.clock()
        accounts.change_password(store, principal, posted.get("old"), posted.get("new"), clock)
    except DpgL10nError as error:
        status, refused = _said(request, error, N_("The old password is not right."))
        return _account(request, store, principal, status=status, refused=refused)
    return _ended("/signin")


@router.post("/account/tokens", name="page_add_token")
def add_token(request: Request, store: OpenStore, principal: Who, posted: Fields) -> Response:
    """Make a token; its secret is on this answer and nowhere else."""
    _somebody(principal)
    try:
        days = int(posted.get("days", 4) or 90)
        name = posted.get("name", 80).strip()
        if not name or not 1 <= days <= _MOST_DAYS:
            raise UsageError(
                N_("A token has a name and is good for 1 to {most} days."),
                most=_MOST_DAYS,
            )
        may = None if posted.get("may") == "write" else frozenset({Permission.READ})
        language = posted.get("language", 100).strip()
        scope = Scope(
            posted.get("project", 200).strip() or None,
            canonical(language) if language else None,
            may,
        )
        made = accounts.add_token(store, principal, name, scope, days, bootstrap.clock())
    except (DpgL10nError, ValueError) as error:
        known = error if isinstance(error, DpgL10nError) else UsageError(str(error))
        status, refused = _said(request, known, _WRONG)
        return _account(request, store, principal, status=status, refused=refused)
    return _account(request, store, principal, made=made.text)


@router.post("/account/tokens/{token}/end", name="page_end_token")
def end_token(store: OpenStore, principal: Who, token: int) -> Response:
    """End a token at once."""
    _somebody(principal)
    accounts.revoke_token(store, principal, token, bootstrap.clock())
    return see("/account")


@router.post("/account/delete", name="page_delete_account")
def delete(request: Request, store: OpenStore, principal: Who, posted: Fields) -> Response:
    """Delete the account, after its pseudonym was written once more."""
    _somebody(principal)
    if posted.get("name", _LONGEST_NAME).strip() != principal.name:
        return _account(request, store, principal, status=422, refused=_CONFIRM)
    try:
        accounts.delete_account(store, principal, principal.name, bootstrap.clock())
    except DpgL10nError as error:
        status, refused = _said(request, error, _WRONG)
        return _account(request, store, principal, status=status, refused=refused)
    return _ended("/signin")


def _sign_in(
    request: Request, there: str, *, status: int = 200, name: str = "", refused: str = "",
    signed_in: str = "",
) -> Response:  # fmt: skip
    provider = request.app.state.provider
    return page(
        request, "signin.html", status=status, next=there, name=name, refused=refused,
        signed_in=signed_in, provider=provider.name if provider else "",
    )  # fmt: skip


def _somebody(principal: Who) -> None:
    """Refuse whoever has no account.

    Raises:
        SignInError: Nobody is signed in.
    """
    if not principal.account_id:
        raise SignInError


def _account(
    request: Request, store: OpenStore, principal: Who, *, status: int = 200, refused: str = "",
    made: str = "",
) -> Response:  # fmt: skip
    if not principal.name:
        raise SignInError
    has_account = bool(principal.account_id)
    tokens = accounts.tokens(store, principal) if has_account else ()
    answer = page(
        request, "account.html", status=status, principal=principal, tokens=tokens,
        has_account=has_account, refused=refused, made=made, roles=_ROLES,
    )  # fmt: skip
    if made:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _begin(request: Request, session: str, there: str) -> Response:
    answer = see(there)
    answer.set_cookie(
        SESSION_COOKIE, session, max_age=accounts.SESSION_S, httponly=True, samesite="lax",
        secure=request.url.scheme == "https", path="/",
    )  # fmt: skip
    return answer


def _ended(there: str) -> Response:
    answer = see(there)
    answer.delete_cookie(SESSION_COOKIE, path="/")
    return answer
