"""What every store tells an index of its source texts."""

from __future__ import annotations

from dpg_l10n.domain.memory import Foreign, ForeignEntry
from dpg_l10n.domain.message import Plural
from dpg_l10n.domain.states import State
from dpg_l10n.ports.memory import Place
from tests.support.stores import Begun


def test_source_texts_are_read_in_the_order_of_their_numbers(begun: Begun) -> None:
    sources = begun.uow.memory.sources()
    place, found = sources.after(Place())
    assert [text for _, text in found] == ["a b c", "{n} files"]
    assert sources.newest(place) == (place.number, True)
    ids = begun.uow.units.intern(["a b c", "new", Plural.of(one="x", other="y")])
    later, found = sources.after(place)
    assert list(found) == [(ids["new"], "new"), (place.number + 2, "y")]
    assert sources.newest(later) == (later.number, True)
    assert sources.newest(place) == (later.number, True)


def test_a_text_that_is_no_longer_the_same_is_noticed(begun: Begun) -> None:
    sources = begun.uow.memory.sources()
    place, _ = sources.after(Place())
    assert not sources.newest(Place(place.number, b"another")).known
    assert not sources.newest(Place(place.number + 1, place.mark)).known


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
