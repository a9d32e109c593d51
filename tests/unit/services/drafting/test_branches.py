from __future__ import annotations

import pytest

from dpg_l10n.domain.placeholders import icu, kinds_for
from dpg_l10n.ports import Pair
from dpg_l10n.services.drafting.branches import Case, cases, expand, rebuild
from dpg_l10n.services.drafting.guard import guard_of

GUARD = guard_of(kinds_for("json"))


def drafted(text: str, target: str = "es") -> str | None:
    tree = expand(text, Pair("en", target), GUARD.spans)
    return None if tree is None else rebuild(tree, lambda case: case.text.upper())


def texts(text: str, target: str = "es") -> list[str]:
    tree = expand(text, Pair("en", target), GUARD.spans)
    assert tree is not None
    return [case.text for case in cases(tree)]


def test_a_case_is_a_whole_sentence() -> None:
    source = "You have {n, plural, one {# file} other {# files}} left"
    assert texts(source) == ["You have {n} file left", "You have {n} files left"]


def test_the_number_sign_comes_back() -> None:
    tree = expand("{n, plural, one {# file} other {# files}}", Pair("en", "es"), GUARD.spans)
    assert tree is not None
    made = rebuild(tree, lambda case: case.text.replace("file", "archivo"))
    assert made == "{n, plural, one {# archivo} other {# archivos}}"


def test_the_target_gets_all_its_categories_and_the_exact_cases() -> None:
    source = "{n, plural, =0 {No file} one {# file} other {# files}}"
    made = drafted(source, "ru")
    assert made is not None
    (argument,) = icu.parse(made).arguments()
    assert argument.labels == ("=0", "one", "few", "many", "other")
    assert "=0 {NO FILE}" in made


def test_a_language_without_plurals_gets_one_case() -> None:
    assert drafted("{n, plural, one {# file} other {# files}}", "ja") == (
        "{n, plural, other {{N} FILES}}"
    )


def test_words_beside_other_placeholders_stay_outside() -> None:
    source = "{done} of {total, plural, one {# task} other {# tasks}}"
    assert texts(source) == ["{done} of ", "{total} task", "{total} tasks"]


def test_cases_in_cases_are_taken_apart() -> None:
    source = "{who, select, f {She has {n, plural, one {# cat} other {# cats}}} other {Nobody}}"
    assert texts(source) == ["She has {n} cat", "She has {n} cats", "Nobody"]


def test_an_apostrophe_does_not_quote_a_placeholder() -> None:
    tree = expand("{n, plural, one {a} other {of {x}}}", Pair("en", "fr"), GUARD.spans)
    assert tree is not None
    assert "d’{x}" in rebuild(tree, lambda _: "d'{x}")


@pytest.mark.parametrize(
    "text",
    [
        "No cases, {name}",
        "{n, plural, offset:1 one {a} other {b}}",
        "{n, plural, one {a} other {b}} {n, select, x {c} other {d}}",
        " ".join(f"{{a{i}, select, x {{a}} other {{b}}}}" for i in range(8)),
    ],
)
def test_what_cannot_be_taken_apart_is_left_whole(text: str) -> None:
    assert expand(text, Pair("en", "es"), GUARD.spans) is None


def test_a_draft_with_cases_agrees_with_its_source() -> None:
    source = "You have {n, plural, one {# file} other {# files}} in <b>box</b>"
    made = drafted(source, "ar")
    assert made is not None
    assert GUARD.intact(source, made.replace("{N}", "{n}").replace("B>", "b>"))


def test_a_text_is_one_case_of_its_own() -> None:
    case = Case("Save", None)
    assert list(cases(case)) == [case]
