from __future__ import annotations

import pytest

from dpg_l10n.checks.run import run
from dpg_l10n.checks.spec import Subject
from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.domain.terms import Terminology
from tests.support.terms import concept

_CONCEPTS = [
    concept("chw", "community health worker", sw=["mhudumu wa afya", "-daktari"], fr=["agent"]),
    concept("who", "WHO", keep=True),
    concept("vaccine", "vaccine", sw=["chanjo"], th=["วัคซีน"]),
]


def found(source: Text, target: Text, language: str = "sw", risk: str = "normal") -> list[str]:
    terms = Terminology(_CONCEPTS, "en", language)
    subject = Subject(source, target, language, risk=risk, terms=terms)
    return [each.code for each in run(subject) if each.code.startswith("term.")]


def test_an_accepted_word_is_asked_for_in_any_form() -> None:
    assert found("Vaccines for community health workers", "Chanjo za wahudumu wa afya") == []
    assert found("Vaccines", "Dawa") == ["term.missing"]
    assert found("Vaccines", "วัคซีน", "th") == []


def test_a_forbidden_word_is_told_with_its_place() -> None:
    terms = Terminology(_CONCEPTS, "en", "sw")
    subject = Subject("A community health worker", "Huyu ni daktari", "sw", terms=terms)
    findings = {each.code: each for each in run(subject)}
    assert set(findings) == {"term.missing", "term.forbidden"}
    assert findings["term.forbidden"].span == (8, 15)
    assert "mhudumu wa afya" in findings["term.missing"].message


def test_a_forbidden_word_is_right_where_the_source_speaks_of_something_else() -> None:
    assert found("A doctor", "Daktari") == []


def test_a_name_stays_as_it_is() -> None:
    assert found("Advice of WHO", "Ushauri wa WHO") == []
    assert found("Advice of WHO", "Ushauri wa shirika") == ["term.changed"]
    assert found("Who is it?", "Ni nani?") == []


def test_the_name_of_a_value_is_no_term() -> None:
    assert found("Next: {vaccine}", "Ijayo: {vaccine}") == []


@pytest.mark.parametrize(("risk", "severity"), [("normal", "warning"), ("clinical", "error")])
def test_what_asks_in_a_text_blocks_in_one_of_risk(risk: str, severity: str) -> None:
    terms = Terminology(_CONCEPTS, "en", "sw")
    subject = Subject("Vaccines", "Dawa", "sw", risk=risk, terms=terms)
    assert [each.severity.value for each in run(subject)] == [severity]


def test_variants_are_asked_one_by_one() -> None:
    source = Plural.of(one="a vaccine", other="{n} vaccines")
    assert found(source, Plural.of(one="chanjo", other="dawa {n}")) == ["term.missing"]


def test_without_a_glossary_nothing_is_asked() -> None:
    assert run(Subject("Vaccines", "Dawa", "sw")) == ()
