from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.sentences import MAX_CHARS, split

_SIGNS = ".!?…。؟।\"')]{}0%$ \n\t\u00a0aAéÉبह中,;:"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=_SIGNS, max_size=80) | st.text(max_size=80))
def test_the_pieces_and_what_is_between_them_are_the_text(text: str) -> None:
    parts = split(text)
    assert "".join(parts) == text
    assert len(parts) % 2 == 1


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab ,;.A\n", max_size=30), st.integers(1, 120))
def test_no_piece_is_longer_than_a_model_reads(text: str, times: int) -> None:
    parts = split(text * times)
    assert "".join(parts) == text * times
    assert max(map(len, parts[::2])) <= MAX_CHARS


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=_SIGNS, max_size=80))
def test_only_white_space_is_between_pieces(text: str) -> None:
    assert "".join(split(text)[1::2]).strip() == ""


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("It expired. Sign in again.", ["It expired.", "Sign in again."]),
        ("One line\nAnother line", ["One line", "Another line"]),
        ("Really?! Yes…  No", ["Really?!", "Yes…", "No"]),
        ("He said “no.” Then he left.", ["He said “no.”", "Then he left."]),
        ("{name} left. {other} came.", ["{name} left.", "{other} came."]),
        ("你好。再见！", ["你好。", "再见！"]),
        ("هل نسيت؟ نعم.", ["هل نسيت؟", "نعم."]),
        ("यह सच है। वह नहीं।", ["यह सच है।", "वह नहीं।"]),
    ],
)
def test_a_sentence_ends_at_its_mark_or_line(text: str, pieces: list[str]) -> None:
    assert split(text)[::2] == pieces


@pytest.mark.parametrize(
    "text",
    [
        "Use a code, e.g. Paris",
        "Ask Dr. Smith",
        "Signed J. Smith",
        "Certificate No. {number}",
        "Version 1.2 is out. see below",
        "Wait... what?",
        "file.Name",
    ],
)
def test_a_full_stop_that_ends_no_sentence_cuts_nothing(text: str) -> None:
    assert split(text) == [text]


def test_a_long_sentence_is_cut_after_a_comma() -> None:
    text = "word " * 90 + "end, " + "word " * 60
    assert split(text)[0].endswith("end,")


def test_a_text_without_any_space_is_cut_too() -> None:
    assert split("x" * (MAX_CHARS + 1))[::2] == ["x" * MAX_CHARS, "x"]
