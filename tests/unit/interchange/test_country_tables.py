"""Tables of a country for spreadsheets."""

from __future__ import annotations

import csv
import io
import time
import zipfile

from openpyxl import load_workbook

from dpg_l10n.interchange.country_tables import Table, as_csv, as_xlsx

TABLE = Table(
    "People",
    ["Service", "Share", "People"],
    [["Health «ä»", 0.66, 1234567], ["=1+1", 0.0, None]],
    frozenset({1}),
)


def test_a_csv_opens_in_spreadsheets_and_holds_no_formula() -> None:
    data = as_csv(TABLE)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows == [
        ["Service", "Share", "People"],
        ["Health «ä»", "0.66", "1234567"],
        ["'=1+1", "0.0", ""],
    ]


def test_a_workbook_has_a_sheet_for_each_table_and_no_formula() -> None:
    book = load_workbook(io.BytesIO(as_xlsx([TABLE, Table("More", ["A"], [["x"]])])))
    assert book.sheetnames == ["People", "More"]
    sheet = book["People"]
    assert [cell.value for cell in sheet[2]] == ["Health «ä»", 0.66, 1234567]
    assert sheet["B2"].number_format == "0.0%"
    assert sheet["A3"].data_type == "s"


def test_a_workbook_is_read_from_the_side_of_its_reader() -> None:
    book = load_workbook(io.BytesIO(as_xlsx([TABLE], right_to_left=True)))
    assert book["People"].sheet_view.rightToLeft


def test_the_same_figures_are_the_same_bytes() -> None:
    first = as_xlsx([TABLE])
    time.sleep(1.1)  # the workbook's own clock has seconds
    assert as_xlsx([TABLE]) == first
    with zipfile.ZipFile(io.BytesIO(first)) as book:
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
