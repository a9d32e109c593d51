"""Who asks, and what each operation needs: the one table, and nothing that is not in it."""

from __future__ import annotations

import base64
import time
from typing import Annotated

from fastapi import Depends, Request

from dpg_l10n import bootstrap
from dpg_l10n.domain.access import NOBODY, Permission, Principal, local
from dpg_l10n.domain.locales import canonical
from dpg_l10n.domain.records import Project
from dpg_l10n.domain.states import State
from dpg_l10n.errors import ForbiddenError, SignInError
from dpg_l10n.services import accounts, glossaries
from dpg_l10n.services.coverage import is_public
from dpg_l10n_api.lane import looked_up
from dpg_l10n_api.receive import fields

SESSION_COOKIE = "dpg_l10n_session"

OPEN = None
"""What everybody may do: sign in, ask for the languages, and for countries, where they see what is public."""
SIGNED_IN = "signed in"
"""What everybody may do who is signed in: it is about themself."""

NEEDED: dict[str, Permission | str | None] = {
    "list_languages": OPEN,
    "set_up": OPEN,
    "sign_in": OPEN,
    "sign_out": OPEN,
    "begin_oidc": OPEN,
    "finish_oidc": OPEN,
    "list_projects": SIGNED_IN,
    "show_project": Permission.READ,
    "list_catalogues": Permission.READ,
    "show_coverage": Permission.READ,
    "show_country": OPEN,
    "show_trend": Permission.READ,
    "show_reach_trend": OPEN,
    "list_webhooks": Permission.MAINTAIN,
    "add_webhook": Permission.MAINTAIN,
    "remove_webhook": Permission.MAINTAIN,
    "try_webhook": Permission.MAINTAIN,
    "show_gate": Permission.READ,
    "list_releases": Permission.READ,
    "show_release": Permission.READ,
    "list_units": Permission.READ,
    "show_translation": Permission.READ,
    "show_history": Permission.READ,
    "show_talk": Permission.READ,
    "add_suggestion": Permission.DISCUSS,
    "add_comment": Permission.DISCUSS,
    "put_mark": Permission.DISCUSS,
    "delete_mark": Permission.DISCUSS,
    "dismiss_suggestion": Permission.TRANSLATE,
    "decide_on_translation": Permission.TRANSLATE,
    "take_queue": Permission.TRANSLATE,
    "decide_batch": Permission.TRANSLATE,
    "take_package": Permission.TRANSLATE,
    "bring_package": Permission.TRANSLATE,
    "withdraw_translation": Permission.REVIEW,
    "accept_units": Permission.REVIEW,
    "set_policy": Permission.ADMINISTER,
    "search_memory": SIGNED_IN,
    "show_memory": Permission.READ,
    "list_memory_languages": SIGNED_IN,
    "search_as_tmserver": SIGNED_IN,
    "list_libretranslate_languages": OPEN,
    "translate_as_libretranslate": SIGNED_IN,
    "list_memories": SIGNED_IN,
    "add_memory_import": Permission.MAINTAIN,
    "export_memory": Permission.MAINTAIN,
    "export_project_memory": Permission.READ,
    "export_shared_memory": SIGNED_IN,
    "remove_memory": Permission.MAINTAIN,
    "list_glossaries": SIGNED_IN,
    "show_glossary": Permission.READ,
    "list_concepts": Permission.READ,
    "export_glossary": Permission.READ,
    "search_concepts": Permission.READ,
    "find_terms": Permission.READ,
    "show_terms": Permission.READ,
    "decide_on_concepts": Permission.REVIEW,
    "add_words": Permission.REVIEW,
    "import_glossary": Permission.MAINTAIN,
    "remove_glossary": Permission.MAINTAIN,
    "show_me": SIGNED_IN,
    "export_me": SIGNED_IN,
    "change_password": SIGNED_IN,
    "delete_me": SIGNED_IN,
    "list_tokens": SIGNED_IN,
    "add_token": SIGNED_IN,
    "revoke_token": SIGNED_IN,
    "list_accounts": Permission.ADMINISTER,
    "invite_account": Permission.ADMINISTER,
    "give_role": Permission.ADMINISTER,
    "take_role": Permission.ADMINISTER,
    "set_account_state": Permission.ADMINISTER,
    "list_audit": Permission.ADMINISTER,
    "show_metrics": Permission.ADMINISTER,
    "add_push": Permission.MAINTAIN,
    "add_drafts": Permission.MAINTAIN,
    "show_models": Permission.MAINTAIN,
    "add_export": Permission.MAINTAIN,
    "add_acceptance": Permission.REVIEW,
    "add_report": SIGNED_IN,
    "add_undo": Permission.MAINTAIN,
    "add_term_check": Permission.READ,
    "list_jobs": SIGNED_IN,
    "show_job": SIGNED_IN,
    "cancel_job": SIGNED_IN,
    "download_job": SIGNED_IN,
    "watch_job": SIGNED_IN,
}
"""By operation; of a glossary in the project that it belongs to, and one that belongs to all may be
read by everybody who is signed in. Those that name the language in their body ask again for that
language."""
LANGUAGE_IN_BODY = frozenset(
    {
        "take_queue",
        "decide_batch",
        "accept_units",
        "add_acceptance",
        "decide_on_concepts",
        "add_words",
    }
)
ROLES_IN_BODY = frozenset({"invite_account", "give_role", "take_role"})
KEY_IN_BODY = frozenset({"translate_as_libretranslate"})
"""Whose clients send their token as ``api_key`` among the fields of the body."""
PUBLIC = frozenset({"show_project", "list_catalogues", "show_coverage", "show_trend"})
"""What everybody may look at of a project that is public."""


