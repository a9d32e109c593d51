"""Models of drafts, as they travel."""

from __future__ import annotations

from dataclasses import asdict

from pydantic import BaseModel, Field

from dpg_l10n.services.reports import ModelQuality


class ModelItem(BaseModel):
    """The drafts of a model in a language, beside what people accepted."""

    engine: str
    model: str
    version: str
    language: str
    accepted: int = Field(description="Drafts in whose place a person accepted a text.")
    unchanged: int = Field(description="Of them, those accepted as they were.")
    chrf: float = Field(description="0 to 100; 100 is the same text.")
    ter: float = Field(description="Edits per 100 words; 0 is the same text.")
    switched_off: bool = Field(description="It drafts no more in this language.")

    @classmethod
    def of(cls, one: ModelQuality, *, switched_off: bool) -> ModelItem:
        """Return a model as it travels."""
        return cls(**asdict(one), switched_off=switched_off)


class ModelList(BaseModel):
    """All models whose drafts people looked at."""

    least_chrf: float | None = Field(description="The bar; null where none is set.")
    enough: int = Field(description="Accepted texts from which on the bar holds.")
    items: list[ModelItem]
