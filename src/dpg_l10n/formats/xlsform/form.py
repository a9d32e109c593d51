"""One form: its sheets, the columns of texts, and what each row is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from dpg_l10n.domain.language_names import language_of
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._table import Book, Grid
from dpg_l10n.formats.xlsform.titles import MEDIA, NAMES, Title, title_of
from dpg_l10n.i18n import N_

SHEETS = ("survey", "choices", "external_choices", "settings")
_LIST = frozenset({"list_name", "list name", "list"})
_NOTES = frozenset({"notes", "note", "comment", "comments", "description"})
_YES = frozenset({"yes", "true", "true()", "1"})
_MOST_GROUPS = 8
"""So many enclosing groups tell questions of one name apart."""


class Row(NamedTuple):
    """One question, choice or group."""

    at: int
    """Row in the grid."""
    name: str
    notes: str
    type: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of texts."""

    grid: int
    name: str
    """Lower case, as the specification has it."""
    header: int
    titles: Mapping[str, Mapping[str | None, tuple[int, Title]]]
    """Column and title by kind, then by language as spelled."""
    rows: tuple[Row, ...]

    def kinds(self) -> list[str]:
        """Return the kinds of text, in the order of their first columns."""
        return sorted(self.titles, key=lambda kind: min(at for at, _ in self.titles[kind].values()))


@dataclass(frozen=True, slots=True)
class Form:
    """One parsed form."""

    book: Book
    sheets: tuple[Sheet, ...]
    order: tuple[str | None, ...]
    """Languages as spelled, the source first; None is that of columns for all languages."""
    formulas: bool = field(default=False)
    """True where a cell that begins like a formula is one (CSV)."""

    @property
    def own(self) -> str | None:
        """Name of the source language, None where no column names one."""
        return self.order[0]

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages beside the source, in the order of the columns."""
        return tuple(name for name in self.order[1:] if name is not None)

    def column(self, sheet: Sheet, kind: str, language: str | None) -> int | None:
        """Return the column of a kind of text in a language, None where it has none yet.

        The source is, for each kind, the first language of :attr:`order` that has a column.
        """
        found = sheet.titles[kind]
        if language == self.own:
            language = next(name for name in self.order if name in found)
        return found[language][0] if language in found else None

    def spelled(self, language: str | None) -> str | None:
        """Return a language as the form spells it; a new one as it is given."""
        if language is None or language in self.order:
            return language
        tag = language_of(language)
        same = (name for name in self.order if name and tag and language_of(name) == tag)
        return next(same, language)


def form_of(book: Book, *, formulas: bool) -> Form:
    """Return the form that a book of tables is.

    Raises:
        FormatError: ``format.structure``: it has no sheet ``survey`` with ``type`` and ``name``;
            ``format.duplicate``: a title, a question of a group, or a choice of a list is there
            twice.
    """
    named = {grid.name.strip().casefold(): at for at, grid in enumerate(book.grids)}
    if "survey" not in named:
        raise _no_survey()
    settings = _settings(book.grids[named["settings"]]) if "settings" in named else {}
    found = [
        _sheet(book.grids[named[name]], named[name], name, settings)
        for name in SHEETS
        if name in named
    ]
    sheets = tuple(sheet for sheet in found if sheet is not None)
    if not any(sheet.name == "survey" for sheet in sheets):
        raise _no_survey()
    order = _order(sheets, settings.get("default_language", ""))
    return Form(book, sheets, order, formulas)


def _order(sheets: tuple[Sheet, ...], default: str) -> tuple[str | None, ...]:
    """Return the languages, the source first: the form's default, no language, English, the first."""
    present = dict.fromkeys(
        name for sheet in sheets for places in sheet.titles.values() for name in places
    )
    tag = language_of(default) if default else None
    first: list[str | None] = [name for name in present if name == default]
    first += [name for name in present if name and tag and language_of(name) == tag]
    first += [name for name in present if name is None]
    first += [name for name in present if name and language_of(name) == "en"]
    return tuple(dict.fromkeys([*first, *present])) or (None,)


def _settings(grid: Grid) -> dict[str, str]:
    header = grid.first_row()
    if header is None or header + 1 >= len(grid.rows):
        return {}
    titles = [title.strip().casefold().replace(" ", "_") for title in grid.rows[header]]
    return {title: grid.cell(header + 1, at).strip() for at, title in enumerate(titles) if title}


