"""What a project asks of its translations before they are released."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

DEFAULT = "default"
"""In place of a language: all languages that are not named."""
MOST_EXAMPLES = 5
"""Units that a condition names; the others are counted."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,99}")


@dataclass(frozen=True, slots=True)
class GatePolicy:
    """What a project asks for, as its ``dpg-l10n.toml`` says."""

    fail_under: tuple[tuple[str, int], ...] = ()
    """Least coverage in percent by language, :data:`DEFAULT` for the others; none is asked for where
    neither is named."""
    errors: int = 0
    """Most texts of a language in which a check finds an error."""
    risk: int = 0
    """Most texts of a language of clinical, legal or safety risk that no reviewer accepted."""

    def bar(self, language: str) -> int | None:
        """Return the least coverage of a language in percent, None where none is asked for."""
        bars = dict(self.fail_under)
        return bars.get(language, bars.get(DEFAULT))

    @classmethod
    def of(cls, fail_under: Mapping[str, int], errors: int, risk: int) -> GatePolicy:
        """Return the policy whose bars are a mapping."""
        return cls(tuple(sorted(fail_under.items())), errors, risk)


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a gate looked at."""

    code: str
    """``coverage``, ``errors``, ``risk``, ``withdrawn``, ``refused``."""
    language: str
    """BCP 47; empty where all are meant."""
    passed: bool
    found: int
    """Percent of ``coverage``, else how many texts (of ``refused``: files) speak against it."""
    asked: int
    """Least percent of ``coverage``, else how many there may be."""
    examples: tuple[str, ...] = ()
    """Some of them: catalogue and key, of ``refused`` the paths."""

    @classmethod
    def at_least(cls, language: str, found: int, asked: int) -> Condition:
        """Return the condition of a coverage."""
        return cls("coverage", language, found >= asked, found, asked)

    @classmethod
    def at_most(cls, code: str, language: str, found: tuple[str, ...], asked: int = 0) -> Condition:
        """Return a condition that not too many speak against."""
        many = len(found)
        return cls(code, language, many <= asked, many, asked, found[:MOST_EXAMPLES])


def is_release_name(name: str) -> bool:
    """Tell whether a release can be called so: what a tag of a repository is called."""
    return _NAME.fullmatch(name) is not None
