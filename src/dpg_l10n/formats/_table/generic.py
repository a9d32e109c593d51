"""Tables of a key, a source and one column per language: entries out of cells, and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dpg_l10n.domain.catalogue import NO_FLAGS, Catalogue, Entry
from dpg_l10n.domain.language_names import language_of, title_of
from dpg_l10n.domain.locales import is_language
from dpg_l10n.domain.message import plain
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._table.columns import Columns, find_columns, no_columns
from dpg_l10n.formats._table.grid import Book, Edits, Grid, NewColumn
from dpg_l10n.formats._table.layout import Layout, book_of, unedited
from dpg_l10n.i18n import N_

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NEUTRALISED = re.compile(r"'+[=+\-@\t\r]")


def neutralised(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: with an apostrophe in front of one."""
    return f"'{text}" if _FORMULA.match(text) else text


def restored(cell: str) -> str:
    """Return the text of a cell without the apostrophe of :func:`neutralised`."""
    return cell[1:] if cell[:1] == "'" and _NEUTRALISED.match(cell) else cell


@dataclass(frozen=True)
class Table:
    """One format of tables: how its files are read and begun.

    Args:
        name: Of the format.
        read: Returns the book of some bytes.
        begin: Returns a new file with these rows.
        find: Returns the columns of a grid, None where it is no table of texts.
        formulas: True where a cell that begins like a formula is one, so that texts have to be
            neutralised (CSV); False where cells say that they are texts.
        one_language: True where the file has one language and its title is not that of another.
    """

    name: str
    read: Callable[[bytes], Book]
    begin: Callable[[Sequence[Sequence[str]]], bytes]
    find: Callable[[int, Grid], Columns | None] = find_columns
    formulas: bool = False
    one_language: bool = False

    def columns(self, book: Book) -> list[Columns]:
        """Return the columns of each grid that has them.

        Raises:
            FormatError: ``format.columns``: none has.
        """
        found = [self.find(number, grid) for number, grid in enumerate(book.grids)]
        columns = [each for each in found if each is not None]
        if not columns:
            raise no_columns()
        return columns

    def languages(self, data: bytes) -> tuple[str, ...]:
        """Return the languages beside the source, as the titles spell them."""
        columns = self.columns(self.read(data))
        own = columns[0].own
        titles = [title for each in columns for title, _ in each.languages]
        return tuple(title for title in dict.fromkeys(titles) if title != own)

    def parse(self, data: bytes, language: str | None = None) -> Catalogue:
        """Return the texts of a file in one language, None for the source.

        Raises:
            FormatError: What :attr:`read` refuses; ``format.columns``; ``format.duplicate``: a
                key, or the title of a language, stands twice; ``format.key``: a text without key.
        """
        book = self.read(data)
        columns = self.columns(book)
        entries: list[Entry] = []
        seen: dict[str, int] = {}
        for each in columns:
            entries += self._entries(book, each, language, seen, several=len(columns) > 1)
        found = tuple(entries)
        named = language if language is not None else columns[0].own
        return Catalogue(self.name, found, named, layout=Layout(book, named, found))

    def _entries(
        self,
        book: Book,
        columns: Columns,
        language: str | None,
        seen: dict[str, int],
        *,
        several: bool,
    ) -> list[Entry]:
        grid = book.grids[columns.grid]
        key_at, source_at = columns.key, columns.source
        place = columns.column(language)
        entries = []
        new = tuple.__new__  # a third of the time of the class's own constructor
        for at in range(columns.header + 1, len(grid.rows)):
            cells = grid.rows[at]
            width = len(cells)
            key = cells[key_at] if key_at < width else ""
            if not key.strip():
                if source_at < width and cells[source_at].strip():
                    raise _without_key(grid.lines[at])
                continue
            if several:
                key = f"{grid.name}/{key}"
            if key in seen:
                raise _duplicate(key, seen[key], grid.lines[at])
            seen[key] = grid.lines[at]
            text = cells[place] if place is not None and place < width else ""
            if self.formulas:
                text = restored(text)
            notes = "\n".join(cells[n] for n in columns.notes if n < width and cells[n])
            context = columns.context
            said = cells[context] if context is not None and context < width else ""
            fields = (key, text, None, said, notes, "", NO_FLAGS, None, None, grid.lines[at])
            entries.append(new(Entry, fields))
        return entries

    def serialize(self, catalogue: Catalogue, template: bytes | None = None) -> bytes:
        """Return the bytes of a file with one language as a catalogue has it.

        Raises:
            FormatError: The template is none of this format, or a text cannot be written.
        """
        if template is None:
            return self._begun(catalogue)
        same = unedited(catalogue, template)
        if same is not None:
            return same
        book = book_of(catalogue, template) or self.read(template)
        columns = self.columns(book)
        language = None if self.one_language else catalogue.language
        editor = _Editor(self, book, columns, language)
        edits = editor.edits(catalogue.entries)
        if self.one_language:
            _retitle(book, columns[0], catalogue.language, edits)
        return book.write(edits) if edits else book.data

    def _begun(self, catalogue: Catalogue) -> bytes:
        notes = any(entry.notes for entry in catalogue.entries)
        context = any(entry.context for entry in catalogue.entries)
        title = catalogue.language or ("value" if self.one_language else "source")
        rows = [["key", *["notes"] * notes, *["context"] * context, title]]
        for entry in catalogue.entries:
            row = [entry.key, *[self.cell(entry.notes)] * notes]
            rows.append([*row, *[self.cell(entry.context)] * context, self.cell(_text(entry))])
        return self.begin(rows)

    def cell(self, text: str) -> str:
        """Return a text as its cell holds it."""
        return neutralised(text) if self.formulas else text

    def said(self, cell: str) -> str:
        """Return the text that a cell holds."""
        return restored(cell) if self.formulas else cell


