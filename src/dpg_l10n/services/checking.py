"""Check: what the checks say of the files of a working tree, without a store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from dpg_l10n.domain.catalogue import FUZZY, Catalogue, Entry
from dpg_l10n.domain.diff import Incoming, incoming_entries
from dpg_l10n.domain.findings import Finding, Rule, Severity
from dpg_l10n.domain.merge import said
from dpg_l10n.domain.project import CatalogueSpec, ProjectSpec, TargetFile
from dpg_l10n.domain.terms import TermsOf, no_terms
from dpg_l10n.domain.unit import Unit
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import FORMATS
from dpg_l10n.i18n import N_
from dpg_l10n.interchange.findings import Located
from dpg_l10n.services.checker import Checker
from dpg_l10n.services.multilingual import holds_all, parse_source, parse_target
from dpg_l10n.services.terminology import of_files

UNPLACED = Rule(
    "page.unplaced",
    Severity.WARNING,
    N_(
        "From here on {count} texts stand for none of the source's: the page has other headings, "
        "paragraphs or list items there. They are not read until both follow one another again."
    ),
)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the checks found."""

    findings: tuple[Located, ...]
    """By path, then line."""
    checked: int
    """Texts that were checked."""
    unfinished: int = 0
    """Texts that their files mark as needing work (``fuzzy``): no program shows them, so that they
    are looked at when a person works on them, and not here."""

    def count(self, severity: Severity) -> int:
        """Return how many findings have a severity."""
        return sum(found.finding.severity is severity for found in self.findings)


def check(
    spec: ProjectSpec,
    read: Callable[[str], bytes],
    *,
    languages: tuple[str, ...] = (),
    wanted: Callable[[str], bool] = lambda _path: True,
    glossaries: Iterable[tuple[str, bytes]] = (),
) -> CheckReport:
    """Check every translation of a working tree. A file that cannot be read is a finding too.

    Args:
        spec: The project and where its files are.
        read: Returns the bytes of a path of the spec.
        languages: BCP 47 tags; empty for all.
        wanted: Tells whether a target file is to be checked.
        glossaries: Path and bytes of glossary files besides those of the spec.

    Raises:
        FormatError: A glossary file is none.
    """
    files = [*((path, read(path)) for path in spec.glossaries), *glossaries]
    terms = of_files(files, spec.source_language) if files else no_terms
    found: list[Located] = []
    checked = unfinished = 0
    for catalogue in spec.catalogues:
        run = _Run(spec, catalogue, read, terms)
        for target in catalogue.targets:
            if (not languages or target.language in languages) and wanted(target.path):
                checked += run.target(target)
        found += run.found
        unfinished += run.unfinished
    found.sort(key=lambda one: (one.path, one.line, one.finding.code))
    return CheckReport(tuple(found), checked, unfinished)


class _Run:
    """Checks the files of one catalogue."""

    def __init__(
        self,
        spec: ProjectSpec,
        catalogue: CatalogueSpec,
        read: Callable[[str], bytes],
        terms: TermsOf,
    ) -> None:
        self.found: list[Located] = []
        self.unfinished = 0
        self._read = read
        self._form = FORMATS[catalogue.format]
        self._checker = Checker(catalogue.format, spec.source_language, terms)
        self._source: Catalogue | None = None
        self._in_source = holds_all(self._form, catalogue)
        if catalogue.source is not None:
            read_source = partial(self._form.parse, read(catalogue.source))
            if self._in_source:
                read_source = partial(
                    parse_source, self._form, read(catalogue.source), spec.source_language,
                    spec.languages,
                )  # fmt: skip
            self._source = self._parse(catalogue.source, read_source, spec.source_language)
        self._units = {
            item.entry.key: _unit(item)
            for item in incoming_entries(self._source.entries if self._source else ())
        }

    def target(self, target: TargetFile) -> int:
        """Check one file and return how many of its texts were checked."""
        if self._in_source and self._source is None:
            return 0  # the one file cannot be read, which was said
        read = partial(
            parse_target, self._form, self._read(target.path), target, self._source,
            in_source=self._in_source,
        )  # fmt: skip
        catalogue = self._parse(target.path, read, target.language)
        if catalogue is None:
            return 0
        checked = 0
        if self._form.keys_from_text:
            self._tell_unplaced(target, catalogue)
        for entry, unit in self._pairs(catalogue):
            if FUZZY in entry.flags:
                self.unfinished += 1
                continue
            checked += 1
            for finding in self._checker.findings(unit, entry.text, target.language):
                key = entry.key.replace("\x04", " | ")
                self.found.append(Located(finding, target.path, entry.line, key, target.language))
        return checked

    def _tell_unplaced(self, target: TargetFile, catalogue: Catalogue) -> None:
        """Tell of texts that stand for none of the source, once for a file."""
        strays = [entry for entry in catalogue.entries if entry.key not in self._units]
        if strays and self._source is not None:
            finding = UNPLACED(count=str(len(strays)))
            self.found.append(Located(finding, target.path, strays[0].line, "", target.language))

    def _pairs(self, catalogue: Catalogue) -> Iterator[tuple[Entry, Unit]]:
        for entry in catalogue.entries:
            unit = self._units.get(entry.key)
            if unit is None and entry.source is not None:
                unit = _unit(Incoming(0, entry, entry.source))
            if unit is not None and said(entry):
                yield entry, unit

    def _parse(self, path: str, read: Callable[[], Catalogue], language: str) -> Catalogue | None:
        try:
            return read()
        except FormatError as error:
            finding = Finding(
                error.error_code,
                Severity.ERROR,
                error.message_template,
                tuple((name, str(value)) for name, value in error.params.items()),
            )
            self.found.append(Located(finding, path, error.line, "", language))
            return None


def _unit(item: Incoming) -> Unit:
    entry = item.entry
    return Unit(
        id=0,
        key=entry.key,
        source=item.source,
        text_id=0,
        words=0,
        position=item.position,
        context=entry.context,
        flags=",".join(sorted(entry.flags)),
        max_chars=entry.max_chars,
    )
