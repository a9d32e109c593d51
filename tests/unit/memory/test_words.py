"""Words in an index of texts that are replaced, as translations are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.memory import fold
from dpg_l10n.memory.index import GramIndex
from dpg_l10n.ports.memory import IndexedTexts, Newest, Place
from tests.support.memory import Listed

_PIECES = st.sampled_from(
    [
        "save",
        "SAVING",
        " the ",
        " ",
        "Élan",
        "ß",
        "İstanbul",
        "保存",
        "文件夹",
        "ជម្រើស",
        "မှတ်",
        "ไฟล์",
        "x",
    ]
)
_TEXTS = st.lists(st.lists(_PIECES, max_size=6).map("".join), max_size=40)
_LONG = st.text(min_size=3, max_size=8)


class Changing(IndexedTexts):
    """Texts that are written again: each time under its number, the newest last."""

    def __init__(self) -> None:
        self.written: list[tuple[int, str]] = []

    def say(self, number: int, text: str) -> None:
        self.written.append((number, text))

    def newest(self, place: Place) -> Newest:
        return Newest(len(self.written), known=True)

    def after(self, place: Place) -> tuple[Place, Iterator[tuple[int, str]]]:
        return Place(len(self.written), b"x"), iter(self.written[place.number :])


@pytest.mark.parametrize("few", [0, 100], ids=["files", "one by one"])
@settings(max_examples=150, deadline=None)
@given(texts=_TEXTS, start=st.integers(0, 30), size=st.integers(3, 9), other=_LONG)
def test_every_text_with_a_part_is_found_and_no_other(
    texts: list[str], start: int, size: int, other: str, few: int
) -> None:
    index = GramIndex(None, few=few)
    index.follow(Listed(texts))
    whole = "|".join(texts)
    for asked in (whole[start : start + size], other):
        parts = fold(asked).split()
        if parts and all(len(part) >= 3 for part in parts):
            holding = [all(part in fold(text) for part in parts) for text in texts]
            expected = [at for at, holds in enumerate(holding, 1) if holds]
            assert sorted(index.holding(asked, most=100)) == expected


@pytest.mark.parametrize("few", [0, 2, 100], ids=["files", "few", "one by one"])
def test_the_newest_text_of_a_number_is_found(tmp_path: Path, few: int) -> None:
    texts, index = Changing(), GramIndex(tmp_path, few=few)
    for number in range(20):
        texts.say(number, f"hifadhi {number}")
    index.follow(texts)
    texts.say(7, "tunza saba")
    index.follow(texts)
    texts.say(7, "linda saba")
    index.follow(texts)
    assert index.holding("linda", most=5) == [7]
    assert len(index.holding("hifadhi", most=50)) in {19, 20}
    assert len(set(index.holding("saba", most=50))) == len(index.holding("saba", most=50)) == 1


def test_a_replaced_text_is_in_no_new_file(tmp_path: Path) -> None:
    texts, index = Changing(), GramIndex(tmp_path, few=0)
    for number in range(4):
        texts.say(number, f"hifadhi {number}")
    index.follow(texts)
    for number in range(4):
        texts.say(number, f"tunza {number}")
    index.follow(texts)
    assert index.holding("hifadhi", most=50) == []
    again = GramIndex(tmp_path, few=0)
    again.follow(texts)
    assert sorted(again.holding("tunza", most=50)) == [0, 1, 2, 3]


def test_a_text_that_comes_again_as_it_was_is_kept_once() -> None:
    texts, index = Changing(), GramIndex(None, few=3)
    texts.say(1, "hifadhi")
    for _ in range(5):
        texts.say(1, "hifadhi")
        index.follow(texts)
    assert index.holding("hifadhi", most=5) == [1]


def test_each_language_has_its_files_and_all_go_when_everything_is_made_anew(
    tmp_path: Path,
) -> None:
    index = GramIndex(tmp_path, few=0)
    index.follow(Listed(["Save"]))
    for language, text in (("sw", "Hifadhi"), ("pt-BR", "Salvar")):
        index.translations(language).follow(Listed([text]))
    assert index.translations("sw").holding("hifadhi", most=5) == [1]
    assert index.translations("pt-BR").holding("hifadhi", most=5) == []
    assert {path.name for path in (tmp_path / "translations").iterdir()} == {"sw", "pt-BR"}
    assert index.rebuild(Listed(["Save", "Open"])) == 2
    assert not (tmp_path / "translations").exists()
    index.translations("sw").follow(Listed(["Tunza"]))
    assert index.translations("sw").holding("tunza", most=5) == [1]
    index.close()
