from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.terms import Concept, Term, TermStatus, Use
from dpg_l10n.errors import FormatError
from dpg_l10n.interchange.glossary_csv import CsvReader, write
from tests.support.terms import concept


def read(text: str | bytes) -> tuple[list[Concept], list[tuple[int, str]]]:
    data = text.encode() if isinstance(text, str) else text
    reader = CsvReader(io.BytesIO(data))
    found = list(reader)
    assert reader.units == len(found) + reader.left_out
    return found, [(each.line, str(each)) for each in reader.problems]


def test_a_row_is_a_concept_with_words_per_language() -> None:
    (one,), problems = read(
        "key,term,sw,sw:forbidden,risk,do_not_translate,definition\n"
        "dose,dose,dozi|kipimo,daktari,clinical,no,How much.\n"
    )
    assert problems == []
    accepted = TermStatus.ACCEPTED
    assert one == Concept(
        "dose",
        (
            Term("en", "dose", status=accepted),
            Term("sw", "dozi", status=accepted),
            Term("sw", "kipimo", Use.ADMITTED, accepted),
            Term("sw", "daktari", Use.FORBIDDEN, accepted),
        ),
        definition="How much.",
        risk="clinical",
        status=accepted,
    )


def test_a_status_is_of_the_row_or_of_one_language() -> None:
    (one, two), _ = read("term,sw,sw:status,status\na,b,draft,accepted\nc,d,,draft\n")
    said = [(each.status.value, [term.status.value for term in each.terms]) for each in (one, two)]
    assert said == [
        ("accepted", ["accepted", "suggested"]),
        ("suggested", ["suggested", "suggested"]),
    ]


def test_the_code_of_indonesian_is_a_language_unless_it_is_the_first_column() -> None:
    assert read("term,id\ncard,kartu\n")[0][0].terms[1].language == "id"
    assert read("id,term\n7,card\n")[0][0].key == "7"


def test_broken_rows_are_named_by_their_line_and_the_others_come() -> None:
    text = (
        "key;term;sw;colour\n"
        "a;one;moja;red\n"
        ";;;\n"
        "b;two;mbili;red;more\n"
        f"c;{'x' * 300};tatu;\n"
        'd;"never closed;nne;\n'
        "e;five;tano;\n"
        "a;again;tena;\n"
        '\nf;"six\nlines";sita;\n'
    )
    found, problems = read(text)
    assert [each.key for each in found] == ["a", "e", "f"]
    assert [line for line, _ in problems] == [1, 3, 4, 5, 6, 8]
    assert found[2].terms[0].text == "six lines"


def test_bytes_that_are_no_text_cost_their_row() -> None:
    found, problems = read(b"term,sw\na,\xff\nb,c\n")
    assert [each.key for each in found] == ["b"]
    assert [line for line, _ in problems] == [2]


def test_a_risk_that_nobody_knows_costs_its_row() -> None:
    assert read("term,risk\na,deadly\n")[0] == []


@pytest.mark.parametrize("text", ["", "name,colour\na,b\n", '"\n'])
def test_a_table_without_terms_is_refused(text: str) -> None:
    with pytest.raises(FormatError, match="term") as refused:
        read(text)
    assert refused.value.error_code == "format.glossary"


def test_what_is_written_is_read_back() -> None:
    put = [
        concept("dose", "dose", sw=["dozi", "-kipimo"], fr=["dose"], risk="clinical"),
        concept("who", "WHO", keep=True, status=TermStatus.SUGGESTED),
    ]
    out = io.BytesIO()
    assert write(out.write, "en", put) == (2, 0)
    found, problems = read(out.getvalue())
    assert problems == []
    for one, other in zip(found, put, strict=True):
        assert set(one.terms) == set(other.terms)
        assert (one.key, one.risk, one.keep, one.status) == (
            other.key, other.risk, other.keep, other.status,
        )  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='a,"\n\r;|x', max_size=80))
def test_any_rows_end_in_concepts_and_problems(text: str) -> None:
    found, problems = read("term,sw\n" + text)
    assert all(each.terms for each in found)
    assert all(line >= 1 for line, _ in problems)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=100))
def test_any_bytes_end_in_concepts_or_a_refusal(data: bytes) -> None:
    try:
        found = list(CsvReader(io.BytesIO(data)))
    except FormatError:
        return
    assert all(each.terms for each in found)
