"""Files that are there already where an export begins a new one."""

from __future__ import annotations

from dpg_l10n.domain.message import is_blank
from dpg_l10n.domain.paths import unpacked_path
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import FORMATS


def says_more(path: str, there: bytes, new: bytes) -> bool:
    """Tell whether a file that no push took in has more texts than the one in its place would keep.

    So has one that cannot be read: it was refused, and what it says is in no store. A file that an
    earlier export began has not.

    Args:
        path: POSIX path of both.
        there: The bytes that are there.
        new: The bytes that would take their place.
    """
    if there == new or not there.strip():
        return False
    name = unpacked_path(path).lower()
    form = next(
        (form for form in FORMATS if name.endswith(form.suffixes) and form.sniff(path, new)), None
    )
    if form is None:
        return False
    try:
        texts = {e.key for e in form.parse(there).entries if not is_blank(e.text)}
    except FormatError:
        return True
    own = {e.key for e in form.parse(new).entries if not is_blank(e.text)}
    return len(texts - own) > len(texts & own)