def _sheet(grid: Grid, number: int, name: str, settings: Mapping[str, str]) -> Sheet | None:
    header = grid.first_row()
    if header is None:
        return None
    plain = [" ".join(cell.split()).casefold() for cell in grid.rows[header]]
    titles: dict[str, dict[str | None, tuple[int, Title]]] = {}
    for at, cell in enumerate(grid.rows[header]):
        title = title_of(cell)
        if title is not None:
            places = titles.setdefault(title.kind, {})
            if title.language in places:
                raise _double_title(cell, grid.lines[header], at)
            places[title.language] = (at, title)
    for kind in (MEDIA | NAMES) & titles.keys():
        if set(titles[kind]) == {None}:
            del titles[kind]
    rows = _Rows(grid, header, plain, titles)
    if name == "survey":
        if not {"type", "name"} <= set(plain):
            return None
        named = rows.survey()
    elif name == "settings":
        named = [Row(header + 1, "form", "", "")] if header + 1 < len(grid.rows) else []
    else:
        repeated = name == "external_choices"
        repeated |= settings.get("allow_choice_duplicates", "").casefold() in _YES
        named = rows.choices(repeated=repeated)
    return Sheet(number, name, header, titles, tuple(named))


class _Rows:
    """Finds what the rows of a sheet are called."""

    def __init__(
        self,
        grid: Grid,
        header: int,
        plain: list[str],
        titles: Mapping[str, Mapping[str | None, tuple[int, Title]]],
    ) -> None:
        self._grid = grid
        self._all = range(header + 1, len(grid.rows))
        self._columns = {title: at for at, title in reversed(list(enumerate(plain))) if title}
        self._notes = [at for at, title in enumerate(plain) if title in _NOTES]
        self._texts = [at for places in titles.values() for at, _ in places.values()]

    def survey(self) -> list[Row]:
        """Return questions and groups: by name, with the groups around them where that is not enough."""
        found: list[tuple[int, str, str, str]] = []
        groups: list[str] = []
        for at in self._all:
            kind = self._cell(at, "type")
            name = self._cell(at, "name")
            words = kind.casefold().replace("_", " ").split()
            if words[:1] == ["end"] and len(words) > 1:
                del groups[-1:]  # ("end" alone is a question: when the form was finished)
                continue
            if name:
                found.append((at, name, "/".join(groups[-_MOST_GROUPS:]), kind))
            elif text := self._first_text(at):
                found.append((at, f"{kind}: {text}", "", kind))
            if words[:1] == ["begin"] and len(words) > 1:
                groups.append(name)
        times = Counter(name for _, name, _, _ in found)
        rows = []
        for at, name, around, kind in found:
            full = f"{around}/{name}" if times[name] > 1 and around else name
            rows.append(Row(at, full, self._note(at), kind))
        nameless = {at for at, *_ in found if not self._cell(at, "name")}
        return self._unique(rows, numbered=nameless)

    def choices(self, *, repeated: bool) -> list[Row]:
        """Return choices by list and name; numbered where the form lets names repeat."""
        name_at = "name" if "name" in self._columns else "value"
        list_at = next((title for title in self._columns if title in _LIST), "")
        rows = []
        for at in self._all:
            name = self._cell(at, name_at)
            if name:
                rows.append(Row(at, f"{self._cell(at, list_at)}/{name}", self._note(at), ""))
            elif text := self._first_text(at):
                rows.append(Row(at, f"{self._cell(at, list_at)}/: {text}", self._note(at), ""))
        return self._unique(rows, numbered=set(self._all) if repeated else set())

    def _unique(self, rows: list[Row], *, numbered: set[int]) -> list[Row]:
        seen: dict[str, int] = {}
        times: Counter[str] = Counter()
        unique = []
        for row in rows:
            name = row.name
            times[name] += 1
            if name in seen:
                if row.at not in numbered:
                    raise _duplicate(name, seen[name], self._grid.lines[row.at])
                name = f"{name}#{times[row.name]}"
            seen.setdefault(name, self._grid.lines[row.at])
            unique.append(row._replace(name=name))
        return unique

    def _cell(self, at: int, title: str) -> str:
        column = self._columns.get(title)
        return self._grid.cell(at, column).strip() if column is not None else ""

    def _first_text(self, at: int) -> str:
        found = (self._grid.cell(at, column) for column in self._texts)
        return next((text for text in found if text.strip()), "")

    def _note(self, at: int) -> str:
        return "\n".join(filter(None, (self._grid.cell(at, column) for column in self._notes)))


def places(form: Form) -> Iterator[tuple[str, Sheet, Row, str]]:
    """Yield the key of each text with its sheet, row and kind, in the order of the rows."""
    for sheet in form.sheets:
        kinds = sheet.kinds()
        for row in sheet.rows:
            for kind in kinds:
                yield f"{sheet.name}/{row.name}/{kind}", sheet, row, kind


def _no_survey() -> FormatError:
    return FormatError(
        N_("This is no XLSForm: it has no sheet “survey” with the columns “type” and “name”."),
        code="structure",
    )


def _double_title(title: str, line: int, at: int) -> FormatError:
    return FormatError(
        N_("The column “{title}” stands here twice. Remove one of them."),
        code="duplicate", line=line, column=at + 1, title=title,
    )  # fmt: skip


def _duplicate(name: str, first: int, line: int) -> FormatError:
    return FormatError(
        N_("“{key}” stands here and in row {first}. Remove one of them, or give it another name."),
        code="duplicate", line=line, key=name, first=first,
    )  # fmt: skip
