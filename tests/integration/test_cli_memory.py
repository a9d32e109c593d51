"""``dpg-l10n memory``: search, TMX in and out, memories that came as files."""

from __future__ import annotations

from pathlib import Path

import pytest

from dpg_l10n.interchange.tmx import TmxReader
from tests.support.console import CONFIG, Console
from tests.support.projects import json_bytes, message, po_bytes

_TEXTS = {"a": "Save the patient record", "b": "Open", "c": "Delete"}
TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header srclang="en"/><body>
<tu><tuv xml:lang="en"><seg>Wash your hands</seg></tuv><tuv xml:lang="sw"><seg>Nawa mikono</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Wash & go</seg></tuv><tuv xml:lang="sw"><seg>x</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Stay home</seg></tuv><tuv xml:lang="am"><seg>ቤት ይቆዩ</seg></tuv></tu>
</body></tmx>
"""


@pytest.fixture
def pushed(console: Console) -> Console:
    config = CONFIG.replace("[project]\n", '[project]\nlicence = "MIT"\n')
    console.write({"dpg-l10n.toml": config, "i18n/en.json": json_bytes(_TEXTS)})
    console.write({"i18n/sw.json": json_bytes({"a": "Hifadhi rekodi", "b": "Fungua"})})
    assert console("push").code == 0
    return console


def test_what_is_like_a_text_is_shown_with_where_it_is_from(pushed: Console) -> None:
    ran = pushed("memory", "search", "Save the patient records", "-l", "sw")
    assert ran.code == 0
    assert "Hifadhi rekodi" in ran.out
    assert "clinic · sw · translated · MIT · 95% like it" in ran.out


def test_a_report_has_all_that_is_known(pushed: Console) -> None:
    report = pushed("memory", "search", _TEXTS["a"], "-l", "sw", "-p", "clinic", "--json").json
    (hit,) = report["hits"]
    assert hit == {
        "source": _TEXTS["a"], "text": "Hifadhi rekodi", "language": "sw", "similarity": 1.0,
        "score": 0.99, "state": "translated", "licence": "MIT", "project": "clinic",
        "memory": None, "context": "", "key": "a", "revision": 1, "source_revision": 1, "uses": 1,
    }  # fmt: skip
    assert report["withheld"] == 0


@pytest.mark.parametrize(
    ("words", "where"), [("PATIENT save", "source"), ("rekodi", "translation")]
)
def test_words_are_looked_for_in_either(pushed: Console, words: str, where: str) -> None:
    report = pushed("memory", "search", words, "-l", "sw", "--words", where, "--json").json
    assert [hit["text"] for hit in report["hits"]] == ["Hifadhi rekodi"]


def test_nothing_found_is_exit_code_1(pushed: Console) -> None:
    ran = pushed("memory", "search", "Quite another sentence", "-l", "sw")
    assert (ran.code, ran.out) == (1, "")
    assert "Nothing like it" in ran.err


def test_a_tmx_file_becomes_a_memory(pushed: Console, tmp_path: Path) -> None:
    pushed.write({"covid.tmx": TMX})
    ran = pushed("memory", "import", "covid.tmx", "--licence", "CC0-1.0")
    assert ran.code == 0
    assert "covid.tmx:4: The unit is not well-formed XML" in ran.err
    assert "1 unit left out." in ran.err
    before = pushed("coverage", "-p", "clinic", "--json").json
    report = pushed("memory", "search", "Wash your hands!", "-l", "sw", "--json").json
    assert [(hit["text"], hit["memory"]) for hit in report["hits"]] == [
        ("Nawa mikono", "covid.tmx")
    ]
    assert pushed("coverage", "-p", "clinic", "--json").json == before
    listed = pushed("memory", "list", "--json").json
    assert [(item["memory"], item["licence"], item["entries"]) for item in listed] == [
        ("covid.tmx", "CC0-1.0", 2)
    ]
    assert "covid.tmx" in pushed("memory", "list").out
    assert "2 entries taken out" in pushed("memory", "remove", "covid.tmx").out
    assert pushed("memory", "remove", "covid.tmx", "--json").code == 2


def test_the_same_file_twice_changes_nothing_and_another_can_replace_it(pushed: Console) -> None:
    pushed.write({"covid.tmx": TMX, "one.tmx": TMX.replace("Stay home", "Stay at home")})
    for _ in range(2):
        report = pushed("memory", "import", "covid.tmx", "--name", "covid", "--json").json
        assert (report["entries"], report["languages"]) == (2, {"am": 1, "sw": 1})
    assert report["left_out"] == 1
    assert report["problems"][0]["line"] == 4
    pushed("memory", "import", "one.tmx", "--name", "covid", "--replace")
    assert pushed("memory", "list", "--json").json[0]["entries"] == 2


def test_only_one_language_of_a_file_can_be_taken(pushed: Console) -> None:
    pushed.write({"covid.tmx": TMX})
    report = pushed("memory", "import", "covid.tmx", "-l", "am", "--json").json
    assert report["languages"] == {"am": 1}


def test_without_a_licence_the_person_is_told(pushed: Console) -> None:
    pushed.write({"covid.tmx": TMX})
    assert "No licence is known" in pushed("memory", "import", "covid.tmx").err
    report = pushed("memory", "search", "Wash your hands", "-l", "sw", "--json").json
    assert (report["hits"], report["withheld"]) == ([], 1)
    assert (
        "1 translation not shown" in pushed("memory", "search", "Wash your hands", "-l", "sw").err
    )


@pytest.mark.parametrize(("licence", "told"), [("CC BY", True), ("CC-BY-4.0", False)])
def test_a_licence_that_shares_nothing_is_told(pushed: Console, licence: str, told: bool) -> None:
    pushed.write({"covid.tmx": TMX})
    said = pushed("memory", "import", "covid.tmx", "--licence", licence).err
    assert (f"“{licence}” is no licence" in said) is told


def test_the_memories_that_there_are_are_named_where_one_is_not(pushed: Console) -> None:
    assert "There are: none yet." in pushed("memory", "remove", "covid").err
    pushed.write({"covid.tmx": TMX})
    pushed("memory", "import", "covid.tmx")
    for asked in (("remove", "covid"), ("export", "x.tmx", "--memory", "covid")):
        assert "There are: covid.tmx." in pushed("memory", *asked).err


def test_a_gettext_file_becomes_a_memory(pushed: Console) -> None:
    data = po_bytes(
        message("Wash your hands", "Nawa mikono"), message("Open", "?", "#, fuzzy"), message("No"),
        language="sw",
    )  # fmt: skip
    pushed.write({"old.po": data})
    report = pushed("memory", "import", "old.po", "--licence", "MIT", "--json").json
    assert (report["memory"], report["languages"]) == ("old.po", {"sw": 1})


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.tmx", "no tmx", "format.tmx"),
        ("a.json", "{}", "memory.format"),
        ("a.po", po_bytes(message("a", "b")), "memory.language"),
    ],
)
def test_a_file_that_cannot_be_a_memory_is_refused(
    pushed: Console, name: str, data: str | bytes, code: str
) -> None:
    pushed.write({name: data})
    ran = pushed("memory", "import", name)
    assert code in ran.err
    assert ran.code in (2, 3)
    assert pushed("memory", "list", "--json").json == []


def test_what_is_exported_can_be_read_by_others(pushed: Console, tmp_path: Path) -> None:
    out = tmp_path / "out.tmx"
    assert "2 entries" in pushed("memory", "export", out, "-p", "clinic", "-l", "sw").out
    with out.open("rb") as file:
        entries = list(TmxReader(file))
    assert {(e.source, e.text, e.licence, e.origin) for e in entries} == {
        (_TEXTS["a"], "Hifadhi rekodi", "MIT", "clinic"), ("Open", "Fungua", "MIT", "clinic"),
    }  # fmt: skip
    assert pushed("memory", "export", out, "-l", "fr", "--json").json["entries"] == 0
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_a_memory_that_came_as_a_file_goes_out_as_one(pushed: Console, tmp_path: Path) -> None:
    pushed.write({"covid.tmx": TMX})
    pushed("memory", "import", "covid.tmx", "--licence", "CC0-1.0")
    out = tmp_path / "out.tmx"
    pushed("memory", "export", out, "--memory", "covid.tmx")
    with out.open("rb") as file:
        assert {(e.text, e.licence) for e in TmxReader(file)} == {
            ("Nawa mikono", "CC0-1.0"), ("ቤት ይቆዩ", "CC0-1.0"),
        }  # fmt: skip
    assert pushed("memory", "export", out, "--memory", "nowhere").code == 2
    assert pushed("memory", "export", out, "-p", "nowhere").code == 2


def test_the_index_is_made_anew(pushed: Console) -> None:
    assert "3 source texts" in pushed("memory", "rebuild").out
    assert pushed("memory", "rebuild", "--json").json == {"texts": 3}
    assert pushed("memory", "search", "Open", "-l", "sw").code == 0
