from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from dpg_l10n.memory.index import GramIndex
from tests.support.memory import Listed

_WORDS = (
    "save",
    "open",
    "close",
    "the",
    "file",
    "folder",
    "patient",
    "record",
    "report",
    "form",
    "of",
    "to",
)
_CHINESE = "保存打开关闭文件夹用户病人记录报告表单值列表名称日期全部删除新建编辑"
_KHMER = "កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវសហអាិីឹុូេែៃោៅំ"


def _sentences(count: int, seed: int = 1) -> list[str]:
    chance = random.Random(seed)  # noqa: S311 - makes texts, guards nothing
    found = {" ".join(chance.choices(_WORDS, k=chance.randint(2, 9))) for _ in range(count * 2)}
    return sorted(found)[:count]


def _unspaced(letters: str, count: int) -> list[str]:
    chance = random.Random(2)  # noqa: S311 - as above
    found = {"".join(chance.choices(letters, k=chance.randint(2, 14))) for _ in range(count)}
    return sorted(found)


def _opened(folder: Path | None, texts: list[str], **options: int) -> tuple[GramIndex, Listed]:
    index, known = GramIndex(folder, few=options.get("few", 0)), Listed(texts)
    index.follow(known)
    return index, known


def _missed(texts: list[str], questions: list[str], index: GramIndex) -> int:
    """Return how many of the five best texts of each question the index does not find."""
    missed = 0
    for question in questions:
        best = process.extract(
            question, texts, scorer=Levenshtein.normalized_similarity, score_cutoff=0.7, limit=5
        )
        found = index.nearest(question, at_least=0.7, most=5)
        scores = [near.similarity for near in found]
        assert all(
            near.similarity == Levenshtein.normalized_similarity(question, texts[near.text_id - 1])
            for near in found
        )
        missed += len({score for _, score, _ in best} - set(scores))
    return missed


