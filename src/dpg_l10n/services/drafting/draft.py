"""The use case: fill missing translations of a project with drafts."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from dpg_l10n.domain import locales, plurals
from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.domain.records import Project, StoredCatalogue
from dpg_l10n.domain.states import Made, Origin, State
from dpg_l10n.domain.unit import Translation, TranslationWrite, Unit
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.spec import PluralKind
from dpg_l10n.ports import Clock, Engine, EngineInfo, Pair, Store, UnitOfWork
from dpg_l10n.services.checker import Checker
from dpg_l10n.services.drafting.machine import MachineDrafts
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


@dataclass(slots=True)
class _Gap:
    """One unit without a text."""

    catalogue: StoredCatalogue
    unit: Unit
    expected: int
    """Revision of the outdated draft that may be replaced, 0 when nothing is there."""
    labels: tuple[str, ...]
    """Labels of the plural variants that the language needs; empty for one text."""
    sources: tuple[str, ...]
    """Source text of each variant, or the one source text."""
    text: Text | None = None
    origin: Origin | None = None
    reason: str | None = None


@dataclass(slots=True)
class _Work:
    """What one language needs."""

    language: str
    gaps: list[_Gap] = field(default_factory=list)
    risky: int = 0


def draft(
    store: Store,
    slug: str,
    engine: Engine | None,
    clock: Clock,
    options: DraftOptions | None = None,
    progress: Callable[[str, int, int], None] = lambda _language, _done, _all: None,
) -> DraftReport:
    """Fill what is missing in a project with drafts.

    A draft is written only where nobody wrote anything, also not while the engine worked. Units of
    risk get none from the machine.

    Args:
        store: Where the project is.
        slug: Project.
        engine: Machine translation; None drafts from memory alone.
        clock: Gives the time of the drafts.
        options: Languages and limit.
        progress: Called with a language, the texts done and all its texts for the machine.

    Raises:
        NotFoundError: There is no such project.
    """
    options = options or DraftOptions()
    with store.read() as uow:
        project = uow.projects.require(slug)
        languages = options.languages or _languages(uow, project)
    done = [
        _Drafter(store, project, engine, clock, options, progress).draft(language)
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


def find_pair(engine: Engine, source: str, target: str) -> Pair | None:
    """Return the engine's pair for two languages: the exact tags, else more general ones."""
    pairs = set(engine.pairs())
    candidates = (
        Pair(from_tag, to_tag)
        for to_tag in locales.fallbacks(target)
        for from_tag in locales.fallbacks(source)
    )
    return next((pair for pair in candidates if pair in pairs), None)


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
    ) -> None:
        self._store = store
        self._project = project
        self._engine = engine
        self._clock = clock
        self._options = options
        self._progress = progress
        self._checkers: dict[str, Checker] = {}

    def draft(self, language: str) -> DraftedLanguage:
        work = self._look(language)
        memory = sum(gap.text is not None for gap in work.gaps)
        info, seconds, sent = self._machine(work)
        self._check(work)
        written = self._write(work)
        machine = sum(gap.origin is not None and gap.origin.made is Made.MACHINE for gap in written)
        rejected = tuple(
            Rejected(gap.unit.key, gap.reason) for gap in work.gaps if gap.reason is not None
        )
        return DraftedLanguage(
            language=language,
            drafted=len(written),
            memory=len(written) - machine,
            machine=machine,
            skipped=work.risky + sum(g.text is None and g.reason is None for g in work.gaps)
            if memory or info is None
            else work.risky,
            rejected=rejected,
            strings_per_second=round(sent / seconds, 1) if seconds else 0.0,
            engine=f"{info.engine} {info.model} {info.version}" if info else None,
            demonstration=bool(info and info.demonstration),
        )

    def _look(self, language: str) -> _Work:
        """Find what is missing and what the memory has for it."""
        work = _Work(language)
        with self._store.read() as uow:
            for catalogue in uow.catalogues.list(self._project.id):
                units = [unit for unit in uow.units.load(catalogue.id) if not unit.obsolete]
                present = uow.translations.load(catalogue.id, language, units)
                forms = _plural_forms(uow, catalogue, language)
                indexed = FORMATS[catalogue.format].plurals is PluralKind.GETTEXT
                labels = plurals.labels(language, forms, indexed=indexed)
                for unit in units:
                    old = present.get(unit.id)
                    if _is_gap(old):
                        expected = old.revision if old else 0
                        needed: tuple[str, ...]
                        sources: tuple[str, ...]
                        if isinstance(unit.source, str):
                            needed, sources = (), (unit.source,)
                        else:
                            needed = labels
                            sources = plurals.source_forms(
                                unit.source, labels, language, self._project.source_language, forms
                            )
                        work.gaps.append(_Gap(catalogue, unit, expected, needed, sources))
            if self._options.limit is not None:
                del work.gaps[self._options.limit :]
            wanted = {gap.unit.text_id: gap.unit.source for gap in work.gaps}
            found = uow.memory.exact(wanted, language, self._project)
        for gap in work.gaps:
            match = found.get(gap.unit.text_id)
            if match is not None and _labels(match.text) == gap.labels:
                gap.text = match.text
                gap.origin = Origin(
                    Made.MEMORY,
                    (
                        ("licence", match.licence or ""),
                        ("project", match.project),
                        ("score", f"{match.score:g}"),
                        ("state", match.state.value),
                    ),
                )
        return work

    def _machine(self, work: _Work) -> tuple[EngineInfo | None, float, int]:
        """Let the engine draft what the memory lacks; return it, its seconds and texts sent."""
        open_gaps = [gap for gap in work.gaps if gap.text is None]
        work.risky = sum(gap.unit.risk in RISKY for gap in open_gaps)
        gaps = [gap for gap in open_gaps if gap.unit.risk not in RISKY]
        if self._engine is None or not gaps:
            return None, 0.0, 0
        pair = find_pair(self._engine, self._project.source_language, work.language)
        if pair is None:
            return None, 0.0, 0
        info = self._engine.info(pair)
        origin = _origin(info)
        machine = MachineDrafts(self._engine, pair)
        for gap in gaps:
            kinds = self._checker(gap.catalogue).kinds(gap.unit)
            machine.want(gap.sources, kinds)
        started = time.perf_counter()
        machine.run(lambda done, all_: self._progress(work.language, done, all_))
        seconds = time.perf_counter() - started
        for gap in gaps:
            kinds = self._checker(gap.catalogue).kinds(gap.unit)
            drafts = [machine.result(text, kinds) for text in gap.sources]
            gap.reason = next((found.reason for found in drafts if found.text is None), None)
            if gap.reason is None:
                made = [str(found.text) for found in drafts]
                one = not gap.labels
                gap.text = made[0] if one else Plural(tuple(zip(gap.labels, made, strict=True)))
                gap.origin = origin
        return info, seconds, machine.sent

    def _check(self, work: _Work) -> None:
        """Drop drafts with errors, whoever made them."""
        for gap in work.gaps:
            if gap.text is None:
                continue
            findings = self._checker(gap.catalogue).findings(gap.unit, gap.text, work.language)
            error = next((found for found in findings if found.severity == "error"), None)
            if error is not None:
                gap.text, gap.reason = None, error.code

    def _write(self, work: _Work) -> list[_Gap]:
        """Write the drafts where still nobody wrote anything; return those that were written."""
        by_catalogue: dict[int, list[_Gap]] = {}
        for gap in work.gaps:
            if gap.text is not None:
                by_catalogue.setdefault(gap.catalogue.id, []).append(gap)
        written: list[_Gap] = []
        if not by_catalogue:
            return written
        with self._store.write() as uow:
            action_id = uow.projects.begin_action(
                self._project.id, self._options.actor, self._clock.now(), "draft"
            )
            for catalogue_id, gaps in by_catalogue.items():
                units = [gap.unit for gap in gaps]
                present = uow.translations.load(catalogue_id, work.language, units)
                writes = []
                for gap in gaps:
                    old = present.get(gap.unit.id)
                    if (old.revision if old else 0) == gap.expected:
                        writes.append(_draft_write(uow, gap))
                        written.append(gap)
                words = {unit.id: unit.words for unit in units}
                uow.translations.write(catalogue_id, work.language, action_id, writes, words)
            uow.commit()
        return written

    def _checker(self, catalogue: StoredCatalogue) -> Checker:
        if catalogue.format not in self._checkers:
            self._checkers[catalogue.format] = Checker(
                catalogue.format, self._project.source_language
            )
        return self._checkers[catalogue.format]


def _is_gap(old: Translation | None) -> bool:
    """Tell whether a draft may be written: nothing is there, or a draft of an older source."""
    if old is None:
        return True
    return old.state is State.DRAFT and old.source_text_id is not None


def _labels(text: Text) -> tuple[str, ...]:
    return () if isinstance(text, str) else text.labels


def _draft_write(uow: UnitOfWork, gap: _Gap) -> TranslationWrite:
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


def _plural_forms(uow: UnitOfWork, catalogue: StoredCatalogue, language: str) -> str | None:
    """Return the ``Plural-Forms`` of the language's file, None where it has none."""
    form = FORMATS[catalogue.format]
    if form.plurals is not PluralKind.GETTEXT:
        return None
    paths: Sequence[str] = [
        file.path for file in uow.catalogues.files(catalogue.id) if file.language == language
    ]
    data = uow.catalogues.read_file(catalogue.id, paths[0]) if paths else None
    parsed: Catalogue | None = form.parse(data) if data is not None else None
    return parsed.header_field("Plural-Forms") if parsed else None
