"""What makes the figures of a project mean less than they say: two files of a language, copies, leftovers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dpg_l10n.domain.coverage import LanguageCoverage
from dpg_l10n.domain.locales import is_language
from dpg_l10n.domain.message import is_blank
from dpg_l10n.domain.reach import reads
from dpg_l10n.domain.records import StoredCatalogue, StoredFile
from dpg_l10n.formats import FORMATS
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Store, UnitOfWork
from dpg_l10n.services.multilingual import holds_all

_SOON_EMPTY, _MANY = 0.01, 0.5
_OUTDATED = 0.2
_LEFT_OVER, _FEW = 0.05, 10
_MOST_BYTES = 4_000_000
"""Of the files of a catalogue: larger ones are not read again while somebody waits."""
_NO_NAMES = frozenset({"null", "none", "undefined", "nan", "true", "false", "test", "xx"})

TWO_FILES = N_("Two files of one language: only one of them can be read.")
ALIKE = N_("Two spellings of what may be one language: people read only one of them.")
NO_LANGUAGE = N_("A file whose name is no language.")
EMPTY = N_("A language without texts: it is offered, and shows the source.")
COPIED = N_("Most texts are copies of the source: present is not translated.")
OUTDATED = N_("Many texts were written for an older source.")
LEFTOVERS = N_(
    "Many texts of a file have no message in the source: figures that count them are wrong."
)
_NOT_TAKEN = {"language.unknown": NO_LANGUAGE, "language.double": TWO_FILES}
"""What pushes saw in the tree and left there, by its code."""


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """One thing to look at."""

    sentence: str
    """English; one of those above."""
    catalogue: str
    """Empty where no catalogue has it."""
    language: str
    """BCP 47; empty where it is none."""
    detail: str
    """Paths, or figures."""


def audit(store: Store, slug: str) -> tuple[AuditFinding, ...]:
    """Return what is odd about the languages of a project, by catalogue.

    Raises:
        NotFoundError: There is no such project.
    """
    with store.read() as uow:
        project = uow.projects.require(slug)
        found = [
            AuditFinding(_NOT_TAKEN[each.code], "", "", each.path)
            for each in uow.projects.problems(project.id)
            if each.code in _NOT_TAKEN
        ]
        for catalogue in uow.catalogues.list(project.id):
            rows = [
                row
                for row in uow.catalogues.coverage(catalogue.id)
                if row.language != project.source_language
            ]
            found += _of_files(catalogue, uow.catalogues.files(catalogue.id))
            found += _of_figures(catalogue, rows)
            found += _of_contents(uow, catalogue)
        return tuple(found)


def _of_files(catalogue: StoredCatalogue, files: tuple[StoredFile, ...]) -> Iterator[AuditFinding]:
    targets = [file for file in files if file.language]
    by_language: dict[str, list[str]] = {}
    for file in targets:
        by_language.setdefault(file.language or "", []).append(file.path)
        name = (file.spelling or "").lower()
        if name in _NO_NAMES or not is_language(file.language or ""):
            yield AuditFinding(NO_LANGUAGE, catalogue.name, "", file.path)
    for language, paths in by_language.items():
        if len(paths) > 1:
            yield AuditFinding(TWO_FILES, catalogue.name, language, ", ".join(paths))
    tags = sorted(by_language)
    for place, tag in enumerate(tags):
        for other in tags[place + 1 :]:
            if other.startswith(f"{tag}-") and reads(other, tag):
                yield AuditFinding(ALIKE, catalogue.name, tag, f"{tag}, {other}")


def _of_figures(catalogue: StoredCatalogue, rows: list[LanguageCoverage]) -> Iterator[AuditFinding]:
    for row in rows:
        units = row.units
        total = units.total or 1
        present = total - units.missing
        if present - units.draft < total * _SOON_EMPTY:
            yield AuditFinding(EMPTY, catalogue.name, row.language, f"{present} / {total}")
        elif units.copied > present * _MANY:
            yield AuditFinding(COPIED, catalogue.name, row.language, f"{units.copied} / {present}")
        if units.needs_work > total * _OUTDATED:
            yield AuditFinding(
                OUTDATED, catalogue.name, row.language, f"{units.needs_work} / {total}"
            )


def _of_contents(uow: UnitOfWork, catalogue: StoredCatalogue) -> Iterator[AuditFinding]:
    """Yield files with texts that nobody can read any more, because the source lost their messages."""
    form = FORMATS[catalogue.format]
    files = uow.catalogues.files(catalogue.id)
    own = catalogue.source_path and uow.catalogues.read_file(catalogue.id, catalogue.source_path)
    if not own or holds_all(form, catalogue) or sum(file.size for file in files) > _MOST_BYTES:
        return
    source = form.parse(own)
    known = source.by_key()
    for file in files:
        data = uow.catalogues.read_file(catalogue.id, file.path) if file.language else None
        if not data:
            continue
        said = [
            entry for entry in form.parse(data, source=source).entries if not is_blank(entry.text)
        ]
        lost = sum(entry.key not in known for entry in said)
        if lost > max(_FEW, len(said) * _LEFT_OVER):
            tag = file.language or ""
            yield AuditFinding(LEFTOVERS, catalogue.name, tag, f"{lost} / {len(said)}")
