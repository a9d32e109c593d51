"""Languages by the names that people give to columns: ``French``, ``French (fr)``, ``Kiswahili``."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from dpg_l10n.domain.locales import base, canonical, display_name, is_language

_WITH_CODE = re.compile(r"(.*?)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]")


@lru_cache(maxsize=4096)
def language_of(title: str) -> str | None:
    """Return the tag of the language that a title names, or None.

    A code in brackets wins (``Français (fr)``), then the whole title as a code (``pt_BR``), then
    its name in English or in the language itself. Brackets may name a country or a script too:
    ``Portuguese (Brazil)``, ``Chinese (Simplified)``.
    """
    text = " ".join(title.split())
    parts = _WITH_CODE.fullmatch(text)
    if parts and is_language(parts[2]):
        return canonical(parts[2])
    if is_language(text):
        return canonical(text)
    found = _named(text)
    if found is None and parts:
        language, kind = _named(parts[1]), _subtags().get(parts[2].casefold())
        found = f"{language}-{kind}" if language and kind else None
    return found


def title_of(tag: str) -> str:
    """Return the English name of a language, with its code where the name alone does not say it."""
    name = display_name(tag)
    return name if language_of(name) == tag else f"{display_name(base(tag))} ({tag})"


def _named(name: str) -> str | None:
    folded = name.casefold()
    found = _english().get(folded)
    if found is None and name and not (name.isascii() and name.islower()):
        # gathering these takes a second: a word without a capital is a title of data
        found = _own_names().get(folded)
    return found


@lru_cache(maxsize=1)
def _english() -> dict[str, str]:
    names = Locale("en").languages
    return {
        str(name).casefold(): str(code).replace("_", "-")
        for code, name in sorted(names.items(), reverse=True)
        if is_language(str(code))
    }


@lru_cache(maxsize=1)
def _own_names() -> dict[str, str]:
    """Return the names of languages in themselves: only asked for where no English name fits."""
    names: dict[str, str] = {}
    for code in sorted(get_global("likely_subtags"), reverse=True):
        if "_" in code:
            continue
        try:
            name = Locale(code).languages.get(code)
        except (UnknownLocaleError, ValueError):
            continue
        if name:
            names[str(name).casefold()] = canonical(code)
    return names


@lru_cache(maxsize=1)
def _subtags() -> dict[str, str]:
    english = Locale("en")
    kinds = {**english.scripts, **english.territories}
    return {str(name).casefold(): str(code) for code, name in kinds.items()}
