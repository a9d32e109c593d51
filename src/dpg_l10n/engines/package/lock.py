"""The file beside the packages that pins what was installed: SHA-256 of every file."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dpg_l10n.errors import PackageError
from dpg_l10n.i18n import N_

LOCK = "dpg-l10n.lock.json"


@dataclass(frozen=True, slots=True)
class Pin:
    """What one package was when it was installed."""

    archive: str
    """SHA-256 of the archive in hexadecimal; empty when it was installed from a folder."""
    files: Mapping[str, str]
    """SHA-256 of each file by its path in the package, with slashes."""


@dataclass(frozen=True, slots=True)
class Lock:
    """All pins of a folder of packages, by the name of the package's folder."""

    pins: Mapping[str, Pin] = field(default_factory=dict)

    def archive(self, name: str) -> str:
        """Return the checksum of the archive that a package came from, empty where unknown."""
        pin = self.pins.get(name)
        return pin.archive if pin else ""

    def with_pin(self, name: str, pin: Pin | None) -> Lock:
        """Return a lock in which one package has this pin, or none."""
        others = {key: value for key, value in self.pins.items() if key != name}
        return Lock(others if pin is None else {**others, name: pin})


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a package by its path, with slashes."""
    return {
        path.relative_to(folder).as_posix(): sha256_of(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def read_lock(folder: Path) -> Lock:
    """Read the lock file of a folder of packages; without one nothing is pinned.

    Raises:
        PackageError: ``package.checksum``: the file is there and damaged. It is not passed over,
            for then nothing would be verified and nobody would notice.
    """
    path = folder / LOCK
    try:
        data: Any = json.loads(path.read_bytes())
        return Lock(
            {
                str(name): Pin(
                    str(pin["archive"]), {str(k): str(v) for k, v in pin["files"].items()}
                )
                for name, pin in data["packages"].items()
            }
        )
    except FileNotFoundError:
        return Lock()
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise PackageError(
            N_("{path}: the lock file is damaged. Restore it, or delete it and install again."),
            code="package.checksum", path=path,
        ) from error  # fmt: skip


def write_lock(folder: Path, lock: Lock) -> None:
    """Replace the lock file of a folder of packages in one step."""
    packages = {
        name: {"archive": pin.archive, "files": dict(sorted(pin.files.items()))}
        for name, pin in sorted(lock.pins.items())
    }
    text = json.dumps({"version": 1, "packages": packages}, indent=2) + "\n"
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{LOCK}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).chmod(0o644)
    Path(name).replace(folder / LOCK)
