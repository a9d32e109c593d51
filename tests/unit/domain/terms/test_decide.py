from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dpg_l10n.domain.terms import Concept, Term, TermStatus, Use
from dpg_l10n.domain.terms.decide import decided, joined
from tests.support.terms import concept

_TERMS = st.lists(
    st.builds(
        Term,
        st.sampled_from(["en", "sw", "fr"]),
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(list(Use)),
        st.sampled_from(list(TermStatus)),
    ),
    max_size=5,
    unique_by=lambda term: (term.language, term.text),
).map(tuple)
_CONCEPTS = st.builds(
    Concept,
    st.just("k"),
    _TERMS,
    definition=st.sampled_from(["", "x", "y"]),
    risk=st.sampled_from(["normal", "clinical"]),
    keep=st.booleans(),
    status=st.sampled_from(list(TermStatus)),
)


@given(_CONCEPTS, _CONCEPTS)
def test_a_file_that_suggests_undoes_and_decides_nothing(old: Concept, new: Concept) -> None:
    after = joined(old, new, accept=False)
    assert after.status is old.status
    decisions = [term for term in old.terms if term.status is not TermStatus.SUGGESTED]
    assert set(decisions) <= set(after.terms)
    fresh = set(after.terms) - set(old.terms)
    assert all(term.status is TermStatus.SUGGESTED for term in fresh)
    if old.status is not TermStatus.SUGGESTED:
        assert (after.risk, after.keep) == (old.risk, old.keep)


@given(_CONCEPTS, _CONCEPTS, st.booleans())
def test_the_same_file_twice_changes_nothing(old: Concept, new: Concept, accept: bool) -> None:
    once = joined(old, new, accept=accept)
    assert joined(once, new, accept=accept) == once


@given(_CONCEPTS)
def test_a_new_concept_of_a_file_is_a_suggestion(new: Concept) -> None:
    after = joined(None, new, accept=False)
    assert {after.status, *(term.status for term in after.terms)} == {TermStatus.SUGGESTED}


def test_who_accepts_a_language_accepts_the_concept_and_what_it_is_found_by() -> None:
    status = TermStatus.SUGGESTED
    one = concept("x", "card", status=status, sw=["kadi"], fr=["carte"])
    after = decided(one, TermStatus.ACCEPTED, language="sw", source_language="en")
    said = {term.language: term.status.value for term in after.terms}
    assert said == {"en": "accepted", "sw": "accepted", "fr": "suggested"}
    assert after.status is TermStatus.ACCEPTED


def test_single_words_are_accepted_and_rejected() -> None:
    one = concept("x", "card", status=TermStatus.SUGGESTED, sw=["kadi", "kitambulisho"])
    one = decided(one, TermStatus.ACCEPTED, language="sw", source_language="en", texts=["kadi"])
    one = decided(one, TermStatus.REJECTED, language="sw", source_language="en", texts=["kitambulisho"])  # fmt: skip
    assert [term.status.value for term in one.terms] == ["accepted", "accepted", "rejected"]
    assert one.status is TermStatus.ACCEPTED
    again = decided(one, TermStatus.ACCEPTED, language="sw", source_language="en")
    assert again == one


def test_a_concept_is_rejected_as_a_whole() -> None:
    one = concept("x", "card", sw=["kadi"])
    assert decided(one, TermStatus.REJECTED, language=None, source_language="en") == replace(
        one, status=TermStatus.REJECTED
    )
