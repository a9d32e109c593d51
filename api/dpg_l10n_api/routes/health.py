"""Whether the service lives, and whether it can work: outside the versioned API, as probes expect."""

from __future__ import annotations

from fastapi import APIRouter

from dpg_l10n.errors import UnavailableError
from dpg_l10n_api.deps import OpenStore
from dpg_l10n_api.schemas.units import Health

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Tell whether the service lives")
async def show_health() -> Health:
    """Return that the service answers; the store is not asked."""
    return Health(status="ok")


@router.get("/readyz", summary="Tell whether the service can work")
def show_readiness(store: OpenStore) -> Health:
    """Return that the store answers; 503 where it does not."""
    try:
        with store.read() as uow:
            uow.projects.last_action(0, "push")
    except Exception as error:  # whatever the database says, the answer is the same
        raise UnavailableError(detail=str(error)) from error
    return Health(status="ok")
