"""The source side of a push: what became of each unit, and what that does to its translations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dpg_l10n.domain.catalogue import FUZZY, REVIEWED
from dpg_l10n.domain.diff import Incoming, SourceDiff, diff
from dpg_l10n.domain.message import Text
from dpg_l10n.domain.records import StoredCatalogue
from dpg_l10n.domain.risk import gravest
from dpg_l10n.domain.unit import Unit, UnitBefore, count_words
from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import UnitOfWork
from dpg_l10n.services.ingest.follow import Follower, untranslated
from dpg_l10n.services.ingest.options import PushOptions
from dpg_l10n.services.terminology import RiskOf

MOST_PRUNED = 0.05
"""Share of a catalogue's units that a push may take out without being asked about."""
_FEW = 10
"""So many units may always be taken out, however small the catalogue."""


@dataclass(frozen=True, slots=True)
class SourceResult:
    """The units after a source was taken in."""

    units: tuple[Unit, ...]
    """Units not obsolete, in source order."""
    difference: SourceDiff
    reworded: frozenset[int]
    """Units whose text changed."""
    new: frozenset[int]
    """Units that are new or came back."""
    first: bool
    """True when the catalogue had no units before."""

    @property
    def moved(self) -> bool:
        """Tell whether translations have to be looked at although their files are the same."""
        return bool(self.reworded or self.new)


def take_in(
    uow: UnitOfWork,
    catalogue: StoredCatalogue,
    incoming: Sequence[Incoming],
    action_id: int,
    *,
    keyed: bool,
    by_text: bool,
    options: PushOptions,
    pruning: Callable[[str, int, int], None],
    risk: RiskOf | None,
    languages: Sequence[str],
) -> SourceResult:
    """Bring the stored units to the pushed source, and their translations with them.

    Args:
        uow: A writing unit of work.
        catalogue: Where the units belong.
        incoming: Entries of the pushed source.
        action_id: The push.
        keyed: True for formats of one language in a file: a text that moved still holds.
        by_text: True where a corrected source text is a new key, so that the likest is looked for.
        options: How the push is meant: ``prune`` and ``minor``.
        pruning: Called before units are taken out, see :func:`_gone`.
        risk: Gives the risk of units, which a push raises and never lowers.
        languages: Languages with stored translations.

    Raises:
        UsageError: ``push.prune``: more units would be taken out than the options allow.
    """
    stored = uow.units.load(catalogue.id)
    difference = diff(
        {unit.key: unit for unit in stored}, incoming, keyed=not by_text,
        untranslated=lambda units: untranslated(uow, catalogue, units, languages),
    )  # fmt: skip
    text_ids = uow.units.intern(
        [item.source for _, item in difference.changed]
        + [item.source for item in difference.added]
        + [carried.new.source for carried in difference.carried]
    )
    updated: list[Unit] = []
    revived: list[Unit] = []
    for unit, item in (*difference.kept, *difference.changed):
        text_id = (
            text_ids.get(item.source, unit.text_id) if unit.source != item.source else unit.text_id
        )
        fresh = _unit(item, text_id, risk, unit)
        if fresh != unit:
            updated.append(fresh)
        if unit.obsolete:
            revived.append(fresh)
    gone = _gone(catalogue, stored, difference, options, pruning) if options.prune else []
    parts = [unit for each in difference.gathered for unit in each.old.values()]
    gone += [unit._replace(obsolete=True) for unit in parts]
    uow.units.update(catalogue.id, updated + gone)
    risks = {
        each.position: [unit.risk for unit in each.old.values()] for each in difference.gathered
    }
    new = [
        fresh._replace(risk=gravest((fresh.risk, *risks.get(item.position, ()))))
        for item in difference.added
        if (fresh := _unit(item, text_ids[item.source], risk))
    ]
    taking = [
        fresh._replace(risk=gravest((fresh.risk, carried.old.risk)))
        for carried in difference.carried
        if (fresh := _unit(carried.new, text_ids[carried.new.source], risk))
    ]
    numbered = uow.units.add(catalogue.id, new + taking)
    current = {unit.id: unit for unit in stored}
    _note(uow, action_id, stored, [*updated, *gone, *numbered])
    uow.translations.move_units(catalogue.id, [current[unit.id] for unit in revived], sign=1)
    uow.translations.move_units(catalogue.id, gone, sign=-1)
    words = {unit.id: unit.words - current[unit.id].words for unit in updated}
    uow.translations.reword(catalogue.id, words)
    reworded = {unit.id for unit, _ in difference.changed}
    if languages and (reworded or difference.carried or difference.lent or parts):
        follower = Follower(uow, catalogue, action_id, minor=options.minor)
        current.update((unit.id, unit) for unit in updated)
        changed = [(unit, current[unit.id]) for unit, _ in difference.changed]
        carried = list(zip(difference.carried, numbered[len(new) :], strict=True))
        places = {unit.position: unit for unit in numbered}
        lent = [(item, places[item.new.position]) for item in difference.lent]
        wholes = [(item, places[item.position]) for item in difference.gathered]
        for language in languages:
            follower.follow(language, stored, changed, carried, lent, wholes, keyed=keyed)
    current.update((unit.id, unit) for unit in (*updated, *gone, *numbered))
    active = sorted(
        (unit for unit in current.values() if not unit.obsolete),
        key=lambda unit: (unit.position, unit.id),
    )
    uow.catalogues.set_totals(catalogue.id, len(active), sum(unit.words for unit in active))
    return SourceResult(
        tuple(active),
        difference,
        frozenset(reworded),
        frozenset(unit.id for unit in (*numbered, *revived)),
        first=not stored,
    )


