"""A JSON file in which a few texts change, and nothing else."""

from __future__ import annotations

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.formats._json.document import Layout
from dpg_l10n.formats._json.write import apply
from dpg_l10n.formats._tree import Edit


def retouched(catalogue: Catalogue, template: bytes | None) -> bytes | None:
    """Return the bytes a catalogue was read from with its changed texts; None if more has changed.

    For formats in which every text of the file is an entry, in the same order: what did not change
    is not looked at again.

    Raises:
        FormatError: ``encoding``, as :func:`~dpg_l10n.formats._json.write.write` raises it.
    """
    layout = catalogue.layout
    if not isinstance(layout, Layout) or template not in (None, layout.document.data):
        return None
    old, new = layout.entries, catalogue.entries
    if len(old) != len(new):
        return None
    document, root = layout.document, Edit()
    if old is not new:
        if len(document.places) != len(old):
            return None  # several of its texts are the forms of one entry
        for (_, path, _), before, after in zip(document.places, old, new, strict=True):
            if before is after:
                continue
            if before.key != after.key or not (
                isinstance(before.text, str) and isinstance(after.text, str)
            ):
                return None
            if before.text != after.text:
                edit = root
                for part in path[:-1]:
                    edit = edit.inner.setdefault(part, Edit())
                edit.texts[path[-1]] = after.text
    return apply(document, root)
