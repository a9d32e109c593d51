"""What every store tells an index of its source texts."""

from __future__ import annotations

from dpg_l10n.domain.memory import Foreign, ForeignEntry
from dpg_l10n.domain.message import Plural
from dpg_l10n.domain.states import State
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


def test_a_memory_that_came_as_a_file_is_kept_and_read_back(begun: Begun) -> None:
    foreign = begun.uow.foreign
    memory = foreign.save(Foreign("a.tmx", "MIT", 100), "amina")
    entries = [
        ForeignEntry(
            f"Text {number % 3000}", f"Neno {number}", "en", "sw", State.REVIEWED, None, "x"
        )
        for number in range(6000)
    ]
    foreign.add(memory, entries)
    foreign.add(memory, entries[:10])
    assert sorted(foreign.entries(memory)) == sorted(entries)
    again = foreign.save(Foreign("a.tmx", "CC0-1.0", 200), "amina")
    assert again == Foreign("a.tmx", "CC0-1.0", 200, memory.id)
    other = foreign.save(Foreign("b.tmx", None, 100), "juma")
    foreign.add(other, entries[:1])
    assert foreign.list() == ((again, 6000), (other, 1))
    assert foreign.remove(memory) == 6000
    assert foreign.list() == ((other, 1),)
    assert foreign.get("a.tmx") is None


def test_what_came_as_a_file_is_an_exact_match_where_no_project_has_one(begun: Begun) -> None:
    wanted = {unit.text_id: unit.source for unit in begun.units}
    foreign = begun.uow.foreign
    for name, licence in (("hidden", "GPL-3.0-only"), ("shown", "CC0-1.0")):
        memory = foreign.save(Foreign(name, licence, 100), "amina")
        foreign.add(memory, [ForeignEntry("a b c", name, "en", "sw")])
    found = begun.uow.memory.exact(wanted, "sw", begun.project)
    assert [(match.text, match.memory) for match in found.values()] == [("shown", "shown")]
    begun.write(begun.said("alifu"))
    found = begun.uow.memory.exact(wanted, "sw", begun.project)
    assert [(match.text, match.project) for match in found.values()] == [("alifu", "clinic")]
