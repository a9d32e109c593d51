"""What the readers of tables leave for the writers."""

from __future__ import annotations

from dataclasses import dataclass

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.formats._table.grid import Book


@dataclass(frozen=True, slots=True)
class Layout:
    """One parsed file, read for one language."""

    book: Book
    language: str | None
    entries: tuple[Entry, ...]


def unedited(catalogue: Catalogue, template: bytes | None) -> bytes | None:
    """Return the template where the catalogue is what was read from it, else None."""
    layout = catalogue.layout
    if (
        isinstance(layout, Layout)
        and layout.book.data == template
        and catalogue.entries is layout.entries
        and catalogue.language == layout.language
    ):
        return layout.book.data
    return None


def book_of(catalogue: Catalogue, template: bytes) -> Book | None:
    """Return the template as it was already read for this catalogue, or None."""
    layout = catalogue.layout
    if isinstance(layout, Layout) and layout.book.data == template:
        return layout.book
    return None
