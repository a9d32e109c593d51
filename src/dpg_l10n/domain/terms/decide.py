"""How concepts change: by a file, which suggests, and by a person, who decides."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from dpg_l10n.domain.terms.concept import Concept, Term, TermStatus, Use

_SUGGESTED, _ACCEPTED, _REJECTED = TermStatus.SUGGESTED, TermStatus.ACCEPTED, TermStatus.REJECTED


def as_suggestion(new: Concept) -> Concept:
    """Return a concept of a file with nothing decided; what the file itself rejects is left out."""
    terms = tuple(
        replace(term, status=_SUGGESTED) for term in new.terms if term.status is not _REJECTED
    )
    return replace(new, terms=terms, status=_SUGGESTED)


def joined(old: Concept | None, new: Concept, *, accept: bool) -> Concept:
    """Return what becomes of a concept when a file names it.

    Nothing that a person decided is undone by a file that only suggests: words that it has more are
    added, and an accepted concept keeps its definition, its risk, and what each word is to it.

    Args:
        old: As it is, None where there is none.
        new: As the file says.
        accept: True where a person asks for the file's word to hold.
    """
    new = new if accept else as_suggestion(new)
    if old is None:
        return new
    theirs = accept or old.status is _SUGGESTED
    terms = {(term.language, term.text): term for term in old.terms}
    for term in new.terms:
        place = (term.language, term.text)
        terms[place] = _joined_term(terms.get(place), term, accept=accept)

    def said(before: str, after: str) -> str:
        return (after or before) if theirs else (before or after)

    return replace(
        old,
        terms=tuple(terms.values()),
        part_of_speech=said(old.part_of_speech, new.part_of_speech),
        definition=said(old.definition, new.definition),
        subject=said(old.subject, new.subject),
        risk=new.risk if theirs and new.risk != "normal" else old.risk,
        keep=new.keep or old.keep if theirs else old.keep,
        status=new.status if accept and new.status is not _SUGGESTED else old.status,
        source=said(old.source, new.source),
        licence=said(old.licence or "", new.licence or "") or None,
        note=said(old.note, new.note),
    )


def _joined_term(old: Term | None, new: Term, *, accept: bool) -> Term:
    if old is None:
        return new
    use = new.use if accept or old.status is _SUGGESTED else old.use
    return replace(old, use=use, status=old.status if new.status is _SUGGESTED else new.status)


def decided(
    concept: Concept,
    status: TermStatus,
    *,
    language: str | None,
    source_language: str,
    texts: Collection[str] = (),
) -> Concept:
    """Return a concept after a person decided on it.

    Who accepts the words of a language accepts the concept too, and the words of the source language
    by which it is found. Words that were rejected before stay so unless they are named.

    Args:
        concept: As it is.
        status: What they decided.
        language: BCP 47 tag of the words; None decides on the concept alone.
        source_language: BCP 47 tag.
        texts: The words that are meant; empty means all that are open.
    """
    accepting = status is _ACCEPTED

    def after(term: Term) -> Term:
        named = term.language == language and (
            term.text in texts if texts else term.status is not _REJECTED
        )
        found_by = (
            accepting
            and term.language == source_language
            and term.status is _SUGGESTED
            and term.use is not Use.FORBIDDEN
            and not (term.language == language and texts)
        )
        return replace(term, status=status) if named or found_by else term

    whole = accepting or language is None
    return replace(
        concept,
        terms=tuple(map(after, concept.terms)),
        status=status if whole else concept.status,
    )
