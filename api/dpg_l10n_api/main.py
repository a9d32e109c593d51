"""The application."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from fastapi import Depends, FastAPI
from pydantic.json_schema import models_json_schema
from starlette.middleware.gzip import GZipMiddleware

from dpg_l10n import __version__, bootstrap
from dpg_l10n.config import Settings
from dpg_l10n_api import problems
from dpg_l10n_api.access import authorize
from dpg_l10n_api.guard import LOCAL_NAMES, Guard
from dpg_l10n_api.lane import AT_ONCE_S, Lane
from dpg_l10n_api.metrics import Figures, Measure
from dpg_l10n_api.oidc import Client, Provider
from dpg_l10n_api.pages import assets, day, deciding, faults, offline, review, signing
from dpg_l10n_api.pages import countries as country_pages
from dpg_l10n_api.pages import models as model_pages
from dpg_l10n_api.pages import projects as project_pages
from dpg_l10n_api.receive import Bounds
from dpg_l10n_api.routes import (
    accounts,
    countries,
    coverage,
    glossaries,
    health,
    jobs,
    languages,
    libretranslate,
    memories,
    memory,
    metrics,
    models,
    oidc,
    packages,
    projects,
    queue,
    releases,
    reports,
    talk,
    tmserver,
    units,
    webhooks,
)
from dpg_l10n_api.schemas.problems import Problem, StaleProblem
from dpg_l10n_api.throttle import Buckets

ROOT = "/api/v1"
MODULES = (
    units, coverage, projects, countries, releases, talk, queue, packages, memory, memories, glossaries,
    languages, accounts, jobs, reports, models, webhooks,
)  # fmt: skip
"""Of routes below :data:`ROOT`; those that are asked most come first, because addresses are looked up in a row."""
OUTSIDE = (tmserver, libretranslate, oidc, metrics)
"""Of routes whose addresses others have settled."""
_WORTH_COMPRESSING = 600
"""Bytes; shorter answers fit into one packet anyhow."""
_REFERENCE = "#/components/schemas/{model}"
_TAGS = [
    {"name": "projects", "description": "Projects and their catalogues."},
    {"name": "coverage", "description": "How much of a project people can read."},
    {"name": "releases", "description": "Named exports that passed their gate."},
    {"name": "units", "description": "Texts, and decisions on them."},
    {"name": "review", "description": "Queues, suggestions, comments, many decisions at once."},
    {"name": "jobs", "description": "Long work: pushes, drafts, exports."},
    {"name": "webhooks", "description": "Who is told what of a project."},
    {"name": "memory", "description": "What was translated before, in all projects."},
    {"name": "glossaries", "description": "What projects call things, and who agreed to it."},
    {"name": "accounts", "description": "Signing in, tokens, roles, the audit log."},
    {"name": "languages", "description": "Languages in use."},
    {"name": "health", "description": "For those who run the service."},
]


class Api(FastAPI):
    """FastAPI whose OpenAPI document has our problems as their own media type."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI document."""
        if self.openapi_schema is None:
            document = super().openapi()
            # FastAPI adds a schema for each model of a response, but always as application/json
            _, found = models_json_schema(
                [(Problem, "serialization"), (StaleProblem, "serialization")],
                ref_template=_REFERENCE,
            )
            schemas = document["components"]["schemas"]
            schemas.update({**found["$defs"], **schemas})
            document["components"]["schemas"] = dict(sorted(schemas.items()))
            _bound(document["paths"])
            _exemplify(document["paths"])
        assert self.openapi_schema is not None  # noqa: S101 - just made
        return self.openapi_schema

    def methods_of(self, path: str) -> list[str]:
        """Return the methods of an address, none where it has no operation."""
        return sorted(
            method.upper()
            for template, methods in self.openapi()["paths"].items()
            if fits(template, path)
            for method in methods
        )


