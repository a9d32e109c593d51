"""``dpg-l10n worker``: does long work for services."""

from __future__ import annotations

import signal
import threading

import click

from dpg_l10n import bootstrap
from dpg_l10n_cli import options, output


@click.command(
    epilog="""\b
Examples:
  dpg-l10n worker --store postgresql://l10n@db/l10n"""
)
@options.store_option
def command(store: str | None) -> int:
    """Do the jobs of a store until Ctrl-C: pushes, drafts, exports that somebody asked a service for.

    “dpg-l10n serve” does them itself; workers beside it, on this machine or others, want a store on
    PostgreSQL. Steps under way are finished before it ends, and jobs go on where the next worker
    starts, also after a crash.
    """
    config = options.configured(store)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    output.note("Working · Ctrl-C ends it after the step under way.")
    bootstrap.run_worker(config, stop)
    output.note("Stopped.")
    return 0
