"""PO files whose msgids are names of messages and whose texts are all msgstrs.

The source text of a message is what the file of the source language says under its name
(``docs/formats/po-keys.md``).
"""

from __future__ import annotations

from collections.abc import Mapping

from dpg_l10n.domain.catalogue import CONTEXT_SEPARATOR, Catalogue, Entry, bilingual_key
from dpg_l10n.domain.locales import canonical, is_language
from dpg_l10n.domain.message import Plural, plain
from dpg_l10n.domain.plural_meaning import Rule, by_category
from dpg_l10n.domain.project import DEFAULT_SOURCE_LANGUAGE
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.po.layout import Layout
from dpg_l10n.formats.po.parse import NAME as PO
from dpg_l10n.formats.po.parse import parse as read
from dpg_l10n.formats.po.serialize import serialize as write
from dpg_l10n.i18n import N_

NAME = "po-keys"
_PLURAL = "plural:"
"""Begins the flag that remembers a ``msgid_plural`` that is another name than its ``msgid``."""


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the messages of one file by their names.

    Args:
        data: The whole file.
        source: The parsed file of the source language, None for that file itself: the variants of
            its plurals are also said by CLDR's categories, in ``source``, because every other file
            numbers its own.

    Raises:
        FormatError: As :func:`dpg_l10n.formats.po.parse.parse`.
    """
    found = read(data)
    language = found.language if found.language and is_language(found.language) else None
    tag = canonical(language) if language else DEFAULT_SOURCE_LANGUAGE
    rule = Rule(tag, found.header_field("Plural-Forms")) if source is None else None
    return Catalogue(
        NAME, tuple(_named(entry, rule) for entry in found.entries), found.language, found.header,
        tuple(_named(entry, None) for entry in found.obsolete), found.encoding, found.layout,
    )  # fmt: skip


def _named(entry: Entry, rule: Rule | None) -> Entry:
    """Return a message without its names for what is none, and with its source where it is one."""
    other, flags, source = entry.source, entry.flags, None
    if isinstance(other, Plural) and other.forms[0][1] != plain(other):
        flags |= {f"{_PLURAL}{plain(other)}"}
    if isinstance(entry.text, Plural) and rule is not None:
        source = by_category(entry.text, rule)
    return entry._replace(source=source, flags=flags, previous=None)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Write a catalogue as the template is laid out.

    Raises:
        FormatError: As :func:`dpg_l10n.formats.po.serialize.serialize`; ``format.key``: a message
            without a name, which would be the file's header.
    """
    own = catalogue.layout
    layout = read(template).layout if template is not None else own
    standing: dict[str, Entry] = {}
    if isinstance(layout, Layout):
        standing = {entry.key: entry for entry in (*layout.obsolete, *layout.entries)}
    made = Catalogue(
        PO, tuple(_message(entry, standing) for entry in catalogue.entries),
        catalogue.language, catalogue.header,
        tuple(_message(entry, standing) for entry in catalogue.obsolete), catalogue.encoding,
        own if own is not None else layout,
    )  # fmt: skip
    return write(made, template)


def _message(entry: Entry, standing: Mapping[str, Entry]) -> Entry:
    """Return a message as PO has it, with the names that it has in the file."""
    flags = frozenset(flag for flag in entry.flags if not flag.startswith(_PLURAL))
    before = f"{entry.context}|"
    if entry.context and entry.key.startswith(before):  # as formats without contexts have it
        name = entry.key.removeprefix(before)
        entry = entry._replace(key=bilingual_key(name, entry.context))
    known = standing.get(entry.key)
    if known is not None:
        return entry._replace(source=known.source, flags=flags, previous=known.previous)
    name = entry.key.rpartition(CONTEXT_SEPARATOR)[2]
    if not entry.key:
        raise FormatError(N_("A message of a PO file needs a name."), code="key")
    if isinstance(entry.text, str):
        return entry._replace(source=name, flags=flags, previous=None)
    other = [flag.removeprefix(_PLURAL) for flag in entry.flags - flags]
    source = Plural.of(one=name, other=other[0] if other else name)
    return entry._replace(source=source, flags=flags, previous=None)
