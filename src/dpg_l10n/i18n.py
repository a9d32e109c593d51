"""Our own interface texts: marking them, and translating them with the catalogues in ``locales/``."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from dpg_l10n import resources

if TYPE_CHECKING:
    from polib import POEntry

_FORMS = re.compile(r"plural\s*=\s*([^;]+)")
_DRAFT_NOTE = "machine draft:"
"""How the note of an entry begins that no person decided on, as ``domain.merge`` has it."""


def N_(text: str) -> str:  # noqa: N802 - the name that extractors of gettext messages know
    """Mark a text for extraction and return it unchanged."""
    return text


@dataclass(frozen=True, slots=True)
class _Messages:
    texts: Mapping[str, str] = field(default_factory=dict)
    plurals: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    form: Callable[[int], int] = lambda count: int(count != 1)


@lru_cache(maxsize=32)
def _messages(language: str, drafts: bool) -> _Messages:
    import polib

    path = resources.locale_file(language)
    if path is None:
        return _Messages()
    catalogue = polib.pofile(str(path))
    # what is fuzzy and no draft has lost its source: nobody is shown it
    finished = [each for each in catalogue if each.translated() or (drafts and _is_draft(each))]
    rule = _FORMS.search(catalogue.metadata.get("Plural-Forms", "plural=n != 1"))
    return _Messages(
        {entry.msgid: entry.msgstr for entry in finished if not entry.msgid_plural},
        {entry.msgid: entry.msgstr_plural for entry in finished if entry.msgid_plural},
        gettext.c2py(rule[1].strip() if rule else "n != 1"),
    )


def _is_draft(entry: POEntry) -> bool:
    said = [entry.msgstr, *entry.msgstr_plural.values()]
    return entry.fuzzy and _DRAFT_NOTE in entry.comment and not entry.obsolete and any(said)


@lru_cache(maxsize=32)
def has_drafts(language: str) -> bool:
    """Tell whether the interface has drafts in a language, which must be shown as such."""
    every, confirmed = _messages(language, True), _messages(language, False)
    return (every.texts, every.plurals) != (confirmed.texts, confirmed.plurals)


def interface_languages() -> tuple[str, ...]:
    """Return the BCP 47 tags of the languages that our interface was begun in, English first."""
    return ("en", *(language for language in resources.locale_languages() if language != "en"))


def translate(text: str, language: str = "en", *, drafts: bool = False) -> str:
    """Return the interface text in a language, or the English text where nobody translated it.

    Args:
        text: English text, as marked with :func:`N_`.
        language: BCP 47 tag; a region falls back to its language.
        drafts: Take drafts too; who does says beside them that they are.
    """
    for candidate in (language, language.partition("-")[0]):
        found = _messages(candidate, drafts).texts.get(text) if candidate != "en" else text
        if found is not None:
            return found
    return text


def translate_plural(
    one: str, other: str, count: int, language: str = "en", *, drafts: bool = False
) -> str:
    """Return the plural variant of an interface text for a number, in English where it has none.

    Args:
        one: English text for 1.
        other: English text for other numbers.
        count: How many.
        language: BCP 47 tag; a region falls back to its language.
        drafts: As for :func:`translate`.
    """
    for candidate in (language, language.partition("-")[0]):
        messages = _messages(candidate, drafts)
        found = messages.plurals.get(one, {}).get(messages.form(count))
        if candidate != "en" and found:
            return found
    return one if count == 1 else other