def _gone(
    catalogue: StoredCatalogue,
    stored: Sequence[Unit],
    difference: SourceDiff,
    options: PushOptions,
    pruning: Callable[[str, int, int], None],
) -> list[Unit]:
    """Return the units that pruning takes out, after saying how many they are.

    A unit whose translations went along to another key is no loss and does not count.

    Raises:
        UsageError: ``push.prune``.
    """
    carried = {item.old.id for item in difference.carried}
    lost = sum(unit.id not in carried for unit in difference.removed)
    had = sum(not unit.obsolete for unit in stored)
    if difference.removed:
        pruning(catalogue.name, lost, had)
    many = lost > _FEW and lost > MOST_PRUNED * had
    if many and not (options.prune_many or options.dry_run):
        raise UsageError(
            N_(
                "{catalogue}: --prune would take out {count} of {total} units. Nothing was stored. "
                "When the source really lost them: --prune --yes"
            ),
            code="push.prune", catalogue=catalogue.name, count=lost, total=had,
        )  # fmt: skip
    return [unit._replace(obsolete=True) for unit in difference.removed]


def _note(uow: UnitOfWork, action_id: int, before: Sequence[Unit], after: Sequence[Unit]) -> None:
    """Write down what changed units were, so that the push can be undone."""
    old = {unit.id: unit for unit in before}
    notes = []
    for unit in after:
        was = old.get(unit.id)
        if was is None:
            notes.append(UnitBefore(unit.id, None, obsolete=False))
        elif (was.text_id, was.obsolete) != (unit.text_id, unit.obsolete):
            notes.append(UnitBefore(unit.id, was.text_id, was.obsolete))
    uow.past.note_units(action_id, notes)


def _unit(item: Incoming, text_id: int, risk: RiskOf | None, old: Unit | None = None) -> Unit:
    entry = item.entry
    source: Text = item.source
    known = old.risk if old else "normal"
    return Unit(
        id=old.id if old else 0,
        key=entry.key,
        source=source,
        text_id=text_id,
        words=old.words if old and old.text_id == text_id else count_words(source),
        position=item.position,
        context=entry.context,
        notes=entry.notes,
        locations=entry.locations,
        flags=",".join(sorted(entry.flags - {FUZZY, REVIEWED})) if entry.flags else "",
        max_chars=entry.max_chars,
        risk=known if risk is None else gravest((known, risk(entry.key, source))),
    )
