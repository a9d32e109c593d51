"""Figures of a running service for Prometheus: what is asked and how long it takes, never by whom."""

from __future__ import annotations

import logging
import time

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dpg_l10n.ports.jobs import Jobs, JobState

_LOG = logging.getLogger("dpg_l10n_api.requests")
_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60)
"""Seconds."""


class Figures:
    """The figures of one application."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "dpg_l10n_requests", "Answers by operation and status.", ("operation", "status"),
            registry=self.registry,
        )  # fmt: skip
        self.seconds = Histogram(
            "dpg_l10n_request_seconds", "Seconds until an answer was sent.", ("operation",),
            buckets=_BOUNDS, registry=self.registry,
        )  # fmt: skip

    def text(self, jobs: Jobs) -> bytes:
        """Return all figures in the format of Prometheus."""
        at_hand = CollectorRegistry()
        at_hand.register(_JobFigures(jobs))
        return generate_latest(self.registry) + generate_latest(at_hand)


class _JobFigures(Collector):
    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs

    def collect(self) -> list[GaugeMetricFamily]:
        found = self._jobs.count()
        family = GaugeMetricFamily(
            "dpg_l10n_jobs", "Jobs that are remembered, by state.", labels=["state"]
        )
        for state in JobState:
            family.add_metric([state.value], found.get(state.value, 0))
        return [family]


class Measure:
    """Counts requests and writes a line about each: its operation and status, no address or name.

    Args:
        app: The application.
        figures: Where to.
    """

    def __init__(self, app: ASGIApp, figures: Figures) -> None:
        """Remember the figures."""
        self._app = app
        self._figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and measure it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            # an address that no route has is not named: anybody could make up more of them
            name = getattr(scope.get("route"), "name", "none")
            seconds = time.perf_counter() - started
            self._figures.requests.labels(name, str(status)).inc()
            self._figures.seconds.labels(name).observe(seconds)
            _LOG.info("%s %d", name, status, extra={"ms": round(seconds * 1000, 1)})
