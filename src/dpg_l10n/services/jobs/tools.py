"""What tasks work with."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from dpg_l10n.ports import Clock, Engine, SourceIndex, Store
from dpg_l10n.ports.webhooks import Deliver
from dpg_l10n.services.jobs.upload import Limits


@dataclass(frozen=True, slots=True)
class Tools:
    """What tasks work with."""

    store: Store
    clock: Clock
    open_engine: Callable[[str | None], AbstractContextManager[Engine | None]]
    """Opens a registered engine by its name; None opens none."""
    index: SourceIndex | None
    limits: Limits
    deliver: Deliver
    """Sends the messages of webhooks."""
    least_chrf: float | None = None
    """See :class:`dpg_l10n.services.drafting.DraftOptions`."""
