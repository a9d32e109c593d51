"""What routes that ask for a job have in common."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Header, Request, Response

from dpg_l10n.ports.jobs import ENDED, Job
from dpg_l10n.services.jobs import Tools
from dpg_l10n_api.schemas.jobs import JobItem

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key", max_length=200,
        description="The same key means the same job: send the request again when in doubt. Another request "
        "needs another key.",
    ),
]  # fmt: skip
ASKED: dict[int | str, dict[str, Any]] = {200: {"model": JobItem, "description": "Done at once."}}
_AT_ONCE = 256 * 1024
"""Bytes of a file that is taken in while its sender waits."""


def tools_for(request: Request, size: int) -> Tools | None:
    """Return what a file of so many bytes is taken in with at once, None where it has to wait."""
    found: Tools = request.app.state.tools
    return found if size <= _AT_ONCE else None


def answer(response: Response, job: Job) -> JobItem:
    """Return a job as the answer to who asked for it."""
    response.status_code = 200 if job.state in ENDED else 202
    response.headers["Location"] = f"/api/v1/jobs/{job.id}"
    return JobItem.of_job(job)
