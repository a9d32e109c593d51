"""Write blocks of HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dpg_l10n.domain.catalogue import Entry
from dpg_l10n.domain.message import plain
from dpg_l10n.formats._document.blocks import Block
from dpg_l10n.formats._document.keys import kind_of
from dpg_l10n.formats._document.lines import wrap
from dpg_l10n.formats.html.spaces import written
from dpg_l10n.formats.html.tokens import STATEMENT

_ENTITIES = {'"': "&quot;", "'": "&#39;"}
_TEMPLATE = re.compile(STATEMENT + r"|\{\{[^{}]*+\}\}")
"""What must stay on one line: Django reads none of it on two."""
_KEPT = "\ufffe"
"""Stands for a space at which no line ends."""
_NOTHING = re.compile(r"(?!)")


def render(block: Block, text: str, newline: str) -> str:
    """Return the HTML of a text in the place of a block, wrapped as the block was."""
    if block.kind.startswith("@"):
        quote = block.spelling or '"'
        raw = text.replace(quote, _ENTITIES[quote])
        return raw if block.spelling else f"{quote}{raw}{quote}"
    width = max(block.width, 40) if block.width else 0
    whole = _TEMPLATE.sub(lambda found: found[0].replace(" ", _KEPT), written(text))
    lines = wrap(whole, width, len(block.lead), _NOTHING)
    return f"{newline}{block.lead}".join(lines).replace(_KEPT, " ")


def mark(block: Block, key: str) -> tuple[str, int]:
    """Return the comment that keeps the place of a block without a text."""
    return render(block, f"<!-- untranslated: {key} -->", ""), block.end


def build(entries: Sequence[Entry]) -> str:
    """Return a page of entries, each in an element of its kind."""
    return "".join(_element(kind_of(entry.key), plain(entry.text)) for entry in entries)


def _element(kind: str, text: str) -> str:
    if kind == "@content":
        return f'<meta name="description" content="{_quoted(text)}">\n'
    if kind in ("@label", "@alt"):
        name = "optgroup" if kind == "@label" else "area"
        return f'<{name} {kind[1:]}="{_quoted(text)}">\n' + (
            "</optgroup>\n" if name[0] == "o" else ""
        )
    if kind.startswith("@"):
        return f'<input type="submit" {kind[1:]}="{_quoted(text)}">\n'
    if kind == "text":
        return f"{written(text)}\n"
    return f"<{kind}>{written(text)}</{kind}>\n"


def _quoted(text: str) -> str:
    return text.replace('"', _ENTITIES['"'])
