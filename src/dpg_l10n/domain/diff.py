"""What a pushed source changed: added, changed, renamed, removed and returned units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from dpg_l10n.domain.catalogue import Entry
from dpg_l10n.domain.gathering import Gathered, gathered
from dpg_l10n.domain.message import Plural, Text, is_blank, plain
from dpg_l10n.domain.similarity import GramIndex, WordIndex, dice, ends, grams
from dpg_l10n.domain.unit import Unit

CARRY_OVER = 0.5
"""Likeness from which an old translation helps with a changed source text (0.0 to 1.0). The same
context and the same source file count 0.05 each."""

LEND = 0.5
"""Likeness from which a translation that stays in use helps with a new source text too. The same
beginning and end count up to 0.1."""
_ENDS = 0.1
_SURE = 0.8
"""Likeness from which a text that is gone is what the new one was. Another is only looked for where
some language has no translation of it."""
_MEANT = 0.82
"""Likeness from which an old text is the one that was edited, and few others are compared."""
_CLEARLY = 0.1
"""By so much a text that stays in use must be more alike than one that is gone to take its place."""
_LENDERS = 12
"""So many like units are kept in mind for each new one: a language may have few of them."""


class Incoming(NamedTuple):
    """One entry of a pushed source with its place in the source order.

    A named tuple for the same reason as :class:`~dpg_l10n.domain.catalogue.Entry`.
    """

    position: int
    entry: Entry
    source: Text


@dataclass(frozen=True, slots=True)
class Carried:
    """A new unit that takes over the translations of an old one."""

    old: Unit
    new: Incoming
    same_text: bool
    """True when only the key, context or file changed: the text still says the same."""
    likeness: float = 1.0
    """How alike old and new text are, 0.0 to 1.0 and a little more for the same context and file."""


@dataclass(frozen=True, slots=True)
class Lent:
    """A new unit that may begin with the translation of a like one, which keeps it."""

    new: Incoming
    old: tuple[Unit, ...]
    """The likest first; not every one is translated in every language."""


@dataclass(frozen=True, slots=True)
class SourceDiff:
    """The difference between the stored source of a catalogue and a pushed one."""

    added: tuple[Incoming, ...]
    """New keys that nothing stored resembles."""
    changed: tuple[tuple[Unit, Incoming], ...]
    """Same key, other text."""
    carried: tuple[Carried, ...]
    """New keys whose text, or a text much like it, stood under a key that is gone."""
    removed: tuple[Unit, ...]
    """Stored keys that the push does not have."""
    kept: tuple[tuple[Unit, Incoming], ...]
    """Same key, same text (notes, place or order may differ)."""
    lent: tuple[Lent, ...] = ()
    """New texts that resemble others; only where the text is the key. For those of ``carried`` it
    serves languages in which the old unit has no translation."""
    gathered: tuple[Gathered, ...] = ()
    """Those of ``added`` that are plurals of units that are gone; these are not in ``removed``."""


def incoming_entries(entries: Iterable[Entry]) -> list[Incoming]:
    """Return the translatable entries of a source file; one without text is nothing to translate."""
    found: list[Incoming] = []
    for entry in entries:
        source = entry.text if entry.source is None else entry.source
        if not is_blank(source):
            found.append(Incoming(len(found), entry, source))
    return found


def diff(
    stored: Mapping[str, Unit],
    pushed: Iterable[Incoming],
    *,
    keyed: bool,
    untranslated: Callable[[Sequence[Unit]], Set[int]] = lambda _units: frozenset(),
) -> SourceDiff:
    """Compare a pushed source with the stored one.

    Args:
        stored: Units of the catalogue by key, obsolete ones included.
        pushed: Entries of the new source.
        keyed: True for formats with keys of their own; False where the text is the key (gettext),
            so that a changed text shows as one key gone and one new.
        untranslated: Returns the ids of those of some units that are not translated in every
            language; only where the text is the key. What followed from one of them may begin with
            the translation of another text there.
    """
    fresh: list[Incoming] = []
    changed: list[tuple[Unit, Incoming]] = []
    kept: list[tuple[Unit, Incoming]] = []
    seen = set()
    for item in pushed:
        key = item.entry.key
        seen.add(key)
        unit = stored.get(key)
        if unit is None:
            fresh.append(item)
        elif unit.source == item.source:
            kept.append((unit, item))
        else:
            changed.append((unit, item))
    removed = tuple(unit for key, unit in stored.items() if key not in seen and not unit.obsolete)
    joined = _gather(removed, fresh) if keyed else ()
    if joined:
        parts = {unit.id for each in joined for unit in each.old.values()}
        removed = tuple(unit for unit in removed if unit.id not in parts)
    whole = {each.position for each in joined}
    carried = _pair(removed, [item for item in fresh if item.position not in whole], keyed=keyed)
    lent: tuple[Lent, ...] = ()
    if not keyed:
        sure = [pair for pair in carried if pair.likeness >= _SURE]
        gaps = untranslated([pair.old for pair in sure]) if sure else frozenset()
        served = {pair.new.position for pair in sure if pair.old.id not in gaps}
        anew = [item for item in fresh if item.position not in served]
        lent = _lend([*(unit for unit, _ in kept), *removed], anew)
        carried = _without_worse(carried, lent)
    taken = {item.new.position for item in carried}
    added = tuple(item for item in fresh if item.position not in taken)
    return SourceDiff(added, tuple(changed), tuple(carried), removed, tuple(kept), lent, joined)


def _gather(removed: Sequence[Unit], fresh: Sequence[Incoming]) -> tuple[Gathered, ...]:
    """Find the new plurals whose variants were units of their own."""
    new = [item for item in fresh if isinstance(item.source, Plural)]
    if not new:
        return ()
    by_key = {unit.key: unit for unit in removed}
    found = []
    for item in new:
        key = item.entry.key
        # a key that is one part with dots is written with backslashes before a further part
        escaped = key.replace("\\", "\\\\").replace(".", "\\.")
        parts = gathered(item.position, item.entry, by_key, (key, escaped))
        if parts is not None:
            found.append(parts)
    return tuple(found)


def _pair(removed: tuple[Unit, ...], fresh: list[Incoming], *, keyed: bool) -> list[Carried]:
    """Find for each new key the removed unit whose translations it may take over.

    The same text is paired first; in formats without keys then the most alike text, those of the
    same context or place before others. One old unit serves one new key.
    """
    by_text: dict[Text, list[Unit]] = defaultdict(list)
    for unit in removed:
        by_text[unit.source].append(unit)
    pairs: list[Carried] = []
    left = []
    for item in fresh:
        twins = by_text.get(item.source)
        if twins:
            pairs.append(Carried(twins.pop(0), item, same_text=True))
        else:
            left.append(item)
    if keyed or not left:
        return pairs
    used = {pair.old.id for pair in pairs}
    return pairs + _alike([unit for unit in removed if unit.id not in used], left)


def _alike(old: list[Unit], fresh: list[Incoming]) -> list[Carried]:
    """Pair changed source texts with what they were, the likest pairs first."""
    index = GramIndex([plain(unit.source) for unit in old])
    offers = []
    for item in fresh:
        near = index.nearest(plain(item.source), at_least=CARRY_OVER - 0.1, enough=_MEANT)
        for score, at in near:
            likeness = score + _closeness(old[at], item)
            alike = isinstance(old[at].source, str) is isinstance(item.source, str)
            if alike and likeness >= CARRY_OVER:
                offers.append((likeness, item.position, at, item))
    pairs: list[Carried] = []
    taken: set[int] = set()
    placed: set[int] = set()
    for likeness, position, at, item in sorted(
        offers, key=lambda offer: (-offer[0], offer[1], offer[2])
    ):
        if position not in placed and at not in taken:
            placed.add(position)
            taken.add(at)
            pairs.append(Carried(old[at], item, same_text=False, likeness=likeness))
    return pairs


def _lend(units: Sequence[Unit], added: Sequence[Incoming]) -> tuple[Lent, ...]:
    """Find for new texts the likest of those whose translations they may begin with."""
    if not units or not added:
        return ()
    index = WordIndex([plain(unit.source) for unit in units], [plain(i.source) for i in added])
    found = []
    for item in added:
        text = plain(item.source)
        near = index.nearest(text, at_least=LEND - _ENDS, most=_LENDERS)
        scored = [(score + _ENDS * ends(text, plain(units[at].source)), at) for score, at in near]
        single = isinstance(item.source, str)
        alike = [
            units[at]
            for score, at in sorted(scored, key=lambda pair: (-pair[0], pair[1]))
            if score >= LEND and isinstance(units[at].source, str) is single
        ]
        if alike:
            found.append(Lent(item, tuple(alike)))
    return tuple(found)


def _without_worse(carried: list[Carried], lent: Sequence[Lent]) -> list[Carried]:
    """Return the pairs without those whose new text is much more like one that stays in use."""
    best = {item.new.position: item.old[0] for item in lent}
    found = []
    for pair in carried:
        other = best.get(pair.new.position)
        if (
            other is None
            or pair.likeness >= _SURE
            or _likeness(other, pair.new) <= pair.likeness + _CLEARLY
        ):
            found.append(pair)
    return found


def _likeness(unit: Unit, item: Incoming) -> float:
    return dice(grams(plain(unit.source)), grams(plain(item.source)))


def _closeness(unit: Unit, item: Incoming) -> float:
    """Return a small bonus for the same context and the same source file."""
    bonus = 0.05 if unit.context == item.entry.context else 0.0
    files = {place.rsplit(":", 1)[0] for place in unit.locations.split()}
    if any(place.rsplit(":", 1)[0] in files for place in item.entry.locations.split()):
        bonus += 0.05
    return bonus
