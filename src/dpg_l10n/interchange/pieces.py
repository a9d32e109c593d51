"""An XML file as one piece of text for each of its units, so that a broken one does not end all."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from dpg_l10n.errors import FormatError
from dpg_l10n.i18n import N_

MOST_CHARACTERS = 1_000_000
"""Of one unit; a longer one is reported and left out."""
_READ = 1 << 18
_DECLARED = re.compile(rb"""^<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
_ENCODING = re.compile(
    r"utf-?8|us-ascii|ascii|iso-?8859-\d\d?|windows-125\d|cp125\d|koi8-[ru]|gb2312|gbk|gb18030|big5"
    r"|shift_jis|euc-(?:jp|kr)|tis-620|utf-?16(?:-?(?:le|be))?"
)
_HIDING = (("<!--", "-->"), ("<![CDATA[", "]]>"))
_LONGEST_MARK = 16
"""Characters that are looked at again with the next ones, because a mark may be cut in two."""


class Piece(NamedTuple):
    """A part of a file."""

    text: str
    line: int
    """Of its beginning, from 1."""
    whole: bool
    """False where the next unit begins, or the file ends, before this one does."""


class Kind:
    """What a kind of file is made of.

    Args:
        roots: Names of its outermost element.
        units: Names of the elements that are read one at a time.
        refusal: Makes the error of a file that is none.
    """

    def __init__(
        self, roots: tuple[str, ...], units: tuple[str, ...], refusal: Callable[[], FormatError]
    ) -> None:
        """Prepare what is looked for."""
        unit = f"(?:{'|'.join(units)})"
        self.refusal = refusal
        self.root = re.compile(rf"<(?:{'|'.join(roots)})[\s>]")
        self.start = re.compile(rf"<!--|<{unit}(?=[\s>/])")
        self.end = re.compile(rf"</{unit}\s*>|<{unit}(?=[\s>/])")


class Pieces:
    """Reads a file piece by piece.

    Args:
        file: Open at its beginning, for reading bytes.
        kind: What it is.
    """

    def __init__(self, file: BinaryIO, kind: Kind) -> None:
        """Read what stands before the first unit.

        Raises:
            FormatError: That of the kind: it is none; ``format.encoding``: its encoding is unknown.
        """
        self._file = file
        self._kind = kind
        first = file.read(_READ)
        self._decoder = _decoder(first)
        self._text = self._decoder.decode(first)
        self._at = 0
        self._line = 1
        self._ended = len(first) < _READ
        if kind.root.search(self._text) is None:
            raise kind.refusal()
        found = self._find_start()
        self.head = self._text[: self._at] if found else self._text

    def __iter__(self) -> Iterator[Piece]:
        """Yield the units as they stand in the file."""
        while self._find_start():
            yield self._take()

    def _find_start(self) -> bool:
        """Go to the beginning of the next unit, past comments; return False when there is none."""
        while True:
            match = self._kind.start.search(self._text, self._at)
            if match is None:
                self._go(max(len(self._text) - _LONGEST_MARK, self._at))
                if not self._more():
                    return False
                continue
            self._go(match.start())
            if match[0] != "<!--":
                return True
            end = self._text.find("-->", self._at)
            while end < 0 and len(self._text) - self._at < MOST_CHARACTERS and self._more():
                end = self._text.find("-->", self._at)
            # one that is never closed hides nothing
            self._go(end + 3 if end >= 0 else self._at + 4)

    def _take(self) -> Piece:
        """Return the unit that begins here and go behind it."""
        line, looked = self._line, 3
        while True:
            match = self._kind.end.search(self._text, self._at + looked)
            if match is not None:
                whole = match[0].startswith("</")
                return self._cut(self._shown(match.end()) if whole else match.start(), line, whole)
            looked = max(3, len(self._text) - self._at - _LONGEST_MARK)
            if looked > MOST_CHARACTERS or not self._more():
                return self._cut(len(self._text), line, whole=False)

    def _shown(self, end: int) -> int:
        """Return where a unit ends whose first end mark may stand in a comment or in CDATA."""
        begun = self._text[self._at : end]
        for opening, closing in _HIDING:
            at = begun.rfind(opening)
            if at < 0 or begun.find(closing, at) >= 0:
                continue
            match = self._kind.end.search(self._text, max(self._text.find(closing, end), end))
            following = self._kind.end.search(self._text, end)
            ends = [found for found in (match, following) if found and found[0].startswith("</")]
            if match and len(ends) == 2:
                return match.end()
        return end

    def _cut(self, end: int, line: int, whole: bool) -> Piece:
        piece = Piece(self._text[self._at : end], line, whole)
        self._go(end)
        return piece

    def _go(self, at: int) -> None:
        self._line += self._text.count("\n", self._at, at)
        self._at = at

    def _more(self) -> bool:
        """Read on; return False at the end of the file. Places in the text become smaller."""
        if self._ended:
            return False
        data = self._file.read(_READ)
        self._ended = len(data) < _READ
        self._text = self._text[self._at :] + self._decoder.decode(data, self._ended)
        self._at = 0
        return True


def _decoder(first: bytes) -> codecs.IncrementalDecoder:
    """Return a decoder that keeps bytes which are none of the encoding, for the unit to be refused."""
    encoding = next((name for mark, name in _BOMS if first.startswith(mark)), None)
    if encoding is None:
        declared = _DECLARED.match(first)
        encoding = declared[1].decode("ascii").lower() if declared else "utf-8"
        if encoding.startswith(("utf-16", "utf16")):
            encoding = "utf-8"  # it could not have been read so far
    if first.startswith((b"\0<", b"<\0")):
        encoding = "utf-16-be" if first[0] == 0 else "utf-16-le"
    if _ENCODING.fullmatch(encoding) is None:
        raise FormatError(
            N_("The encoding “{encoding}” is not supported. Save the file as UTF-8."),
            code="encoding", line=1, encoding=encoding,
        )  # fmt: skip
    known = codecs.getincrementaldecoder(encoding)
    return known("surrogateescape" if encoding in ("utf-8", "utf8") else "replace")
