"""How a TBX file lays out its concepts, so that a new one looks like the others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from dpg_l10n.formats import _xml
from dpg_l10n.formats.tbx.document import Document
from dpg_l10n.formats.tbx.parts import Concept, Section, Span, Term, local


class Part(NamedTuple):
    """An element around others, with the white space before its two tags."""

    name: str
    before: str
    before_end: str


class Style(NamedTuple):
    """How concepts are laid out."""

    concept: Part
    section: Part
    attribute: str
    """Which names the language of a section."""
    path: tuple[Part, ...]
    """What is around a term inside a section, from the outside; the term itself last."""

    def new_concept(self, head: str, section: str) -> str:
        """Return a concept.

        Args:
            head: Its attributes, with a space before each.
            section: Of its source.
        """
        return (
            f"<{self.concept.name}{head}>{self.section.before}{section}"
            f"{self.concept.before_end}</{self.concept.name}>"
        )

    def new_section(self, language: str, raw: str) -> str:
        """Return what a language says of a concept.

        Args:
            language: Its name.
            raw: The term as character data.
        """
        name = self.section.name
        inside = f"{self.path[0].before}{self.new_term(raw)}{self.section.before_end}"
        return f'<{name} {self.attribute}="{_xml.quote(language)}">{inside}</{name}>'

    def new_term(self, raw: str) -> str:
        """Return a term with what is around it."""
        first, *inner = self.path
        begins = [f"<{first.name}>", *(f"{part.before}<{part.name}>" for part in inner)]
        ends = [f"{part.before_end}</{part.name}>" for part in reversed(self.path)]
        return "".join((*begins, raw, *ends))


def style_of(document: Document, concept: Concept | None, newline: str) -> Style:
    """Return the style of a concept's first section with a term, else of the file's, else the usual.

    Args:
        document: The file.
        concept: Where something is added, or beside it; None for the first of a file.
        newline: The line end of the file.
    """
    near: Iterable[Concept] = (concept,) if concept is not None else ()
    for each in (*near, *document.concepts.values()):
        for section in each.sections:
            for term in section.terms:
                if term.word is not None:
                    return _copied(document.text, each, section, term, term.word)
    return _usual(document, newline)


def _copied(text: str, concept: Concept, section: Section, term: Term, word: Span) -> Style:
    path = [_part(text, span) for span in (term, *_between(text, term, word))]
    path.append(Part(word.name, _space(text, word.start), ""))
    return Style(_part(text, concept), _part(text, section), section.attribute, tuple(path))


def _between(text: str, term: Term, word: Span) -> Iterable[Span]:
    """Yield the elements between a container and its term (``termGrp``), from the outside."""
    inside: Span = term
    while True:
        for child in _xml.children(text, inside.value, inside.value_end):
            if child.start < word.start and word.end <= child.value_end:
                inside = Span(child.name, child.start, child.value, child.value_end, child.end)
                yield inside
                break
        else:
            return


def _part(text: str, span: Span) -> Part:
    return Part(span.name, _space(text, span.start), _space(text, span.value_end))


def _space(text: str, end: int) -> str:
    start = end
    while start and text[start - 1] in _xml.SPACE:
        start -= 1
    return text[start:end]


def _usual(document: Document, newline: str) -> Style:
    """Return how files look that this toolkit makes, with the names of the file's edition."""
    prefix = document.root[: -len(local(document.root))]
    old = local(document.root) == "martif"
    names = ("termEntry", "langSet", "tig") if old else ("conceptEntry", "langSec", "termSec")
    concept, section, term = (prefix + name for name in names)
    depth = [newline + "  " * level for level in range(4)]
    return Style(
        Part(concept, depth[0], depth[0]), Part(section, depth[1], depth[1]), "xml:lang",
        (Part(term, depth[2], ""), Part(f"{prefix}term", "", "")),
    )  # fmt: skip
