"""Read one language of a TBX file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.formats.tbx.document import Document, open_document
from dpg_l10n.formats.tbx.parts import Concept, Span, Term

_SNIFF = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(?:martif|tbx)[ \t\r\n/>]")
_UNNAMED = frozenset({"definition", "note"})
"""Categories whose texts speak for themselves."""


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the terms of the source, one of each concept.

    Args:
        data: The whole file.
        source: Not needed: the file holds its own.

    Raises:
        FormatError: Not well-formed, no TBX, or an identifier that two concepts have.
    """
    del source
    document = open_document(data)
    return read(document, document.language)


def parse_language(data: bytes, language: str) -> Catalogue:
    """Return the terms of one language under the keys of the source, empty where there are none.

    Raises:
        FormatError: As :func:`parse`.
    """
    return read(open_document(data), language)


def languages(data: bytes) -> tuple[str, ...]:
    """Return the languages beside the source, in the order in which they first occur.

    Raises:
        FormatError: As :func:`parse`.
    """
    document = open_document(data)
    return tuple(name for name in document.languages if name != document.language)


def sniff(path: str, head: bytes) -> bool:
    """Tell whether a file is TBX: by its root, and any ``.tbx``, so that reading it says why not."""
    if path.lower().endswith(".tbx"):
        return b"\0" not in head[:4] or head[:2] in (b"\xff\xfe", b"\xfe\xff")
    return _SNIFF.search(head) is not None


def read(document: Document, language: str | None) -> Catalogue:
    """Return what one language says; notes for translators stand with the source."""
    is_source = language == document.language
    entries = tuple(
        Entry(
            key, document.term(concept, language),
            notes="\n".join(_notes(document, concept)) if is_source else "", line=concept.line,
        )
        for key, concept in document.concepts.items()
    )  # fmt: skip
    return Catalogue("tbx", entries, language, encoding=document.codec)


def _notes(document: Document, concept: Concept) -> Iterator[str]:
    """Yield what is said of a concept, of the source's section and of its terms."""
    word = concept.word(document.language)
    others: list[Term] = []
    owners: list[Span] = [concept]
    for section in concept.sections:
        if section.language == document.language:
            others += [term for term in section.terms if term.word is not word]
            owners += (section, *(term for term in section.terms if term.word is word))
    for owner in owners:
        for fact in owner.facts:
            said = document.said(fact.start, fact.end)
            if said:
                yield said if fact.category in _UNNAMED else f"{fact.category}: {said}"
    for term in others:
        if term.word is not None:
            said = document.said(term.word.value, term.word.value_end)
            yield f"{'deprecatedTerm' if term.forbidden else 'admittedTerm'}: {said}"
