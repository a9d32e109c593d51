"""Zip archives: read with limits, and written with some members replaced or added.

https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dpg_l10n.errors import FormatError
from dpg_l10n.formats._limits import most_unpacked
from dpg_l10n.i18n import N_

MOST_MEMBERS = 10_000
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_STORED, _DEFLATED = 0, 8
_DESCRIPTOR, _ENCRYPTED, _UTF_8 = 0x08, 0x01, 0x800
_ZIP64 = b"\x01\x00"
_VERSION = 20
_FIRST = zipfile.ZipInfo("")
"""What the first member of a new archive is dated and packed like."""
_FIRST.compress_type, _FIRST.create_system, _FIRST.external_attr = 8, 3, 0o644 << 16
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
    """By name, in the order of the list; of several of one name the last."""
    names: tuple[str, ...]
    """Of all members, several of one name among them."""
    start: int
    """Offset of the list of members."""

    @classmethod
    def read(cls, data: bytes) -> Archive:
        """Return an archive by its list of members.

        Raises:
            FormatError: ``format.archive``: damaged, or of an unusual kind;
                ``format.size``: too many members.
        """
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as opened:
                infos, start = opened.infolist(), opened.start_dir
        except _DAMAGES as error:
            raise _damaged() from error
        if len(infos) > MOST_MEMBERS:
            raise _too_large("(list)")
        names = tuple(info.filename for info in infos)
        return cls(data, dict(zip(names, infos, strict=True)), names, start)

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

        A replaced member keeps its place, name, time, attributes and way of packing. A name that
        the archive has not is added at its end, with the time and the attributes of the last member.

        Raises:
            FormatError: ``format.archive``: its parts do not stand where its list says.
        """
        try:
            return self._rewritten(changed)
        except (struct.error, IndexError, OverflowError) as error:
            raise _damaged() from error

    def _rewritten(self, changed: Mapping[str, bytes]) -> bytes:
        data = self.data
        offsets = sorted({info.header_offset for info in self.infos.values()})
        if len(offsets) < len(self.infos):
            raise _damaged()  # two names of the same bytes
        ends = dict(pairwise((*offsets, self.start)))
        moved: dict[int, int] = {}
        packed: dict[int, tuple[int, int, int]] = {}
        pieces = [data[: offsets[0]]] if offsets else [data[: self.start]]
        at = len(pieces[0])
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
        rows = []
        model = self.infos[self.names[-1]] if self.names else _FIRST
        for name, content in changed.items():
            if name not in self.infos:
                piece, row = _added(name, content, model, at)
                pieces.append(piece)
                rows.append(row)
                at += len(piece)
        return b"".join(pieces) + self._list(moved, packed, at, rows)

    def _list(
        self,
        moved: Mapping[int, int],
        packed: Mapping[int, tuple[int, int, int]],
        start: int,
        rows: Sequence[bytes],
    ) -> bytes:
        """Return the list of members and what follows it, with their new places."""
        data, at = self.data, self.start
        pieces = []
        while data[at : at + 4] == b"PK\x01\x02":
            fields = list(_CENTRAL.unpack_from(data, at))
            end = at + _CENTRAL.size + fields[10] + fields[11] + fields[12]
            offset = fields[16]
            if offset not in moved:
                raise _damaged()
            if offset in packed:
                fields[3] &= ~_DESCRIPTOR
                fields[7:10] = packed[offset]
            fields[16] = moved[offset]
            pieces.append(_CENTRAL.pack(*fields) + data[at + _CENTRAL.size : end])
            at = end
        if data[at : at + 4] != b"PK\x05\x06":
            raise _damaged()  # such as a list for archives above 4 GB
        pieces += rows
        fields = list(_END.unpack_from(data, at))
        fields[3] += len(rows)
        fields[4] += len(rows)
        fields[5:7] = [sum(map(len, pieces)), start]
        return b"".join(pieces) + _END.pack(*fields) + data[at + _END.size :]


def _packed(piece: bytes, content: bytes) -> tuple[bytes, tuple[int, int, int]]:
    """Return a member with other content, and its checksum and sizes."""
    fields = list(_LOCAL.unpack_from(piece))
    if fields[2] & _ENCRYPTED or fields[3] not in (_STORED, _DEFLATED):
        raise _damaged()
    names = piece[_LOCAL.size : _LOCAL.size + fields[9] + fields[10]]
    if _ZIP64 in names[fields[9] :]:  # 4.5.3: may hold sizes, which are written anew below
        names, fields[10] = names[: fields[9]], 0
    body = _squeezed(content) if fields[3] == _DEFLATED else content
    sizes = (zlib.crc32(content), len(body), len(content))
    fields[2] &= ~_DESCRIPTOR
    fields[6:9] = sizes
    return _LOCAL.pack(*fields) + names + body, sizes


def _added(name: str, content: bytes, model: zipfile.ZipInfo, offset: int) -> tuple[bytes, bytes]:
    """Return a new member and its row in the list, packed and dated as another one."""
    method = _STORED if model.compress_type == _STORED else _DEFLATED
    body = _squeezed(content) if method == _DEFLATED else content
    spelled = name.encode()
    flags = 0 if name.isascii() else _UTF_8
    year, month, day, hour, minute, second = model.date_time
    time, date = hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day
    same = (
        flags,
        method,
        time,
        date,
        zlib.crc32(content),
        len(body),
        len(content),
        len(spelled),
        0,
    )
    local = _LOCAL.pack(b"PK\x03\x04", _VERSION, *same)
    system = model.create_system << 8 | _VERSION
    row = _CENTRAL.pack(
        b"PK\x01\x02", system, _VERSION, *same, 0, 0, 0, model.external_attr, offset
    )
    return local + spelled + body, row + spelled


def _squeezed(content: bytes) -> bytes:
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return squeeze.compress(content) + squeeze.flush()


def _damaged() -> FormatError:
    return FormatError(
        N_("The archive is damaged, encrypted, or packed in an unusual way. Save a workbook anew as "
           ".xlsx, and pack a ZIP archive again."),
        code="archive",
    )  # fmt: skip


def _too_large(name: str) -> FormatError:
    return FormatError(
        N_("{member} in the archive is larger than any honest one. Check where the file is from."),
        code="size", member=name,
    )  # fmt: skip
