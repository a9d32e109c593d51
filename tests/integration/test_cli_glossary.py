"""``dpg-l10n glossary``: suggestions in, people accept, checks ask."""

from __future__ import annotations

import pytest

from tests.support.console import CONFIG, Console
from tests.support.projects import json_bytes

_TERMS = "key,term,sw,sw:forbidden,risk\nform,form,fomu,hati,normal\nfile,file,faili,,clinical\n"


@pytest.fixture
def clinic(console: Console) -> Console:
    texts = {"a": "Save the form", "b": "Open the file", "c": "Close"}
    swahili = {"a": "Hifadhi hati", "b": "Fungua jalada", "c": "Funga"}
    console.write({"dpg-l10n.toml": CONFIG, "i18n/en.json": json_bytes(texts)})
    console.write({"i18n/sw.json": json_bytes(swahili), "terms.csv": _TERMS})
    return console


def _accept(console: Console) -> None:
    assert console("glossary", "import", "terms.csv").code == 0
    assert console("glossary", "accept", "-g", "terms", "form", "file", "-l", "sw").code == 0


def test_the_starter_glossaries_are_suggestions_that_nobody_is_held_to(clinic: Console) -> None:
    report = clinic("glossary", "import", "--starter", "--json").json
    assert {each["glossary"] for each in report} >= {"starter-health", "starter-identity"}
    assert all(each["left_out"] == 0 and not each["problems"] for each in report)
    listed = clinic("glossary", "list", "--json").json
    assert sum(each["concepts"] for each in listed) == 504
    assert [each["accepted"] for each in listed] == [0] * len(listed)
    assert clinic("push").code == 0
    assert clinic("glossary", "check").code == 0


def test_what_is_taken_in_twice_changes_nothing(clinic: Console) -> None:
    first = clinic("glossary", "import", "terms.csv", "--json").json
    assert (first["concepts"], first["changed"], first["languages"]) == (2, 2, {"en": 2, "sw": 3})
    assert clinic("glossary", "import", "terms.csv", "--json").json["changed"] == 0


def test_broken_rows_are_told_by_line_and_the_good_ones_come(clinic: Console) -> None:
    clinic.write({"bad.csv": "term,sw,risk\na,b,\nc,d,deadly\n"})
    ran = clinic("glossary", "import", "bad.csv")
    assert ran.code == 0
    assert "bad.csv:3" in ran.err
    assert "1 concept left out" in ran.err
    clinic.write({"none.csv": "term,risk\na,deadly\n"})
    assert clinic("glossary", "import", "none.csv").code == 1


def test_a_person_is_told_that_what_came_in_holds_for_nobody_yet(clinic: Console) -> None:
    said = "nobody is held to them"
    assert said in clinic("glossary", "import", "terms.csv").err
    assert said not in clinic("glossary", "import", "terms.csv").err
    assert said not in clinic("glossary", "import", "terms.csv", "--name", "x", "--accept").err


def test_a_push_asks_for_accepted_words_only(clinic: Console) -> None:
    assert clinic("glossary", "import", "terms.csv").code == 0
    before = clinic("push", "--json").json["findings"]
    clinic.write({"i18n/sw.json": json_bytes({"a": "Weka hati", "b": "Ona jalada", "c": "Funga"})})
    assert clinic("glossary", "accept", "-g", "terms", "form", "-l", "sw").code == 0
    after = clinic("push", "--json").json["findings"]
    assert (before["warning"], after["warning"]) == (0, 2)
    listed = clinic("review", "list", "-l", "sw", "--json")
    assert "the glossary forbids “hati”" in listed.out


def test_a_list_of_texts_shows_the_terms_of_each(clinic: Console) -> None:
    assert clinic("push").code == 0
    assert clinic("glossary", "import", "terms.csv").code == 0
    assert clinic("glossary", "accept", "-g", "terms", "form", "-l", "sw").code == 0
    shown = clinic("review", "list", "-l", "sw").out
    assert "  = form: fomu, never hati (terms, accepted)" in shown
    assert "  = file: faili (suggested) (terms, suggested)" in shown
    listed = clinic("review", "list", "-l", "sw", "--json").json
    assert [[hit["concept"] for hit in unit["terms"]] for unit in listed] == [
        ["form"],
        ["file"],
        [],
    ]


def test_words_that_were_accepted_later_are_asked_for_by_name(clinic: Console) -> None:
    assert clinic("push").code == 0
    _accept(clinic)
    ran = clinic("glossary", "check", "--json")
    assert ran.code == 1
    found = [(each["key"], each["code"], each["severity"]) for each in ran.json["findings"]]
    assert found == [
        ("a", "term.forbidden", "warning"), ("a", "term.missing", "warning"),
        ("b", "term.missing", "warning"),
    ]  # fmt: skip
    assert clinic("glossary", "check").out.startswith("app/a [sw] warning: For “form”")
    assert clinic("glossary", "add", "-g", "terms", "form", "hati", "-l", "sw").code == 0
    assert [each["key"] for each in clinic("glossary", "check", "--json").json["findings"]] == ["b"]


def test_concepts_of_risk_are_accepted_one_by_one(clinic: Console) -> None:
    assert clinic("glossary", "import", "terms.csv").code == 0
    ran = clinic("glossary", "accept", "-g", "terms", "--all", "-l", "sw", "--json")
    assert (ran.json["concepts"], ran.json["terms"], ran.json["skipped"]) == (1, 3, 1)
    found = clinic("glossary", "search", "--status", "accepted", "--json").json["concepts"]
    assert [each["key"] for each in found] == ["form"]


