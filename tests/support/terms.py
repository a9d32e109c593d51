"""Concepts for tests."""

from __future__ import annotations

import io

from dpg_l10n.domain.terms import Concept, Term, TermStatus, Use
from dpg_l10n.ports import Store
from dpg_l10n.services import glossaries
from tests.support.projects import FixedClock

TERMS = b"key,term,sw,sw:forbidden,risk\nform,form,fomu,hati,normal\nopen,open,fungua,,clinical\n"
"""A glossary as a table."""


def with_glossary(store: Store, name: str, project: str | None = None) -> None:
    """Take a small glossary in, as suggestions; one that is there stays as it is."""
    asked = glossaries.ImportOptions(name, project, "CC0-1.0")
    glossaries.import_glossary(store, io.BytesIO(TERMS), "terms.csv", FixedClock(), asked)


def concept(
    key: str,
    english: str,
    *,
    status: TermStatus = TermStatus.ACCEPTED,
    risk: str = "normal",
    keep: bool = False,
    own: bool = False,
    **said: list[str],
) -> Concept:
    """Return a concept with words by language; one that begins with a minus sign is forbidden."""
    terms = [Term("en", english, status=status)]
    for language, texts in said.items():
        for place, text in enumerate(texts):
            use = Use.FORBIDDEN if text[0] == "-" else Use.ADMITTED if place else Use.PREFERRED
            terms.append(Term(language.replace("_", "-"), text.lstrip("-"), use, status))
    return Concept(key, tuple(terms), risk=risk, keep=keep, own=own, status=status)
