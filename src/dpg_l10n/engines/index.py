"""Argos's list of published packages, and fetching one of them: only when a person asks for it."""

from __future__ import annotations

import hashlib
import json
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import IO, Any

from dpg_l10n.engines.languages import from_argos
from dpg_l10n.errors import PackageError, UnavailableError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Pair

ARGOS_INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json"
"""Where Argos publishes its list. It holds neither sizes nor checksums."""

MAX_INDEX_BYTES = 16 * 1024**2
MAX_PACKAGE_BYTES = 2 * 1024**3
TIMEOUT_S = 30
_CHUNK = 256 * 1024

OpenUrl = Callable[[str], IO[bytes]]


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One published package."""

    name: str
    """``translate-en_es``."""
    version: str
    pair: Pair
    title: str
    """For people: ``English → Spanish``."""
    links: tuple[str, ...]
    """Addresses to fetch it from, https only."""


@dataclass(frozen=True, slots=True)
class Download:
    """A fetched file."""

    path: Path
    sha256: str
    """In hexadecimal; there is nothing to compare it with but what somebody else got."""
    size: int
    """In bytes."""


def read_index(source: Path | str, *, open_url: OpenUrl | None = None) -> list[IndexEntry]:
    """Read a list of packages.

    Args:
        source: Path of the list, or its https address, which is then fetched.
        open_url: How to fetch; None asks the network.

    Returns:
        What can be installed, in the order of the list. Entries of another kind are left out.

    Raises:
        UsageError: The address is not https.
        UnavailableError: It cannot be fetched or read.
        PackageError: ``package.index``: it is no list of packages.
    """
    with _open(source, open_url) as file:
        data = file.read(MAX_INDEX_BYTES + 1)
    try:
        rows = json.loads(data) if len(data) <= MAX_INDEX_BYTES else None
    except (ValueError, RecursionError):
        rows = None
    if not isinstance(rows, list):
        raise PackageError(N_("{path}: not a list of packages"), code="package.index", path=source)
    return [entry for entry in map(_entry, rows) if entry is not None]


def download(
    url: str,
    folder: Path,
    *,
    progress: Callable[[int], None] | None = None,
    open_url: OpenUrl | None = None,
) -> Download:
    """Fetch a package into a folder; installing it is another step.

    Args:
        url: Its https address.
        folder: Where to; made when it is not there. A file of the same name is replaced.
        progress: Called with the number of bytes got since the last call.
        open_url: How to fetch; None asks the network.

    Raises:
        UsageError: The address is not https or names no file.
        UnavailableError: It cannot be fetched, or the folder cannot be written.
        PackageError: ``package.size``: it is larger than 2 GB.
    """
    name = Path(urllib.parse.unquote(urllib.parse.urlsplit(url).path)).name
    if not name or name.startswith("."):
        raise UsageError(N_("{url} names no file"), url=url)
    with _open(url, open_url) as source:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False, suffix=".part") as part:
            unfinished = Path(part.name)
            try:
                checksum, size = _save(source, part, url, progress or (lambda _: None))
            except BaseException:
                unfinished.unlink()
                raise
        unfinished.replace(folder / name)
    return Download(folder / name, checksum, size)


def _save(
    source: IO[bytes], part: IO[bytes], url: str, progress: Callable[[int], None]
) -> tuple[str, int]:
    checksum, size = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        if size > MAX_PACKAGE_BYTES:
            raise PackageError(
                N_("{path}: larger than {limit} MB"),
                code="package.size", path=url, limit=MAX_PACKAGE_BYTES // 1024**2,
            )  # fmt: skip
        checksum.update(chunk)
        part.write(chunk)
        progress(len(chunk))
    return checksum.hexdigest(), size


def _entry(row: Any) -> IndexEntry | None:
    if not isinstance(row, dict) or row.get("type", "translate") != "translate":
        return None
    source, target, links = row.get("from_code"), row.get("to_code"), row.get("links")
    if not isinstance(source, str) or not isinstance(target, str) or not isinstance(links, list):
        return None
    try:
        pair = Pair(from_argos(source), from_argos(target))
    except UsageError:
        return None
    return IndexEntry(
        name=f"translate-{source}_{target}",
        version=str(row.get("package_version", "")),
        pair=pair,
        title=f"{row.get('from_name') or source} → {row.get('to_name') or target}",
        links=tuple(link for link in links if isinstance(link, str) and _is_https(link)),
    )


def _is_https(url: str) -> bool:
    return url.lower().startswith("https://")


class _HttpsOnly(urllib.request.HTTPRedirectHandler):
    """Follows no redirection to an address that is not https."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any,
        newurl: str,
    ) -> urllib.request.Request | None:  # fmt: skip
        if not _is_https(newurl):
            raise urllib.error.URLError(f"redirected to {newurl}, which is not https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _fetch(url: str) -> IO[bytes]:
    opener = urllib.request.build_opener(_HttpsOnly)
    request = urllib.request.Request(url, headers={"User-Agent": "dpg-l10n"})  # noqa: S310 - https
    response: IO[bytes] = opener.open(request, timeout=TIMEOUT_S)
    return response


@contextmanager
def _open(source: Path | str, open_url: OpenUrl | None) -> Iterator[IO[bytes]]:
    if isinstance(source, str) and not _is_https(source):
        raise UsageError(N_("{url}: only https addresses are fetched"), url=source)
    try:
        with (
            source.open("rb") if isinstance(source, Path) else (open_url or _fetch)(source) as file
        ):
            yield file
    except (OSError, HTTPException, ValueError) as error:
        raise UnavailableError(
            N_("{source} cannot be read: {detail}"), source=source, detail=error
        ) from error
