"""Tables as cells by row and column, and what is to change in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: the file, or a sheet of it."""

    name: str
    """Of the sheet; empty where the file is the table."""
    rows: Sequence[Sequence[str]]
    """Texts of the cells; rows may be shorter than others."""
    lines: Sequence[int]
    """1-based line (in a text file) or row number (in a sheet) of each row."""

    def cell(self, row: int, column: int) -> str:
        """Return the text of a cell, empty where the row ends before it."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""

    def first_row(self) -> int | None:
        """Return the index of the first row that says anything, None without one."""
        return next((at for at, cells in enumerate(self.rows) if any(cells)), None)


class NewColumn(NamedTuple):
    """A column that the table lacks."""

    after: int
    """Column before it, where the table can take one in; else it goes behind the last one."""
    texts: Mapping[int, str]
    """By row; the title of the column is one of them."""


@dataclass(slots=True)
class Edits:
    """What is to change in one grid; rows and columns are numbered as they were read."""

    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    """New text by row and column."""
    added: dict[int, list[dict[int, str]]] = field(default_factory=dict)
    """New rows by the row that they follow, each as text by column."""
    removed: set[int] = field(default_factory=set)
    columns: list[NewColumn] = field(default_factory=list)
    """In the order in which they stand."""

    def __bool__(self) -> bool:
        """Tell whether anything changes."""
        return bool(self.cells or self.added or self.removed or self.columns)


class Book(Protocol):
    """A file of tables."""

    @property
    def data(self) -> bytes:
        """The bytes that it was read from."""

    @property
    def grids(self) -> Sequence[Grid]:
        """Its tables in file order."""

    def write(self, edits: Mapping[int, Edits]) -> bytes:
        """Return the bytes with the edits of some tables (by their place in ``grids``).

        Raises:
            FormatError: A text cannot be written, or stands where the file allows no change.
        """
