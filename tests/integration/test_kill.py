"""``kill -9`` at any moment of a push leaves the old version or the new one, whole."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from dpg_l10n.store.maintenance import SqlMaintenance
from dpg_l10n.store.uow import SqlStore
from tests.support import dying
from tests.support.stores import SERVABLE

_ROOT = Path(__file__).parents[2]
_MOMENTS = 3


def push(url: str, version: int, moment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "tests.support.dying", url, str(version), moment],
        cwd=_ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def versions(url: str) -> dict[str, set[str]]:
    """Return by language and for the files which versions the store holds."""
    with closing(SqlStore(url)) as store:
        workspace = dying.workspace(store, 1)
        found = {
            language: {
                str(text.text).rpartition(" ")[2]
                for key, text in workspace.translations(language).items()
                if key in _keys_of_both()
            }
            for language in dying.LANGUAGES
        }
        with store.read() as uow:
            for number in (1, 2):
                for path, data in dying.workspace(store, number).files.items():
                    if uow.catalogues.read_file(workspace.catalogue_id("app"), path) == data:
                        found.setdefault(path, set()).add(str(number))
    return found


def _keys_of_both() -> set[str]:
    step = dying.UNITS // 30
    return {f"k{number}" for number in range(2 * step, dying.UNITS + step)}


@pytest.mark.parametrize("name", SERVABLE)
def test_a_killed_push_leaves_one_version_whole(name: str, tmp_path: Path) -> None:
    with SERVABLE[name](tmp_path / "whole") as url:
        assert push(url, 1, "never").returncode == 0
        total = int(push(url, 2, "never").stdout)
    # texts that a killed push added may be there already the next time: it has less to do then
    rng = random.Random()  # noqa: S311 - other moments each time, none of them a secret
    moments = [str(each) for each in rng.sample(range(2, total * 3 // 4), _MOMENTS)]
    with SERVABLE[name](tmp_path) as url:
        assert push(url, 1, "never").returncode == 0
        for moment in [*moments, "commit", "end"]:
            assert push(url, 2, moment).returncode == -signal.SIGKILL
            expected = {"2"} if moment == "end" else {"1"}
            assert list(versions(url).values()) == [expected] * len(versions(url)), moment
            with closing(SqlMaintenance(url)) as store:
                assert store.check(repair=False)[1] == ()
