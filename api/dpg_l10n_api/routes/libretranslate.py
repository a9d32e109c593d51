"""The protocol of LibreTranslate, by which many programs ask for a translation.

People's finished translations come first, then drafts; each answer says which it is. Nobody in
particular asks, so that of the memory only texts under permissive licences are answered, unless the
token is limited to a project: then its licence decides, and its glossary holds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from dpg_l10n import bootstrap
from dpg_l10n.domain.access import Permission
from dpg_l10n.domain.locales import canonical, display_name
from dpg_l10n.errors import DpgL10nError, ModelMissingError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Pair
from dpg_l10n.services import translating
from dpg_l10n.services.drafting.shared import Answer, SharedDrafts, Wanted
from dpg_l10n_api import problems
from dpg_l10n_api.access import Who
from dpg_l10n_api.deps import OpenSettings, OpenStore
from dpg_l10n_api.problems import documented
from dpg_l10n_api.receive import fields
from dpg_l10n_api.schemas.libretranslate import (
    MOST_CHARACTERS,
    LibreAnswer,
    LibreLanguage,
    LibreQuestion,
)

_SCHEMA = LibreQuestion.model_json_schema()
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": _SCHEMA},
            "application/x-www-form-urlencoded": {"schema": _SCHEMA},
        },
    }
}


class _Route(APIRoute):
    """A route whose problems have what LibreTranslate's clients look for: ``error``."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler of the route, whose problems have one member more."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except DpgL10nError as error:
                return problems.response(error, error=problems.described(error)["detail"])
            except RequestValidationError as error:
                return problems.invalid(error, as_error=True)
            except HTTPException as error:
                return problems.refused(error, error=str(error.detail))

        return answer


router = APIRouter(tags=["memory"], route_class=_Route)


@router.get(
    "/languages", response_model=list[LibreLanguage], summary="List languages for LibreTranslate"
)
def list_libretranslate_languages(store: OpenStore, settings: OpenSettings) -> list[LibreLanguage]:
    """Return the languages that texts can be translated from, and to which."""
    models = bootstrap.models(settings).list()
    pairs = (pair for package in models if package.problem is None for pair in package.pairs)
    return [
        LibreLanguage(code=source, name=display_name(source), targets=targets)
        for source, targets in translating.directions(store, pairs).items()
    ]


@router.post(
    "/translate", response_model=LibreAnswer, summary="Translate as LibreTranslate",
    responses=documented(404, 422), openapi_extra=_BODY,
)  # fmt: skip
async def translate_as_libretranslate(
    request: Request, store: OpenStore, principal: Who
) -> LibreAnswer:
    """Translate texts: what people finished for the same text, else a draft of this machine's model.

    A text of which no draft is safe comes back as it is, its `state` is `missing` and `reason` says
    why: no draft lacks a placeholder or a tag. A language without a model has what the memory has.
    """
    asked = await _question(request)
    project = principal.scope.project
    if project is not None and not principal.may_somewhere(Permission.READ, project):
        project = None
    texts = asked.texts
    known = await run_in_threadpool(
        translating.remember, store, texts, Pair(_source(asked.source), canonical(asked.target)),
        html=asked.format == "html", project=project, most=asked.alternatives,
    )  # fmt: skip
    rest = [text for text in dict.fromkeys(texts) if text not in known.known]
    drafted = await _draft(request.app.state.drafts, rest, known.wanted)
    found = translating.joined(texts, known, drafted)
    return LibreAnswer.of(found, several=not isinstance(asked.q, str))


async def _question(request: Request) -> LibreQuestion:
    try:
        asked = LibreQuestion.model_validate(await fields(request))
    except ValidationError as error:
        faults = [{**one, "loc": ("body", *one["loc"])} for one in error.errors()]
        raise RequestValidationError(faults) from error
    if sum(map(len, asked.texts)) > MOST_CHARACTERS:
        raise HTTPException(
            413, f"The texts of a request have at most {MOST_CHARACTERS} characters."
        )
    return asked


def _source(code: str) -> str:
    if code.strip().lower() == "auto":
        raise UsageError(
            N_("Say the language of the texts: it is not guessed at here."), code="language"
        )
    return canonical(code)


async def _draft(
    drafts: SharedDrafts, texts: list[str], wanted: Wanted
) -> dict[str, Answer] | None:
    """Return a draft of each text, None where no model has the pair."""
    if not texts:
        return {}
    try:
        answers = await asyncio.wrap_future(drafts.ask(texts, wanted))
    except ModelMissingError:
        return None
    return dict(zip(texts, answers, strict=True))
