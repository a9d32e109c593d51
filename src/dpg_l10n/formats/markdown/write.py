"""Write blocks of Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dpg_l10n.domain.catalogue import Entry
from dpg_l10n.domain.message import plain
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._document.blocks import Block
from dpg_l10n.formats._document.keys import kind_of
from dpg_l10n.formats._document.lines import wrap
from dpg_l10n.formats.markdown import frontmatter
from dpg_l10n.formats.markdown.inline import MARKS, edged
from dpg_l10n.formats.markdown.scan import UNDERLINED
from dpg_l10n.i18n import N_

_BREAK = "  "
_NEWLINE = "\n"
_INDENT = {"q": "> ", "u": "  ", "o": "   "}
_KIND = re.compile(r"(?:[quo]\.)*(?:p|(?<=\.)li|h[1-6]|t[hd][1-9][0-9]{0,2})")
_SHOWN = 60
_BEGIN = {"q": "> ", "u": "- ", "o": "1. "}


def render(block: Block, text: str, newline: str) -> str:
    """Return the Markdown of a text in the place of a block, wrapped as the block was."""
    if block.kind.startswith("meta."):
        return frontmatter.written(text, block.spelling)
    text = edged(text)
    if is_cell(block.kind):
        return text.replace("|", "\\|")
    width = max(block.width, 40) if block.width else 0
    lines: list[str] = []
    for piece in text.split("\n"):
        if lines:
            lines[-1] += "\\" if block.spelling == "\\" else _BREAK
        lines += wrap(piece, width, len(block.lead), MARKS)
    return f"{newline}{block.lead}".join(lines)


def mark(block: Block, key: str) -> tuple[str, int]:
    """Return what keeps the place of a block without a text, and up to where it stands for it."""
    comment = f"<!-- untranslated: {key} -->"
    if block.kind.startswith("meta."):
        return f'"" # {comment}', block.end
    if block.spelling == UNDERLINED:  # a comment above a line is no heading
        return f"{'#' * block.level} {comment}", block.stop
    return comment, block.end


def build(entries: Sequence[Entry]) -> str:
    """Return a page of entries: lists and tables are put together again from their kinds.

    Raises:
        FormatError: ``format.structure``: a key names no kind of block, so that only the file it came
            from says where its text stands.
    """
    meta = [entry for entry in entries if entry.key.startswith("meta.")]
    pages: list[str] = []
    if meta:
        rows = [f"{_name(e)}: {frontmatter.written(plain(e.text), '')}" for e in meta]
        pages.append("\n".join(("---", *rows, "---")))
    table: _Table | None = None
    for entry in entries[len(meta) :]:
        if not _KIND.fullmatch(kind_of(entry.key)):
            raise FormatError(
                N_("“{key}” names no block of a page. Write the page into the file that the texts came "
                   "from."),
                code="structure", key=entry.key[:_SHOWN],
            )  # fmt: skip
        *path, leaf = kind_of(entry.key).split(".")
        if is_cell(leaf):
            if table is None or leaf == "th1":
                pages.append("")
                table = _Table()
            table.add(leaf, plain(entry.text))
            pages[-1] = str(table)
            continue
        table = None
        begin = _prefix(path, is_item=leaf == "li")
        lead = "".join(_INDENT[part] for part in path)
        hashes = "#" * int(leaf[1]) + " " if leaf[:1] == "h" else ""
        block = Block(leaf, 0, 0, 0, 0, "", 0, lead)
        pages.append(f"{begin}{hashes}{render(block, plain(entry.text), _NEWLINE)}")
    return "\n\n".join(pages) + ("\n" if pages else "")


def is_cell(kind: str) -> bool:
    """Tell whether a block is a cell of a table, which is one line."""
    return kind.rpartition(".")[2][:2] in ("th", "td")


def _name(entry: Entry) -> str:
    return kind_of(entry.key).removeprefix("meta.")


def _prefix(path: list[str], *, is_item: bool) -> str:
    shared = len(path) - 1 if is_item else len(path)
    return "".join(
        _INDENT[part] if at < shared or part == "q" else _BEGIN[part]
        for at, part in enumerate(path)
    )


class _Table:
    """A table that is written cell by cell; cells that are no messages stay empty."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = [[]]

    def add(self, leaf: str, text: str) -> None:
        """Put a cell into its column (``td2``), in a new row where that is to the left."""
        column = int(leaf[2:])
        if len(self.rows[-1]) >= column or (leaf[:2] == "td" and len(self.rows) == 1):
            self.rows.append([])
        row = self.rows[-1]
        row += [""] * (column - 1 - len(row))
        row.append(edged(text).replace("|", "\\|"))

    def __str__(self) -> str:
        head, *rows = self.rows
        width = max(map(len, self.rows))
        head += [""] * (width - len(head))
        lines = [head, ["---"] * width, *rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)
