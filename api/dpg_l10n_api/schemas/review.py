"""What people say of texts and decide on many of them, as it travels."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StringConstraints

from dpg_l10n.domain.locales import canonical
from dpg_l10n.domain.states import State
from dpg_l10n.domain.unit import Suggestion
from dpg_l10n.services import conversation, queue, reviewing
from dpg_l10n_api.schemas.problems import Problem
from dpg_l10n_api.schemas.tags import TAG
from dpg_l10n_api.schemas.units import Decision, Message, Said, UnitTranslation

MarkKind = Literal["flag", "skip"]
Sentence = Annotated[str, StringConstraints(max_length=2000)]
Language = Annotated[str, Field(min_length=1, max_length=100, json_schema_extra=TAG)]


class SuggestionItem(Message):
    """A text that somebody proposed beside the current one."""

    id: int
    why: str
    actor: str = Field(description="Pseudonym.")
    at: int = Field(description="Seconds since 1970 in UTC.")

    @classmethod
    def of_suggestion(cls, made: Suggestion) -> SuggestionItem:
        """Return a suggestion as it travels."""
        said = Message.of(made.text)
        return cls(
            text=said.text, plural=said.plural, id=made.id, why=made.why, actor=made.actor,
            at=made.at,
        )  # fmt: skip


class CommentItem(BaseModel):
    """What somebody said of a text."""

    id: int
    text: str
    actor: str = Field(description="Pseudonym.")
    at: int = Field(description="Seconds since 1970 in UTC.")


class MarkItem(BaseModel):
    """A mark that somebody put on a text."""

    kind: MarkKind
    actor: str = Field(description="Pseudonym.")
    at: int = Field(description="Seconds since 1970 in UTC.")
    why: str


class LeaseItem(BaseModel):
    """Who works on a text now."""

    actor: str = Field(description="Pseudonym.")
    until: int = Field(description="Seconds since 1970 in UTC; nobody's from then on.")


class Talk(BaseModel):
    """What is said of a text, oldest first."""

    suggestions: list[SuggestionItem]
    comments: list[CommentItem]
    marks: list[MarkItem]
    lease: LeaseItem | None

    @classmethod
    def of(cls, talk: conversation.Talk) -> Talk:
        """Return what is said as it travels."""
        lease = talk.lease
        return cls(
            suggestions=[SuggestionItem.of_suggestion(each) for each in talk.suggestions],
            comments=[
                CommentItem(id=each.id, text=each.text, actor=each.actor, at=each.at)
                for each in talk.comments
            ],
            marks=[MarkItem.model_validate(each, from_attributes=True) for each in talk.marks],
            lease=LeaseItem(actor=lease.actor, until=lease.until) if lease else None,
        )


class Proposal(Said):
    """A text to propose: `text`, or `plural` where the source has variants."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"text": "Hifadhi"}]})

    why: Sentence = Field("", description="For those who decide.")


class NewComment(BaseModel):
    """Something to say of a text."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"text": "Is this a button or a title?"}]}
    )

    text: Annotated[str, StringConstraints(min_length=1, max_length=10_000)]


class Reason(BaseModel):
    """Why."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"why": "It insults the reader."}]}
    )

    why: Sentence = ""


class QueueRequest(BaseModel):
    """What to work on next."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"language": "sw"}]})

    language: Language = Field(description="BCP 47; other spellings are understood.")
    task: Literal["review", "translate"] = "review"
    limit: StrictInt = Field(20, ge=1, le=200, description="Most units.")
    lease_s: StrictInt = Field(
        queue.LEASE_S,
        ge=0,
        le=86_400,
        description="Seconds for which they are kept; 0: not at all.",
    )


class Queue(BaseModel):
    """Units to work on, the most pressing first."""

    items: list[UnitTranslation]


class BatchItem(Decision):
    """One decision made offline."""

    unit: StrictInt = Field(ge=1, le=2**63 - 1)
    language: Language
    revision: StrictInt = Field(
        ge=0, le=2**31 - 1, description="Revision that was seen, 0 for none."
    )

    def item(self, actor: str, *, may_accept_risk: bool) -> queue.Item:
        """Return the decision of a person."""
        decision = reviewing.Decision(
            State(self.state), self.revision, actor, self.said(), self.why, may_accept_risk
        )  # fmt: skip
        return queue.Item(self.unit, canonical(self.language), decision)


class DecisionBatch(BaseModel):
    """Decisions made offline, each written for itself."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"items": [{"unit": 7, "language": "sw", "revision": 1, "state": "reviewed"}]}
            ]
        },
    )

    items: list[BatchItem] = Field(min_length=1, max_length=200)


class BatchOutcome(BaseModel):
    """What became of one decision."""

    unit: int
    language: str
    problem: Problem | None = Field(description="Why it was refused; null when it is written.")
    current: UnitTranslation | None = Field(description="What is there now.")


class BatchResult(BaseModel):
    """What became of each decision, in the order of the request."""

    items: list[BatchOutcome]


class BulkAccept(BaseModel):
    """Which texts to accept."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"language": "sw", "q": "origin:import catalogue:app"}]},
    )

    language: Language = Field(description="BCP 47; other spellings are understood.")
    q: Annotated[str, StringConstraints(max_length=1000)] = Field("", description="Query.")


class AcceptedReport(BaseModel):
    """What a bulk accept did."""

    accepted: int
    skipped: dict[str, int] = Field(
        description="By reason: `draft`, `finding`, `risk`, `state`, `own`."
    )
    id: int = Field(description="For undo; 0 when nothing was accepted.")


def outcome(each: queue.Outcome, problem: dict[str, Any] | None) -> BatchOutcome:
    """Return what became of a decision as it travels."""
    return BatchOutcome(
        unit=each.unit_id,
        language=each.language,
        problem=Problem(**problem) if problem else None,
        current=UnitTranslation.of_view(each.view) if each.view else None,
    )
