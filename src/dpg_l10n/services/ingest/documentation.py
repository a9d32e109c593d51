"""Notes for translators that stand in a file of their own beside the source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.domain.message import plain
from dpg_l10n.errors import InputError
from dpg_l10n.formats.spec import FormatSpec


def documented(
    form: FormatSpec, source: Catalogue, path: str, read: Callable[[str], bytes]
) -> Catalogue:
    """Return a source whose messages have the notes that a file beside it says.

    A file that is absent or cannot be read says nothing: it is documentation, and no reason to
    refuse a push.

    Args:
        form: Format of the source.
        source: The parsed source.
        path: Its path.
        read: Returns the bytes of a path.
    """
    if form.documentation is None:
        return source
    folder, slash, _ = path.rpartition("/")
    try:
        found = form.parse(read(f"{folder}{slash}{form.documentation}"))
    except (OSError, InputError):
        return source
    notes = {entry.key: plain(entry.text) for entry in found.entries}
    entries = tuple(
        entry._replace(notes="\n".join(filter(None, (entry.notes, notes.get(entry.key, "")))))
        for entry in source.entries
    )
    return replace(source, entries=entries)
