from __future__ import annotations

import pytest

from dpg_l10n.domain.placeholders import kinds_for
from dpg_l10n.services.drafting.accelerators import Accelerator, put_back, take_out
from dpg_l10n.services.drafting.guard import guard_of
from dpg_l10n.services.drafting.protect import draft_texts
from tests.support.engines import FakeWeigher

GUARD = guard_of(kinds_for("po"))


@pytest.mark.parametrize(
    ("text", "plain", "letter"),
    [
        ("&File", "File", "F"),
        ("E&xit", "Exit", "x"),
        ("Save _As…", "Save As…", "A"),
        ("~Print", "Print", "P"),
        ("&Open {name}", "Open {name}", "O"),
    ],
)
def test_the_mark_of_a_label_is_taken_out(text: str, plain: str, letter: str) -> None:
    found, key = take_out(text, GUARD.spans(text))
    assert found == plain
    assert key is not None
    assert key.letter == letter


@pytest.mark.parametrize(
    "text",
    ["Research & development", "AT&T", "Q&A", "a &amp; b", "user_name", "_a_", "~5 minutes",
     "https://example.org/?a=1&bcd=2", "&One &Two", "&" + "long " * 20, "__NAME__", "R&D"],
)  # fmt: skip
def test_what_is_no_label_stays_as_it_is(text: str) -> None:
    assert take_out(text, GUARD.spans(text)) == (text, None)


@pytest.mark.parametrize(
    ("draft", "key", "marked"),
    [
        ("Archivo", Accelerator("&", "F"), "&Archivo"),
        ("Salir de todo", Accelerator("&", "t"), "Salir de &todo"),
        ("Guardar como", Accelerator("_", "r"), "Gua_rdar como"),
        ("{file} abrir", Accelerator("&", "F"), "{file} &abrir"),
        ("文件", Accelerator("&", "f"), "文件(&F)"),
    ],
)
def test_the_mark_goes_on_the_same_letter_or_the_first(
    draft: str, key: Accelerator, marked: str
) -> None:
    assert put_back(draft, key, GUARD.spans(draft)) == marked


def test_an_engine_sees_the_word_without_its_mark() -> None:
    engine = FakeWeigher({"Exit": ["Salir"]})
    (draft,) = draft_texts(engine, engine.pair, ["E&xit"], GUARD)
    assert draft.text == "&Salir"
