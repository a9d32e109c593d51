"""Words in translations, by an index that follows the store: the same as looking at all of them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dpg_l10n.domain.memory import Foreign, ForeignEntry, fold, holds
from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.domain.records import Project, StoredCatalogue
from dpg_l10n.domain.states import Made, Origin, State
from dpg_l10n.domain.unit import TranslationWrite, Unit
from dpg_l10n.memory.index import GramIndex
from dpg_l10n.ports import IndexedTexts, Store
from dpg_l10n.ports.memory import Newest, Place
from dpg_l10n.services.memory import concordance

_WORDS = (
    "hifadhi",
    "REKODI",
    "mgonjwa",
    "Ripoti",
    "élève",
    "Ölçü",
    "ya",
    "保存文件",
    "病人记录",
    "ជម្រើស",
    "မှတ်တမ်း",
)
_STATES = (State.TRANSLATED, State.REVIEWED, State.NEEDS_WORK, State.DRAFT)
_NUMBER_OF_UNITS = 12


@dataclass
class Clinic:
    """A project of a store whose translations are written as a reviewer or a push does it."""

    store: Store
    slug: str = "clinic"
    units: list[Unit] = field(default_factory=list)
    catalogue_id: int = 0
    project_id: int = 0
    at: int = 0

    def __post_init__(self) -> None:
        with self.store.write() as uow:
            self.project_id = uow.projects.save(Project(self.slug, "Clinic", "en", "MIT")).id
            catalogue = StoredCatalogue(
                self.project_id, "app", "json", "en.json", "{language}.json"
            )
            self.catalogue_id = uow.catalogues.save(catalogue).id
            sources: list[Text] = [f"{self.slug} text {at}" for at in range(_NUMBER_OF_UNITS)]
            ids = uow.units.intern(sources)
            fresh = [Unit(0, f"k{at}", text, ids[text], 3, at) for at, text in enumerate(sources)]
            self.units = uow.units.add(self.catalogue_id, fresh)
            uow.commit()

    def begin(self) -> int:
        with self.store.write() as uow:
            uow.projects.require(self.slug)
            self.at += 1
            action = uow.projects.begin_action(self.project_id, "amina", self.at, "review")
            uow.commit()
        return action

    def write(
        self, texts: dict[int, tuple[Text, State]], *, language: str = "sw", action: int = 0
    ) -> None:
        action = action or self.begin()
        with self.store.write() as uow:
            uow.projects.require(self.slug)
            origin = uow.projects.origin_id(Origin(Made.PERSON))
            now = uow.translations.load(self.catalogue_id, language, self.units)
            writes = [
                TranslationWrite(
                    self.units[at].id,
                    text,
                    state,
                    origin,
                    now[self.units[at].id].revision if self.units[at].id in now else 0,
                )
                for at, (text, state) in texts.items()
            ]
            words = {unit.id: unit.words for unit in self.units}
            uow.translations.write(self.catalogue_id, language, action, writes, words)
            uow.commit()

    def holding(self, words: str, language: str = "sw") -> list[str]:
        """Return the keys of the finished texts with words, each text looked at."""
        with self.store.read() as uow:
            found = uow.translations.load(self.catalogue_id, language, self.units)
        folded = [fold(word) for word in words.split()]
        finished = (State.TRANSLATED, State.REVIEWED)
        keys = {unit.id: unit.key for unit in self.units}
        return sorted(
            keys[number]
            for number, said in found.items()
            if said.state in finished and holds(said.text, folded)
        )


def keys(store: Store, index: GramIndex, words: str, language: str = "sw") -> list[str]:
    report = concordance(store, index, words, language=language, in_target=True, limit=1000)
    return sorted(hit.key or str(hit.text) for hit in report.hits)


def _said(chance: random.Random) -> Text:
    text = " ".join(chance.choices(_WORDS, k=chance.randint(1, 4)))
    return (
        text
        if chance.random() < 0.8
        else Plural.of(one=text, other=" ".join(chance.sample(_WORDS, 2)))
    )


def _questions(chance: random.Random) -> Iterable[str]:
    for word in chance.sample(_WORDS, 4):
        yield chance.choice((word, word.upper(), word.lower(), word[1:], word[:3]))
    yield " ".join(chance.sample(_WORDS, 2))


@pytest.mark.parametrize("few", [0, 4, 1000], ids=["files", "few", "one by one"])
@pytest.mark.parametrize("seed", [1, 2])
def test_words_are_found_as_if_every_translation_was_looked_at(
    store: Store, tmp_path: Path, seed: int, few: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - makes texts, guards nothing
    clinic, index = Clinic(store), GramIndex(tmp_path / "index", few=few)
    other = Clinic(store, "other")
    for _ in range(12):
        some = chance.sample(range(_NUMBER_OF_UNITS), chance.randint(1, 6))
        clinic.write({at: (_said(chance), chance.choice(_STATES)) for at in some})
        if chance.random() < 0.3:
            other.write({0: (f"kingine {chance.random()}", State.TRANSLATED)})
        if chance.random() < 0.2:
            index = GramIndex(tmp_path / "index", few=few)
        for words in _questions(chance):
            assert keys(store, index, words) == clinic.holding(words), words


def test_a_text_that_is_withdrawn_leaves_at_once(store: Store) -> None:
    clinic, index = Clinic(store), GramIndex(None, few=0)
    clinic.write({0: ("Hifadhi", State.REVIEWED), 1: ("Hifadhi yote", State.TRANSLATED)})
    assert keys(store, index, "hifadhi") == ["k0", "k1"]
    clinic.write({0: ("Hifadhi", State.NEEDS_WORK)})
    assert keys(store, index, "hifadhi") == ["k1"]
    clinic.write({1: ("Weka", State.TRANSLATED)})
    assert (keys(store, index, "hifadhi"), keys(store, index, "weka")) == ([], ["k1"])


def test_an_action_in_pieces_is_followed_though_a_later_one_came_between(store: Store) -> None:
    clinic, index = Clinic(store), GramIndex(None, few=1000)
    action = clinic.begin()
    clinic.write({0: ("moja", State.REVIEWED)}, action=action)
    clinic.write({1: ("mbili", State.REVIEWED)})
    assert keys(store, index, "mbili") == ["k1"]
    clinic.write({2: ("tatu", State.REVIEWED)}, action=action)
    assert keys(store, index, "tatu") == ["k2"]
    clinic.write({3: ("nne moja", State.REVIEWED)}, action=action)
    assert keys(store, index, "moja") == ["k0", "k3"]


def test_other_regions_of_a_language_have_an_index_of_their_own(store: Store) -> None:
    clinic, index = Clinic(store), GramIndex(None, few=0)
    clinic.write({0: ("Salvar", State.TRANSLATED)}, language="pt-BR")
    clinic.write({1: ("Salvaguardar", State.TRANSLATED)}, language="pt-PT")
    clinic.write({2: ("Salva", State.TRANSLATED)}, language="es")
    assert keys(store, index, "salva", "pt-PT") == ["k0", "k1"]
    assert keys(store, index, "salva", "es") == ["k2"]
    assert keys(store, index, "salva", "fr") == []


@pytest.mark.parametrize("few", [0, 1000], ids=["files", "one by one"])
def test_memories_from_files_come_and_go(store: Store, few: int) -> None:
    index = GramIndex(None, few=few)

    def add(name: str, *texts: str) -> None:
        with store.write() as uow:
            memory = uow.foreign.save(Foreign(name, "MIT", 100), "amina")
            uow.foreign.add(memory, [ForeignEntry("Save", text, "en", "sw") for text in texts])
            uow.commit()

    def remove(name: str) -> None:
        with store.write() as uow:
            memory = uow.foreign.get(name)
            assert memory is not None
            uow.foreign.remove(memory)
            uow.commit()

    add("a", "Hifadhi", "Tunza")
    assert keys(store, index, "hifadhi") == ["Hifadhi"]
    add("b", "Hifadhi sasa")
    assert keys(store, index, "hifadhi") == ["Hifadhi", "Hifadhi sasa"]
    add("a", "Hifadhi zote")
    assert keys(store, index, "zote") == ["Hifadhi zote"]
    remove("a")
    assert keys(store, index, "hifadhi") == ["Hifadhi sasa"]
    remove("b")
    add("c", "Hifadhi tena")
    assert keys(store, index, "hifadhi") == ["Hifadhi tena"]


def test_files_are_opened_and_only_what_is_new_is_read(store: Store, tmp_path: Path) -> None:
    clinic = Clinic(store)
    clinic.write({at: (f"Hifadhi {at}", State.TRANSLATED) for at in range(8)})
    assert len(keys(store, GramIndex(tmp_path, few=0), "hifadhi")) == 8
    assert (tmp_path / "translations" / "sw" / "base.index").exists()
    clinic.write({9: ("Hifadhi tisa", State.TRANSLATED)})
    index = GramIndex(tmp_path / "translations" / "sw", few=1000)
    with store.read() as uow:
        read = Read(uow.memory.translations("sw"))
        index.follow(read)
        index.follow(read)
    assert read.count == 1
    assert len(index.holding("hifadhi", most=20)) == 9


def test_another_store_under_the_same_name_is_noticed(store: Store) -> None:
    Clinic(store).write({0: ("Hifadhi", State.TRANSLATED)})
    with store.read() as uow:
        texts = uow.memory.translations("sw")
        place, _ = texts.after(Place())
        assert texts.newest(place) == (place.number, True)
        head, _, rest = place.mark.partition(b"\n")
        said = json.loads(head)
        for at in range(2, len(said)):
            other = json.dumps([*said[:at], 77, *said[at + 1 :]]).encode()
            assert not texts.newest(place._replace(mark=other + b"\n" + rest)).known
        assert not texts.newest(place._replace(number=place.number + 1)).known


class Read(IndexedTexts):
    """Counts the texts that an index takes."""

    def __init__(self, texts: IndexedTexts) -> None:
        self._texts = texts
        self.count = 0

    def newest(self, place: Place) -> Newest:
        return self._texts.newest(place)

    def after(self, place: Place) -> tuple[Place, Iterator[tuple[int, str]]]:
        last, found = self._texts.after(place)
        texts = list(found)
        self.count += len(texts)
        return last, iter(texts)
