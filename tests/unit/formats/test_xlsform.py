"""Forms: what their texts are called, in which columns they are, and what stays when one changes."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.spec import Multilingual
from dpg_l10n.formats.xlsform import FORMAT
from dpg_l10n.formats.xlsform.titles import title_of
from tests.support.workbooks import legacy, sheet, unpacked, workbook

SAMPLES = Path(__file__).parents[2] / "data" / "xlsform"
VISIT = (SAMPLES / "visit.xlsx").read_bytes()
CSV = (SAMPLES / "form.csv").read_bytes()


def inside() -> Multilingual:
    assert FORMAT.multilingual is not None
    return FORMAT.multilingual


def said(data: bytes, language: str | None = None) -> dict[str, object]:
    found = FORMAT.parse(data) if language is None else inside().parse(data, language)
    return {entry.key: entry.text for entry in found.entries if entry.text}


def edited(data: bytes, language: str, texts: dict[str, str]) -> bytes:
    catalogue = inside().parse(data, language)
    assert set(texts) <= {entry.key for entry in catalogue.entries}
    return FORMAT.serialize(catalogue.with_texts(texts), data)


def form(survey: str, choices: str = "", settings: str = "") -> bytes:
    """Return a CSV form; rows are given without their first, empty cell."""
    sheets = (("survey", survey), ("choices", choices), ("settings", settings))
    return "".join(
        f"{name}\n" + "".join(f",{line}\n" for line in rows.strip().splitlines())
        for name, rows in sheets
        if rows
    ).encode()


def cells(data: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {each.title: list(each.iter_rows(values_only=True)) for each in book}


def test_a_text_is_called_by_sheet_name_and_kind() -> None:
    source = FORMAT.parse(VISIT)
    assert source.language == "English (en)"
    assert said(VISIT) == {
        "survey/visit/label": "Your visit",
        "survey/name/label": "What is your name?",
        "survey/name/hint": "As on the card",
        "survey/age/label": "How old is ${name}?",
        "survey/age/constraint_message": "Too old",
        "survey/age/image": "age-en.png",
        "survey/cough/label": "A cough & fever?",
        "survey/cough/hint": "Ask <b>twice</b>",
        "survey/thanks/label": "Thank you.\nGood bye.",
        "choices/yes_no/1/label": "Yes",
        "choices/yes_no/2/label": "No",
        "choices/yes_no/unknown/label": "I do not know",
    }
    assert inside().languages(VISIT) == ("Kiswahili (sw)",)
    assert said(VISIT, "sw") == said(VISIT, "Kiswahili (sw)")
    assert said(VISIT, "sw")["survey/thanks/label"] == "Asante.\nKwaheri."
    name = source.by_key()["survey/name/label"]
    assert (name.line, name.notes, name.locations) == (3, "asked first", "text")


def test_an_edit_changes_its_cell_and_packs_no_other_member_anew() -> None:
    written = edited(VISIT, "sw", {"choices/yes_no/unknown/label": "Sijui & <sivyo>"})
    before, after = unpacked(VISIT), unpacked(written)
    assert {name for name in before if before[name] != after[name]} == {"xl/worksheets/sheet2.xml"}
    assert list(after) == list(before)
    wanted = cells(VISIT)
    wanted["choices"][3] = (*wanted["choices"][3][:3], "Sijui & <sivyo>")
    assert cells(written) == wanted
    survey = openpyxl.load_workbook(io.BytesIO(edited(VISIT, "sw", {"survey/name/label": "x"})))[
        "survey"
    ]
    assert survey["C3"].comment is not None
    assert survey.freeze_panes == "C2"


def test_an_edit_that_is_undone_leaves_the_text_in_its_own_cell() -> None:
    written = edited(VISIT, "sw", {"survey/name/label": "x"})
    assert cells(edited(written, "sw", {"survey/name/label": "Jina lako nani?"})) == cells(VISIT)


def test_a_new_language_gets_columns_for_the_kinds_it_has() -> None:
    made = Catalogue(
        "xlsform",
        (
            Entry("survey/name/label", "ስም?"),
            Entry("survey/age/constraint_message", "በጣም"),
            Entry("choices/yes_no/1/label", "አዎ"),
        ),
        "Amharic (am)",
    )
    written = FORMAT.serialize(made, VISIT)
    assert inside().languages(written) == ("Kiswahili (sw)", "Amharic (am)")
    assert said(written, "am") == {entry.key: entry.text for entry in made.entries}
    assert said(written, "sw") == said(VISIT, "sw")
    rows = cells(written)
    assert rows["survey"][0][-2:] == ("label::Amharic (am)", "constraint_message::Amharic (am)")
    assert rows["choices"][0][-1] == "label::Amharic (am)"
    assert [row[:12] for row in rows["survey"]] == cells(VISIT)["survey"]


def test_a_text_that_is_taken_out_leaves_an_empty_cell() -> None:
    kept = tuple(e for e in inside().parse(VISIT, "sw").entries if e.key != "survey/visit/label")
    written = FORMAT.serialize(Catalogue("xlsform", kept, "Kiswahili (sw)"), VISIT)
    assert said(VISIT, "sw").items() - said(written, "sw").items() == {
        ("survey/visit/label", "Ziara yako")
    }


@pytest.mark.parametrize(
    ("cell", "kind", "language"),
    [
        ("label", "label", None),
        ("label::French (fr)", "label", "French (fr)"),
        ("label::French(fr)", "label", "French(fr)"),
        ("label:French", "label", "French"),
        ("Label :: fr", "label", "fr"),
        ("Constraint Message::fr", "constraint_message", "fr"),
        ("bind::jr:constraintMsg::fr", "constraint_message", "fr"),
        ("jr:requiredMsg", "required_message", None),
        ("required_message", "required_message", None),
        ("guidance_hint::fr", "guidance_hint", "fr"),
        ("media::image::fr", "image", "fr"),
        ("media:audio:French", "audio", "French"),
        ("video::fr", "video", "fr"),
    ],
)
def test_titles_are_understood_in_every_spelling(
    cell: str, kind: str, language: str | None
) -> None:
    title = title_of(cell)
    assert title is not None
    assert (title.kind, title.language) == (kind, language)


@pytest.mark.parametrize(
    "cell", ["", "name", "constraint", "relevant", "::fr", "bind::relevant", ":"]
)
def test_other_titles_are_no_texts(cell: str) -> None:
    assert title_of(cell) is None


def test_a_csv_form_has_its_sheets_one_below_another() -> None:
    assert said(CSV) == {
        "survey/first/label": "Name, please",
        "survey/first/hint": "As on the card",
        "survey/favourite/label": "- which?",
        "survey/favourite/constraint_message": "Choose one",
        "choices/colour/red/label": "Red",
        "choices/colour/blue/label": "Blue",
    }
    assert inside().languages(CSV) == ("French",)
    texts = {"survey/favourite/label": "- lequel ?", "choices/colour/blue/label": "Bleu"}
    written = edited(CSV, "French", texts).decode()
    assert written == CSV.decode().replace("which?,,", "which?,'- lequel ?,").replace(
        "Blue,", "Blue,Bleu"
    )
    assert said(written.encode(), "French")["survey/favourite/label"] == "- lequel ?"


def test_a_new_language_of_a_csv_form_stands_beside_the_others() -> None:
    made = (Entry("choices/colour/red/label", "Nyekundu"), Entry("survey/first/hint", "Kadi"))
    written = FORMAT.serialize(Catalogue("xlsform", made, "Swahili"), CSV).decode()
    assert "label:English,label:French,label:Swahili\n,colour,red,Red,Rouge,Nyekundu\n" in written
    assert "hint,hint:Swahili,constraint message\n" in written
    assert said(written.encode(), "sw") == {entry.key: entry.text for entry in made}


def test_without_a_default_language_the_column_for_all_is_the_source() -> None:
    data = form("type,name,label,label::French\ntext,a,One,Un")
    assert FORMAT.parse(data).language is None
    assert inside().languages(data) == ("French",)
    assert said(data) == {"survey/a/label": "One"}
    other = form("type,name,label::French,label::English\ntext,a,Un,One")
    assert FORMAT.parse(other).language == "English"
    named = form("type,name,label::French,label::en\ntext,a,Un,One", "", "default_language\nfr")
    assert FORMAT.parse(named).language == "French"


def test_questions_of_one_name_are_told_apart_by_their_groups() -> None:
    data = form(
        "type,name,label\nbegin group,man,Man\ntext,age,His age\nend group,man,\n"
        "begin_repeat,woman,Woman\ntext,age,Her age\nend_repeat,,\nend,finished,When"
    )
    assert list(said(data)) == [
        "survey/man/label", "survey/man/age/label", "survey/woman/label", "survey/woman/age/label",
        "survey/finished/label",
    ]  # fmt: skip


def test_a_note_without_a_name_is_called_by_its_text() -> None:
    data = form("type,name,label,label::fr\nnote,,Hello,Bonjour\nnote,,Hello,Salut")
    assert said(data, "fr") == {
        "survey/note: Hello/label": "Bonjour", "survey/note: Hello#2/label": "Salut",
    }  # fmt: skip


def test_choices_repeat_only_where_the_form_says_so() -> None:
    survey, choices = "type,name,label\ntext,a,A", "list_name,name,label\nx,1,One\nx,1,Uno"
    with pytest.raises(FormatError) as caught:
        FORMAT.parse(form(survey, choices))
    assert (caught.value.error_code, caught.value.line) == ("format.duplicate", 7)
    allowed = form(survey, choices, "allow_choice_duplicates\nyes")
    assert list(said(allowed))[1:] == ["choices/x/1/label", "choices/x/1#2/label"]


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"survey\n,type,label\n,text,A\n", "structure", 0),
        (b"choices\n,list_name,name,label\n,x,1,One\n", "structure", 0),
        (b"", "structure", 0),
        (b"survey\n,type,name,label\n,text,a,A\n,text,a,B\n", "duplicate", 4),
        (b"survey\n,type,name,label::fr,label::fr\n,text,a,A,B\n", "duplicate", 2),
        (workbook({"Sheet1": sheet()}), "structure", 0),
    ],
)
def test_what_is_no_form_is_refused(data: bytes, code: str, line: int) -> None:
    with pytest.raises(FormatError) as caught:
        FORMAT.parse(data)
    assert (caught.value.error_code, caught.value.line) == (f"format.{code}", line)


def test_a_form_is_recognised_by_its_survey() -> None:
    assert FORMAT.sniff("a/form.xlsx", VISIT)
    assert FORMAT.sniff("a/form.csv", CSV)
    assert FORMAT.sniff("a/form.csv", form("type,name,label\ntext,a,A\ntext,a,B"))
    assert not FORMAT.sniff("a/form.csv", b"key,en,fr\n")
    assert not FORMAT.sniff("a/form.csv", b'"survey')
    assert not FORMAT.sniff("a/table.csv", b"type,name,label\nint,age,Age\n")
    assert not FORMAT.sniff("a/table.csv", b"name,label::French\nage,Age\n")
    assert not FORMAT.sniff("a/form.xlsx", workbook({"Texts": sheet()}))
    assert not FORMAT.sniff("a/form.xlsx", VISIT[:500])
    assert not FORMAT.sniff("a/form.xlsx", b"survey")
    assert not FORMAT.sniff("a/form.zip", VISIT)


def test_a_text_without_a_row_is_refused() -> None:
    with pytest.raises(FormatError) as caught:
        FORMAT.serialize(Catalogue("xlsform", (Entry("survey/gone/label", "x"),), "sw"), VISIT)
    assert caught.value.error_code == "format.unknown"


def test_a_legacy_form_comes_back_as_it_is_until_it_is_edited() -> None:
    rows: list[list[str | float]] = [
        ["type", "name", "label::English", "label::French", "note"],
        ["select_one x", "a", "Which?", "", "kept"],
    ]
    choices: list[list[str | float]] = [
        ["list_name", "name", "label::English"], ["x", 1.0, "One"], ["x", 2.5, "More"],
    ]  # fmt: skip
    data = legacy({"survey": rows, "choices": choices, "other": [[3.0, "stays"]]})
    assert FORMAT.sniff("a.xls", data)
    assert said(data)["choices/x/1/label"] == "One"
    assert FORMAT.serialize(FORMAT.parse(data), data) == data
    texts = {"survey/a/label": "Lequel ?", "choices/x/2.5/label": "Plus"}
    written = edited(data, "French", texts)
    assert FORMAT.path is not None
    assert FORMAT.path("forms/a.xls", data) == "forms/a.xls"
    assert FORMAT.path("forms/a.xls", written) == "forms/a.xlsx"
    found = cells(written)
    assert found["survey"][1] == ("select_one x", "a", "Which?", "Lequel ?", "kept")
    assert found["choices"][1:] == [("x", 1, "One", None), ("x", 2.5, "More", "Plus")]
    assert found["other"] == [(3, "stays")]


@pytest.mark.parametrize(
    "data", [legacy({"survey": [["type"]]})[:700], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9]
)
def test_a_damaged_legacy_file_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError) as caught:
        FORMAT.parse(data)
    assert caught.value.error_code == "format.legacy"


def test_a_survey_alone_is_a_form() -> None:
    data = (SAMPLES / "survey.csv").read_bytes()
    assert FORMAT.sniff("a/survey.csv", data)
    assert inside().languages(data) == ("French (fr)",)
    assert said(data) == {
        "survey/name/label": "What is your name?",
        "survey/name/hint": "First and last name",
        "survey/fever/label": "Does ${name} have a fever?",
        "survey/end/label": "Thank you, ${name}.",
    }
    assert said(data, "fr") == {
        "survey/name/label": "Comment vous appelez-vous ?",
        "survey/end/label": "Merci, ${name}.",
    }
    after = edited(data, "fr", {"survey/name/hint": "Prénom, nom"})
    assert after == data.replace(
        b"First and last name,,", b'First and last name,"Pr\xc3\xa9nom, nom",'
    )
