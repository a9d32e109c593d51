from __future__ import annotations

from collections.abc import Iterator

import pytest

from dpg_l10n import errors
from dpg_l10n.errors import DpgL10nError, FormatError, StaleRevisionError, UsageError


def _tree(kind: type[DpgL10nError]) -> Iterator[type[DpgL10nError]]:
    yield kind
    for child in kind.__subclasses__():
        if child.__module__ == errors.__name__:
            yield from _tree(child)


TREE = list(_tree(DpgL10nError))


@pytest.mark.parametrize("kind", TREE)
def test_every_class_is_drawn_in_the_tree_with_its_code_and_exit_code(
    kind: type[DpgL10nError],
) -> None:
    lines = [line for line in str(errors.__doc__).splitlines() if kind.__name__ in line.split()]
    drawn = [
        line for line in lines if line.split()[-1] == str(kind.exit_code) or kind is DpgL10nError
    ]
    assert len(drawn) == 1
    assert kind is DpgL10nError or kind.code in drawn[0] or kind is FormatError


@pytest.mark.parametrize("kind", TREE)
def test_every_class_says_something_without_its_values(kind: type[DpgL10nError]) -> None:
    made = kind("x", code="y") if kind is FormatError else kind()
    assert str(made)


def test_a_message_has_its_values() -> None:
    assert "revision 3, the current one is 5" in str(StaleRevisionError(expected=3, current=5))


def test_a_value_that_is_absent_shows_its_name() -> None:
    assert str(UsageError("{path}: {detail}", path="a")) == "a: {detail}"


def test_braces_in_values_are_left_alone() -> None:
    assert str(UsageError(detail="{0} {x")) == "{0} {x"


def test_template_and_values_stay_apart_for_translators() -> None:
    made = UsageError("No {name}.", code="usage.name", name="x")
    assert (made.message_template, made.params, made.error_code) == (
        "No {name}.", {"name": "x"}, "usage.name",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "line", "column", "text"),
    [
        ("", 0, 0, "bad x"),
        ("a.po", 0, 0, "a.po: bad x"),
        ("a.po", 3, 0, "a.po:3: bad x"),
        ("a.po", 3, 9, "a.po:3:9: bad x"),
        ("", 3, 9, "3:9: bad x"),
    ],
)
def test_a_format_error_says_where_as_far_as_it_knows(
    path: str, line: int, column: int, text: str
) -> None:
    made = FormatError("bad {what}", code="quote", line=line, column=column, what="x")
    made.path = path
    assert str(made) == text
    assert made.error_code == "format.quote"
