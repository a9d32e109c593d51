"""Catalogues in ZIP archives, by every command that reads or writes files."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from dpg_l10n.services.jobs import pack
from dpg_l10n.services.projectfile import load
from tests.support.console import BROKEN, SOURCE, SWAHILI, Console, console_in
from tests.support.projects import json_bytes
from tests.support.zips import unzipped, zipped

MEMBERS = {
    "README.txt": b"read me",
    "en.json": json_bytes(SOURCE),
    "fr.json": json_bytes(BROKEN),
    "sw.json": json_bytes(SWAHILI),
}
CONFIG = """\
[project]
slug = "clinic"
source_language = "en"
licence = "MIT"

[[catalogue]]
name = "app"
source = "i18n.zip/en.json"
target = "i18n.zip/{language}.json"
"""


@pytest.fixture
def console(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Console:
    console = console_in(tmp_path, monkeypatch, capsys)
    console.write({"i18n.zip": zipped(MEMBERS), "dpg-l10n.toml": CONFIG})
    return console


def exported(console: Console, *arguments: str) -> bytes:
    assert console("export", "--out", "out", *arguments).code == 0
    return console.files()["out/i18n.zip"]


def test_an_unedited_archive_comes_back_byte_for_byte(console: Console) -> None:
    assert console("push").code == 0
    report = console("export", "--out", "out", "--json").json
    assert {each["path"] for each in report["files"]} == {"i18n.zip/fr.json", "i18n.zip/sw.json"}
    assert all(each["unchanged"] for each in report["files"])
    files = console.files()
    assert files["out/i18n.zip"] == files["i18n.zip"]
    assert [name for name in files if name.startswith("out/")] == ["out/i18n.zip"]


def test_an_edit_changes_one_member_and_no_byte_before_it(console: Console) -> None:
    console("push")
    console("review", "edit", "-l", "sw", "--revision", "1", "--text", "Weka", "app", "save")
    written, pushed = exported(console), console.files()["i18n.zip"]
    assert list(unzipped(written)) == list(MEMBERS)
    changed = MEMBERS["sw.json"].replace(b"Hifadhi fomu", b"Weka")
    assert unzipped(written) == MEMBERS | {"sw.json": changed}
    with zipfile.ZipFile(io.BytesIO(pushed)) as before, zipfile.ZipFile(io.BytesIO(written)) as now:
        assert now.comment == before.comment
        place = now.getinfo("sw.json").header_offset
        assert (place, written[:place]) == (before.getinfo("sw.json").header_offset, pushed[:place])
        for old, new in zip(before.infolist(), now.infolist(), strict=True):
            assert (new.date_time, new.comment, new.compress_type) == (
                old.date_time, old.comment, old.compress_type,
            )  # fmt: skip


def test_a_new_language_is_a_new_member(console: Console) -> None:
    console("push")
    console("review", "edit", "-l", "am", "--revision", "0", "--text", "X", "app", "save")
    members = unzipped(exported(console, "-l", "am"))
    assert list(members) == [*MEMBERS, "am.json"]
    assert b'"save": "X"' in members["am.json"]


def test_other_languages_of_an_archive_come_along_and_are_named(console: Console) -> None:
    console("push")
    console("review", "edit", "-l", "sw", "--revision", "1", "--text", "Weka", "app", "save")
    changed = MEMBERS["sw.json"].replace(b"Hifadhi fomu", b"Weka")
    ran = console("export", "--out", "out", "-l", "fr")
    assert unzipped(console.files()["out/i18n.zip"]) == MEMBERS | {"sw.json": changed}
    assert "i18n.zip/sw.json is one file with others: sw came along." in ran.err
    assert "fr came along" not in ran.err


def test_a_push_after_the_archive_was_packed_again_gives_the_new_one_back(console: Console) -> None:
    console("push")
    again = zipped({**dict(reversed(MEMBERS.items())), "NEWS.txt": b"more"})
    console.write({"i18n.zip": again})
    assert console("push").code == 0
    assert exported(console) == again
    swahili = json_bytes(SWAHILI | {"save": "Weka"})
    console.write({"i18n.zip": zipped(MEMBERS | {"sw.json": swahili})})
    console("push")
    assert exported(console) == console.files()["i18n.zip"]


def test_checks_and_coverage_see_what_is_inside(console: Console) -> None:
    ran = console("check", "--format", "json")
    (found,) = [each for each in ran.json["findings"] if each["severity"] == "error"]
    assert (found["path"], found["key"], found["line"]) == ("i18n.zip/fr.json", "greet", 3)
    assert console("check", "i18n.zip").code == 1
    covered = console("coverage", "--format", "json").json["languages"]
    assert {each["language"]: each["units"]["translated"] for each in covered} == {"fr": 2, "sw": 2}


def test_archives_are_discovered_with_their_patterns(console: Console) -> None:
    (console.folder / "dpg-l10n.toml").unlink()
    console.write({
        "fr.zip": zipped({"messages.json": MEMBERS["fr.json"]}),
        "en.zip": zipped({"messages.json": MEMBERS["en.json"]}),
        "app.zip": zipped({"main.js": b"", "a.css": b"", "i18n/en.json": b'{"a": "b"}'}),
        "book.xlsx": zipped({"en.json": b'{"a": "b"}'}),
    })  # fmt: skip
    assert console("init").code == 0
    written = (console.folder / "dpg-l10n.toml").read_text()
    for line in ('"i18n.zip/en.json"', '"i18n.zip/{language}.json"', '"en.zip/messages.json"',
                 '"{language}.zip/messages.json"'):  # fmt: skip
        assert line in written
    assert written.count("[[catalogue]]") == 2


@pytest.mark.parametrize("folder", ["", "i18n/"])
def test_an_archive_of_files_beside_it_is_no_second_catalogue(
    console: Console, folder: str
) -> None:
    (console.folder / "dpg-l10n.toml").unlink()
    console.write({f"{folder}{name}": data for name, data in MEMBERS.items()})
    console("init")
    assert ".zip" not in (console.folder / "dpg-l10n.toml").read_text()


def test_archives_that_cannot_be_used_are_named(console: Console) -> None:
    (console.folder / "dpg-l10n.toml").unlink()
    console.write({
        "evil.zip": zipped({"../en.json": b"{}"}),
        "outer.zip": zipped({"inner.zip": b"PK", "en.json": b"{}"}),
        "large-file.zip": b"version https://git-lfs.github.com/spec/v1\n",
    })  # fmt: skip
    told = console("init").err
    assert "evil.zip: The archive names a place outside of it: “../en.json”" in told
    assert "outer.zip/inner.zip" in told
    assert "large-file" not in told


def test_a_push_of_what_cannot_be_read_names_it_and_stores_nothing(console: Console) -> None:
    console.write({"i18n.zip": zipped(MEMBERS)[:-60]})
    ran = console("push")
    assert (ran.code, "i18n.zip" in ran.err) == (3, True)
    console.write({"i18n.zip": zipped({**MEMBERS, "sw.json": b'{"a": '})})
    ran = console("push")
    assert (ran.code, "i18n.zip/sw.json" in ran.err) == (3, True)
    assert "The store is empty" in console("status").out


def test_members_are_converted_and_made(console: Console) -> None:
    assert console("convert", "i18n.zip/{language}.json", "{language}.properties").code == 0
    assert b"Hifadhi fomu" in console.files()["sw.properties"]
    assert console("convert", "i18n.zip/en.json", "new.zip/en.properties").code == 0
    assert console("pseudo", "i18n.zip/en.json", "new.zip/qps.json").code == 0
    assert list(unzipped(console.files()["new.zip"])) == ["en.properties", "qps.json"]
    assert console("pseudo", "i18n.zip/en.json", "i18n.zip/sw.json").code == 2
    assert console("pseudo", "i18n.zip/en.json", "i18n.zip/sw.json", "--force").code == 0
    assert list(unzipped(console.files()["i18n.zip"])) == list(MEMBERS)


def test_compiled_gettext_does_not_go_into_the_archive(console: Console) -> None:
    message = b'msgid "Save"\nmsgstr "Hifadhi"\n'
    console.write({"po.zip": zipped({"app.pot": message, "sw.po": message})})
    (console.folder / "dpg-l10n.toml").unlink()
    console("push", "--project", "clinic")
    console("export", "-p", "clinic", "--format", "mo", "--out", "out")
    assert "out/po/sw.mo" in console.files()


def test_what_goes_to_a_service_has_the_archive_whole(console: Console) -> None:
    into = io.BytesIO()
    folder = console.folder
    pack(load(folder), folder, lambda path: _read(folder, path), into)
    assert unzipped(into.getvalue())["i18n.zip"] == console.files()["i18n.zip"]
    assert len(unzipped(into.getvalue())) == 2


def _read(folder: Path, path: str) -> bytes:
    from dpg_l10n.services.files import read_limited

    return read_limited(folder / path, 1_000_000, path)
