"""The use case: fill missing translations of a project with drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dpg_l10n.domain import locales
from dpg_l10n.domain.records import Project, StoredCatalogue
from dpg_l10n.domain.risk import RISKY
from dpg_l10n.domain.states import Made
from dpg_l10n.domain.terms import Terminology
from dpg_l10n.errors import ModelMissingError
from dpg_l10n.ports import Clock, Engine, Pair, SourceIndex, Store, UnitOfWork
from dpg_l10n.services.checker import Checker
from dpg_l10n.services.drafting.alike import fill_alike
from dpg_l10n.services.drafting.gaps import Gap, drop_rejected, find_gaps
from dpg_l10n.services.drafting.glossary import terms_of, version_of
from dpg_l10n.services.drafting.machine import MachineDrafts
from dpg_l10n.services.drafting.quality import poor_chrf
from dpg_l10n.services.drafting.terms import Terms
from dpg_l10n.services.drafting.writing import write_drafts
from dpg_l10n.services.reports import DraftedLanguage, DraftReport, ModelQuality, Rejected

PORTION = 1000
"""Units whose drafts are written at once: few enough to lose, enough to keep an engine busy."""


@dataclass(frozen=True, slots=True)
class DraftOptions:
    """How drafts are asked for."""

    languages: tuple[str, ...] = ()
    """BCP 47 tags; empty for every language of the project."""
    limit: int | None = None
    """Most units per language; None for all."""
    actor: str = "maintainer"
    """Pseudonym written into the history."""
    least_chrf: float | None = None
    """A model whose drafts were below this, measured by what people accepted in their place, drafts
    nothing in that language; None for no such bar."""
    glossary_version: str = ""
    """Version of the glossary, kept with each draft."""
    units: frozenset[int] | None = None
    """Numbers of the units that are looked at; None for all."""
    risk: bool = False
    """True where the project's policy lets the machine draft units of clinical, legal or safety
    risk. They are marked like all drafts, and two people have to accept them all the same."""


def draft(
    store: Store,
    slug: str,
    engine: Engine | None,
    clock: Clock,
    options: DraftOptions | None = None,
    progress: Callable[[str, int, int], None] = lambda _language, _done, _all: None,
    glossary: Callable[[Pair], Terms] | None = None,
    index: SourceIndex | None = None,
) -> DraftReport:
    """Fill what is missing in a project with drafts.

    First come translations of the same text, then the machine, at last translations of a text that
    is nearly the same. A draft is written only where nobody wrote anything, also not while the
    engine worked, and never one that a person rejected for the same source. Units of risk get only
    translations of the same text, and machine drafts where the options say so. What is done is
    written every few hundred texts: a run that was stopped loses no more than that, and the next one
    goes on after it.

    Args:
        store: Where the project is.
        slug: Project.
        engine: Machine translation; None drafts from memory alone.
        clock: Gives the time of the drafts.
        options: Languages and limit.
        progress: Called with a language, the texts done and all its texts for the machine.
        glossary: Gives what finds the terms of source texts for a pair of languages; None takes
            those that people accepted in the store.
        index: Of the store's source texts; None takes from the memory only what is the same.

    Raises:
        NotFoundError: There is no such project.
        MissingExtraError: What the engine, or the bar for its drafts, needs is not installed.
    """
    options = options or DraftOptions()
    with store.read() as uow:
        project = uow.projects.require(slug)
        languages = _wanted(uow, project, options)
    done = [
        _Drafter(store, project, engine, clock, options, progress, glossary, index).draft(language)
        for language in languages
    ]
    return DraftReport(slug, tuple(done))


def lacking(store: Store, slug: str, options: DraftOptions) -> dict[str, tuple[int, ...]]:
    """Return the numbers of the units that :func:`draft` would look at, by language.

    Raises:
        NotFoundError: There is no such project.
    """
    with store.read() as uow:
        project = uow.projects.require(slug)
        return {
            language: tuple(gap.unit.id for gap in find_gaps(uow, project, language, options.limit))
            for language in _wanted(uow, project, options)
        }


def _wanted(uow: UnitOfWork, project: Project, options: DraftOptions) -> list[str]:
    return [
        language
        for language in options.languages or _languages(uow, project)
        if locales.base(language) != locales.base(project.source_language)
    ]


def _languages(uow: UnitOfWork, project: Project) -> tuple[str, ...]:
    return tuple(
        sorted(
            {
                file.language
                for catalogue in uow.catalogues.list(project.id)
                for file in uow.catalogues.files(catalogue.id)
                if file.language
            }
        )
    )


class _Drafter:
    """Drafts one language of a project: look, work, write."""

    def __init__(
        self,
        store: Store,
        project: Project,
        engine: Engine | None,
        clock: Clock,
        options: DraftOptions,
        progress: Callable[[str, int, int], None],
        glossary: Callable[[Pair], Terms] | None,
        index: SourceIndex | None,
    ) -> None:
        self._store = store
        self._project = project
        self._engine = engine
        self._clock = clock
        self._options = options
        self._progress = progress
        self._glossary = glossary
        self._index = index
        self._checkers: dict[str, Checker] = {}
        self._terms: Terminology | None = None
        self._off: ModelQuality | None = None

    def draft(self, language: str) -> DraftedLanguage:
        with self._store.read() as uow:
            gaps = find_gaps(uow, self._project, language, self._options.limit, self._options.units)
            self._terms = uow.glossaries.terminology(self._project, language, enforced=True)
        machine = self._machine(language, gaps)
        written: list[Gap] = []
        for start in range(0, len(gaps), PORTION):
            portion = gaps[start : start + PORTION]
            if machine is not None:
                machine.draft(self._asked(portion), self._kinds)
            self._check(language, portion)
            self._remember(language, portion)
            written += self._write(language, portion)
        by_machine = sum(
            gap.origin is not None and gap.origin.made is Made.MACHINE for gap in written
        )
        return DraftedLanguage(
            language=language,
            drafted=len(written),
            memory=len(written) - by_machine,
            machine=by_machine,
            skipped=sum(gap.text is None and gap.reason is None for gap in gaps),
            rejected=tuple(Rejected(gap.unit.key, gap.reason) for gap in gaps if gap.reason),
            strings_per_second=machine.rate if machine else 0.0,
            engine=machine.name if machine else None,
            demonstration=bool(machine and machine.info.demonstration),
            switched_off=self._off,
        )

    def _machine(self, language: str, gaps: list[Gap]) -> MachineDrafts | None:
        """Return what drafts a language, None where no model does or where it is switched off."""
        self._off = None
        asked = self._asked(gaps)
        if self._engine is None or not asked:
            return None
        pair = Pair(self._project.source_language, language)
        try:
            info = self._engine.info(pair)
        except ModelMissingError:
            return None
        poor = poor_chrf(self._store, info, language, self._options.least_chrf)
        if poor is not None:
            self._off = poor
            return None
        whole = sum(len(gap.sources) for gap in asked)
        return MachineDrafts(
            self._engine, pair, info,
            self._glossary(pair) if self._glossary else terms_of(self._terms),
            self._options.glossary_version or version_of(self._terms),
            lambda done: self._progress(language, min(done, whole), whole),
        )  # fmt: skip

    def _remember(self, language: str, gaps: list[Gap]) -> None:
        """Fill what is still empty from texts that are nearly the same; units of risk stay empty."""
        asked = [gap for gap in self._asked(gaps) if gap.unit.risk not in RISKY]
        if self._index is None or not asked:
            return
        dropped = [gap.reason for gap in asked]
        with self._store.read() as uow:
            fill_alike(uow, self._index, self._project, language, asked)
        self._check(language, asked)
        for gap, reason in zip(asked, dropped, strict=True):
            if gap.text is None:
                gap.reason = reason  # what is nearly the same was only a try

    def _asked(self, gaps: Iterable[Gap]) -> list[Gap]:
        risk = self._options.risk
        return [gap for gap in gaps if gap.text is None and (risk or gap.unit.risk not in RISKY)]

    def _kinds(self, gap: Gap) -> frozenset[str]:
        return self._checker(gap.catalogue).kinds(gap.unit)

    def _check(self, language: str, gaps: list[Gap]) -> None:
        """Drop drafts with errors, and those that a person rejected, whoever made them."""
        for gap in gaps:
            drop_rejected(gap)
            if gap.text is None:
                continue
            findings = self._checker(gap.catalogue).findings(gap.unit, gap.text, language)
            error = next((found for found in findings if found.severity == "error"), None)
            if error is not None:
                gap.text, gap.reason = None, error.code

    def _write(self, language: str, gaps: list[Gap]) -> list[Gap]:
        if not any(gap.text is not None for gap in gaps):
            return []
        with self._store.write() as uow:
            written = write_drafts(
                uow, self._project, language, gaps, self._options.actor, self._clock.now(),
                risk=self._options.risk,
            )  # fmt: skip
            uow.commit()
        return written

    def _checker(self, catalogue: StoredCatalogue) -> Checker:
        if catalogue.format not in self._checkers:
            self._checkers[catalogue.format] = Checker(
                catalogue.format, self._project.source_language, lambda _language: self._terms
            )
        return self._checkers[catalogue.format]
