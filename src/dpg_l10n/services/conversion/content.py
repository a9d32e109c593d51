"""What one file says, with no regard to how its format holds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dpg_l10n.domain.catalogue import CONTEXT_SEPARATOR, Catalogue, Entry, bilingual_key
from dpg_l10n.domain.language_names import language_of
from dpg_l10n.domain.locales import canonical, is_language
from dpg_l10n.domain.message import Text, is_blank
from dpg_l10n.domain.plural_meaning import Rule, exact_numbers, from_icu, general
from dpg_l10n.domain.project import DEFAULT_SOURCE_LANGUAGE
from dpg_l10n.formats.spec import FormatSpec
from dpg_l10n.services.multilingual import parse_language, parse_source

UNKNOWN = "und"
"""Language of texts of which nothing says it; their plurals are read as English ones."""


@dataclass(frozen=True, slots=True)
class Said:
    """The texts of one language."""

    language: str
    """BCP 47 tag, or :data:`UNKNOWN`."""
    entries: Mapping[str, Entry]
    """By the keys of the units."""
    header: tuple[tuple[str, str], ...] = ()
    obsolete: tuple[Entry, ...] = ()
    formula: str | None = None
    """``Plural-Forms`` of the file, where it has one."""

    @property
    def rule(self) -> Rule:
        """What its plural variants mean."""
        return Rule(self.language, self.formula)


@dataclass(frozen=True, slots=True)
class Content:
    """The messages of one file: units of the source, and what each language says."""

    form: FormatSpec
    source_language: str
    """BCP 47 tag, or :data:`UNKNOWN`."""
    units: tuple[Entry, ...]
    """In file order: ``text`` is the source text. A key holds no control character."""
    translations: Mapping[str, Said] = field(default_factory=dict)
    """By BCP 47 tag; the file without its source in one language is no translation."""
    header: tuple[tuple[str, str], ...] = ()
    name: str | None = None
    """What the source file calls its own language, None where it names none."""


def read(
    form: FormatSpec,
    data: bytes,
    *,
    language: str | None,
    source_language: str | None,
    source: Content | None = None,
) -> Content:
    """Return what a file says.

    Args:
        form: Its format.
        data: The whole file.
        language: BCP 47 tag of its translation where the caller knows it.
        source_language: BCP 47 tag of its source where the caller knows it.
        source: The source file, which a translation of a keyed format needs.

    Raises:
        FormatError: The bytes are no valid file of the format.
    """
    if form.multilingual is not None:
        return _several(form, data, source_language)
    if form.bilingual:
        return _side_by_side(form, data, language, source_language, source)
    if source is not None:
        model = Catalogue(form.name, source.units, source.name)
        found = form.parse(data, source=model)
        texts = {entry.key: entry for entry in neutral(found.entries)}
        tag = language or tag_of(found.language) or UNKNOWN
        said = Said(tag, texts, found.header, formula=found.header_field("Plural-Forms"))
        return Content(form, source.source_language, source.units, {tag: said})
    found = form.parse(data)
    own = source_language or language or tag_of(found.language) or UNKNOWN
    units = tuple(
        entry if entry.source is None else entry._replace(text=entry.source, source=None)
        for entry in neutral(found.entries)
    )
    return Content(form, own, units, header=found.header, name=found.language)


def tag_of(name: str | None) -> str | None:
    """Return the tag of a language's name in a file, None where it is none."""
    if name is None:
        return None
    return canonical(name) if is_language(name) else language_of(name)


def _several(form: FormatSpec, data: bytes, source_language: str | None) -> Content:
    assert form.multilingual is not None  # noqa: S101 - the caller asked
    own = form.parse(data).language
    source = parse_source(form, data, source_language or tag_of(own) or DEFAULT_SOURCE_LANGUAGE, {})
    names = [name for name in (own, *form.multilingual.languages(data)) if name is not None]
    said = {}
    for name in dict.fromkeys(names):
        if name == source.language:
            continue
        tag = tag_of(name) or name
        said[tag] = Said(tag, parse_language(form, data, name).by_key())
    tag = tag_of(source.language) or source_language or UNKNOWN
    return Content(form, tag, source.entries, said, source.header)


def _side_by_side(
    form: FormatSpec,
    data: bytes,
    language: str | None,
    source_language: str | None,
    source: Content | None,
) -> Content:
    found = form.parse(data)
    keys = neutral_keys(found.entries)
    texts = {unit.key: unit.text for unit in source.units} if source is not None else {}
    units, entries = [], {}
    for entry, key in zip(found.entries, keys, strict=True):
        text = texts.get(key, entry.source if entry.source is not None else "")
        units.append(entry._replace(key=key, text=text, source=None))
        entries[key] = entry
    named = source.source_language if source is not None else None
    own = source_language or named or tag_of(found.header_field("source-language"))
    tag = language or tag_of(found.language)
    if tag is None and all(is_blank(entry.text) for entry in found.entries):
        return Content(form, own or UNKNOWN, tuple(units), header=found.header)
    formula = found.header_field("Plural-Forms")
    tag = tag or UNKNOWN
    said = Said(tag, entries, found.header, found.obsolete, formula)
    return Content(form, own or DEFAULT_SOURCE_LANGUAGE, tuple(units), {tag: said}, found.header)


def neutral(entries: Iterable[Entry]) -> list[Entry]:
    """Return messages under the keys that they go by in formats whose keys are names."""
    entries = list(entries)
    pairs = zip(entries, neutral_keys(entries), strict=True)
    return [entry if entry.key == key else entry._replace(key=key) for entry, key in pairs]


def neutral_keys(entries: Iterable[Entry]) -> list[str]:
    """Return the keys that messages go by in formats whose keys are names.

    A message that is known by its source text goes by that text behind its context
    (``menu|Open``). Where every message has a context of its own, the contexts are the keys: so our
    own exports write the keys of other formats.
    """
    entries = list(entries)
    contexts = {entry.context for entry in entries}
    if len(contexts) == len(entries) and "" not in contexts and all(map(is_text_key, entries)):
        return [entry.context for entry in entries]
    taken: dict[str, int] = {}
    keys = []
    for entry in entries:
        key = entry.key.replace(CONTEXT_SEPARATOR, "|")
        taken[key] = taken.get(key, 0) + 1
        keys.append(key if taken[key] == 1 else f"{key}|{taken[key]}")
    return keys


def is_text_key(entry: Entry) -> bool:
    """Tell whether the key of a message of a bilingual file is its context and source text."""
    if not entry.source:
        return False
    keys = {bilingual_key(entry.source, context) for context in (None, entry.context)}
    return entry.key in keys


def context_of(unit: Entry) -> str | None:
    """Return the context under which a unit is known where source texts are the keys.

    The other way round than :func:`neutral_keys`: None where the key is the source text itself.
    """
    text = first_form(unit.text)
    if unit.key == text:
        return None
    if unit.key.endswith(f"|{text}"):
        return unit.key.removesuffix(f"|{text}")
    return unit.key


def first_form(text: Text) -> str:
    """Return the text for one of a source, which is what gettext knows a message by."""
    meant = from_icu(text) if isinstance(text, str) else text
    if meant is None or (isinstance(text, str) and exact_numbers(text)):
        return str(text)
    one = meant.get("one")
    return general(meant) if one is None else one


def known_by_text(units: Iterable[Entry]) -> bool:
    """Tell whether the keys of most units come from their source texts."""
    answers = [context_of(unit) != unit.key for unit in units]
    return sum(answers) * 2 > len(answers)
