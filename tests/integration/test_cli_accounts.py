"""Accounts, tokens and the audit log from the console."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dpg_l10n.store.uow import SqlStore
from dpg_l10n_cli.main import run


@pytest.fixture
def store(tmp_path: Path) -> str:
    return str(tmp_path / "store.db")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert run([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_an_account_is_made_listed_and_deleted(
    store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    made = said(capsys, "user", "add", "amina", "--role", "owner", "--store", store)
    assert made["secret"].startswith("dpgl10n_")
    said(capsys, "user", "add", "juma", "-p", "clinic", "-l", "sw", "--store", store)
    listed = said(capsys, "user", "list", "--store", store)
    assert [(each["name"], each["roles"][0]["role"]) for each in listed] == [
        ("amina", "owner"), ("juma", "translator"),
    ]  # fmt: skip
    former = said(capsys, "user", "delete", "juma", "--store", store)["former"]
    assert former.startswith("former-")
    assert len(said(capsys, "user", "list", "--store", store)) == 1


def test_the_secret_alone_is_on_standard_output(
    store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["user", "add", "amina", "--store", store]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("dpgl10n_")
    assert printed.out.count("\n") == 1
    assert "translator" in printed.err


def test_no_password_and_no_secret_is_ever_printed_again(
    store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = said(capsys, "user", "add", "amina", "--role", "owner", "--store", store)["secret"]
    token = said(capsys, "token", "add", "amina", "CI", "--store", store)["secret"]
    for command in (
        ["user", "list"], ["user", "export", "amina"], ["token", "list", "amina"], ["audit", "show"],
    ):  # fmt: skip
        assert run([*command, "--store", store, "--json"]) == 0
        printed = capsys.readouterr().out
        assert secret not in printed
        assert token not in printed


def test_a_role_is_given_and_taken(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "user", "add", "boss", "--role", "owner", "--store", store)
    said(capsys, "user", "add", "amina", "--store", store)
    place = ("-p", "clinic", "-l", "sw", "--store", store)
    given = said(capsys, "user", "grant", "amina", "--role", "reviewer", *place)
    assert given["roles"][-1] == {"role": "reviewer", "project": "clinic", "language": "sw"}
    taken = said(capsys, "user", "grant", "amina", "--take", *place)
    assert len(taken["roles"]) == 1


def test_the_last_owner_stays(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "user", "add", "boss", "--role", "owner", "--store", store)
    assert run(["user", "disable", "boss", "--store", store]) == 5
    assert "[account.last_owner]" in capsys.readouterr().err


def test_a_token_is_limited_and_revoked(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "user", "add", "amina", "--store", store)
    made = said(
        capsys, "token", "add", "amina", "CI", "-p", "clinic", "--permission", "read",
        "--store", store,
    )  # fmt: skip
    assert (made["project"], made["permissions"]) == ("clinic", ["read"])
    said(capsys, "token", "revoke", "amina", str(made["id"]), "--store", store)
    assert said(capsys, "token", "list", "amina", "--store", store) == []
    assert run(["token", "revoke", "amina", str(made["id"]), "--store", store]) == 2


def test_a_changed_log_is_seen(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "user", "add", "amina", "--store", store)
    said(capsys, "user", "add", "juma", "--store", store)
    assert said(capsys, "audit", "verify", "--store", store)["whole"]
    opened = SqlStore(f"sqlite:///{store}")
    with opened._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE audit SET actor = 'mallory' WHERE id = 1")
    opened.close()
    assert run(["audit", "verify", "--store", store]) == 1
    assert "Step 1" in capsys.readouterr().out
