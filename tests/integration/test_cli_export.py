"""``dpg-l10n export``."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from dpg_l10n.errors import UsageError
from dpg_l10n_cli.commands.export import writer
from tests.support.console import CONFIG, SWAHILI, Console
from tests.support.projects import json_bytes, message, po_bytes


def _out(console: Console) -> dict[str, bytes]:
    return {
        name.removeprefix("out/"): data
        for name, data in console.files().items()
        if name.startswith("out/")
    }


def test_an_untouched_project_comes_back_byte_for_byte(console: Console) -> None:
    odd = b'{ "save" : "Hifadhi",\r\n\t"greet":"Habari, {name}" }'
    console.clinic()
    console.write({"i18n/sw.json": odd})
    console("push")
    ran = console("export", "--out", "out")
    assert ran.code == 0
    assert "1 file written below out" in ran.err
    assert _out(console) == {"i18n/sw.json": odd}


def test_the_report_has_the_fields_that_are_promised(console: Console) -> None:
    console.clinic()
    console("push")
    report = console("export", "--out", "out", "--json").json
    (file,) = report["files"]
    assert report.keys() >= {"project", "files"}
    assert file.keys() >= {"path", "language", "units", "bytes", "unchanged"}
    size = len(_out(console)["i18n/sw.json"])
    assert (file["path"], file["units"], file["bytes"]) == ("i18n/sw.json", 2, size)
    assert file["unchanged"] is True


def test_an_edit_changes_its_line_and_no_other(console: Console) -> None:
    console.clinic()
    console("push")
    console("review", "edit", "-l", "sw", "--revision", "1", "--text", "Weka", "app", "save")
    (file,) = console("export", "--out", "out", "--json").json["files"]
    before = console.files()["i18n/sw.json"].splitlines()
    after = _out(console)["i18n/sw.json"].splitlines()
    assert [b for a, b in zip(before, after, strict=True) if a != b] == [b'  "save": "Weka",']
    assert file["unchanged"] is False


def test_gettext_files_are_written_for_any_catalogue(console: Console) -> None:
    console.clinic()
    console("push")
    console("export", "--out", "out", "--format", "po")
    assert 'msgstr "Hifadhi fomu"' in _out(console)["app/sw.po"].decode()


def test_compiled_gettext_is_read_by_python(console: Console) -> None:
    console.clinic()
    console("push")
    console("export", "--out", "out", "--format", "mo")
    with (console.folder / "out/app/sw.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert catalogue.pgettext("save", "Save the form") == "Hifadhi fomu"


def test_only_reviewed_leaves_out_what_nobody_reviewed(console: Console) -> None:
    console.clinic()
    console("push")
    console("review", "accept", "-l", "sw", "--revision", "1", "app", "save")
    console("export", "--out", "out", "--only", "reviewed")
    assert _out(console)["i18n/sw.json"] == json_bytes({"save": SWAHILI["save"]})


def test_drafts_stay_out_unless_they_are_asked_for(console: Console) -> None:
    messages = [message("Save"), message("Save", "", 'msgctxt "menu"')]
    sw = [message("Save", "Hifadhi"), message("Save", "", 'msgctxt "menu"')]
    console.write({"po/app.pot": po_bytes(*messages), "po/sw.po": po_bytes(*sw, language="sw")})
    console("push")
    console("draft", "--memory-only")
    console("export", "--out", "out")
    assert _out(console)["po/sw.po"] == console.files()["po/sw.po"]
    console("export", "--out", "out", "--include-drafts")
    added = _out(console)["po/sw.po"].decode()
    assert "#, fuzzy" in added
    assert added.count('msgstr "Hifadhi"') == 2


def test_a_new_language_gets_a_file_beside_its_siblings(console: Console) -> None:
    console.clinic()
    console("push")
    ran = console("export", "--out", "out", "-l", "pt-BR", "--json")
    (file,) = ran.json["files"]
    assert (file["path"], file["language"], file["units"]) == ("i18n/pt-BR.json", "pt-BR", 0)


def test_a_path_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    write = writer(tmp_path / "out")
    for path in ("../escaped.json", "/escaped.json", "a/../../escaped.json"):
        with pytest.raises(UsageError, match="leaves the output folder"):
            write(path, b"{}")
    assert list(tmp_path.rglob("*.json")) == []


def test_the_configuration_cannot_name_a_file_outside_the_project(console: Console) -> None:
    console.clinic()
    config = console.files()["dpg-l10n.toml"].decode().replace("i18n/{l", "../i18n/{l")
    console.write({"dpg-l10n.toml": config})
    ran = console("push")
    assert (ran.code, ran.out) == (2, "")
    assert "dpg-l10n.toml" in ran.err
    assert not console.store.exists()


def test_a_release_is_made_where_the_gate_passes_and_shown_with_what_was_withdrawn(
    console: Console,
) -> None:
    console.clinic()
    console("push")
    made = console("export", "--out", "build", "--release", "v1", "--json")
    assert (made.code, made.json["release"]) == (0, "v1")
    assert console("export", "--out", "build", "--release", "v1").code == 5
    done = console("review", "withdraw", "-l", "sw", "--revision", "1", "--why", "harmful",
                   "app", "save")  # fmt: skip
    assert done.code == 0
    assert "1 release held this text: v1." in done.err
    assert console("release", "list", "--json").json[0]["name"] == "v1"
    assert "v1" in console("release", "list").out
    shown = console("release", "show", "v1")
    assert "withdrawn  app/save sw: Hifadhi fomu" in shown.out
    assert console("release", "show", "v1", "--json").json["withdrawn"][0]["key"] == "save"


def test_the_gate_of_a_tree_and_of_the_store_leave_with_1_when_they_are_shut(
    console: Console,
) -> None:
    console.clinic()
    assert console("gate").code == 0
    console.write({"dpg-l10n.toml": CONFIG + "[coverage]\nfail_under = 90\n"})
    tree = console("gate")
    assert tree.code == 1
    assert "FAIL  sw: 66% covered, 90% asked for." in tree.out
    assert "no release" in tree.err
    console("push")
    stored = console("gate", "-p", "clinic", "--json")
    assert (stored.code, stored.json["passed"]) == (1, False)
    assert console("export", "--out", "build", "--release", "v1").code == 1
    assert not (console.folder / "build").exists()


def test_a_file_that_was_refused_is_not_replaced_by_one_of_a_few_texts(console: Console) -> None:
    refused = b'{\n  "save": "Hifadhi",\n  "save": "Weka",\n  "greet": "Habari, {name}"\n}\n'
    console.clinic()
    console.write({"i18n/sw.json": refused})
    assert console("push", "--keep-going").code == 3
    console("review", "edit", "-l", "sw", "--revision", "0", "--text", "Weka", "app", "save")
    ran = console("export", "--out", ".")
    assert (ran.code, console.files()["i18n/sw.json"]) == (5, refused)
    assert "i18n/sw.json was not written" in ran.err
    assert "0 files written" in ran.err


def test_a_file_that_was_in_no_push_is_not_replaced_where_it_says_more(console: Console) -> None:
    console.clinic()
    console("push")
    console("review", "edit", "-l", "fr", "--revision", "0", "--text", "Sauver", "app", "save")
    console.write({"i18n/fr.json": b'{"greet": "Bonjour {name}", "bye": "Adieu"}'})
    assert console("export", "--out", ".").code == 5
    console.write({"i18n/fr.json": b'{"save": "Enregistrer"}'})
    assert console("export", "--out", ".").code == 0
    assert b"Sauver" in console.files()["i18n/fr.json"]
