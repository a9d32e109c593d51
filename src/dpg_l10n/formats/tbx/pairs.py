"""TBX files of the source and one other language each, as Weblate keeps them, or of that alone."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import replace

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Text, is_blank
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._path import family, languages_in
from dpg_l10n.formats._text import encode, newline
from dpg_l10n.formats._xml_patch import Patch
from dpg_l10n.formats.spec import FormatSpec, PluralKind
from dpg_l10n.formats.tbx.document import open_document
from dpg_l10n.formats.tbx.read import read
from dpg_l10n.formats.tbx.write import serialize as write
from dpg_l10n.i18n import N_

NAME = "tbx-pairs"
_SOURCE = "source-language"
"""Header field that says which of the two languages is the source."""
_PAIR = 2
_LANGUAGE = re.compile(
    rb"""<(?:[\w.-]+:)?(?P<kind>lang(?:Set|Sec)|martif|tbx)\b[^<>]*?\blang=["'](?P<name>[^"']+)["']"""
)


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the concepts of a file with their terms in the source and in the other language.

    Args:
        data: The whole file.
        source: The parsed source file: says which of the languages is the source.

    Raises:
        FormatError: As :func:`dpg_l10n.formats.tbx.read.parse`; ``format.languages``: there are two
            languages or more beside the source.
    """
    document = open_document(data)
    wanted = source.header_field(_SOURCE) if source is not None else document.language
    own = next((n for n in document.languages if wanted and family(n) == family(wanted)), None)
    others = [name for name in document.languages if name != own]
    if len(others) > 1:
        raise FormatError(
            N_("This file has several languages beside its source: {names}. Name it as a “source” "
               "without a “target”, of the format “tbx”."),
            code="languages", line=1, names=", ".join(others),
        )  # fmt: skip
    language = others[0] if others else None
    texts = {e.key: e.text for e in read(document, language).entries} if others else {}
    beside = {e.key: e.source for e in source.entries} if source is not None else {}
    entries = tuple(
        entry._replace(
            text=texts.get(entry.key, ""),
            source=beside.get(entry.key) if own is None else entry.text,
        )
        for entry in read(document, own).entries
    )
    named = own or wanted
    header = ((_SOURCE, named),) if named else ()
    return Catalogue(NAME, entries, language, header, encoding=document.codec)


def begin(source: Catalogue, language: str) -> Catalogue:
    """Return the empty catalogue of a new language."""
    entries = tuple(entry._replace(text="", line=0) for entry in source.entries)
    return Catalogue(NAME, entries, language, source.header)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a file of the source and the catalogue's language.

    A concept that the catalogue lacks loses what the language says of it, and stays.

    Raises:
        FormatError: As :func:`dpg_l10n.formats.tbx.write.serialize`; ``format.languages``: texts of
            no language.
    """
    language, own = catalogue.language, catalogue.header_field(_SOURCE)
    texts = {entry.key: entry.text for entry in catalogue.entries}
    if language is None and not all(map(is_blank, texts.values())):
        raise FormatError(N_("Nothing says in which language these terms are."), code="languages")
    if template is None:
        sources = tuple(entry.with_text(_source(entry)) for entry in catalogue.entries)
        template = write(Catalogue("tbx", sources, own or "en"))
    document = open_document(template)
    if own not in document.languages and document.languages == (language,):
        return _alone(catalogue, template)
    own = own if own in document.languages else document.language
    data = write(_sources(catalogue, read(document, own)), template)
    if language in (None, own):
        return data
    data = _without_others(data, {own, language})
    there = read(open_document(data), language)
    entries = tuple(entry.with_text(texts.get(entry.key, "")) for entry in there.entries)
    return write(replace(there, entries=entries), data)


def _alone(catalogue: Catalogue, template: bytes) -> bytes:
    """Return the bytes of a file that has no source terms."""
    said = tuple(entry for entry in catalogue.entries if not is_blank(entry.text))
    return write(Catalogue("tbx", said, catalogue.language), template)


def _without_others(data: bytes, kept: Set[str | None]) -> bytes:
    """Return a file without the languages of another one that it was made from."""
    document = open_document(data)
    if kept >= set(document.languages):
        return data
    patch = Patch(document.text, newline(document.text))
    for concept in document.every:
        for section in concept.sections:
            if section.language not in kept:
                patch.remove(section.start, section.end)
    return encode(patch.apply(), document.codec)


def _source(entry: Entry) -> Text:
    return entry.key if entry.source is None else entry.source


def _sources(catalogue: Catalogue, there: Catalogue) -> Catalogue:
    """Return the source of a file as a catalogue has it, with concepts that the file lacks."""
    wanted, known = catalogue.by_key(), there.by_key()
    new: dict[str | None, list[Entry]] = {}
    last: str | None = None
    for entry in catalogue.entries:
        if entry.key in known:
            last = entry.key
        else:
            new.setdefault(last, []).append(entry.with_text(_source(entry)))
    entries = new.get(None, [])
    for old in there.entries:
        said = wanted.get(old.key)
        changed = said is not None and said.source is not None
        entries += [
            old.with_text(_source(said)) if changed and said else old,
            *new.get(old.key, ()),
        ]
    return replace(there, entries=tuple(entries))


def sniff(path: str, head: bytes) -> bool:
    """Tell whether a file is TBX of the one language that its path names beside the source.

    One of a single language is that of the source, or has just been begun. The language of the root
    is the source's.
    """
    if not path.lower().endswith(".tbx"):
        return False
    roots: set[str] = set()
    names: set[str] = set()
    for found in _LANGUAGE.finditer(head):
        name = family(found["name"].decode("utf-8", "replace"))
        (names if found["kind"].startswith(b"lang") else roots).add(name)
    named = {family(name) for name in languages_in(path)}
    if len(names) == 1:
        return bool(named)
    return len(names) == _PAIR and len(named & names) == 1 and not named & roots


FORMAT = FormatSpec(
    name=NAME,
    title="TBX glossary, one file per language",
    suffixes=(".tbx",),
    bilingual=True,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    begin=begin,
    needs_language=True,
    unusual=True,
)
"""The format, as detection and the services know it."""
