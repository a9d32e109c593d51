"""Signing in at an OpenID Connect provider, which runs here for the time of a test."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.testclient import TestClient

from dpg_l10n.config import settings
from dpg_l10n.errors import ConfigError
from dpg_l10n_api.main import create_app
from tests.support.api import API, problem, settings_in

KEY = RSAKey.generate_key(2048)
pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


class Provider(HTTPServer):
    """A provider that vouches for whoever comes."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.asked: dict[str, str] = {}
        self.claims: dict[str, Any] = {}
        self.key = KEY


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        here = self.server.issuer
        if self.path == "/keys":
            self._answer({"keys": [KEY.as_dict(private=False)]})
        else:
            self._answer({
                "issuer": here, "authorization_endpoint": f"{here}/authorize",
                "token_endpoint": f"{here}/token", "jwks_uri": f"{here}/keys",
            })  # fmt: skip

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        right = challenge == self.server.asked["code_challenge"] and form["code"] == "code"
        if not right or form["client_secret"] != "our secret":
            self._answer({"error": "invalid_grant"}, 400)
            return
        claims = {
            "iss": self.server.issuer, "aud": "dpg-l10n", "sub": "17",
            "exp": int(time.time()) + 60, "nonce": self.server.asked["nonce"],
            "email": "amina@example.org", **self.server.claims,
        }  # fmt: skip
        self._answer({"id_token": jwt.encode({"alg": "RS256"}, claims, self.server.key)})

    def _answer(self, found: dict[str, Any], status: int = 200) -> None:
        data = json.dumps(found).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture
def provider(socket_enabled: None) -> Iterator[Provider]:
    server = Provider()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def client(provider: Provider, tmp_path: Path) -> Iterator[TestClient]:
    known = replace(settings_in(tmp_path), oidc=(provider.issuer, "dpg-l10n", "our secret"))
    app = create_app(known, is_local=False)
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as made:
        yield made


def begun(client: TestClient, provider: Provider) -> dict[str, str]:
    """Begin to sign in; return what the provider is asked."""
    answer = client.get("/oidc/signin")
    assert answer.status_code == 303
    where = urlsplit(answer.headers["location"])
    assert where.path == "/authorize"
    provider.asked = {name: values[0] for name, values in parse_qs(where.query).items()}
    return provider.asked


def finished(client: TestClient, **sent: str) -> Any:
    return client.get("/oidc/callback", params={"code": "code", **sent})


def test_whom_the_provider_vouches_for_is_signed_in_without_a_role(
    client: TestClient, provider: Provider
) -> None:
    asked = begun(client, provider)
    assert (asked["scope"], asked["code_challenge_method"]) == ("openid", "S256")
    assert asked["redirect_uri"] == "http://127.0.0.1/oidc/callback"
    assert finished(client, state=asked["state"]).status_code == 303
    me = client.get(f"{API}/me").json()
    assert me["roles"] == []
    assert "amina" not in me["name"]


def test_the_same_subject_is_the_same_account(client: TestClient, provider: Provider) -> None:
    names = []
    for _ in range(2):
        finished(client, state=begun(client, provider)["state"])
        names.append(client.get(f"{API}/me").json()["name"])
    assert names[0] == names[1]


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"}, {"aud": "another"}, {"iss": "https://another.example"},
        {"exp": 1}, {"sub": None}, {"nonce": None},
    ],
)  # fmt: skip
def test_a_token_that_is_not_for_this_sign_in_is_refused(
    client: TestClient, provider: Provider, claims: dict[str, Any]
) -> None:
    asked = begun(client, provider)
    provider.claims = claims
    assert problem(finished(client, state=asked["state"])) == (401, "access.sign_in")
    assert client.get(f"{API}/me").status_code == 401


def test_a_token_signed_by_somebody_else_is_refused(client: TestClient, provider: Provider) -> None:
    asked = begun(client, provider)
    provider.key = RSAKey.generate_key(2048)
    assert problem(finished(client, state=asked["state"])) == (401, "access.sign_in")


@pytest.mark.parametrize(
    "sent", [{"state": "another"}, {"state": "é"}, {"state": ""}, {"code": "guessed"}, {"code": ""}]
)
def test_another_state_or_code_signs_nobody_in(
    client: TestClient, provider: Provider, sent: dict[str, str]
) -> None:
    asked = begun(client, provider)
    answer = finished(client, **{"state": asked["state"], **sent})
    assert problem(answer) == (401, "access.sign_in")


def test_a_callback_that_no_sign_in_began_signs_nobody_in(client: TestClient) -> None:
    assert problem(finished(client, state="x")) == (401, "access.sign_in")
    client.cookies.set("dpg_l10n_oidc", "no.cookie", path="/oidc")
    assert problem(finished(client, state="x")) == (401, "access.sign_in")


def test_who_changes_their_mind_at_the_provider_reads_it_on_a_page(
    client: TestClient, provider: Provider
) -> None:
    asked = begun(client, provider)
    sent = {"error": "access_denied", "state": asked["state"]}
    answer = client.get("/oidc/callback", params=sent, headers={"Accept": "text/html"})
    assert answer.status_code == 401
    assert "127.0.0.1 did not sign you in." in answer.text
    assert 'href="/signin?next=/"' in answer.text
    assert client.get(f"{API}/me").status_code == 401


@pytest.mark.parametrize(
    ("there", "lands"),
    [("/p/clinic/sw?state=draft", "/p/clinic/sw?state=draft"), ("//evil.example/x", "/")],
)
def test_the_page_to_sign_in_leads_to_the_provider_and_back_to_where_somebody_wanted_to_go(
    client: TestClient, provider: Provider, there: str, lands: str
) -> None:
    shown = client.get("/signin", params={"next": there}).text
    link = re.search(r'href="(/oidc/signin[^"]*)">\s*Sign in with 127.0.0.1<', shown)
    assert link is not None
    answer = client.get(html.unescape(link[1]))
    where = parse_qs(urlsplit(answer.headers["location"]).query)
    provider.asked = {name: values[0] for name, values in where.items()}
    back = finished(client, state=provider.asked["state"])
    assert (back.status_code, back.headers["location"]) == (303, lands)


def test_a_provider_that_says_it_is_another_is_not_taken(
    client: TestClient, provider: Provider
) -> None:
    provider.issuer = "https://another.example"
    assert problem(client.get("/oidc/signin")) == (503, "unavailable.provider")


def test_without_a_provider_there_is_nothing_to_sign_in_at(tmp_path: Path) -> None:
    with TestClient(create_app(settings_in(tmp_path)), base_url="http://127.0.0.1") as client:
        assert problem(client.get("/oidc/signin")) == (404, "not_found")


def test_half_a_configuration_is_refused() -> None:
    with pytest.raises(ConfigError, match="together"):
        settings({"DPG_L10N_OIDC_ISSUER": "https://id.example", "HOME": "/"})