_FRESH_S = 1.0
"""How long what is known of a token is used again: whoever is shut out is out within a second."""
_MOST_KNOWN = 10_000


async def who(request: Request) -> Principal:
    """Return who asks: by token, by session, or on a machine of their own as its only user.

    Pages find the same in the state of the request, for their frame.

    Raises:
        SignInError: The token or session is not good.
        RequestValidationError: The token is in a body that cannot be read.
    """
    request.state.principal = await _who(request)
    found: Principal = request.state.principal
    return found


async def _who(request: Request) -> Principal:
    header = request.headers.get("authorization")
    if header is not None:
        return await _known(request, _token(header), "token")
    if request.scope["route"].name in KEY_IN_BODY:
        key = (await fields(request)).get("api_key")
        if isinstance(key, str) and key:
            return await _known(request, key, "token")
    cookie = request.cookies.get(SESSION_COOKIE)
    if cookie:
        try:
            return await _known(request, cookie, "session")
        except SignInError:
            pass  # a session that has ended is like none
    state = request.app.state
    if state.local and not await looked_up(request, accounts.any_account):
        return local(state.settings.actor)
    return NOBODY


async def _known(request: Request, secret: str, kind: str) -> Principal:
    known: dict[tuple[str, str], tuple[float, Principal]] = request.app.state.principals
    found = known.get((kind, secret))
    now = time.monotonic()
    if found is not None and now - found[0] < _FRESH_S:
        return found[1]
    clock = bootstrap.clock()
    principal = await looked_up(
        request, lambda store: accounts.principal(store, secret, clock, kind)
    )
    if len(known) >= _MOST_KNOWN:
        known.clear()
    known[kind, secret] = (now, principal)
    return principal


def _token(header: str) -> str:
    """Return the token of an Authorization header.

    Tools that know no bearer tokens put it in the place of a password: ``http://any:TOKEN@host/``.

    Raises:
        SignInError: The header has none.
    """
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() != "basic":
        raise SignInError
    try:
        return base64.b64decode(value, validate=True).decode().partition(":")[2]
    except ValueError as error:
        raise SignInError from error


Who = Annotated[Principal, Depends(who)]


async def authorize(request: Request, principal: Who) -> None:
    """Refuse an operation that who asks may not do; one that no table names, nobody may do.

    Raises:
        SignInError: Nobody is signed in.
        ForbiddenError: Who is signed in may not.
        ThrottledError: They asked too often.
    """
    name = request.scope["route"].name
    if not request.app.state.local:
        address = request.client.host if request.client else ""
        request.app.state.requests.take(principal.name or f"address {address}")
    if name not in NEEDED:
        raise ForbiddenError(permission=name)
    needed = NEEDED[name]
    if needed is OPEN:
        return
    project, needed = await _place(request, needed)
    if (
        name in PUBLIC
        and project
        and not principal.may(Permission.READ, project)
        and await looked_up(request, lambda store: is_public(store, project))
    ):
        return
    if not principal.name:
        raise SignInError
    if needed == SIGNED_IN or name in ROLES_IN_BODY:
        return
    language = request.path_params.get("language")
    tag = canonical(language) if language else None
    permission = Permission(needed)
    if name in LANGUAGE_IN_BODY:
        # asked again with the language that the body names; here only whether there is any
        if not principal.may_somewhere(permission, project):
            principal.require(permission, project)
        return
    principal.require(permission, project, tag)


async def _place(request: Request, needed: Permission | str) -> tuple[str | None, Permission | str]:
    """Return in which project something is asked, None for all, and what it needs there."""
    glossary = request.path_params.get("glossary")
    if glossary is None:
        return request.path_params.get("project"), needed
    found = await looked_up(request, lambda store: glossaries.find(store, glossary))
    if found is not None:
        shared = not found.project and needed is Permission.READ
        return found.project or None, SIGNED_IN if shared else needed
    new = request.scope["route"].name == "import_glossary"
    return request.query_params.get("project") if new else None, needed


def may_see(principal: Principal, project: Project) -> bool:
    """Tell whether who asks may see the figures of a project: it is public, or they may read it."""
    return project.public or principal.may_somewhere(Permission.READ, project.slug)


def may_read_glossary(principal: Principal, owner: str | None) -> bool:
    """Tell whether who asks may read a glossary: that of all projects, or of one that they may read."""
    return owner is None or principal.may(Permission.READ, owner)


def require_decision(principal: Principal, project: str, language: str, state: State) -> None:
    """Refuse a decision that who asks may not make: to accept takes a reviewer.

    Raises:
        ForbiddenError: They may not.
    """
    needed = Permission.REVIEW if state is State.REVIEWED else Permission.TRANSLATE
    principal.require(needed, project, language)
