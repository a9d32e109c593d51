"""What people and their tools do to a file of an offline package."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from openpyxl import load_workbook

from dpg_l10n.domain.catalogue import FUZZY, Catalogue, Entry
from dpg_l10n.domain.message import Plural, Text, plain
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.workbook import escaped
from dpg_l10n.services.offline import Asked, Brought, Taken, bring_back, take
from tests.support.projects import Workspace

KINDS = ("po", "xliff", "xlsx")
_TEXT, _MARK = 6, 7
"""Columns of a sheet, from 1."""


def taken(work: Workspace, format: str, actor: str = "juma", **asked: Any) -> Taken:
    """Return a package of Swahili."""
    return take(work.store, "clinic", "sw", Asked(format, **asked), actor, work.clock)


def brought(work: Workspace, data: bytes, actor: str = "juma") -> Brought:
    """Bring a file back."""
    return bring_back(work.store, "clinic", "sw", data, actor, work.clock)


def written(
    data: bytes, texts: Mapping[str, str], *, confirm: Sequence[str] = (), mark: Sequence[str] = ()
) -> bytes:
    """Return a package in which a person wrote texts, and took off or put on marks, by source."""
    if data.startswith(b"PK"):
        return _in_sheet(data, texts, confirm, mark)
    if data.startswith(b"<"):
        for source in confirm:  # as tools do it, which leave notes alone
            begin = data.index(f"<source>{source}<".encode())
            data = data[:begin] + data[begin:].replace(
                b"needs-review-translation", b"translated", 1
            )
        confirm = ()

    def change(entry: Entry) -> Entry:
        source = plain(entry.source or "")
        if source in texts:
            said: Text = texts[source]
            if isinstance(entry.text, Plural):
                said = Plural(tuple((label, texts[source]) for label in entry.text.labels))
            entry = entry._replace(text=said)
        if source in confirm:
            entry = entry._replace(flags=entry.flags - {FUZZY})
        return entry._replace(flags=entry.flags | {FUZZY}) if source in mark else entry

    return edited(data, lambda entries: [change(entry) for entry in entries])


def edited(data: bytes, change: Callable[[Sequence[Entry]], Sequence[Entry]]) -> bytes:
    """Return a PO or XLIFF file with other entries."""
    form = FORMATS["xliff1" if data.startswith(b"<") else "po"]
    catalogue: Catalogue = form.parse(data)
    return form.serialize(replace(catalogue, entries=tuple(change(catalogue.entries))), data)


def in_cells(data: bytes, change: Callable[[Any], None]) -> bytes:
    """Return a workbook after something was done to its first sheet."""
    book = load_workbook(io.BytesIO(data))
    change(book.worksheets[0])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def cell_of(sheet: Any, source: str, column: int = _TEXT) -> Any:
    """Return a cell in the row of a source text."""
    row = next(row for row in sheet.iter_rows(min_row=2) if row[4].value == source)
    return row[column - 1]


def _in_sheet(
    data: bytes, texts: Mapping[str, str], confirm: Sequence[str], mark: Sequence[str]
) -> bytes:
    texts = {escaped(source): escaped(text) for source, text in texts.items()}

    def change(sheet: Any) -> None:
        for row in sheet.iter_rows(min_row=2):
            source = row[4].value
            if source in texts:
                row[_TEXT - 1].value = texts[source]
                row[_TEXT - 1].data_type = "s"
            if source in confirm:
                row[_MARK - 1].value = None
            if source in mark:
                row[_MARK - 1].value = "?"

    return in_cells(data, change)


def without_comments(data: bytes) -> bytes:
    """Return a PO file without any comment, flags included."""
    return re.sub(rb"(?m)^#.*\n", b"", data)
