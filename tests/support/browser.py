"""A service in a process of its own for a browser, and what axe-core says of a page."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

_MAIN = "from dpg_l10n_cli.main import main; main()"
_STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def serving(store: str) -> Iterator[str]:
    """Yield the address of the pages of a service over a store, on a free port of this machine."""
    command = [sys.executable, "-c", _MAIN, "serve", "--port", "0", "--json", "--store", store]
    with subprocess.Popen(  # noqa: S603 - our own words
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            printed = ""
            while not printed.endswith("}\n"):
                line = process.stdout.readline()
                assert line, "the service ended before it listened"
                printed += line
            yield str(json.loads(printed)["pages"]).rstrip("/")
        finally:
            process.terminate()
            process.wait(30)


def violations(page: Page) -> list[str]:
    """Return what axe-core finds wrong with a page: rule, and the first element that breaks it."""
    page.evaluate(Path(AXE_FILE_PATH).read_text(encoding="utf-8"))
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}}).then(r => r.violations)",
        _STANDARDS,
    )
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
