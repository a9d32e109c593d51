"""The use case: fill missing translations of a project with drafts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from dpg_l10n.domain import locales
from dpg_l10n.domain.message import Plural
from dpg_l10n.domain.records import Project, StoredCatalogue
from dpg_l10n.domain.states import Made, Origin, State
from dpg_l10n.domain.unit import Translation, TranslationWrite, Unit
from dpg_l10n.errors import ModelMissingError
from dpg_l10n.ports import Clock, Engine, EngineInfo, Pair, SourceIndex, Store, UnitOfWork
from dpg_l10n.services.checker import Checker
from dpg_l10n.services.drafting.alike import fill_alike
from dpg_l10n.services.drafting.gaps import Gap, find_gaps
from dpg_l10n.services.drafting.machine import MachineDrafts
from dpg_l10n.services.drafting.plausible import Reason
from dpg_l10n.services.drafting.terms import Terms, no_terms
from dpg_l10n.services.reports import DraftedLanguage, DraftReport, Rejected

RISKY = frozenset({"clinical", "legal", "safety"})
"""Units that get no machine draft: a wrong one can harm before anybody looks at it."""


@dataclass(frozen=True, slots=True)
class DraftOptions:
    """How drafts are asked for."""

    languages: tuple[str, ...] = ()
    """BCP 47 tags; empty for every language of the project."""
    limit: int | None = None
    """Most units per language; None for all."""
    actor: str = "maintainer"
    """Pseudonym written into the history."""


def draft(
    store: Store,
    slug: str,
    engine: Engine | None,
    clock: Clock,
    options: DraftOptions | None = None,
    progress: Callable[[str, int, int], None] = lambda _language, _done, _all: None,
    glossary: Callable[[Pair], Terms] = lambda _pair: no_terms,
    index: SourceIndex | None = None,
) -> DraftReport:
    """Fill what is missing in a project with drafts.

    First come translations of the same text, then the machine, at last translations of a text that
    is nearly the same. A draft is written only where nobody wrote anything, also not while the
    engine worked. Units of risk get only translations of the same text.

    Args:
        store: Where the project is.
        slug: Project.
        engine: Machine translation; None drafts from memory alone.
        clock: Gives the time of the drafts.
        options: Languages and limit.
        progress: Called with a language, the texts done and all its texts for the machine.
        glossary: Gives what finds the terms of source texts for a pair of languages.
        index: Of the store's source texts; None takes from the memory only what is the same.

    Raises:
        NotFoundError: There is no such project.
    """
    options = options or DraftOptions()
    with store.read() as uow:
        project = uow.projects.require(slug)
        languages = options.languages or _languages(uow, project)
    done = [
        _Drafter(store, project, engine, clock, options, progress, glossary, index).draft(language)
        for language in languages
        if locales.base(language) != locales.base(project.source_language)
    ]
    return DraftReport(slug, tuple(done))


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
        glossary: Callable[[Pair], Terms],
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

    def draft(self, language: str) -> DraftedLanguage:
        with self._store.read() as uow:
            gaps = find_gaps(uow, self._project, language, self._options.limit)
        info, seconds, sent = self._machine(language, gaps)
        self._check(language, gaps)
        self._remember(language, gaps)
        written = self._write(language, gaps)
        machine = sum(gap.origin is not None and gap.origin.made is Made.MACHINE for gap in written)
        rejected = [Rejected(gap.unit.key, gap.reason) for gap in gaps if gap.reason is not None]
        return DraftedLanguage(
            language=language,
            drafted=len(written),
            memory=len(written) - machine,
            machine=machine,
            skipped=sum(gap.text is None and gap.reason is None for gap in gaps),
            rejected=tuple(rejected),
            strings_per_second=round(sent / seconds, 1) if seconds else 0.0,
            engine=f"{info.engine} {info.model} {info.version}" if info else None,
            demonstration=bool(info and info.demonstration),
        )

    def _machine(self, language: str, gaps: list[Gap]) -> tuple[EngineInfo | None, float, int]:
        """Let the engine draft what the memory lacks; return it, its seconds and texts sent."""
        asked = [gap for gap in gaps if gap.text is None and gap.unit.risk not in RISKY]
        if self._engine is None or not asked:
            return None, 0.0, 0
        pair = Pair(self._project.source_language, language)
        try:
            info = self._engine.info(pair)
        except ModelMissingError:
            return None, 0.0, 0
        machine = MachineDrafts(self._engine, pair, self._glossary(pair))
        for gap in asked:
            machine.want(gap.sources, self._kinds(gap))
        started = time.perf_counter()
        machine.run(lambda done, whole: self._progress(language, done, whole))
        seconds = time.perf_counter() - started
        origin = _origin(info)
        for gap in asked:
            drafts = [machine.result(text, self._kinds(gap)) for text in gap.sources]
            reason = next((found.reason for found in drafts if found.text is None), None)
            if info.demonstration and reason is Reason.EMPTY:
                continue  # it knows a few phrases only; a text beside them is left, not rejected
            gap.reason = reason
            if reason is None:
                made = [str(found.text) for found in drafts]
                pairs = tuple(zip(gap.labels, made, strict=True)) if gap.labels else ()
                gap.text = Plural(pairs) if pairs else made[0]
                gap.origin = origin
                gap.guessed = True
        return info, seconds, machine.sent

    def _remember(self, language: str, gaps: list[Gap]) -> None:
        """Fill what is still empty from texts that are nearly the same; units of risk stay empty."""
        asked = [gap for gap in gaps if gap.text is None and gap.unit.risk not in RISKY]
        if self._index is None or not asked:
            return
        dropped = [gap.reason for gap in asked]
        with self._store.read() as uow:
            fill_alike(uow, self._index, self._project, language, asked)
        self._check(language, asked)
        for gap, reason in zip(asked, dropped, strict=True):
            if gap.text is None:
                gap.reason = reason  # what is nearly the same was only a try

    def _kinds(self, gap: Gap) -> frozenset[str]:
        return self._checker(gap.catalogue).kinds(gap.unit)

    def _check(self, language: str, gaps: list[Gap]) -> None:
        """Drop drafts with errors, whoever made them."""
        for gap in gaps:
            if gap.text is None:
                continue
            findings = self._checker(gap.catalogue).findings(gap.unit, gap.text, language)
            error = next((found for found in findings if found.severity == "error"), None)
            if error is not None:
                gap.text, gap.reason = None, error.code

    def _write(self, language: str, gaps: list[Gap]) -> list[Gap]:
        """Write the drafts where still nobody wrote anything; return those that were written."""
        by_catalogue: dict[int, list[Gap]] = {}
        for gap in gaps:
            if gap.text is not None:
                by_catalogue.setdefault(gap.catalogue.id, []).append(gap)
        written: list[Gap] = []
        if not by_catalogue:
            return written
        with self._store.write() as uow:
            action_id = uow.projects.begin_action(
                self._project.id, self._options.actor, self._clock.now(), "draft"
            )
            for catalogue_id, found in by_catalogue.items():
                units = {unit.id: unit for unit in uow.units.load(catalogue_id)}
                asked = [gap.unit for gap in found]
                present = uow.translations.load(catalogue_id, language, asked)
                still = [
                    gap
                    for gap in found
                    if _still_open(gap, units.get(gap.unit.id), present.get(gap.unit.id))
                ]
                writes = [_draft_write(uow, gap) for gap in still]
                words = {unit.id: unit.words for unit in units.values()}
                uow.translations.write(catalogue_id, language, action_id, writes, words)
                written += still
            uow.commit()
        return written

    def _checker(self, catalogue: StoredCatalogue) -> Checker:
        if catalogue.format not in self._checkers:
            self._checkers[catalogue.format] = Checker(
                catalogue.format, self._project.source_language
            )
        return self._checkers[catalogue.format]


def _still_open(gap: Gap, unit: Unit | None, translation: Translation | None) -> bool:
    """Tell whether a draft may be written now: nothing changed while it was made."""
    if unit is None or unit.obsolete or unit.text_id != gap.unit.text_id:
        return False
    if gap.guessed and unit.risk in RISKY:
        return False
    return (translation.revision if translation else 0) == gap.expected


def _draft_write(uow: UnitOfWork, gap: Gap) -> TranslationWrite:
    assert gap.text is not None and gap.origin is not None  # noqa: S101, PT018 - chosen for it
    origin_id = uow.projects.origin_id(gap.origin)
    return TranslationWrite(gap.unit.id, gap.text, State.DRAFT, origin_id, gap.expected)


def _origin(info: EngineInfo) -> Origin:
    return Origin(
        Made.MACHINE,
        (
            ("demonstration", "yes" if info.demonstration else ""),
            ("engine", info.engine),
            ("licence", info.licence or ""),
            ("model", info.model),
            ("sha256", info.sha256),
            ("version", info.version),
        ),
    )
