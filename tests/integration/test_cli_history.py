"""What a person reads of the history of a unit, after each thing that can happen to its source."""

from __future__ import annotations

import re

from tests.support.console import SOURCE, SWAHILI, Console
from tests.support.projects import json_bytes, message, po_bytes

SAVE = ("history", "-p", "clinic", "-l", "sw", "app", "save")


def told(console: Console, *command: str) -> list[str]:
    """Return the lines of a history without the times."""
    return [
        re.sub(r"  [\d-]{10} [\d:]{5} UTC", "", line) for line in console(*command).out.split("\n")
    ]


def push(console: Console, source: dict[str, str], *options: str) -> str:
    console.write({"i18n/en.json": json_bytes(source)})
    ran = console("push", *options)
    assert ran.code == 0
    return ran.err


def test_taken_out_and_brought_back_are_said_in_words(console: Console) -> None:
    console.clinic()
    console("push")
    rest = {key: text for key, text in SOURCE.items() if key != "save"}
    stays = push(console, rest)
    assert "Gone from the source: 1 unit, still here, with their translations: --prune" in stays
    assert "Gone from the source: 1 unit, out of the figures" in push(console, rest, "--prune")
    assert told(console, *SAVE)[3:5] == [
        "source  maintainer, push 3",
        "  taken out: it is in no figure and no export",
    ]
    push(console, {**rest, "save": "Save this form"})
    assert told(console, *SAVE)[3:9] == [
        "revision 2  maintainer, push 4  [needs_work, import]", "  (same text)",
        "  made for: Save the form", "", "source  maintainer, push 4", "  brought back",
    ]  # fmt: skip
    assert told(console, *SAVE)[9] == "  was: Save the form"


def test_a_text_of_another_source_names_it(console: Console) -> None:
    config = '[project]\nslug = "clinic"\n[[catalogue]]\nname = "app"\nsource = "app.pot"\ntarget = "{language}.po"\n'
    texts = [message("Save the record", "Hifadhi rekodi")]
    console.write(
        {
            "dpg-l10n.toml": config,
            "app.pot": po_bytes(message("Save the record")),
            "sw.po": po_bytes(*texts, language="sw"),
        }
    )
    console("push")
    console.write({"app.pot": po_bytes(message("Save the records"))})
    console("push")
    lines = told(console, "history", "-p", "clinic", "-l", "sw", "app", "Save the records")
    assert lines[3:6] == [
        "revision 1  maintainer, push 2  [needs_work, import]", "  {+Hifadhi rekodi+}",
        "  made for: Save the record",
    ]  # fmt: skip
    listed = console("review", "list", "-p", "clinic", "-l", "sw", "state:needs_work").out
    assert "  made for: Save the record\n" in listed


def test_both_texts_of_a_conflict_are_found_where_the_push_says(console: Console) -> None:
    console.clinic()
    console("push")
    console(
        "review",
        "edit",
        "-p",
        "clinic",
        "-l",
        "sw",
        "--revision",
        "1",
        "--text",
        "Hifadhi",
        "app",
        "save",
    )
    console.write({"i18n/sw.json": json_bytes({**SWAHILI, "save": "Weka fomu"})})
    hint = "dpg-l10n review list -p clinic -l sw has:suggestion"
    assert hint not in console("push", "--dry-run").err
    assert hint in console("push").err
    listed = console(*hint.split()[1:])
    assert "  Hifadhi\n  suggested by maintainer: Weka fomu\n" in listed.out
    (row,) = console(*hint.split()[1:], "--json").json
    assert row["suggestions"] == ["Weka fomu"]
    assert told(console, *SAVE)[3:5] == ["suggestion  maintainer", "  Weka fomu"]


def test_what_is_undone_already_is_not_undone_again(console: Console) -> None:
    console.clinic()
    console("push")
    push(console, {**SOURCE, "save": "Save"})
    assert "Push 2 of clinic is undone (step 3)." in console("undo", "-p", "clinic", "2").err
    again = console("undo", "-p", "clinic", "2")
    assert (again.code, again.out) == (0, "")
    assert again.err == "Nothing of push 2 is left to undo.\n"
    assert console("undo", "-p", "clinic", "2", "--json").json["id"] == 0


def test_what_to_do_about_damage_is_said_once_and_only_where_it_is_refused(
    console: Console,
) -> None:
    many = {f"k{at}": f"Text {at}" for at in range(12)}
    console.clinic(sw={key: f"Neno {text}" for key, text in many.items()})
    push(console, many)
    console.write({"i18n/sw.json": "{}"})
    refused = console("push").err
    assert "12 of the 12 translations that the file had are gone from it" in refused
    assert refused.count("--accept-damage") == refused.count("Nothing was stored") == 1
    accepted = console("push", "--accept-damage").err
    assert "taken in as it is: i18n/sw.json: 12 of the 12" in accepted
    assert "--accept-damage" not in accepted
    assert "Nothing was stored" not in accepted
