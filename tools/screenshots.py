"""Make the pictures of the pages in ``docs/pictures/`` anew: ``python tools/screenshots.py``.

A service over the example of ``demo/`` and some invented projects runs on a free port of this machine; a Chromium looks at its pages. The
pictures are WebP, as small as they can be read: none has more than 60 kB.
"""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

from dpg_l10n.store.uow import SqlStore

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.support.browser import serving  # noqa: E402 - tools are run as scripts
from tests.support.countries import fill  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 60_000
_MAIN = [sys.executable, "-c", "from dpg_l10n_cli.main import main; main()"]
_ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
_PROJECT = "village-health-register"


@dataclass(frozen=True)
class Shot:
    """One picture."""

    name: str
    path: str
    """Of the page; with ``{key}`` where a unit stands."""
    width: int
    height: int
    language: str = "en"
    media: str = "screen"
    keys: dict[str, str] = field(default_factory=dict)
    """Name of a field of ``path`` to the source text of a unit."""
    text: str = ""
    """What is written into the field before the picture is taken."""


SHOTS = (
    Shot("review-phone", "/p/{p}/sw/{unit}?show=all", 360, 740, keys={"unit": "The record was saved."}),
    Shot(
        "review-finding", "/p/{p}/fr/{unit}?show=all", 360, 740, "fr",
        keys={"unit": "Your appointment is on {0} at {1}."}, text="Votre rendez-vous est le {0}.",
    ),
    Shot(
        "review-desktop", "/p/{p}/ru/{unit}?show=all", 1280, 720,
        keys={"unit": "%d patients"},
    ),
    Shot(
        "review-right-to-left", "/p/{p}/ar/{unit}?show=all", 360, 740, "ar",
        keys={"unit": "Your appointment is on %(date)s at %(time)s."},
    ),
    Shot("project", "/projects/{p}", 1280, 720),
    Shot("country", "/countries/KE", 1280, 1000),
    Shot("country-phone", "/countries/KE", 360, 740, "sw"),
    Shot("country-print", "/countries/KE", 800, 1130, media="print"),
)  # fmt: skip


def filled(folder: Path) -> str:
    """Return the address of a store with the example and some invented projects."""
    url = f"sqlite:///{folder / 'store.db'}"
    store = SqlStore(url)
    fill(store)
    store.close()
    for words in (["push", str(ROOT / "demo")], ["draft", "-p", _PROJECT]):
        command = [*_MAIN, *words, "--store", url]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return url


def take(browser: Browser, base: str, shot: Shot) -> bytes:
    """Return a picture as WebP."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height}, locale=shot.language
    )
    page = context.new_page()
    found = {name: unit_of(page, base, text) for name, text in shot.keys.items()}
    page.goto(base + shot.path.format(p=_PROJECT, **found))
    if shot.text:
        page.locator("textarea[name=text]").first.fill(shot.text)
        page.locator("#findings .error b").first.wait_for()
        page.locator("#findings").scroll_into_view_if_needed()
    page.emulate_media(media="print" if shot.media == "print" else "screen")
    devtools = context.new_cdp_session(page)
    asked: dict[str, Any] = {"format": "webp", "quality": 60}
    data = base64.b64decode(devtools.send("Page.captureScreenshot", asked)["data"])
    context.close()
    return data


def unit_of(page: Page, base: str, text: str) -> str:
    """Return the number of the unit with a source text."""
    asked = quote(f'source:"{text}"')
    page.goto(f"{base}/p/{_PROJECT}/sw/list?show=all&q={asked}")
    address = page.locator("ol.list a").first.get_attribute("href") or ""
    return address.partition("?")[0].rpartition("/")[2]


def main() -> None:
    """Write the pictures."""
    chromium = next(filter(None, map(shutil.which, ("/usr/bin/chromium", "chromium", "chrome"))))
    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(filled(Path(folder))) as base,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        for shot in SHOTS:
            data = take(browser, base, shot)
            if len(data) > MOST_BYTES:
                raise SystemExit(f"{shot.name} has {len(data)} bytes")
            (PICTURES / f"{shot.name}.webp").write_bytes(data)
            print(f"{shot.name}.webp {len(data) / 1000:.1f} kB")


if __name__ == "__main__":
    main()
