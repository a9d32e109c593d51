"""A pseudo-translation of a file: to see what of an interface is translatable, and has room."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from dpg_l10n.domain import plurals
from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural, Text, is_blank, texts
from dpg_l10n.domain.paths import spell
from dpg_l10n.domain.placeholders import kinds_for
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.gzipped import named
from dpg_l10n.formats.spec import FormatSpec, PluralKind
from dpg_l10n.ports import Engine, Pair
from dpg_l10n.services.drafting.branches import Case, cases, expand, rebuild
from dpg_l10n.services.drafting.guard import Guard, guard_of
from dpg_l10n.services.multilingual import parse_language, write_language

_SENTINEL = re.compile(r"\{(\d+)\}")
"""What travels in the place of a placeholder."""
SOURCE = "en"
ACCENTED = "en-XA"
RIGHT_TO_LEFT = "ar-XB"


@dataclass(frozen=True, slots=True)
class PseudoReport:
    """What a pseudo-translation holds."""

    format: str
    language: str
    units: int
    kept: tuple[str, ...]
    """Keys of texts that stayed as they are: nothing in them is translated, or a placeholder would
    have been lost."""


def pseudo(
    form: FormatSpec, data: bytes, path: str, engine: Engine, *, right_to_left: bool = False
) -> tuple[bytes, PseudoReport]:
    """Return a file's pseudo-translation in the file's own format.

    Placeholders, markup and the syntax of plurals stay whole, as in every draft.

    Args:
        form: Format of the file.
        data: The source file; where source and translation stand side by side, either.
        path: Of the new file, which is packed where it ends in ``.gz``.
        engine: Makes the texts of ``en-XA`` and ``ar-XB``.
        right_to_left: Words in the order of right-to-left writing (``ar-XB``) instead of accents.

    Raises:
        FormatError: The file is none of the format.
    """
    tag = RIGHT_TO_LEFT if right_to_left else ACCENTED
    name = spell(tag, (), form.name)
    source = form.parse(data)
    begun = _begun(form, source, data, name)
    made = _Texts(form, source, engine, Pair(SOURCE, tag), begun.header_field("Plural-Forms"))

    def write(entries: tuple[Entry, ...]) -> bytes:
        if form.multilingual is not None:
            before = parse_language(form, data, name)
            return write_language(form, replace(before, entries=entries), before, data)
        return form.serialize(replace(begun, entries=entries), data)

    written = made.written(write)
    return named(path, written), PseudoReport(form.name, tag, len(source.entries), tuple(made.kept))


def _begun(form: FormatSpec, source: Catalogue, data: bytes, name: str) -> Catalogue:
    if form.begin is not None:
        return form.begin(source, name)
    return Catalogue(form.name, (), name, encoding=source.encoding)


class _Texts:
    """The entries of the new file."""

    def __init__(
        self, form: FormatSpec, source: Catalogue, engine: Engine, pair: Pair, formula: str | None
    ) -> None:
        self._form = form
        self._source = source
        self._engine = engine
        self._pair = pair
        self._formula = formula
        self.kept: list[str] = []

    def written(self, write: Callable[[tuple[Entry, ...]], bytes]) -> bytes:
        """Return a file of all texts, of which those stay that the format can hold in no other way.

        Raises:
            FormatError: The source itself cannot be written again.
        """
        entries = self.entries()
        while True:
            try:
                return write(entries)
            except FormatError as error:
                key = error.params.get("key")
                if key in self.kept or all(entry.key != key for entry in entries):
                    raise
                self.kept.append(str(key))
                said = {e.key: _said(e) for e in self._source.entries}
                entries = tuple(
                    e._replace(text=self._shape(said[e.key])) if e.key == key else e
                    for e in entries
                )

    def entries(self) -> tuple[Entry, ...]:
        """Return every entry of the source with its pseudo-text."""
        wanted = {entry.key: self._shape(_said(entry)) for entry in self._source.entries}
        made = self._made(wanted)
        found = []
        for entry in self._source.entries:
            text = self._filled(wanted[entry.key], made[self._kinds(entry)])
            if text == wanted[entry.key] and not is_blank(text):
                self.kept.append(entry.key)
            found.append(
                entry._replace(
                    text=_cut(text, entry.max_chars), flags=entry.flags - {"fuzzy"}, previous=None
                )
            )
        return tuple(found)

    def _kinds(self, entry: Entry) -> frozenset[str]:
        return kinds_for(self._form.name, entry.flags)

    def _made(self, wanted: Mapping[str, Text]) -> dict[frozenset[str], dict[str, str]]:
        """Return the pseudo-text of each text, by the kinds of placeholder that it has."""
        by_kinds: dict[frozenset[str], dict[str, str]] = {}
        for entry in self._source.entries:
            known = by_kinds.setdefault(self._kinds(entry), {})
            known.update((text, text) for text in texts(wanted[entry.key]))
        for kinds, known in by_kinds.items():
            guard = guard_of(kinds)
            for text in known:
                known[text] = self._whole(text, guard)
        return by_kinds

    def _whole(self, text: str, guard: Guard) -> str:
        """Return the pseudo-text of a text with its cases and placeholders, or the text itself."""
        tree = expand(text, self._pair, guard.spans) or Case(text, None)
        made = {case: self._sentence(case.text, guard) for case in cases(tree)}
        found = rebuild(tree, made.__getitem__)
        return found if guard.intact(text, found) else text

    def _sentence(self, text: str, guard: Guard) -> str:
        parts, at = "", 0
        values: list[str] = []
        for start, end in guard.spans(text):
            parts += f"{text[at:start]}{{{len(values)}}}"
            values.append(text[start:end])
            at = end
        parts += text[at:]
        if not any(map(str.isalpha, parts)):
            return text  # placeholders and signs alone
        (made,) = self._engine.translate([parts], self._pair)
        return _SENTINEL.sub(lambda found: values[int(found[1])], made)

    def _shape(self, source: Text) -> Text:
        """Return a source text in the variants that the new language has."""
        if isinstance(source, str):
            return source
        indexed = self._form.plurals is PluralKind.GETTEXT
        language = self._pair.target
        labels = plurals.labels(language, self._formula, indexed=indexed)
        forms = plurals.source_forms(source, labels, language, SOURCE, self._formula)
        return Plural(tuple(zip(labels, forms, strict=True)))

    def _filled(self, text: Text, made: Mapping[str, str]) -> Text:
        if isinstance(text, str):
            return made[text]
        return Plural(tuple((label, made[form]) for label, form in text.forms))


def _said(entry: Entry) -> Text:
    return entry.text if entry.source is None else entry.source


def _cut(text: Text, most: int | None) -> Text:
    """Return a text that is no longer than its limit: without what makes it longer, if need be."""
    if most is None or not isinstance(text, str) or len(text) <= most:
        return text
    bare = text.replace("·", "")
    return bare if len(bare) <= most else bare.strip("⟦⟧")
