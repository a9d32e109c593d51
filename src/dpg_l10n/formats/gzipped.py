"""Gzip around any format: unpacked before it is read, packed again after it is written.

A format knows nothing of it. Bytes tell whether a file is packed, so that a plain file with the
wrong name is still read; a file that did not change keeps its bytes, whoever packed it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import replace

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.domain.paths import GZIP, unpacked_path
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._limits import most_unpacked
from dpg_l10n.formats.spec import FormatSpec, Multilingual
from dpg_l10n.i18n import N_

_MAGIC = b"\x1f\x8b"
_HEADER = _MAGIC + b"\x08\x00\x00\x00\x00\x00\x02\xff"
"""RFC 1952, 2.3: deflate, no name, no time, packed as small as can be, on an unknown system."""
_WITH_HEADER = zlib.MAX_WBITS + 16
_MOST_SNIFFED = 64 * 1024
_WHOLE_HEADS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin: a look at the first bytes does not tell what they hold."""


def is_packed(data: bytes) -> bool:
    """Tell from its first bytes whether a file is packed."""
    return data.startswith(_MAGIC)


def unpacked(data: bytes) -> bytes:
    """Return what a file holds; one that is not packed as it is.

    Raises:
        FormatError: ``format.gzip``: damaged or cut off; ``format.size``: it is larger unpacked than
            any honest file.
    """
    if not is_packed(data):
        return data
    most = most_unpacked(len(data))
    parts, size, rest = [], 0, data
    while rest:  # RFC 1952, 2.2: a file is one member or several, one after the other
        opened = zlib.decompressobj(_WITH_HEADER)
        try:
            part = opened.decompress(rest, most - size + 1)
        except zlib.error as error:
            raise _damaged() from error
        size += len(part)
        if size > most:
            raise _too_large(most)
        if not opened.eof:
            raise _damaged()
        parts.append(part)
        rest = opened.unused_data.lstrip(b"\0")  # tapes and disks fill up their last block
    return b"".join(parts)


def beginning(head: bytes, most: int) -> bytes:
    """Return the first bytes of what a file holds, as far as its own first bytes give them.

    Args:
        head: How the file begins.
        most: Number of bytes that are wanted.
    """
    if not is_packed(head):
        return head
    try:
        return zlib.decompressobj(_WITH_HEADER).decompress(head, most)
    except zlib.error:
        return b""


def packed(data: bytes) -> bytes:
    """Return a packed file, the same for the same content at any time."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    ends = struct.pack("<2L", zlib.crc32(data), len(data))
    return _HEADER + squeeze.compress(data) + squeeze.flush() + ends


def named(path: str, data: bytes) -> bytes:
    """Return the bytes of a new file as its name wants them: packed where it ends in ``.gz``."""
    if path.lower().endswith(GZIP):
        return data if is_packed(data) else packed(data)
    return unpacked(data)


def readable(spec: FormatSpec) -> FormatSpec:
    """Return a format that reads and writes packed files too."""

    def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
        return spec.parse(unpacked(data), source=source)

    def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
        if template is None or not is_packed(template):
            return spec.serialize(catalogue, template)
        inside = unpacked(template)
        data = spec.serialize(catalogue, inside)
        return template if data == inside else packed(data)

    def sniff(path: str, head: bytes) -> bool:
        inside = beginning(head, _MOST_SNIFFED)
        if is_packed(head) and inside.startswith(_WHOLE_HEADS):
            try:
                inside = unpacked(head)
            except FormatError:
                return False
        return spec.sniff(unpacked_path(path), inside)

    return replace(
        spec, parse=parse, serialize=serialize, sniff=sniff, path=_path(spec.path),
        multilingual=_multilingual(spec.multilingual),
    )  # fmt: skip


def _multilingual(inside: Multilingual | None) -> Multilingual | None:
    if inside is None:
        return None

    def languages(data: bytes) -> tuple[str, ...]:
        return inside.languages(unpacked(data))

    def parse(data: bytes, name: str) -> Catalogue:
        return inside.parse(unpacked(data), name)

    return Multilingual(languages, parse)


def _path(rename: Callable[[str, bytes], str] | None) -> Callable[[str, bytes], str] | None:
    if rename is None:
        return None

    def path(template: str, data: bytes) -> str:
        inner = unpacked_path(template)
        return rename(inner, unpacked(data)) + template[len(inner) :]

    return path


def _damaged() -> FormatError:
    return FormatError(
        N_("The gzip file is damaged or cut off. Fetch it again, or pack it again from the plain "
           "file."),
        code="gzip",
    )  # fmt: skip


def _too_large(most: int) -> FormatError:
    return FormatError(
        N_("The gzip file holds more than {most} MB, which is larger than any honest one of its "
           "size. Check where the file is from."),
        code="size", most=most // 1_048_576,
    )  # fmt: skip
