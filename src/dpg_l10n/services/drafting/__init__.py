"""Drafts for what is missing: exact memory first, then the machine; a person decides later."""

from dpg_l10n.services.drafting.draft import DraftOptions, draft, lacking

__all__ = ["DraftOptions", "draft", "lacking"]
