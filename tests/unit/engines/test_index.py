from __future__ import annotations

import hashlib
import io
import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.engines import index
from dpg_l10n.errors import PackageError, UnavailableError, UsageError
from dpg_l10n.ports import Pair

_ROW = {
    "package_version": "1.9", "from_code": "en", "from_name": "English", "to_code": "zt",
    "to_name": "Chinese (traditional)",
    "links": ["ipfs://x", "http://example.org/a", "https://example.org/a.argosmodel"],
}  # fmt: skip


def _read(tmp_path: Path, data: Any) -> list[index.IndexEntry]:
    path = tmp_path / "index.json"
    path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
    return index.read_index(path)


def _answer(data: bytes) -> index.OpenUrl:
    def open_url(url: str) -> IO[bytes]:
        return io.BytesIO(data)

    return open_url


def test_an_entry_gives_pair_version_and_https_addresses_only(tmp_path: Path) -> None:
    (entry,) = _read(tmp_path, [_ROW])
    assert entry == index.IndexEntry(
        "translate-en_zt", "1.9", Pair("en", "zh-Hant"), "English → Chinese (traditional)",
        ("https://example.org/a.argosmodel",),
    )  # fmt: skip


def test_entries_that_cannot_be_installed_are_left_out(tmp_path: Path) -> None:
    rows = [
        {**_ROW, "type": "sbd"},
        {**_ROW, "to_code": "!"},
        {"links": []},
        5,
        {**_ROW, "links": 1},
    ]
    assert _read(tmp_path, rows) == []


@pytest.mark.parametrize("data", [b"{}", b"not json", b"\xff\xfe", b"[" * 100_000, b""])
def test_what_is_no_list_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(PackageError) as caught:
        _read(tmp_path, data)
    assert caught.value.error_code == "package.index"


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_a_list_or_a_package_error(data: bytes) -> None:
    try:
        entries = index.read_index("https://example.org/index.json", open_url=_answer(data))
    except PackageError:
        return
    assert isinstance(entries, list)


def test_an_index_can_be_fetched() -> None:
    data = json.dumps([_ROW]).encode()
    (entry,) = index.read_index("https://example.org/index.json", open_url=_answer(data))
    assert entry.name == "translate-en_zt"


@pytest.mark.parametrize(
    "url", ["http://example.org/a.argosmodel", "file:///etc/passwd", "ftp://x/y"]
)
def test_only_https_is_fetched(tmp_path: Path, url: str) -> None:
    with pytest.raises(UsageError):
        index.read_index(url)
    with pytest.raises(UsageError):
        index.download(url, tmp_path)


def test_a_missing_index_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match=r"index\.json"):
        index.read_index(tmp_path / "index.json")


def test_a_download_has_its_name_size_and_checksum(tmp_path: Path) -> None:
    told: list[int] = []
    got = index.download(
        "https://example.org/models/en_es.argosmodel?x=1", tmp_path / "new",
        progress=told.append, open_url=_answer(b"model"),
    )  # fmt: skip
    assert got == index.Download(
        tmp_path / "new" / "en_es.argosmodel", hashlib.sha256(b"model").hexdigest(), 5
    )
    assert got.path.read_bytes() == b"model"
    assert told == [5]


def test_a_download_that_is_too_large_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "MAX_PACKAGE_BYTES", 3)
    with pytest.raises(PackageError) as caught:
        index.download("https://example.org/a", tmp_path, open_url=_answer(b"model"))
    assert caught.value.error_code == "package.size"
    assert list(tmp_path.iterdir()) == []


def test_a_download_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise TimeoutError("timed out")

    with pytest.raises(UnavailableError, match="timed out"):
        index.download("https://example.org/a", tmp_path, open_url=lambda _: Broken())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["https://example.org", "https://example.org/.hidden"])
def test_an_address_without_a_file_name_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(UsageError):
        index.download(url, tmp_path, open_url=_answer(b""))


def test_a_redirection_away_from_https_is_not_followed() -> None:
    request = urllib.request.Request("https://example.org/a")
    with pytest.raises(urllib.error.URLError):
        index._HttpsOnly().redirect_request(
            request, io.BytesIO(), 302, "", {}, "http://example.org"
        )
