"""Projects, coverage and texts as they travel."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from dpg_l10n.domain.findings import Finding
from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.domain.states import Origin, State
from dpg_l10n.domain.unit import Revision
from dpg_l10n.services.reading import UnitView
from dpg_l10n.services.reports import CatalogueStatus, StatusReport

MOST_CHARACTERS = 100_000
"""Of one text; the longest message of a real catalogue is a licence of some ten thousand."""

Label = Annotated[str, StringConstraints(pattern="^(zero|one|two|few|many|other|[0-9]{1,2})$")]
Words = Annotated[str, StringConstraints(max_length=MOST_CHARACTERS)]


class ProjectList(BaseModel):
    """Projects by slug."""

    items: list[StatusReport]


class CatalogueList(BaseModel):
    """Catalogues of a project by name."""

    items: list[CatalogueStatus]


class CoverageCounts(BaseModel):
    """Units or source words by what they count as; all but `total` sum to `total`."""

    total: int
    reviewed: int
    translated: int
    needs_work: int
    draft: int
    copied: int
    missing: int


class LanguageCoverage(BaseModel):
    """Coverage of one language."""

    language: str = Field(description="BCP 47", examples=["sw"])
    coverage: float = Field(ge=0, le=1, description="Rounded down to 4 digits; 1 means all.")
    units: CoverageCounts
    words: CoverageCounts


class Coverage(BaseModel):
    """Coverage of a project, as `dpg-l10n coverage --json` prints it."""

    project: str
    count: Literal["translated", "reviewed"] = Field(description="What counts as covered.")
    languages: list[LanguageCoverage]


class Message(BaseModel):
    """A text, or plural variants; the other of the two is null."""

    text: str | None
    plural: dict[str, str] | None = Field(
        description="By CLDR category, or by index in gettext catalogues."
    )

    @classmethod
    def of(cls, text: Text | None) -> Message:
        """Return a text as it travels."""
        if isinstance(text, Plural):
            return cls(text=None, plural=dict(text.forms))
        return cls(text=text, plural=None)


class TextOrigin(BaseModel):
    """Who made a text."""

    made: Literal["person", "import", "memory", "machine"]
    detail: dict[str, str] = Field(description="Of a draft: with what it was made.")

    @classmethod
    def of(cls, origin: Origin) -> TextOrigin:
        """Return an origin as it travels."""
        return cls(made=origin.made.value, detail=dict(origin.detail))


class TextFinding(BaseModel):
    """What a check says of the current text."""

    code: str
    severity: Literal["error", "warning", "info"]
    message: str
    span: tuple[int, int] | None = Field(description="Start and end (exclusive), in characters.")
    variant: str | None = Field(description="Label of the plural variant that is meant.")


class UnitTranslation(Message):
    """One unit in one language."""

    unit: int = Field(description="Number of the unit, for addresses.")
    catalogue: str
    key: str = Field(description="As the file has it; in gettext context, U+0004 and source text.")
    language: str
    source: Message
    previous_source: Message | None = Field(
        description="Source that the text was made for, where it is not the current one."
    )
    context: str
    notes: str = Field(description="What the developer tells the translator.")
    locations: str = Field(description="Where the text is used, one a line.")
    max_chars: int | None
    risk: str
    plural_labels: list[str] = Field(description="The variants that `plural` needs; else empty.")
    plural_numbers: list[str] = Field(
        description="For each of them the numbers that it is for; empty where no small number is.",
        examples=[["1", "2–4", "0, 5+"]],
    )
    state: State
    revision: int = Field(description="0 when nothing is there. A write names it in If-Match.")
    origin: TextOrigin | None
    findings: list[TextFinding]

    @classmethod
    def of_view(cls, view: UnitView) -> UnitTranslation:
        """Return a unit as it travels."""
        return cls.model_validate(plain_unit(view))


def plain_unit(view: UnitView) -> dict[str, Any]:
    """Return what :class:`UnitTranslation` says of a unit, without making one.

    A page has 50 of them; models would take most of its time.
    """
    unit, origin, said, source = view.unit, view.origin, view.translation, view.unit.source
    text = said.text if said else None
    return {
        "unit": unit.id,
        "catalogue": view.catalogue,
        "key": unit.key,
        "language": view.language,
        "source": {"text": source, "plural": None} if isinstance(source, str) else _plain(source),
        "previous_source": None if view.previous_source is None else _plain(view.previous_source),
        "context": unit.context,
        "notes": unit.notes,
        "locations": unit.locations,
        "max_chars": unit.max_chars,
        "risk": unit.risk,
        "plural_labels": view.labels,
        "plural_numbers": view.numbers,
        "state": said.state._value_ if said else "missing",
        "revision": said.revision if said else 0,
        **_plain(text),
        "origin": origin and {"made": origin.made._value_, "detail": dict(origin.detail)},
        "findings": [_plain_finding(found) for found in view.findings] if view.findings else [],
    }


def _plain_finding(found: Finding) -> dict[str, Any]:
    return {
        "code": found.code,
        "severity": found.severity.value,
        "message": found.message,
        "span": found.span,
        "variant": found.variant,
    }


def _plain(text: Text | None) -> dict[str, Any]:
    if isinstance(text, Plural):
        return {"text": None, "plural": dict(text.forms)}
    return {"text": text, "plural": None}


class UnitPart(BaseModel):
    """Members of a unit that `fields` named, each as in UnitTranslation."""

    model_config = ConfigDict(extra="allow")


class UnitPage(BaseModel):
    """Some units in source order; with `fields` only those members of each."""

    items: list[UnitTranslation] | list[UnitPart]
    next: str | None = Field(description="Cursor of the next page; null on the last one.")


class RevisionItem(Message):
    """One text that a unit had in a language."""

    revision: int
    state: State
    origin: TextOrigin
    actor: str = Field(description="Pseudonym.")
    at: int = Field(description="Seconds since 1970 in UTC.")
    kind: str = Field(description="What was done: `push`, `draft`, `review`.")
    why: str

    @classmethod
    def of_revision(cls, old: Revision) -> RevisionItem:
        """Return a revision as it travels."""
        said = Message.of(old.text)
        return cls(
            text=said.text,
            plural=said.plural,
            revision=old.revision,
            state=old.state,
            origin=TextOrigin.of(old.origin),
            actor=old.actor,
            at=old.at,
            kind=old.kind,
            why=old.why,
        )


class History(BaseModel):
    """Every text that a unit had in a language, newest first."""

    items: list[RevisionItem]


class LanguageItem(BaseModel):
    """A language that a project or an installed model has."""

    language: str = Field(description="BCP 47", examples=["ar"])
    name: str = Field(description="In English.", examples=["Arabic"])
    own_name: str = Field(description="In the language itself.", examples=["العربية"])
    direction: Literal["ltr", "rtl"]
    drafts_from: list[str] = Field(
        description="Languages from which an installed model translates to this one."
    )


class LanguageList(BaseModel):
    """Languages by tag."""

    items: list[LanguageItem]


class Health(BaseModel):
    """The service answers."""

    status: Literal["ok"]


class Said(BaseModel):
    """A text that somebody sends: `text`, or `plural` for a unit with variants."""

    model_config = ConfigDict(extra="forbid")

    text: Words | None = None
    plural: dict[Label, Words] | None = Field(
        None, min_length=1, description="One text for each of the unit's `plural_labels`."
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> Said:
        if self.text is not None and self.plural is not None:
            raise ValueError("Give text or plural, not both.")
        return self

    def said(self) -> Text | None:
        """Return the text, None where there is none."""
        return Plural(tuple(self.plural.items())) if self.plural is not None else self.text


class Decision(Said):
    """What a person decided on a text: give `text` or `plural` to change it, neither to keep it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"text": "Hifadhi", "state": "translated"},
                {"state": "reviewed"},
                {"state": "needs_work", "why": "Sounds like an order."},
            ]
        },
    )

    state: Literal["translated", "reviewed", "needs_work"]
    why: str = Field("", max_length=2000, description="For the history; needed to reject a text.")

    @model_validator(mode="after")
    def _reasoned(self) -> Decision:
        if self.state == "needs_work" and not self.why.strip():
            raise ValueError("Say why the text needs work.")
        return self
