"""Model packages in the layout of Argos Translate, or described by hand: read, install, verify, remove."""

from dpg_l10n.engines.package.install import Verification, install, remove, verify
from dpg_l10n.engines.package.lock import sha256_of
from dpg_l10n.engines.package.metadata import Package, read_package, version_key
from dpg_l10n.engines.package.reading import installed

__all__ = [
    "Package",
    "Verification",
    "install",
    "installed",
    "read_package",
    "remove",
    "sha256_of",
    "verify",
    "version_key",
]
