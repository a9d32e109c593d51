"""Accounts: who may sign in, with what, and what each role may do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from dpg_l10n.domain.access import Grant, Permission, Principal, Role, Scope, local
from dpg_l10n.domain.audit import first_broken
from dpg_l10n.domain.states import State
from dpg_l10n.errors import ConflictError, ForbiddenError, SignInError, UsageError
from dpg_l10n.ports import Store
from dpg_l10n.services import accounts
from dpg_l10n_api.access import NEEDED, PUBLIC, SIGNED_IN
from dpg_l10n_api.main import MODULES, OUTSIDE, create_app
from tests.support.api import API, CLINIC, problem, pushed, running, settings_in
from tests.support.projects import FixedClock, Workspace
from tests.support.terms import TERMS, with_glossary

CLOCK = FixedClock()
WORDS = "four words by heart"
BOSS = local("boss")


def joined(store: Store, name: str, *grants: Grant) -> Principal:
    """Make an account with roles and return who it is."""
    account, made = accounts.invite(store, BOSS, name, grants, CLOCK)
    accounts.set_up(store, made.text, name, WORDS, CLOCK)
    return Principal(name, account.grants, account_id=account.id)


def test_the_first_owner_needs_the_one_time_secret_and_it_is_good_once(store: Store) -> None:
    secret = accounts.setup_secret(store, CLOCK)
    assert secret is not None
    owner = accounts.set_up(store, secret, "amina", WORDS, CLOCK)
    assert owner.grants == (Grant(Role.OWNER),)
    with pytest.raises(SignInError):
        accounts.set_up(store, secret, "mallory", WORDS, CLOCK)
    assert accounts.setup_secret(store, CLOCK) is None


def test_a_newer_one_time_secret_ends_the_older(store: Store) -> None:
    old = accounts.setup_secret(store, CLOCK)
    accounts.setup_secret(store, CLOCK)
    with pytest.raises(SignInError):
        accounts.set_up(store, str(old), "mallory", WORDS, CLOCK)


def test_a_one_time_secret_is_good_for_a_day(store: Store) -> None:
    secret = str(accounts.setup_secret(store, CLOCK))
    with pytest.raises(SignInError):
        accounts.set_up(store, secret, "amina", WORDS, FixedClock(CLOCK.at + 86_400))


def test_whoever_knows_name_and_password_signs_in(store: Store) -> None:
    joined(store, "amina", Grant(Role.REVIEWER, "clinic", "sw"))
    session = accounts.sign_in(store, "amina", WORDS, CLOCK)
    who = accounts.principal(store, session.text, CLOCK, "session")
    assert (who.name, who.grants) == ("amina", (Grant(Role.REVIEWER, "clinic", "sw"),))


@pytest.mark.parametrize(("name", "password"), [("amina", "wrong words here"), ("mallory", WORDS)])
def test_a_wrong_name_or_password_is_told_in_the_same_words(
    store: Store, name: str, password: str
) -> None:
    joined(store, "amina")
    with pytest.raises(SignInError) as caught:
        accounts.sign_in(store, name, password, CLOCK)
    assert str(caught.value) == str(SignInError())


def test_an_invited_account_without_a_password_lets_nobody_in(store: Store) -> None:
    accounts.invite(store, BOSS, "juma", (), CLOCK)
    for guess in ("", "None", WORDS):
        with pytest.raises(SignInError):
            accounts.sign_in(store, "juma", guess, CLOCK)


def test_a_session_ends_by_time_by_signing_out_and_with_the_password(store: Store) -> None:
    who = joined(store, "amina")
    first, second, third = (accounts.sign_in(store, "amina", WORDS, CLOCK) for _ in range(3))
    late = FixedClock(CLOCK.at + accounts.SESSION_S)
    with pytest.raises(SignInError):
        accounts.principal(store, first.text, late, "session")
    accounts.sign_out(store, second.text)
    with pytest.raises(SignInError):
        accounts.principal(store, second.text, CLOCK, "session")
    accounts.change_password(store, who, WORDS, "other words by heart", CLOCK)
    with pytest.raises(SignInError):
        accounts.principal(store, third.text, CLOCK, "session")


def test_who_is_shut_out_is_out_at_once_with_every_token(store: Store) -> None:
    who = joined(store, "amina", Grant(Role.MAINTAINER))
    joined(store, "boss", Grant(Role.OWNER))
    token = accounts.add_token(store, who, "CI", Scope(), 30, CLOCK)
    accounts.set_disabled(store, BOSS, "amina", CLOCK, disabled=True)
    with pytest.raises(SignInError):
        accounts.principal(store, token.text, CLOCK, "token")
    with pytest.raises(SignInError):
        accounts.sign_in(store, "amina", WORDS, CLOCK)


def test_a_session_is_no_token_and_a_token_no_session(store: Store) -> None:
    who = joined(store, "amina")
    token = accounts.add_token(store, who, "CI", Scope(), 30, CLOCK)
    session = accounts.sign_in(store, "amina", WORDS, CLOCK)
    for secret, kind in ((token.text, "session"), (session.text, "token")):
        with pytest.raises(SignInError):
            accounts.principal(store, secret, CLOCK, kind)


def test_a_token_may_no_more_than_its_account_and_its_scope(store: Store) -> None:
    who = joined(store, "amina", Grant(Role.TRANSLATOR, "clinic"))
    scope = Scope("clinic", "sw", frozenset({Permission.TRANSLATE, Permission.ADMINISTER}))
    made = accounts.add_token(store, who, "phone", scope, 30, CLOCK)
    token = accounts.principal(store, made.text, CLOCK, "token")
    assert token.may(Permission.TRANSLATE, "clinic", "sw")
    assert not token.may(Permission.TRANSLATE, "clinic", "am")
    assert not token.may(Permission.READ, "clinic", "sw")
    assert not token.may(Permission.ADMINISTER, "clinic", "sw")


def test_a_token_administers_only_where_that_is_said(store: Store) -> None:
    who = joined(store, "boss", Grant(Role.OWNER))
    made = accounts.add_token(store, who, "CI", Scope(), 30, CLOCK)
    token = accounts.principal(store, made.text, CLOCK, "token")
    assert token.may(Permission.MAINTAIN, "clinic")
    assert not token.may(Permission.ADMINISTER)


def test_a_revoked_token_is_good_for_nothing(store: Store) -> None:
    who = joined(store, "amina")
    made = accounts.add_token(store, who, "CI", Scope(), 30, CLOCK)
    accounts.revoke_token(store, who, made.secret.id, CLOCK)
    with pytest.raises(SignInError):
        accounts.principal(store, made.text, CLOCK, "token")
    assert accounts.tokens(store, who) == ()


def test_an_owner_of_one_project_gives_roles_in_it_alone(store: Store) -> None:
    owner = joined(store, "amina", Grant(Role.OWNER, "clinic"))
    joined(store, "boss", Grant(Role.OWNER))
    joined(store, "juma")
    accounts.set_role(store, owner, "juma", Grant(Role.TRANSLATOR, "clinic", "sw"), CLOCK)
    for grant in (Grant(Role.TRANSLATOR, "school"), Grant(Role.TRANSLATOR)):
        with pytest.raises(ForbiddenError):
            accounts.set_role(store, owner, "juma", grant, CLOCK)


def test_somebody_always_owns_everything(store: Store) -> None:
    joined(store, "amina", Grant(Role.OWNER))
    for step in (
        lambda: accounts.set_role(store, BOSS, "amina", Grant(Role.VIEWER), CLOCK),
        lambda: accounts.set_role(store, BOSS, "amina", Grant(Role.OWNER), CLOCK, give=False),
        lambda: accounts.set_disabled(store, BOSS, "amina", CLOCK, disabled=True),
    ):
        with pytest.raises(ConflictError):
            step()


@pytest.mark.parametrize(
    "name", ["", "ab", "a b", "amina@example.org", "x" * 41, "-ab", "former-1234"]
)
def test_what_is_no_pseudonym_is_refused(store: Store, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        accounts.invite(store, BOSS, name, (), CLOCK)
    assert caught.value.error_code == "account.name"


@pytest.mark.parametrize("name", ["አሚና.ተ", "amina-2", "Ümit_3"])
def test_a_pseudonym_is_in_any_script(store: Store, name: str) -> None:
    assert joined(store, name).name == name


def test_a_deleted_account_leaves_its_work_under_another_name(store: Store) -> None:
    joined(store, "boss", Grant(Role.OWNER))
    who = joined(store, "amina", Grant(Role.TRANSLATOR))
    former = accounts.delete_account(store, who, "amina", CLOCK)
    with pytest.raises(SignInError):
        accounts.sign_in(store, "amina", WORDS, CLOCK)
    assert former.startswith("former-")
    assert joined(store, "amina").grants == ()


def test_a_provider_vouches_for_the_same_person_each_time(store: Store) -> None:
    joined(store, "amina")
    first = accounts.sign_in_with_identity(store, "https://id.example", "17", "amina@x", CLOCK)
    again = accounts.sign_in_with_identity(store, "https://id.example", "17", "other", CLOCK)
    names = {accounts.principal(store, s.text, CLOCK, "session").name for s in (first, again)}
    assert len(names) == 1
    assert names != {"amina"}


def test_the_audit_log_shows_what_was_changed_in_it(store: Store) -> None:
    joined(store, "amina", Grant(Role.OWNER))
    accounts.sign_in(store, "amina", WORDS, CLOCK)
    assert accounts.verify_audit(store) is None
    with store.read() as uow:
        steps = list(uow.accounts.audited())
    assert [step.event for step in steps] == [
        "account.invite", "account.password", "session.begin",
    ]  # fmt: skip
    assert first_broken([steps[0], replace(steps[1], actor="mallory"), steps[2]]) == 2
    assert first_broken([steps[0], steps[2]]) == 2


# --- over HTTP ---------------------------------------------------------------------------------


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with pushed(tmp_path) as made:
        yield made


@pytest.fixture
def client(tmp_path: Path, work: Workspace) -> Iterator[TestClient]:
    with running(settings_in(tmp_path)) as made:
        yield made


_ROUTES = [
    route
    for module in (*MODULES, *OUTSIDE)
    for route in module.router.routes
    if isinstance(route, APIRoute)
]
_OUTSIDE = {
    route.name
    for module in OUTSIDE
    for route in module.router.routes
    if isinstance(route, APIRoute)
}
_PLACES = {
    "source": "en",
    "target": "sw",
    "text": "Open",
    "kind": "flag",
    "cc": "KE",
    "suggestion": "1",
    "token": "1",
    "name": "juma",
    "language": "sw",
    "job": "0",
    "memory": "covid",
    "release": "v1",
    "webhook": "1",
}
_BODIES: dict[str, Any] = {
    "decide_on_translation": {"state": "translated", "text": "Weka {n}"},
    "add_suggestion": {"text": "Weka {n}"},
    "add_comment": {"text": "Why?"},
    "take_queue": {"language": "sw"},
    "translate_as_libretranslate": {"q": "Open", "source": "en", "target": "sw"},
    "accept_units": {"language": "sw"},
    "add_acceptance": {"language": "sw"},
    "invite_account": {"name": "asha", "roles": [{"role": "viewer"}]},
    "give_role": {"role": "viewer"},
    "take_role": {"role": "viewer"},
    "set_account_state": {"disabled": False},
    "add_token": {"name": "CI"},
    "decide_on_concepts": {"status": "accepted", "concepts": ["form"], "language": "sw"},
    "add_words": {"concept": "form", "language": "sw", "words": ["fomu"]},
    "change_password": {"old": "not the right one", "new": "four other words"},
    "sign_in": {"name": "nobody", "password": "not the right one"},
    "set_up": {"name": "mallory", "password": "not the right one", "secret": "guessed"},
}


def send(
    client: TestClient, route: APIRoute, work: Workspace, project: str, token: str | None
) -> Any:
    unit = work.units()["a"].id
    root = "" if route.name in _OUTSIDE else API
    places = {**_PLACES, "project": project, "unit": unit, "glossary": f"of-{project}"}
    path = root + route.path_format.format(**places)
    method = next(iter(route.methods or ()))
    body = _BODIES.get(route.name, {} if method in ("POST", "PUT", "PATCH") else None)
    if route.name == "decide_batch":
        item = {"unit": unit, "language": "sw", "revision": 1, "state": "translated", "text": "x"}
        body = {"items": [item]}
    headers = {"If-Match": '"1"'} | ({"Authorization": f"Bearer {token}"} if token else {})
    params = {"language": "sw"} if route.name == "list_units" else {}
    if route.name == "finish_oidc":
        params = {"state": "guessed", "code": "guessed"}
    if route.name in ("search_memory", "find_terms"):
        params = {"text": "Open", "language": "sw"}
    if route.name == "import_glossary":
        return client.post(path, params={"project": project}, content=TERMS, headers=headers)
    return client.request(method, path, params=params, json=body, headers=headers)


@pytest.mark.parametrize("route", _ROUTES, ids=lambda route: route.name)
def test_every_operation_says_what_it_needs(route: APIRoute) -> None:
    assert route.name in NEEDED


def test_nothing_is_in_the_table_that_is_no_operation() -> None:
    assert set(NEEDED) == {route.name for route in _ROUTES}


@pytest.mark.parametrize("route", _ROUTES, ids=lambda route: route.name)
def test_a_role_may_do_in_its_own_project_what_the_table_says_and_nothing_in_another(
    client: TestClient, work: Workspace, route: APIRoute
) -> None:
    replace(work, spec=replace(work.spec, slug="school")).push()
    accounts.invite(work.store, BOSS, "boss2", [Grant(Role.OWNER)], CLOCK)
    accounts.invite(work.store, BOSS, "juma", [], CLOCK)
    needed = NEEDED[route.name]
    in_project = "{project}" in route.path or "{glossary}" in route.path
    nobody = send(client, route, work, "clinic", None).status_code
    guessed = ("sign_in", "set_up")
    assert (nobody == 401) is (needed is not None or route.name in guessed)
    for role in (*Role, None):
        for slug in ("clinic", "school"):
            with_glossary(work.store, f"of-{slug}", slug)
        grants = () if role is None else (Grant(role, "clinic"),)
        name = role.value if role else "nobody"
        account, _ = accounts.invite(work.store, BOSS, name, grants, CLOCK)
        who = Principal(name, grants, account_id=account.id)
        scope = Scope(permissions=frozenset(Permission))
        token = accounts.add_token(work.store, who, "test", scope, 1, CLOCK_NOW()).text
        own = send(client, route, work, "clinic", token).status_code
        foreign = send(client, route, work, "school", token).status_code
        if needed in (None, SIGNED_IN):
            # a wrong password answers as a wrong sign-in does
            assert 403 not in (own, foreign), role
            continue
        place = "clinic" if in_project else None
        assert (own != 403) is who.may(Permission(needed), place, "sw"), role
        assert (foreign == 403) or not in_project, role


def CLOCK_NOW() -> FixedClock:  # noqa: N802 - it stands where the clock of the service stands
    import time

    return FixedClock(int(time.time()))


def test_until_there_is_an_account_this_machine_has_one_user(
    client: TestClient, work: Workspace
) -> None:
    assert client.get(f"{API}/me").json()["name"] == "amina"
    joined(work.store, "boss2", Grant(Role.OWNER))
    assert problem(client.get(f"{API}/me")) == (401, "access.sign_in")


def test_a_service_that_others_reach_has_no_user_before_its_set_up(
    tmp_path: Path, work: Workspace
) -> None:
    with TestClient(
        create_app(settings_in(tmp_path), is_local=False), base_url="http://127.0.0.1"
    ) as client:
        assert problem(client.get(f"{API}/me")) == (401, "access.sign_in")
        secret = accounts.setup_secret(work.store, CLOCK_NOW())
        body = {"secret": secret, "name": "amina", "password": WORDS}
        assert client.post(f"{API}/setup", json=body).status_code == 201
        assert client.post(f"{API}/session", json=body | {}).status_code == 422
        signed = {"name": "amina", "password": WORDS}
        assert client.post(f"{API}/session", json=signed).status_code == 200
        assert client.get(f"{API}/me").json()["roles"][0]["role"] == "owner"
        client.delete(f"{API}/session")
        assert client.get(f"{API}/me").status_code == 401


def test_a_session_cookie_is_out_of_reach_for_scripts(client: TestClient, work: Workspace) -> None:
    joined(work.store, "boss2", Grant(Role.OWNER))
    answer = client.post(f"{API}/session", json={"name": "boss2", "password": WORDS})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_a_tool_without_bearer_tokens_sends_one_as_a_password(
    client: TestClient, work: Workspace
) -> None:
    who = joined(work.store, "boss2", Grant(Role.OWNER))
    token = accounts.add_token(work.store, who, "Weblate", Scope(), 1, CLOCK_NOW()).text
    assert client.get("/tm/languages/", auth=("any", token)).status_code == 200
    assert client.get("/tm/languages/", auth=("any", "guess")).status_code == 401
    for header in ("Basic", "Basic !", "Digest x", ""):
        answer = client.get("/tm/languages/", headers={"Authorization": header})
        assert answer.status_code == 401


def test_guessing_passwords_is_slowed_down(client: TestClient, work: Workspace) -> None:
    joined(work.store, "boss2", Grant(Role.OWNER))
    body = {"name": "boss2", "password": "guess after guess"}
    answers = [client.post(f"{API}/session", json=body) for _ in range(12)]
    assert [answer.status_code for answer in answers].count(401) == 10
    assert problem(answers[-1]) == (429, "access.throttled")
    assert int(answers[-1].headers["retry-after"]) > 0


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_everybody_may_look_at_what_a_public_project_shows(
    client: TestClient, work: Workspace, name: str
) -> None:
    joined(work.store, "boss2", Grant(Role.OWNER))
    route = next(route for route in _ROUTES if route.name == name)
    assert send(client, route, work, "clinic", None).status_code == 401
    with work.store.write() as uow:
        uow.projects.set_policy("clinic", public=True, self_review=None)
        uow.commit()
    assert send(client, route, work, "clinic", None).status_code == 200


def test_a_push_leaves_the_policy_of_its_project(work: Workspace) -> None:
    with work.store.write() as uow:
        uow.projects.set_policy("clinic", public=True, self_review=False)
        uow.commit()
    work.push()
    with work.store.read() as uow:
        project = uow.projects.require("clinic")
    assert (project.public, project.self_review) == (True, False)


def test_nobody_accepts_their_own_text_where_a_second_person_is_asked_for(work: Workspace) -> None:
    with work.store.write() as uow:
        uow.projects.set_policy("clinic", public=None, self_review=False)
        uow.commit()
    work.decide("b", "sw", text="Fungua", actor="amina")
    with pytest.raises(ConflictError) as caught:
        work.decide("b", "sw", State.REVIEWED, actor="amina")
    assert caught.value.error_code == "state.two_people"
    assert work.decide("b", "sw", State.REVIEWED, actor="juma").state is State.REVIEWED


def test_a_text_of_risk_takes_a_reviewer_who_knows_the_subject(
    client: TestClient, work: Workspace
) -> None:
    work.set_risk("a", "clinical")
    unit = work.units()["a"].id
    answers = []
    for name, role in (("rev", Role.REVIEWER), ("dom", Role.DOMAIN_REVIEWER)):
        who = joined(work.store, name, Grant(role))
        token = accounts.add_token(work.store, who, "t", Scope(), 1, CLOCK_NOW()).text
        headers = {"Authorization": f"Bearer {token}", "If-Match": '"1"'}
        where = f"{CLINIC}/units/{unit}/translations/sw"
        answers.append(client.put(where, json={"state": "reviewed"}, headers=headers).status_code)
    assert answers == [403, 200]


def test_whoever_is_signed_in_takes_along_what_is_kept_of_them_and_of_nobody_else(
    client: TestClient, work: Workspace
) -> None:
    joined(work.store, "boss2", Grant(Role.OWNER))
    joined(work.store, "juma", Grant(Role.TRANSLATOR, "clinic", "sw"))
    client.post(f"{API}/session", json={"name": "juma", "password": WORDS})
    answer = client.get(f"{API}/me/export")
    assert "attachment" in answer.headers["content-disposition"]
    kept = answer.json()
    assert (kept["name"], [role["role"] for role in kept["roles"]]) == ("juma", ["translator"])
    assert len(kept["sessions"]) == 1
    assert "boss2" not in answer.text
    assert "hash" not in answer.text
