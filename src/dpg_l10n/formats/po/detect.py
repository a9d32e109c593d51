"""Whether a file is a PO file."""

from __future__ import annotations

import re

_MESSAGE = re.compile(rb'(?:\A(?:\xef\xbb\xbf)?|[\n\r])[ \t]*(?:#~[ \t]*)?msg(?:id|ctxt)[ \t]*"')


def sniff(path: str, head: bytes) -> bool:
    """Tell from the POSIX path and the first 64 KiB whether a file is a PO or POT file.

    The name alone does not: ``.pot`` is also a presentation template.
    """
    if not path.lower().endswith((".po", ".pot")):
        return False
    # UTF-16 puts a zero beside each ASCII character.
    return _MESSAGE.search(head.replace(b"\0", b"")) is not None or not head.strip()
