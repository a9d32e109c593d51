"""GNU gettext's own tools, as judges of what we read and write."""

from __future__ import annotations

import shutil
import subprocess

import pytest


def require_gettext() -> None:
    """Skip the test where gettext's tools are not installed."""
    if shutil.which("msgfmt") is None:
        pytest.skip("GNU gettext's tools (msgfmt, msgunfmt, msgcat) are not installed")


def run(tool: str, data: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    """Run a tool on bytes and return what came of it."""
    # The tools are found on the path, as a developer's shell finds them.
    command = [tool, *options, "-"]
    return subprocess.run(command, input=data, capture_output=True, check=False)  # noqa: S603 - no shell, our own words


def msgfmt(data: bytes, *options: str) -> bytes | None:
    """Return the compiled catalogue, None where ``msgfmt`` refuses the file."""
    done = run("msgfmt", data, "--no-hash", "-o", "-", *options)
    return done.stdout if done.returncode == 0 else None
