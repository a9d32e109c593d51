"""The translation side of a push: one file of one language joins the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.coverage import is_copied
from dpg_l10n.domain.findings import Severity, worst
from dpg_l10n.domain.merge import Join, OnConflict, Outcome, Present, file_state, merge, said
from dpg_l10n.domain.message import Text
from dpg_l10n.domain.records import StoredCatalogue
from dpg_l10n.domain.risk import RISKY
from dpg_l10n.domain.states import Made, Origin, State
from dpg_l10n.domain.unit import Suggestion, Translation, TranslationWrite, Unit
from dpg_l10n.ports import UnitOfWork
from dpg_l10n.services.checker import Checker
from dpg_l10n.services.reports import PushConflict

IMPORTED = Origin(Made.IMPORT)


@dataclass(frozen=True, slots=True)
class TargetPush:
    """One pushed translation file."""

    language: str
    catalogue: Catalogue
    base: Callable[[], Catalogue | None]
    """Reads the version of the file that was pushed last, None before the first."""


@dataclass(frozen=True, slots=True)
class TargetResult:
    """What a file did to its language."""

    written: int
    conflicts: tuple[PushConflict, ...]
    unknown: int


class TargetPusher:
    """Joins translation files of one catalogue with the store.

    Args:
        uow: A writing unit of work.
        catalogue: The catalogue.
        units: Its units that are not obsolete.
        reworded: Units whose source changed in this push.
        gained: Units that this push added to a source, or brought back. Only their texts are looked
            for among a file's obsolete ones: else a file would not come back as it was pushed.
        action_id: The push.
        accept_as: State of a finished text in a file.
        source_language: BCP 47 tag.
        on_conflict: Which text is current where both changed; the other is a suggestion.
        marks_drafts: True when the format shows drafts as such.
        checker: Runs the checks on what is written.
    """

    def __init__(
        self,
        uow: UnitOfWork,
        catalogue: StoredCatalogue,
        units: Sequence[Unit],
        reworded: frozenset[int],
        gained: frozenset[int],
        action_id: int,
        accept_as: State,
        source_language: str,
        *,
        on_conflict: OnConflict,
        marks_drafts: bool,
        checker: Checker,
    ) -> None:
        """Index the units once for all languages."""
        self._uow = uow
        self._catalogue = catalogue
        self._units = units
        self._by_key = {unit.key: unit for unit in units}
        self._words = {unit.id: unit.words for unit in units}
        self._reworded = reworded
        self._gained = {unit.key for unit in units if unit.id in gained}
        self._action_id = action_id
        self._accept_as = accept_as
        self._source_language = source_language
        self._on_conflict = on_conflict
        self._marks_drafts = marks_drafts
        self._checker = checker
        self._origin_id = uow.projects.origin_id(IMPORTED)

    def push(self, target: TargetPush) -> TargetResult:
        """Write what the file says anew; keep everything else."""
        present = self._uow.translations.load(self._catalogue.id, target.language, self._units)
        base = _Base(target.base)
        writes: list[TranslationWrite] = []
        conflicts: list[PushConflict] = []
        suggestions: list[Suggestion] = []
        unknown = 0
        get_unit, accept_as = self._by_key.get, self._accept_as
        for entry in self._news(target):
            unit = get_unit(entry.key)
            if unit is None:
                unknown += file_state(entry, accept_as) is accept_as
                continue
            old = present.get(unit.id)
            if old is None:
                outcome = Outcome(Join.WRITE, file_state(entry, accept_as))
            elif old.text == entry.text and old.state is accept_as:
                continue
            else:
                outcome = self._merge(old, entry, unit, base, target.language)
            if outcome.join is Join.CONFLICT and old is not None:
                conflicts.append(
                    PushConflict(
                        self._catalogue.name, target.language, entry.key, old.text, entry.text
                    )
                )
                suggestions.append(self._suggestion(old, entry, target.language))
            if outcome.join is Join.WRITE or (
                outcome.join is Join.CONFLICT and self._on_conflict is OnConflict.FILE
            ):
                state = self._allowed(unit, entry.text, outcome.state, target.language)
                if old is None or old.text != entry.text or old.state is not state:
                    writes.append(self._write(unit, entry.text, state, old, target.language))
        self._uow.translations.write(
            self._catalogue.id, target.language, self._action_id, writes, self._words
        )
        self._uow.translations.suggest(suggestions, self._action_id)
        self._check(target.language, writes, fresh=not present)
        return TargetResult(len(writes), tuple(conflicts), unknown)

    def _news(self, target: TargetPush) -> Iterable[Entry]:
        """Return the entries that a person may stand behind.

        Where a format has no mark for drafts, nothing tells an exported one that comes back after its
        rejection from a person's text, so it stays out.
        """
        found = filter(said, _entries(target.catalogue, self._gained))
        if self._marks_drafts:
            return found
        by_unit = self._uow.past.rejected_drafts(
            self._catalogue.id, target.language, any_source=True
        )
        if not by_unit:
            return found
        rejected = {unit.key: by_unit[unit.id] for unit in self._units if unit.id in by_unit}
        return (entry for entry in found if entry.text not in rejected.get(entry.key, ()))

    def _merge(
        self, old: Translation, entry: Entry, unit: Unit, base: _Base, language: str
    ) -> Outcome:
        return merge(
            Present(old.text, old.state, old.origin_id == self._origin_id),
            entry,
            lambda: base.by_key.get(entry.key),
            self._accept_as,
            marks_drafts=self._marks_drafts,
            source_changed=unit.id in self._reworded or old.source_text_id is not None,
            was_draft=lambda: self._was_draft(unit, entry.text, old, language),
        )

    def _suggestion(self, old: Translation, entry: Entry, language: str) -> Suggestion:
        """Return the text that a conflict leaves beside the current one."""
        if self._on_conflict is OnConflict.FILE:
            why = "The text changed both here and in the pushed file, which was taken."
            return Suggestion(old.unit_id, language, old.text, why)
        why = "The text changed both here and in the pushed file."
        return Suggestion(old.unit_id, language, entry.text, why)

    def _was_draft(self, unit: Unit, text: Text, old: Translation, language: str) -> bool:
        """Tell whether a text is one of the unit's older drafts, and was never more than that."""
        if old.revision == 1:
            return False
        past = [
            revision.state
            for revision in self._uow.translations.history(unit, language)
            if revision.text == text
        ]
        return bool(past) and all(state is State.DRAFT for state in past)

    def _allowed(self, unit: Unit, text: Text, state: State, language: str) -> State:
        """Return the state that a text may have from a file: a bulk accepts no errors, no risk."""
        if state is not State.REVIEWED:
            return state
        findings = self._checker.findings(unit, text, language)
        if unit.risk in RISKY or worst(findings) is Severity.ERROR:
            return State.TRANSLATED
        return state

    def _write(
        self, unit: Unit, text: Text, state: State, old: Translation | None, language: str
    ) -> TranslationWrite:
        copied = (
            state is not State.NEEDS_WORK
            and (text == unit.source or not isinstance(text, str))
            and is_copied(
                unit.source, text, self._source_language, language, self._checker.kinds(unit)
            )
        )
        return TranslationWrite(
            unit.id, text, state, self._origin_id, old.revision if old else 0, None, None, copied
        )

    def _check(
        self,
        language: str,
        writes: Sequence[TranslationWrite],
        *,
        fresh: bool,
    ) -> None:
        units = {unit.id: unit for unit in self._units}
        rows = [
            (write.unit_id, finding.code, finding.severity.value, finding.message)
            for write in writes
            for finding in self._checker.findings(units[write.unit_id], write.text, language)
        ]
        checked = [] if fresh else [write.unit_id for write in writes]
        if rows or checked:
            self._uow.translations.replace_findings(self._catalogue.id, language, checked, rows)


class _Base:
    """The last pushed version of a file, read when first asked for."""

    def __init__(self, read: Callable[[], Catalogue | None]) -> None:
        self._read = read

    @cached_property
    def by_key(self) -> dict[str, Entry]:
        catalogue = self._read()
        return catalogue.by_key() if catalogue else {}


def _entries(catalogue: Catalogue, gained: set[str]) -> Sequence[Entry]:
    """Return the entries, and those that the file keeps as obsolete but the source has again."""
    if not (catalogue.obsolete and gained):
        return catalogue.entries
    active = {entry.key for entry in catalogue.entries if entry.text}
    back = [e for e in catalogue.obsolete if e.key in gained and e.key not in active]
    return (*catalogue.entries, *back)
