"""One unit of an exchange file: read safely, or left out with the reason and its line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple
from xml.parsers import expat

from dpg_l10n.i18n import N_
from dpg_l10n.interchange.pieces import MOST_CHARACTERS, Piece

MOST_NAMED = 1000
"""Units left out that are named; the others are counted."""
_DEPTH = 50
"""Elements inside elements; the formats themselves need six and nest some."""
_BYTES = N_("Some bytes are not in the encoding of the file.")


class Problem(NamedTuple):
    """Something that was left out."""

    line: int
    """Of the unit's beginning, from 1."""
    reason: str
    """English template."""
    params: Mapping[str, object] = {}

    def __str__(self) -> str:
        """Return the English sentence."""
        return self.reason.format_map(self.params)


class UnitError(Exception):
    """A unit that cannot be taken, with the reason: a reader's own way to leave it out."""

    def __init__(self, reason: str, **params: object) -> None:
        """Keep the template and its values apart."""
        self.reason = reason
        self.params = params
        super().__init__(reason)


def require_whole(piece: Piece) -> None:
    """Refuse a unit that has no end, is too long, or holds bytes that are no text.

    Raises:
        UnitError: It does.
    """
    if len(piece.text) > MOST_CHARACTERS:
        raise UnitError(N_("The unit is longer than {most} characters."), most=MOST_CHARACTERS)
    if not piece.whole:
        raise UnitError(N_("The unit has no end."))
    if "\ufffd" in piece.text:
        raise UnitError(_BYTES)


def parse(
    text: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    characters: Callable[[str], None],
    *,
    final: bool = True,
) -> None:
    """Read XML with everything switched off that could be abused: no entities but XML's own.

    Args:
        text: One element; without ``final`` the beginning of one.
        start: Called with name and attributes.
        end: Called with the name.
        characters: Called with text.
        final: False where elements may stay open.

    Raises:
        UnitError: It is not well-formed, declares entities, or is nested too deep.
    """
    depth = 0

    def deeper(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH:
            raise UnitError(N_("Elements are nested too deep."))
        start(name, attributes)

    def higher(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = deeper
    parser.EndElementHandler = higher
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = _doctype
    try:
        parser.Parse(text.encode(), final)
    except UnicodeEncodeError as error:
        raise UnitError(_BYTES) from error
    except expat.ExpatError as error:
        raise UnitError(
            N_("The unit is not well-formed XML: {detail}."), detail=expat.ErrorString(error.code)
        ) from error


def _doctype(*_declared: object) -> None:
    raise UnitError(N_("The unit declares entities."))
