"""Which refusals of a run were expected: those for a real fault of a file, each with its reason."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

EXPECTED = Path(__file__).with_name("conformance_expected.toml")


class Refused(NamedTuple):
    """A file that is refused."""

    project: str
    path: str
    code: str


def expected(file: Path = EXPECTED) -> dict[Refused, str]:
    """Return the reason of every refusal that is expected.

    Raises:
        KeyError: One lacks a member.
    """
    listed = tomllib.loads(file.read_text(encoding="utf-8")).get("refused", [])
    return {Refused(each["project"], each["path"], each["code"]): each["why"] for each in listed}


def faults(
    found: Iterable[Refused], reasons: Mapping[Refused, str], projects: Collection[str]
) -> list[str]:
    """Return what speaks against a run: refusals without a reason, and reasons without a refusal.

    Args:
        found: What was refused.
        reasons: What is expected.
        projects: Those that were tried; what is expected of others is not asked for.
    """
    there = set(found)
    unexpected = [f"not expected: {name(each)}" for each in sorted(there - reasons.keys())]
    gone = [
        f"no longer refused: {name(each)}: {why}"
        for each, why in sorted(reasons.items())
        if each.project in projects and each not in there
    ]
    return unexpected + gone


def name(refused: Refused) -> str:
    """Return a refusal as one line of Markdown says it."""
    return f"{refused.project}: `{refused.code}` {refused.path}"
