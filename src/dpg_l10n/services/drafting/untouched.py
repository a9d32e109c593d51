"""What HTML says is not to be translated: ``translate="no"``, and code."""

from __future__ import annotations

import re

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w:-]*)(?P<rest>[^<>]*)>|&#?\w+;")
_NO = re.compile(
    r"""\btranslate\s*=\s*(["']?)no\1(?=[\s/]|$)|\bclass\s*=\s*["'][^"']*\bnotranslate\b""",
    re.IGNORECASE,
)
_CODE = frozenset({"code", "kbd", "pre", "samp", "script", "style", "var"})
_VOID = frozenset(
    {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


def untouched(html: str) -> list[tuple[int, int]]:
    """Return start and end of the texts between tags that stay as they are.

    The tags and entities themselves are none of them: those are carried over anyhow.
    """
    found: list[tuple[int, int]] = []
    inside: list[str] = []
    position = 0
    for tag in _TAG.finditer(html):
        if inside and tag.start() > position:
            found.append((position, tag.start()))
        position = tag.end()
        name = (tag["name"] or "").lower()
        if not name or name in _VOID or tag["rest"].endswith("/"):
            continue
        if tag["end"]:
            if name in inside:
                while inside.pop() != name:
                    pass
        elif inside or name in _CODE or _NO.search(tag["rest"]):
            inside.append(name)
    if inside and position < len(html):
        found.append((position, len(html)))
    return found
