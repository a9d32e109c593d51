"""Fixtures of the tests that go through the doors."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.console import Console, console_in


@pytest.fixture
def console(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Console:
    """A console in an empty folder."""
    return console_in(tmp_path, monkeypatch, capsys)
