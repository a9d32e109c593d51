"""What a person works on next, and decisions on many texts at once."""

from __future__ import annotations

from fastapi import APIRouter

from dpg_l10n import bootstrap
from dpg_l10n.domain import query
from dpg_l10n.domain.access import Permission
from dpg_l10n.domain.locales import canonical
from dpg_l10n.domain.states import State
from dpg_l10n.services import queue
from dpg_l10n.services.queue import Task
from dpg_l10n_api import problems
from dpg_l10n_api.access import Who, require_decision
from dpg_l10n_api.deps import OpenStore, Slug
from dpg_l10n_api.problems import documented
from dpg_l10n_api.schemas.review import (
    AcceptedReport,
    BatchResult,
    BulkAccept,
    DecisionBatch,
    Queue,
    QueueRequest,
    outcome,
)
from dpg_l10n_api.schemas.units import UnitTranslation

router = APIRouter(prefix="/projects/{project}", tags=["review"])


@router.post(
    "/queue", response_model=Queue, summary="Take units to work on",
    responses=documented(404, 422),
)  # fmt: skip
def take_queue(store: OpenStore, principal: Who, project: Slug, asked: QueueRequest) -> Queue:
    """Return what to work on next and keep it for you until the lease ends.

    Units of risk come first, then those that are unchanged for longest. What somebody else holds and
    what you skipped or translated yourself is left out.
    """
    language = canonical(asked.language)
    principal.require(Permission.TRANSLATE, project, language)
    views = queue.queue(
        store, project, language, principal.name, bootstrap.clock(),
        task=Task(asked.task), limit=asked.limit, lease_s=asked.lease_s,
    )  # fmt: skip
    return Queue(items=[UnitTranslation.of_view(view) for view in views])


@router.post(
    "/units:batch", response_model=BatchResult, summary="Send decisions made offline",
    responses=documented(404, 422),
)  # fmt: skip
def decide_batch(
    store: OpenStore, principal: Who, project: Slug, batch: DecisionBatch
) -> BatchResult:
    """Write each decision for itself and tell what became of it.

    A decision that was written before counts as written: send the batch again when in doubt.
    """
    items = []
    for each in batch.items:
        language = canonical(each.language)
        require_decision(principal, project, language, State(each.state))
        risk = principal.may(Permission.REVIEW_RISK, project, language)
        items.append(each.item(principal.name, may_accept_risk=risk))
    outcomes = queue.decide_batch(store, project, items, bootstrap.clock())
    return BatchResult(
        items=[
            outcome(each, problems.described(each.error) if each.error else None)
            for each in outcomes
        ]
    )


@router.post(
    "/units:accept", response_model=AcceptedReport, summary="Accept many texts",
    responses=documented(404, 422),
)  # fmt: skip
def accept_units(
    store: OpenStore, principal: Who, project: Slug, asked: BulkAccept
) -> queue.Accepted:
    """Accept every translated text that a query asks for and that nothing speaks against.

    Drafts, texts with findings, units of risk and your own texts are left and counted. The whole can
    be undone by its number.
    """
    language = canonical(asked.language)
    principal.require(Permission.REVIEW, project, language)
    return queue.accept_all(
        store, project, language, query.parse(asked.q), principal.name,
        bootstrap.clock(),
    )  # fmt: skip
