"""A catalogue's texts in formats to exchange with others: XLIFF, tables, TMX."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from dpg_l10n.domain.catalogue import CONTEXT_SEPARATOR, Catalogue, Entry
from dpg_l10n.domain.memory import ForeignEntry
from dpg_l10n.domain.message import is_blank, plain
from dpg_l10n.domain.plural_meaning import Rule
from dpg_l10n.domain.states import State
from dpg_l10n.domain.unit import Unit
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.spec import FormatSpec
from dpg_l10n.interchange.tmx import write as write_tmx
from dpg_l10n.services.conversion.shapes import reshaped
from dpg_l10n.services.export_entries import Only, Texts, edited
from dpg_l10n.services.multilingual import all_of, parse_language, write_language

_SINGLE = {"xliff": ("xliff2", "xlf"), "tmx": ("tmx", "tmx")}
_TABLES = {"csv": "csv", "xlsx": "xlsx"}
EXCHANGE = (*_SINGLE, *_TABLES)
"""Names of the formats, beside those that catalogues have themselves."""


class Language(NamedTuple):
    """What the store has of one language."""

    tag: str
    """BCP 47."""
    spelling: str
    """Name of the language in the paths of new files."""
    texts: Texts
    formula: str | None
    """``Plural-Forms`` of its file, where that is a gettext file."""


class Whole(NamedTuple):
    """A catalogue that is exported."""

    name: str
    project: str
    source_language: str
    licence: str | None
    units: Sequence[Unit]


class File(NamedTuple):
    """One file that was made."""

    path: str
    language: str
    data: bytes
    said: int
    """Units with a text in it."""


def exchange_files(
    format_name: str,
    whole: Whole,
    languages: Sequence[Language],
    only: Only | None,
    include_drafts: bool,
) -> Iterator[File]:
    """Yield the files of a catalogue in a format of exchange.

    XLIFF marks what needs work and drafts, with the origin of these. The others cannot: they hold what is
    finished, and drafts only when asked for. Plurals become ICU messages.

    Args:
        format_name: One of :data:`EXCHANGE`.
        whole: The catalogue.
        languages: Its languages.
        only: Which texts are wanted, None for all that people wrote.
        include_drafts: Drafts too.

    Raises:
        FormatError: A text cannot be written in the format.
    """
    if format_name in _TABLES:
        yield _table(FORMATS[_TABLES[format_name]], whole, languages, only, include_drafts)
        return
    for language in languages:
        path = f"{whole.name}/{language.spelling}.{_SINGLE[format_name][1]}"
        if format_name == "tmx":
            data, said = _tmx(whole, language, only, include_drafts)
        else:
            data, said = _xliff(whole, language, only, include_drafts)
        yield File(path, language.tag, data, said)


def _xliff(
    whole: Whole, language: Language, only: Only | None, include_drafts: bool
) -> tuple[bytes, int]:
    form = FORMATS["xliff2"]
    texts = _flat(form, whole, language)
    entries = tuple(
        Entry(
            unit.key, "", unit.source, unit.context, unit.notes, unit.locations,
            max_chars=unit.max_chars,
        )
        for unit in texts.units
    )  # fmt: skip
    header = (("source-language", whole.source_language),)
    begun = Catalogue(form.name, entries, language.tag, header)
    made = edited(form, begun, None, texts, only, include_drafts)
    return form.serialize(made), sum(not is_blank(entry.text) for entry in made.entries)


def _table(
    form: FormatSpec,
    whole: Whole,
    languages: Sequence[Language],
    only: Only | None,
    include_drafts: bool,
) -> File:
    rule = Rule(whole.source_language)
    sources = tuple(
        Entry(_key(unit), reshaped(unit.source, form, rule, rule), notes=unit.notes)
        for unit in whole.units
    )
    data = form.serialize(Catalogue(form.name, sources, whole.source_language))
    said = 0
    for language in languages:
        before = parse_language(form, data, language.tag)
        made = _finished(form, whole, language, only, include_drafts)
        data = write_language(form, replace(before, entries=made), before, data)
        said += sum(not is_blank(entry.text) for entry in made)
    tags = [language.tag for language in languages]
    return File(f"{whole.name}.{form.name}", all_of(tags), data, said)


def _tmx(
    whole: Whole, language: Language, only: Only | None, include_drafts: bool
) -> tuple[bytes, int]:
    form = FORMATS["csv"]
    units = {_key(unit): unit for unit in whole.units}
    parts: list[bytes] = []
    states = language.texts.translations
    entries = [
        ForeignEntry(
            plain(units[entry.key].source), plain(entry.text), whole.source_language, language.tag,
            states[units[entry.key].id].state, whole.licence, whole.project,
        )
        for entry in _finished(form, whole, language, only, include_drafts)
        if not is_blank(entry.text)
    ]  # fmt: skip
    said, _ = write_tmx(parts.append, whole.source_language, entries)
    return b"".join(parts), said


def _finished(
    form: FormatSpec, whole: Whole, language: Language, only: Only | None, include_drafts: bool
) -> tuple[Entry, ...]:
    """Return the entries of texts that a file without marks may hold."""
    texts = _flat(form, whole, language)
    finished = {
        unit: each
        for unit, each in texts.translations.items()
        if each.state is not State.NEEDS_WORK
    }
    empty = Catalogue(form.name, (), language.tag)
    wanted = replace(texts, translations=finished)
    return edited(form, empty, None, wanted, only, include_drafts).entries


def _flat(form: FormatSpec, whole: Whole, language: Language) -> Texts:
    """Return texts with their plurals as the format has them, under keys that every format holds."""
    source_rule = Rule(whole.source_language)
    own = Rule(language.tag, language.formula)
    units = [
        unit._replace(key=_key(unit), source=reshaped(unit.source, form, source_rule, source_rule))
        for unit in whole.units
    ]
    said = {
        number: each._replace(text=reshaped(each.text, form, own, own))
        for number, each in language.texts.translations.items()
    }
    return replace(language.texts, units=units, translations=said)


def _key(unit: Unit) -> str:
    return unit.key.replace(CONTEXT_SEPARATOR, "|")
