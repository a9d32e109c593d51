"""The bytes of a file, and what reading them again gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from dpg_l10n.domain.catalogue import FUZZY, NO_FLAGS, REVIEWED, Catalogue, Entry, bilingual_key
from dpg_l10n.domain.message import Text, is_blank
from dpg_l10n.domain.paths import spell
from dpg_l10n.domain.plural_meaning import Rule
from dpg_l10n.formats.spec import FormatSpec, PluralKind
from dpg_l10n.services.conversion.content import (
    UNKNOWN,
    Content,
    Said,
    context_of,
    known_by_text,
    neutral,
    neutral_keys,
)
from dpg_l10n.services.conversion.shapes import as_pair, fitting, reshaped
from dpg_l10n.services.multilingual import parse_language, write_language

_TEMPLATE_HEADER = (
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=UTF-8"),
    ("Content-Transfer-Encoding", "8bit"),
)
Restyle = Callable[[Text], Text]
"""What is done to each text before it is written."""


@dataclass(frozen=True, slots=True)
class Part:
    """What was written of one language, or of the source."""

    language: str | None
    """BCP 47 tag, None for the source."""
    rule: Rule
    """What the plural variants mean that were written."""
    placed: Mapping[str, Entry]
    """By the key of the unit: what was handed to the format."""
    found: Mapping[str, Entry]
    """By the key of the unit: what reading the bytes again gives."""
    header: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A file and what became of each message."""

    data: bytes
    parts: tuple[Part, ...]
    refused: Mapping[str, str]
    """Why a unit could not be written, by its key."""
    unmarked: frozenset[str] = frozenset()
    """Units left out because they need work and the format cannot say so."""


