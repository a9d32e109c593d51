"""The accepted terms of the store as drafts ask for them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from dpg_l10n.domain.terms import Terminology
from dpg_l10n.services.drafting.terms import Terms, TermUse, no_terms


def terms_of(terminology: Terminology | None) -> Terms:
    """Return what finds the terms of a source text.

    Args:
        terminology: Accepted terms of a pair of languages; None where there are none.
    """
    if terminology is None:
        return no_terms

    def terms(text: str) -> Sequence[TermUse]:
        return [
            TermUse(hit.start, hit.end, hit.accepted, hit.forbidden, keep=hit.keep)
            for hit in terminology.find(text)
            if hit.keep or hit.accepted or hit.forbidden
        ]

    return terms


def version_of(terminology: Terminology | None) -> str:
    """Return what tells one state of a glossary from another, empty without one."""
    if terminology is None:
        return ""
    said = [(concept.key, concept.keep, concept.terms) for concept in terminology.concepts]
    return hashlib.blake2b(repr(said).encode(), digest_size=8).hexdigest()
