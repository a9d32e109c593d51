"""Sign-in pages: plain forms, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dpg_l10n import bootstrap
from dpg_l10n.services import accounts
from dpg_l10n.store.uow import SqlStore
from dpg_l10n_api.access import SESSION_COOKIE
from tests.support.api import running, settings_in

PASSWORD = "four words are best"


@pytest.fixture
def secret(tmp_path: Path) -> str:
    store = SqlStore(settings_in(tmp_path).store)
    made = accounts.setup_secret(store, bootstrap.clock())
    store.close()
    assert made
    return made


@pytest.fixture
def client(tmp_path: Path, secret: str) -> Iterator[TestClient]:
    with running(settings_in(tmp_path)) as client:
        client.follow_redirects = False
        yield client


@pytest.fixture
def owner(client: TestClient, secret: str) -> TestClient:
    said = {"secret": secret, "name": "hana", "password": PASSWORD}
    assert client.post("/setup", data=said).headers["location"] == "/"
    return client


def test_the_first_owner_chooses_a_password_and_is_signed_in(owner: TestClient) -> None:
    assert "hana" in owner.get("/account").text
    assert owner.cookies[SESSION_COOKIE]


def test_a_used_link_is_told_and_what_was_written_is_given_back(
    owner: TestClient, secret: str
) -> None:
    said = {"secret": secret, "name": "mallory", "password": PASSWORD}
    answer = owner.post("/setup", data=said)
    assert answer.status_code == 401
    assert "used up" in answer.text
    assert 'value="mallory"' in answer.text
    assert PASSWORD not in answer.text


def test_somebody_signs_out_and_in_again_and_lands_where_they_wanted(owner: TestClient) -> None:
    assert owner.post("/signout").headers["location"] == "/signin"
    asked = owner.get("/account")
    assert asked.headers["location"] == "/signin?next=/account"
    wrong = owner.post("/signin", data={"name": "hana", "password": "no", "next": "/account"})
    assert wrong.status_code == 401
    assert "not right" in wrong.text
    right = owner.post("/signin", data={"name": "hana", "password": PASSWORD, "next": "/account"})
    assert right.headers["location"] == "/account"
    assert "httponly" in right.headers["set-cookie"].lower()


@pytest.mark.parametrize(
    "there", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "x"]
)
def test_nobody_is_sent_elsewhere(owner: TestClient, there: str) -> None:
    answer = owner.post("/signin", data={"name": "hana", "password": PASSWORD, "next": there})
    assert answer.headers["location"] == "/"


def test_a_form_of_another_origin_changes_nothing(owner: TestClient) -> None:
    answer = owner.post("/signout", headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert owner.get("/account").status_code == 200


def test_a_token_is_shown_once_and_ended(owner: TestClient) -> None:
    made = owner.post("/account/tokens", data={"name": "nightly", "days": "30", "may": "read"})
    token = made.text.partition('class="secret" dir="ltr">')[2].partition("<")[0]
    bearer = {"Authorization": f"Bearer {token}"}
    assert owner.get("/api/v1/me", headers=bearer).json()["name"] == "hana"
    assert made.headers["cache-control"] == "no-store"
    page = owner.get("/account").text
    assert token not in page
    number = page.partition("/account/tokens/")[2].partition("/")[0]
    assert owner.post(f"/account/tokens/{number}/end").status_code == 303
    assert "nightly" not in owner.get("/account").text


def test_another_password_ends_every_session(owner: TestClient) -> None:
    wrong = owner.post("/account/password", data={"old": "no", "new": "another few words"})
    assert wrong.status_code == 401
    said = {"old": PASSWORD, "new": "another few words"}
    assert owner.post("/account/password", data=said).headers["location"] == "/signin"


def test_an_account_goes_only_when_its_name_is_written(owner: TestClient) -> None:
    assert owner.post("/account/delete", data={"name": "han"}).status_code == 422
    gone = owner.post("/account/delete", data={"name": "hana"})
    assert gone.headers["location"] == "/signin"
    again = owner.post("/signin", data={"name": "hana", "password": PASSWORD})
    assert again.status_code == 401


def test_on_a_machine_of_its_own_nobody_needs_an_account(client: TestClient) -> None:
    page = client.get("/account")
    assert "amina" in page.text
    assert "Sign out" not in page.text