class Maker:
    """Makes the bytes of one language from some of the units.

    Args:
        form: The format.
        content: What was read.
        template: File of the format whose layout is taken; None for the format's usual one.
        keep_unfinished: Whether texts that need work stay where the format cannot mark them.
        restyle: What is done to each text before it is written.
    """

    def __init__(
        self,
        form: FormatSpec,
        content: Content,
        template: bytes | None,
        keep_unfinished: bool,
        restyle: Restyle,
    ) -> None:
        """Ask once how messages are known."""
        self._form = form
        self._content = content
        self._template = template
        self._keep = keep_unfinished
        self._restyle = restyle
        self._source_rule = Rule(content.source_language)
        self._by_text = known_by_text(content.units)
        self.units = {unit.key: unit for unit in content.units}
        """By key; a writer adds those of which only a translation is known."""
        self.names = {key: key for key in self.units}
        """What each key is called in the format."""

    def make(self, units: Sequence[Entry], said: Said | None) -> Written:
        """Return the file of one language, or of all where the format holds all.

        Args:
            units: What is to be in it.
            said: The language's texts, None for the source alone.

        Raises:
            FormatError: One of the units cannot be written.
        """
        if self._form.multilingual is not None:
            return self._all(units)
        if self._form.bilingual:
            return self._pairs(units, said)
        return self._keyed(units, said)

    def _all(self, units: Sequence[Entry]) -> Written:
        source_name = self._spelled(self._content.source_language)
        sources = {unit.key: self._source(unit) for unit in units}
        catalogue = Catalogue(self._form.name, tuple(sources.values()), source_name)
        data = self._template if self._template is not None else self._form.serialize(catalogue)
        parts = [self._read(data, None, sources, None)]
        for tag, said in self._content.translations.items():
            rule = Rule(tag)
            entries = {
                unit.key: self._text(unit, said, rule)
                for unit in units
                if unit.key in said.entries and not self._is_left(said.entries[unit.key])
            }
            name = self._spelled(tag) or tag
            before = parse_language(self._form, data, name)
            edited = replace(before, entries=tuple(entries.values()))
            data = write_language(self._form, edited, before, data)
            parts.append(self._read(data, said, entries, name))
        return Written(data, tuple(parts), {})

    def _is_left(self, entry: Entry) -> bool:
        return is_blank(entry.text) or (FUZZY in entry.flags and not self._keep)

    def _pairs(self, units: Sequence[Entry], said: Said | None) -> Written:
        form, content = self._form, self._content
        header = said.header if said is not None else content.header
        language = self._spelled(said.language) if said is not None else None
        if content.form.name != form.name:
            header = self._header(said, language)
        formula = dict(header).get("Plural-Forms")
        rule = Rule(said.language if said is not None else UNKNOWN, formula)
        by_text = form.plurals is PluralKind.GETTEXT
        entries = {
            unit.key: self._pair(unit, said, rule)
            for unit in units
            if not (by_text and is_blank(unit.text))
        }
        obsolete = said.obsolete if said is not None and content.form.name == form.name else ()
        catalogue = Catalogue(form.name, tuple(entries.values()), language, header, obsolete)
        data = form.serialize(catalogue, self._template)
        part = self._read(data, said, entries, None)
        return Written(data, (replace(part, rule=rule, header=header),), {})

    def _header(self, said: Said | None, language: str | None) -> tuple[tuple[str, str], ...]:
        form, content = self._form, self._content
        if form.plurals is not PluralKind.GETTEXT:
            return (("source-language", content.source_language),)
        if form.begin is None or language is None or said is None:
            return _TEMPLATE_HEADER
        header = form.begin(Catalogue(form.name, (), None, ()), language).header
        if said.formula and form.name == "po":
            own = ("Plural-Forms", said.formula)
            header = (*(pair for pair in header if pair[0] != own[0]), own)
        return header

    def _pair(self, unit: Entry, said: Said | None, rule: Rule) -> Entry:
        by_text = self._form.plurals is PluralKind.GETTEXT
        if by_text:
            source = self._restyle(as_pair(unit.text, self._form, self._source_rule))
        else:
            source = self._source(unit).text
        old = said.entries.get(unit.key) if said is not None else None
        text: Text = ""
        if old is not None and said is not None and not is_blank(old.text):
            text = self._restyle(reshaped(old.text, self._form, said.rule, rule))
        labels = tuple(str(index) for index in range(rule.gettext().count)) if by_text else ()
        if by_text:
            text = fitting(text, source, labels)
        entry = unit._replace(key=self.names[unit.key], text=text, source=source, line=0)
        if by_text:
            context = self._context(unit)
            entry = entry._replace(key=bilingual_key(source, context), context=context or "")
        if old is None:
            return entry._replace(flags=self._flags(unit, None))
        return entry._replace(
            flags=self._flags(unit, old), previous=old.previous, notes=old.notes or unit.notes
        )

    def _context(self, unit: Entry) -> str | None:
        """Return what tells a unit from others of its source text, None where that is enough."""
        if not self._by_text:
            return unit.key
        own = context_of(unit)
        return unit.context or None if own is None else own

    def _keyed(self, units: Sequence[Entry], said: Said | None) -> Written:
        form = self._form
        entries = {}
        tag = said.language if said is not None else self._content.source_language
        rule = Rule(tag)
        for unit in units:
            if said is None:
                entries[unit.key] = self._source(unit)
            elif unit.key in said.entries and not is_blank(said.entries[unit.key].text):
                entries[unit.key] = self._text(unit, said, rule)
        language = self._spelled(tag)
        begun = Catalogue(form.name, (), language)
        if self._template is not None:
            model = form.parse(self._template)
            begun = (
                form.begin(model, language or "")
                if form.begin and language
                else replace(begun, encoding=model.encoding)
            )
            known = {entry.key: entry for entry in model.entries}
            if form.keys_from_text or form.needs_template:
                entries = {key: e for key, e in entries.items() if e.key in known}
            entries = {key: _spelled_like(e, known.get(e.key)) for key, e in entries.items()}
        catalogue = replace(begun, entries=tuple(entries.values()))
        data = form.serialize(catalogue, self._template)
        return Written(data, (self._read(data, said, entries, None),), {})

    def _text(self, unit: Entry, said: Said, rule: Rule) -> Entry:
        old = said.entries[unit.key]
        text = self._restyle(reshaped(old.text, self._form, said.rule, rule))
        name = self.names[unit.key]
        flags = self._flags(unit, old)
        return unit._replace(key=name, text=text, source=None, flags=flags, previous=None, line=0)

    def _source(self, unit: Entry) -> Entry:
        """Return the entry of a unit that says its source text."""
        rule = self._source_rule
        text = self._restyle(reshaped(unit.text, self._form, rule, rule))
        name, flags = self.names[unit.key], self._flags(unit, None)
        return unit._replace(key=name, text=text, source=None, flags=flags, previous=None, line=0)

    def _flags(self, unit: Entry, old: Entry | None) -> frozenset[str]:
        """Return the flags that mean something in the format: states, and those of gettext."""
        own = old.flags if old is not None else unit.flags - {FUZZY, REVIEWED}
        if self._content.form.name == self._form.name:
            return own
        kept = {FUZZY} | ({REVIEWED} if self._form.marks_reviewed else set())
        if self._form.name == "po":
            kept |= {flag for flag in own if flag.endswith("-format")}
        return own & kept or NO_FLAGS

    def _spelled(self, tag: str | None) -> str | None:
        return None if tag in (None, UNKNOWN) else spell(str(tag), (), self._form.name)

    def _read(
        self, data: bytes, said: Said | None, placed: Mapping[str, Entry], name: str | None
    ) -> Part:
        """Read what was written, as its next reader will."""
        form = self._form
        rule = Rule(said.language if said is not None else self._content.source_language)
        if form.multilingual is not None and name is not None:
            again = parse_language(form, data, name)
        else:
            model = None
            if said is not None and not form.bilingual:
                model = form.parse(self._template) if self._template else self._model()
            again = form.parse(data, source=model)
        found = _aligned(placed, again.entries if form.bilingual else neutral(again.entries))
        if form.bilingual:
            names = dict(zip(again.by_key(), neutral_keys(again.entries), strict=True))
            found = {key: entry._replace(key=names[entry.key]) for key, entry in found.items()}
        language = said.language if said is not None else None
        return Part(language, rule, placed, found, again.header)

    def _model(self) -> Catalogue:
        sources = tuple(self._source(unit) for unit in self.units.values())
        return Catalogue(self._form.name, sources, self._spelled(self._content.source_language))


def _spelled_like(entry: Entry, model: Entry | None) -> Entry:
    """Return an entry that is spelled as the template's: what is markup there is markup here."""
    if model is None:
        return entry
    return entry._replace(flags=entry.flags | model.flags - {FUZZY, REVIEWED})


def _aligned(placed: Mapping[str, Entry], read: Sequence[Entry]) -> dict[str, Entry]:
    """Return what was read by the key of its unit: by the name that was written, else by place."""
    by_name = {entry.key: entry for entry in read}
    if len(placed) == len(read) and any(entry.key not in by_name for entry in placed.values()):
        return dict(zip(placed, read, strict=True))
    return {key: by_name[entry.key] for key, entry in placed.items() if entry.key in by_name}
