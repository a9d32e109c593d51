"""Configuration of other tools, read into ours: Transifex, Crowdin, Weblate, Tolgee."""

from dpg_l10n.services.foreign_config.importing import TOOLS, Imported, import_config

__all__ = ["TOOLS", "Imported", "import_config"]
