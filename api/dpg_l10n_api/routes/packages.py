"""Offline packages: strings that leave in a file, and come back in it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from dpg_l10n import bootstrap
from dpg_l10n.services import offline
from dpg_l10n.services.offline import Taken
from dpg_l10n_api.access import Who
from dpg_l10n_api.deps import OpenStore, PathLanguage, Slug
from dpg_l10n_api.problems import documented
from dpg_l10n_api.schemas.packages import PackageReport, PackageRequest
from dpg_l10n_api.send import REPORT, REPORTED, told

router = APIRouter(prefix="/projects/{project}/packages", tags=["review"])
_FILE = {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}
_BODY = {"requestBody": {"required": True, "content": {"application/octet-stream": _FILE}}}
_SENT = {
    "description": "The file.",
    "content": {kind.media_type: _FILE for kind in offline.KINDS.values()},
    "headers": {
        "X-Units": {"description": "Strings in it.", "schema": {"type": "integer"}},
        **REPORTED,
        "X-Units-Busy": {
            "description": "Strings left out because somebody else works on them.",
            "schema": {"type": "integer"},
        },
    },
}
_MOST_NAMED = 20
"""Keys of units left out that an answer names: headers have a limit."""


@router.post(
    "/{language}", response_class=Response, summary="Take strings out to work without a line",
    responses={200: _SENT, **documented(404, 422)},
)  # fmt: skip
def take_package(
    store: OpenStore, principal: Who, project: Slug, language: PathLanguage, asked: PackageRequest
) -> Response:
    """Return strings as PO, XLIFF 1.2 or a spreadsheet, and keep them for you for some days.

    Each string says what it belongs to, so that any tool may sort, wrap or cut the file.
    """
    taken = offline.take(
        store, project, language, asked.asked(), principal.name, bootstrap.clock()
    )  # fmt: skip
    return as_file(taken)


@router.put(
    "/{language}", response_model=PackageReport, summary="Bring a file back",
    responses=documented(404, 422), openapi_extra=_BODY,
)  # fmt: skip
async def bring_package(
    request: Request, store: OpenStore, principal: Who, project: Slug, language: PathLanguage
) -> PackageReport:
    """Write each string for itself: what is not of this project, language and source is refused.

    What somebody else changed meanwhile stays, and your text is kept beside it. A file that is sent
    twice is written once.
    """
    data = await request.body()
    done = await run_in_threadpool(
        offline.bring_back, store, project, language, data, principal.name, bootstrap.clock()
    )  # fmt: skip
    return PackageReport.of(done)


def as_file(taken: Taken) -> Response:
    """Return a package as an answer that browsers save."""
    report = {
        "units": taken.units, "busy": taken.busy, "left_out": taken.left_out[:_MOST_NAMED],
        "until": taken.until,
    }  # fmt: skip
    headers = {
        "Content-Disposition": f'attachment; filename="{taken.name}"',
        REPORT: told(report),
        "X-Units": str(taken.units),
        "X-Units-Busy": str(taken.busy),
    }
    return Response(taken.data, media_type=taken.media_type, headers=headers)
