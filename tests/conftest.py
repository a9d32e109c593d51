"""Fixtures of all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dpg_l10n.store.uow import SqlStore


@pytest.fixture
def store() -> Iterator[SqlStore]:
    """An empty store in memory."""
    opened = SqlStore("sqlite://")
    yield opened
    opened.close()
