"""Catalogues of a project, and the bytes of their files."""

from __future__ import annotations

import hashlib
import zlib

from sqlalchemy import func
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from dpg_l10n.domain.coverage import Bucket, Counts, LanguageCoverage
from dpg_l10n.domain.records import StoredCatalogue, StoredFile
from dpg_l10n.ports.store import Covered
from dpg_l10n.store import trend
from dpg_l10n.store.codes import BUCKETS
from dpg_l10n.store.projects import SqlProjects
from dpg_l10n.store.statements import Statements
from dpg_l10n.store.tables import CatalogueRow, FileRow, FindingRow, LocaleRow, UnitRow

_LISTED = (
    "SELECT project_id, name, format, source_path, pattern, licence, id, units, words "
    "FROM catalogue"
)
_Languages = dict[str, tuple[dict[Bucket, int], dict[Bucket, int]]]


class SqlCatalogues:
    """Repository of catalogues, their files and their coverage."""

    def __init__(self, session: Session, statements: Statements, projects: SqlProjects) -> None:
        """Work inside one transaction, which the session and the statements share."""
        self._session = session
        self._sql = statements
        self._projects = projects

    def list(self, project_id: int) -> tuple[StoredCatalogue, ...]:
        """Return the catalogues of a project by name."""
        # no ORM here, as in SqlProjects.get
        rows = self._sql.run(f"{_LISTED} WHERE project_id = ?", (project_id,))
        found = (StoredCatalogue(*row) for row in rows)
        return tuple(sorted(found, key=lambda catalogue: catalogue.name))

    def save(self, catalogue: StoredCatalogue) -> StoredCatalogue:
        """Add a catalogue, or bring the one of this name up to date; return it with its number."""
        query = select(CatalogueRow).where(
            CatalogueRow.project_id == catalogue.project_id, CatalogueRow.name == catalogue.name
        )
        row = self._session.exec(query).first()
        if row is None:
            row = CatalogueRow(
                project_id=catalogue.project_id, name=catalogue.name, format=catalogue.format
            )
        row.format = catalogue.format
        row.source_path = catalogue.source_path
        row.pattern = catalogue.pattern
        row.licence = catalogue.licence
        self._session.add(row)
        self._session.flush()
        return _catalogue(row)

    def set_totals(self, catalogue_id: int, units: int, words: int) -> None:
        """Write down how many units and source words the catalogue has."""
        row = self._session.get_one(CatalogueRow, catalogue_id)
        change = (units - row.units, words - row.words)
        if any(change):
            trend.add(self._sql, catalogue_id, trend.TOTAL[0], self._projects.day_of(),
                      trend.TOTAL[1], *change)  # fmt: skip
        row.units, row.words = units, words
        self._session.add(row)
        self._session.flush()

    def files(self, catalogue_id: int) -> tuple[StoredFile, ...]:
        """Return the files of a catalogue without their bytes, source first, then by language."""
        query = (
            select(FileRow, LocaleRow.tag)
            .join(LocaleRow, col(FileRow.locale_id) == LocaleRow.id, isouter=True)
            .options(defer(FileRow.data))  # type: ignore[arg-type]  # SQLModel types a column as its value
            .where(FileRow.catalogue_id == catalogue_id)
        )
        found = [
            StoredFile(row.path, tag, row.spelling, row.sha256, row.size)
            for row, tag in self._session.exec(query)
        ]
        return tuple(sorted(found, key=lambda file: (file.language or "", file.path)))

    def read_file(self, catalogue_id: int, path: str) -> bytes | None:
        """Return the bytes of a file as they were pushed, or None."""
        query = select(FileRow.data).where(
            FileRow.catalogue_id == catalogue_id, FileRow.path == path
        )
        data = self._session.exec(query).first()
        return zlib.decompress(data) if data is not None else None

    def write_file(
        self,
        catalogue_id: int,
        path: str,
        data: bytes,
        *,
        language: str | None,
        spelling: str | None,
        action_id: int,
    ) -> None:
        """Keep the bytes of a file, in place of those of its last push.

        Args:
            catalogue_id: Catalogue of the file.
            path: POSIX path below the project's root.
            data: The bytes.
            language: BCP 47 tag, None for the source.
            spelling: The language as the path spells it.
            action_id: The push.
        """
        query = select(FileRow).where(FileRow.catalogue_id == catalogue_id, FileRow.path == path)
        row = self._session.exec(query).first()
        digest = hashlib.sha256(data).digest()
        if row is not None and row.sha256 == digest:
            return
        if row is None:
            row = FileRow(
                catalogue_id=catalogue_id,
                path=path,
                sha256=b"",
                size=0,
                data=b"",
                action_id=action_id,
            )
        row.locale_id = self._projects.locale_id(language) if language else None
        row.spelling = spelling
        row.sha256 = digest
        row.size = len(data)
        row.data = zlib.compress(data, 1)
        row.action_id = action_id
        self._session.add(row)
        self._session.flush()

    def coverage(self, catalogue_id: int) -> tuple[LanguageCoverage, ...]:
        """Return the coverage of a catalogue per language, read from its counters."""
        units, words = self._sql.run(
            "SELECT units, words FROM catalogue WHERE id = ?", (catalogue_id,)
        ).one()
        return _covered(self._counted("= ?", (catalogue_id,)).get(catalogue_id, {}), units, words)

    def everywhere(self) -> dict[int, tuple[tuple[StoredCatalogue, Covered], ...]]:
        """Return the catalogues of each project with their coverage, by the project's number.

        Three statements for all of them: pages of all projects would wait for three of each.
        """
        counted = self._counted("IS NOT NULL", ())
        rows = (StoredCatalogue(*row) for row in self._sql.run(_LISTED, ()))
        found: dict[int, list[tuple[StoredCatalogue, Covered]]] = {}
        for one in sorted(rows, key=lambda catalogue: catalogue.name):
            covered = _covered(counted.get(one.id, {}), one.units, one.words)
            found.setdefault(one.project_id, []).append((one, covered))
        return {number: tuple(each) for number, each in found.items()}

    def _counted(self, which: str, values: tuple[int, ...]) -> dict[int, _Languages]:
        """Return the counters of some catalogues: by catalogue, language and bucket."""
        # a language that has a file and no text is there too, with nothing in its buckets
        rows = self._sql.run(
            "SELECT c.catalogue_id, l.tag, c.bucket, c.units, c.words FROM coverage c "
            f"JOIN locale l ON l.id = c.locale_id WHERE c.catalogue_id {which} UNION ALL "
            "SELECT DISTINCT f.catalogue_id, l.tag, 0, 0, 0 FROM file f "
            f"JOIN locale l ON l.id = f.locale_id WHERE f.catalogue_id {which}",
            values * 2,
        )
        found: dict[int, _Languages] = {}
        for number, tag, bucket, units, words in rows:
            in_units, in_words = found.setdefault(number, {}).setdefault(tag, ({}, {}))
            if bucket:
                in_units[BUCKETS[bucket]] = units
                in_words[BUCKETS[bucket]] = words
        return found

    def count_findings(self, catalogue_id: int) -> dict[str, int]:
        """Return how many findings stand per severity; those of obsolete units do not."""
        query = (
            select(FindingRow.severity, func.count())
            .join(UnitRow, col(UnitRow.id) == FindingRow.unit_id)
            .where(FindingRow.catalogue_id == catalogue_id, col(UnitRow.obsolete).is_(False))
            .group_by(FindingRow.severity)
        )
        return dict(self._session.exec(query).all())


def _catalogue(row: CatalogueRow) -> StoredCatalogue:
    return StoredCatalogue(
        id=row.id or 0,
        project_id=row.project_id,
        name=row.name,
        format=row.format,
        source_path=row.source_path,
        pattern=row.pattern,
        licence=row.licence,
        units=row.units,
        words=row.words,
    )


def _covered(languages: _Languages, units: int, words: int) -> Covered:
    return tuple(
        LanguageCoverage(tag, Counts.of(in_units, units), Counts.of(in_words, words))
        for tag, (in_units, in_words) in sorted(languages.items())
    )
