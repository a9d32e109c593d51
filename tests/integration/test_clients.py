"""The examples of clients do what they say, against a service that runs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from dpg_l10n import bootstrap
from dpg_l10n.domain.access import Grant, Permission, Principal, Role, Scope, local
from dpg_l10n.services import accounts
from dpg_l10n.store.uow import SqlStore
from tests.integration.test_serve import address, console
from tests.support.projects import json_project

_DOCS = Path(__file__).parents[2] / "docs"
_PAGE = (_DOCS / "clients.md").read_text(encoding="utf-8")
_BLOCKS = dict(re.findall(r"(?ms)^```sh ?(\w*)\n(.*?)^```", _PAGE))
_ROLES = ("viewer", "translator", "reviewer", "maintainer", "owner")


@dataclass(frozen=True)
class Running:
    """A service, and a token for each role."""

    url: str
    tokens: dict[str, str]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Running]:
    file = tmp_path / "store.db"
    clock, tokens = bootstrap.clock(), {}
    with closing(SqlStore(f"sqlite:///{file}")) as store:
        source = {"open": "Open", "save": "Save", "close": "Close", "go": "Go"}
        json_project(store, source, sw={"save": "Hifadhi", "close": "Funga"}).push()
        for role in map(Role, _ROLES):
            grants = (Grant(role),)
            account, _ = accounts.invite(store, local("boss"), f"the-{role.value}", grants, clock)
            who = Principal(account.name, grants, account_id=account.id)
            scope = Scope(permissions=frozenset(Permission))
            tokens[role.value] = accounts.add_token(store, who, "test", scope, 1, clock).text
    with console("serve", "--port", "0", "--json", "--store", str(file)) as process:
        try:
            yield Running(address(process), tokens)
        finally:
            process.terminate()
            process.wait(60)


def run(command: list[str], service: Running, role: str, folder: Path) -> str:
    """Run an example in a folder and return what it prints."""
    done = subprocess.run(  # noqa: S603 - our own words
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "API": service.url, "DPG_L10N_TOKEN": service.tokens[role]},
    )  # fmt: skip
    assert done.returncode == 0, (done.stdout, done.stderr)
    return done.stdout


def test_there_is_a_day_for_each_role() -> None:
    assert set(_BLOCKS) == {"", *_ROLES}


@pytest.mark.skipif(
    not all(map(shutil.which, ("bash", "curl", "jq"))), reason="curl or jq is missing"
)
def test_the_days_of_the_page_go_by_in_curl(service: Running, tmp_path: Path) -> None:
    begin = "\n".join(
        line for line in _BLOCKS[""].splitlines() if not line.startswith("export API=")
    )
    said = {}
    for role in _ROLES:
        script = f"set -euo pipefail\n{begin}\n{_BLOCKS[role]}"
        said[role] = run(["bash", "-c", script], service, role, tmp_path).splitlines()
    assert said["translator"][-2:] == ['"translated"', "1"]
    assert said["reviewer"][0] == '"needs_work"'
    assert '"v1.0.0"' in "".join(said["maintainer"])
    assert (tmp_path / "clinic.zip").read_bytes().startswith(b"PK")
    assert said["owner"] == ["asha", "account.invite", '"the-owner"']


def test_the_days_of_the_script_go_by(service: Running, tmp_path: Path) -> None:
    script = str(_DOCS / "examples/client.py")
    said = {role: run([sys.executable, script, role], service, role, tmp_path) for role in _ROLES}
    assert "sw: " in said["viewer"]
    assert "bytes" in said["maintainer"]
    assert "account.invite" in said["owner"]
