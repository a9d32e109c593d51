"""YAML scalars: which ones are texts, and how a text is written in each style."""

from __future__ import annotations

import re

import yaml

_RESOLVERS = yaml.resolver.Resolver.yaml_implicit_resolvers
_SYMBOL = re.compile(r":[A-Za-z_]\w*[?!=]?|:\".*\"", re.DOTALL)
_NUMBER = re.compile(r"[-+.0-9][-+.,:_0-9eExXoOa-fA-F ]*|[-+]?\.(?:inf|nan)", re.IGNORECASE)
_WORD = re.compile(r"y|n|yes|no|on|off|true|false|null|nil|~|=|<<", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt ].*)?")
_START = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`\s=~]")
_INSIDE = re.compile(r":(?:\s|$)|\s#|\s$|---|\.\.\.")
_FLOW = re.compile(r"[,\[\]{}?]|:\S")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\", "\0": "\\0"}


def is_text(plain: str) -> bool:
    """Tell whether a plain scalar is a string, and not a number, boolean, null, date or symbol."""
    if not plain:
        return False
    for _, pattern in _RESOLVERS.get(plain[0], ()):
        if pattern.match(plain):
            return False
    return not (plain[0] == ":" and _SYMBOL.fullmatch(plain))


def can_be_plain(text: str, *, flow: bool) -> bool:
    """Tell whether every YAML reader, Ruby's included, takes the unquoted text as this string."""
    return not (
        not text
        or _START.match(text)
        or _INSIDE.search(text)
        or _UNPRINTABLE.search(text)
        or _NUMBER.fullmatch(text)
        or _WORD.fullmatch(text)
        or _DATE.fullmatch(text)
        or (flow and _FLOW.search(text))
        or not is_text(text)
    )


def single_quoted(text: str) -> str | None:
    """Return a text between single quotation marks, None when it needs escapes."""
    return None if _UNPRINTABLE.search(text) else "'" + text.replace("'", "''") + "'"


def double_quoted(text: str) -> str:
    """Return a text between double quotation marks; any text can be written so."""
    escaped = re.sub(r'["\\]', lambda found: "\\" + found[0], text)
    return '"' + _UNPRINTABLE.sub(_escape, escaped) + '"'


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    short = _SHORT.get(character)
    return short or (f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}")


def literal(text: str, indent: str, newline: str) -> str | None:
    """Return a text as a ``|`` block, None when it needs quotation marks."""
    lines = _block_lines(text)
    if lines is None:
        return None
    header = "|" if text.endswith("\n") else "|-"
    return newline.join([header, *(indent + line if line else "" for line in lines)])


def folded(text: str, indent: str, newline: str) -> str | None:
    """Return a text as a ``>`` block with one line per paragraph, None when it cannot be one."""
    lines = _block_lines(text)
    if lines is None or any(line[:1] in (" ", "\t") for line in lines):
        return None
    header = ">" if text.endswith("\n") else ">-"
    body = [lines[0]]
    for line in lines[1:]:
        body += ["", line] if line else [""]  # folding eats one break between two lines
    return newline.join([header, *(indent + line if line else "" for line in body)])


def _block_lines(text: str) -> list[str] | None:
    """Return the lines of a text that a block can hold without an indentation indicator."""
    body = text.removesuffix("\n")
    if not body or body[0] in " \t\n" or body[-1] == "\n" or _UNPRINTABLE.search(
        body.replace("\n", "").replace("\t", "")
    ):  # fmt: skip
        return None
    lines = body.split("\n")
    return None if any(line and not line.strip() for line in lines) else lines
