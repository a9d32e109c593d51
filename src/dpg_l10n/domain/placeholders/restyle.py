"""Write the placeholders of a text as another framework spells them."""

from __future__ import annotations

import re
from typing import NamedTuple

from dpg_l10n.domain.placeholders.find import Placeholder, find


class Style(NamedTuple):
    """How one framework writes placeholders; an empty pattern where it has no such ones."""

    named: str
    """With ``NAME`` in it."""
    numbered: str
    """With ``NUMBER`` in it."""
    first: int
    """Number of the first value."""
    escapes_percent: bool = False
    """True where a percent sign of the text is written twice."""


STYLES = {
    "printf": Style("", "%NUMBER$s", 1, escapes_percent=True),
    "python": Style("%(NAME)s", "", 1, escapes_percent=True),
    "ruby": Style("%{NAME}", "", 1, escapes_percent=True),
    "brace": Style("{NAME}", "{NUMBER}", 0),
    "mustache": Style("{{NAME}}", "{{NUMBER}}", 0),
    "dollar": Style("${NAME}", "", 1),
    "fluent": Style("{ $NAME }", "", 1),
    "laravel": Style(":NAME", "", 1),
    "moodle": Style("{$a->NAME}", "", 1),
    "mediawiki": Style("", "$NUMBER", 1),
    "qt": Style("", "%NUMBER", 1),
}
"""By the kind of placeholder that they are."""

_PERCENT = frozenset({"printf", "python"})
"""Kinds in whose texts a percent sign is written twice already."""
_PRINTF = re.compile(r"%(?:(\d{1,2})\$)?[-+0#',I]*\d*(?:\.\d+)?(?:hh|h|ll|l|L|q|j|z|t)?[a-zA-Z@]")
_NAMES = {
    "python": re.compile(r"%\((\w+)\)[a-z]"),
    "ruby": re.compile(r"%[{<](\w+)[}>][a-z]?"),
    "brace": re.compile(r"\{\s*([A-Za-z_]\w*)\s*\}"),
    "mustache": re.compile(r"\{\{\s*([A-Za-z_]\w*)\s*\}\}"),
    "dollar": re.compile(r"\$\{\s*(\w+)\s*\}"),
    "fluent": re.compile(r"\{\s*\$(\w+)\s*\}"),
    "laravel": re.compile(r":(\w+)"),
    "moodle": re.compile(r"\{\$a->(\w+)\}"),
    "webextension": re.compile(r"\$([A-Za-z_]\w*)\$"),
    "h5p": re.compile(r"[@!:](\w+)"),
    "at": re.compile(r"@(\w+)"),
    "hashed": re.compile(r"##(\w+)##"),
    "angular": re.compile(r"<\[\s*(\w+)\s*\]>"),
}
_NUMBERS = {
    "brace": (re.compile(r"\{\s*(\d{1,2})\s*\}"), 0),
    "mustache": (re.compile(r"\{\{\s*(\d{1,2})\s*\}\}"), 0),
    "qt": (re.compile(r"%L?(\d{1,2})"), 1),
    "mediawiki": (re.compile(r"\$(\d{1,2})"), 1),
    "webextension": (re.compile(r"\$(\d)"), 1),
}


def restyle(text: str, kinds: frozenset[str], style: str) -> str:
    """Return a text with each placeholder in another style; one that it cannot say stays.

    A value that is asked for by its place is numbered, since a translation may move it. What was
    said of how a value is shown (``%.2f``) is not carried over.

    Args:
        text: Any text.
        kinds: Kinds of placeholder that it has.
        style: One of :data:`STYLES`.
    """
    wanted = STYLES[style]
    said, at, anonymous = "", 0, 0
    placeholders = find(text, kinds)
    doubles = wanted.escapes_percent and not any(p.kind in _PERCENT for p in placeholders)
    for found in placeholders:
        number = _number(found, anonymous)
        anonymous += number is not None and number == anonymous + 1 and _is_anonymous(found)
        said += _words(text[at : found.start], doubles)
        said += _written(found, number, wanted, style)
        at = found.end
    return said + _words(text[at:], doubles)


def _words(text: str, doubles: bool) -> str:
    return text.replace("%", "%%") if doubles else text


def _written(found: Placeholder, number: int | None, wanted: Style, style: str) -> str:
    if found.text == "%%":
        return found.text if wanted.escapes_percent else "%"
    if found.kind == style:
        return found.text
    if number is not None and wanted.numbered:
        return wanted.numbered.replace("NUMBER", str(number - 1 + wanted.first))
    name = _name(found)
    return wanted.named.replace("NAME", name) if name and wanted.named else found.text


def _name(found: Placeholder) -> str | None:
    pattern = _NAMES.get(found.kind)
    match = pattern.fullmatch(found.text) if pattern else None
    return match[1] if match else None


def _number(found: Placeholder, before: int) -> int | None:
    """Return which value a placeholder asks for, counted from 1; None where it has a name."""
    if found.kind == "printf":
        match = _PRINTF.fullmatch(found.text)
        return None if match is None else int(match[1] or before + 1)
    if found.text == "{}":
        return before + 1
    pattern, first = _NUMBERS.get(found.kind, (None, 0))
    match = pattern.fullmatch(found.text) if pattern else None
    return None if match is None else int(match[1]) - first + 1


def _is_anonymous(found: Placeholder) -> bool:
    return found.text == "{}" or (found.kind == "printf" and "$" not in found.text)
