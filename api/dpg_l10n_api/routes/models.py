"""How good drafts really were."""

from __future__ import annotations

from fastapi import APIRouter

from dpg_l10n.services.drafting.quality import ENOUGH, is_off, models_report
from dpg_l10n_api.deps import OpenSettings, OpenStore, Slug
from dpg_l10n_api.problems import documented
from dpg_l10n_api.schemas.models import ModelItem, ModelList

router = APIRouter(prefix="/projects", tags=["coverage"])


@router.get(
    "/{project}/models", response_model=ModelList, summary="Show how good drafts were",
    responses=documented(404, 422),
)  # fmt: skip
def show_models(store: OpenStore, settings: OpenSettings, project: Slug) -> ModelList:
    """Return by model and language what people made of the drafts in whose place they accepted a text.

    Drafts that nobody looked at are in no figure. As `dpg-l10n models report --json`, with the bar.
    """
    bar = settings.least_chrf
    found = models_report(store, project).models
    items = [ModelItem.of(one, switched_off=is_off(one, bar)) for one in found]
    return ModelList(least_chrf=bar, enough=ENOUGH, items=items)
