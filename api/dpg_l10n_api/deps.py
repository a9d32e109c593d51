"""What every route is handed: the settings, the open store and its index, languages in canonical spelling."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Depends, Header, Path, Request, Response
from pydantic_core import to_json

from dpg_l10n.config import Settings
from dpg_l10n.domain.locales import canonical
from dpg_l10n.ports import SourceIndex, Store
from dpg_l10n.ports.jobs import Jobs
from dpg_l10n_api import problems
from dpg_l10n_api.schemas.tags import TAG

_REVISION = re.compile(r'"([0-9]{1,9})"')
MOST_IN_ADDRESS = 4_000
"""Characters of a text in an address: servers take 64 KiB of one, of which a character may need 12."""
_TAG = re.compile(r'(?:W/)?("[^"]*")')


# Coroutines, although nothing waits here: FastAPI sends each plain function through a thread.
async def _settings(request: Request) -> Settings:
    found: Settings = request.app.state.settings
    return found


async def _store(request: Request) -> Store:
    found: Store = request.app.state.store
    return found


async def _jobs(request: Request) -> Jobs:
    found: Jobs = request.app.state.jobs
    return found


def _index(request: Request) -> SourceIndex:
    found: SourceIndex = request.app.state.index
    return found


async def _language_of_path(
    language: Annotated[
        str,
        Path(
            max_length=100,
            json_schema_extra=TAG,
            description="BCP 47; other spellings are understood.",
        ),
    ],
) -> str:
    return canonical(language)


OpenSettings = Annotated[Settings, Depends(_settings)]
OpenStore = Annotated[Store, Depends(_store)]
OpenJobs = Annotated[Jobs, Depends(_jobs)]
OpenIndex = Annotated[SourceIndex, Depends(_index)]
PathLanguage = Annotated[str, Depends(_language_of_path)]
Slug = Annotated[str, Path(max_length=200, description="Slug of the project.")]
UnitId = Annotated[int, Path(ge=1, le=2**63 - 1, description="Number of the unit, from a list.")]


IfMatch = Annotated[
    str | None,
    Header(description='Needed: the ETag of the revision that you saw, `"0"` for none.'),
]


def revision(if_match: str | None) -> int:
    """Return the revision that a write was made on.

    ``*`` is refused: it would mean "whatever is there", which is how work gets lost.

    Raises:
        RevisionMissingError: There is no If-Match.
        RevisionUnreadableError: It names no revision.
    """
    if if_match is None:
        raise problems.RevisionMissingError
    match = _REVISION.fullmatch(if_match.strip())
    if match is None:
        raise problems.RevisionUnreadableError
    return int(match[1])


def conditional(request: Request, body: Any) -> Response:
    """Return a list or report with its ETag, or 304 where the client has the same already.

    Args:
        request: Its If-None-Match is looked at.
        body: Report or schema; as JSON it is what the ETag is made of.
    """
    data = to_json(body)
    tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    known = request.headers.get("if-none-match", "")
    if known.strip() == "*" or tag in _TAG.findall(known):
        return Response(status_code=304, headers=headers)
    return Response(data, media_type="application/json", headers=headers)


def cursor(place: Sequence[str | int]) -> str:
    """Return the place where a page of a list ended, as clients send it back."""
    data = json.dumps(place, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def place_of(cursor: str) -> Any:
    """Return the place that a cursor stands for, as JSON values; the list says whether it is one.

    Raises:
        CursorError: It is none that :func:`cursor` made.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        return json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise problems.CursorError from error


NOT_MODIFIED: dict[int | str, dict[str, Any]] = {
    304: {"description": "The ETag of If-None-Match is that of the current answer."}
}
"""What operations that answer with :func:`conditional` say of it."""
