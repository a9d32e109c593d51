"""What others are told of a push and of a release."""

from __future__ import annotations

from typing import Any

from dpg_l10n.ports import Clock, Store
from dpg_l10n.ports.jobs import Jobs
from dpg_l10n.services.coverage import report_of
from dpg_l10n.services.webhooks import announce


def low(store: Store, slug: str) -> frozenset[str]:
    """Return the languages of a project below their bar, where somebody wants to know."""
    return frozenset(each["language"] for each in _low(store, slug))


def tell_push(store: Store, jobs: Jobs, report: Any, before: frozenset[str], clock: Clock) -> None:
    """Tell those who asked for it of a push.

    Args:
        store: Has the webhooks.
        jobs: Where the messages go.
        report: Of the push, as JSON values.
        before: Languages that were below their bar before the push: they are not told of again.
        clock: Gives the time.
    """
    if not report["id"]:
        return  # nothing was written
    slug, key = report["project"], str(report["id"])
    counted = ("catalogue", "units", "added", "changed", "removed")
    catalogues = [{name: each[name] for name in counted} for each in report["catalogues"]]
    said = {"project": slug, "push": report["id"], "catalogues": catalogues,
            "findings": report["findings"]}  # fmt: skip
    announce(store, jobs, slug, "push.stored", said, clock, key)
    fallen = [each for each in _low(store, slug) if each["language"] not in before]
    if fallen:
        data = {"project": slug, "languages": fallen}
        announce(store, jobs, slug, "coverage.below", data, clock, key)


def told(report: Any) -> dict[str, Any]:
    """Return what is told of a release whose report is JSON values."""
    languages = sorted({each["language"] for each in report["files"]})
    return {
        "project": report["project"], "release": report["release"], "languages": languages,
        "files": len(report["files"]),
    }  # fmt: skip


def _low(store: Store, slug: str) -> list[dict[str, Any]]:
    with store.read() as uow:
        if not uow.webhooks.listening(slug, "coverage.below"):
            return []
        project = uow.projects.require(slug)
        rows = report_of(uow, project).languages
        found = [(row.language, row.percent(project.count), project.gate.bar(row.language))
                 for row in rows]  # fmt: skip
    return [
        {"language": language, "coverage": percent, "asked": bar}
        for language, percent, bar in found
        if bar is not None and percent < bar
    ]
