"""A glossary for one pair of languages: the terms of a source text, and whether a target says them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from dpg_l10n.domain.risk import gravest
from dpg_l10n.domain.terms.concept import Concept, TermStatus, Use
from dpg_l10n.domain.terms.match import Entry, shared_finder
from dpg_l10n.domain.terms.spaceless import flat, occurrences
from dpg_l10n.domain.terms.words import (
    EXACT,
    MOST_IN_TERM,
    Word,
    fold,
    is_spaceless,
    mentions,
    spans,
    term_words,
    without_qualifier,
    words,
)


class Hit(NamedTuple):
    """A term in a source text, and what a translation may call it."""

    start: int
    end: int
    """The term is ``source[start:end]``."""
    concepts: tuple[Concept, ...]
    """One, or several that share the word."""
    accepted: tuple[str, ...]
    """A translation uses one of these, the first rather than the others; empty asks for none."""
    forbidden: tuple[str, ...]
    """A translation uses none of these for it."""
    keep: bool
    """True for a name that is not translated."""

    @property
    def risk(self) -> str:
        """The gravest risk of its concepts."""
        return gravest(concept.risk for concept in self.concepts)


_Asked = tuple[tuple[Concept, ...], tuple[str, ...], tuple[str, ...], bool]


class Terminology:
    """Finds terms in source texts.

    Args:
        concepts: Of all glossaries that hold for a project.
        source_language: BCP 47 tag.
        language: BCP 47 tag of the translations; None looks for terms only.
        enforced: True takes what people accepted; False takes suggestions too, for people to see.
    """

    def __init__(
        self,
        concepts: Iterable[Concept],
        source_language: str,
        language: str | None,
        *,
        enforced: bool = True,
    ) -> None:
        """Index the terms of the source language once."""
        self.language = language
        self._enforced = enforced
        self._concepts = [concept for concept in concepts if self._holds(concept.status)]
        self._asked: dict[tuple[int, ...], _Asked] = {}
        self._source_language = source_language
        entries = tuple(
            Entry(term.text, number, concept.keep, concept.part_of_speech == "verb")
            for number, concept in enumerate(self._concepts)
            for term in concept.said(source_language)
            if term.use is not Use.FORBIDDEN and self._holds(term.status)
        )
        self._finder = shared_finder(entries, source_language)

    def __bool__(self) -> bool:
        """Tell whether there is anything to find."""
        return bool(self._concepts)

    @property
    def concepts(self) -> tuple[Concept, ...]:
        """Its concepts."""
        return tuple(self._concepts)

    @property
    def risky(self) -> bool:
        """True when any of its concepts is of risk."""
        return any(concept.risk != "normal" for concept in self._concepts)

    def find(self, source: str) -> list[Hit]:
        """Return the terms of a source text in order, none inside another."""
        return [self._hit(start, end, numbers) for start, end, numbers in self._finder.find(source)]

    def risk(self, source: str) -> str:
        """Return the gravest risk of the terms of a source text, ``normal`` without any."""
        return gravest(hit.risk for hit in self.find(source))

    def _holds(self, status: TermStatus) -> bool:
        if self._enforced:
            return status is TermStatus.ACCEPTED
        return status is not TermStatus.REJECTED

    def _hit(self, start: int, end: int, numbers: tuple[int, ...]) -> Hit:
        asked = self._asked.get(numbers)
        if asked is None:
            asked = self._asked[numbers] = self._ask(numbers)
        return Hit(start, end, *asked)

    def _ask(self, numbers: tuple[int, ...]) -> _Asked:
        """Return what concepts that share a word ask for; the same for every text."""
        concepts = [self._concepts[number] for number in numbers]
        if any(concept.own for concept in concepts):
            # a project's own glossary goes before those of all projects
            concepts = [concept for concept in concepts if concept.own]
        terms = [
            term
            for concept in concepts
            if self.language is not None
            for term in concept.said(self.language)
            if self._holds(term.status)
        ]
        accepted = dict.fromkeys(
            without_qualifier(term.text)
            for use in (Use.PREFERRED, Use.ADMITTED)
            for term in terms
            if term.use is use
        )
        forbidden = dict.fromkeys(
            without_qualifier(term.text)
            for term in terms
            if term.use is Use.FORBIDDEN and without_qualifier(term.text) not in accepted
        )
        keep = any(concept.keep for concept in concepts)
        if len(concepts) == 1 and self._in_one_sense(concepts[0]):
            accepted = {}
        return tuple(concepts), tuple(accepted), tuple(forbidden), keep

    def _in_one_sense(self, concept: Concept) -> bool:
        """Tell whether a concept is one sense of its word and nobody knows what the others are called.

        Where the glossary has the other senses too, a text that holds the word says one of them.
        """
        said = concept.said(self._source_language)
        return bool(said) and all(term.text != without_qualifier(term.text) for term in said)


TermsOf = Callable[[str], Terminology | None]
"""Gives the terms that hold for translations into a language, None where there are none."""


def no_terms(_language: str) -> Terminology | None:
    """Give none."""
    return None


class Said:
    """A translation, asked for the words that it uses.

    Args:
        text: The translation.
        language: BCP 47 tag.
    """

    def __init__(self, text: str, language: str) -> None:
        """Take the text apart once, however many terms are looked for."""
        self._text = text
        self._language = language
        self._flat = flat(text) if is_spaceless(language) else None

    @cached_property
    def _lower(self) -> str:
        return self._text.lower()

    @cached_property
    def _words(self) -> list[Word]:
        return words(self._text, self._language)

    @cached_property
    def _folded(self) -> list[str]:
        return fold(self._text, self._words)

    def says(self, term: str) -> bool:
        """Tell whether it says a term, in any form: in doubt it does."""
        # most say the very term, or begin a sentence with it, and nothing need be taken apart
        if _stands(term, self._text):
            return True
        parts = term_words(term, self._language)
        if not any(key[:1] == EXACT for key, _ in parts) and _stands(term.lower(), self._lower):
            return True
        if self._spans(term):
            return True
        return self._flat is None and mentions(self._folded, parts, self._language)

    def wrongly(self, term: str, accepted: Sequence[str]) -> tuple[int, int] | None:
        """Return where it says a forbidden term that is no part of an accepted one, or None."""
        right = [span for word in accepted for span in self._spans(word)]
        for start, end in self._spans(term):
            if not any(first <= start and end <= last for first, last in right):
                return start, end
        return None

    def _spans(self, term: str) -> list[tuple[int, int]]:
        """Return where a term stands beyond doubt."""
        if self._flat is not None:
            return [
                self._flat.place(start, end)
                for start, end in occurrences(self._flat.text, _flat_term(term))
            ]
        found = spans(self._words, term_words(term, self._language))
        return [(self._words[first].start, self._words[last - 1].end) for first, last in found]


def _stands(term: str, text: str) -> bool:
    """Tell whether a text holds just these characters as words of their own."""
    start = text.find(term)
    end = start + len(term)
    return (
        start >= 0 and not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()
    )


@lru_cache(maxsize=4096)
def _flat_term(term: str) -> str:
    return flat(without_qualifier(term[:MOST_IN_TERM])).text.strip()
