from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.placeholders import kinds_for
from dpg_l10n.domain.placeholders.kept import kept, same_kept
from dpg_l10n.domain.placeholders.sentinels import BRACES, SENTINELS, Sentinel

JSON = kinds_for("json")


def strings(text: str) -> list[str]:
    return [text[start:end] for start, end in kept(text, JSON)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello {name}, %s", ["{name}", "%s"]),
        ("Ask ##team_name## of <b>us</b>", ["##team_name##", "<b>", "</b>"]),
        ("Lessons of {class name}", ["{class name}"]),
        ("%count% of %1", ["%count%", "%1"]),
        ("See [[page]] or https://example.org/a", ["[[page]]", "https://example.org/a"]),
        ("Write to a@example.org &amp; wait", ["a@example.org", "&amp;"]),
        ("It costs 5.00 €", []),
        ("100% of all", []),
        (r"One\nTwo", [r"\n"]),
    ],
)
def test_what_is_not_translated_is_found(text: str, expected: list[str]) -> None:
    assert strings(text) == expected


def test_texts_keep_the_same_when_each_string_is_there_as_often() -> None:
    assert same_kept("##a## and ##b##", "##b## y ##a##", JSON)
    assert not same_kept("##a## and ##a##", "##a##", JSON)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab #%{}<>[]@$\\n&;,1_", max_size=40))
def test_spans_are_in_order_and_do_not_overlap(text: str) -> None:
    position = 0
    for start, end in kept(text, JSON):
        assert position <= start < end <= len(text)
        position = end


@pytest.mark.parametrize("sentinel", SENTINELS, ids=lambda each: each.name)
def test_a_sentinel_is_found_again(sentinel: Sentinel) -> None:
    text = sentinel.join(("Move ", " to ", ""))
    assert sentinel.numbers(text) == [0, 1]
    assert sentinel.fill(text, lambda number: "ab"[number]) == "Move a to b"


def test_a_space_in_a_sentinel_is_forgiven() -> None:
    assert BRACES.numbers("Mover { 1 } a {0 }") == [1, 0]
