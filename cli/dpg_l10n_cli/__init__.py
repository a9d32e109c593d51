"""The console door: ``dpg-l10n``."""
