"""Tell string resources from the other XML files of an Android project."""

from __future__ import annotations

import re

_ROOT = re.compile(
    r"""\s*+(?:<\?(?:(?!\?>).)*+\?>\s*+|<!--(?:(?!-->).)*+-->\s*+|<!DOCTYPE[^>]*+>\s*+)*+
        <resources[\s/>]""",
    re.DOTALL | re.VERBOSE,
)
_TEXTS = re.compile(r"""<(?:string|plurals|string-array)\s""")
_EMPTY = re.compile(
    r"""[^>]*+ (?: (?<=/)> | > (?: \s++ | <!--(?:(?!-->).)*+--> )*+ </resources\s*+> )""",
    re.DOTALL | re.VERBOSE,
)
_BEGUN = re.compile(r"(?:^|/)values-[^/]+/strings[^/]*\.xml\Z")
"""A translation that nobody has written anything into yet."""


def sniff(path: str, head: bytes) -> bool:
    """Tell from the path and the first bytes whether this is a file of translatable strings.

    ``donottranslate*.xml`` is never one: the name is Android's own way to say so. Neither are
    resource files that hold colours, sizes or styles only. One without anything is, where it is
    called as a translation: somebody has begun a language.
    """
    name = path.rpartition("/")[2].lower()
    if not name.endswith(".xml") or name.startswith("donottranslate"):
        return False
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = head.decode(encoding, "replace")
    root = _ROOT.match(text)
    if root is None:
        return False
    if _TEXTS.search(text) is not None:
        return True
    return _BEGUN.search(path) is not None and _EMPTY.match(text, root.end() - 1) is not None
