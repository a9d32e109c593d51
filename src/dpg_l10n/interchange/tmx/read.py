"""Reading TMX: entries as they come, and what was left out with its line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from dpg_l10n.domain.locales import base, canonical
from dpg_l10n.domain.memory import ForeignEntry
from dpg_l10n.domain.states import State
from dpg_l10n.errors import FormatError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.interchange.pieces import Kind, Piece, Pieces
from dpg_l10n.interchange.units import MOST_NAMED, Problem, UnitError, parse, require_whole

MOST_IN_TEXT = 100_000
"""Characters of a text, as everywhere in the store."""
_NAMES = {
    "x-licence": "licence", "x-license": "licence", "x-state": "state", "x-project": "origin",
    "x-origin": "origin",
}  # fmt: skip
"""Properties that are understood. Who wrote and changed a unit is not taken over: people."""
_STATES = {"translated": State.TRANSLATED, "reviewed": State.REVIEWED}
_XML_LANG = "xml:lang"


class _Variant:
    """One ``tuv``: a text in a language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.said: dict[str, str] = {}
        self.parts: list[str] | None = None
        """Text of its ``seg``; None where there is none."""


def _no_tmx() -> FormatError:
    return FormatError(
        N_("This is no TMX file: there is no element “tmx” at its beginning."), code="tmx", line=1
    )


_TMX = Kind(("tmx",), ("tu",), _no_tmx)


class TmxReader:
    """Yields the entries of a TMX file, a translation of a source text each.

    A unit that is not well-formed, uses entities, is too long, has no text or no language is left
    out and noted in ``problems``; the others come. No entity is expanded but those of XML itself,
    and nothing outside the file is ever read.

    Args:
        file: Open at its beginning, for reading bytes.
    """

    def __init__(self, file: BinaryIO) -> None:
        """Read the header.

        Raises:
            FormatError: ``format.tmx``: it is no TMX; ``format.encoding``: its encoding is unknown.
        """
        self._pieces = Pieces(file, _TMX)
        self.units = 0
        """Units seen so far, those left out included."""
        self.left_out = 0
        """Units left out so far."""
        self.problems: list[Problem] = []
        """The first of them."""
        header = _Header()
        header.read(self._pieces.head)
        self.source_language = header.language
        """As the header has it; None where each unit says it or none does."""
        self.said = header.said
        """Properties of the header: ``licence``, ``state``, ``origin``."""

    def __iter__(self) -> Iterator[ForeignEntry]:
        """Yield the entries in the order of the file."""
        for piece in self._pieces:
            self.units += 1
            try:
                yield from self._entries(piece)
            except UnitError as refusal:
                self.left_out += 1
                if self.left_out <= MOST_NAMED:
                    self.problems.append(Problem(piece.line, refusal.reason, refusal.params))

    def _entries(self, piece: Piece) -> list[ForeignEntry]:
        require_whole(piece)
        unit = _Unit()
        unit.read(piece.text)
        wanted = unit.attributes.get("srclang") or self.source_language
        variants = [(_language(variant.language), variant) for variant in unit.variants]
        source_tag, source = _source(variants, wanted)
        text = _text(source)
        entries = []
        for tag, variant in variants:
            if variant is source:
                continue
            said = {**self.said, **unit.said, **source.said, **variant.said}
            state = _STATES.get(said.get("state", "translated"))
            if state is None:
                raise UnitError(N_("The unit is in state “{state}”, not finished."), **said)
            entries.append(
                ForeignEntry(
                    text, _text(variant), source_tag, tag, state,
                    said.get("licence"), said.get("origin", ""),
                )
            )  # fmt: skip
        if not entries:
            raise UnitError(N_("The unit has no translation."))
        return entries


class _Parser:
    """What reads header and units: expat with everything switched off that could be abused."""

    def __init__(self) -> None:
        self.attributes: dict[str, str] = {}
        self.said: dict[str, str] = {}
        self._held: list[str] | None = None
        """Text of the property that is open."""
        self._name = ""

    def parse(self, text: str, *, final: bool = True) -> None:
        parse(text, self.start, self.end, self.characters, final=final)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "prop":
            self._held, self._name = [], _NAMES.get(attributes.get("type", "").lower(), "")

    def end(self, name: str) -> None:
        if name == "prop" and self._held is not None:
            value = "".join(self._held).strip()
            if self._name and value:
                self.owner()[self._name] = value
            self._held = None

    def characters(self, data: str) -> None:
        if self._held is not None:
            self._held.append(data)

    def owner(self) -> dict[str, str]:
        """Return what a property is said of."""
        return self.said


class _Header(_Parser):
    """The element ``header``. What cannot be read there is not said."""

    language: str | None = None

    def read(self, head: str) -> None:
        begin = head.find("<header")
        if begin < 0:
            return
        try:
            # what follows the header belongs to elements that are not closed here
            self.parse(f"<tmx>{head[begin:]}", final=False)
        except UnitError:
            return

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        if name == "header":
            found = attributes.get("srclang", "")
            self.language = found if found and found != "*all*" else None


class _Unit(_Parser):
    """One element ``tu``."""

    def __init__(self) -> None:
        super().__init__()
        self.variants: list[_Variant] = []
        self._open: _Variant | None = None
        self._segment: list[str] | None = None

    def read(self, text: str) -> None:
        self.parse(text)

    def owner(self) -> dict[str, str]:
        return self._open.said if self._open is not None else self.said

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        if name == "tu":
            self.attributes = attributes
        elif name == "tuv":
            self._open = _Variant(attributes.get(_XML_LANG) or attributes.get("lang", ""))
            self.variants.append(self._open)
        elif name == "seg" and self._open is not None:
            self._segment = self._open.parts = []

    def end(self, name: str) -> None:
        super().end(name)
        if name == "seg":
            self._segment = None
        elif name == "tuv":
            self._open = None

    def characters(self, data: str) -> None:
        # the native codes in bpt, ept, it, ph and ut are part of the text as programs have it
        if self._segment is not None and self._held is None:
            self._segment.append(data)
        else:
            super().characters(data)


def _language(name: str) -> str:
    try:
        return canonical(name)
    except UsageError as error:
        raise UnitError(N_("“{name}” is no language code."), name=name[:50]) from error


def _source(variants: list[tuple[str, _Variant]], wanted: str | None) -> tuple[str, _Variant]:
    """Return the text that the others translate: in the source language, else the first."""
    if not variants:
        raise UnitError(N_("The unit has no text."))
    if wanted is None or wanted == "*all*":
        return variants[0]
    tag = _language(wanted)
    same = [pair for pair in variants if pair[0] == tag]
    near = same or [pair for pair in variants if base(pair[0]) == base(tag)]
    if not near:
        raise UnitError(N_("The unit has no text in its source language {language}."), language=tag)
    return near[0]


def _text(variant: _Variant) -> str:
    text = "".join(variant.parts or ())
    if not text.strip():
        raise UnitError(N_("The text in {language} is empty."), language=variant.language)
    if len(text) > MOST_IN_TEXT:
        raise UnitError(
            N_("The text in {language} is longer than {most} characters."),
            language=variant.language, most=MOST_IN_TEXT,
        )  # fmt: skip
    return text
