"""The file of a bundle: tables as lines of JSON in a ZIP, a list with the SHA-256 of each, a signature."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from dpg_l10n import __version__
from dpg_l10n.errors import InputError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Clock, Store
from dpg_l10n.services.bundles.reports import BundleReport

MANIFEST, SIGNATURE = "manifest.json", "signature"
_VERSION = 1
_MOST_LISTED = 1 << 20
"""Bytes of the list: it has a line for each table."""
_PORTION = 1 << 20
_TORN = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, OSError, OverflowError,
    RuntimeError, ValueError,
)  # fmt: skip
"""What the module raises of archives that are none."""
_WHEN = (1980, 1, 1, 0, 0, 0)


def write_bundle(
    store: Store, slug: str, file: BinaryIO, clock: Clock, key: bytes | None = None
) -> BundleReport:
    """Write all that a project holds into a file, as it is at one moment.

    Args:
        store: Where from.
        slug: Project.
        file: Where to, at its beginning.
        clock: Gives the time.
        key: To sign it with; None leaves it unsigned.

    Raises:
        NotFoundError: There is no such project.
    """
    rows: dict[str, int] = {}
    digests: dict[str, str] = {}
    with zipfile.ZipFile(file, "w") as archive:
        with store.read() as uow:
            project = uow.projects.require(slug)
            licences = {project.licence, *(c.licence for c in uow.catalogues.list(project.id))}
            for table, lines in uow.bundles.dump(project.id):
                name, count, digest = f"{table}.jsonl", -1, hashlib.sha256()
                with archive.open(_member(name), "w", force_zip64=True) as member:
                    for count, line in enumerate(lines):  # noqa: B007 - how many there were
                        data = line.encode() + b"\n"
                        digest.update(data)
                        member.write(data)
                rows[table], digests[name] = count, digest.hexdigest()
        listed = {
            "bundle": _VERSION, "project": slug, "name": project.name,
            "source_language": project.source_language, "licences": sorted(filter(None, licences)),
            "made": clock.now(), "program": __version__, "rows": rows, "members": digests,
        }  # fmt: skip
        manifest = json.dumps(listed, indent=1).encode()
        archive.writestr(_member(MANIFEST), manifest)
        if key:
            archive.writestr(_member(SIGNATURE), _signed(key, manifest))
    return _report(listed, manifest, signed=bool(key), trusted=bool(key))


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _WHEN)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def verify_bundle(file: BinaryIO, key: bytes | None = None) -> BundleReport:
    """Look whether every byte of a bundle is what was written, and who signed it.

    Args:
        file: The bundle.
        key: With a key only a bundle that was signed with it is good.

    Raises:
        InputError: ``bundle.damaged``, ``bundle.newer``, ``bundle.signature``.
    """
    with opened(file) as archive:
        try:
            listed, manifest = _checked(archive)
            signed = SIGNATURE in archive.namelist()
            good = signed and bool(key) and _is_signed(archive, key or b"", manifest)
        except _TORN as error:
            raise damaged(str(error) or "it ends too early") from error
    if key and not good:
        raise InputError(
            N_("The bundle was not signed with the key of this machine: DPG_L10N_BUNDLE_KEY."),
            code="bundle.signature",
        )
    return _report(listed, manifest, signed=signed, trusted=good)


def _checked(archive: zipfile.ZipFile) -> tuple[dict[str, Any], bytes]:
    """Return the list of a bundle's parts, parsed and as it is, after looking at each of them."""
    manifest = _read_manifest(archive)
    listed = _parsed(manifest)
    names = [name for name in archive.namelist() if name not in (MANIFEST, SIGNATURE)]
    if sorted(names) != sorted(listed["members"]):
        raise damaged("it has not the parts that it lists")
    for name, wanted in listed["members"].items():
        if _digest(archive, name) != wanted:
            raise damaged(f"“{name}” is not what was written")
    return listed, manifest


@contextmanager
def opened(file: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """Open a bundle.

    Raises:
        InputError: ``bundle.damaged``: it is none.
    """
    file.seek(0)
    try:
        archive = zipfile.ZipFile(file)
    except _TORN as error:
        raise damaged("it is no bundle, or its end is missing") from error
    with archive:
        yield archive


def lines(archive: zipfile.ZipFile, table: str) -> Iterator[str]:
    """Yield the lines of a table."""
    with archive.open(f"{table}.jsonl") as member:
        yield from io.TextIOWrapper(member, encoding="utf-8", newline="\n")


def damaged(detail: str) -> InputError:
    """Return the error that a bundle is not what was written."""
    return InputError(
        N_("The bundle is damaged: {detail}. Nothing was read from it."),
        code="bundle.damaged", detail=detail,
    )  # fmt: skip


def _read_manifest(archive: zipfile.ZipFile) -> bytes:
    if MANIFEST not in archive.namelist():
        raise damaged("it has no list of its parts")
    with archive.open(MANIFEST) as member:
        return member.read(_MOST_LISTED)


def _parsed(manifest: bytes) -> dict[str, Any]:
    try:
        listed: dict[str, Any] = json.loads(manifest)
        version = listed["bundle"]
        _report(listed, manifest, signed=False, trusted=False)
        listed["members"].items()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged("the list of its parts cannot be read") from error
    if version != _VERSION:
        raise InputError(
            N_("The bundle is of version {version}, which this program does not know. Upgrade first."),
            code="bundle.newer", version=version,
        )  # fmt: skip
    return listed


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as member:
        while data := member.read(_PORTION):
            digest.update(data)
    return digest.hexdigest()


def _signed(key: bytes, manifest: bytes) -> str:
    return hmac.digest(key, manifest, hashlib.sha256).hex()


def _is_signed(archive: zipfile.ZipFile, key: bytes, manifest: bytes) -> bool:
    with archive.open(SIGNATURE) as member:
        return hmac.compare_digest(member.read(1000), _signed(key, manifest).encode())


def _report(
    listed: dict[str, Any], manifest: bytes, *, signed: bool, trusted: bool
) -> BundleReport:
    return BundleReport(
        listed["project"], listed["name"], listed["source_language"], tuple(listed["licences"]),
        listed["made"], listed["program"], dict(listed["rows"]),
        hashlib.sha256(manifest).hexdigest(), signed, trusted,
    )  # fmt: skip
