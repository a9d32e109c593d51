"""Write one language of a TBX file: patch the terms that changed, leave every other byte."""

from __future__ import annotations

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text, _xml
from dpg_l10n.formats._markup import attribute, escapes
from dpg_l10n.formats._xml_patch import Patch
from dpg_l10n.formats.tbx.document import Document, open_document
from dpg_l10n.formats.tbx.parts import Concept, Section, Span
from dpg_l10n.formats.tbx.spaces import wrapped
from dpg_l10n.formats.tbx.style import style_of
from dpg_l10n.i18n import N_

_EMPTY = """\
<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="{}" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc><sourceDesc><p>Written by dpg-l10n</p></sourceDesc></fileDesc></tbxHeader>
<text><body>
</body></text>
</tbx>
"""


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a glossary with the terms of one language.

    A concept that the source lacks is taken out with all its languages; in a translation only what
    the language says of it is, but for its forbidden terms.

    Raises:
        FormatError: The template is no TBX; a text has plural variants or holds what XML cannot; a
            new concept is added in another language than the source's.
    """
    if template is None:
        template = _EMPTY.format(_xml.quote(catalogue.language or "en")).encode("utf-8", "replace")
    document = open_document(template)
    editor = _Editor(document, catalogue.language)
    editor.edit(catalogue)
    written = editor.patch.apply()
    return template if written == document.text else _text.encode(written, document.codec)


class _Editor:
    """The way from what a file says in one language to what it shall say."""

    def __init__(self, document: Document, language: str | None) -> None:
        self.document = document
        self.newline = _text.newline(document.text)
        self.patch = Patch(document.text, self.newline)
        self.language = document.language if language is None else language
        self.is_source = self.language == document.language
        self._first: list[str] = []
        """Concepts of a file that had none."""

    def edit(self, catalogue: Catalogue) -> None:
        """Find the changes."""
        wanted = set()
        before: Concept | None = None
        for entry in catalogue.entries:
            wanted.add(entry.key)
            concept = self.document.concepts.get(entry.key)
            if concept is None:
                self.add_concept(entry, before)
                continue
            before = concept
            self.change(concept, _term(entry))
        for key, concept in self.document.concepts.items():
            if key in wanted:
                continue
            if self.is_source:
                self.patch.remove(concept.start, concept.end)
            else:
                self.remove(concept)
        body = self.document.body
        if body is not None and self._first:
            self._fill(body, "".join((*self._first, self.newline)))

    def change(self, concept: Concept, text: str) -> None:
        """Let the language use another term."""
        document = self.document
        word = concept.word(self.language)
        if document.term(concept, self.language) == text:
            return
        if word is None:
            self.add_term(concept, text)
        elif not text and not self.is_source:
            self.remove(concept)
        else:
            raw = wrapped(text, escapes(document.text[word.value : word.value_end]))
            if word.value == word.end:  # <term/>
                tag = document.text[word.start : word.end].removesuffix("/>").rstrip(_xml.SPACE)
                self.patch.replace(word.start, word.end, f"{tag}>{raw}</{word.name}>")
            else:
                self.patch.replace(word.value, word.value_end, raw)

    def add_term(self, concept: Concept, text: str) -> None:
        """Give a concept its term in the language, in a section of its own where it has none."""
        style = style_of(self.document, concept, self.newline)
        raw = wrapped(text, "")
        own = [section for section in concept.sections if section.language == self.language]
        last = own[-1].terms[-1] if own and own[-1].terms else None
        if last is not None:
            self.patch.insert_after(last.start, last.end, style.new_term(raw))
            return
        new = style.new_section(self.language or "", raw)
        before, after = self._neighbours(concept)
        if before is not None:
            self.patch.insert_after(before.start, before.end, new)
        elif after is not None:
            self.patch.insert_before(after.start, new)
        else:
            self._fill(concept, f"{style.section.before}{new}{style.concept.before_end}")

    def _neighbours(self, concept: Concept) -> tuple[Section | None, Section | None]:
        """Return the sections that a new one goes between, as the file orders its languages."""
        order = {name: place for place, name in enumerate(self.document.languages)}
        own = order.get(self.language or "", len(order))
        before, after = None, None
        for section in concept.sections:
            if order.get(section.language, -1) <= own:
                before = section
            else:
                after = after or section
        return before, after

    def _fill(self, span: Span, new: str) -> None:
        """Put something at the end of an element that has no other of its kind."""
        text = self.document.text
        if span.value == span.end:  # <conceptEntry id="c1"/>
            tag = text[span.start : span.end].removesuffix("/>").rstrip(_xml.SPACE)
            self.patch.replace(span.start, span.end, f"{tag}>{new}</{span.name}>")
            return
        end = span.value_end
        while end > span.value and text[end - 1] in _xml.SPACE:
            end -= 1
        self.patch.replace(end, span.value_end, new)

    def remove(self, concept: Concept) -> None:
        """Take out what the language says of a concept, but for the terms that it forbids."""
        for section in concept.sections:
            if section.language != self.language or not section.terms:
                continue
            if not any(term.forbidden for term in section.terms):
                self.patch.remove(section.start, section.end)
                continue
            for term in section.terms:
                if not term.forbidden:
                    self.patch.remove(term.start, term.end)

    def add_concept(self, entry: Entry, before: Concept | None) -> None:
        """Add a concept of the source after another one."""
        if not self.is_source or self.document.body is None:
            raise FormatError(
                N_("“{key}” is no concept of the file. Add it to the source first."),
                code="unknown", key=entry.key,
            )  # fmt: skip
        text = _term(entry)
        concepts = self.document.concepts
        style = style_of(self.document, before, self.newline)
        section = style.new_section(self.language or "en", wrapped(text, ""))
        head = "" if entry.key == text else f' id="{attribute(entry.key)}"'
        new = style.new_concept(head, section)
        first = next(iter(concepts.values()), None)
        if before is not None:
            self.patch.insert_after(before.start, before.end, new)
        elif first is not None:
            self.patch.insert_before(first.start, new)
        else:
            self._first.append(style.concept.before + new)


def _term(entry: Entry) -> str:
    text = entry.text
    if isinstance(text, Plural):
        if len(text.forms) > 1:
            raise FormatError(
                N_("“{key}” has plural variants, which a glossary cannot hold."),
                code="plural", key=entry.key,
            )  # fmt: skip
        return text.forms[0][1] if text.forms else ""
    return text
