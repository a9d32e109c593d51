"""Cut HTML into tags, comments and text, as browsers do and in one pass.

Follows the [tokenization of the HTML standard](https://html.spec.whatwg.org/multipage/parsing.html#tokenization)
as far as places in the text depend on it: anything is HTML, nothing is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TAG = re.compile(
    r"<(?P<slash>/?)(?P<name>[A-Za-z][^\s/>]*+)"
    r"(?P<rest>(?:[^>\"'=]++|=\s*+(?:\"[^\"]*\"|'[^']*'|)|[\"'])*+)>"
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s/=>\"'][^\s/=>]*)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'"
    r"|(?P<bare>[^\s\"'>][^\s>]*)))?"
)
STATEMENT = r"\{%(?:[^%{]|%(?!\})|\{(?!%))*+%\}|\{#(?:[^#{]|#(?!\})|\{(?!#))*+#\}|<%(?:[^%<]|%(?!>)|<(?!%))*+%>"
"""Statements of templates: Django's, Jinja's and Twig's, Ruby's."""
_STATEMENT = re.compile(STATEMENT + r"|<\?(?:php|=)(?:[^?]|\?(?!>))*+(?:\?>|\Z)")
_START = re.compile(r"<|\{[%#]")
_OPAQUE = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "xmp", "iframe", "noembed", "noframes", "title")
}
"""Elements in which nothing is a tag but their own end."""


class Token(NamedTuple):
    """One piece of a file."""

    kind: str
    """``open``, ``close``, ``comment`` (comments, declarations, statements of templates, and what no
    tag can be in), ``text``."""
    name: str
    """Of a tag, in lower case."""
    start: int
    end: int
    inner: int = 0
    """Where the attributes of an opening tag begin."""


class Attribute(NamedTuple):
    """One attribute with a value."""

    name: str
    value: str
    start: int
    end: int
    quote: str
    """``"``, ``'`` or empty."""


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a file; together they are the whole text."""
    position = scanned = 0
    size = len(text)
    while position < size:
        begun = _START.search(text, scanned)
        if begun is None:
            break
        start = begun.start()
        statement = _STATEMENT.match(text, start)
        found = Token("comment", "", start, statement.end()) if statement else _markup(text, start)
        if found is None:
            scanned = start + 1
            continue
        if start > position:
            yield Token("text", "", position, start)
        yield found
        position = scanned = found.end
        opaque = _OPAQUE.get(found.name) if found.kind == "open" else None
        if opaque is not None:
            end = opaque.search(text, position)
            inside = end.start() if end else size
            if inside > position:
                yield Token("text" if found.name == "title" else "comment", "", position, inside)
            position = scanned = inside
    if position < size:
        yield Token("text", "", position, size)


def _markup(text: str, start: int) -> Token | None:
    """Return the tag or comment that begins at an offset, None where it is only a sign."""
    after = text[start + 1 : start + 2]
    if text[start] != "<":
        return None
    if after in ("!", "?") and after:
        if text.startswith("<!--", start):
            end = start + 4 if text.startswith((">", "->"), start + 4) else start + 2
            end = text.find(">", end) if end == start + 4 else text.find("-->", start + 4) + 2
            closed = end >= start + 4
        else:
            end = text.find(">", start)
            closed = end >= 0
        return Token("comment", "", start, end + 1 if closed else len(text))
    if not (after.isascii() and after.isalpha()) and after != "/":
        return None
    match = _TAG.match(text, start)
    if match is not None:
        kind = "close" if match["slash"] else "open"
        return Token(kind, match["name"].lower(), start, match.end(), match.start("rest"))
    if after == "/" and not text[start + 2 : start + 3].isalpha():
        end = text.find(">", start)
        return Token("comment", "", start, end + 1) if end >= 0 else None
    return Token("comment", "", start, len(text))  # a tag that the end of the file cuts off


def attributes(text: str, token: Token) -> list[Attribute]:
    """Return the attributes of an opening tag that have a value, the first of each name."""
    found: dict[str, Attribute] = {}
    for match in _ATTRIBUTE.finditer(text, token.inner, token.end - 1):
        for group, quote in (("double", '"'), ("single", "'"), ("bare", "")):
            value = match[group]
            if value is not None:
                name = match["name"].lower()
                found.setdefault(name, Attribute(name, value, *match.span(group), quote))
    return list(found.values())
