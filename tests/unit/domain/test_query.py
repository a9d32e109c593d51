from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.query import EVERYTHING, FIELDS, Query, Term, parse, seconds, shown
from dpg_l10n.errors import UsageError


def test_nothing_asked_means_everything() -> None:
    assert parse("  \t ") == EVERYTHING


def test_conditions_are_read_in_their_order() -> None:
    asked = parse('state:draft,MISSING -check:placeholder source:"two words" dose')
    assert asked.terms == (
        Term("state", ("draft", "missing")),
        Term("check", ("placeholder",), negated=True),
        Term("source", ("two words",)),
        Term("words", ("dose",)),
    )


def test_languages_are_understood_in_any_spelling() -> None:
    assert parse("language:pt_BR").only("language") == ("pt-BR",)


def test_quotes_and_backslashes_inside_quotes_are_written_with_a_backslash() -> None:
    assert parse(r'text:"say \"a\\b\""').terms == (Term("text", ('say "a\\b"',)),)


def test_a_comma_in_a_text_is_part_of_it() -> None:
    assert parse("source:one,two").terms == (Term("source", ("one,two",)),)


def test_a_comparison_without_a_field_is_words() -> None:
    assert parse(">5").terms == (Term("words", (">5",)),)


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("colour:red", "query.field", "“colour:”"),
        ("state:finished", "query.value", "missing, draft, needs_work"),
        ("state:copied", "query.value", "is:copied"),
        ("has:wings", "query.value", "suggestion"),
        ("changed:yesterday", "query.value", "2026-10-01"),
        ("state:", "query.value", "lacks its value"),
        ("state:>draft", "query.form", "dates"),
        ('source:"open', "query.form", "in quotes"),
        ('"one"two', "query.form", "in quotes"),
        ("x" * 1001, "query.form", "1000"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_to_write(
    text: str, code: str, says: str
) -> None:
    with pytest.raises(UsageError) as caught:
        parse(text)
    assert caught.value.error_code == code
    assert says in str(caught.value)


def test_a_field_is_limited_to_what_all_its_conditions_let_through() -> None:
    asked = parse("language:sw,am language:am,fr -language:fr")
    assert asked.only("language") == ("am",)
    assert [asked.allows("language", tag) for tag in ("am", "sw", "fr")] == [True, False, False]
    assert asked.only("state") is None
    assert asked.allows("state", "draft")


_DAY = 1_790_812_800  # 2026-10-01 in UTC


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("changed:2026-10-01", [_DAY, _DAY + 86_399], [_DAY - 1, _DAY + 86_400]),
        ("changed:>2026-10-01", [_DAY + 86_400], [_DAY + 86_399]),
        ("changed:>=2026-10-01", [_DAY], [_DAY - 1]),
        ("changed:<2026-10-01", [0, _DAY - 1], [_DAY]),
        ("changed:<=2026-10-01", [_DAY + 86_399], [_DAY + 86_400]),
    ],
)
def test_dates_are_whole_days(text: str, inside: list[int], outside: list[int]) -> None:
    start, end = seconds(parse(text).terms[0])
    assert all(start <= at < end for at in inside)
    assert not any(start <= at < end for at in outside)


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
_TERMS = st.one_of(
    st.builds(Term, st.sampled_from(["key", "source", "text", "catalogue", "words"]),
              st.tuples(_TEXT), negated=st.booleans()),
    st.builds(Term, st.just("state"), st.sampled_from([("draft",), ("missing", "reviewed")]),
              negated=st.booleans()),
    st.builds(Term, st.just("changed"), st.just(("2026-10-01",)),
              st.sampled_from(["=", ">", ">=", "<", "<="])),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(_TERMS, max_size=5).map(lambda terms: Query(tuple(terms))))
def test_a_query_that_is_shown_reads_the_same(query: Query) -> None:
    assert parse(shown(query)) == query


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from('ab:,"\\-<>= \n'), max_size=30))
def test_any_text_is_a_query_or_refused(text: str) -> None:
    try:
        asked = parse(text)
    except UsageError:
        return
    assert all(term.field == "words" or term.field in FIELDS for term in asked.terms)
