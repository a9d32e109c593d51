"""What the glossary says of all that is translated in a project, a language at a time."""

from __future__ import annotations

import io
import json
from typing import Any

from dpg_l10n.interchange.plain import plain
from dpg_l10n.ports.jobs import Job, Jobs, Turn
from dpg_l10n.services import glossaries
from dpg_l10n.services.coverage import coverage
from dpg_l10n.services.jobs.tools import Tools


def terms_task(tools: Tools, jobs: Jobs, job: Job, state: Any) -> Turn:
    """Check the next language; the report is that of the console."""
    if state is None:
        rows = coverage(tools.store, job.project, job.arguments["languages"]).languages
        languages = [row.language for row in rows]
        return Turn({"languages": languages, "done": 0}, 0, len(languages))
    languages, done = state["languages"], state["done"]
    if done < len(languages):
        found = glossaries.report(tools.store, job.project, (languages[done],))
        data = json.dumps(plain(found)).encode()
        jobs.write_file(job.id, f"part-{done}", io.BytesIO(data))
        return Turn({"languages": languages, "done": done + 1}, done + 1, len(languages))
    parts = [json.loads(b"".join(jobs.read_file(job.id, f"part-{n}"))) for n in range(done)]
    whole = {
        "project": job.project,
        "findings": [each for part in parts for each in part["findings"]],
        "checked": sum(part["checked"] for part in parts),
    }
    return Turn(None, done, done, whole)
