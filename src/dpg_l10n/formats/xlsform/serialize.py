"""Write one language of a form into its cells."""

from __future__ import annotations

from collections.abc import Mapping

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._table import Edits, NewColumn, unedited
from dpg_l10n.formats._table.generic import neutralised, restored
from dpg_l10n.formats.xlsform.form import Form, Sheet, places
from dpg_l10n.formats.xlsform.reading import read
from dpg_l10n.i18n import N_


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return a form with one language as the catalogue has it.

    Raises:
        FormatError: ``format.template``: without a form there is no place for texts;
            ``format.unknown``: a text belongs to no row of the form; and what the template's
            reader and writer refuse.
    """
    if template is None:
        raise FormatError(
            N_("A form is more than its texts: it is written into the form that they are from."),
            code="template",
        )
    same = unedited(catalogue, template)
    if same is not None:
        return same
    form = read(template)
    edits = _Editor(form, form.spelled(catalogue.language) or form.own).edits(catalogue.by_key())
    return form.book.write(edits) if edits else form.book.data


class _Editor:
    """Finds what a language changes in a form."""

    def __init__(self, form: Form, language: str | None) -> None:
        self._form = form
        self._language = language
        self._edits: dict[int, Edits] = {}
        self._fresh: dict[tuple[int, str], dict[int, str]] = {}
        """Texts by row of the columns that a sheet lacks, by grid and kind."""

    def edits(self, entries: Mapping[str, Entry]) -> dict[int, Edits]:
        """Return the edits by grid."""
        known = set()
        sheets = {}
        for key, sheet, row, kind in places(self._form):
            known.add(key)
            sheets[sheet.grid] = sheet
            entry = entries.get(key)
            self._place(sheet, row.at, kind, _text(entry) if entry is not None else "")
        for key, entry in entries.items():
            if key not in known and _text(entry):
                raise FormatError(
                    N_("“{key}” has no row here. Add it to the source first."),
                    code="unknown", key=key,
                )  # fmt: skip
        for (grid, kind), texts in self._fresh.items():
            self._of(grid).columns.append(self._column(sheets[grid], kind, texts))
        return {grid: edits for grid, edits in self._edits.items() if edits}

    def _place(self, sheet: Sheet, row: int, kind: str, text: str) -> None:
        column = self._form.column(sheet, kind, self._language)
        cell = neutralised(text) if self._form.formulas else text
        if column is None:
            if text:
                self._fresh.setdefault((sheet.grid, kind), {})[row] = cell
            return
        old = self._form.book.grids[sheet.grid].cell(row, column)
        if text != (restored(old) if self._form.formulas else old):
            self._of(sheet.grid).cells[row, column] = cell

    def _of(self, grid: int) -> Edits:
        return self._edits.setdefault(grid, Edits())

    def _column(self, sheet: Sheet, kind: str, texts: Mapping[int, str]) -> NewColumn:
        """Return a new column behind those of its kind, with a title like theirs."""
        titles = [title for _, title in sheet.titles[kind].values()]
        everywhere = [
            title
            for other in self._form.sheets
            for found in other.titles.values()
            for _, title in found.values()
        ]
        colons = next((title.colons for title in [*titles, *everywhere] if title.colons), "::")
        last = max(at for at, _ in sheet.titles[kind].values())
        title = f"{titles[0].prefix}{colons}{self._language}"
        return NewColumn(last, {sheet.header: title, **texts})


def _text(entry: Entry) -> str:
    if not isinstance(entry.text, str):
        raise FormatError(
            N_("“{key}” has plural variants, which a form cannot hold."),
            code="plural", key=entry.key,
        )  # fmt: skip
    return entry.text
