"""Files packed with gzip, by every command that reads files."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.support.console import BROKEN, SOURCE, SWAHILI, Console, console_in
from tests.support.projects import json_bytes, message, po_bytes

CONFIG = """\
[project]
slug = "clinic"
source_language = "en"
licence = "MIT"

[[catalogue]]
name = "app"
source = "i18n/en.json.gz"
target = "i18n/{language}.json.gz"
"""


def pack(data: bytes) -> bytes:
    return gzip.compress(data, 1, mtime=1_700_000_000)


@pytest.fixture
def console(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Console:
    console = console_in(tmp_path, monkeypatch, capsys)
    texts = {"en": SOURCE, "sw": SWAHILI, "fr": BROKEN}
    console.write({f"i18n/{name}.json.gz": pack(json_bytes(said)) for name, said in texts.items()})
    console.write({"dpg-l10n.toml": CONFIG})
    return console


def test_unedited_files_come_back_byte_for_byte(console: Console) -> None:
    assert console("push").code == 0
    report = console("export", "--out", "out", "--json").json
    files = console.files()
    assert {each["path"] for each in report["files"]} == {"i18n/fr.json.gz", "i18n/sw.json.gz"}
    for each in report["files"]:
        assert each["unchanged"] is True
        assert files[f"out/{each['path']}"] == files[each["path"]]


def test_an_edit_is_the_only_difference_in_what_the_file_holds(console: Console) -> None:
    console("push")
    console("review", "edit", "-l", "sw", "--revision", "1", "--text", "Weka", "app", "save")
    console("export", "--out", "out", "-l", "sw")
    files = console.files()
    before = gzip.decompress(files["i18n/sw.json.gz"]).splitlines()
    after = gzip.decompress(files["out/i18n/sw.json.gz"]).splitlines()
    assert [b for a, b in zip(before, after, strict=True) if a != b] == [b'  "save": "Weka",']


def test_a_new_language_is_packed_as_its_name_says(console: Console) -> None:
    console.write({"dpg-l10n.toml": CONFIG.replace("en.json.gz", "en.json")})
    console.write({"i18n/en.json": json_bytes(SOURCE)})
    console("push")
    console("review", "edit", "-l", "am", "--revision", "0", "--text", "X", "app", "save")
    console("export", "--out", "out", "-l", "am")
    assert b'"save"' in gzip.decompress(console.files()["out/i18n/am.json.gz"])


def test_checks_and_coverage_see_what_is_inside(console: Console) -> None:
    ran = console("check", "--format", "json")
    assert ran.code == 1
    (found,) = [each for each in ran.json["findings"] if each["severity"] == "error"]
    assert (found["path"], found["key"], found["line"]) == ("i18n/fr.json.gz", "greet", 3)
    covered = console("coverage", "--format", "json").json["languages"]
    assert {each["language"]: each["units"]["translated"] for each in covered} == {"fr": 2, "sw": 2}


def test_packed_files_are_discovered_by_their_inner_names(console: Console) -> None:
    (console.folder / "dpg-l10n.toml").unlink()
    template = po_bytes(message("Save"))
    console.write({
        "po/app.pot.gz": pack(template),
        "po/sw.po.gz": pack(po_bytes(message("Save", "Hifadhi"))),
    })  # fmt: skip
    assert console("init").code == 0
    written = (console.folder / "dpg-l10n.toml").read_text()
    for line in ('"i18n/en.json.gz"', '"i18n/{language}.json.gz"', '"po/app.pot.gz"',
                 '"po/{language}.po.gz"'):  # fmt: skip
        assert line in written


def test_a_packed_copy_beside_the_plain_file_is_no_second_catalogue(console: Console) -> None:
    (console.folder / "dpg-l10n.toml").unlink()
    texts = {"en": SOURCE, "sw": SWAHILI, "fr": BROKEN}
    console.write({f"i18n/{name}.json": json_bytes(said) for name, said in texts.items()})
    console("init")
    written = (console.folder / "dpg-l10n.toml").read_text()
    assert '"i18n/{language}.json"' in written
    assert ".gz" not in written


def test_a_file_is_converted_into_and_out_of_gzip(console: Console) -> None:
    assert console("convert", "i18n/en.json.gz", "en.properties").code == 0
    assert b"Save the form" in console.files()["en.properties"]
    assert console("convert", "en.properties", "again.json.gz", "--to", "json").code == 0
    assert b'"Save the form"' in gzip.decompress(console.files()["again.json.gz"])


def test_a_pseudo_translation_is_packed_as_its_name_says(console: Console) -> None:
    assert console("pseudo", "i18n/en.json.gz", "en-XA.json").code == 0
    assert console.files()["en-XA.json"].startswith(b"{")


def test_compiled_gettext_of_a_packed_catalogue_has_its_usual_name(console: Console) -> None:
    (console.folder / "dpg-l10n.toml").unlink()
    console.write({"po/sw.po.gz": pack(po_bytes(message("Save", "Hifadhi")))})
    console("push", "--project", "clinic")
    report = console("export", "-p", "clinic", "--format", "mo", "--out", "out", "--json").json
    assert "po/sw.mo" in {each["path"] for each in report["files"]}


def test_the_packed_semantics_of_an_h5p_library_are_the_source(console: Console) -> None:
    semantics = b'[{"name": "t", "type": "text", "label": "Title", "default": "Untitled"}]\n'
    french = b'{"semantics": [{"label": "Titre"}]}\n'
    (console.folder / "dpg-l10n.toml").unlink()
    for path in (console.folder / "i18n").iterdir():
        path.unlink()
    console.write({"semantics.json.gz": pack(semantics), "language/fr.json.gz": pack(french)})
    assert console("init").code == 0
    assert console("push").code == 0
    report = console("export", "--out", "out", "--json").json
    assert [each["unchanged"] for each in report["files"]] == [True]
    edit = ("review", "edit", "-l", "fr", "--revision", "0", "--text", "Sans titre")
    assert console(*edit, "app", "semantics[0].default").code == 0
    console("export", "--out", "out")
    written = gzip.decompress(console.files()["out/language/fr.json.gz"])
    assert b'"Titre"' in written
    assert b'"default": "Sans titre"' in written


def test_a_damaged_file_is_named_and_nothing_is_stored(console: Console) -> None:
    data = console.files()["i18n/sw.json.gz"]
    console.write({"i18n/sw.json.gz": data[:-9]})
    ran = console("push")
    assert ran.code == 3
    assert "i18n/sw.json.gz" in ran.err
    assert "damaged or cut off" in ran.err
    assert "The store is empty" in console("status").out
