"""Our own interface texts: marking them, and translating them with the catalogues in ``locales/``."""

from __future__ import annotations

from functools import lru_cache

from dpg_l10n import resources


def N_(text: str) -> str:  # noqa: N802 - the name that extractors of gettext messages know
    """Mark a text for extraction and return it unchanged."""
    return text


@lru_cache(maxsize=16)
def _messages(language: str) -> dict[str, str]:
    import polib

    path = resources.locale_file(language)
    if path is None:
        return {}
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(path)) if entry.translated()}


def translate(text: str, language: str = "en") -> str:
    """Return the interface text in a language, or the English text where nobody translated it.

    Args:
        text: English text, as marked with :func:`N_`.
        language: BCP 47 tag; a region falls back to its language.
    """
    for candidate in (language, language.partition("-")[0]):
        found = _messages(candidate).get(text) if candidate != "en" else text
        if found is not None:
            return found
    return text
