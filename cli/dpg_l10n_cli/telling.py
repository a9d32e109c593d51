"""What the console does to a store is told to the webhooks of the project, as a service tells it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dpg_l10n import bootstrap
from dpg_l10n.config import Settings
from dpg_l10n.interchange.plain import plain
from dpg_l10n.ports import Store
from dpg_l10n.services.reports import PushReport
from dpg_l10n.services.telling import low, tell_push
from dpg_l10n.services.webhooks import announce, listened


def tell(config: Settings, store: Store, slug: str, event: str, data: dict[str, Any]) -> None:
    """Tell that something happened; where nobody asked for it no file of jobs is made."""
    if listened(store, slug):
        with bootstrap.open_jobs(config) as jobs:
            announce(store, jobs, slug, event, data, bootstrap.clock())


@contextmanager
def telling_push(config: Settings, store: Store, slug: str) -> Iterator[list[PushReport]]:
    """Tell of a push whose report is put into the list that this yields."""
    before, reports = low(store, slug), list[PushReport]()
    yield reports
    if reports and listened(store, slug):
        with bootstrap.open_jobs(config) as jobs:
            tell_push(store, jobs, plain(reports[0]), before, bootstrap.clock())
