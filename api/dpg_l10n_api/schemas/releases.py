"""Releases and the gate before them, as they travel."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from dpg_l10n.domain.gate import Condition
from dpg_l10n.domain.release import Release, WithdrawnText
from dpg_l10n.services.gates import GateReport
from dpg_l10n.services.releases import ReleaseView, sentence
from dpg_l10n_api.schemas.units import Message, UnitTranslation


class GateCondition(BaseModel):
    """One thing that a gate looked at."""

    code: str = Field(description="`coverage`, `errors`, `risk` or `withdrawn`.")
    language: str = Field(description="BCP 47; empty where all are meant.")
    passed: bool
    found: int = Field(description="Percent of `coverage`, else how many texts speak against it.")
    asked: int = Field(description="Least percent of `coverage`, else how many there may be.")
    examples: list[str] = Field(description="Some of the texts: catalogue and key.")
    message: str = Field(description="For people.")

    @classmethod
    def of(cls, condition: Condition) -> GateCondition:
        """Return a condition as it travels."""
        return cls(
            code=condition.code,
            language=condition.language,
            passed=condition.passed,
            found=condition.found,
            asked=condition.asked,
            examples=[*condition.examples],
            message=sentence(condition),
        )  # fmt: skip


class Gate(BaseModel):
    """Whether a project fulfils what it asks of itself before a release."""

    project: str
    passed: bool
    conditions: list[GateCondition]

    @classmethod
    def of(cls, report: GateReport) -> Gate:
        """Return a report as it travels."""
        found = [GateCondition.of(each) for each in report.conditions]
        return cls(project=report.project, passed=report.passed, conditions=found)


class ReleaseItem(BaseModel):
    """A named export that passed its gate."""

    name: str
    at: int = Field(description="Seconds since 1970 in UTC.")
    actor: str = Field(description="Pseudonym.")
    format: str
    only: str = Field(description="Least state of its texts; empty for all that people wrote.")
    languages: list[str]


class ReleaseList(BaseModel):
    """Releases of a project, the newest first."""

    items: list[ReleaseItem]


class ReleaseFile(BaseModel):
    """What one language of a catalogue was in a release."""

    catalogue: str
    language: str
    path: str
    sha256: str = Field(description="Of the whole file.")
    bytes: int
    units: int = Field(description="Units whose text the file held.")


class HarmfulText(Message):
    """A text that was withdrawn."""

    catalogue: str
    key: str
    language: str
    at: int
    actor: str
    why: str

    @classmethod
    def of_text(cls, text: WithdrawnText) -> HarmfulText:
        """Return a withdrawn text as it travels."""
        said = Message.of(text.text)
        return cls(
            text=said.text, plural=said.plural, catalogue=text.catalogue, key=text.key,
            language=text.language, at=text.at, actor=text.actor, why=text.why,
        )  # fmt: skip


class ReleaseDetail(ReleaseItem):
    """What a release held, and which of its texts were withdrawn."""

    files: list[ReleaseFile]
    withdrawn: list[HarmfulText]

    @classmethod
    def of_view(cls, view: ReleaseView) -> ReleaseDetail:
        """Return a release as it travels."""
        files = [ReleaseFile.model_validate(each, from_attributes=True) for each in view.files]
        harmful = [HarmfulText.of_text(each) for each in view.withdrawn]
        return cls(**plain_release(view.release), files=files, withdrawn=harmful)


class WithdrawnTranslation(UnitTranslation):
    """What is there after a text was withdrawn."""

    releases: list[ReleaseItem] = Field(description="Those that held the text, the newest first.")


def plain_release(release: Release) -> dict[str, Any]:
    """Return what :class:`ReleaseItem` says of a release."""
    return {
        "name": release.name, "at": release.at, "actor": release.actor, "format": release.format,
        "only": release.only, "languages": [*release.languages],
    }  # fmt: skip
