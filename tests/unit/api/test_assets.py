"""What the pages ship: of others unchanged, and by address of its contents."""

from __future__ import annotations

import gzip
import hashlib
import tomllib

import pytest

from dpg_l10n_api.pages import assets

_VENDOR = assets.FOLDER / "vendor"
_LISTED = tomllib.loads((_VENDOR / "vendor.toml").read_text(encoding="utf-8"))["asset"]


@pytest.mark.parametrize("asset", _LISTED, ids=lambda asset: asset["file"])
def test_what_others_wrote_is_shipped_as_they_wrote_it(asset: dict[str, str]) -> None:
    data = (_VENDOR / asset["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == asset["sha256"]
    assert (_VENDOR / asset["licence_file"]).read_text(encoding="utf-8").strip()


def test_every_file_of_others_is_listed() -> None:
    listed = {asset["file"] for asset in _LISTED} | {asset["licence_file"] for asset in _LISTED}
    assert {path.name for path in _VENDOR.iterdir()} == listed | {"vendor.toml"}


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
