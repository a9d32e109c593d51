"""Concepts for tests."""

from __future__ import annotations

from dpg_l10n.domain.terms import Concept, Term, TermStatus, Use


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
