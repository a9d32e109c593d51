"""Drafts in steps: first which units, then a portion of them at a time."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Any

from dpg_l10n.interchange.plain import plain
from dpg_l10n.ports.jobs import Job, Jobs, Turn
from dpg_l10n.services.drafting import DraftOptions, draft, lacking
from dpg_l10n.services.jobs.tools import Tools

PORTION = 100
"""Units of one step: as much as is done again after a crash."""
_PLAN = "plan"


def draft_task(tools: Tools, jobs: Jobs, job: Job, state: Any) -> Turn:
    """Draft the next portion; the first step only looks what is missing."""
    if state is None:
        return _plan(tools, jobs, job)
    plan = json.loads(b"".join(jobs.read_file(job.id, _PLAN)))
    whole = sum(map(len, plan.values()))
    language, start, done, part = state["language"], state["start"], state["done"], state["part"]
    order = list(plan)
    if language < len(order):
        units = plan[order[language]][start : start + PORTION]
        options = DraftOptions(
            (order[language],), None, job.actor, tools.least_chrf, units=frozenset(units)
        )
        with tools.open_engine(job.arguments["engine"]) as engine:
            report = draft(
                tools.store, job.project, engine, tools.clock, options, index=tools.index
            )
        _keep(jobs, job, f"part-{part}", plain(report)["languages"])
        start, done, part = start + PORTION, done + len(units), part + 1
        if start >= len(plan[order[language]]):
            language, start = language + 1, 0
    if language >= len(order):
        return Turn(None, whole, whole, _report(jobs, job, part))
    after = {"language": language, "start": start, "done": done, "part": part}
    return Turn(after, done, whole)


def _plan(tools: Tools, jobs: Jobs, job: Job) -> Turn:
    asked = DraftOptions(tuple(job.arguments["languages"]), job.arguments["limit"], job.actor)
    plan = lacking(tools.store, job.project, asked)
    _keep(jobs, job, _PLAN, plan)
    whole = sum(map(len, plan.values()))
    return Turn({"language": 0, "start": 0, "done": 0, "part": 0}, 0, whole)


def _keep(jobs: Jobs, job: Job, name: str, value: Any) -> None:
    jobs.write_file(job.id, name, io.BytesIO(json.dumps(value).encode()))


def _report(jobs: Jobs, job: Job, parts: int) -> dict[str, Any]:
    found: dict[str, list[dict[str, Any]]] = {}
    for number in range(parts):
        for row in json.loads(b"".join(jobs.read_file(job.id, f"part-{number}"))):
            found.setdefault(row["language"], []).append(row)
    return {"project": job.project, "languages": [_sum(rows) for rows in found.values()]}


def _sum(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return what portions of one language come to."""
    first, *others = rows
    whole = dict(first)
    seconds = _seconds(first)
    for row in others:
        for key in ("drafted", "memory", "machine", "skipped"):
            whole[key] += row[key]
        whole["rejected"] = [*whole["rejected"], *row["rejected"]]
        for key in ("engine", "demonstration", "switched_off"):
            whole[key] = whole[key] or row[key]
        seconds += _seconds(row)
    whole["strings_per_second"] = whole["machine"] / seconds if seconds else 0.0
    return whole


def _seconds(row: dict[str, Any]) -> float:
    """Return the seconds that an engine worked, by the drafts that came of it."""
    rate = row["strings_per_second"]
    return row["machine"] / rate if rate else 0.0
