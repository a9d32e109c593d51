"""Workbooks made by hand: XML as it is written down, and the older kind byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(*rows: str, head: str = "") -> str:
    """Return the XML of a sheet from the XML of its rows."""
    return f'<worksheet xmlns="{_MAIN}">{head}<sheetData>{"".join(rows)}</sheetData></worksheet>'


def workbook(sheets: dict[str, str], strings: str | None = None, **more: str) -> bytes:
    """Return a workbook from the XML of its sheets, of its shared strings and of other members."""
    names = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1)
    )
    pointers = [
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="/xl/worksheets/s{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    ]
    members = {f"xl/worksheets/s{n}.xml": xml for n, xml in enumerate(sheets.values(), 1)}
    if strings is not None:
        members["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{strings}</sst>'
        pointers.append(
            f'<Relationship Id="s" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        )
    members = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"<sheets>{names}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships>{''.join(pointers)}</Relationships>",
        **members,
        **{name.replace("__", "/"): xml for name, xml in more.items()},
    }
    return archive({name: text.encode() for name, text in members.items()})


def archive(members: dict[str, bytes]) -> bytes:
    """Return a zip archive of members, the same bytes each time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            opened.writestr(info, data)
    return packed.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the members of an archive as they are packed, headers included, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        assert opened.testzip() is None
        infos = sorted(opened.infolist(), key=lambda info: info.header_offset)
        stops = [*(info.header_offset for info in infos[1:]), opened.start_dir]
    return {
        info.filename: data[info.header_offset : stop]
        for info, stop in zip(infos, stops, strict=True)
    }


def legacy(sheets: dict[str, Sequence[Sequence[str | float]]]) -> bytes:
    """Return an ``.xls`` file (BIFF8 in a compound document) with texts and numbers."""
    bodies = []
    for rows in sheets.values():
        cells = [_record(0x0809, struct.pack("<6H", 0x0600, 0x0010, 0, 0, 0, 0))]
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str) and value:
                    text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                    cells.append(_record(0x0204, struct.pack("<3H", at, column, 0) + text))
                elif not isinstance(value, str):
                    number = struct.pack("<3Hd", at, column, 0, value)
                    cells.append(_record(0x0203, number))
        bodies.append(b"".join([*cells, _record(0x000A, b"")]))
    head = _record(0x0809, struct.pack("<6H", 0x0600, 0x0005, 0, 0, 0, 0))
    head += _record(0x0042, struct.pack("<H", 1200))
    size = len(head) + sum(12 + 2 * len(name) for name in sheets) + 4
    listed, at = b"", size
    for name, body in zip(sheets, bodies, strict=True):
        raw = struct.pack("<LHBB", at, 0, len(name), 1) + name.encode("utf-16-le")
        listed += _record(0x0085, raw)
        at += len(body)
    return _compound(head + listed + _record(0x000A, b"") + b"".join(bodies))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<2H", kind, len(body)) + body


def _compound(stream: bytes) -> bytes:
    """Return a compound document with one stream, ``Workbook``."""
    stream = stream.ljust(4096, b"\0")
    stream += b"\0" * (-len(stream) % 512)
    count = len(stream) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    table = struct.pack("<128L", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    folder = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry("Workbook", 2, -1, 2, len(stream))
    head = struct.pack(
        "<8s16x5H6x9L", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0,
    )  # fmt: skip
    pointers = struct.pack("<109L", 0, *[0xFFFFFFFF] * 108)
    return head + pointers + table + folder.ljust(512, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    return raw.ljust(64, b"\0") + struct.pack(
        "<HBB3l36xLLL", len(raw) + 2, kind, 1, -1, -1, child, start, size, 0
    )
