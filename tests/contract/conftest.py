"""Fixtures of what every store promises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dpg_l10n.ports import Store
from dpg_l10n.store.uow import SqlStore
from tests.support.stores import STORES, Begun


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with STORES[request.param](tmp_path) as url:
        opened = SqlStore(url)
        yield opened
        opened.close()


@pytest.fixture
def begun(store: Store) -> Iterator[Begun]:
    with store.write() as uow:
        yield Begun(uow)
