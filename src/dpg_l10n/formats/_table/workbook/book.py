"""One workbook: its sheets, and what is written into them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text, _xml
from dpg_l10n.formats._archive import Archive
from dpg_l10n.formats._table.grid import Edits, Grid
from dpg_l10n.formats._table.workbook.cells import cells, is_formula, shared_texts, text_of
from dpg_l10n.formats._table.workbook.patch import patched
from dpg_l10n.i18n import N_

_MOST_CELLS = 4_000_000
_DOCTYPE = re.compile(r"\s*+(?:<\?.*?\?>\s*+|<!--.*?-->\s*+)*+<!DOCTYPE", re.DOTALL)
_OPAQUE = re.compile(r"<!--|<!\[CDATA\[")
_ELEMENT = r"""<(?:[\w.-]+:)?{name}(?=[\s/>])((?:[^"'>]++|"[^"]*+"|'[^']*+')*+)>"""
_SHEET = re.compile(_ELEMENT.format(name="sheet"))
_RELATION = re.compile(_ELEMENT.format(name="Relationship"))


@dataclass(frozen=True)
class Workbook:
    """One parsed workbook."""

    data: bytes
    archive: Archive
    grids: tuple[Grid, ...]
    paths: tuple[str, ...]
    """Member of each grid."""

    def write(self, edits: Mapping[int, Edits]) -> bytes:
        """Return the bytes with some cells changed.

        Raises:
            FormatError: ``format.formula``: a text would take the place of a formula;
                ``format.text``: half a surrogate pair.
        """
        changed = {}
        for number, wanted in edits.items():
            path = self.paths[number]
            text, codec = _xml_of(self.archive, path)
            changed[path] = _text.encode(patched(text, self.grids[number], wanted), codec)
        return self.archive.with_members(changed)


@lru_cache(maxsize=2)
def read(data: bytes) -> Workbook:
    """Return a workbook with the texts of all its sheets.

    The last ones read are kept: one file is read for each of its languages.

    Raises:
        FormatError: ``format.archive``; ``format.size``; ``format.xml``; ``format.entity``: a
            document type, which no workbook has; ``format.structure``: no workbook.
    """
    archive = Archive.read(data)
    sheets, shared = _sheets(archive)
    grids: list[Grid] = []
    left = _MOST_CELLS
    for name, path in sheets:
        grid, used = _grid(name, archive, path, shared, left)
        left -= used
        grids.append(grid)
    return Workbook(data, archive, tuple(grids), tuple(path for _, path in sheets))


class Shown(NamedTuple):
    """What one cell shows, and what it is."""

    text: str
    kind: str
    """``text``, ``number``, ``truth``, ``error``, ``date`` or ``formula``."""


_KINDS = {"s": "text", "inlineStr": "text", "str": "text", "b": "truth", "e": "error", "d": "date"}


def shown(data: bytes) -> Iterator[tuple[int, dict[int, Shown]]]:
    """Yield the rows of all sheets that show something: the number of the row, its cells by column.

    Raises:
        FormatError: As :func:`read`.
    """
    archive = Archive.read(data)
    sheets, shared = _sheets(archive)
    for _, path in sheets:
        number, row = 0, dict[int, Shown]()
        for cell in cells(_xml_of(archive, path)[0], empty=False):
            if cell.row != number and row:
                yield number, row
                row = {}
            number = cell.row
            text = text_of(cell, shared) if cell.content else ""
            if text:
                kind = "formula" if is_formula(cell) else _KINDS.get(cell.kind, "number")
                row[cell.column] = Shown(text, kind)
        if row:
            yield number, row


def _sheets(archive: Archive) -> tuple[list[tuple[str, str]], list[str]]:
    """Return name and member of each sheet, and the texts that cells name by number."""
    main = next(iter(_related(archive, "", "/officeDocument").values()), "xl/workbook.xml")
    if main not in archive.infos:
        raise _no_workbook()
    related = _related(archive, main, "/worksheet")
    strings = next(iter(_related(archive, main, "/sharedStrings").values()), None)
    shared = shared_texts(_xml_of(archive, strings)[0]) if strings else []
    found = []
    for match in _SHEET.finditer(_xml_of(archive, main)[0]):
        given = _xml.attributes(match[1])
        number = next((value for name, value in given.items() if name.endswith(":id")), "")
        path = related.get(number)
        if path in archive.infos and path is not None:
            found.append((given.get("name", ""), path))
    return found, shared


def _grid(name: str, archive: Archive, path: str, shared: list[str], most: int) -> tuple[Grid, int]:
    """Return a sheet and how many cells it takes."""
    text, _ = _xml_of(archive, path)
    if _OPAQUE.search(text, max(text.find("sheetData>"), 0)):
        raise FormatError(
            N_("The sheet “{sheet}” holds comments among its cells, as no spreadsheet writes."),
            code="structure", sheet=name,
        )  # fmt: skip
    rows: list[list[str]] = []
    lines: list[int] = []
    used = 0
    for cell in cells(text, empty=False):
        said = text_of(cell, shared) if cell.content else ""
        if not said:
            continue
        if not lines or lines[-1] != cell.row:
            if lines and cell.row < lines[-1]:
                raise FormatError(
                    N_("The rows of the sheet “{sheet}” are not in order."),
                    code="structure", sheet=name,
                )  # fmt: skip
            rows.append([])
            lines.append(cell.row)
        row = rows[-1]
        grow = cell.column + 1 - len(row)
        used += max(grow, 0)
        if used > most:
            raise FormatError(
                N_("The workbook has more than {limit} cells."), code="size", limit=_MOST_CELLS
            )
        if grow > 0:
            row += [""] * grow
        row[cell.column] = said
    return Grid(name, rows, lines), used


def _related(archive: Archive, path: str, kind: str) -> dict[str, str]:
    """Return the members of a kind that a member points at, by their numbers."""
    folder, name = posixpath.split(path)
    own = posixpath.join(folder, "_rels", f"{name}.rels")
    if own not in archive.infos:
        return {}
    found = {}
    for match in _RELATION.finditer(_xml_of(archive, own)[0]):
        given = _xml.attributes(match[1])
        if given.get("Type", "").endswith(kind):
            target = posixpath.join("/", folder, given.get("Target", ""))
            found[given.get("Id", "")] = posixpath.normpath(target).lstrip("/")
    return found


def _xml_of(archive: Archive, path: str) -> tuple[str, str]:
    """Return the text of a member and its codec, known to be well-formed."""
    data = archive.unpacked(path)
    if data is None:
        raise _no_workbook()
    text, codec = _xml.decode(data)
    if _DOCTYPE.match(text):
        raise FormatError(
            N_("{member} has a document type, which can be used to attack readers."),
            code="entity", line=1, member=path,
        )  # fmt: skip
    _xml.verify(text)
    return text, codec


def _no_workbook() -> FormatError:
    return FormatError(N_("The archive is no workbook (.xlsx)."), code="structure")
