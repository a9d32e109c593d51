"""``dpg-l10n.toml``: reading, checking and writing a project's configuration."""

from dpg_l10n.services.projectfile.read import FILENAME, build, load, parse
from dpg_l10n.services.projectfile.schema import Checker
from dpg_l10n.services.projectfile.write import write

__all__ = ["FILENAME", "Checker", "build", "load", "parse", "write"]