class _Editor:
    """Finds what a catalogue changes in a book."""

    def __init__(
        self, table: Table, book: Book, columns: Sequence[Columns], language: str | None
    ) -> None:
        self._table = table
        self._book = book
        self._columns = columns
        self._language = language
        self._places: dict[str, tuple[int, int]] = {}
        """Columns (by their place) and row of each key."""
        for number, each in enumerate(columns):
            grid = book.grids[each.grid]
            for at in range(each.header + 1, len(grid.rows)):
                key = grid.cell(at, each.key)
                if key.strip():
                    full = f"{grid.name}/{key}" if len(columns) > 1 else key
                    self._places.setdefault(full, (number, at))

    def edits(self, entries: Sequence[Entry]) -> dict[int, Edits]:
        """Return the edits by grid; none where nothing changes."""
        found = [Edits() for _ in self._columns]
        fresh: list[dict[int, str]] = [{} for _ in self._columns]
        number, last = 0, self._columns[0].header
        wanted = set()
        for entry in entries:
            wanted.add(entry.key)
            text = _text(entry)
            place = self._places.get(entry.key)
            if place is None:
                number = self._grid_of(entry.key, number)
                last = max(last, self._columns[number].header)
                self._add(found[number], number, last, entry, text)
                continue
            number, last = place
            self._change(found[number], fresh[number], number, last, text)
        for key, (number, at) in self._places.items():
            if key not in wanted:
                self._remove(found[number], number, at)
        for number, texts in enumerate(fresh):
            if texts:
                columns = self._columns[number]
                title = {columns.header: self._language or ""}
                found[number].columns.append(NewColumn(columns.last, title | texts))
        return {
            columns.grid: edits
            for columns, edits in zip(self._columns, found, strict=True)
            if edits
        }

    def _grid_of(self, key: str, number: int) -> int:
        """Return the columns of the sheet that a key names, else those used last."""
        for at, columns in enumerate(self._columns):
            if len(self._columns) > 1 and key.startswith(f"{self._book.grids[columns.grid].name}/"):
                return at
        return number

    def _change(
        self, edits: Edits, fresh: dict[int, str], number: int, row: int, text: str
    ) -> None:
        columns = self._columns[number]
        column = columns.column(self._language)
        if column is None:
            if text:
                fresh[row] = self._table.cell(text)
            return
        grid = self._book.grids[columns.grid]
        if self._table.said(grid.cell(row, column)) != text:
            edits.cells[row, column] = self._table.cell(text)

    def _add(self, edits: Edits, number: int, after: int, entry: Entry, text: str) -> None:
        columns = self._columns[number]
        name = self._book.grids[columns.grid].name
        key = entry.key.removeprefix(f"{name}/") if len(self._columns) > 1 else entry.key
        cells = {columns.key: key}
        column = columns.column(self._language)
        if column is None or column != columns.source:
            raise FormatError(
                N_("“{key}” has no row here. Add it to the source first."),
                code="unknown", key=entry.key,
            )  # fmt: skip
        cells[column] = self._table.cell(text)
        if columns.notes and entry.notes:
            cells[columns.notes[0]] = self._table.cell(entry.notes)
        if columns.context is not None and entry.context:
            cells[columns.context] = self._table.cell(entry.context)
        edits.added.setdefault(after, []).append(cells)

    def _remove(self, edits: Edits, number: int, row: int) -> None:
        """Take out the row of a source's entry, the text alone of another language."""
        columns = self._columns[number]
        column = columns.column(self._language)
        if column == columns.source:
            edits.removed.add(row)
        elif column is not None and self._book.grids[columns.grid].cell(row, column):
            edits.cells[row, column] = ""


def _retitle(book: Book, columns: Columns, language: str | None, edits: dict[int, Edits]) -> None:
    """Let the title name the new language where it named that of the template."""
    tag = language_of(language) if language else None
    if tag is None or columns.own is None or language_of(columns.own) == tag:
        return
    is_code = is_language(columns.own)
    title = language if is_code and language else title_of(tag)
    changed = edits.setdefault(columns.grid, Edits())
    changed.cells[columns.header, columns.source] = title


def _text(entry: Entry) -> str:
    if isinstance(entry.text, str):
        return entry.text
    if len(entry.text.forms) > 1:
        raise FormatError(
            N_("“{key}” has plural variants, which a table cannot hold."),
            code="plural", key=entry.key,
        )  # fmt: skip
    return plain(entry.text)


def _duplicate(key: str, first: int, line: int) -> FormatError:
    return FormatError(
        N_("“{key}” stands here and in row {first}. Remove one of them, or give it another key."),
        code="duplicate", line=line, key=key, first=first,
    )  # fmt: skip


def _without_key(line: int) -> FormatError:
    return FormatError(N_("This row has a text and no key."), code="key", line=line)
