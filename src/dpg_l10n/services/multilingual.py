"""Files that hold the source and every translation: tables, XLSForms, string catalogues.

Such a catalogue has no target files. Each of its targets is the source's own path under the name
that the file gives to a language; the store keeps the bytes once and a row without bytes for each
language, so that a language without a text yet is known too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.domain.language_names import language_of, title_of
from dpg_l10n.domain.locales import base, display_name, is_language
from dpg_l10n.domain.paths import spell
from dpg_l10n.domain.project import CatalogueSpec, Problem, TargetFile
from dpg_l10n.domain.records import StoredCatalogue
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.spec import FormatSpec, Multilingual

MOST_BYTES = 64 * 1024 * 1024
"""Largest file that is looked into for its languages; a push reads by its own limit."""
_SEVERAL = "mul"
"""Tag of a file in several languages (ISO 639)."""


class Languages(NamedTuple):
    """The languages of one file."""

    targets: tuple[TargetFile, ...]
    problems: tuple[Problem, ...]


def holds_all(form: FormatSpec, catalogue: CatalogueSpec | StoredCatalogue) -> bool:
    """Tell whether one file of a catalogue holds all its languages."""
    return form.multilingual is not None and catalogue.pattern is None


def row_path(path: str, name: str) -> str:
    """Return the path under which the store keeps that a file has a language."""
    return f"{path}#{name}"


def find_languages(
    form: FormatSpec, data: bytes, path: str, source_language: str, names: Mapping[str, str]
) -> Languages:
    """Return the languages of a file beside the source; none of a file that cannot be read.

    Args:
        form: A format with ``multilingual``.
        data: The whole file.
        path: For targets and messages.
        source_language: BCP 47 tag of the project.
        names: Name in files to BCP 47, before any other rule.
    """
    try:
        others = _inside(form).languages(data)
    except FormatError:
        return Languages((), ())  # the push says why
    own = _own_name(form, data)
    tags = {name: names.get(name) or language_of(name) for name in _spelled(own, others)}
    source = _source_name(own, tags, source_language)
    problems = [_unknown(path, name) for name, tag in tags.items() if tag is None]
    if source is None or (tags[source] and base(str(tags[source])) != base(source_language)):
        problems += [_foreign(path, source, source_language)] if source else []
    skipped = {source_language, tags.get(source) if source else None}
    targets: dict[str, TargetFile] = {}
    for name, tag in tags.items():
        if tag is None or name == source or tag in skipped:
            continue
        if tag in targets:
            problems.append(_double(path, tag, name, targets[tag].name))
        else:
            targets[tag] = TargetFile(tag, name, path)
    return Languages(tuple(targets[tag] for tag in sorted(targets)), tuple(problems))


def parse_source(
    form: FormatSpec, data: bytes, source_language: str, names: Mapping[str, str]
) -> Catalogue:
    """Return the source texts: in the project's language where the file has it, else its own.

    Raises:
        FormatError: As the format's ``parse``.
    """
    found = form.parse(data)
    tags = {
        name: names.get(name) or language_of(name)
        for name in _spelled(found.language, _inside(form).languages(data))
    }
    source = _source_name(found.language, tags, source_language)
    if source is None or source == found.language:
        return found
    return _inside(form).parse(data, source)


def parse_language(form: FormatSpec, data: bytes, name: str) -> Catalogue:
    """Return the texts of a language under the source's keys, empty where the file has none.

    Raises:
        FormatError: As the format's ``parse``.
    """
    if name in _inside(form).languages(data):
        return _inside(form).parse(data, name)
    found = form.parse(data)
    if found.language == name:
        return found
    nothing = tuple(entry.with_text("") for entry in found.entries)
    return replace(found, entries=nothing, language=name)


def parse_target(
    form: FormatSpec,
    data: bytes,
    target: TargetFile,
    source: Catalogue | None,
    *,
    in_source: bool,
) -> Catalogue:
    """Return the texts of a language: of its own file, or its part of the one for all.

    Args:
        form: Format of the file.
        data: The whole file.
        target: Whose texts.
        source: The parsed source; None without one.
        in_source: True where the file holds all languages (:func:`holds_all`).

    Raises:
        FormatError: As the format's ``parse``.
    """
    if in_source:
        return parse_language(form, data, target.name)
    return form.parse(data, source=source)


def write_language(form: FormatSpec, edited: Catalogue, before: Catalogue, data: bytes) -> bytes:
    """Return the bytes of a file with the texts of one language.

    A text that is left out becomes empty, and one without a place in the file is not written: rows
    belong to the source.

    Args:
        form: Format of the file.
        edited: What the language shall say.
        before: What the bytes say in it.
        data: The file, perhaps with other languages already written.
    """
    texts = edited.by_key()
    entries = tuple(
        texts.get(entry.key) or (entry if entry.text == "" else entry.with_text(""))
        for entry in before.entries
    )
    if all(new.text == old.text for new, old in zip(entries, before.entries, strict=True)):
        return data
    return form.serialize(replace(before, entries=entries), data)


def spell_like(tag: str, siblings: Sequence[TargetFile], format_name: str) -> str:
    """Return the name of a new language as the file names its others: ``fr``, ``French (fr)``."""
    words = [file.name for file in siblings if not is_language(file.name)]
    if len(words) * 2 > len(siblings):
        with_code = sum(name.endswith(")") for name in words) * 2 > len(words)
        return f"{display_name(tag)} ({tag})" if with_code else title_of(tag)
    return spell(tag, siblings, format_name)


def all_of(languages: Collection[str]) -> str:
    """Return the tag of a file in some languages: its only one, or that of several."""
    return next(iter(languages)) if len(languages) == 1 else _SEVERAL


def _inside(form: FormatSpec) -> Multilingual:
    assert form.multilingual is not None  # noqa: S101 - callers asked holds_all
    return form.multilingual


def _own_name(form: FormatSpec, data: bytes) -> str | None:
    try:
        return form.parse(data).language
    except FormatError:  # a duplicate key, say, which the push refuses with its place
        return None


def _spelled(own: str | None, others: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*([own] if own is not None else []), *others]))


def _source_name(
    own: str | None, tags: Mapping[str, str | None], source_language: str
) -> str | None:
    """Return which name is the source: the file's own unless another is the project's language."""
    if own is None or base(tags.get(own) or "") == base(source_language):
        return own
    exact = [name for name, tag in tags.items() if tag == source_language]
    near = [name for name, tag in tags.items() if tag and base(tag) == base(source_language)]
    return next(iter([*exact, *near]), own)


def _unknown(path: str, name: str) -> Problem:
    message = (
        f"“{name}” is no known language. Name its language under [languages] in dpg-l10n.toml."
    )
    return Problem(path, "language.unknown", message)


def _foreign(path: str, name: str, language: str) -> Problem:
    message = (
        f"No text in the project's source language ({language}) was found; “{name}” was taken as "
        "the source."
    )
    return Problem(path, "source.language", message)


def _double(path: str, tag: str, name: str, taken: str) -> Problem:
    message = f"“{name}” and “{taken}” both mean {tag}; “{taken}” was taken."
    return Problem(path, "language.double", message)
