"""Drafts for many who ask at once: one batch, a bounded queue, nobody's error is another's."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

import pytest

from dpg_l10n.errors import ModelMissingError, ThrottledError, UnavailableError
from dpg_l10n.ports import Engine, Pair
from dpg_l10n.services.drafting.shared import SharedDrafts, Wanted
from dpg_l10n.services.drafting.untouched import untouched
from dpg_l10n.store.uow import SqlStore
from tests.support.engines import FakeEngine

SW = Wanted(Pair("en", "sw"))


class Counting(FakeEngine):
    """Remembers the batches that it was asked for, and can be held up."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        super().__init__(*pairs, during=self._wait)
        self.free = threading.Event()
        self.begun = threading.Event()
        self.free.set()

    def _wait(self) -> None:
        self.begun.set()
        assert self.free.wait(30)


@pytest.fixture
def engine() -> Counting:
    return Counting()


Opened = Callable[..., SharedDrafts]


@pytest.fixture
def opened(store: SqlStore, engine: Engine) -> Iterator[Opened]:
    made: list[SharedDrafts] = []

    def make(**options: float) -> SharedDrafts:
        made.append(SharedDrafts(lambda: nullcontext(engine), store, **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_what_is_asked_while_the_engine_works_goes_to_it_together(
    opened: Opened, engine: Counting
) -> None:
    drafts = opened(gather_s=0)
    engine.free.clear()
    first = drafts.ask(["Open"], SW)
    assert engine.begun.wait(30)
    others = [drafts.ask([text, "Save"], SW) for text in ("Close", "Undo", "Close")]
    engine.free.set()
    assert [one.text for one in first.result(30)] == ["sw Open"]
    assert [[one.text for one in each.result(30)] for each in others] == [
        ["sw Close", "sw Save"], ["sw Undo", "sw Save"], ["sw Close", "sw Save"],
    ]  # fmt: skip
    assert engine.asked == ["Open", "Close", "Save", "Undo"]  # each text once


def test_each_answer_says_which_model_made_it(opened: Opened) -> None:
    (answer,) = opened().ask(["Open"], SW).result(30)
    assert answer.origin is not None
    assert answer.origin.describe() == "fake translate-en_sw 1.0"


def test_a_pair_without_a_model_fails_alone(opened: Opened, engine: Counting) -> None:
    drafts = opened(gather_s=0.05)
    asked = [drafts.ask(["Open"], Wanted(Pair("en", target))) for target in ("sw", "am", "sw")]
    assert isinstance(asked[1].exception(30), ModelMissingError)
    assert [one.text for each in (asked[0], asked[2]) for one in each.result(30)] == ["sw Open"] * 2


def test_a_text_that_breaks_the_engine_breaks_no_other_answer(store: SqlStore) -> None:
    class Breaking(FakeEngine):
        def translate(self, texts, pair, *, progress=None):  # type: ignore[no-untyped-def]
            if "Explode" in texts:
                raise RuntimeError("the engine broke")
            return super().translate(texts, pair, progress=progress)

    drafts = SharedDrafts(lambda: nullcontext(Breaking()), store, gather_s=0.05)
    good, bad = drafts.ask(["Open"], SW), drafts.ask(["Explode"], SW)
    assert [one.text for one in good.result(30)] == ["sw Open"]
    assert isinstance(bad.exception(30), RuntimeError)
    assert [one.text for one in drafts.ask(["Save"], SW).result(30)] == ["sw Save"]
    drafts.close()


def test_who_asks_for_more_than_may_wait_is_told_to_come_back(
    opened: Opened, engine: Counting
) -> None:
    drafts = opened(gather_s=0, most_waiting=20)
    engine.free.clear()
    drafts.ask(["first"], SW)
    assert engine.begun.wait(30)
    waits = drafts.ask(["a text of 18 signs"], SW)
    with pytest.raises(ThrottledError) as caught:
        drafts.ask(["one more"], SW)
    assert caught.value.error_code == "access.busy"
    engine.free.set()
    assert waits.result(30)[0].text == "sw a text of 18 signs"


def test_a_long_text_is_drafted_where_nothing_else_waits(opened: Opened) -> None:
    (answer,) = opened(most_waiting=5).ask(["A longer text"], SW).result(30)
    assert answer.text == "sw A longer text"


def test_who_still_waits_at_the_end_is_told_so(opened: Opened, engine: Counting) -> None:
    drafts = opened(gather_s=0)
    engine.free.clear()
    first = drafts.ask(["Open"], SW)
    assert engine.begun.wait(30)
    second = drafts.ask(["Save"], SW)
    closing = threading.Thread(target=drafts.close)
    closing.start()
    assert isinstance(second.exception(30), UnavailableError)
    engine.free.set()
    closing.join()
    assert first.result(30)[0].text == "sw Open"
    with pytest.raises(UnavailableError):
        drafts.ask(["Open"], SW)


def test_the_engine_is_held_only_while_it_works(store: SqlStore) -> None:
    held: list[str] = []

    @contextmanager
    def engine() -> Iterator[Engine]:
        held.append("taken")
        yield FakeEngine()
        held.append("given back")

    drafts = SharedDrafts(engine, store)
    drafts.ask(["Open"], SW).result(30)
    assert held == ["taken", "given back"]
    drafts.close()


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("Save <b>all</b>", []),
        ('Ask <span translate="no">Amina</span> now', ["Amina"]),
        ("Ask <span translate=no>Amina</span>", ["Amina"]),
        ('Ask <span class="name notranslate">Amina</span>', ["Amina"]),
        ("Run <code>dpg-l10n <b>serve</b> now</code> here", ["dpg-l10n ", "serve", " now"]),
        ('<p translate="no">One<br>two &amp; three</p> four', ["One", "two ", " three"]),
        ('<i translate="yes">One</i> <i translate="nothing">two</i>', []),
        ('<b translate="no">never closed', ["never closed"]),
        ('Ask <img translate="no"> who', []),
        ('<i translate="no">a</b>b</i>c', ["a", "b"]),
    ],
)
def test_what_html_says_is_not_translated_is_found(html: str, kept: list[str]) -> None:
    assert [html[start:end] for start, end in untouched(html)] == kept
