"""What every check promises, whoever wrote it."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.checks import CHECKS
from dpg_l10n.checks.run import all_checks, run, run_many
from dpg_l10n.checks.spec import CheckSpec, Subject
from dpg_l10n.domain.message import Plural, Text, texts
from dpg_l10n.domain.placeholders import ALL

_SIGNS = "%{}<>/&@:!$#'\"\\ \n1234٣sdn,.plural one other select"
_STRING = st.one_of(st.text(max_size=40), st.text(alphabet=_SIGNS, max_size=60))
_LABELS = st.sampled_from(["zero", "one", "two", "few", "many", "other", "0", "1", "2"])
_PLURAL = st.dictionaries(_LABELS, _STRING, min_size=1, max_size=4).map(
    lambda forms: Plural(tuple(forms.items()))
)
_TEXT: st.SearchStrategy[Text] = st.one_of(_STRING, _PLURAL)
_SUBJECT = st.builds(
    Subject,
    source=_TEXT,
    target=_TEXT,
    language=st.sampled_from(["sw", "ar", "ja", "ru", "uz-Latn", "qaa", "fr"]),
    flags=st.sampled_from([frozenset[str](), frozenset({"c-format"})]),
    max_chars=st.sampled_from([None, 5]),
    risk=st.sampled_from(["normal", "clinical"]),
    kinds=st.sampled_from([ALL, frozenset[str](), frozenset({"brace", "icu", "tag"})]),
)


def _check(name: str) -> CheckSpec:
    return CHECKS[name]


@pytest.mark.parametrize("name", CHECKS.names())
def test_a_check_has_its_own_name_and_rules(name: str) -> None:
    check = _check(name)
    assert check.name == name
    assert check.rules


def test_codes_are_unique_over_all_checks() -> None:
    codes = [rule.code for check in CHECKS for rule in check.rules]
    assert len(codes) == len(set(codes))


@settings(max_examples=200, deadline=None)
@given(_SUBJECT)
def test_any_message_ends_in_findings_of_the_checks_own_rules(subject: Subject) -> None:
    rules = {rule.code: rule for check in all_checks() for rule in check.rules}
    for finding in run(subject):
        rule = rules[finding.code]
        fields = {name for _, name, _, _ in string.Formatter().parse(rule.template) if name}
        assert fields == {name for name, _ in finding.params}
        assert finding.message
        assert hash(finding) is not None


@settings(max_examples=200, deadline=None)
@given(_SUBJECT)
def test_spans_lie_within_the_text_they_are_about(subject: Subject) -> None:
    for finding in run(subject):
        if finding.span is not None:
            start, end = finding.span
            assert 0 <= start <= end <= max(map(len, texts(subject.target)))


@settings(max_examples=100, deadline=None)
@given(_STRING)
def test_a_text_beside_itself_has_no_finding_about_differences(text: str) -> None:
    codes = {finding.code for finding in run(Subject(text, text, "de"))}
    assert codes <= {"icu.category", "icu.syntax"}


def test_an_untranslated_message_is_not_checked() -> None:
    assert run(Subject("Delete {name}?", "", "sw")) == ()
    assert run(Subject("Delete {name}?", Plural.of(one="", other=""), "sw")) == ()


def test_many_messages_are_checked_in_order() -> None:
    first, second = run_many([Subject("{a}", "x", "sw"), Subject("a", "b", "sw")])
    assert [finding.code for finding in first] == ["placeholder.lost"]
    assert second == ()


def test_only_the_asked_checks_run() -> None:
    subject = Subject("Delete {name}?", " ", "sw")
    assert [finding.code for finding in run(subject, (CHECKS["empty"],))] == ["empty"]
