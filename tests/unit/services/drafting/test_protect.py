from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.engines.pseudo import PAIR as PSEUDO
from dpg_l10n.engines.pseudo import PseudoEngine
from dpg_l10n.ports import EngineInfo, Pair
from dpg_l10n.services.drafting.guard import Guard
from dpg_l10n.services.drafting.plausible import Reason
from dpg_l10n.services.drafting.protect import Draft, draft_texts

PAIR = Pair("en", "es")
_PLACEHOLDER = re.compile(r"%[sd]|\{\w+\}|</?b>")


def spans(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _PLACEHOLDER.finditer(text)]


def intact(source: str, target: str) -> bool:
    return sorted(_PLACEHOLDER.findall(source)) == sorted(_PLACEHOLDER.findall(target))


GUARD = Guard(spans, intact)


class Rewriter:
    """An engine that does one thing to every text."""

    name = "rewriter"
    sends_text_away = False

    def __init__(self, rewrite: Callable[[str], str]) -> None:
        self.rewrite = rewrite
        self.calls: list[list[str]] = []

    def pairs(self) -> tuple[Pair, ...]:
        return (PAIR,)

    def info(self, pair: Pair) -> EngineInfo:
        return EngineInfo(self.name, "m", "1", "", None, demonstration=True)

    def translate(
        self,
        texts: Sequence[str],
        pair: Pair,
        *,
        progress: Callable[[int], None] | None = None,
    ) -> list[str]:
        self.calls.append(list(texts))
        if progress is not None and texts:
            progress(len(texts))
        return [self.rewrite(text) for text in texts]

    def close(self) -> None: ...


def _draft(text: str, rewrite: Callable[[str], str]) -> Draft:
    (draft,) = draft_texts(Rewriter(rewrite), PAIR, [text], GUARD)
    return draft


def test_the_engine_sees_sentinels_and_the_draft_has_the_placeholders() -> None:
    engine = Rewriter(str.swapcase)
    (draft,) = draft_texts(engine, PAIR, ["Hi %s, see {name}"], GUARD)
    assert engine.calls == [["Hi {0}, see {1}"]]
    assert draft == Draft("hI %s, SEE {name}", way="whole")


def test_neighbouring_placeholders_travel_as_one() -> None:
    engine = Rewriter(str.swapcase)
    (draft,) = draft_texts(engine, PAIR, ["Delete <b>{name}</b>?"], GUARD)
    assert engine.calls == [["Delete {0}?"]]
    assert draft.text == "dELETE <b>{name}</b>?"


def test_sentinels_may_change_their_order() -> None:
    assert _draft("%s of {total}", lambda _: "{1} {0} x").text == "{total} %s x"


def test_a_space_inside_a_sentinel_is_forgiven() -> None:
    assert _draft("Page %d", lambda _: "Hoja { 0 }").text == "Hoja %d"


@pytest.mark.parametrize("broken", ["Hola", "Hola {0} {0}", "Hola {1}", "Hola {9999}", "Hola %d"])
def test_a_text_that_loses_a_sentinel_is_translated_around_it(broken: str) -> None:
    engine = Rewriter(lambda text: broken if "{0}" in text else text.swapcase())
    (draft,) = draft_texts(engine, PAIR, ["Hello %s, bye"], GUARD)
    assert engine.calls[1] == ["Hello", ", bye"]
    assert draft.text == "hELLO %s, BYE"


def test_what_is_not_whole_in_pieces_either_is_no_draft() -> None:
    assert _draft("Hello %s", lambda _: "Hola %d") == Draft(None, Reason.PLACEHOLDER)


def test_a_placeholder_that_the_engine_invents_is_no_draft() -> None:
    assert _draft("Hello", lambda _: "Hola {0}") == Draft(None, Reason.PLACEHOLDER)


def test_a_text_with_what_looks_like_a_sentinel_gets_another_one() -> None:
    engine = Rewriter(str.swapcase)
    find = re.compile("%s")
    (draft,) = draft_texts(
        engine, PAIR, ["Is {0} like %s"],
        Guard(lambda text: [m.span() for m in find.finditer(text)], lambda s, t: "%s" in t),
    )  # fmt: skip
    assert engine.calls == [["Is {0} like ${0}"]] or engine.calls == [["Is {0} like <0>"]]
    assert draft.text == "iS {0} LIKE %s"


