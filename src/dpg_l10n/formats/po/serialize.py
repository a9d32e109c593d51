"""A catalogue to the bytes of a PO file."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _gettext, _text
from dpg_l10n.formats.po import header, wrap
from dpg_l10n.formats.po.layout import WHITE, Layout, Piece
from dpg_l10n.formats.po.parse import parse
from dpg_l10n.formats.po.render import plain_source, render, rewrite, unmark
from dpg_l10n.i18n import N_


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Write a catalogue as the template is laid out.

    Args:
        catalogue: Its obsolete messages are written as ``#~`` lines.
        template: A PO or POT file, of this language or another; None takes the file that the
            catalogue was read from, and gettext's usual style for one that was made by hand.

    Raises:
        FormatError: The template is no valid PO file; or ``format.text``, ``format.plural``,
            ``format.duplicate``, ``format.encoding``: a message cannot be written.
    """
    layout = _layout(catalogue, template)
    fields = header.effective(catalogue, layout.header)
    same = catalogue.entries == layout.entries and catalogue.obsolete == layout.obsolete
    if same and fields == layout.header:
        return layout.data
    return _Writer(catalogue, layout, fields).write()


def _layout(catalogue: Catalogue, template: bytes | None) -> Layout:
    own = catalogue.layout if isinstance(catalogue.layout, Layout) else None
    if own is not None and (template is None or template == own.data):
        return own
    if template is not None:
        parsed: Layout = parse(template).layout
        return parsed
    return Layout(b"", "", catalogue.encoding, (), (), (), array("Q"), -1, frozenset())


class _Writer:
    """One file being written: the template's pieces, with what the catalogue says of each."""

    def __init__(self, catalogue: Catalogue, layout: Layout, fields: _gettext.Fields) -> None:
        newline = layout.newline()
        # A file that ends its lines with carriage returns alone is written as another one first.
        self.returns = newline == "\r"
        if self.returns:
            newline = "\n"
            layout = replace(layout, text=layout.text.replace("\r", newline))
        self.style = wrap.detect(layout.text, newline)
        self.catalogue = catalogue
        self.layout = layout
        self.fields = fields
        self.active = _by_key(catalogue.entries)
        self.obsolete = _by_key(
            [entry for entry in catalogue.obsolete if entry.key not in self.active]
        )
        self.buried = {entry.key for entry in layout.obsolete}
        self.out: list[str] = []
        self.left_out = False
        self.was_added = False

    def write(self) -> bytes:
        """Return the bytes of the file.

        Raises:
            FormatError: A message cannot be written.
        """
        added = _additions(self.active, self.layout.entries)
        buried = _additions(self.obsolete, self.layout.obsolete)
        if self.layout.header_at < 0:
            if self.fields:
                self.put(header.render(self.fields, self.style))
            self.add(added.pop(None, ()), obsolete=False)
        for piece in self.layout.pieces():
            if piece.obsolete:
                self.add(buried.pop(None, ()), obsolete=True)
            key = self.keep(piece)
            self.add((buried if piece.obsolete else added).pop(key, ()), obsolete=piece.obsolete)
        self.add(buried.pop(None, ()), obsolete=True)
        self.out.append(self.layout.rest())
        text = "".join(self.out)
        return _text.encode(text.replace("\n", "\r") if self.returns else text, self.encoding())

    def encoding(self) -> str:
        """Return the codec to write: the template's, unless the header asks for another."""
        standing = self.layout.encoding
        asked = _gettext.charset(self.fields)
        if asked is None or (self.layout.ends and asked == _gettext.charset(self.layout.header)):
            return standing
        return standing if (asked, standing) == ("utf-8", "utf-8-sig") else asked

    def keep(self, piece: Piece) -> str | None:
        """Write a message of the template as the catalogue has it now; return its key."""
        raw, old, obsolete, shadow = piece
        if shadow and old is not None:
            # it stays until a text that was active becomes the obsolete one
            if old.key not in self.obsolete or old.key in self.buried:
                self.stay(raw)
            else:
                self.left_out = True
            return None
        if old is None:
            self.stay(header.rewrite(raw, self.layout.header, self.fields, self.style))
            return None
        new = (self.obsolete if obsolete else self.active).get(old.key)
        if new is None:
            self.left_out = True
        elif new is old or new[:-1] == old[:-1]:
            self.stay(raw)
        else:
            raw = unmark(raw) if obsolete else raw
            self.stay(rewrite(raw, old, new, self.style, obsolete=obsolete))
        return old.key

    def stay(self, text: str) -> None:
        """Write a text in its place, set off by a blank line from one added before it."""
        if self.was_added and not text.lstrip(" \t\r").startswith("\n"):
            self.out.append(self.style.newline)
        elif self.left_out and not self.out:
            text = text.lstrip(WHITE)
        self.was_added = False
        self.out.append(text)

    def put(self, text: str) -> None:
        """Write a text that the template does not have in this place, a blank line above it."""
        newline = self.style.newline
        if self.out:
            text = newline + text if self.out[-1].endswith("\n") else newline + newline + text
        self.out.append(text)
        self.was_added = True

    def add(self, entries: Iterable[Entry], *, obsolete: bool) -> None:
        """Write messages that the template does not have in this place."""
        for entry in entries:
            piece = self.places.get((entry.key, not obsolete)) or self.own.get(entry.key)
            if piece is None or piece.entry is None:
                self.put(render(entry, self.style, obsolete=obsolete))
            else:
                raw = (unmark(piece.raw) if piece.obsolete else piece.raw).strip(WHITE)
                raw += self.style.newline
                self.put(rewrite(raw, piece.entry, entry, self.style, obsolete=obsolete))

    @cached_property
    def places(self) -> dict[tuple[str, bool], Piece]:
        """The messages of the template, by key and by whether they are obsolete."""
        pieces = self.layout.pieces()
        return {(p.entry.key, p.obsolete): p for p in pieces if p.entry and not p.shadow}

    @cached_property
    def own(self) -> dict[str, Piece]:
        """The messages of the file that the catalogue was read from, if the template is another."""
        own = self.catalogue.layout
        if not isinstance(own, Layout) or own.data == self.layout.data:
            return {}
        return {p.entry.key: p for p in own.pieces() if p.entry and not p.shadow}


def _by_key(entries: Sequence[Entry]) -> dict[str, Entry]:
    found = {entry.key: entry for entry in entries}
    if len(found) == len(entries):
        return found
    counts = Counter(entry.key for entry in entries)
    twice = next(entry for entry in entries if counts[entry.key] > 1)
    raise FormatError(
        N_("“{source}” stands in the catalogue twice; a PO file can hold it once."),
        code="duplicate", source=plain_source(twice),
    )  # fmt: skip


def _additions(
    wanted: dict[str, Entry], standing: Sequence[Entry]
) -> dict[str | None, list[Entry]]:
    """Return the entries that a file lacks, by the key of the one that it has before them."""
    present = {entry.key for entry in standing}
    found: dict[str | None, list[Entry]] = {}
    before: str | None = None
    for key, entry in wanted.items():
        if key in present:
            before = key
        else:
            found.setdefault(before, []).append(entry)
    return found
