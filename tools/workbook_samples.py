"""Make the workbooks among the tests' samples: the same bytes each time.

Run from the root of the checkout: ``python tools/workbook_samples.py``. They are made by another
library than the one that they test, with formats, merged cells and comments, so
that what a real program writes is there to be kept.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

DATA = Path(__file__).parents[1] / "tests" / "data"
SURVEY = [
    ("type", "name", "label::English (en)", "label::Kiswahili (sw)", "hint::English (en)",
     "hint::Kiswahili (sw)", "constraint", "constraint_message", "relevant", "notes",
     "media::image::English (en)", "media::image::Kiswahili (sw)"),
    ("begin group", "visit", "Your visit", "Ziara yako", None, None, None, None, None, None, None, None),
    ("text", "name", "What is your name?", "Jina lako nani?", "As on the card", None, None, None,
     None, "asked first", None, None),
    ("integer", "age", "How old is ${name}?", "${name} ana miaka mingapi?", None, None, ". < 120",
     "Too old", None, None, "age-en.png", "age-sw.png"),
    ("select_one yes_no", "cough", "A cough & fever?", None, "Ask <b>twice</b>", None, None, None,
     "${age} > 5", None, None, None),
    ("end group", None, None, None, None, None, None, None, None, None, None, None),
    ("note", "thanks", "Thank you.\nGood bye.", "Asante.\nKwaheri.", None, None, None, None, None,
     None, None, None),
]  # fmt: skip
CHOICES = [
    ("list_name", "name", "label::English (en)", "label::Kiswahili (sw)"),
    ("yes_no", 1, "Yes", "Ndiyo"),
    ("yes_no", 2, "No", "Hapana"),
    ("yes_no", "unknown", "I do not know", None),
]
SETTINGS = [
    ("form_title", "form_id", "version", "default_language"),
    ("Visit", "visit", 2024010101, "English (en)"),
]
TEXTS = [
    ("Key", "Description", "en", "fr", "am", "Checked"),
    ("home.title", "Heading", "Welcome", "Bienvenue", "እንኳን ደህና መጡ", True),
    ("home.visits", None, "{count} visits = all", "{count} visites = tout", None, 12),
    ("home.sum", None, "=total", None, None, None),
    (None, None, None, None, None, None),
    ("home.bye", "At the end", "Good bye", None, None, datetime.date(2024, 5, 1)),
]


def main() -> None:
    """Write the samples."""
    form = openpyxl.Workbook()
    form.remove(form.active)
    for name, rows in (("survey", SURVEY), ("choices", CHOICES), ("settings", SETTINGS)):
        _fill(form.create_sheet(name), rows)
    survey = form["survey"]
    survey.freeze_panes = "C2"
    survey["C3"].comment = Comment("Ask politely.", "reviewer")
    survey["C2"].fill = PatternFill("solid", fgColor="FFEE88")
    survey["D7"] = CellRichText("Asante.", TextBlock(InlineFont(b=True), "\nKwaheri."))
    extra = form.create_sheet("chart data")
    extra["A1"], extra["A2"], extra["A3"] = 1, 2, "=SUM(A1:A2)"
    _save(form, DATA / "xlsform" / "visit.xlsx")
    table = openpyxl.Workbook()
    _fill(table.active, TEXTS)
    table.active.title = "Texts"
    table.active.merge_cells("H1:I1")
    _save(table, DATA / "xlsx" / "texts.xlsx")


def _fill(sheet: object, rows: list[tuple[object, ...]]) -> None:
    for row in rows:
        sheet.append(row)  # type: ignore[attr-defined]  # openpyxl has no types
    for cells in sheet.iter_rows():  # type: ignore[attr-defined]  # as above
        for cell in cells:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.data_type = "s"
    for cell in next(sheet.iter_rows()):  # type: ignore[attr-defined]  # as above
        cell.font = Font(bold=True)


def _save(book: openpyxl.Workbook, path: Path) -> None:
    book.properties.created = book.properties.modified = datetime.datetime(2024, 1, 1)  # noqa: DTZ001 - has no zone
    raw, timeless = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(timeless, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                start = data.index(b"<dcterms:modified")
                end = data.index(b"</dcterms:modified>")
                data = data[:start] + data[end + len(b"</dcterms:modified>") :]
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, data)
    path.write_bytes(timeless.getvalue())


if __name__ == "__main__":
    main()
