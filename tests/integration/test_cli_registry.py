"""``dpg-l10n registry``: which goods are used where."""

from __future__ import annotations

import csv
import json

import pytest

from tests.support.console import Console
from tests.support.corpus import require_corpus

GOODS = [
    {"slug": "clinic", "name": "Clinic", "stage": "DPG", "deploymentCountries": ["Kenya", "TZ"]},
    {"slug": "school", "name": "School", "deploymentCountries": ["Kenya", "Atlantis"]},
    {"website": "https://example.org"},
]


def test_a_registry_is_taken_in_and_says_what_is_asked_for(console: Console) -> None:
    console.write({"goods.json": json.dumps(GOODS)})
    ran = console("registry", "import", "goods.json")
    assert ran.code == 0
    assert "2 digital public goods, 2 of them with countries" in ran.out
    assert "No country that we know: Atlantis" in ran.out
    assert "1 record without a name" in ran.out
    found = {each["language"]: each for each in console("registry", "demand", "--json").json}
    assert (found["sw"]["goods"], found["sw"]["pairs"]) == (2, 3)
    assert "Swahili" in console("registry", "demand").out


def test_a_dry_run_takes_nothing(console: Console) -> None:
    console.write({"goods.json": json.dumps(GOODS)})
    report = console("registry", "import", "goods.json", "--dry-run", "--json").json
    assert (report["goods"], report["deployed"], report["unknown"]) == (2, 2, ["Atlantis"])
    assert console("registry", "demand", "--json").json == []


def test_a_file_that_is_no_registry_is_refused(console: Console) -> None:
    console.write({"goods.json": "{}"})
    ran = console("registry", "import", "goods.json")
    assert ran.code == 3
    assert "[input.registry]" in ran.err


def test_the_whole_registry_gives_the_demand_that_was_counted_by_others(console: Console) -> None:
    """Counted with Babel's shares, whose official languages differ from CLDR's in a few countries."""
    folder = require_corpus().parent / "registry"
    if not (folder / "dpg-registry.json").is_file():
        pytest.skip("no registry of real digital public goods on this machine")
    whole = json.loads((folder / "dpg-registry.json").read_text(encoding="utf-8"))
    whole["projects"] = [each for each in whole["projects"] if each["stage"] == "DPG"]
    console.write({"goods.json": json.dumps(whole)})
    report = console("registry", "import", "goods.json", "--json").json
    assert (report["goods"], report["unknown"], report["refused"]) == (165, [], 0)
    found = {each["language"]: each for each in console("registry", "demand", "--json").json}
    counted = list(
        csv.DictReader((folder / "language-demand.csv").read_text(encoding="utf-8").splitlines())
    )
    same = [
        row["language"]
        for row in counted
        if row["language"] in found
        and (found[row["language"]]["goods"], found[row["language"]]["pairs"])
        == (int(row["dpgs"]), int(row["dpg_country_pairs"]))
    ]
    assert len(same) >= len(counted) - 2
