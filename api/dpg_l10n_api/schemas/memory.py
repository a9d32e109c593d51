"""What the memory answers."""

from __future__ import annotations

from pydantic import BaseModel, Field

from dpg_l10n.domain.message import plain
from dpg_l10n.domain.states import State
from dpg_l10n.services.memory.reports import MemoryHit, MemoryItem, MemoryReport
from dpg_l10n_api.schemas.units import Message


class MemoryMatch(Message):
    """A finished translation, and where it is from."""

    source: Message
    language: str
    similarity: float | None = Field(
        description="Share of the source text that is the same; null where words were looked for."
    )
    score: float = Field(ge=0, le=1, description="What they are sorted by.")
    state: State
    licence: str | None = Field(description="SPDX expression; null when unknown.")
    project: str | None = Field(description="Slug; null for an entry of a file.")
    memory: str | None = Field(description="Name of the file's memory; null for a project's text.")
    context: str
    key: str
    revision: int = Field(description="Of the translation; 0 for an entry of a file.")
    source_revision: int = Field(description="1 for a source as it came; 0 for an entry of a file.")
    uses: int = Field(description="How often this translation of the source text stands.")

    @classmethod
    def of_hit(cls, hit: MemoryHit) -> MemoryMatch:
        """Return a match as it travels."""
        said = Message.of(hit.text)
        return cls(
            text=said.text,
            plural=said.plural,
            source=Message.of(hit.source),
            language=hit.language,
            similarity=hit.similarity,
            score=hit.score,
            state=hit.state,
            licence=hit.licence,
            project=hit.project,
            memory=hit.memory,
            context=hit.context,
            key=hit.key,
            revision=hit.revision,
            source_revision=hit.source_revision,
            uses=hit.uses,
        )


class MemoryMatches(BaseModel):
    """What the memory has, best first."""

    items: list[MemoryMatch]
    withheld: int = Field(description="Translations that licences do not let the asker see.")

    @classmethod
    def of(cls, report: MemoryReport) -> MemoryMatches:
        """Return a report as it travels."""
        return cls(items=list(map(MemoryMatch.of_hit, report.hits)), withheld=report.withheld)


class MemoryList(BaseModel):
    """Memories that came as files, by name."""

    items: list[MemoryItem]


class TmLanguages(BaseModel):
    """Languages of the memory, in the spelling of tmserver: `pt_br`."""

    source_languages: list[str] = Field(alias="sourceLanguages")
    target_languages: list[str] = Field(alias="targetLanguages")


class TmMatch(BaseModel):
    """One match as tmserver answers it."""

    source: str
    target: str
    quality: int = Field(ge=0, le=100, description="Likeness of the sources in percent.")
    context: str
    rank: float = Field(ge=0, le=100, description="What they are sorted by.")

    @classmethod
    def of_hit(cls, hit: MemoryHit) -> TmMatch:
        """Return a match as it travels; of plural variants the general one."""
        return cls(
            source=plain(hit.source),
            target=plain(hit.text),
            quality=int((hit.similarity or 0.0) * 100 + 1e-6),
            context=hit.context,
            rank=hit.score * 100,
        )
