"""One TBX file: its concepts by key, and what they say in a language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from dpg_l10n.domain.locales import base
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _xml
from dpg_l10n.formats._markup import content
from dpg_l10n.formats._patch import refuse_duplicate
from dpg_l10n.formats.tbx.parts import Concept, Span, local
from dpg_l10n.formats.tbx.scan import TRANSLATE, Scan
from dpg_l10n.formats.tbx.spaces import unwrapped
from dpg_l10n.i18n import N_

_ROOTS = ("martif", "tbx")


@dataclass(slots=True)
class Document:
    """One file."""

    data: bytes
    text: str
    codec: str
    root: str
    """``martif`` or ``tbx``, with its prefix if it has one."""
    language: str | None
    """Of the source: that of the root where concepts have it, else the first that they have."""
    languages: tuple[str, ...]
    """All, in the order in which they first occur."""
    concepts: dict[str, Concept]
    """Those that are units, by key."""
    body: Span | None
    every: tuple[Concept, ...]
    """All concepts, those too that are no units."""

    def said(self, start: int, end: int) -> str:
        """Return what a part of the text says, without elements inside."""
        raw = unwrapped(self.text[start:end])
        if "<" in raw:
            raw = _xml.TOKEN.sub(lambda token: token[0] if token["cdata"] is not None else "", raw)
        return content(raw)

    def term(self, concept: Concept, language: str | None) -> str:
        """Return the term that a language uses, empty where it has none."""
        word = concept.word(language)
        return self.said(word.value, word.value_end) if word is not None else ""


@lru_cache(maxsize=1)  # the languages of a file are read one after another
def open_document(data: bytes) -> Document:
    """Return the parts of a file.

    Raises:
        FormatError: Not well-formed, no TBX, an identifier that two concepts have, or elements too
            deep inside one another.
    """
    text, codec = _xml.decode(data)
    _xml.verify(text)
    scan = Scan(text)
    scan.run()
    if local(scan.root) not in _ROOTS:
        raise FormatError(
            N_("This is no TBX file: there is no element “tbx” or “martif” at its beginning."),
            code="tbx", line=1,
        )  # fmt: skip
    names = dict.fromkeys(
        section.language for concept in scan.concepts for section in concept.sections
    )
    names.pop("", None)
    own = _own(scan.language, tuple(names))
    found = Document(
        data, text, codec, scan.root, own, tuple(names), {}, scan.body, tuple(scan.concepts)
    )
    found.concepts = _by_key(found, scan.concepts)
    return found


def _own(root: str, names: tuple[str, ...]) -> str | None:
    """Return the source's own name: the root's, however concepts spell it, else the first."""
    wanted = root.lower()
    like = (
        [name for name in names if name == root]
        + [name for name in names if name.lower() == wanted]
        + [name for name in names if base(name.lower()) == base(wanted)]
    )
    return next(chain(like, names), root or None)


def _by_key(document: Document, concepts: list[Concept]) -> dict[str, Concept]:
    """Return the concepts by identifier; one without by its term, numbered where that is taken."""
    lines: dict[str, int] = {}
    at, line = 0, 1
    for concept in concepts:
        line += document.text.count("\n", at, concept.start)
        at = concept.start
        concept.line = line
        if concept.key in lines:
            raise refuse_duplicate(concept.key, lines[concept.key], line)
        if concept.key:
            lines[concept.key] = line
    taken = Counter(lines.keys())
    found = {}
    for concept in concepts:
        if not concept.key:
            concept.key = _free(next(_terms(document, concept), ""), taken)
        if concept.key and not _is_kept_back(document, concept):
            found[concept.key] = concept
    return found


def _terms(document: Document, concept: Concept) -> Iterator[str]:
    names = (document.language, *(section.language for section in concept.sections))
    return filter(None, (document.term(concept, name) for name in names))


def _free(term: str, taken: Counter[str]) -> str:
    key = term
    while term and key in taken:
        taken[term] += 1
        key = f"{term} ({taken[term]})"
    taken[key] += 1
    return key


def _is_kept_back(document: Document, concept: Concept) -> bool:
    return any(
        fact.category.lower() == TRANSLATE
        and document.said(fact.start, fact.end).strip().lower() == "no"
        for fact in concept.facts
    )
