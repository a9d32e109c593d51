"""Rows, a module per area. Integer keys, compact states, each distinct source text once.

The layout was measured at 10 million translations: see ``docs/decisions/0003-store-layout.md``.
A new area is a module here, its import below, and a migration.
"""

from __future__ import annotations

from dpg_l10n.store.tables.accounts import AccountRow, AuditRow, MembershipRow, SecretRow
from dpg_l10n.store.tables.actions import ActionRow, ActorRow, OriginRow
from dpg_l10n.store.tables.glossary import ConceptRow, GlossaryRow, TermRow
from dpg_l10n.store.tables.goods import GoodRow, RegistryRow
from dpg_l10n.store.tables.memory import MemoryEntryRow, MemoryRow, SpokenRow
from dpg_l10n.store.tables.projects import (
    CatalogueRow,
    CoverageRow,
    FileBeforeRow,
    FileRow,
    LocaleRow,
    ProjectRow,
)
from dpg_l10n.store.tables.releases import ReleasePartRow, ReleaseRow
from dpg_l10n.store.tables.review import CommentRow, LeaseRow, MarkRow, WithdrawalRow
from dpg_l10n.store.tables.row import SCHEMA_VERSION, Row, VersionRow
from dpg_l10n.store.tables.translations import (
    FindingRow,
    RevisionRow,
    SuggestionRow,
    TranslationRow,
)
from dpg_l10n.store.tables.trend import CoverageDayRow
from dpg_l10n.store.tables.units import TextRow, UnitChangeRow, UnitRow
from dpg_l10n.store.tables.webhooks import WebhookRow

__all__ = [
    "SCHEMA_VERSION",
    "AccountRow",
    "ActionRow",
    "ActorRow",
    "AuditRow",
    "CatalogueRow",
    "CommentRow",
    "ConceptRow",
    "CoverageDayRow",
    "CoverageRow",
    "FileBeforeRow",
    "FileRow",
    "FindingRow",
    "GlossaryRow",
    "GoodRow",
    "LeaseRow",
    "LocaleRow",
    "MarkRow",
    "MembershipRow",
    "MemoryEntryRow",
    "MemoryRow",
    "OriginRow",
    "ProjectRow",
    "RegistryRow",
    "ReleasePartRow",
    "ReleaseRow",
    "RevisionRow",
    "Row",
    "SecretRow",
    "SpokenRow",
    "SuggestionRow",
    "TermRow",
    "TextRow",
    "TranslationRow",
    "UnitChangeRow",
    "UnitRow",
    "VersionRow",
    "WebhookRow",
    "WithdrawalRow",
]
