"""``dpg-l10n push`` and ``status``."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.console import BROKEN, SOURCE, SWAHILI, Console
from tests.support.projects import json_bytes

_CATALOGUE = {
    "catalogue", "format", "source_language", "units", "added", "changed", "renamed", "removed",
    "unchanged", "languages",
}  # fmt: skip


def _only(report: Any) -> Any:
    (catalogue,) = report["catalogues"]
    return catalogue


def test_a_push_shows_what_came_in(console: Console) -> None:
    console.clinic()
    ran = console("push")
    assert ran.code == 0
    assert [line.split() for line in ran.out.splitlines()[:3:2]] == [
        ["Catalogue", "Format", "Units", "New", "Changed", "Renamed", "Removed", "Languages"],
        ["app", "json", "3", "3", "0", "0", "0", "1"],
    ]
    assert "Stored as push" in ran.err


def test_the_report_has_the_fields_that_are_promised(console: Console) -> None:
    console.clinic()
    report = console("push", "--json").json
    assert report.keys() >= {"project", "catalogues", "findings", "refused"}
    assert _only(report).keys() >= _CATALOGUE
    assert _only(report)["languages"]["sw"].keys() >= {"translated", "needs_work", "conflicts"}
    assert report["findings"] == {"error": 0, "warning": 0}
    assert report["refused"] == []
    assert (_only(report)["units"], _only(report)["languages"]["sw"]["translated"]) == (3, 2)


def test_a_push_counts_errors_and_says_how_to_see_them(console: Console) -> None:
    console.clinic(fr=BROKEN)
    ran = console("push")
    assert ran.code == 0
    assert "1 error" in ran.err
    assert "dpg-l10n check" in ran.err


def test_a_dry_run_reports_and_stores_nothing(console: Console) -> None:
    console.clinic()
    ran = console("push", "--dry-run", "--json")
    assert _only(ran.json)["added"] == 3
    assert ran.json["dry_run"] is True
    assert console("status", "--json").json == []


def test_another_push_of_the_same_files_changes_nothing(console: Console) -> None:
    console.clinic()
    console("push")
    report = console("push", "--json").json
    assert (_only(report)["added"], _only(report)["unchanged"]) == (0, 3)
    assert _only(report)["languages"]["sw"]["written"] == 0


def test_a_changed_source_keeps_its_translation_as_needing_work(console: Console) -> None:
    console.clinic()
    console("push")
    console.write({"i18n/en.json": json_bytes({**SOURCE, "save": "Save the whole form"})})
    report = console("push", "--json").json
    assert _only(report)["changed"] == 1
    assert _only(report)["languages"]["sw"]["needs_work"] == 1


def test_with_minor_a_changed_source_means_the_same(console: Console) -> None:
    console.clinic()
    console("push")
    console.write({"i18n/en.json": json_bytes({**SOURCE, "save": "Save this form"})})
    report = console("push", "--minor", "--json").json
    assert _only(report)["languages"]["sw"]["needs_work"] == 0


def test_what_the_source_lost_counts_until_it_is_pruned(console: Console) -> None:
    console.clinic()
    console("push")
    console.write({"i18n/en.json": json_bytes({k: v for k, v in SOURCE.items() if k != "open"})})
    kept = console("push")
    assert "--prune" in kept.err
    assert console("status", "-p", "clinic", "--json").json["units"] == 3
    console("push", "--prune")
    assert console("status", "-p", "clinic", "--json").json["units"] == 2


def test_finished_texts_can_come_in_as_reviewed(console: Console) -> None:
    console.clinic()
    console("push", "--as", "reviewed")
    (row,) = console("coverage", "-p", "clinic", "--json").json["languages"]
    assert (row["units"]["reviewed"], row["units"]["translated"]) == (2, 0)


def test_a_project_may_have_another_name_in_the_store(console: Console) -> None:
    console.clinic()
    console("push", "--project", "other")
    assert [row["project"] for row in console("status", "--json").json] == ["other"]


def test_a_refused_file_is_named_with_its_line_and_nothing_is_stored(console: Console) -> None:
    console.clinic()
    console("push")
    before = console.stored()
    console.write({"i18n/en.json": json_bytes({**SOURCE, "new": "New"})})
    console.write({"i18n/sw.json": '{\n  "save": "Hifadhi",\n  "greet" "Habari"\n}\n'})
    ran = console("push")
    assert ran.code == 3
    assert "i18n/sw.json:3:" in ran.err
    assert "[format.syntax]" in ran.err
    assert "Nothing was stored" in ran.err
    assert console.stored() == before


def test_a_refused_file_is_in_the_report_with_path_line_and_code(console: Console) -> None:
    console.clinic()
    console.write({"i18n/sw.json": '{\n  "save": "Hifadhi",\n  "greet" "Habari"\n}\n'})
    ran = console("push", "--json")
    (refused,) = ran.json["refused"]
    assert ran.code == 3
    assert refused.keys() >= {"path", "code", "message", "line"}
    assert (refused["path"], refused["code"]) == ("i18n/sw.json", "format.syntax")
    assert refused["line"] == 3


def test_keep_going_stores_the_readable_files(console: Console) -> None:
    console.clinic(sw=SWAHILI, fr={"save": "Enregistrer"})
    console.write({"i18n/fr.json": "{"})
    ran = console("push", "--keep-going")
    assert ran.code == 3
    rows = console("coverage", "-p", "clinic", "--json").json["languages"]
    assert {row["language"]: row["units"]["translated"] for row in rows}["sw"] == 2


def test_a_damaged_file_is_refused_until_it_is_accepted(console: Console) -> None:
    twice = "Enregistré cet été, créé à côté".encode().decode("latin-1")
    console.clinic(fr={"save": twice, "open": "Ouvrir"})
    refused = console("push")
    assert refused.code == 3
    assert "[input.encoding]" in refused.err
    assert "--accept-damage" in refused.err
    assert console("push", "--accept-damage").code == 0


@pytest.mark.parametrize("command", [("status",), ("status", "-p", "clinic")], ids=" ".join)
def test_status_shows_the_project(console: Console, command: tuple[str, ...]) -> None:
    console.clinic()
    console("push")
    ran = console(*command)
    assert ran.code == 0
    assert ran.out.splitlines()[2].split()[:2] == ["clinic", "en"]


def test_an_empty_store_says_how_to_fill_it(console: Console) -> None:
    ran = console("status")
    assert ran.code == 0
    assert "dpg-l10n push" in ran.out
