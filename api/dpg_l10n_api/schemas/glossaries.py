"""Glossaries, and what people decide on them, as they travel."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints

from dpg_l10n.domain.terms import Concept
from dpg_l10n.services.glossaries.reports import GlossaryItem
from dpg_l10n_api.schemas.tags import TAG

Language = Annotated[str, Field(min_length=1, max_length=100, json_schema_extra=TAG)]
Key = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=400)]


class GlossaryList(BaseModel):
    """Glossaries by name."""

    items: list[GlossaryItem]


class ConceptPage(BaseModel):
    """Concepts in the order in which they came."""

    items: list[Concept]
    next: str | None = Field(description="Cursor of the next page; null on the last one.")


class TermDecision(BaseModel):
    """What a person decides on concepts, or on the words for them in a language."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"status": "accepted", "concepts": ["dose"], "language": "sw"}]
        },
    )

    status: Literal["accepted", "rejected"]
    concepts: list[Key] = Field(
        default=[], max_length=1000,
        description="Their keys. None means all with open words in the language, but those of risk.",
    )  # fmt: skip
    language: Language | None = Field(
        default=None, description="BCP 47, of the words; null decides on the concepts alone."
    )
    words: list[Word] = Field(
        default=[], max_length=100, description="Only these words; none means all of the language."
    )
    source_language: Language = Field(
        default="en", description="BCP 47, of the words by which concepts are found."
    )


class NewWords(BaseModel):
    """Words for a concept in a language, which who adds them accepts."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"concept": "dose", "language": "sw", "words": ["dozi"]}]},
    )

    concept: Key
    language: Language = Field(description="BCP 47.")
    words: list[Word] = Field(min_length=1, max_length=100)
    forbidden: StrictBool = Field(default=False, description="True for words never to be used.")


class Gone(BaseModel):
    """What was taken out."""

    name: str
    entries: int
