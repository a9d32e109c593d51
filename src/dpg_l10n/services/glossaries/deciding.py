"""The use case: a person accepts or rejects concepts and the words for them."""

from __future__ import annotations

from dataclasses import replace

from dpg_l10n.domain.access import Permission
from dpg_l10n.domain.risk import RISKY
from dpg_l10n.domain.terms import Concept, Term, TermStatus, Use, Wanted
from dpg_l10n.domain.terms.decide import decided, joined
from dpg_l10n.errors import ForbiddenError, NotFoundError, UsageError
from dpg_l10n.interchange.concepts import term
from dpg_l10n.interchange.units import UnitError
from dpg_l10n.ports import Clock, Store
from dpg_l10n.services.glossaries.importing import not_there
from dpg_l10n.services.glossaries.reports import Decision


def decide(
    store: Store,
    clock: Clock,
    glossary: str,
    keys: tuple[str, ...],
    status: TermStatus,
    *,
    language: str | None,
    texts: tuple[str, ...] = (),
    source_language: str = "en",
    actor: str,
    may_accept_risk: bool = True,
) -> Decision:
    """Write down what a person decided; without keys of all concepts that have open words.

    Concepts of clinical, legal or safety risk are decided on by their key only.

    Args:
        store: Where they are.
        clock: Gives the time.
        glossary: Name.
        keys: Of concepts; empty for all with open words in the language.
        status: What they decided.
        language: BCP 47 tag of the words; None decides on concepts alone.
        texts: The words that are meant; empty for all of the language.
        source_language: BCP 47 tag of the words by which concepts are found.
        actor: Pseudonym.
        may_accept_risk: True when the person may accept concepts of risk.

    Raises:
        NotFoundError: There is no such glossary, concept or word.
        ForbiddenError: A concept is of risk, and this person may not accept those.
    """
    with store.write() as uow:
        found = uow.glossaries.get(glossary)
        if found is None:
            raise not_there(glossary, [each.name for each, _, _ in uow.glossaries.overview()])
        bulk = not keys
        concepts = uow.glossaries.concepts(
            Wanted(glossary=glossary, keys=keys, open_in=language if bulk else None)
        )
        _require(keys, [concept.key for concept in concepts], "concept")
        if not bulk and status is TermStatus.ACCEPTED:
            _require_knowledge(concepts, may_accept_risk=may_accept_risk)
        risky = [concept for concept in concepts if bulk and concept.risk in RISKY]
        pairs = [
            (
                concept,
                decided(
                    concept, status, language=language, source_language=source_language, texts=texts
                ),
            )
            for concept in concepts
            if concept not in risky
        ]
        there = [t.text for c, _ in pairs for t in c.terms if t.language == language]
        _require(texts, there, "term")
        changed = [(before, after) for before, after in pairs if before != after]
        uow.glossaries.put(found, [after for _, after in changed], actor, clock.now())
        uow.commit()
    terms = sum(len(set(after.terms) - set(before.terms)) for before, after in changed)
    return Decision(status, len(changed), terms, len(risky))


def add_words(
    store: Store,
    clock: Clock,
    glossary: str,
    key: str,
    language: str,
    words: tuple[str, ...],
    use: Use,
    *,
    actor: str,
    may_accept_risk: bool = True,
) -> Decision:
    """Add words for a concept in a language, accepted by who adds them; the concept is too.

    Args:
        store: Where it is.
        clock: Gives the time.
        glossary: Name.
        key: Of the concept.
        language: BCP 47 tag.
        words: A word that is there already gets this use.
        use: What they are to the concept; the first admitted one of a language is preferred.
        actor: Pseudonym.
        may_accept_risk: True when the person may accept words for concepts of risk.

    Raises:
        NotFoundError: There is no such glossary or concept.
        ForbiddenError: The concept is of risk, and this person may not accept words for it.
        UsageError: ``glossary.word``: a word is none.
    """
    with store.write() as uow:
        found = uow.glossaries.get(glossary)
        if found is None:
            raise not_there(glossary, [each.name for each, _, _ in uow.glossaries.overview()])
        concepts = uow.glossaries.concepts(Wanted(glossary=glossary, keys=(key,)))
        _require((key,), [concept.key for concept in concepts], "concept")
        _require_knowledge(concepts, may_accept_risk=may_accept_risk)
        (before,) = concepts
        terms = tuple(Term(language, _word(word), use, TermStatus.ACCEPTED) for word in words)
        if use is not Use.FORBIDDEN and not before.said(language):
            terms = (replace(terms[0], use=Use.PREFERRED), *terms[1:])
        after = joined(before, replace(before, terms=terms), accept=True)
        after = replace(after, status=TermStatus.ACCEPTED)
        changed = uow.glossaries.put(found, [after], actor, clock.now())
        uow.commit()
    return Decision(TermStatus.ACCEPTED, changed, len(set(after.terms) - set(before.terms)), 0)


def _require_knowledge(concepts: list[Concept], *, may_accept_risk: bool) -> None:
    """Leave concepts of clinical, legal or safety risk to those who know the subject."""
    if not may_accept_risk and any(concept.risk in RISKY for concept in concepts):
        raise ForbiddenError(permission=Permission.REVIEW_RISK.value)


def _word(text: str) -> str:
    try:
        return term(text)
    except UnitError as error:
        raise UsageError(error.reason, code="glossary.word", **error.params) from error


def _require(asked: tuple[str, ...], there: list[str], kind: str) -> None:
    for name in asked:
        if name not in there:
            hint = f"There are: {', '.join(there[:20])}." if there else ""
            raise NotFoundError(kind=kind, name=name, hint=hint)
