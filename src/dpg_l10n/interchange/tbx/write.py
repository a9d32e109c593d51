"""Writing TBX-Basic: ISO 30042:2019 in style DCA, or the ``martif`` of 2008 that older tools read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from dpg_l10n.domain.terms import Concept, Term, Use

_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold (clause 2.2)."""
_USES = {
    Use.PREFERRED: "preferredTerm-admn-sts", Use.ADMITTED: "admittedTerm-admn-sts",
    Use.FORBIDDEN: "deprecatedTerm-admn-sts",
}  # fmt: skip
_NEW = {"concept": "conceptEntry", "language": "langSec", "term": "termSec"}
_OLD = {"concept": "termEntry", "language": "langSet", "term": "tig"}


def write(
    put: Callable[[bytes], object],
    source_language: str,
    found: Iterable[Concept],
    *,
    old: bool = False,
) -> tuple[int, int]:
    """Write a TBX file; return how many concepts it has, and how many could not be written.

    Args:
        put: Takes bytes, as ``file.write`` does.
        source_language: BCP 47 tag of definitions and notes.
        found: What to write. Concepts with characters that XML cannot hold are left out.
        old: True for the ``martif`` of 2008.
    """
    put(_head(source_language, old=old).encode())
    written = refused = 0
    for concept in found:
        text = "\n".join(_concept(concept, _OLD if old else _NEW)) + "\n"
        if _IMPOSSIBLE.search(text):
            refused += 1
            continue
        put(text.encode())
        written += 1
    put(f"</body></text>\n</{'martif' if old else 'tbx'}>\n".encode())
    return written, refused


def _head(language: str, *, old: bool) -> str:
    tag = quoteattr(language)
    if old:
        root, header = f'martif type="TBX-Basic" xml:lang={tag}', "martifHeader"
    else:
        space = 'xmlns="urn:iso:std:iso:30042:ed-2"'
        root, header = f'tbx type="TBX-Basic" style="dca" xml:lang={tag} {space}', "tbxHeader"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root}>\n<{header}><fileDesc><sourceDesc>'
        f"<p>Written by dpg-l10n</p></sourceDesc></fileDesc></{header}>\n<text><body>\n"
    )


def _concept(concept: Concept, names: dict[str, str]) -> Iterator[str]:
    yield f"<{names['concept']} id={quoteattr(concept.key)}>"
    yield from _typed(
        "descrip", (("subjectField", concept.subject), ("definition", concept.definition))
    )
    yield from _typed("admin", (("source", concept.source),))
    notes = (
        concept.note, _said("risk", concept.risk if concept.risk != "normal" else ""),
        _said("licence", concept.licence or ""), _said("status", concept.status.value),
        _said("do not translate", "yes" if concept.keep else ""),
    )  # fmt: skip
    yield from (f"<note>{_escaped(note)}</note>" for note in notes if note)
    ordered = sorted(concept.terms, key=lambda term: term.language)
    for language, terms in groupby(ordered, key=lambda term: term.language):
        yield f"<{names['language']} xml:lang={quoteattr(language)}>"
        for term in terms:
            yield from _term(term, concept, names["term"])
        yield f"</{names['language']}>"
    yield f"</{names['concept']}>"


def _term(term: Term, concept: Concept, name: str) -> Iterator[str]:
    yield f"<{name}><term>{_escaped(term.text)}</term>"
    yield from _typed(
        "termNote",
        (("partOfSpeech", concept.part_of_speech), ("administrativeStatus", _USES[term.use])),
    )
    if term.status is not concept.status:
        yield f"<note>{_said('status', term.status.value)}</note>"
    yield f"</{name}>"


def _typed(name: str, values: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (f'<{name} type="{kind}">{_escaped(text)}</{name}>' for kind, text in values if text)


def _said(name: str, value: str) -> str:
    return f"{name}: {value}" if value else ""


def _escaped(text: str) -> str:
    # a reader would turn a bare carriage return into a line feed
    return escape(text, {"\r": "&#13;"})
