"""Lists of records with code, message, module, locale (``docs/formats/json-records.md``).

The localisation service of DIGIT takes and gives them: https://core.digit.org/platform/core-services/localization
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._json import (
    Dialect,
    Document,
    View,
    hidden,
    named,
    once,
    parse_records,
    record_like,
    said,
    serialize_records,
    shape,
    top,
)
from dpg_l10n.formats._text import place
from dpg_l10n.formats._tree import Added, Branch, Leaf
from dpg_l10n.formats.spec import FormatSpec, PluralKind
from dpg_l10n.i18n import N_


def look(text: str, root: Branch) -> View:
    """Return the messages of a list of records: the file itself, or its member ``messages``.

    Raises:
        FormatError: ``root``: the file is no such list; ``duplicate``: two records of a module
            have one code.
    """
    records = root if root.is_list else root.members.get("messages")
    if not isinstance(records, Branch) or not records.is_list:
        line, column = place(text, root.start)
        raise FormatError(
            N_("A list of records ({record}) is needed at the top level, or under “messages”."),
            code="root", line=line, column=column, record='{"code": …, "message": …}',
        )  # fmt: skip
    view = View(top(records))
    languages = set()
    for part, node in records.members.items():
        leaf = named(node, "message")
        if leaf is None or not said(node, "code"):
            view.root.members[f"\0{part}"] = hidden(node)
            continue
        key = _key(node)
        once(text, view.root, key, node)
        view.add(key, node, leaf)
        mark = named(node, "locale")
        if mark:
            view.marks.append(mark)
            languages.add(mark.text)
    if len(languages) == 1:
        view.language = languages.pop()
    else:
        view.marks = []
    return view


def _key(record: Leaf | Branch) -> str:
    module, code = said(record, "module"), said(record, "code")
    return f"{module}|{code}" if module else code


def _record(entry: Entry, text: str, document: Document, *, language: str | None) -> Added:
    module, bar, code = entry.key.partition("|")
    if not bar:
        module, code = "", module
    if not code:
        raise FormatError(N_("A record needs a code; “{key}” has none."), code="key", key=entry.key)
    locale = language or (document.view.language if document.view else None) or ""
    values = {"code": code, "message": text, "module": module, "locale": locale}
    return record_like(
        document, {n: value for n, value in values.items() if value or n == "message"}
    )


_DIALECT = Dialect("json-records", look, copies=False, empty=b"[]\n")


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return every message of a list of records.

    Raises:
        FormatError: The bytes are no such list; the code says why.
    """
    return parse_records(_DIALECT, data, source)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a list of records with the texts of a catalogue.

    Raises:
        FormatError: The template is no list of records; a text has plural variants; a key has no
            code.
    """
    record = partial(_record, language=catalogue.language)
    return serialize_records(replace(_DIALECT, record=record), catalogue, template)


def sniff(path: str, head: bytes) -> bool:
    """Tell whether a JSON file holds records with a code and a message."""
    if not path.lower().endswith(".json") or b'"message"' not in head or b'"code"' not in head:
        return False
    found = shape(head)
    is_list = found.root == "[" or "messages" in found.keys
    known = all(found.mostly(found.leaves, key) for key in ("code", "message"))
    beside = any(found.mostly(found.leaves, key) for key in ("module", "locale"))
    return is_list and known and beside


FORMAT = FormatSpec(
    name="json-records",
    title="JSON records (code, message, module, locale)",
    suffixes=(".json",),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    placeholders=("brace", "mustache"),
)
"""The format, as detection and the services know it."""
