"""Signing in, tokens, accounts, roles, and the audit log."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse

from dpg_l10n import bootstrap
from dpg_l10n.interchange.plain import plain
from dpg_l10n.services import accounts
from dpg_l10n.services.coverage import set_policy as set_project_policy
from dpg_l10n_api.access import SESSION_COOKIE, Who
from dpg_l10n_api.deps import OpenStore, Slug
from dpg_l10n_api.problems import documented
from dpg_l10n_api.schemas.accounts import (
    AccountItem,
    AccountList,
    AccountState,
    AuditItem,
    AuditPage,
    Credentials,
    Deleted,
    Invitation,
    Invited,
    MadeToken,
    Me,
    NewPassword,
    NewToken,
    Policy,
    PolicyItem,
    RoleItem,
    SessionState,
    SetUp,
    TokenItem,
    TokenList,
)
from dpg_l10n_api.schemas.kept import AccountExport
from dpg_l10n_api.throttle import calm

router = APIRouter(tags=["accounts"])
AccountName = Annotated[str, Path(max_length=40, description="Pseudonym.")]
TokenId = Annotated[int, Path(ge=1, le=2**63 - 1, description="Number of the token.")]


@router.post(
    "/setup", response_model=AccountItem, status_code=201, summary="Choose the first password",
    responses=documented(409, 422, 429),
)  # fmt: skip
def set_up(request: Request, store: OpenStore, asked: SetUp) -> AccountItem:
    """Make the first owner with the secret that `serve` prints, or take up an invitation."""
    calm(request, "setup")
    made = accounts.set_up(store, asked.secret, asked.name, asked.password, bootstrap.clock())
    return AccountItem.of_account(made)


@router.post(
    "/session", response_model=SessionState, summary="Sign in",
    responses=documented(422, 429),
)  # fmt: skip
def sign_in(
    request: Request, response: Response, store: OpenStore, asked: Credentials
) -> SessionState:
    """Begin a session of a browser: the answer sets a cookie. Machines use tokens."""
    calm(request, asked.name)
    made = accounts.sign_in(store, asked.name, asked.password, bootstrap.clock())
    response.set_cookie(
        SESSION_COOKIE, made.text, max_age=accounts.SESSION_S, httponly=True, samesite="lax",
        secure=request.url.scheme == "https", path="/",
    )  # fmt: skip
    return SessionState(status="signed in")


@router.delete("/session", response_model=SessionState, summary="Sign out")
def sign_out(request: Request, response: Response, store: OpenStore) -> SessionState:
    """End the session; one that has ended is fine."""
    cookie = request.cookies.get(SESSION_COOKIE)
    if cookie:
        accounts.sign_out(store, cookie)
    response.delete_cookie(SESSION_COOKIE, path="/")
    return SessionState(status="signed out")


@router.get("/me", response_model=Me, summary="Tell who you are")
def show_me(principal: Who) -> Me:
    """Return your pseudonym and your roles."""
    return Me.of_principal(principal)


@router.get(
    "/me/export", response_model=AccountExport, summary="Take along what is kept of you",
    responses=documented(404),
)  # fmt: skip
def export_me(store: OpenStore, principal: Who) -> Response:
    """Return everything that the service keeps of your account, but for its hashes."""
    kept = plain(accounts.export_account(store, principal, principal.name))
    return JSONResponse(kept, headers={"Content-Disposition": 'attachment; filename="me.json"'})


@router.delete(
    "/me", response_model=Deleted, summary="Delete your account",
    responses=documented(404, 409),
)  # fmt: skip
def delete_me(store: OpenStore, principal: Who) -> Deleted:
    """Delete your account; what you translated stays, under another pseudonym."""
    former = accounts.delete_account(store, principal, principal.name, bootstrap.clock())
    return Deleted(former=former)


@router.put(
    "/me/password", response_model=SessionState, summary="Choose another password",
    responses=documented(422, 429),
)  # fmt: skip
def change_password(
    request: Request, store: OpenStore, principal: Who, asked: NewPassword
) -> SessionState:
    """Choose another password; every session of yours ends."""
    calm(request, principal.name)
    accounts.change_password(store, principal, asked.old, asked.new, bootstrap.clock())
    return SessionState(status="signed out")


@router.get(
    "/tokens", response_model=TokenList, summary="List your tokens",
    responses=documented(404),
)  # fmt: skip
def list_tokens(store: OpenStore, principal: Who) -> TokenList:
    """Return your tokens without their secrets."""
    found = accounts.tokens(store, principal)
    return TokenList(items=[TokenItem.of_secret(secret) for secret in found])


@router.post(
    "/tokens", response_model=MadeToken, status_code=201, summary="Make a token",
    responses=documented(404, 422),
)  # fmt: skip
def add_token(store: OpenStore, principal: Who, asked: NewToken) -> MadeToken:
    """Make a token that may do what you may, within limits. Its secret is shown this once."""
    clock = bootstrap.clock()
    made = accounts.add_token(store, principal, asked.name, asked.scope(), asked.days, clock)
    return MadeToken.of_made(made)


@router.delete(
    "/tokens/{token}", response_model=SessionState, summary="End a token",
    responses=documented(404, 422),
)  # fmt: skip
def revoke_token(store: OpenStore, principal: Who, token: TokenId) -> SessionState:
    """End a token at once."""
    accounts.revoke_token(store, principal, token, bootstrap.clock())
    return SessionState(status="signed out")


@router.get(
    "/accounts", response_model=AccountList, summary="List accounts",
)  # fmt: skip
def list_accounts(store: OpenStore, principal: Who) -> AccountList:
    """Return every account with its roles, by pseudonym."""
    found = accounts.accounts(store, principal)
    return AccountList(items=[AccountItem.of_account(account) for account in found])


@router.post(
    "/accounts", response_model=Invited, status_code=201, summary="Invite somebody",
    responses=documented(409, 422),
)  # fmt: skip
def invite_account(store: OpenStore, principal: Who, asked: Invitation) -> Invited:
    """Make an account with roles. Whoever gets the secret chooses its password."""
    grants = [role.grant() for role in asked.roles]
    account, made = accounts.invite(store, principal, asked.name, grants, bootstrap.clock())
    return Invited(
        account=AccountItem.of_account(account), secret=made.text, expires=made.secret.expires
    )


@router.put(
    "/accounts/{name}/roles", response_model=AccountItem, summary="Give a role",
    responses=documented(404, 409, 422),
)  # fmt: skip
def give_role(store: OpenStore, principal: Who, name: AccountName, asked: RoleItem) -> AccountItem:
    """Give somebody a role; it takes the place of another one in the same project and language."""
    clock = bootstrap.clock()
    return AccountItem.of_account(accounts.set_role(store, principal, name, asked.grant(), clock))


@router.delete(
    "/accounts/{name}/roles", response_model=AccountItem, summary="Take a role away",
    responses=documented(404, 409, 422),
)  # fmt: skip
def take_role(store: OpenStore, principal: Who, name: AccountName, asked: RoleItem) -> AccountItem:
    """Take away what somebody is in a project and language."""
    clock = bootstrap.clock()
    return AccountItem.of_account(
        accounts.set_role(store, principal, name, asked.grant(), clock, give=False)
    )


@router.put(
    "/accounts/{name}/state", response_model=AccountState, summary="Shut somebody out",
    responses=documented(404, 409, 422),
)  # fmt: skip
def set_account_state(
    store: OpenStore, principal: Who, name: AccountName, asked: AccountState
) -> AccountState:
    """Shut an account out at once, or let it in again."""
    clock = bootstrap.clock()
    accounts.set_disabled(store, principal, name, clock, disabled=asked.disabled)
    return asked


@router.patch(
    "/projects/{project}", response_model=PolicyItem, summary="Decide on a project",
    responses=documented(404, 422),
)  # fmt: skip
def set_policy(store: OpenStore, principal: Who, project: Slug, asked: Policy) -> PolicyItem:
    """Open a project's coverage to everybody, or ask for a second person to accept texts."""
    after = set_project_policy(
        store, project, principal.name, bootstrap.clock(),
        public=asked.public, self_review=asked.self_review,
    )  # fmt: skip
    return PolicyItem(public=after.public, self_review=after.self_review)


@router.get(
    "/audit", response_model=AuditPage, summary="Read the audit log",
    responses=documented(422),
)  # fmt: skip
def list_audit(
    store: OpenStore,
    after: Annotated[int, Query(ge=0, le=2**63 - 1, description="`next` of the page before.")] = 0,
    limit: Annotated[int, Query(ge=1, le=1000, description="Most steps of the page.")] = 100,
) -> AuditPage:
    """Return who signed in, gave roles and made tokens, as a chain of hashes."""
    with store.read() as uow:
        found = list(islice(uow.accounts.audited(after, limit + 1), limit + 1))
    more = found[limit - 1].id if len(found) > limit else None
    return AuditPage(items=[AuditItem.of_entry(entry) for entry in found[:limit]], next=more)
