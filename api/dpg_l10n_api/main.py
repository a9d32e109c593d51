"""The application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from dpg_l10n import __version__, bootstrap
from dpg_l10n.config import Settings
from dpg_l10n_api import problems
from dpg_l10n_api.guard import LOCAL_NAMES, Guard
from dpg_l10n_api.routes import (
    coverage,
    health,
    languages,
    memory,
    projects,
    queue,
    talk,
    tmserver,
    units,
)
from dpg_l10n_api.schemas.problems import Problem, StaleProblem

ROOT = "/api/v1"
_REFERENCE = "#/components/schemas/{model}"
_TAGS = [
    {"name": "projects", "description": "Projects and their catalogues."},
    {"name": "coverage", "description": "How much of a project people can read."},
    {"name": "units", "description": "Texts, and decisions on them."},
    {"name": "review", "description": "Queues, suggestions, comments, many decisions at once."},
    {"name": "memory", "description": "What was translated before, in all projects."},
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
        assert self.openapi_schema is not None  # noqa: S101 - just made
        return self.openapi_schema


def create_app(settings: Settings, *, names: Iterable[str] = LOCAL_NAMES) -> Api:
    """Return the application; it opens the store of the settings when it starts.

    Args:
        settings: Store, models, and the pseudonym that writes are kept under.
        names: Host names of the service, without ports; requests for others are refused.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with (
            bootstrap.open_store(settings) as store,
            bootstrap.open_index(settings, background=True) as index,
        ):
            app.state.store, app.state.index = store, index
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
    everywhere = problems.documented(421, 500, 503)
    for module in (projects, coverage, units, talk, queue, memory, languages):
        app.include_router(module.router, prefix=ROOT, responses=everywhere)
    app.include_router(health.router, responses=everywhere)
    app.include_router(tmserver.router, responses=everywhere)
    problems.install(app)
    app.add_middleware(Guard, names=tuple(names))
    return app
