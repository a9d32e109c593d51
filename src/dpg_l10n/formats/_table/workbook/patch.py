"""New texts in the XML of a sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dpg_l10n.errors import FormatError
from dpg_l10n.formats._table.grid import Edits, Grid
from dpg_l10n.formats._table.workbook.cells import Cell, cells, is_formula, name_of, written
from dpg_l10n.i18n import N_

_SPANS = re.compile(r"""\s+spans\s*=\s*(?:"[^"]*+"|'[^']*+')""")
_DIMENSION = re.compile(
    r"""(<(?:[\w.-]+:)?dimension\s[^>]*?ref\s*=\s*["'][A-Z]+[0-9]+:)([A-Z]+)([0-9]+)"""
)
_END = re.compile(r"</((?:[\w.-]+:)?)sheetData\s*>")


def patched(text: str, grid: Grid, edits: Edits) -> str:
    """Return a sheet's XML with the edits of its grid.

    A sheet grows at its ends only: a column or row among others would move what formulas, filters
    and formats speak of. A row that is taken out is emptied, and a new one takes the first place
    behind its predecessor if that is free, else the first one behind all.

    Raises:
        FormatError: ``format.formula``, ``format.text``.
    """
    texts = _texts(grid, edits)
    found: dict[int, list[Cell]] = {}
    for cell in cells(text):
        if cell.row in texts:
            found.setdefault(cell.row, []).append(cell)
    changes: list[tuple[int, int, str]] = []
    fresh: list[int] = []
    for row in sorted(texts):
        if row not in found:
            fresh.append(row)
            continue
        changes += _row_changes(text, found[row], row, texts[row])
    end = _END.search(text)
    if fresh and end:
        lines = "".join(_new_row(end[1], row, texts[row]) for row in fresh)
        changes.append((end.start(), end.start(), lines))
    changes.sort(key=lambda change: change[:2])
    pieces: list[str] = []
    done = 0
    for start, stop, new in changes:
        pieces += (text[done:start], new)
        done = stop
    grown = "".join(pieces) + text[done:]
    return _with_dimension(grown, max(texts), max(max(row, default=0) for row in texts.values()))


def _texts(grid: Grid, edits: Edits) -> dict[int, dict[int, str]]:
    """Return the new texts by row number and column."""
    texts: dict[int, dict[int, str]] = {}
    for (at, column), text in edits.cells.items():
        texts.setdefault(grid.lines[at], {})[column] = text
    width = max((len(row) for row in grid.rows), default=0)
    for place, new in enumerate(edits.columns):
        for at, text in new.texts.items():
            texts.setdefault(grid.lines[at], {})[width + place] = text
    for at in edits.removed:
        said = {column: "" for column, text in enumerate(grid.rows[at]) if text}
        texts.setdefault(grid.lines[at], {}).update(said)
    taken = set(grid.lines) - {grid.lines[at] for at in edits.removed}
    for at in sorted(edits.added):
        for number, row in enumerate(edits.added[at], start=1):
            free = grid.lines[at] + number
            if free in taken:
                free = max(taken) + 1
            taken.add(free)
            texts.setdefault(free, {}).update(row)
    return texts


def _row_changes(
    text: str, found: list[Cell], row: int, texts: Mapping[int, str]
) -> list[tuple[int, int, str]]:
    heads = [cell for cell in found if cell.column < 0]
    own = [cell for cell in found if cell.column >= 0]
    if len(heads) != 1 or any(cell.start < heads[0].start for cell in own):
        raise FormatError(
            N_("Row {row} is there twice, or has cells outside of it. Save the file anew."),
            code="structure", line=row, row=row,
        )  # fmt: skip
    head = heads[0]
    changes = []
    there = {cell.column: cell for cell in own}
    inserted: dict[int, list[str]] = {}
    for column in sorted(texts):
        old = there.get(column)
        if old is not None:
            if is_formula(old):
                raise FormatError(
                    N_("Cell {cell} holds a formula. Write the text itself into it."),
                    code="formula", line=row, cell=f"{name_of(column)}{row}",
                )  # fmt: skip
            new = written(old.prefix, row, column, old.style, texts[column])
            changes.append((old.start, old.end, new))
        elif texts[column]:
            left = [cell for cell in own if cell.column < column]
            style = left[-1].style if left else ""
            place = left[-1].end if left else head.end
            new = written(head.prefix, row, column, style, texts[column])
            inserted.setdefault(place, []).append(new)
    changes += [(place, place, "".join(new)) for place, new in inserted.items()]
    tag = _SPANS.sub("", text[head.start : head.end])
    if head.content is None and inserted:
        # an empty row opens: what goes into it stands at its end
        cells_ = "".join(inserted[head.end])
        return [(head.start, head.end, f"{tag[:-2]}>{cells_}</{head.prefix}row>")]
    if inserted and tag != text[head.start : head.end]:
        changes.append((head.start, head.end, tag))
    return changes


def _new_row(prefix: str, row: int, texts: Mapping[int, str]) -> str:
    new = "".join(
        written(prefix, row, column, "", texts[column]) for column in sorted(texts) if texts[column]
    )
    return f'<{prefix}row r="{row}">{new}</{prefix}row>'


def _with_dimension(text: str, row: int, column: int) -> str:
    """Return the sheet with the range that it says to fill at least as large as it is."""

    def grown(match: re.Match[str]) -> str:
        letters, last = match[2], int(match[3])
        wider = (len(name_of(column)), name_of(column)) > (len(letters), letters)
        return f"{match[1]}{name_of(column) if wider else letters}{max(last, row)}"

    return _DIMENSION.sub(grown, text, count=1)
