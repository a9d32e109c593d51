"""Find the blocks of a page of HTML."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from dpg_l10n.formats._document.blocks import MARKER, Block
from dpg_l10n.formats._document.lines import Lines
from dpg_l10n.formats.html.elements import (
    CODE,
    FOREIGN,
    INLINE,
    VOID,
    is_left_alone,
    read_attributes,
)
from dpg_l10n.formats.html.spaces import collapsed
from dpg_l10n.formats.html.tokens import Attribute, Token, attributes, tokens

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ROOT = "text"


class _Piece(NamedTuple):
    """A token within a sentence."""

    token: Token
    is_opaque: bool
    """Whether it is part of what is not translated."""
    read: tuple[Attribute, ...]
    """Attributes for readers."""


def scan(text: str) -> list[Block]:
    """Return the blocks of a page in order."""
    scanner = _Scanner(text)
    for token in tokens(text):
        scanner.take(token)
    return scanner.finish()


class _Scanner:
    """Gathers the tokens between two elements that end a sentence."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines(text)
        self._found: list[Block] = []
        self._run: list[_Piece] = []
        self._path: list[str] = []
        self._open: Counter[str] = Counter()
        self._skipped = ""
        """Name of the element that is left alone now, empty outside of one."""
        self._within: Counter[str] = Counter()
        """How many elements of each name are open in it, itself included."""
        self._is_inline = False
        """Whether that element stands within a sentence."""

    def take(self, token: Token) -> None:
        """Take in the next token."""
        if self._skipped:
            self._skip(token)
        elif token.kind in ("text", "comment"):
            self._run.append(_Piece(token, is_opaque=token.kind == "comment", read=()))
        elif token.kind == "open":
            self._opened(token)
        elif token.name in INLINE:
            self._run.append(_Piece(token, is_opaque=False, read=()))
        else:
            self._end_run()
            self._closed(token.name)

    def finish(self) -> list[Block]:
        """Return what was found."""
        self._end_run()
        return self._found

    def _opened(self, token: Token) -> None:
        values = attributes(self._text, token)
        is_left = is_left_alone(token.name, values)
        is_code = token.name in CODE
        read = () if is_left else tuple(read_attributes(token.name, values))
        is_inline = token.name in INLINE
        if not is_inline:
            self._end_run()
        if is_inline:
            self._run.append(_Piece(token, is_opaque=is_left or is_code, read=read))
        else:
            for each in read:
                self._attribute(each)
        if token.name in VOID:
            return
        if is_left or is_code:
            if self._text[token.end - 2] == "/" and token.name in FOREIGN:
                return
            self._skipped, self._is_inline = token.name, is_inline
            self._within = Counter({token.name: 1})
        elif not is_inline:
            self._path.append(token.name)
            self._open[token.name] += 1

    def _skip(self, token: Token) -> None:
        """Pass over what is in an element that is left alone.

        It also ends where an element around it does, or another paragraph begins: many end tags
        are never written.
        """
        step = {"open": 1, "close": -1}.get(token.kind, 0)
        is_around = step < 0 and not self._within[token.name] and bool(self._open[token.name])
        if is_around or (step > 0 and token.name == self._skipped == "p"):
            self._skipped = ""
            self.take(token)
            return
        if token.name not in VOID:
            self._within[token.name] = max(self._within[token.name] + step, 0)
        if self._is_inline:
            self._run.append(_Piece(token, is_opaque=True, read=()))
        if not self._within[self._skipped]:
            self._skipped = ""

    def _closed(self, name: str) -> None:
        """Leave an element, and those within it that were never closed."""
        if not self._open[name]:
            return
        while self._path:
            last = self._path.pop()
            self._open[last] -= 1
            if last == name:
                return

    def _end_run(self) -> None:
        run, self._run = self._run, []
        if not run:
            return
        first, last = self._trimmed(run)
        for piece in run[:first]:
            for each in piece.read:
                self._attribute(each)
        if first < last:
            self._sentence(run[first:last])
        for piece in run[last:]:
            for each in piece.read:
                self._attribute(each)

    def _trimmed(self, run: list[_Piece]) -> tuple[int, int]:
        """Return the range of a run without what only stands around its words."""
        partner = _partners(run)
        first, last = 0, len(run)
        while first < last:
            if self._is_bare(run[first]):
                first += 1
            elif self._is_bare(run[last - 1]):
                last -= 1
            elif partner.get(first) == last - 1 and not run[first].is_opaque:
                first, last = first + 1, last - 1
            else:
                break
        return first, last

    def _is_bare(self, piece: _Piece) -> bool:
        token = piece.token
        if token.kind == "text":
            return self._text[token.start : token.end].isspace()
        if token.kind == "comment":
            return MARKER.fullmatch(self._text, token.start, token.end) is None
        return token.kind == "open" and token.name in VOID

    def _sentence(self, run: list[_Piece]) -> None:
        text = self._text
        start, end = run[0].token.start, run[-1].token.end
        raw = text[start:end]
        start += len(raw) - len(raw.lstrip())
        end = start + len(raw.strip())
        kind = self._path[-1] if self._path else _ROOT
        words = " ".join(
            text[piece.token.start : piece.token.end]
            for piece in run
            if piece.token.kind == "text" and not piece.is_opaque
        )
        level = int(kind[1]) if kind in _HEADINGS else 0
        self._add(kind, level, start, end, collapsed(text[start:end]), words)

    def _attribute(self, each: Attribute) -> None:
        said = each.value
        if each.quote:
            said = said.replace("&quot;" if each.quote == '"' else "&#39;", each.quote)
        self._add(f"@{each.name}", 0, each.start, each.end, said, said, each.quote)

    def _add(
        self, kind: str, level: int, start: int, end: int, said: str, words: str, spelling: str = ""
    ) -> None:
        mark = MARKER.fullmatch(said)
        line = self._lines.number(start)
        width = 0
        lead = ""
        last = self._lines.number(end) if end > start else line
        if last > line and kind[0] != "@":
            width = max(map(len, map(self._lines.__getitem__, range(line, last + 1))))
            raw = self._lines[line + 1]
            lead = raw[: len(raw) - len(raw.lstrip())]
        self._found.append(
            Block(
                kind, level, start, end, end, "" if mark else said, line + 1, lead, width, spelling,
                is_text=not mark and _has_letters(words), key=mark[1] if mark else "",
            )
        )  # fmt: skip


def _partners(run: list[_Piece]) -> dict[int, int]:
    """Return the index of the tag that closes each opening one, where they are well nested."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for at, (token, _, _) in enumerate(run):
        if token.kind == "open" and token.name not in VOID:
            opened.append(at)
        elif token.kind == "close" and opened and run[opened[-1]].token.name == token.name:
            found[opened.pop()] = at
    return found


def _has_letters(words: str) -> bool:
    """Tell whether a text has a letter outside of entities."""
    if "&" not in words:
        return any(map(str.isalpha, words))
    pieces = words.split("&")
    bare = pieces[0] + "".join(
        piece.partition(";")[2] if ";" in piece[:33] else piece for piece in pieces[1:]
    )
    return any(map(str.isalpha, bare))
