"""Find the blocks of a page of Markdown.

markdown-it says which lines are what (CommonMark 0.31 and the tables of GFM); where in these lines
the words stand is looked up in the text itself, because its tokens do not say.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from dpg_l10n.formats._document.blocks import MARKER, Block
from dpg_l10n.formats._document.keys import kind_of
from dpg_l10n.formats._document.lines import Lines
from dpg_l10n.formats.markdown import frontmatter
from dpg_l10n.formats.markdown.inline import has_words, join

UNDERLINED = "underlined"
"""Spelling of a heading with a line of ``=`` or ``-`` below it."""
_CONTAINERS = {"blockquote": "q", "bullet_list": "u", "ordered_list": "o"}
_TASK = re.compile(r"\[[ xX]\][ \t]+(?=\S)")
_NOT_PREFIX = re.compile(r"[^>\t]")
_CELL = re.compile(r"(?:[^|\\]|\\[\s\S]|\\\Z)*+")
_HEADING = re.compile(r"\#{1,6}[ \t]+")


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark").enable("table")
    reader.core.ruler.enableOnly(["normalize", "block"])
    return reader


def scan(text: str) -> list[Block]:
    """Return the blocks of a page, front matter first."""
    body = frontmatter.end_of(text)
    found = frontmatter.fields(text, body) if body else []
    return found + _Scanner(text, body).blocks()


class _Scanner:
    """Walks the tokens of a page once."""

    def __init__(self, text: str, body: int) -> None:
        self._lines = Lines(text)
        self._skipped = self._lines.number(body) if body else 0
        self._tokens = _reader().parse(text[body:])
        self._found: list[Block] = []
        self._path: list[str] = []
        self._is_first = False
        """Whether the next paragraph is the first of its list item."""
        self._cells: list[tuple[str, int]] = []
        """Kind and column of each cell of the row."""
        self._row_number: int | None = None

    def blocks(self) -> list[Block]:
        """Return what the page says."""
        opened: Token | None = None
        for token in self._tokens:
            if token.type == "inline" and opened is not None:
                self._inline(token, opened)
            elif token.type == "html_block":
                self._html(token)
            elif token.type == "tr_close" and self._row_number is not None:
                self._row(self._row_number, self._cells)
            else:
                self._contain(token)
            if token.nesting == 1:
                opened = token
        return self._found

    def _contain(self, token: Token) -> None:
        """Go into or out of what holds other blocks."""
        name, _, end = token.type.rpartition("_")
        if name in _CONTAINERS and end == "close":
            self._path.pop()
        elif name in _CONTAINERS:
            self._path.append(_CONTAINERS[name])
            self._is_first = False
        elif token.type == "list_item_open":
            self._is_first = True
        elif token.type == "tr_open":
            self._cells = []
            self._row_number = token.map[0] + self._skipped if token.map else None
            self._is_first = False
        elif token.type in ("fence", "code_block", "hr"):
            self._is_first = False

    def _inline(self, token: Token, opened: Token) -> None:
        if opened.type in ("th_open", "td_open"):
            self._cells.append((opened.type[:2], len(self._cells) + 1))
        elif token.map:
            self._paragraph(token, opened)

    def _kind(self, leaf: str) -> str:
        return ".".join((*self._path, leaf))

    def _paragraph(self, token: Token, opened: Token) -> None:
        if not token.content or not token.map or not opened.map:
            self._is_first = False
            return
        first, last = (at + self._skipped for at in token.map)
        level = int(opened.tag[1]) if opened.type == "heading_open" else 0
        leaf = opened.tag if level else ("li" if self._is_first else "p")
        self._is_first = False
        contents = token.content.split("\n")
        last = first + len(contents)
        lines = self._lines
        head, tail = contents[0].rstrip(" \t"), contents[-1].rstrip(" \t")
        start = _within(lines, first, head, is_heading=bool(level and opened.markup[0] == "#"))
        end = _within(lines, last - 1, tail, is_heading=False) if last > first + 1 else start
        if start < 0 or end < 0:
            return
        end += len(tail)
        task = _TASK.match(contents[0]) if leaf == "li" else None
        if task is not None:
            contents[0] = contents[0][task.end() :]
            start += task.end()
        said, spelling = join(contents)
        lead = _lead(lines, first, start, len(contents) > 1)
        stop = lines.ends[opened.map[1] + self._skipped - 1] if level else end
        width = 0
        if len(contents) > 1 and said.count("\n") < len(contents) - 1:
            width = max(len(lines[number]) for number in range(first, last))
        if level and opened.markup[0] != "#":
            spelling = UNDERLINED
        self._add(leaf, level, (start, end, max(stop, end)), said, first, lead, width, spelling)

    def _add(
        self,
        leaf: str,
        level: int,
        place: tuple[int, int, int],
        said: str,
        line: int,
        lead: str = "",
        width: int = 0,
        spelling: str = "",
    ) -> None:
        mark = MARKER.fullmatch(said)
        kind, key = self._kind(leaf), mark[1] if mark else ""
        said = "" if mark else said
        is_text = has_words(said)
        self._found.append(
            Block(kind, level, *place, said, line + 1, lead, width, spelling, is_text, key)
        )

    def _row(self, number: int, cells: list[tuple[str, int]]) -> None:
        """Find the cells of a line of a table; one that is not where it should be is left alone."""
        raw, start = self._lines[number], self._lines.starts[number]
        at = len(raw) - len(raw.lstrip(" \t>"))
        if any(self._path) and raw[at : at + 1] != "|" and "|" in raw:
            at = raw.index("|") if raw[at : at + 1] in "-+*0123456789" else at
        at += raw[at : at + 1] == "|"
        for leaf, column in cells:
            match = _CELL.match(raw, at)
            if match is None:
                return
            cell = match[0]
            left = start + at + len(cell) - len(cell.lstrip(" \t"))
            bare = cell.strip(" \t")
            said = join([bare.replace("\\|", "|")])[0]
            if bare:
                place = (left, left + len(bare), left + len(bare))
                self._add(f"{leaf}{column}", 0, place, said, number)
            at = match.end() + 1

    def _html(self, token: Token) -> None:
        """Take in a comment that keeps the place of a block; any other HTML is left alone."""
        mark = MARKER.fullmatch(token.content.strip())
        is_first, self._is_first = self._is_first, False
        if mark is None or not token.map:
            return
        number = token.map[0] + self._skipped
        start = self._lines.text.find(mark[0], self._lines.starts[number])
        if start >= 0:
            leaf = kind_of(mark[1]).rpartition(".")[2]
            leaf = leaf if leaf in ("li", "p") else ("li" if is_first else "p")
            end = start + len(mark[0])
            self._add(leaf, 0, (start, end, end), mark[0], number, _lead(self._lines, number, start, False))  # fmt: skip


def _within(lines: Lines, number: int, content: str, *, is_heading: bool) -> int:
    """Return where in the text the content of a line begins, -1 where it is not found.

    The last place in the line, since marks stand in front; behind a heading more ``#`` may stand.
    """
    raw = lines[number]
    if is_heading:
        mark = _HEADING.search(raw)
        at = raw.find(content, mark.end()) if mark else -1
    else:
        at = raw.rfind(content)
    return lines.starts[number] + at if at >= 0 else -1


def _lead(lines: Lines, first: int, start: int, is_long: bool) -> str:
    """Return what a further line of a block begins with: as its second line, else as its first."""
    if is_long:
        raw = lines[first + 1]
        found = re.match(r"[ \t>]*", raw)
        return found[0] if found else ""
    return _NOT_PREFIX.sub(" ", lines.text[lines.starts[first] : start])
