"""The use cases: a file becomes a memory, memories are listed and taken out again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from dpg_l10n.domain.catalogue import FUZZY, REVIEWED, Catalogue
from dpg_l10n.domain.locales import canonical
from dpg_l10n.domain.memory import Foreign, ForeignEntry, serves
from dpg_l10n.domain.message import is_blank, plain
from dpg_l10n.domain.states import State
from dpg_l10n.errors import FormatError, InputError, NotFoundError, UsageError
from dpg_l10n.formats import FORMATS
from dpg_l10n.i18n import N_
from dpg_l10n.interchange.tmx import Problem, TmxReader
from dpg_l10n.ports import Clock, Store, UnitOfWork
from dpg_l10n.services.memory.reports import LeftOut, MemoryImport, MemoryItem

_AT_ONCE = 5000
"""Entries of one transaction: others write in between, and what a crash leaves is whole."""
_ROOT = re.compile(rb"<\0?t\0?m\0?x\0?[\s>]")
_SNIFFED = 65_536


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file becomes a memory."""

    name: str
    """Of the memory. One that is there already is added to."""
    licence: str | None = None
    """SPDX expression of entries that name none; None takes that of the file."""
    language: str | None = None
    """BCP 47 tag of the translations, where the file does not say it; of TMX only this one."""
    source_language: str = "en"
    """BCP 47 tag of the sources, where the file does not say it."""
    replace: bool = False
    """True takes out first what the memory had."""
    actor: str = "maintainer"
    """Pseudonym."""
    most_bytes: int = 64 * 1024 * 1024
    """Larger files of formats that are read as a whole are refused."""


def import_memory(
    store: Store,
    file: BinaryIO,
    path: str,
    clock: Clock,
    options: ImportOptions,
    progress: Callable[[int], None] = lambda _entries: None,
) -> MemoryImport:
    """Take the finished translations of a TMX, PO or XLIFF file in as a memory.

    They are suggestions with their licence, in no figure of any project. The same file twice
    changes nothing.

    Args:
        store: Where to.
        file: Open at its beginning, for reading bytes; TMX of any size.
        path: Name for messages.
        clock: Gives the time.
        options: Name, licence, languages.
        progress: Called with the entries taken in so far.

    Raises:
        FormatError: The file is none of its format; nothing is stored.
        InputError: ``memory.format``: it is of no format with sources and translations.
        UsageError: ``memory.language``: nothing says the language of the translations.
    """
    try:
        found = _open(file, path, options)
    except FormatError as error:
        error.path = error.path or path
        raise
    with store.write() as uow:
        old = uow.foreign.get(options.name)
        if old is not None and options.replace:
            uow.foreign.remove(old)
        licence = options.licence or found.licence or (old.licence if old else None)
        memory = uow.foreign.save(Foreign(options.name, licence, clock.now()), options.actor)
        uow.commit()
    languages: Counter[str] = Counter()
    for part in _parts(found.entries):
        with store.write() as uow:
            uow.foreign.add(memory, part)
            uow.commit()
        languages.update(entry.language for entry in part)
        progress(languages.total())
    left_out, problems = found.left_out()
    return MemoryImport(
        memory=memory.name,
        licence=memory.licence,
        entries=languages.total(),
        languages=dict(sorted(languages.items())),
        left_out=left_out,
        problems=tuple(LeftOut(path, each.line, str(each)) for each in problems),
    )


def memories(store: Store) -> tuple[MemoryItem, ...]:
    """Return the memories that came as files, by name."""
    with store.read() as uow:
        return tuple(
            MemoryItem(
                memory.name, memory.licence, entries, uow.foreign.languages(memory), memory.at
            )
            for memory, entries in uow.foreign.list()
        )


def remove_memory(store: Store, name: str) -> int:
    """Take a memory that came as a file out of the store; return how many entries it had.

    Raises:
        NotFoundError: There is no such memory.
    """
    with store.write() as uow:
        memory = uow.foreign.get(name)
        if memory is None:
            raise not_there(uow, name)
        gone = uow.foreign.remove(memory)
        uow.commit()
    return gone


def not_there(uow: UnitOfWork, name: str) -> NotFoundError:
    """Return the error of a memory that does not exist."""
    known = ", ".join(each.name for each, _ in uow.foreign.list())
    return NotFoundError(kind="memory", name=name, hint=f"There are: {known or 'none yet'}.")


@dataclass(frozen=True, slots=True)
class _Opened:
    """Entries that come as they are read, and what was left out, known at the end."""

    licence: str | None
    entries: Iterator[ForeignEntry]
    left_out: Callable[[], tuple[int, Sequence[Problem]]]


def _open(file: BinaryIO, path: str, options: ImportOptions) -> _Opened:
    first = file.read(_SNIFFED)
    file.seek(0)
    if path.lower().endswith(".tmx") or _ROOT.search(first):
        reader = TmxReader(file)
        entries = (
            entry
            for entry in reader
            if options.language is None or serves(entry.language, options.language)
        )
        return _Opened(
            reader.said.get("licence"), entries, lambda: (reader.left_out, reader.problems)
        )
    catalogue = _parse(file, path, first, options)
    language = _language(catalogue, path, options)
    return _Opened(
        None, _of_catalogue(catalogue, language, options.source_language), lambda: (0, ())
    )


def _parse(file: BinaryIO, path: str, first: bytes, options: ImportOptions) -> Catalogue:
    bilingual = [form for form in map(FORMATS.__getitem__, FORMATS.names()) if form.bilingual]
    form = next((form for form in bilingual if form.sniff(path, first)), None)
    if form is None:
        raise InputError(
            N_(
                "{path} is no file with sources and translations side by side. Memories are "
                "taken from TMX and from: {formats}."
            ),
            code="memory.format", path=path, formats=", ".join(form.title for form in bilingual),
        )  # fmt: skip
    data = file.read(options.most_bytes + 1)
    if len(data) > options.most_bytes:
        raise InputError(
            N_("{path} is larger than {limit} MB. Convert it to TMX, which is read in pieces."),
            code="input.size", path=path, limit=options.most_bytes // 1_048_576,
        )  # fmt: skip
    return form.parse(data)


def _language(catalogue: Catalogue, path: str, options: ImportOptions) -> str:
    said = options.language or catalogue.language
    if not said:
        raise UsageError(
            N_("{path} does not say which language it is in. Name it: --language CODE"),
            code="memory.language", path=path,
        )  # fmt: skip
    return canonical(said)


def _of_catalogue(
    catalogue: Catalogue, language: str, source_language: str
) -> Iterator[ForeignEntry]:
    """Yield the finished translations of a file; of plural variants the general ones."""
    for entry in catalogue.entries:
        if entry.source is None or is_blank(entry.text) or FUZZY in entry.flags:
            continue
        source, text = plain(entry.source), plain(entry.text)
        if source.strip() and text.strip():
            state = State.REVIEWED if REVIEWED in entry.flags else State.TRANSLATED
            yield ForeignEntry(source, text, source_language, language, state)


def _parts(entries: Iterator[ForeignEntry]) -> Iterator[list[ForeignEntry]]:
    while part := list(islice(entries, _AT_ONCE)):
        yield part
