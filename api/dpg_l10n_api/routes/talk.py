"""What people say of a text before somebody decides on it, and the withdrawal of a harmful one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response
from fastapi.responses import JSONResponse

from dpg_l10n import bootstrap
from dpg_l10n.errors import StaleRevisionError
from dpg_l10n.services import conversation, reading, webhooks
from dpg_l10n.services.conversation import Subject
from dpg_l10n_api import problems
from dpg_l10n_api.access import Who
from dpg_l10n_api.deps import (
    IfMatch,
    OpenJobs,
    OpenStore,
    PathLanguage,
    Slug,
    UnitId,
    revision,
)
from dpg_l10n_api.problems import documented
from dpg_l10n_api.schemas.releases import WithdrawnTranslation, plain_release
from dpg_l10n_api.schemas.review import MarkKind, NewComment, Proposal, Reason, Talk
from dpg_l10n_api.schemas.units import plain_unit

router = APIRouter(
    prefix="/projects/{project}/units/{unit}/translations/{language}", tags=["review"]
)
_ANSWERS = documented(404, 422)
SuggestionId = Annotated[int, Path(ge=1, le=2**63 - 1, description="Number of the suggestion.")]
Kind = Annotated[MarkKind, Path(description="`flag` for others to look, `skip` for yourself.")]


@router.get(
    "/talk", response_model=Talk, summary="Show what is said of a text",
    responses=documented(404, 422),
)  # fmt: skip
def show_talk(store: OpenStore, project: Slug, unit: UnitId, language: PathLanguage) -> Talk:
    """Return suggestions, comments, marks, and who works on the text now."""
    subject = Subject(project, unit, language)
    return Talk.of(conversation.talk(store, subject, bootstrap.clock()))


@router.post(
    "/suggestions", response_model=Talk, status_code=201, summary="Suggest a text",
    responses=_ANSWERS,
)  # fmt: skip
def add_suggestion(
    store: OpenStore, principal: Who, project: Slug, unit: UnitId, language: PathLanguage,
    proposal: Proposal,
) -> Talk:  # fmt: skip
    """Propose a text beside the current one. The same text twice is one suggestion."""
    subject = Subject(project, unit, language, principal.name)
    return Talk.of(
        conversation.suggest(store, subject, proposal.said() or "", proposal.why, bootstrap.clock())
    )


@router.post(
    "/suggestions/{suggestion}/dismiss", response_model=Talk, summary="Turn a suggestion down",
    responses=_ANSWERS,
)  # fmt: skip
def dismiss_suggestion(
    store: OpenStore, principal: Who, project: Slug, unit: UnitId, language: PathLanguage,
    suggestion: SuggestionId, reason: Reason,
) -> Talk:  # fmt: skip
    """Take a suggestion off the list. To take one up, write its text as a decision."""
    subject = Subject(project, unit, language, principal.name)
    clock = bootstrap.clock()
    return Talk.of(conversation.dismiss(store, subject, suggestion, reason.why, clock))


@router.post(
    "/comments", response_model=Talk, status_code=201, summary="Comment on a text",
    responses=_ANSWERS,
)  # fmt: skip
def add_comment(
    store: OpenStore, principal: Who, project: Slug, unit: UnitId, language: PathLanguage,
    said: NewComment,
) -> Talk:  # fmt: skip
    """Say something of a text, for the others who work on it."""
    subject = Subject(project, unit, language, principal.name)
    return Talk.of(conversation.comment(store, subject, said.text, bootstrap.clock()))


@router.put(
    "/marks/{kind}", response_model=Talk, summary="Mark a text", responses=_ANSWERS
)  # fmt: skip
def put_mark(
    store: OpenStore, principal: Who, project: Slug, unit: UnitId, language: PathLanguage,
    kind: Kind, reason: Reason,
) -> Talk:  # fmt: skip
    """Flag a text for others to look, or skip it in your own queue."""
    subject = Subject(project, unit, language, principal.name)
    return Talk.of(conversation.mark(store, subject, kind, reason.why, bootstrap.clock()))


@router.delete(
    "/marks/{kind}", response_model=Talk, summary="Take your mark off a text", responses=_ANSWERS
)  # fmt: skip
def delete_mark(
    store: OpenStore, principal: Who, project: Slug, unit: UnitId, language: PathLanguage,
    kind: Kind,
) -> Talk:  # fmt: skip
    """Take your own mark off; one that is not there is off already."""
    subject = Subject(project, unit, language, principal.name)
    return Talk.of(conversation.unmark(store, subject, kind, bootstrap.clock()))


@router.post(
    "/withdraw", response_model=WithdrawnTranslation, summary="Withdraw a harmful text",
    responses=documented(404, 412, 422, 428),
)  # fmt: skip
def withdraw_translation(
    store: OpenStore, jobs: OpenJobs, principal: Who, project: Slug, unit: UnitId,
    language: PathLanguage, reason: Reason, if_match: IfMatch = None,
) -> Response:  # fmt: skip
    """Take a text out of every export at once. The source is shown until another text is written.

    `releases` are those that held the text: nobody but people can call them back.
    """
    subject = Subject(project, unit, language, principal.name)
    try:
        done = conversation.withdraw(
            store, subject, revision(if_match), reason.why, bootstrap.clock()
        )
    except StaleRevisionError as error:
        current = reading.read(store, project, unit, language)
        return problems.response(error, current=plain_unit(current))
    told = webhooks.withdrawn(done.view, project, done.releases)
    webhooks.announce(store, jobs, project, "text.withdrawn", told, bootstrap.clock())
    held = [plain_release(each) for each in done.releases]
    body = {**plain_unit(done.view), "releases": held}
    return JSONResponse(body, headers={"ETag": f'"{done.view.revision}"'})
