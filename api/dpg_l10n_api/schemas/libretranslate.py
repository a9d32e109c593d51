"""What LibreTranslate's clients send and read, and who stands behind each answer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from dpg_l10n.domain.states import State
from dpg_l10n.services.translating import Translated
from dpg_l10n_api.schemas.tags import TAG

MOST_TEXTS = 1_000
MOST_CHARACTERS = 100_000
"""Of all texts of one request."""

Words = Annotated[str, StringConstraints(max_length=MOST_CHARACTERS)]
Tag = Annotated[str, Field(max_length=100, json_schema_extra=TAG)]


class LibreQuestion(BaseModel):
    """Texts to translate. Other fields that clients send are passed over."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"q": "Save {n} files", "source": "en", "target": "es"}]}
    )

    q: Words | Annotated[list[Words], Field(max_length=MOST_TEXTS)] = Field(
        description="A text, or several."
    )
    source: Tag = Field(description="BCP 47 of the texts; `auto` is refused.")
    target: Tag = Field(description="BCP 47 of the translations.")
    format: Literal["text", "html"] = Field(
        "text", description='In `html`, elements with `translate="no"` stay as they are.'
    )
    alternatives: Annotated[int, Field(ge=0, le=20)] = Field(
        0, description="Most further translations of each text; only people's have any."
    )
    api_key: Words = Field("", description="A token, where no `Authorization` has one.")

    @property
    def texts(self) -> list[str]:
        """The texts."""
        return [self.q] if isinstance(self.q, str) else self.q


class LibreOrigin(BaseModel):
    """Who stands behind one translation."""

    state: State = Field(
        description="`reviewed` or `translated` by a person; `draft`: a machine made it, nobody "
        "looked at it; `missing`: the text is the source, for there is none."
    )
    made_by: str | None = Field(description="Engine and model, or the memory that has it.")
    detail: dict[str, str] = Field(
        description="Of a draft the model's version, checksum, parameters, confidence; of the "
        "memory licence and project."
    )
    reason: str | None = Field(description="Why there is no translation.")

    @classmethod
    def of(cls, one: Translated) -> LibreOrigin:
        """Return what is known of a translation."""
        return cls(
            state=one.state,
            made_by=one.origin.describe() if one.origin else None,
            detail={name: said for name, said in one.origin.detail if said} if one.origin else {},
            reason=one.reason or None,
        )


class LibreAnswer(BaseModel):
    """Translations, one or a list as `q` was."""

    translated_text: str | list[str] = Field(alias="translatedText")
    origin: LibreOrigin | list[LibreOrigin] = Field(
        description="Who stands behind each: LibreTranslate itself does not say."
    )
    alternatives: list[str] | list[list[str]] = Field(
        description="Further translations by people, for each text."
    )

    @classmethod
    def of(cls, found: list[Translated], *, several: bool) -> LibreAnswer:
        """Return translations as they travel."""
        texts = [one.text for one in found]
        origins = list(map(LibreOrigin.of, found))
        others = [list(one.alternatives) for one in found]
        if several:
            return cls(translatedText=texts, origin=origins, alternatives=others)
        return cls(translatedText=texts[0], origin=origins[0], alternatives=others[0])


class LibreLanguage(BaseModel):
    """A language that texts can be translated from."""

    code: str = Field(description="BCP 47.")
    name: str
    targets: list[str] = Field(description="Languages that there are translations or models to.")
