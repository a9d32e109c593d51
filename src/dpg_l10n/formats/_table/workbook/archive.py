"""Zip archives: read with limits, and written with some members replaced."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from dpg_l10n.errors import FormatError
from dpg_l10n.formats._limits import most_unpacked
from dpg_l10n.i18n import N_

MOST_MEMBERS = 10_000
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DEFLATED = 8
_DESCRIPTOR, _ENCRYPTED = 0x08, 0x01
_DAMAGES = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError,
    RuntimeError, IndexError, KeyError, OverflowError,
)  # fmt: skip
"""What the standard library raises over archives that are damaged or unusual."""


def is_archive(head: bytes) -> bool:
    """Tell from its first bytes whether a file is a zip archive."""
    return head.startswith(b"PK\x03\x04")


@dataclass(frozen=True)
class Archive:
    """One zip archive."""

    data: bytes
    infos: Mapping[str, zipfile.ZipInfo]
    start: int
    """Offset of the list of members."""

    @classmethod
    def read(cls, data: bytes) -> Archive:
        """Return an archive by its list of members.

        Raises:
            FormatError: ``format.archive``: damaged, or of a kind that no spreadsheet writes;
                ``format.size``: too many members.
        """
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as opened:
                infos, start = opened.infolist(), opened.start_dir
        except _DAMAGES as error:
            raise _damaged() from error
        if len(infos) > MOST_MEMBERS:
            raise _too_large("(list)")
        return cls(data, {info.filename: info for info in infos}, start)

    def unpacked(self, name: str) -> bytes | None:
        """Return a member, None where there is no such.

        Raises:
            FormatError: ``format.archive``; ``format.size``: it is larger than any honest one.
        """
        info = self.infos.get(name)
        if info is None:
            return None
        if info.file_size > most_unpacked(info.compress_size):
            raise _too_large(name)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _damaged()
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as opened:
                return opened.read(info)
        except _DAMAGES as error:
            raise _damaged() from error

    def with_members(self, changed: Mapping[str, bytes]) -> bytes:
        """Return the archive with some members replaced; the others stay as they are packed.

        Raises:
            FormatError: ``format.archive``: its parts do not stand where its list says.
        """
        try:
            return self._rewritten(changed)
        except (struct.error, IndexError) as error:
            raise _damaged() from error

    def _rewritten(self, changed: Mapping[str, bytes]) -> bytes:
        data = self.data
        offsets = sorted({info.header_offset for info in self.infos.values()})
        ends = dict(zip(offsets, [*offsets[1:], self.start], strict=True))
        moved: dict[int, int] = {}
        packed: dict[int, tuple[int, int, int]] = {}
        pieces = [data[: offsets[0]]] if offsets else []
        at = len(pieces[0]) if pieces else 0
        by_offset = {info.header_offset: info for info in self.infos.values()}
        for offset in offsets:
            moved[offset] = at
            info = by_offset[offset]
            piece = data[offset : ends[offset]]
            if not piece.startswith(b"PK\x03\x04"):
                raise _damaged()
            if info.filename in changed:
                piece, packed[offset] = _packed(piece, changed[info.filename])
            pieces.append(piece)
            at += len(piece)
        return b"".join(pieces) + self._list(moved, packed, at)

    def _list(
        self, moved: Mapping[int, int], packed: Mapping[int, tuple[int, int, int]], start: int
    ) -> bytes:
        """Return the list of members and what follows it, with their new places."""
        data, at = self.data, self.start
        pieces = []
        size = 0
        while data[at : at + 4] == b"PK\x01\x02":
            fields = list(_CENTRAL.unpack_from(data, at))
            end = at + _CENTRAL.size + fields[10] + fields[11] + fields[12]
            offset = fields[16]
            if offset not in moved:
                raise _damaged()
            if offset in packed:
                fields[3] &= ~_DESCRIPTOR
                fields[4] = _DEFLATED
                fields[7:10] = packed[offset]
            fields[16] = moved[offset]
            piece = _CENTRAL.pack(*fields) + data[at + _CENTRAL.size : end]
            pieces.append(piece)
            size += len(piece)
            at = end
        if data[at : at + 4] != b"PK\x05\x06":
            raise _damaged()  # such as a list for archives above 4 GB
        fields = list(_END.unpack_from(data, at))
        fields[5:7] = [size, start]
        return b"".join(pieces) + _END.pack(*fields) + data[at + _END.size :]


def _packed(piece: bytes, content: bytes) -> tuple[bytes, tuple[int, int, int]]:
    """Return a member with other content, and its checksum and sizes."""
    fields = list(_LOCAL.unpack_from(piece))
    if fields[2] & _ENCRYPTED:
        raise _damaged()
    name = piece[_LOCAL.size : _LOCAL.size + fields[9]]
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = squeeze.compress(content) + squeeze.flush()
    sizes = (zlib.crc32(content), len(body), len(content))
    fields[2] &= ~_DESCRIPTOR
    fields[3] = _DEFLATED
    fields[6:9] = sizes
    fields[10] = 0
    return _LOCAL.pack(*fields) + name + body, sizes


def _damaged() -> FormatError:
    return FormatError(
        N_("The archive is damaged, encrypted, or packed in a way that no spreadsheet uses. Open "
           "it in a spreadsheet program and save it as .xlsx."),
        code="archive",
    )  # fmt: skip


def _too_large(name: str) -> FormatError:
    return FormatError(
        N_("{member} in the archive is larger than any honest one. Check where the file is from."),
        code="size", member=name,
    )  # fmt: skip
