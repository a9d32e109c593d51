"""Bundles: all that a project holds as one file, for another store without a line between them."""

from dpg_l10n.services.bundles.archive import verify_bundle, write_bundle
from dpg_l10n.services.bundles.reading import read_bundle
from dpg_l10n.services.bundles.reports import BundleRead, BundleReport

__all__ = ["BundleRead", "BundleReport", "read_bundle", "verify_bundle", "write_bundle"]
