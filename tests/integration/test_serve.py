"""What ``dpg-l10n serve`` promises: it is for this machine, and ends in peace."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dpg_l10n_cli.main import run

_MAIN = "from dpg_l10n_cli.main import main; main()"
_GET = "import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1]).read().decode())"


def console(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Start the console in a process of its own: sockets are closed in this one."""
    return subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-c", _MAIN, *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment},
    )  # fmt: skip


def get(url: str) -> str:
    """Return what is at an address."""
    answer = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", _GET, url], capture_output=True, text=True, check=True
    )
    return answer.stdout


def address(process: subprocess.Popen[str]) -> str:
    """Return where a started service listens, from what ``--json`` prints."""
    assert process.stdout is not None
    printed = "".join(iter(process.stdout.readline, "}\n")) + "}"
    return str(json.loads(printed)["url"])


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_until_it_is_told_to_stop(tmp_path: Path, end: signal.Signals) -> None:
    with console("serve", "--port", "0", "--json", "--store", str(tmp_path / "s.db")) as process:
        try:
            url = address(process)
            assert json.loads(get(f"{url}/projects")) == {"items": []}
            process.send_signal(end)
            assert process.wait(30) == 0
        finally:
            process.kill()
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()


def test_it_wants_to_know_what_others_call_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--host", "0.0.0.0"]) == 2  # noqa: S104 - refused
    assert "--name" in capsys.readouterr().err


def test_a_store_that_cannot_be_opened_is_said_before_anything_listens(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "s.db"
    store.write_bytes(b"no database at all, but longer than the header of one" * 20)
    assert run(["serve", "--store", str(store)]) == 4
    assert "[unavailable.store]" in capsys.readouterr().err


def test_a_port_that_is_taken_is_said_so(tmp_path: Path) -> None:
    store = str(tmp_path / "s.db")
    with console("serve", "--port", "0", "--json", "--store", store) as first:
        try:
            port = address(first).split(":")[2].split("/")[0]
            with console("serve", "--port", port, "--store", store) as second:
                _, said = second.communicate(timeout=60)
            assert second.returncode == 4
            assert f"port {port}" in said
        finally:
            first.kill()


def test_a_demonstration_has_texts_and_a_country_and_leaves_nothing(tmp_path: Path) -> None:
    with console("serve", "--demo", "--port", "0", "--json", TMPDIR=str(tmp_path)) as process:
        try:
            url = address(process)
            drafts = json.loads(
                get(f"{url}/projects/village-health-register/units?language=es&state=draft")
            )
            assert drafts["items"]
            country = get(url.replace("/api/v1", "/countries/KE"))
            assert "Village Health Register" in country
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0
        finally:
            process.kill()
    assert not list(tmp_path.glob("dpg-l10n-demo-*"))


@pytest.mark.parametrize(
    "more",
    [
        ["--store", "s.db"],
        ["--host", "0.0.0.0", "--name", "l10n.example"],  # noqa: S104 - refused
    ],
)
def test_a_demonstration_is_for_this_machine_and_for_no_store(
    more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["serve", "--demo", *more]) == 2
    assert "--demo" in capsys.readouterr().err