@pytest.mark.parametrize("few", [0, 100_000], ids=["files", "one by one"])
@pytest.mark.parametrize(
    "texts",
    [_sentences(3000), _unspaced(_CHINESE, 3000), _unspaced(_KHMER, 3000)],
    ids=["Latin", "Chinese", "Khmer"],
)
def test_what_is_nearest_is_found_as_if_all_were_compared(texts: list[str], few: int) -> None:
    index, _ = _opened(None, texts, few=few)
    questions = [text[:at] + "x" + text[at + 1 :] for at, text in enumerate(texts[:20])]
    questions += [text[1:] for text in texts[::150]] + texts[5::200]
    # of five each; among so many texts of so few words the pieces say little
    assert _missed(texts, questions, index) <= (0 if few else len(questions) // 10)


def test_texts_of_which_thousands_are_much_the_same_are_found_as_well() -> None:
    texts = [
        f"{what}, {age} years, {sex} ({first}{second}{third} district)"
        for what in ("Malaria cases", "Live births", "Still births", "New TB cases", "Referrals")
        for age in ("1-4", "5-9", "10-14", "15-19", "20-24", "25-49", "50-64", "65+")
        for sex in ("male", "female", "unknown")
        for first in ("Ka", "Mba", "No", "Ru", "Ti", "Nga", "Lo", "Sa", "Wa", "Ki", "Bu", "Ma")
        for second in ("bu", "ro", "ma", "le", "si", "do")
        for third in ("do", "ya", "wa", "ki", "lo")
    ]
    chance = random.Random(4)  # noqa: S311 - as above
    questions = []
    for _ in range(40):
        text = chance.choice(texts)
        at = chance.randrange(len(text))
        questions.append(text[:at] + chance.choice("aeiou") + text[at + chance.randrange(2) :])
    index, _ = _opened(None, texts)
    wanted = found = 0
    for question in questions:
        best = process.extract(
            question, texts, scorer=Levenshtein.normalized_similarity, score_cutoff=0.7, limit=50
        )
        near = index.nearest(question, at_least=0.7, most=50)
        wanted += len(best)
        found += sum(each.similarity >= best[-1][1] for each in near)
    assert found >= 0.97 * wanted


def test_the_same_text_scores_one_and_comes_first() -> None:
    index, _ = _opened(None, _sentences(200))
    best = index.nearest(_sentences(200)[70], at_least=0.7, most=5)[0]
    assert (best.text_id, best.similarity) == (71, 1.0)


@pytest.mark.parametrize("text", ["Ok", "否", "No", "保存", "ok?"])
def test_short_texts_are_found(text: str) -> None:
    index, _ = _opened(None, [*_sentences(100), "Ok", "否", "No", "保存", "ok?"])
    assert index.nearest(text, at_least=0.7, most=1)[0].similarity == 1.0


def test_the_same_letters_are_the_same_however_they_are_composed() -> None:
    index, _ = _opened(None, ["Gửi biểu mẫu", "Enregistré"])
    assert index.nearest("Enregistre\u0301", at_least=0.9, most=1)[0].similarity == 1.0


def test_a_new_text_is_found_at_once_and_nothing_else_is_read_again(tmp_path: Path) -> None:
    index, known = _opened(tmp_path, _sentences(50), few=10)
    known.read = 0
    known.texts.append("a brand new message")
    index.follow(known)
    assert index.nearest("a brand new messages", at_least=0.7, most=5)[0].text_id == 51
    assert known.read == 1


def test_files_are_opened_instead_of_reading_the_store_again(tmp_path: Path) -> None:
    _, known = _opened(tmp_path, _sentences(50))
    again, fresh = GramIndex(tmp_path), Listed(known.texts)
    again.follow(fresh)
    assert fresh.read == 0
    assert again.nearest(known.texts[9], at_least=1.0, most=1)[0].text_id == 10


def test_many_newer_texts_go_into_a_second_file_and_later_into_the_first(tmp_path: Path) -> None:
    texts = _sentences(400)
    index, known = _opened(tmp_path, texts[:300], few=10)
    base = (tmp_path / "base.index").read_bytes()
    known.texts = texts[:320]
    index.follow(known)
    assert (tmp_path / "delta.index").exists()
    assert (tmp_path / "base.index").read_bytes() == base
    known.texts = texts
    index.follow(known)
    assert (tmp_path / "base.index").read_bytes() != base
    again = GramIndex(tmp_path, few=10)
    again.follow(known)
    for opened in (index, again):
        found = [opened.nearest(text, at_least=1.0, most=1)[0].text_id for text in texts]
        assert found == list(range(1, 401))


def test_another_store_under_the_same_name_is_noticed(tmp_path: Path) -> None:
    _opened(tmp_path, _sentences(60))
    other = GramIndex(tmp_path, few=0)
    other.follow(Listed(_sentences(60, seed=5)))
    found = other.nearest(_sentences(60, seed=5)[3], at_least=0.9, most=1)
    assert found[0].text_id == 4


def test_a_store_put_back_from_a_backup_is_noticed_while_the_index_is_open() -> None:
    index, known = GramIndex(None, few=0, patience_s=0), Listed(_sentences(60))
    index.follow(known)
    known.texts = [*known.texts[:20], "quite another one"]
    index.follow(known)
    assert index.nearest("quite another one", at_least=0.9, most=1)[0].text_id == 21
    assert not index.nearest(_sentences(60)[40], at_least=1.0, most=1)


def test_an_older_view_of_the_store_changes_nothing(tmp_path: Path) -> None:
    """A unit of work that began before another one does not see what that one saw."""
    index, known = _opened(None, _sentences(60))
    older = Listed(known.texts[:50])
    index.follow(older)
    assert older.read == 0
    assert index.nearest(known.texts[55], at_least=1.0, most=1)[0].text_id == 56
    index.follow(known)
    assert known.read == 60


def test_what_was_found_says_whether_it_is_still_there() -> None:
    index, _ = _opened(None, ["Enregistre\u0301"])
    (near,) = index.nearest("Enregistré", at_least=0.9, most=1)
    assert near.is_of("Enregistre\u0301")
    assert not near.is_of("Enregistrer")


@pytest.mark.parametrize("few", [0, 100], ids=["files", "one by one"])
def test_an_empty_store_has_nothing(tmp_path: Path, few: int) -> None:
    index, known = GramIndex(tmp_path, few=few), Listed([])
    index.follow(known)
    assert index.rebuild(known) == 0
    assert index.nearest("anything", at_least=0.1, most=5) == []
    assert index.holding("any", most=5) == []
    known.texts = ["Save"]
    index.follow(known)
    assert index.nearest("Save", at_least=1.0, most=1)[0].text_id == 1


_DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[: len(data) // 2],
    "head": lambda data: data[:40] + b"?" + data[41:],
    "empty": lambda _data: b"",
    "strange": lambda _data: b"something else",
}


@pytest.mark.parametrize("damage", _DAMAGE)
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: str) -> None:
    _, known = _opened(tmp_path, _sentences(60))
    file = tmp_path / "base.index"
    whole = file.read_bytes()
    file.write_bytes(_DAMAGE[damage](whole))
    _opened(tmp_path, known.texts)
    assert file.read_bytes() == whole


