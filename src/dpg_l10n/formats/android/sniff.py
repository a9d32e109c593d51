"""Tell string resources from the other XML files of an Android project."""

from __future__ import annotations

import re

_ROOT = re.compile(
    r"""\s*+(?:<\?(?:(?!\?>).)*+\?>\s*+|<!--(?:(?!-->).)*+-->\s*+|<!DOCTYPE[^>]*+>\s*+)*+
        <resources[\s/>]""",
    re.DOTALL | re.VERBOSE,
)
_TEXTS = re.compile(r"""<(?:string|plurals|string-array)\s""")


def sniff(path: str, head: bytes) -> bool:
    """Tell from the path and the first bytes whether this is a file of translatable strings.

    ``donottranslate*.xml`` is never one: the name is Android's own way to say so. Neither are
    resource files that hold colours, sizes or styles only.
    """
    name = path.rpartition("/")[2].lower()
    if not name.endswith(".xml") or name.startswith("donottranslate"):
        return False
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = head.decode(encoding, "replace")
    return _ROOT.match(text) is not None and _TEXTS.search(text) is not None
