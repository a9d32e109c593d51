"""The HTTP API over a small pushed project."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from dpg_l10n.config import Settings
from dpg_l10n.store.uow import SqlStore
from dpg_l10n_api.main import create_app
from tests.support.projects import Workspace, json_project, message, plural_message, po_project

API = "/api/v1"
CLINIC = f"{API}/projects/clinic"
PROBLEM = "application/problem+json"


def settings_in(folder: Path, store: str | None = None) -> Settings:
    """Return settings whose store and models lie in a folder."""
    return Settings(
        store=store or f"sqlite:///{folder}/store.db",
        models=folder / "models",
        actor="amina",
        max_file_bytes=1_000_000,
        language="en",
    )


@contextmanager
def pushed(folder: Path) -> Iterator[Workspace]:
    """Yield a project in a store of its own: ``a`` is translated to Swahili, ``b`` is not."""
    store = SqlStore(settings_in(folder).store)
    try:
        work = json_project(store, {"a": "Save {n} files", "b": "Open"}, sw={"a": "Hifadhi {n}"})
        work.push()
        yield work
    finally:
        store.close()


@contextmanager
def running(settings: Settings) -> Iterator[TestClient]:
    """Yield a client of the application, which is called as its users call it."""
    with TestClient(
        create_app(settings), base_url="http://127.0.0.1:8321", raise_server_exceptions=False
    ) as client:
        yield client


def address(work: Workspace, key: str, language: str = "sw") -> str:
    """Return the address of a unit in a language."""
    return f"{API}/projects/{work.spec.slug}/units/{work.units()[key].id}/translations/{language}"


def problem(response: Any) -> tuple[int, str]:
    """Return status and code of a problem, after seeing that it is one."""
    assert response.headers["content-type"] == PROBLEM
    body = response.json()
    assert body["status"] == response.status_code
    assert body["title"]
    assert body["detail"]
    return response.status_code, body["type"].removeprefix("urn:dpg-l10n:problem:")


def with_plurals(work: Workspace) -> Workspace:
    """Return a gettext project in the same store: “%d file” has plural variants."""
    plural = plural_message("%d file", "%d files", "", "")
    made = po_project(work.store, message("Open"), plural, sw=[])
    made.spec = replace(made.spec, slug="forms")
    made.push()
    return made