def test_what_a_crash_left_behind_is_no_obstacle_and_goes_away(tmp_path: Path) -> None:
    old, young = tmp_path / "base.index.abc.part", tmp_path / "base.index.def.part"
    for path in (old, young):
        path.write_bytes(b"half")
    (tmp_path / "tmp.part").mkdir()
    for path in (old, tmp_path / "tmp.part"):
        os.utime(path, (0, 0))
    index, known = _opened(tmp_path, _sentences(60))
    assert index.nearest(known.texts[0], at_least=1.0, most=1)
    assert {path.name for path in tmp_path.iterdir()} == {"base.index", young.name}


def test_a_folder_that_cannot_be_written_to_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    index, known = _opened(tmp_path / "file" / "index", _sentences(60))
    assert index.nearest(known.texts[7], at_least=1.0, most=1)[0].text_id == 8


def test_in_the_background_questions_are_answered_meanwhile(tmp_path: Path) -> None:
    index, known = GramIndex(tmp_path, background=True, few=5), Listed(_sentences(500))
    index.follow(known)
    assert index.nearest(known.texts[7], at_least=1.0, most=1)[0].text_id == 8
    known.texts.append("one more of them")
    index.follow(known)
    index.close()
    assert (tmp_path / "base.index").exists()
    for number in (8, 501):
        assert index.nearest(known.texts[number - 1], at_least=1.0, most=1)[0].text_id == number


def test_everything_can_be_made_anew() -> None:
    index, known = _opened(None, _sentences(60))
    known.texts = _sentences(70, seed=9)
    assert index.rebuild(known) == 70
    assert index.nearest(known.texts[69], at_least=1.0, most=1)[0].text_id == 70


@pytest.mark.parametrize("few", [0, 100_000], ids=["files", "one by one"])
@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("CLINIC", {1, 2}), ("clinic name", {2}), ("name clinic", {2}), ("保存", {3}), ("of", {4}),
        ("is a", {1}), ("nowhere", set()), ("x", {5}), ("  ", set()), ("ជម្រើស", {6}),
    ],
)  # fmt: skip
def test_words_are_found_wherever_they_stand(words: str, numbers: set[int], few: int) -> None:
    texts = ["This is a Clinic", "Name of the clinic", "请保存文件", "Of age", "X-ray", "លុបជម្រើស"]
    index, _ = _opened(None, texts, few=few)
    found = index.holding(words, most=10)
    assert set(found) >= numbers
    assert all(
        part in texts[number - 1].casefold() for number in found for part in words.lower().split()
    )
    assert words != "nowhere" or not found


def test_only_so_many_are_returned() -> None:
    index, _ = _opened(None, _sentences(200))
    assert len(index.holding("the", most=7)) == 7
    assert len(index.nearest(_sentences(200)[3], at_least=0.1, most=3)) == 3


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=30), st.text(max_size=30))
def test_any_texts_can_be_kept_and_asked_for(texts: list[str], question: str) -> None:
    index, _ = _opened(None, texts)
    for text in texts:
        if text:
            assert index.nearest(text, at_least=1.0, most=1)[0].similarity == 1.0
    index.nearest(question, at_least=0.7, most=5)
    for number in index.holding(question, most=50):
        assert 1 <= number <= len(texts)