def fits(template: str, path: str) -> bool:
    """Tell whether a path is of an address of the document (``/projects/{project}``)."""
    return re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path) is not None


def _bound(paths: Mapping[str, Mapping[str, Any]]) -> None:
    """Say of each operation with a body that it may be too large, or come too slowly."""
    refused = {str(status): said for status, said in problems.documented(408, 413).items()}
    for operations in paths.values():
        for operation in operations.values():
            if "requestBody" in operation:
                operation["responses"] = dict(sorted({**refused, **operation["responses"]}.items()))


def _exemplify(paths: Mapping[str, Mapping[str, Any]]) -> None:
    """Show with each operation what a service answered to it once (``tools/api_examples.py``)."""
    kept = json.loads(Path(__file__).with_name("examples.json").read_text(encoding="utf-8"))
    for operations in paths.values():
        for operation in operations.values():
            known = kept.get(operation["operationId"], {})
            for status, said in operation["responses"].items():
                answer = said.get("content", {}).get("application/json")
                if known and answer is not None:
                    # done at once or later, the answer is of one shape
                    answer["example"] = known.get(status, next(iter(known.values())))


def create_app(
    settings: Settings,
    *,
    names: Iterable[str] = LOCAL_NAMES,
    is_local: bool = True,
    works: bool = False,
) -> Api:
    """Return the application; it opens the store of the settings when it starts.

    Args:
        settings: Store, models, and the pseudonym that writes are kept under.
        names: Host names of the service, without ports; requests for others are refused.
        is_local: True where only this machine reaches the service: until there is an account, who
            asks is its only user and may do everything.
        works: True where this process also does the jobs.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with (
            bootstrap.open_store(settings) as store,
            bootstrap.open_index(settings, background=True) as index,
            bootstrap.open_jobs(settings) as opened,
            bootstrap.job_tools(settings, store, index) as tools,
            bootstrap.shared_drafts(tools) as drafts,
            bootstrap.working(settings, tools) if works else nullcontext(),
        ):
            app.state.store, app.state.index = store, index
            app.state.lane, app.state.turn = Lane(store.readers), asyncio.Lock()
            app.state.hurried = store.hurried(AT_ONCE_S)
            app.state.jobs, app.state.tools, app.state.drafts = opened, tools, drafts
            yield

    app = Api(
        title="dpg-l10n",
        version=__version__,
        summary="Localization of digital public goods.",
        description="Machine drafts never count as coverage; only a person's decision does.",
        openapi_url=f"{ROOT}/openapi.json",
        openapi_tags=_TAGS,
        # these pages would load their scripts from somebody else's server
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.local = is_local
    app.state.principals = {}
    app.state.provider = Provider(Client(*settings.oidc)) if settings.oidc else None
    app.state.requests = Buckets(settings.rate, 60)
    app.state.figures = Figures()
    app.state.tries_by_name = Buckets(10, 600)
    app.state.tries_by_address = Buckets(30, 600)
    everywhere = problems.documented(421, 500, 503)
    asked = [Depends(authorize)]
    inside = {**everywhere, **problems.documented(401, 403, 429)}
    for module in MODULES:
        app.include_router(module.router, prefix=ROOT, responses=inside, dependencies=asked)
    app.include_router(health.router, responses=everywhere)
    for module in OUTSIDE:
        app.include_router(module.router, responses=inside, dependencies=asked)
    for pages in (
        model_pages,
        assets,
        project_pages,
        country_pages,
        signing,
        day,
        offline,
        review,
        deciding,
    ):
        app.include_router(pages.router)
    problems.install(app)
    faults.install(app, ROOT)
    app.add_middleware(GZipMiddleware, minimum_size=_WORTH_COMPRESSING)
    app.add_middleware(Bounds, upload_bytes=settings.max_upload_bytes)
    app.add_middleware(Guard, names=tuple(names))
    app.add_middleware(Measure, figures=app.state.figures)
    return app
