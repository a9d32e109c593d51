"""Reading TBX as it is found: ``martif`` of 2008, ``tbx`` of 2019 in both of its styles.

In style DCA a category is an attribute (``<descrip type="definition">``), in style DCT an element of
its own (``<basic:definition>``); both are brought to the name of the category.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from dpg_l10n.domain.terms import Concept, Term, TermStatus, Use
from dpg_l10n.domain.terms.uses import use_of
from dpg_l10n.errors import FormatError
from dpg_l10n.i18n import N_
from dpg_l10n.interchange import concepts
from dpg_l10n.interchange.pieces import Kind, Piece, Pieces
from dpg_l10n.interchange.units import MOST_NAMED, Problem, UnitError, parse, require_whole


def _no_tbx() -> FormatError:
    return FormatError(
        N_("This is no TBX file: there is no element “tbx” or “martif” at its beginning."),
        code="tbx", line=1,
    )  # fmt: skip


_TBX = Kind(("tbx", "martif"), ("termEntry", "conceptEntry"), _no_tbx)
_LANGUAGE = frozenset({"langSet", "langSec"})
_TERM = frozenset({"tig", "ntig", "termSec"})
_TYPED = frozenset({"descrip", "termNote", "admin", "note", "xref"})
"""Elements of style DCA whose attribute ``type`` is the category."""
_SAID = {
    "definition": "definition", "subjectField": "subject", "partOfSpeech": "part_of_speech",
    "source": "source", "administrativeStatus": "use", "normativeAuthorization": "use",
    "note": "note", "translation needed": "translate", "x-licence": "licence", "x-risk": "risk",
}  # fmt: skip
_NOTES = ("risk", "licence", "status", "do not translate")
"""What TBX-Basic has no category for stands in notes, as ``risk: clinical``."""


class TbxReader:
    """Yields the concepts of a TBX file; a broken one is left out and noted in ``problems``.

    No entity is expanded but those of XML itself, and nothing outside the file is ever read.

    Args:
        file: Open at its beginning, for reading bytes.
    """

    def __init__(self, file: BinaryIO) -> None:
        """Look for the beginning.

        Raises:
            FormatError: ``format.tbx``: it is no TBX; ``format.encoding``: its encoding is unknown.
        """
        self._pieces = Pieces(file, _TBX)
        self.units = 0
        self.left_out = 0
        self.problems: list[Problem] = []
        self._seen: dict[str, int] = {}

    def __iter__(self) -> Iterator[Concept]:
        """Yield the concepts in the order of the file."""
        for piece in self._pieces:
            self.units += 1
            try:
                yield self._concept(piece)
            except UnitError as refusal:
                self.left_out += 1
                if self.left_out <= MOST_NAMED:
                    self.problems.append(Problem(piece.line, refusal.reason, refusal.params))

    def _concept(self, piece: Piece) -> Concept:
        require_whole(piece)
        entry = _Entry()
        parse(piece.text, entry.start, entry.end, entry.characters)
        terms = entry.terms()
        if not terms:
            raise UnitError(N_("The concept has no term."))
        key = concepts.key(entry.key, terms[0].text)
        if not entry.key and key in self._seen:
            key = f"{key}-{piece.line}"
        if key in self._seen:
            raise UnitError(
                N_("The concept “{key}” stands in line {line} already."),
                key=key, line=self._seen[key],
            )  # fmt: skip
        self._seen[key] = piece.line
        said = entry.said
        return Concept(
            key=key,
            terms=terms,
            part_of_speech=said.get("part_of_speech", ""),
            definition=said.get("definition", ""),
            subject=said.get("subject", ""),
            risk=concepts.risk(said.get("risk", "")),
            keep=concepts.yes(said.get("do not translate", ""))
            or said.get("translate", "").lower() == "no",
            status=concepts.status(said.get("status", "")),
            source=said.get("source", ""),
            licence=said.get("licence") or None,
            note=said.get("note", ""),
        )


class _Entry:
    """One concept while it is read."""

    def __init__(self) -> None:
        self.key = ""
        self.said: dict[str, str] = {}
        self._terms: list[tuple[str, dict[str, str]]] = []
        self._language = ""
        self._open: dict[str, str] | None = None
        """What is said of the term that is open, None outside of one."""
        self._category = ""
        self._text: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("termEntry", "conceptEntry"):
            self.key = attributes.get("id") or attributes.get("xml:id", "")
        elif name in _LANGUAGE:
            self._language = attributes.get("xml:lang") or attributes.get("lang", "")
        elif name in _TERM:
            self._open = {}
            self._terms.append((self._language, self._open))
        elif name == "term":
            self._category, self._text = "term", []
        else:
            category = attributes.get("type", "") if name in _TYPED else name.rpartition(":")[2]
            category = category or ("note" if name == "note" else "")
            known = _SAID.get(category) or _SAID.get(category.lower())
            if known is not None:
                self._category, self._text = known, []

    def end(self, name: str) -> None:
        if name in _TERM:
            self._open = None
        elif self._text is not None and (
            name in _TYPED or name == "term" or _SAID.get(name.rpartition(":")[2])
        ):
            self._say(self._category, "".join(self._text))
            self._text = None

    def characters(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def _say(self, category: str, text: str) -> None:
        """Write down what a category says: of the term that is open, else of the concept."""
        value = text if category == "term" else concepts.field(text)
        if category == "note":
            name, colon, rest = value.partition(":")
            if colon and name.strip().lower() in _NOTES:
                category, value = name.strip().lower(), rest.strip()
        own = self._open if self._open is not None else self.said
        # definitions and the like stand with the concept, a language or a term
        target = own if category in ("term", "use", "status", "note") else self.said
        if value and category not in target:
            target[category] = value

    def terms(self) -> tuple[Term, ...]:
        """Return the terms; of those of a language nothing says more of, the first is preferred."""
        found: dict[tuple[str, str], Term] = {}
        preferred: set[str] = set()
        for language, said in self._terms:
            tag = concepts.tag(language)
            text = concepts.term(said.get("term", ""))
            use = use_of(said.get("use", ""))
            if use is None:
                use = Use.ADMITTED if tag in preferred else Use.PREFERRED
            if use is Use.PREFERRED:
                preferred.add(tag)
            status = concepts.status(said.get("status", self.said.get("status", "")))
            found.setdefault((tag, text), Term(tag, text, use, TermStatus(status)))
        return tuple(sorted(found.values(), key=lambda term: _ORDER[term.use]))


_ORDER = {Use.PREFERRED: 0, Use.ADMITTED: 1, Use.FORBIDDEN: 2}
