"""Workbooks as programs write them, and as attackers do."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._table.workbook import begin, read
from dpg_l10n.formats._table.workbook.cells import name_of
from dpg_l10n.formats.spec import Multilingual
from dpg_l10n.formats.xlsx import FORMAT
from tests.support.workbooks import archive, legacy, sheet, unpacked, workbook

TEXTS = (Path(__file__).parents[2] / "data" / "xlsx" / "texts.xlsx").read_bytes()
HEAD = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>key</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>en</t></is></c>'
    '<c r="C1" t="inlineStr"><is><t>fr</t></is></c></row>'
)


def inside() -> Multilingual:
    assert FORMAT.multilingual is not None
    return FORMAT.multilingual


def said(data: bytes, language: str = "en") -> dict[str, object]:
    return {entry.key: entry.text for entry in inside().parse(data, language).entries}


def edited(data: bytes, language: str, texts: dict[str, str]) -> bytes:
    return FORMAT.serialize(inside().parse(data, language).with_texts(texts), data)


def member(data: bytes, name: str = "xl/worksheets/s1.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return opened.read(name).decode()


def code_of(data: bytes) -> str:
    with pytest.raises(FormatError) as caught:
        FORMAT.parse(data)
    return caught.value.error_code


def test_a_table_is_read_with_all_its_languages() -> None:
    assert said(TEXTS) == {
        "home.title": "Welcome", "home.visits": "{count} visits = all", "home.sum": "=total",
        "home.bye": "Good bye",
    }  # fmt: skip
    assert inside().languages(TEXTS) == ("fr", "am")
    assert FORMAT.sniff("texts.xlsx", TEXTS)
    assert FORMAT.parse(TEXTS).entries[0].notes == "Heading"


def test_a_new_text_a_new_language_and_a_new_row_stay_within_the_sheet() -> None:
    written = edited(TEXTS, "fr", {"home.sum": "=total", "home.bye": "Au revoir"})
    made = Catalogue("xlsx", (Entry("home.title", "Karibu"), Entry("home.bye", "Kwaheri")), "sw")
    written = FORMAT.serialize(made, written)
    source = FORMAT.parse(written)
    more = (*source.entries, Entry("home.new", "New"), Entry("home.newer", "Newer"))
    written = FORMAT.serialize(Catalogue("xlsx", more, "en"), written)
    rows = list(openpyxl.load_workbook(io.BytesIO(written)).active.iter_rows(values_only=True))
    assert [row[:7] for row in rows] == [
        ("Key", "Description", "en", "fr", "am", "Checked", "sw"),
        ("home.title", "Heading", "Welcome", "Bienvenue", "እንኳን ደህና መጡ", True, "Karibu"),
        ("home.visits", None, "{count} visits = all", "{count} visites = tout", None, 12, None),
        ("home.sum", None, "=total", "=total", None, None, None),
        (None,) * 7,
        ("home.bye", "At the end", "Good bye", "Au revoir", None, rows[5][5], "Kwaheri"),
        ("home.new", None, "New", None, None, None, None),
        ("home.newer", None, "Newer", None, None, None, None),
    ]
    before, after = unpacked(TEXTS), unpacked(written)
    assert {name for name in before if before[name] != after[name]} == {"xl/worksheets/sheet1.xml"}


def test_shared_rich_and_phonetic_texts_are_read_and_one_edit_makes_its_own() -> None:
    strings = (
        "<si><t>key</t></si><si><t>en</t></si><si><t>fr</t></si>"
        "<si><r><rPr><b/></rPr><t xml:space='preserve'>Big </t></r><r><t>news</t></r></si>"
        "<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si><si/>"
        "<si><t>a&#10;b_x000D_&amp;_x005F_x0041_</t></si>"
    )
    rows = "".join(
        f'<row r="{n}" spans="1:3"><c r="A{n}" s="7" t="str"><v>k{n}</v></c>'
        f'<c r="B{n}" s="8" t="s"><v>{text}</v></c></row>'
        for n, text in enumerate((3, 4, 5, 6), start=2)
    )
    head = '<row r="1">' + "".join(f'<c r="{c}1" t="s"><v>{i}</v></c>' for i, c in enumerate("ABC"))
    data = workbook({"T": sheet(head + "</row>", rows, head='<dimension ref="A1:B5"/>')}, strings)
    assert said(data) == {"k2": "Big news", "k3": "東京", "k4": "", "k5": "a\nb\r&_x0041_"}
    written = edited(data, "fr", {"k2": " _x0041_\x01\r\n"})
    assert said(written, "fr")["k2"] == " _x0041_\x01\r\n"
    xml = member(written)
    assert '<row r="2"><c r="A2" s="7"' in xml
    assert '<c r="C2" s="8" t="inlineStr"><is><t xml:space="preserve"> _x005F_x0041_' in xml
    assert 'ref="A1:C5"' in xml
    assert xml.count("spans") == 3


def test_prefixes_and_cells_without_places_are_understood() -> None:
    rows = (
        "<x:row><x:c t='inlineStr'><x:is><x:t>key</x:t></x:is></x:c>"
        "<x:c t='inlineStr'><x:is><x:t>en</x:t></x:is></x:c>"
        "<x:c t='inlineStr'><x:is><x:t>fr</x:t></x:is></x:c></x:row>"
        "<x:row><x:c t='n'><x:v>1.0</x:v></x:c><x:c t='b'><x:v>1</x:v></x:c><x:c/></x:row>"
    )
    data = workbook(
        {"T": f"<x:worksheet xmlns:x='m'><x:sheetData>{rows}</x:sheetData></x:worksheet>"}
    )
    assert said(data) == {"1": "TRUE"}
    written = edited(data, "fr", {"1": "Vrai"})
    assert '<x:c r="C2" t="inlineStr"><x:is><x:t xml:space="preserve">Vrai' in member(written)


def test_cells_without_places_stand_behind_empty_ones() -> None:
    rows = (
        '<row r="2"><c r="A2" t="str"><v>a</v></c><c s="1" r="B2"/><c t="str"><v>Un</v></c></row>'
        '<row r="3"><c t="str"><v>b</v></c><c/><c t="str"><v>Deux</v></c></row>'
    )
    data = workbook({"T": sheet(HEAD, rows)})
    assert (said(data), said(data, "fr")) == ({"a": "", "b": ""}, {"a": "Un", "b": "Deux"})


def test_a_row_that_is_empty_opens_for_a_new_entry() -> None:
    rows = '<row r="2"><c r="A2" t="str"><v>a</v></c><c r="B2" t="str"><v>One</v></c></row><row r="3"/>'
    data = workbook({"T": sheet(HEAD, rows)})
    entries = (*FORMAT.parse(data).entries, Entry("b", "Two"))
    written = FORMAT.serialize(Catalogue("xlsx", entries, "en"), data)
    assert said(written) == {"a": "One", "b": "Two"}
    assert member(written).count("<row") == 3


def test_a_formula_is_shown_and_never_overwritten() -> None:
    rows = '<row r="2"><c r="A2" t="str"><v>a</v></c><c r="B2" t="str"><f>A2&amp;"!"</f><v>a!</v></c></row>'
    data = workbook({"T": sheet(HEAD, rows)})
    assert said(data) == {"a": "a!"}
    with pytest.raises(FormatError) as caught:
        FORMAT.serialize(FORMAT.parse(data).with_texts({"a": "b"}), data)
    assert caught.value.error_code == "format.formula"
    assert "B2" in str(caught.value)


def test_two_sheets_put_their_names_before_their_keys() -> None:
    row = '<row r="2"><c r="A2" t="str"><v>a</v></c><c r="B2" t="str"><v>One</v></c></row>'
    data = workbook({"App": sheet(HEAD, row), "Site": sheet(HEAD, row), "Data": sheet()})
    assert said(data) == {"App/a": "One", "Site/a": "One"}
    assert said(edited(data, "fr", {"Site/a": "Un"}), "fr") == {"App/a": "", "Site/a": "Un"}


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ('<row r="2"><c r="A2" t="s"><v>9</v></c></row>', "structure"),
        ('<row r="2"><c r="AAAA2" t="str"><v>9</v></c></row>', "structure"),
        ('<row r="2"><c r="ZZZ2" t="str"><v>9</v></c></row>', "structure"),
        ('<row r="x"/>', "structure"),
        ('<row r="3"><c r="A3" t="str"><v>a</v></c></row><row r="2"><c r="A2" t="str"><v>b</v></c></row>',
         "structure"),
        ("<!-- odd -->", "structure"),
        ("<row>", "xml"),
        ('<row r="2"><c r="A2" t="str"><v>&bomb;</v></c></row>', "entity"),
        ("".join(f'<row r="{n}"><c r="XFD{n}" t="str"><v>x</v></c></row>' for n in range(2, 300)),
         "size"),
    ],
)  # fmt: skip
def test_a_sheet_that_cannot_be_is_refused(rows: str, code: str) -> None:
    assert code_of(workbook({"T": sheet(HEAD, rows)})) == f"format.{code}"


def test_document_types_are_refused_in_every_member() -> None:
    declared = '<?xml version="1.0"?><!-- x --><!DOCTYPE worksheet SYSTEM "x.dtd">' + sheet(HEAD)
    assert code_of(workbook({"T": declared})) == "format.entity"
    bomb = '<!DOCTYPE worksheet [<!ENTITY a "aaaa">]>' + sheet(HEAD)
    assert code_of(workbook({"T": bomb})) == "format.entity"


def test_archives_that_swell_or_are_locked_are_refused() -> None:
    assert code_of(workbook({"T": " " * 70_000_000 + sheet(HEAD)})) == "format.size"
    assert code_of(workbook({"T": sheet(HEAD) + " " * 3_000_000})) == "format.size"
    locked = bytearray(workbook({"T": sheet(HEAD)}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = locked.find(mark)
        while place >= 0:
            locked[place + at] |= 1
            place = locked.find(mark, place + 1)
    assert code_of(bytes(locked)) == "format.archive"
    assert code_of(archive({"a.txt": b"x"})) == "format.structure"
    assert code_of(b"PK\x03\x04 and no more") == "format.archive"
    assert code_of(archive({f"{n}": b"" for n in range(10_001)})) == "format.size"


def test_an_archive_with_descriptors_behind_its_members_is_patched() -> None:
    class Pipe(io.RawIOBase):
        """A stream that cannot go back, so that sizes are written behind the members."""

        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def write(self, piece: object) -> int:
            taken = bytes(memoryview(piece))  # type: ignore[arg-type]  # what zipfile writes
            self.data += taken
            return len(taken)

    pipe = Pipe()
    row = '<row r="2"><c r="A2" t="str"><v>a</v></c><c r="B2" t="str"><v>One</v></c></row>'
    whole = io.BytesIO(workbook({"T": sheet(HEAD, row)}))
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.comment = b"kept"
    assert struct.unpack_from("<H", pipe.data, 6)[0] & 8
    written = edited(pipe.data, "fr", {"a": "Un"})
    assert said(written, "fr") == {"a": "Un"}
    assert written.endswith(b"kept")
    unpacked(written)


def test_a_workbook_made_new_is_read_by_others() -> None:
    entries = (Entry("a", "One & <two>", notes="n"), Entry("b", "=1"))
    written = FORMAT.serialize(Catalogue("xlsx", entries, "en"))
    assert written == FORMAT.serialize(Catalogue("xlsx", entries, "en"))
    rows = list(openpyxl.load_workbook(io.BytesIO(written)).active.iter_rows())
    assert [[cell.value for cell in row] for row in rows] == [
        ["key", "notes", "en"], ["a", "n", "One & <two>"], ["b", None, "=1"],
    ]  # fmt: skip
    assert rows[2][2].data_type == "s"
    named = begin({'a/b["c"]&' + "x" * 40: [["x", 1.5, True]]})
    assert read(named).grids[0].rows == [["x", "1.5", "TRUE"]]
    assert len(read(named).grids[0].name) <= 31


def test_a_legacy_table_is_written_as_a_new_workbook() -> None:
    data = legacy({"T": [["key", "en", "fr"], ["a", "One", "Un"], ["b", "Two", ""]]})
    assert said(data, "fr") == {"a": "Un", "b": ""}
    made = (Entry("b", "Two"), Entry("c", "Three"))
    written = FORMAT.serialize(Catalogue("xlsx", made, "en"), data)
    assert said(written) == {"b": "Two", "c": "Three"}
    added = FORMAT.serialize(Catalogue("xlsx", (Entry("a", "Moja"),), "sw"), data)
    assert (said(added, "sw"), said(added, "fr")) == ({"a": "Moja", "b": ""}, {"a": "Un", "b": ""})


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_named_by_letters(column: int, name: str) -> None:
    assert name_of(column) == name
