"""Front matter: the block of YAML before a page, of which a few fields are for readers.

Only values on one line are taken; everything else of it is left alone, as is TOML between ``+++``.
"""

from __future__ import annotations

import re

from dpg_l10n.formats._document.blocks import MARKER, Block

_OPEN = re.compile(r"(---|\+\+\+)[ \t]*(?:\r\n|\r|\n)")
FIELDS = frozenset({
    "title", "description", "summary", "subtitle", "linktitle", "excerpt", "sidebar_label",
    "tagline", "caption", "abstract", "herotext", "actiontext", "details",
})  # fmt: skip
"""Names of fields, in lower case, whose values are read by people."""
_FIELD = re.compile(
    r"""^[ ]*(?:-[ ]+)?(?P<name>[A-Za-z_][\w-]*)[ ]*:[ \t]+
    (?: "(?P<double>(?:[^"\\\r\n]|\\[^\r\n])*+)" | '(?P<single>(?:[^'\r\n]|'')*+)'
      | (?P<plain>[^\s"'|>&*!%@`\[{\#,?:-][^\r\n]*?) )
    [ \t]*(?:[ \t]\#[ \t]*(?P<comment>[^\r\n]*+))?$""",
    re.VERBOSE | re.MULTILINE,
)
_ESCAPE = re.compile(r'\\(["\\/nt])')
_LETTERS = {"n": "\n", "t": "\t"}
_UNSAFE = re.compile(r"[\s\"'|>&*!%@`\[\]{}#,?:~-]|.*(?::\s|\s#|:$)|.*\s$", re.DOTALL)
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null"})


def end_of(text: str) -> int:
    """Return where the page begins behind its front matter, 0 without one."""
    opened = _OPEN.match(text)
    if opened is None:
        return 0
    fence = re.escape(opened[1])
    closed = re.compile(rf"^{fence}[ \t]*(?:\r\n|\r|\n|\Z)", re.MULTILINE).search(
        text.replace("\r\n", "\n\n").replace("\r", "\n") if "\r" in text else text, opened.end()
    )
    if closed is None:
        return 0
    after = text.find("\n", closed.start())
    return len(text) if after < 0 else after + 1


def fields(text: str, end: int) -> list[Block]:
    """Return the fields of front matter that people read."""
    if text[:3] != "---":
        return []
    found = []
    for match in _FIELD.finditer(text, 0, end):
        name = match["name"].lower()
        if name not in FIELDS:
            continue
        said, quote = _value(match)
        place = match.span(quote)
        around = 0 if quote == "plain" else 1
        start, stop = place[0] - around, place[1] + around
        mark = MARKER.search(match["comment"] or "")
        if mark is not None and not said:
            stop = match.end()
        found.append(
            Block(
                f"meta.{name}", 0, start, stop, stop, said, text.count("\n", 0, start) + 1,
                spelling=quote, is_text=any(map(str.isalpha, said)),
                key=mark[1] if mark is not None and not said else "",
            )
        )  # fmt: skip
    return found


def written(text: str, spelling: str) -> str:
    """Return a value as front matter holds it: bare where that is safe, else in quotes."""
    if spelling == "single" and "\n" not in text and "\t" not in text:
        return "'" + text.replace("'", "''") + "'"
    if spelling != "double" and not _UNSAFE.match(text) and text.lower() not in _WORDS:
        return text
    raw = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{raw}"'


def _value(match: re.Match[str]) -> tuple[str, str]:
    if match["double"] is not None:
        raw = match["double"]
        return _ESCAPE.sub(lambda found: _LETTERS.get(found[1], found[1]), raw), "double"
    if match["single"] is not None:
        return match["single"].replace("''", "'"), "single"
    return match["plain"].rstrip(), "plain"
