"""Fixtures of all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from dpg_l10n.store.uow import SqlStore
from tests.support import postgresql
from tests.support.stores import STORES

# a busy machine is no failure: Hypothesis allows an example 200 ms else
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_sessionfinish() -> None:
    """Stop the database server that tests may have started."""
    postgresql.stop()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """An empty store in memory, or with ``DPG_L10N_TEST_STORE=postgresql`` on a server."""
    name = os.environ.get("DPG_L10N_TEST_STORE", "sqlite memory")
    with STORES[name](tmp_path) as url:
        opened = SqlStore(url)
        yield opened
        opened.close()
