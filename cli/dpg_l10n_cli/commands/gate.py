"""``dpg-l10n gate``: does a project fulfil what it asks of itself before a release?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from dpg_l10n import bootstrap
from dpg_l10n.domain.gate import Condition
from dpg_l10n.services.export_entries import Only
from dpg_l10n.services.gates import GateReport, gate, gate_tree
from dpg_l10n.services.releases import sentence
from dpg_l10n_cli import options, output
from dpg_l10n_cli.server import Server, chosen


@click.command(
    epilog="""\b
Examples:
  dpg-l10n gate                       the repository you are in, without a store
  dpg-l10n gate -p health-tracker     what the store has: reviews and withdrawals too
  dpg-l10n gate -p health-tracker -l sw --only reviewed"""
)
@options.directory_argument
@click.option("--project", "-p", metavar="SLUG", help="Read the store instead of a directory.")
@options.store_option
@options.server_option
@options.language_option
@click.option(
    "--only", type=click.Choice(["reviewed", "translated"]),
    help="With --project: what an export with this option would give out.",
)  # fmt: skip
@options.json_option
def command(
    directory: Path,
    project: str | None,
    store: str | None,
    server: str | None,
    languages: tuple[str, ...],
    only: str | None,
    as_json: bool,
) -> int:
    """Look whether a project may be released: DIRECTORY, or a project in the store.

    What it asks for stands in its dpg-l10n.toml: [coverage] fail_under, [gate] errors and risk.
    Exit code 1 when it does not pass.
    """
    service = chosen(server, store, directory) if project else None
    if project and service is not None:
        report = _from_server(service, project, languages, only)
    elif project:
        with bootstrap.open_store(options.configured(store)) as opened:
            report = gate(opened, project, languages, Only(only) if only else None)
    else:
        report = _of_tree(directory, languages)
    if as_json:
        output.print_json(as_report(report))
    else:
        show(report)
    return 0 if report.passed else 1


def _of_tree(directory: Path, languages: tuple[str, ...]) -> GateReport:
    spec = options.require_catalogues(options.load_spec(directory), directory)
    config = replace(options.configured(None), store="sqlite:///:memory:")
    with bootstrap.open_store(config) as opened:
        read = options.reader(directory, config)
        report = gate_tree(opened, spec, read, bootstrap.clock(), languages)
    if all(each.code != "risk" for each in report.conditions):
        output.note(
            "These files do not say who reviewed a text: units of risk are looked at with --project."
        )
    return report


def _from_server(
    server: Server, project: str, languages: tuple[str, ...], only: str | None
) -> GateReport:
    asked: dict[str, Any] = {"language": list(languages)}
    if only:
        asked["only"] = only
    said = server.get(f"/projects/{project}/gate", **asked)
    found = tuple(
        Condition(
            each["code"], each["language"], each["passed"], each["found"], each["asked"],
            tuple(each["examples"]),
        )
        for each in said["conditions"]
    )  # fmt: skip
    return GateReport(said["project"], said["passed"], found)


def as_report(report: GateReport) -> dict[str, Any]:
    """Return a report as ``--json`` prints it."""
    return {
        "project": report.project,
        "passed": report.passed,
        "conditions": [
            {
                "code": each.code, "language": each.language, "passed": each.passed,
                "found": each.found, "asked": each.asked, "examples": each.examples,
                "message": sentence(each),
            }
            for each in report.conditions
        ],
    }  # fmt: skip


def show(report: GateReport) -> None:
    """Print a report for a person."""
    for each in report.conditions:
        sign = output.style("pass", fg="green") if each.passed else output.style("FAIL", fg="red")
        click.echo(f"{sign}  {sentence(each)}")
    looked = output.counted(len(report.conditions), "condition")
    failed = len(report.failed)
    output.note(f"{looked}, {failed} failed: {'no release' if failed else 'it may be released'}.")
