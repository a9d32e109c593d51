"""What the pages ship: of others unchanged, and by address of its contents."""

from __future__ import annotations

import gzip
import hashlib

from dpg_l10n_api.pages import assets


def test_an_address_says_what_the_file_holds() -> None:
    digest = hashlib.sha256((assets.FOLDER / "app.css").read_bytes()).hexdigest()[:12]
    assert assets.address("app.css") == f"/static/app.{digest}.css"


def test_no_style_or_script_comes_from_elsewhere() -> None:
    for path in [*assets.FOLDER.glob("*.css"), *assets.FOLDER.glob("*.js")]:
        text = path.read_text(encoding="utf-8")
        assert "http://" not in text
        assert "https://" not in text


def test_the_stylesheet_is_small() -> None:
    assert len(gzip.compress((assets.FOLDER / "app.css").read_bytes(), 9)) < 8_000
