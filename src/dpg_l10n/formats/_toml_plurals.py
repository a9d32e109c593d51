"""Messages of go-i18n: tables whose strings are the plural forms of one text.

https://pkg.go.dev/github.com/nicksnyder/go-i18n/v2/i18n#Message
"""

from __future__ import annotations

import operator

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import CLDR_CATEGORIES, Plural, plain
from dpg_l10n.errors import FormatError
from dpg_l10n.i18n import N_

_CATEGORIES = frozenset(CLDR_CATEGORIES)
_ABOUT = frozenset({"description", "hash", "leftDelim", "rightDelim"})
"""What a message says of itself, which nobody translates."""


def gathered(flat: tuple[Entry, ...], source: Catalogue | None) -> tuple[Entry, ...]:
    """Return the entries of a file with the forms of a message as one, and its description as note.

    A message is a table with ``other`` whose strings are forms and what it says of itself, or one
    that the source has as a plural. One form alone is a plural only where the source has one, and
    what are texts of their own in the source are texts of their own.

    Args:
        flat: Every string of the file.
        source: Parsed source file, None in the source itself.
    """
    known = source.entries if source else ()
    expected = {entry.key for entry in known if isinstance(entry.text, Plural)}
    single = {entry.key for entry in known if isinstance(entry.text, str)}
    tables = _tables(flat, expected)
    found: list[Entry] = []
    for entry in flat:
        table, part = _parted(entry.key)
        forms = tables.get(table)
        if forms is None:
            found.append(entry)
            continue
        notes = plain(forms["description"].text) if "description" in forms else entry.notes
        labels = [label for label in forms if label in _CATEGORIES]
        lone = len(labels) == 1 or any(f"{table}.{label}" in single for label in labels)
        if part in _ABOUT:
            continue
        if lone and table not in expected:
            found.append(entry._replace(notes=notes))
        elif part == labels[0]:
            text = Plural(tuple((label, plain(forms[label].text)) for label in labels))
            found.append(entry._replace(key=table, text=text, notes=notes))
    return tuple(found) if tables else flat


def divided(entries: tuple[Entry, ...], flat: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the strings of a file that holds these entries: one for each plural form.

    Args:
        entries: What the file shall hold.
        flat: Every string that it has, of which what messages say of themselves stays with them.

    Raises:
        FormatError: ``format.plural``: a plural has variants by number.
    """
    own = {entry.key: entry for entry in flat}
    tables = _tables(flat, {entry.key for entry in entries if isinstance(entry.text, Plural)})
    found: list[Entry] = []
    for entry in entries:
        table = entry.key if isinstance(entry.text, Plural) else _parted(entry.key)[0]
        about = tables.pop(table, {})
        found += [each for part, each in about.items() if part in _ABOUT]
        if not isinstance(entry.text, Plural):
            found.append(_kept(own, entry))
            continue
        for label, form in entry.text.forms:
            if label not in _CATEGORIES:
                raise FormatError(
                    N_("“{key}” has plural variants by number, which TOML cannot hold. Use "
                       "categories."),
                    code="plural", key=entry.key,
                )  # fmt: skip
            notes = "" if found and _parted(found[-1].key)[0] == entry.key else entry.notes
            found.append(
                _kept(own, entry._replace(key=f"{entry.key}.{label}", text=form, notes=notes))
            )
    return flat if len(found) == len(flat) and all(map(operator.is_, found, flat)) else tuple(found)


def _kept(own: dict[str, Entry], entry: Entry) -> Entry:
    """Return the entry of the file where it says the same."""
    old = own.get(entry.key)
    return old if old is not None and old.text == entry.text else entry


def _parted(key: str) -> tuple[str, str]:
    """Return table and last part of a key."""
    table, _, part = key.rpartition(".")
    return table, part


def _tables(flat: tuple[Entry, ...], expected: set[str]) -> dict[str, dict[str, Entry]]:
    """Return the strings of each message by their part, by its table."""
    tables: dict[str, dict[str, Entry]] = {}
    for entry in flat:
        table, part = _parted(entry.key)
        if table:
            tables.setdefault(table, {})[part] = entry
    own = {entry.key for entry in flat}
    return {
        table: parts
        for table, parts in tables.items()
        if parts.keys() <= _CATEGORIES | _ABOUT
        and not parts.keys() <= _ABOUT
        and ("other" in parts or table in expected)
        and table not in own
    }
