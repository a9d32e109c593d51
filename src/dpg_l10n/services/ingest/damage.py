"""Damage is stopped at the door: broken encodings and mass loss of translations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.domain.message import is_blank, texts
from dpg_l10n.errors import DamagedInputError
from dpg_l10n.i18n import N_

MOST_LOST = 0.05
"""Share of a file's translations that a push may drop without being asked about."""
_FEW = 10
"""Losses up to this many are never mass loss, however small the file."""

_SUSPECT = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6-\u2122]")
_LATIN = re.compile("[A-Za-z]")
_REPLACED = "\ufffd"


def is_double_encoded(text: str) -> bool:
    """Tell whether a text is UTF-8 that was read as a Western encoding and encoded again.

    ``â€™`` and ``à¤¹à¤¿`` are; a text with a lone ``Ã`` is not. A text counts when reading it back
    gives valid UTF-8 that is shorter and has letters beyond ASCII.
    """
    if not _SUSPECT.search(text):
        return False
    for codec in ("cp1252", "latin-1"):
        try:
            healed = text.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
        return len(healed) < len(text) and not _is_mixed(healed)
    # bytes without a cp1252 character pass through as control characters: mixed, so byte by byte
    raw = bytearray()
    for character in text:
        try:
            raw += character.encode("cp1252")
        except UnicodeEncodeError:
            if ord(character) > 0xFF:
                return False
            raw.append(ord(character))
    try:
        return len(raw.decode("utf-8")) < len(text)
    except UnicodeDecodeError:
        return False


def _is_mixed(healed: str) -> bool:
    """Tell whether letters of another script would stand inside Latin words only.

    ``Úžina`` is a Czech word, and no ``ina`` behind an Arabic letter.
    """
    beyond = [at for at, letter in enumerate(healed) if not letter.isascii() and letter.isalpha()]
    return bool(beyond) and all(
        not unicodedata.name(healed[at], "").startswith("LATIN")
        and _LATIN.search(healed[max(at - 1, 0) : at + 2])
        for at in beyond
    )


def refuse_damage(
    path: str,
    catalogue: Catalogue,
    before: Callable[[], Catalogue | None],
    source: Catalogue | None = None,
) -> None:
    """Stop a file whose texts are damaged or that lost many of its translations.

    Args:
        path: For the message.
        catalogue: What the file says now.
        before: Reads what it said when it was pushed last.
        source: The pushed source: what it no longer asks for is not lost. None counts all.

    Raises:
        DamagedInputError: ``input.encoding``: texts are double-encoded or hold U+FFFD;
            ``input.lost``: more than 5% of the translations are gone.
    """
    broken = [
        (entry.key, text)
        for entry in catalogue.entries
        for text in texts(entry.text)
        if not text.isascii() and (_REPLACED in text or is_double_encoded(text))
    ]
    if broken:
        old = before()
        known = {entry.key: texts(entry.text) for entry in old.entries} if old else {}
        broken = [(key, text) for key, text in broken if text not in known.get(key, ())]
    if broken:
        raise DamagedInputError(
            N_(
                "{path}: {count} of {total} texts are damaged (UTF-8 encoded twice, or characters "
                "lost), for example {key}: “{text}”."
            ),
            code="input.encoding", path=path, count=len(dict(broken)), total=len(catalogue.entries),
            key=broken[0][0], text=broken[0][1][:40],
        )  # fmt: skip
    old = before()
    if old is not None:
        _refuse_loss(path, catalogue, old, source)


def _refuse_loss(path: str, catalogue: Catalogue, old: Catalogue, source: Catalogue | None) -> None:
    said = {entry.key for entry in catalogue.entries if not is_blank(entry.text)}
    had = [entry.key for entry in old.entries if not is_blank(entry.text)]
    kept = said | {entry.key for entry in catalogue.obsolete}
    asked = {entry.key for entry in source.entries} if source is not None else set(had)
    lost = [key for key in had if key in asked and key not in kept]
    if len(lost) > _FEW and len(lost) > MOST_LOST * len(had):
        raise DamagedInputError(
            N_(
                "{path}: {count} of the {total} translations that the file had are gone from it, for "
                "example that of “{key}”."
            ),
            code="input.lost", path=path, count=len(lost), total=len(had), key=lost[0],
        )  # fmt: skip
