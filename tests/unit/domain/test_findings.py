from __future__ import annotations

from dpg_l10n.domain.findings import Rule, Severity, worst

_RULE = Rule("some.code", Severity.WARNING, "{what} is wrong.")


def test_a_finding_says_its_template_with_its_values() -> None:
    assert _RULE(what="It").message == "It is wrong."


def test_a_finding_can_be_told_with_a_translated_template() -> None:
    assert _RULE(what="{x}").formatted("{what} ist falsch.") == "{x} ist falsch."


def test_a_field_that_a_translation_invented_shows_its_name() -> None:
    assert _RULE(what="x").formatted("{was} ist falsch.") == "{was} ist falsch."


def test_a_case_can_be_graver_than_its_rule() -> None:
    assert _RULE(severity=Severity.ERROR, what="It").severity is Severity.ERROR
    assert _RULE(what="It").severity is Severity.WARNING


def test_equal_findings_are_one_in_a_set() -> None:
    assert len({_RULE(what="It", span=(1, 2)), _RULE(what="It", span=(1, 2))}) == 1


def test_the_gravest_severity_is_found() -> None:
    found = [_RULE(severity=severity, what="It") for severity in reversed(Severity)]
    assert worst(found) is Severity.ERROR
    assert worst([]) is None
