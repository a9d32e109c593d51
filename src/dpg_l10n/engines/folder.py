"""The installed model packages, as the console manages them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from dpg_l10n.engines.index import ARGOS_INDEX, Download, IndexEntry, download, read_index
from dpg_l10n.engines.package import (
    Package,
    Verification,
    install,
    installed,
    remove,
    verify,
    version_key,
)
from dpg_l10n.errors import NotFoundError


class ModelFolder:
    """Model packages in one folder.

    Args:
        folder: Where they lie; Argos Translate finds them there too.
    """

    default_index = ARGOS_INDEX

    def __init__(self, folder: Path) -> None:
        """Look at nothing yet."""
        self.folder = folder

    def list(self) -> tuple[Package, ...]:
        """Return the installed packages by name, broken ones included."""
        found = installed([self.folder])
        return tuple(sorted(found, key=lambda one: (one.name, version_key(one.version))))

    def install(self, path: Path, *, sha256: str | None = None) -> Package:
        """Install a package from a file or folder, see :func:`dpg_l10n.engines.package.install`."""
        return install(path, self.folder, sha256=sha256)

    def fetch(self, url: str, *, sha256: str | None = None) -> tuple[Package, Download]:
        """Download a package over https and install it.

        Raises:
            PackageError: It is refused.
            UnavailableError: The network or the address fails.
        """
        with tempfile.TemporaryDirectory() as folder:
            fetched = download(url, Path(folder))
            return self.install(fetched.path, sha256=sha256), fetched

    def index(self, source: Path | str) -> tuple[IndexEntry, ...]:
        """Return the packages that an index offers."""
        return tuple(read_index(source))

    def verify(self) -> tuple[Verification, ...]:
        """Compare the files of every package with what was installed."""
        return tuple(verify(package) for package in self.list())

    def remove(self, name: str) -> Package:
        """Remove an installed package by its name, with or without the version.

        Raises:
            NotFoundError: None is installed under this name.
        """
        for package in self.list():
            if name in (package.name, package.path.name, package.folder_name):
                remove(package)
                return package
        known = ", ".join(package.name for package in self.list()) or "none"
        raise NotFoundError(kind="model", name=name, hint=f"Installed: {known}.")
