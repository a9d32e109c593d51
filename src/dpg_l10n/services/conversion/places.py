"""What the paths of files say of their languages."""

from __future__ import annotations

from collections.abc import Sequence

from dpg_l10n.domain.locales import canonical, is_language
from dpg_l10n.domain.paths import match
from dpg_l10n.services.conversion.request import InputFile
from dpg_l10n.services.discovery import language_in


def named(path: str) -> InputFile:
    """Return a file with the language that its path names, if it names one."""
    return InputFile(path, language_in(path))


def matching(pattern: str, paths: Sequence[str]) -> list[InputFile]:
    """Return the files among some that fit a pattern with ``{language}``, by their languages."""
    found = []
    for path in sorted(paths):
        name = match(pattern, path)
        if name is not None and is_language(name):
            found.append(InputFile(path, canonical(name)))
    return found
