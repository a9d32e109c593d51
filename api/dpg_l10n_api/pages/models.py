"""The page of how good drafts really were, for those who draft."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from dpg_l10n.domain.access import Permission
from dpg_l10n.errors import MissingExtraError, SignInError
from dpg_l10n.services.drafting.quality import ENOUGH, is_off, models_report
from dpg_l10n_api.access import Who
from dpg_l10n_api.deps import OpenSettings, OpenStore
from dpg_l10n_api.pages.forms import DeskRoute
from dpg_l10n_api.pages.render import page

router = APIRouter(include_in_schema=False, route_class=DeskRoute)


@router.get("/models", name="page_models")
def show_models(
    request: Request, store: OpenStore, settings: OpenSettings, principal: Who,
    project: Annotated[str, Query(max_length=200)] = "",
) -> Response:  # fmt: skip
    """Answer with what people made of drafts, by model and language; of one project or of all."""
    if not principal.name:
        raise SignInError
    principal.require(Permission.MAINTAIN, project or None)
    bar = settings.least_chrf
    lacking = ""
    rows = []
    try:
        rows = [(one, is_off(one, bar)) for one in models_report(store, project or None).models]
    except MissingExtraError as error:
        lacking = str(error)
    return page(
        request, "models.html", rows=rows, bar=bar, enough=ENOUGH, lacking=lacking, project=project
    )
