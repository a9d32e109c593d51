"""The first page: all projects."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from dpg_l10n.domain.access import Permission
from dpg_l10n.services.coverage import is_public, projects
from dpg_l10n_api.access import Who
from dpg_l10n_api.deps import OpenStore
from dpg_l10n_api.pages.faults import PageRoute
from dpg_l10n_api.pages.render import page

router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.get("/", name="page_projects")
def show_projects(request: Request, store: OpenStore, principal: Who) -> Response:
    """Answer with the projects that are public, or that who asks may read."""
    seen = [
        each
        for each in projects(store)
        if principal.may_somewhere(Permission.READ, each.project) or is_public(store, each.project)
    ]
    return page(request, "projects.html", projects=seen)
