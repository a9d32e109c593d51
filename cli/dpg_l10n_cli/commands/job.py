"""``dpg-l10n job``: see and end long work."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from dpg_l10n import bootstrap
from dpg_l10n.ports.jobs import Job, JobState
from dpg_l10n.services.jobs import find_job
from dpg_l10n_cli import options, output
from dpg_l10n_cli.server import chosen


@click.group(
    epilog="""\b
Examples:
  dpg-l10n job list -p health-tracker
  dpg-l10n job show 5f0c2ab1d3e49a70
  dpg-l10n job cancel 5f0c2ab1d3e49a70"""
)
def command() -> None:
    """See and end the long work that somebody asked a service for."""


@command.command("list")
@click.option("--project", "-p", metavar="SLUG", help="Only of this project.")
@click.option("--limit", type=click.IntRange(1, 500), default=20, show_default=True, metavar="N",
              help="Most jobs shown.")  # fmt: skip
@options.store_option
@options.server_option
@options.json_option
def list_command(
    project: str | None, limit: int, store: str | None, server: str | None, as_json: bool
) -> int:
    """Show jobs, the newest first."""
    service = chosen(server, store, Path.cwd())
    if service is not None:
        only = {"project": project} if project else {}
        found = tuple(map(_job, service.get("/jobs", limit=limit, **only)["items"]))
    else:
        with bootstrap.open_jobs(options.configured(store)) as jobs:
            found = jobs.list([project] if project else None, limit)
    if as_json:
        output.print_json(found)
        return 0
    if not found:
        click.echo("There is no job.")
        return 0
    heads = ("Job", "Kind", "Project", "By", "State", "Asked", "Done", "Of")
    rows = [
        (one.id, one.kind, one.project, one.actor, one.state.value, _day(one.created), one.done,
         one.whole)
        for one in found
    ]  # fmt: skip
    click.echo(output.table(heads, rows, left=6))
    return 0


@command.command("show")
@click.argument("job_id", metavar="JOB")
@options.store_option
@options.server_option
@options.json_option
def show_command(job_id: str, store: str | None, server: str | None, as_json: bool) -> int:
    """Show how far the job JOB is."""
    service = chosen(server, store, Path.cwd())
    if service is not None:
        _show(_job(service.get(f"/jobs/{job_id}")), as_json=as_json)
        return 0
    with bootstrap.open_jobs(options.configured(store)) as jobs:
        job = find_job(jobs, job_id)
    _show(job, as_json=as_json)
    return 0


@command.command("cancel")
@click.argument("job_id", metavar="JOB")
@options.store_option
@options.server_option
@options.json_option
def cancel_command(job_id: str, store: str | None, server: str | None, as_json: bool) -> int:
    """End the job JOB before its next step; what is done stays."""
    service = chosen(server, store, Path.cwd())
    if service is not None:
        _show(_job(service.delete(f"/jobs/{job_id}")), as_json=as_json)
        return 0
    with bootstrap.open_jobs(options.configured(store)) as jobs:
        find_job(jobs, job_id)
        jobs.cancel(job_id, bootstrap.clock().now())
        job = find_job(jobs, job_id)
    _show(job, as_json=as_json)
    return 0


def _job(said: dict[str, Any]) -> Job:
    """Return a job of a service; what it was asked with stays there."""
    return Job(
        **{**said, "state": JobState(said["state"])}, arguments={}, note=None,
    )  # fmt: skip


def _show(job: Job, *, as_json: bool) -> None:
    if as_json:
        output.print_json(job)
        return
    ending = " (to be cancelled)" if job.cancelling and job.state.value == "running" else ""
    click.echo(
        f"{job.kind} of {job.project} by {job.actor}, asked {_day(job.created)}: "
        f"{job.state.value}{ending}, {job.done:,} of {job.whole:,} steps."
    )
    if job.problem:
        output.note(f"{job.problem['message']}  [{job.problem['code']}]")


def _day(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")
