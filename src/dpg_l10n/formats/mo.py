"""GNU gettext's compiled catalogues (MO).

Both directions are linear in the number of messages. No hash table is written: it is optional, and
a reader without one finds a message by halving the sorted table.
"""

from __future__ import annotations

import struct
from itertools import accumulate, chain

from dpg_l10n.domain.catalogue import CONTEXT_SEPARATOR, FUZZY, Catalogue, Entry
from dpg_l10n.domain.message import Plural, Text, texts
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _gettext
from dpg_l10n.i18n import N_

_MAGIC = 0x950412DE
_PREFIX = struct.Struct("<7I")
_LARGEST = 2**32
_UTF8 = "text/plain; charset=UTF-8"
_UNSTABLE_FIELD = "pot-creation-date"
"""Left out, as ``msgfmt`` does, so that a new template with old texts compiles to the same bytes."""

_NOT_MO = N_("This is no compiled gettext catalogue, or it is cut off. Compile it again.")


def compile_mo(catalogue: Catalogue, *, include_fuzzy: bool = False) -> bytes:
    """Return the compiled form of a gettext catalogue, in UTF-8.

    A message without a text is left out, and so is a plural whose first variant is empty; a program
    then shows the source.

    Args:
        catalogue: Its obsolete messages are left out.
        include_fuzzy: Whether fuzzy messages are compiled too.

    Raises:
        FormatError: ``format.text``: a text cannot be compiled, because it holds a NUL, which ends
            a string in this format, or half a character.
    """
    pairs = []
    header = _header(catalogue)
    try:
        if header:
            pairs.append((b"", header.encode()))
        for entry in catalogue.entries:
            if FUZZY in entry.flags and not include_fuzzy:
                continue
            text = entry.text
            if isinstance(text, Plural):
                if text.forms and text.forms[0][1]:
                    others = texts(entry.source)[1:] if entry.source is not None else ()
                    pairs.append((_joined((entry.key, *others)), _joined(texts(text))))
            elif text:
                if "\0" in text:
                    raise _unfit(entry.key)
                pairs.append((entry.key.encode(), text.encode()))
    except UnicodeEncodeError as fault:
        raise _unfit(fault.object) from fault
    pairs.sort()
    return _table([key for key, _ in pairs], [value for _, value in pairs])


def parse_mo(data: bytes) -> Catalogue:
    """Read a compiled catalogue of either byte order.

    Raises:
        FormatError: ``format.syntax``: the bytes are none; ``format.encoding``: they are no text of
            the charset that the header declares; ``format.duplicate``: a message stands in it twice.
    """
    pairs = _pairs(data)
    first = next((value for key, value in pairs if not key), b"")
    header = _gettext.read(first.decode("ascii", "replace"))
    encoding = _gettext.charset(header) or "utf-8"
    try:
        decoded = [(key.decode(encoding), value.decode(encoding)) for key, value in pairs]
    except UnicodeDecodeError as fault:
        raise FormatError(
            N_("A text of this catalogue is not valid {encoding}. Compile it again as UTF-8."),
            code="encoding", encoding=encoding,
        ) from fault  # fmt: skip
    header = _gettext.read(dict(decoded).get("", ""))
    entries = tuple(_entry(key, value) for key, value in decoded if key)
    if len({entry.key for entry in entries}) < len(entries):
        raise FormatError(
            N_("A message stands in this catalogue twice. Compile it again."), code="duplicate"
        )
    language = _gettext.field(header, "Language") or None
    return Catalogue("mo", entries, language, header, encoding=encoding)


def _header(catalogue: Catalogue) -> str:
    fields = tuple(pair for pair in catalogue.header if pair[0].lower() != _UNSTABLE_FIELD)
    if _gettext.charset(fields) not in (None, "utf-8"):
        fields = tuple(
            (name, _UTF8 if name.lower() == "content-type" else value) for name, value in fields
        )
    return _gettext.write(fields)


def _joined(strings: tuple[str, ...]) -> bytes:
    for text in strings:
        if "\0" in text:
            raise _unfit(text)
    return "\0".join(strings).encode()


def _unfit(text: str) -> FormatError:
    return FormatError(
        N_("“{text}” cannot be compiled: it holds a NUL or half a character."),
        code="text", text=text.encode("ascii", "backslashreplace").decode(),
    )  # fmt: skip


def _table(keys: list[bytes], values: list[bytes]) -> bytes:
    """Return the file of sorted keys and their values."""
    count = len(keys)
    sizes = [len(string) for string in chain(keys, values)]
    first = _PREFIX.size + 16 * count
    *places, end = accumulate((size + 1 for size in sizes), initial=first)
    if end >= _LARGEST:
        raise FormatError(N_("A compiled catalogue cannot be larger than 4 GiB."), code="text")
    numbers = chain.from_iterable(zip(sizes, places, strict=True))
    table = struct.pack(f"<{4 * count}I", *numbers)
    prefix = _PREFIX.pack(
        _MAGIC, 0, count, _PREFIX.size, _PREFIX.size + 8 * count, 0, _PREFIX.size + 16 * count
    )
    return b"".join([prefix, table, b"\0".join([*keys, *values, b""])])


def _pairs(data: bytes) -> list[tuple[bytes, bytes]]:
    """Return the strings of a compiled catalogue.

    Raises:
        FormatError: A place lies outside the data, or the data is no catalogue at all.
    """
    order = {b"\xde\x12\x04\x95": "<", b"\x95\x04\x12\xde": ">"}.get(data[:4])
    try:
        if order is None:
            raise FormatError(_NOT_MO, code="syntax")
        revision, count, keys_at, values_at = struct.unpack_from(f"{order}4I", data, 4)
        keys = struct.unpack_from(f"{order}{2 * count}I", data, keys_at)
        values = struct.unpack_from(f"{order}{2 * count}I", data, values_at)
    except (struct.error, OverflowError) as fault:
        raise FormatError(_NOT_MO, code="syntax") from fault
    if revision >> 16 > 1 or any(
        at + size >= len(data)
        for size, at in zip(keys[::2] + values[::2], keys[1::2] + values[1::2], strict=True)
    ):
        raise FormatError(_NOT_MO, code="syntax")
    return [
        (data[keys[i + 1] : keys[i] + keys[i + 1]], data[values[i + 1] : values[i] + values[i + 1]])
        for i in range(0, 2 * count, 2)
    ]


def _entry(identity: str, value: str) -> Entry:
    key, plural, other = identity.partition("\0")
    context, marked, one = key.partition(CONTEXT_SEPARATOR)
    if not marked:
        context, one = "", key
    source: Text = one
    text: Text = value
    if plural:
        source = Plural((("one", one), ("other", other)))
        text = Plural(tuple((str(i), form) for i, form in enumerate(value.split("\0"))))
    return Entry(key=key, text=text, source=source, context=context)
