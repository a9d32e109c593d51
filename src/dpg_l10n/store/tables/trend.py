"""Rows of how coverage changed."""

from __future__ import annotations

from sqlalchemy import SmallInteger
from sqlmodel import Field

from dpg_l10n.store.tables.row import CLUSTERED, Row


class CoverageDayRow(Row, table=True):
    """What the changes of one day (in UTC, from 1970) added to a counter of coverage.

    Their sum up to a day is the coverage at its end. Locale 0 and bucket 0: the totals of the
    catalogue.
    """

    __tablename__ = "coverage_day"
    __table_args__ = CLUSTERED

    catalogue_id: int = Field(primary_key=True)
    locale_id: int = Field(primary_key=True, sa_type=SmallInteger)
    day: int = Field(primary_key=True)
    bucket: int = Field(primary_key=True, sa_type=SmallInteger)
    units: int
    words: int
