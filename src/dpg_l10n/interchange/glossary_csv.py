"""Glossaries as tables: a line for each concept, a column for each language.

``docs/glossary.md`` has the columns.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

from dpg_l10n.domain.terms import Concept, Term, TermStatus, Use
from dpg_l10n.errors import FormatError
from dpg_l10n.i18n import N_
from dpg_l10n.interchange import concepts
from dpg_l10n.interchange.units import MOST_NAMED, Problem, UnitError

_NAMES = {
    "key": "key", "term_id": "key", "concept": "key", "concept_id": "key", "term": "term",
    "part_of_speech": "part_of_speech", "pos": "part_of_speech", "definition": "definition",
    "description": "definition", "subject": "subject", "domain": "subject", "risk": "risk",
    "status": "status", "source": "source", "origin": "source", "licence": "licence",
    "license": "licence", "note": "note", "comment": "note", "do_not_translate": "keep",
    "do-not-translate": "keep", "keep": "keep",
}  # fmt: skip
_PARTS = {"": "words", "forbidden": "forbidden", "status": "status of words"}
"""What stands behind the language in the title of a column (``sw:forbidden``)."""
_DELIMITERS = ",;\t"
_MOST_LINES = 60
"""Lines of one row; a quote that nobody closes does not swallow the rest of the file."""
_MOST_IN_LINE = 200_000
_SEVERAL = "|"
"""Stands between several words of one cell."""


class CsvReader:
    """Yields the concepts of a table; a row that cannot be taken is noted by its line.

    Args:
        file: Open at its beginning, for reading bytes.
        source_language: BCP 47 tag of the column ``term``.
    """

    def __init__(self, file: BinaryIO, source_language: str = "en") -> None:
        """Read the titles of the columns.

        Raises:
            FormatError: ``format.glossary``: none of them is of terms.
        """
        self.units = 0
        self.left_out = 0
        self.problems: list[Problem] = []
        self._lines = _Lines(file)
        self._source = source_language
        first = self._lines.take(1)
        self._delimiter = max(_DELIMITERS, key=first.count)
        try:
            self._columns = self._understood(self._row(first))
        except UnitError:
            self._columns = self._understood([])
        self._seen: dict[str, int] = {}

    def __iter__(self) -> Iterator[Concept]:
        """Yield the concepts in the order of the file."""
        while True:
            line = self._lines.number + 1
            text = self._record()
            if text is None:
                return
            if not text.strip():
                continue
            self.units += 1
            try:
                yield self._concept(text, line)
            except UnitError as refusal:
                self.left_out += 1
                self._tell(Problem(line, refusal.reason, refusal.params))

    def _tell(self, problem: Problem) -> None:
        if len(self.problems) < MOST_NAMED:
            self.problems.append(problem)

    def _understood(self, heads: Sequence[str]) -> list[tuple[str, str]]:
        """Return what each column is: kind and, of words, their language."""
        found = []
        for place, head in enumerate(heads):
            name = head.strip().lower()
            tag, _, part = head.strip().partition(":")
            own = self._source if tag.lower() == "term" else tag
            if (known := _NAMES.get(name)) is not None or (place == 0 and name == "id"):
                found.append((known or "key", self._source))
            elif part in _PARTS and concepts.is_column_of_language(own):
                found.append((_PARTS[part], concepts.tag(own)))
            else:
                found.append(("", ""))
                self._tell(Problem(1, N_("The column “{name}” is not understood."), {"name": head}))
        if not any(kind in ("term", "words") for kind, _ in found):
            raise FormatError(
                N_("No column is of terms. Name the columns in the first line: term, es, fr, …"),
                code="glossary", line=1,
            )  # fmt: skip
        return found

    def _record(self) -> str | None:
        """Return the text of the next row, None at the end: of several lines where quotes say so."""
        text = first = self._lines.take(1)
        if not text:
            return None
        more = 0
        while text.count('"') % 2 and more < _MOST_LINES and len(text) < _MOST_IN_LINE:
            more += 1
            following = self._lines.peek(more)
            if following is None:
                break
            text += following
        if more and not self._is_row(text):
            return first  # the quote was never closed; the rest are rows
        self._lines.take(more)
        return text

    def _is_row(self, text: str) -> bool:
        try:
            return len(self._row(text)) <= len(self._columns)
        except UnitError:
            return False

    def _row(self, text: str) -> list[str]:
        if len(text) > _MOST_IN_LINE:
            raise UnitError(N_("The row is longer than {most} characters."), most=_MOST_IN_LINE)
        try:
            rows = list(
                csv.reader(io.StringIO(text, newline=""), delimiter=self._delimiter, strict=True)
            )
        except csv.Error as error:
            raise UnitError(N_("The row is broken: {detail}."), detail=str(error)) from error
        return rows[0] if rows else []

    def _concept(self, text: str, line: int) -> Concept:
        cells = self._row(text)
        if len(cells) > len(self._columns):
            raise UnitError(
                N_("The row has {found} cells, the first line {wanted}."),
                found=len(cells), wanted=len(self._columns),
            )  # fmt: skip
        said: dict[str, str] = {}
        words: dict[tuple[str, str], list[str]] = {}
        for (kind, tag), cell in zip(self._columns, cells, strict=False):
            if kind == "term" or kind in _PARTS.values():
                parts = filter(str.strip, cell.split(_SEVERAL))
                words.setdefault(("words" if kind == "term" else kind, tag), []).extend(parts)
            elif kind:
                said[kind] = concepts.field(cell)
        return self._made(said, words, line)

    def _made(
        self, said: Mapping[str, str], words: Mapping[tuple[str, str], Sequence[str]], line: int
    ) -> Concept:
        whole = concepts.status(said.get("status", ""))
        terms: dict[tuple[str, str], Term] = {}
        for (kind, tag), texts in words.items():
            if kind == _PARTS["status"]:
                continue
            own = words.get((_PARTS["status"], tag))
            status = concepts.status(own[0]) if own else whole
            for place, text in enumerate(texts):
                use = (
                    Use.FORBIDDEN
                    if kind == "forbidden"
                    else Use.ADMITTED
                    if place
                    else Use.PREFERRED
                )
                clean = concepts.term(text)
                terms.setdefault((tag, clean), Term(tag, clean, use, status))
        if not terms:
            raise UnitError(N_("The row has no term."))
        title = next(iter(terms.values())).text
        key = concepts.key(said.get("key", ""), title)
        if not said.get("key") and key in self._seen:
            key = f"{key}-{line}"
        if key in self._seen:
            raise UnitError(
                N_("The concept “{key}” stands in line {line} already."),
                key=key,
                line=self._seen[key],
            )
        self._seen[key] = line
        return Concept(
            key=key,
            terms=tuple(terms.values()),
            part_of_speech=said.get("part_of_speech", ""),
            definition=said.get("definition", ""),
            subject=said.get("subject", ""),
            risk=concepts.risk(said.get("risk", "")),
            keep=concepts.yes(said.get("keep", "")),
            status=whole,
            source=said.get("source", ""),
            licence=said.get("licence") or None,
            note=said.get("note", ""),
        )


class _Lines:
    """Lines of a file, a few of them looked at before they are taken."""

    def __init__(self, file: BinaryIO) -> None:
        start = file.read(3)
        if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            # what spreadsheets call Unicode text
            whole = (start + file.read()).decode("utf-16", "replace")
            file = io.BytesIO(whole.encode())
        elif start != codecs.BOM_UTF8:
            file.seek(0)
        self._file = file
        self._ahead: list[str] = []
        self.number = 0
        """Lines taken so far."""

    def take(self, count: int) -> str:
        """Return the next lines as one text, empty at the end."""
        taken = []
        for _ in range(count):
            if self.peek(1) is None:
                break
            taken.append(self._ahead.pop(0))
            self.number += 1
        return "".join(taken)

    def peek(self, place: int) -> str | None:
        """Return a line that comes, counted from 1, or None."""
        while len(self._ahead) < place:
            line = self._file.readline(_MOST_IN_LINE + 1)
            if not line:
                return None
            self._ahead.append(line.decode("utf-8", "surrogateescape"))
        return self._ahead[place - 1]


_SAID = ("part_of_speech", "definition", "subject", "risk", "do_not_translate", "status", "source", "licence", "note")  # fmt: skip


def write(
    put: Callable[[bytes], object], source_language: str, found: Iterable[Concept]
) -> tuple[int, int]:
    """Write a table; return how many concepts it has, and 0: every one can be written.

    Args:
        put: Takes bytes, as ``file.write`` does.
        source_language: BCP 47 tag of the column ``term``.
        found: What to write.
    """
    rows = list(found)
    tags = dict.fromkeys([source_language])
    tags.update(dict.fromkeys(sorted({term.language for each in rows for term in each.terms})))
    cells = [_cells(each, tags) for each in rows]
    columns = [name for name in cells[0] if any(row[name] for row in cells)] if cells else []
    heads = [name for name in ("key", "term") if name not in columns] + columns
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(heads)
    table.writerows([[row.get(name, "") for name in heads] for row in cells])
    put(out.getvalue().encode())
    return len(rows), 0


def _cells(concept: Concept, tags: Iterable[str]) -> dict[str, str]:
    """Return a row by column; statuses of single languages only where they are not the whole's."""
    row = {"key": concept.key}
    for place, tag in enumerate(tags):
        own = [term for term in concept.terms if term.language == tag and _SEVERAL not in term.text]
        name = tag if place else "term"
        row[name] = _SEVERAL.join(term.text for term in own if term.use is not Use.FORBIDDEN)
        row[f"{name}:forbidden"] = _SEVERAL.join(
            term.text for term in own if term.use is Use.FORBIDDEN
        )
        row[f"{name}:status"] = _status(own, concept.status)
    values = (
        concept.part_of_speech, concept.definition, concept.subject, concept.risk,
        "yes" if concept.keep else "", concept.status.value, concept.source,
        concept.licence or "", concept.note,
    )  # fmt: skip
    return row | dict(zip(_SAID, values, strict=True))


def _status(terms: Sequence[Term], whole: TermStatus) -> str:
    """Return the status of a language's words: the weakest, so that none becomes more than it is."""
    found = {term.status for term in terms}
    weakest = next((s for s in (TermStatus.SUGGESTED, TermStatus.REJECTED) if s in found), None)
    own = weakest or (TermStatus.ACCEPTED if found else whole)
    return "" if own is whole else own.value
