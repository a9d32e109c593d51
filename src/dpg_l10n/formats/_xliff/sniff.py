"""Tell the generations of XLIFF from one another and from other XML."""

from __future__ import annotations

import re
from collections.abc import Callable

_ROOT = re.compile(
    r"""\s*+(?:<\?(?:(?!\?>).)*+\?>\s*+|<!--(?:(?!-->).)*+-->\s*+|<!DOCTYPE[^>]*+>\s*+)*+
        <xliff(?=\s)((?:[^"'>]++|"[^"]*+"|'[^']*+')*+)>""",
    re.DOTALL | re.VERBOSE,
)
_VERSION = re.compile(r"""\sversion\s*=\s*["']([^"']*)["']""")


def sniffer(version: re.Pattern[str], suffixes: tuple[str, ...]) -> Callable[[str, bytes], bool]:
    """Return a function that tells whether a file is a document of some versions.

    Args:
        version: Of the root's ``version`` attribute.
        suffixes: Endings of the file's name, lower case.
    """

    def sniff(path: str, head: bytes) -> bool:
        if not path.lower().endswith(suffixes):
            return False
        encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        root = _ROOT.match(head.decode(encoding, "replace"))
        found = _VERSION.search(root[1]) if root else None
        return found is not None and version.fullmatch(found[1]) is not None

    return sniff
