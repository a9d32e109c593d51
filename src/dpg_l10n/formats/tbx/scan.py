"""One pass over the tags of a TBX file.

``martif`` of 2008 and ``tbx`` of 2019 name the same parts differently, and style DCT has elements
where style DCA has attributes (``<basic:definition>``, ``<descrip type="definition">``). Both are
brought to one shape here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from dpg_l10n.domain.terms import Use
from dpg_l10n.domain.terms.uses import use_of
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text, _xml
from dpg_l10n.formats._markup import content
from dpg_l10n.formats.tbx.parts import Concept, Fact, Section, Span, Term, local
from dpg_l10n.formats.tbx.spaces import unwrapped
from dpg_l10n.i18n import N_

_CONCEPT = frozenset({"termEntry", "conceptEntry"})
_SECTION = frozenset({"langSet", "langSec"})
_CONTAINER = frozenset({"tig", "ntig", "termSec"})
_TYPED = frozenset({"descrip", "termNote", "admin"})
"""Elements of style DCA whose attribute ``type`` is the category."""
_STATUS = frozenset({"administrativeStatus", "normativeAuthorization"})
TRANSLATE = "translation needed"
"""Category by which Weblate says that a name stays what it is."""
_SAID = frozenset({"definition", "note", "subjectField", "partOfSpeech", "context", TRANSLATE})
"""Categories that tell a translator something."""


@lru_cache(maxsize=1024)
def _attributes(raw: str) -> Mapping[str, str]:
    """Return the attributes of elements that are written alike again and again."""
    return _xml.attributes(raw)


class Scan:
    """One pass over the tags of a verified text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = ""
        self.language = ""
        self.concepts: list[Concept] = []
        self.body: Span | None = None
        self._open: list[Span] = []
        self._concept: Concept | None = None
        self._section: Section | None = None
        self._term: Term | None = None
        self._fact: tuple[int, str] | None = None
        """Depth and category of the element that says something."""

    def run(self) -> None:
        """Take the tags one after the other."""
        for token in _xml.TOKEN.finditer(self.text):
            name, raw, close = token.group("open", "attributes", "close")
            if name:
                self._start(name, token.span(), raw)
                if raw.endswith("/"):  # an empty element
                    self._end(token.end(), token.end())
            elif close:
                self._end(*token.span())

    def _start(self, name: str, place: tuple[int, int], raw: str) -> None:
        kind = local(name) if ":" in name else name
        if len(self._open) >= _xml.MAX_DEPTH:
            line, column = _text.place(self.text, place[0])
            raise FormatError(
                N_("More than {limit} elements inside one another."),
                code="depth", line=line, column=column, limit=_xml.MAX_DEPTH,
            )  # fmt: skip
        self._open.append(self._span(kind, name, place, raw))

    def _span(self, kind: str, name: str, place: tuple[int, int], raw: str) -> Span:
        said: Mapping[str, str]
        if not self._open:
            said = _xml.attributes(raw)
            self.root, self.language = name, said.get("xml:lang") or said.get("lang", "")
        elif self._concept is None:
            if kind in _CONCEPT:
                self._concept = Concept(name, *place)
                said = _xml.attributes(raw)
                self._concept.key = said.get("id") or said.get("xml:id", "")
                self.concepts.append(self._concept)
                return self._concept
            if kind == "body" and self.body is None:
                self.body = Span(name, *place)
                return self.body
        elif kind in _SECTION and self._section is None:
            said = _attributes(raw)
            attribute = "xml:lang" if "xml:lang" in said or "lang" not in said else "lang"
            section = Section(name, *place, language=said.get(attribute, ""), attribute=attribute)
            self._section = section
            self._concept.sections.append(section)
            return section
        elif kind in _CONTAINER and self._section is not None and self._term is None:
            self._term = Term(name, *place)
            self._section.terms.append(self._term)
            return self._term
        elif kind == "term" and self._term is not None and self._term.word is None:
            self._term.word = Span(name, *place)
            return self._term.word
        elif self._fact is None:
            category = _attributes(raw).get("type", "") if kind in _TYPED else kind
            if category in _SAID or category in _STATUS or category.lower() == TRANSLATE:
                self._fact = len(self._open), category
        return Span(name, *place)

    def _end(self, value_end: int, end: int) -> None:
        span = self._open.pop()
        span.value_end, span.end = value_end, end
        if span is self._term:
            self._term = None
        elif span is self._section:
            self._section = None
        elif span is self._concept:
            self._concept = None
        elif self._fact is not None and self._fact[0] == len(self._open):
            self._say(Fact(self._fact[1], span.value, value_end))
            self._fact = None

    def _say(self, fact: Fact) -> None:
        if fact.category in _STATUS:
            if self._term is not None:
                use = use_of(content(unwrapped(self.text[fact.start : fact.end])))
                self._term.forbidden = self._term.forbidden or use is Use.FORBIDDEN
                self._term.preferred = self._term.preferred or use is Use.PREFERRED
            return
        owner = self._term or self._section or self._concept
        if owner is not None:
            owner.facts.append(fact)
