"""What every store tells an index of its source texts."""

from __future__ import annotations

from dpg_l10n.domain.message import Plural
from tests.support.stores import Begun


def test_source_texts_are_read_in_the_order_of_their_numbers(begun: Begun) -> None:
    memory = begun.uow.memory
    assert [text for _, text in memory.after(0)] == ["a b c", "{n} files"]
    last = [number for number, _ in memory.after(0)][-1]
    assert memory.newest(last, memory.mark(last)) == (last, True)
    ids = begun.uow.units.intern(["a b c", "new", Plural.of(one="x", other="y")])
    assert list(memory.after(last)) == [(ids["new"], "new"), (last + 2, "y")]
    assert memory.newest(last, memory.mark(last)) == (last + 2, True)


def test_a_text_that_is_no_longer_the_same_is_noticed(begun: Begun) -> None:
    memory = begun.uow.memory
    last, _ = memory.newest(0, b"")
    assert not memory.newest(last, b"another").known
    assert not memory.newest(last + 1, memory.mark(last)).known
