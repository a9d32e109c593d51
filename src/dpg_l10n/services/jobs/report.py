"""Figures of many countries or projects as files of one archive, a portion of them at a time."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import quote

from dpg_l10n.domain.records import Project
from dpg_l10n.errors import NotFoundError
from dpg_l10n.ports import Store
from dpg_l10n.ports.jobs import Job, Jobs, Turn
from dpg_l10n.services.countries import THRESHOLD, compared
from dpg_l10n.services.jobs.archive import RESULT, add_file
from dpg_l10n.services.jobs.tools import Tools
from dpg_l10n.services.registry import territories
from dpg_l10n.services.spreadsheets import country_file, project_file
from dpg_l10n.services.words import Words

PLAN = "plan"
"""File of the job: what the report is of, and which projects who asked may see."""
_PORTION = 10
"""Files of one step: as much as is done again after a crash."""


class About(StrEnum):
    """What a report has a file for each of."""

    COUNTRIES = "countries"
    PROJECTS = "projects"


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """A report that is asked for."""

    about: About
    names: tuple[str, ...] = ()
    """Codes of countries or slugs of projects; empty for all."""
    kind: str = "xlsx"
    """One of :data:`dpg_l10n.services.spreadsheets.KINDS`."""
    threshold: float = THRESHOLD
    """See :func:`dpg_l10n.services.countries.country`."""
    language: str = "en"
    """BCP 47 of heads and names."""


def plan(store: Store, options: ReportOptions, visible: Callable[[Project], bool]) -> bytes:
    """Return what a report is of, as its job keeps it.

    Args:
        store: Has the projects.
        options: What is asked for.
        visible: Tells which projects who asks may see.

    Raises:
        NotFoundError: There is no such country, or no such project among those.
    """
    with store.read() as uow:
        seen = sorted(each.slug for each in uow.projects.list() if visible(each))
    if options.about is About.COUNTRIES:
        known = territories()
        names = [known.require(name).code for name in options.names] or sorted(known.by_code)
    else:
        names = [*options.names] or seen
        for name in names:
            if name not in seen:
                raise NotFoundError(kind="project", name=name, hint="")
    return json.dumps({"names": [*dict.fromkeys(names)], "seen": seen}).encode()


def report_task(tools: Tools, jobs: Jobs, job: Job, state: Any) -> Turn:
    """Make the next portion of files; the last step puts them into one archive."""
    planned = json.loads(b"".join(jobs.read_file(job.id, PLAN)))
    names, done = planned["names"], state["done"] if state else 0
    if done < len(names):
        part = names[done : done + _PORTION]
        for name, data in _files(tools, job, part, frozenset(planned["seen"])).items():
            jobs.write_file(job.id, f"part-{name}", io.BytesIO(data))
        done += len(part)
        return Turn({"done": done}, done, len(names))
    return Turn(None, done, done, _archive(jobs, job, names))


def _files(tools: Tools, job: Job, names: Sequence[str], seen: frozenset[str]) -> dict[str, bytes]:
    """Return the files of some countries or projects."""
    asked, clock, words = job.arguments, tools.clock, Words(job.arguments["language"])
    if asked["about"] == About.PROJECTS:
        return {
            name: project_file(tools.store, name, asked["kind"], words, clock) for name in names
        }

    def visible(project: Project) -> bool:
        return project.slug in seen

    found = compared(tools.store, names, threshold=asked["threshold"], visible=visible)
    return {
        each.country: country_file(tools.store, each, asked["kind"], words, clock, visible)
        for each in found
    }


def _archive(jobs: Jobs, job: Job, names: Sequence[str]) -> dict[str, Any]:
    """Put the files into one archive, and return what is in it."""
    about, kind = job.arguments["about"], job.arguments["kind"]
    ending = f"-trend.{kind}" if about == About.PROJECTS else f".{kind}"
    files = []
    with TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in names:
                path = f"dpg-l10n-{quote(name, safe='')}{ending}"
                data = b"".join(jobs.read_file(job.id, f"part-{name}"))
                add_file(archive, path, data)
                digest = hashlib.sha256(data).hexdigest()
                files.append({"path": path, "bytes": len(data), "sha256": digest})
        jobs.write_file(job.id, RESULT, file)
    return {"about": about, "format": kind, "files": files}
