"""Figures for Prometheus, outside the versioned API, as collectors expect."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from dpg_l10n_api.deps import OpenJobs

router = APIRouter(tags=["health"])


@router.get(
    "/metrics", response_class=Response, summary="Read the figures of the service",
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}},
                     "description": "In the text format of Prometheus."}},
)  # fmt: skip
def show_metrics(request: Request, jobs: OpenJobs) -> Response:
    """Return counts and times by operation, and jobs by state; for owners, by token."""
    return Response(request.app.state.figures.text(jobs), media_type=CONTENT_TYPE_LATEST)
