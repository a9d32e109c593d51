"""Words of the interface in one language: for pages, and for files that are made for a reader."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from babel import Locale

from dpg_l10n.domain import locales
from dpg_l10n.i18n import translate


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: str
    """BCP 47, one of :func:`dpg_l10n.i18n.interface_languages`."""

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return "rtl" if locales.is_right_to_left(self.language) else "ltr"

    def say(self, text: str) -> str:
        """Return an interface text; a draft of it where nobody confirmed one."""
        return translate(text, self.language, drafts=True)

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
