"""Exported files that lie in ZIP archives: put into the pushed archive, which is written once."""

from __future__ import annotations

from collections.abc import Callable

from dpg_l10n.domain.paths import in_archive
from dpg_l10n.domain.records import StoredCatalogue
from dpg_l10n.formats import zipped
from dpg_l10n.ports import UnitOfWork


class Archives:
    """Takes files as an export makes them, and gives them to where they belong.

    Args:
        uow: Holds the pushed archives.
        write: Takes the path and the bytes of each file that stands by itself.
    """

    def __init__(self, uow: UnitOfWork, write: Callable[[str, bytes], None]) -> None:
        self._uow = uow
        self._write = write
        self._whole: dict[str, tuple[bytes, dict[str, bytes]]] = {}
        """Pushed bytes of each archive and what its members shall hold, by path."""

    def put(self, catalogue: StoredCatalogue, path: str, data: bytes) -> None:
        """Take one file of a catalogue."""
        inside = in_archive(path)
        if inside is None:
            self._write(path, data)
            return
        archive, name = inside
        if archive not in self._whole:
            pushed = self._uow.catalogues.read_file(catalogue.id, archive)
            if pushed is None:  # a folder that is called like an archive, or a new archive
                self._write(path, data)
                return
            self._whole[archive] = (pushed, {})
        self._whole[archive][1][name] = data

    def close(self) -> None:
        """Write the archives; those of which no member changed with the bytes that were pushed.

        Raises:
            FormatError: A pushed archive cannot be used.
        """
        for path, (pushed, written) in self._whole.items():
            self._write(path, zipped.with_members(pushed, written))
