"""What every reader of a foreign configuration returns, and what they share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dpg_l10n.domain.locales import canonical, is_language
from dpg_l10n.domain.project import Problem

UNMAPPED = "config.unmapped"


@dataclass(slots=True)
class Tables:
    """Tables of ``dpg-l10n.toml`` in the making."""

    path: str
    """The foreign file, for messages."""
    catalogues: list[dict[str, object]] = field(default_factory=list)
    languages: dict[str, str] = field(default_factory=dict)
    source_languages: list[str] = field(default_factory=list)
    """One for each catalogue that names one."""
    unmapped: list[Problem] = field(default_factory=list)

    def leave(self, key: str, why: str = "There is no setting for it here") -> None:
        """Record a key that was not taken over, and why: a sentence without its full stop."""
        self.unmapped.append(Problem(f"{self.path}: {key}", UNMAPPED, f"{why}."))

    def rename(self, key: str, code: str, name: str) -> None:
        """Record that files spell a language so, where the name does not say it by itself."""
        if not is_language(code):
            self.leave(key, f"“{code}” is no language code")
        elif not is_language(name) or canonical(name) != canonical(code):
            self.languages[name] = canonical(code)


def relative(path: str) -> str:
    """Return a path without the leading ``/`` or ``./`` that other tools allow."""
    return re.sub(r"^(?:\./|/)+", "", path.strip())


def glob(pattern: str) -> re.Pattern[str]:
    """Return the expression of a pattern with ``*``, ``**`` and ``?``: a group for each wildcard."""
    parts = {"**/": "(?:(.*)/)?", "**": "(.*)", "*": "([^/]*)", "?": "([^/])"}
    pieces = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    return re.compile("".join(parts.get(piece) or re.escape(piece) for piece in pieces))
