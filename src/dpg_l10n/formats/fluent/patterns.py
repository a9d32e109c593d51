"""Patterns: what stands after the ``=`` of a message or an attribute, as text and as lines."""

from __future__ import annotations

import re
from functools import lru_cache

from dpg_l10n.errors import FormatError
from dpg_l10n.i18n import N_

_NAME = r"[a-zA-Z][a-zA-Z0-9_-]*"
_PLACEABLE = rf'\{{ *(?:\$|-)?{_NAME}(?:\.{_NAME})? *\}}|\{{ *"[^"\\\n{{}}]*" *\}}'
_INLINE = rf"(?:[^{{}}\n]++|{_PLACEABLE})++"
PLAIN = re.compile(rf" *+(?:{_INLINE})?+(?:(?:\n *+)*+\n +(?![.\[*}}\s]){_INLINE})*+[\n ]*+\Z")
"""A pattern that needs no grammar: text, and placeables that name something. By the EBNF of Fluent
1.0 nothing else can be meant by it."""

_EMPTY = re.compile(r'\{ *"" *\}')
_BLANK_START = re.compile(r'\A\{ *"( +)" *\}')
_BLANK_END = re.compile(r'\{ *"( +)" *\}\Z')
_EDGES = re.compile(r"\A +| +\Z")
_TERM_ATTRIBUTE = re.compile(rf"\{{ *-{_NAME}\.")


def is_plain(raw: str) -> bool:
    """Tell whether a pattern certainly is one; if not, the grammar has to be asked."""
    return PLAIN.match(raw) is not None and not _TERM_ATTRIBUTE.search(raw)


def text_of(raw: str) -> str:
    r"""Return what a pattern says: its source without the indentation that its lines share.

    White space at its edges, which only a literal can hold (``{" "}``), is what it means.

    Args:
        raw: From the ``=`` to the end of the pattern, with ``\n`` for line ends.
    """
    if "\n" not in raw:
        said = raw.strip(" ")
    else:
        first, *rest = raw.rstrip(" \n").split("\n")
        first = first.strip(" ")
        lines = [line for line in rest if line.strip(" ")]
        shared = min((len(line) - len(line.lstrip(" ")) for line in lines), default=0)
        said = "\n".join([first, *(line[shared:].rstrip(" ") for line in rest)]).strip("\n")
        said = said.lstrip(" ") if first else said
    if '"' in said:
        if _EMPTY.fullmatch(said):
            return ""
        said = _BLANK_START.sub(r"\1", said)
        return _BLANK_END.sub(r"\1", said)
    return said


def write(text: str, old: str | None, indent: str, key: str) -> str:
    """Return a text as a pattern.

    Args:
        text: What it says.
        old: What stands there now, None in a new entry.
        indent: White space before lines of a new pattern.
        key: For the message.

    Raises:
        FormatError: ``format.pattern``: Fluent could not read it back.
    """
    said = _EDGES.sub(lambda found: f'{{"{found[0]}"}}', text) or '{ "" }'
    lines = said.split("\n")
    below = old is not None and not old.split("\n", 1)[0].strip(" ") and "\n" in old.rstrip(" \n")
    if old is not None:
        indent = min(re.findall(r"\n( +)(?=[^ \n])", old), key=len, default=indent)
    starts_placeable = lines[0].startswith("{") and lines[-1].strip() == "}"
    inline = not below and (len(lines) == 1 or starts_placeable)
    head = " " if inline else ""
    body = [f"{indent}{line}" if line else "" for line in (lines[1:] if inline else lines)]
    raw = head + "\n".join([lines[0] if inline else "", *body])
    if not reads_as(raw, text):
        raise FormatError(
            N_("“{key}” cannot be written in Fluent: {reason}"), code="pattern", key=key,
            reason=_reason(text),
        )  # fmt: skip
    return raw


def reads_as(raw: str, text: str) -> bool:
    """Tell whether a pattern is one and says a text."""
    return text_of(raw) == text and (is_plain(raw) or is_pattern(raw))


@lru_cache(maxsize=64)
def is_pattern(raw: str) -> bool:
    """Ask Fluent's own parser whether a pattern is one."""
    from fluent.syntax import FluentParser, ast

    try:
        body = FluentParser(with_spans=False).parse(f"k ={raw}\n").body
    except RecursionError:
        return False
    if len(body) != 1 or not isinstance(body[0], ast.Message):
        return False
    return body[0].value is not None and not body[0].attributes


def _reason(text: str) -> str:
    if text.count("{") != text.count("}"):
        return N_('a brace is not closed or not opened; a brace itself is written {"{"}.')
    if text != text.strip():
        return N_('white space at the edge is lost; write it as {" "}.')
    return N_("a line begins with a sign that means something, or a placeable is wrong.")
