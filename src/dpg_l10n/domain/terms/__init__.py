"""Terms: the words that a project agreed on for its concepts, found in texts in any form."""

from dpg_l10n.domain.terms.concept import Concept, Glossary, Term, TermStatus, Use, Wanted
from dpg_l10n.domain.terms.match import Entry, Match, finder
from dpg_l10n.domain.terms.terminology import Hit, Said, Terminology, TermsOf, no_terms

__all__ = [
    "Concept", "Entry", "Glossary", "Hit", "Match", "Said", "Term", "TermStatus", "Terminology",
    "TermsOf", "Use", "Wanted", "finder", "no_terms",
]  # fmt: skip
