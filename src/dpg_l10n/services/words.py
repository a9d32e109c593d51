"""Words of the interface in one language: for pages, and for files that are made for a reader."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from babel import Locale

from dpg_l10n.domain import locales
from dpg_l10n.i18n import N_, has_drafts, translate

DRAFT_WORDS = N_("Draft translation, not confirmed by a person.")
"""What stands wherever words of the interface are drafts."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: str
    """BCP 47, one of :func:`dpg_l10n.i18n.interface_languages`."""
    drafts: bool = True
    """False where there is no place for :data:`DRAFT_WORDS`: what nobody confirmed is English then."""

    @property
    def unconfirmed(self) -> bool:
        """True where words may be drafts that nobody confirmed, so that it has to be said."""
        return self.drafts and has_drafts(self.language)

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return "rtl" if locales.is_right_to_left(self.language) else "ltr"

    def say(self, text: str) -> str:
        """Return an interface text; a draft of it where nobody confirmed one, unless without drafts."""
        return translate(text, self.language, drafts=self.drafts)

    def language_name(self, tag: str) -> str:
        """Return the name of a language."""
        return _language_name(tag, self.language)

    def country_name(self, code: str) -> str:
        """Return the name of a country of an ISO 3166-1 alpha-2 code, or the code."""
        english = Locale("en").territories
        own = locales.cldr(self.language) or Locale("en")
        return str(own.territories.get(code) or english.get(code) or code)


@lru_cache(maxsize=4096)
def _language_name(tag: str, language: str) -> str:
    return locales.display_name(tag, language)