@pytest.mark.parametrize("text", ["%s", "{a}: {b}", "12 / 3", "…"])
def test_a_text_without_letters_is_its_own_draft(text: str) -> None:
    engine = Rewriter(str.swapcase)
    (draft,) = draft_texts(engine, PAIR, [text], GUARD)
    assert draft == Draft(text, way="copy")
    assert engine.calls == []


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_a_text_that_says_nothing_has_no_draft(text: str) -> None:
    (draft,) = draft_texts(Rewriter(str.swapcase), PAIR, [text], GUARD)
    assert draft == Draft(None, Reason.NOTHING)


def test_all_texts_go_in_one_call_and_all_failures_in_another() -> None:
    engine = Rewriter(lambda text: text.replace("{0}", "").swapcase())
    texts = ["One", "Two %s", "Three {x}", "One", "Two %s"]
    drafts = draft_texts(engine, PAIR, texts, GUARD)
    assert [draft.text for draft in drafts] == ["oNE", "tWO %s", "tHREE {x}", "oNE", "tWO %s"]
    assert engine.calls == [["One", "Two {0}", "Three {0}"], ["Two", "Three"]]


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        ("", Reason.EMPTY),
        ("...", Reason.EMPTY),
        ("Save changes", Reason.COPIED),
        ("Guardar ⁇", Reason.UNKNOWN),
        ("de la de la de la de la", Reason.REPETITION),
        ("lalalalalalalalala", Reason.REPETITION),
        ("Guardar::::::::", Reason.REPETITION),
        ("Guardar " + "abcdefghij klmno pqrst " * 3, Reason.LENGTH),
    ],
)
def test_what_no_translation_looks_like_is_no_draft(made: str, reason: Reason) -> None:
    assert _draft("Save changes", lambda _: made) == Draft(None, reason)


def test_a_draft_that_lost_most_of_a_long_text_is_no_draft() -> None:
    assert _draft("a long text about many things " * 3, lambda _: "cosas").reason is Reason.LENGTH


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("OK", "OK"),
        ("A.A.A.A.A.A.A.A.A.", "B.B.B.B.B.B.B.B.B."),
        ("Save ------------", "Guardar ------------"),
    ],
)
def test_what_is_odd_in_the_source_may_be_odd_in_the_draft(source: str, made: str) -> None:
    assert _draft(source, lambda _: made).text == made


def test_a_copy_is_fine_between_variants_of_one_language() -> None:
    engine = Rewriter(lambda text: text)
    (draft,) = draft_texts(engine, Pair("en", "en-GB"), ["Settings"], GUARD)
    assert draft.text == "Settings"


def test_a_copy_is_not_tried_again_in_pieces() -> None:
    engine = Rewriter(lambda text: text)
    (draft,) = draft_texts(engine, PAIR, ["Error: %s"], GUARD)
    assert draft == Draft(None, Reason.COPIED)
    assert len(engine.calls) == 1


def test_progress_ends_at_the_number_of_texts() -> None:
    told: list[int] = []
    texts = ["One", "One", "Two %s", "%s", ""]
    draft_texts(Rewriter(str.swapcase), PAIR, texts, GUARD, told.append)
    assert sum(told) == len(texts)


_TEXT = st.lists(
    st.sampled_from(
        ["%s", "%d", "{a}", "{0}", "<b>", "</b>", " ", "Save", "ab", ".", "{", "é", "\n"]
    ),
    max_size=8,
).map("".join)


@settings(max_examples=200, deadline=None)
@given(st.lists(_TEXT, max_size=4), st.lists(_TEXT, min_size=1, max_size=3))
def test_no_engine_can_break_a_placeholder(texts: list[str], answers: list[str]) -> None:
    made = iter(answers * 100)
    drafts = draft_texts(Rewriter(lambda _: next(made)), PAIR, texts, GUARD)
    assert len(drafts) == len(texts)
    for text, draft in zip(texts, drafts, strict=True):
        assert (draft.text is None) != (draft.reason is None)
        if draft.text is not None:
            assert intact(text, draft.text)


@settings(max_examples=200, deadline=None)
@given(st.lists(_TEXT, max_size=4))
def test_an_engine_that_keeps_sentinels_gets_a_draft_of_every_text(texts: list[str]) -> None:
    drafts = draft_texts(PseudoEngine(), PSEUDO, texts, Guard(spans, lambda s, t: True))
    for text, draft in zip(texts, drafts, strict=True):
        if draft.text is not None:
            assert _PLACEHOLDER.findall(draft.text) == _PLACEHOLDER.findall(text)