def test_a_file_is_accepted_where_a_person_says_so(clinic: Console) -> None:
    assert clinic("glossary", "import", "terms.csv", "--accept").code == 0
    assert clinic("glossary", "list", "--json").json[0]["accepted"] == 2


@pytest.mark.parametrize("name", ["out.csv", "out.tbx"])
def test_what_is_exported_is_taken_in_again(clinic: Console, name: str) -> None:
    _accept(clinic)
    assert clinic("glossary", "export", name, "-g", "terms").code == 0
    ran = clinic("glossary", "import", name, "--name", "again", "--accept", "--json").json
    assert (ran["concepts"], ran["left_out"]) == (2, 0)
    assert clinic("glossary", "list", "--json").json[0]["accepted"] == 2


def test_a_glossary_of_a_project_is_not_one_of_all(clinic: Console) -> None:
    assert clinic("push").code == 0
    assert clinic("glossary", "import", "terms.csv", "-p", "clinic").code == 0
    assert clinic("glossary", "import", "terms.csv", "-p", "nobody").code == 2
    (listed,) = clinic("glossary", "list", "--json").json
    assert listed["project"] == "clinic"
    assert "clinic" in clinic("glossary", "list").out


def test_what_is_not_there_is_told(clinic: Console) -> None:
    assert clinic("glossary", "import", "terms.csv").code == 0
    assert clinic("glossary", "accept", "-g", "none", "x", "-l", "sw").code == 2
    assert clinic("glossary", "accept", "-g", "terms", "none", "-l", "sw").code == 2
    assert clinic("glossary", "accept", "-g", "terms", "form", "-l", "sw", "--word", "x").code == 2
    assert clinic("glossary", "accept", "-g", "terms").code == 2
    assert clinic("glossary", "search", "zzz").code == 1
    assert clinic("glossary", "import").code == 2
    assert clinic("glossary", "remove", "none").code == 2
    assert clinic("glossary", "remove", "terms").code == 0
    assert clinic("glossary", "list", "--json").json == []


def test_concepts_are_shown_with_their_words(clinic: Console) -> None:
    assert clinic("glossary", "import", "terms.csv").code == 0
    assert (
        clinic("glossary", "reject", "-g", "terms", "form", "-l", "sw", "--word", "hati").code == 0
    )
    out = clinic("glossary", "search", "fom", "-l", "sw").out
    assert "terms: form (suggested)" in out
    assert "fomu  preferred, suggested" in out
    assert "hati  forbidden, rejected" in out


def test_a_check_of_files_asks_for_the_words_that_the_project_names(clinic: Console) -> None:
    assert "term." not in clinic("check", "--format", "json").out
    named = clinic("check", "--glossary", "terms.csv", "--json").json["findings"]
    clinic.write(
        {"dpg-l10n.toml": CONFIG.replace("[project]", '[project]\nglossaries = ["terms.csv"]')}
    )
    found = clinic("check", "--json").json["findings"]
    codes = [(each["key"], each["code"]) for each in found]
    assert codes == [("a", "term.forbidden"), ("a", "term.missing"), ("b", "term.missing")]
    assert named == found
    clinic.write({"terms.csv": "colour\nred\n"})
    assert clinic("check").code == 3


@pytest.mark.parametrize(
    "line", ["glossaries = 3", 'glossaries = ["../x.csv"]', "glossaries = [1]"]
)
def test_a_glossary_outside_of_the_project_is_refused(clinic: Console, line: str) -> None:
    clinic.write({"dpg-l10n.toml": CONFIG.replace("[project]", f"[project]\n{line}")})
    assert clinic("check").code == 2


def _risks(console: Console) -> dict[str, str]:
    found = console("review", "list", "-l", "sw", "risk:clinical", "--json").json
    return {each["key"]: "clinical" for each in found}


def test_a_push_sets_the_risk_of_units_from_accepted_terms(clinic: Console) -> None:
    _accept(clinic)
    assert clinic("push").code == 0
    assert _risks(clinic) == {"b": "clinical"}
    # it stays when the term is taken out: a push never lowers it
    assert clinic("glossary", "remove", "terms").code == 0
    texts = {"a": "Save the form", "b": "Open the file now", "c": "Close"}
    clinic.write({"i18n/en.json": json_bytes(texts)})
    assert clinic("push").code == 0
    assert _risks(clinic) == {"b": "clinical"}


def test_a_push_sets_the_risk_of_units_by_their_keys(clinic: Console) -> None:
    clinic.write({"dpg-l10n.toml": f'{CONFIG}\n[[risk]]\nrisk = "clinical"\nkeys = ["[ab]"]\n'})
    assert clinic("push").code == 0
    assert _risks(clinic) == {"a": "clinical", "b": "clinical"}


@pytest.mark.parametrize(
    "table",
    ['risk = "deadly"\nkeys = ["a"]', 'risk = "legal"', 'risk = "legal"\nkeys = "a"', 'kind = "x"'],
)
def test_a_rule_of_risk_that_says_nothing_is_refused(clinic: Console, table: str) -> None:
    clinic.write({"dpg-l10n.toml": f"{CONFIG}\n[[risk]]\n{table}\n"})
    assert clinic("push").code == 2
