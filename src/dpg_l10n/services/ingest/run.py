"""One push under way: reading its files, and what it carries from one to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.diff import Incoming, incoming_entries
from dpg_l10n.domain.message import plain
from dpg_l10n.domain.project import TargetFile
from dpg_l10n.domain.records import Project, StoredCatalogue, StoredFile
from dpg_l10n.domain.terms import TermsOf
from dpg_l10n.errors import FormatError, InputError
from dpg_l10n.formats.spec import FormatSpec
from dpg_l10n.i18n import N_
from dpg_l10n.ports import UnitOfWork
from dpg_l10n.services.ingest.options import PushOptions
from dpg_l10n.services.multilingual import holds_all, parse_target
from dpg_l10n.services.reports import PushConflict, Refusal
from dpg_l10n.services.terminology import RiskOf


@dataclass(slots=True)
class Run:
    """What one push carries along."""

    uow: UnitOfWork
    project: Project
    read: Callable[[str], bytes]
    """Returns the bytes of a path."""
    options: PushOptions
    action_id: int
    progress: Callable[[str], None]
    pruning: Callable[[str, int, int], None]
    languages: Mapping[str, str]
    """Name in files to BCP 47, where the project says it."""
    terms: TermsOf
    """The terms that people accepted, by language."""
    risk: RiskOf | None
    """Gives the risk of units; None where nothing says anything of it."""
    refused: list[Refusal] = field(default_factory=list)
    damaged: list[Refusal] = field(default_factory=list)
    conflicts: list[PushConflict] = field(default_factory=list)

    def file(self, path: str) -> bytes:
        """Return the bytes of a file.

        Raises:
            InputError: It cannot be read.
        """
        try:
            return self.read(path)
        except OSError as error:
            detail = error.strerror or str(error)
            raise InputError(
                N_("{path} cannot be read: {detail}"), path=path, detail=detail
            ) from error

    def parse(self, path: str, read: Callable[[], Catalogue]) -> Catalogue | None:
        """Return the parsed file, or None after writing down why it is refused."""
        try:
            return read()
        except FormatError as error:
            error.path = path
            if not any(refusal.path == path for refusal in self.refused):
                self.refused.append(Refusal(path, error.error_code, str(error), error.line))
            return None

    def parse_all(
        self,
        form: FormatSpec,
        targets: Iterable[tuple[TargetFile, bytes]],
        source: Catalogue | None,
        *,
        in_source: bool,
    ) -> dict[str, Catalogue]:
        """Return the parsed translations by language, without those of refused files."""
        parsed = {}
        for target, data in targets:
            self.progress(target.path)
            read = partial(parse_target, form, data, target, source, in_source=in_source)
            catalogue = self.parse(target.path, read)
            if catalogue is not None:
                # only who writes a file needs its places, and all languages are held at once
                parsed[target.language] = replace(catalogue, layout=None)
        return parsed


class LastVersion:
    """Reads the last pushed version of a translation, at most once."""

    def __init__(
        self,
        uow: UnitOfWork,
        form: FormatSpec,
        stored: StoredCatalogue,
        target: TargetFile,
        source: Catalogue | None,
        now: Catalogue,
    ) -> None:
        self._now = now
        self._uow = uow
        self._place = (stored.id, target.path)
        self._form = form
        self._source = source
        in_source = holds_all(form, stored)
        self._parse = partial(
            parse_target, form, target=target, source=source, in_source=in_source
        )  # fmt: skip
        self._known: tuple[Catalogue | None] | None = None

    def known(self, catalogue: Catalogue | None) -> None:
        """Say what the last version is: the file did not change, or its push was undone (None)."""
        self._known = (catalogue,)

    def __call__(self) -> Catalogue | None:
        """Return it, None before the first push."""
        if self._known is None:
            data = self._uow.catalogues.read_file(*self._place)
            catalogue = None if data is None else self._parse(data)
            if catalogue is not None and self._source is not None and self._form.keys_from_text:
                # what a page said before is no news where only the source moved on
                said = {plain(entry.text): entry.key for entry in self._now.entries}
                catalogue = catalogue.placed(said, self._source.by_key())
            self._known = (catalogue,)
        return self._known[0]


def is_news(data: bytes, known: StoredFile | None) -> bool:
    """Tell whether bytes differ from those of the last push."""
    return known is None or known.size != len(data) or known.sha256 != sha256(data).digest()


def union(catalogues: Iterable[Catalogue]) -> list[Incoming]:
    """Return the source of a set of bilingual files without a template: all that they translate."""
    seen: dict[str, Entry] = {}
    for catalogue in catalogues:
        for entry in catalogue.entries:
            seen.setdefault(entry.key, entry)
    return incoming_entries(seen.values())
