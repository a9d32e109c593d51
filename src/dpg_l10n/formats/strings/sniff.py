"""Tell files of strings from others of the same ending."""

from __future__ import annotations

from dpg_l10n.formats.strings import grammar
from dpg_l10n.formats.strings.parse import BINARY, XML


def sniff(path: str, head: bytes) -> bool:
    """Tell from the path and the first bytes whether this is a file of strings.

    Compiled ones are, so that reading them says what to do instead.
    """
    if not path.lower().endswith(".strings"):
        return False
    if head.startswith(BINARY):
        return True
    is_wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = head.decode("utf-16" if is_wide else "utf-8-sig", "replace")
    if XML.match(text) or grammar.END.match(text):
        return True
    return grammar.TOKEN.match(text) is not None or grammar.PAIR.match(text) is not None
