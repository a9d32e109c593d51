"""Push: a project's files join the store, all or nothing."""

from dpg_l10n.services.ingest.options import PushOptions
from dpg_l10n.services.ingest.push import push

__all__ = ["PushOptions", "push"]
