"""Which columns of a table hold keys, notes and texts, by their titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dpg_l10n.domain.language_names import language_of
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._table.grid import Grid
from dpg_l10n.i18n import N_

_KEYS = ("key", "keys", "message key", "string key", "string id", "message id", "identifier")
_WEAK_KEYS = ("id", "name", "code", "string", "term")
"""Keys where no better column is: ``id`` is a language too."""
_SOURCES = frozenset({"source", "source text", "source string", "original", "default", "base"})
_NOTES = frozenset(
    {"description", "descriptions", "note", "notes", "comment", "comments", "developer notes"}
)
_CONTEXTS = frozenset({"context", "contexts"})
_TEXTS = frozenset({"value", "values", "text", "translation", "translations", "message"})
_WORDS = frozenset(
    {"age", "all", "as", "cat", "day", "is", "it", "key", "lat", "lon", "map", "max", "min", "new",
     "no", "old", "or", "pin", "ref", "row", "sex", "so", "sum", "tag", "to", "url"}
)  # fmt: skip
"""Titles of columns of data that are also codes of languages. Those of two letters (``it``, ``no``,
``so``) are codes beside codes that are nothing else, and where no column is about anything else."""
_CODE = re.compile(r"[a-z]{2,3}(?:[-_](?:[a-z]{2}|[a-z]{4}|\d{3})){0,2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one grid."""

    grid: int
    """Place of the grid in its book."""
    header: int
    """Row of the titles."""
    key: int
    source: int
    own: str | None
    """Title of the source's column where that names a language."""
    languages: tuple[tuple[str, int], ...] = ()
    """Title and place of the languages beside the source."""
    notes: tuple[int, ...] = ()
    context: int | None = None

    def column(self, language: str | None) -> int | None:
        """Return the column of a language, as spelled in the title or meaning the same, or None."""
        if language is None or language == self.own:
            return self.source
        found = next((at for title, at in self.languages if title == language), None)
        if found is not None:
            return found
        tag = language_of(language)
        if tag is None:
            return None
        if self.own is not None and language_of(self.own) == tag:
            return self.source
        return next((at for title, at in self.languages if language_of(title) == tag), None)

    @property
    def last(self) -> int:
        """The column behind which a new language goes."""
        return max([self.source, *(at for _, at in self.languages)])


def find_columns(number: int, grid: Grid) -> Columns | None:
    """Return the columns of a grid by its first row, None where that names no key or no text.

    The source is a column that says so, else the English one, else the first language.

    Raises:
        FormatError: ``format.duplicate``: two columns have the same language as their title.
    """
    header = grid.first_row()
    if header is None:
        return None
    titles = [" ".join(title.split()).casefold() for title in grid.rows[header]]
    key = _key(titles)
    if key is None or _is_indonesian(titles, key):
        return None
    original = [title.strip() for title in grid.rows[header]]
    sure = {at for at, title in enumerate(original) if at != key and _is_language(title)}
    codes = sum(_CODE.fullmatch(original[at]) is not None for at in sure)
    words = {at for at, title in enumerate(titles) if at != key and _is_code(title)}
    alone = len(titles) - 1 == len(sure | words | _said_of(titles))
    strong = titles[key] in _KEYS
    if codes > 1 or (codes and (strong or alone)) or (strong and alone and len(words) > 1):
        sure |= words
    languages = [(title, at) for at, title in enumerate(original) if at in sure]
    _refuse_doubles(languages, grid.lines[header])
    source = next((at for at, title in enumerate(titles) if at != key and title in _SOURCES), None)
    own = None
    if source is None and languages:
        english = [pair for pair in languages if language_of(pair[0]) == "en"]
        own, source = (english or languages)[0]
        languages.remove((own, source))
    if source is None:
        return None
    notes = tuple(at for at, title in enumerate(titles) if title in _NOTES)
    context = next((at for at, title in enumerate(titles) if title in _CONTEXTS), None)
    return Columns(number, header, key, source, own, tuple(languages), notes, context)


def find_pair(number: int, grid: Grid) -> Columns | None:
    """Return the columns of a grid of keys and one text each, None where it is something else.

    The title of the text says so (``value``) or names a language; it stands behind the key.
    """
    header = grid.first_row()
    if header is None:
        return None
    titles = [" ".join(title.split()).casefold() for title in grid.rows[header]]
    key = _key(titles)
    texts = [
        at
        for at, title in enumerate(titles)
        if at != key and (title in _TEXTS | _SOURCES or _is_language(grid.rows[header][at]))
    ]
    if not texts:  # a title that may be a word, where no column is about anything else
        words = [at for at, title in enumerate(titles) if at != key and _is_code(title)]
        texts = words if len(titles) - 2 == len(_said_of(titles)) else []
    if key is None or len(texts) != 1:
        return None
    notes = tuple(at for at, title in enumerate(titles) if title in _NOTES)
    context = next((at for at, title in enumerate(titles) if title in _CONTEXTS), None)
    title = grid.rows[header][texts[0]].strip()
    own = title if _is_language(title) or _is_code(title.casefold()) else None
    return Columns(number, header, key, texts[0], own, (), notes, context)


def is_table(columns: Columns | None) -> bool:
    """Tell whether columns are those of translations: a source and a language at least."""
    return columns is not None and bool(columns.languages)


def no_columns() -> FormatError:
    """Return the error of a file without the columns of a table of texts."""
    return FormatError(
        N_("No column titles of a table of texts were found. The first row needs a “key” and one "
           "column per language (“en”, “French”), or “key” and “value”."),
        code="columns", line=1,
    )  # fmt: skip


def _key(titles: Sequence[str]) -> int | None:
    for names in (_KEYS, _WEAK_KEYS):
        found = [at for at, title in enumerate(titles) if title in names]
        if found:
            return found[0]
    return None


def _is_indonesian(titles: Sequence[str], key: int) -> bool:
    """Tell whether the key is a language: ``id`` behind two or more others."""
    before = titles[:key]
    return titles[key] == "id" and len(before) > 1 and all(map(_CODE.fullmatch, before))


def _said_of(titles: Sequence[str]) -> set[int]:
    """Return the columns that say something of the texts."""
    about = _NOTES | _CONTEXTS | _SOURCES
    return {at for at, title in enumerate(titles) if title in about}


def is_doubtful(columns: Columns, titles: Sequence[str]) -> bool:
    """Tell whether both titles of a pair may be those of data: ``id,no``."""
    key, text = titles[columns.key], titles[columns.source]
    return key.strip().casefold() in _WEAK_KEYS and _is_code(text.strip().casefold())


def _is_language(title: str) -> bool:
    plain = " ".join(title.split()).casefold()
    if not plain or plain in _WORDS | _NOTES | _CONTEXTS | _SOURCES | _TEXTS:
        return False
    if len(plain) <= 3 and not _CODE.fullmatch(plain):
        return False
    return language_of(title) is not None


def _is_code(title: str) -> bool:
    """Tell whether a title that may be a word is the two-letter code of a language too."""
    return title in _WORDS and len(title) == 2


def _refuse_doubles(languages: Sequence[tuple[str, int]], line: int) -> None:
    seen: set[str] = set()
    for title, at in languages:
        if title in seen:
            raise FormatError(
                N_("The column “{title}” stands here twice. Remove one of them."),
                code="duplicate", line=line, column=at + 1, title=title,
            )  # fmt: skip
        seen.add(title)
