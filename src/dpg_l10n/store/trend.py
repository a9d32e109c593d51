"""How coverage changed: kept with every change, and counted anew from the history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from dpg_l10n.domain.message import load
from dpg_l10n.domain.unit import count_words
from dpg_l10n.store.chunks import chunks, marks
from dpg_l10n.store.codes import bucket_code
from dpg_l10n.store.statements import Statements

DAY_S = 86_400
TOTAL = (0, 0)
"""Locale and bucket under which the totals of a catalogue are kept."""
_COLUMNS = ("catalogue_id", "locale_id", "day", "bucket", "units", "words")
Changes = Mapping[tuple[int, int, int], tuple[int, int]]
"""Units and words by locale, day and bucket; none is nothing."""


def add(
    sql: Statements, catalogue_id: int, locale_id: int, day: int, bucket: int, units: int,
    words: int,
) -> None:  # fmt: skip
    """Add a change to those of its day."""
    sql.run(
        "INSERT INTO coverage_day (catalogue_id, locale_id, day, bucket, units, words) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (catalogue_id, locale_id, day, bucket) "
        "DO UPDATE SET units = coverage_day.units + excluded.units, "
        "words = coverage_day.words + excluded.words",
        (catalogue_id, locale_id, day, bucket, units, words),
    )


def kept(sql: Statements, catalogue_id: int) -> Changes:
    """Return the changes of a catalogue as they are kept."""
    rows = sql.run(
        "SELECT locale_id, day, bucket, units, words FROM coverage_day WHERE catalogue_id = ?",
        (catalogue_id,),
    )
    return {tuple(row[:3]): (row[3], row[4]) for row in rows if row[3] or row[4]}


def recounted(sql: Statements, catalogue_id: int) -> Changes:
    """Return the changes of a catalogue counted from its history, text by text.

    Nothing of what the writers of translations add up is looked at: only the texts themselves, the
    ones that they replaced, and what the units were.
    """
    days = {row[0]: row[1] // DAY_S for row in sql.run(_ACTIONS, (catalogue_id,))}
    units = _units(sql, catalogue_id)
    units_at: defaultdict[tuple[int, int, int], int] = defaultdict(int)
    words_at: defaultdict[tuple[int, int, int], int] = defaultdict(int)

    first = min(days.values(), default=0)

    def note(locale: int, action: int, bucket: int, sign: int, words: int) -> None:
        place = (locale, days.get(action, first), bucket)
        units_at[place] += sign
        words_at[place] += sign * words

    for steps in units.values():
        if steps[0][1] is not None:  # nobody wrote down when it came
            note(TOTAL[0], 0, TOTAL[1], 1, steps[0][1])
        for (_, before), (action, after) in pairwise(steps):
            for sign, words in ((-1, before), (1, after)):
                if words is not None:
                    note(TOTAL[0], action, TOTAL[1], sign, words)
    for unit_id, locale, texts in _texts(sql, catalogue_id):
        for action, sign, bucket, words in _moves(units.get(unit_id, _NOWHERE), texts):
            note(locale, action, bucket, sign, words)
    places = sorted(units_at)
    return {at: (units_at[at], words_at[at]) for at in places if units_at[at] or words_at[at]}


def replace(sql: Statements, catalogue_id: int, changes: Changes) -> None:
    """Keep other changes of a catalogue."""
    sql.run("DELETE FROM coverage_day WHERE catalogue_id = ?", (catalogue_id,))
    rows = [(catalogue_id, *place, *change) for place, change in changes.items()]
    sql.insert("coverage_day", _COLUMNS, rows)


_ACTIONS = (
    "SELECT a.id, a.at FROM action a WHERE a.project_id = "
    "(SELECT project_id FROM catalogue WHERE id = ?)"
)
_Steps = list[tuple[int, int | None]]
"""By action: the words of a unit from then on, None where it is in no figure."""
_NOWHERE: _Steps = [(0, None)]
"""Of a unit that is not there, which a check tells."""


def _units(sql: Statements, catalogue_id: int) -> dict[int, _Steps]:
    """Return what each unit was from each action on."""
    changes: defaultdict[int, list[tuple[int, int | None, bool]]] = defaultdict(list)
    rows = sql.run(
        "SELECT c.unit_id, c.action_id, c.text_id, c.obsolete FROM unit_change c "
        "JOIN unit u ON u.id = c.unit_id WHERE u.catalogue_id = ? "
        "ORDER BY c.unit_id, c.action_id",
        (catalogue_id,),
    )
    for unit_id, action, text_id, obsolete in rows:
        changes[unit_id].append((action, text_id, bool(obsolete)))
    old = {text for steps in changes.values() for _, text, _ in steps if text is not None}
    words = _words(sql, sorted(old))
    found: dict[int, _Steps] = {}
    current = sql.run(
        "SELECT id, words, obsolete FROM unit WHERE catalogue_id = ?", (catalogue_id,)
    ).all()
    for unit_id, now, obsolete in current:
        steps = changes[unit_id]
        # what it was until each action, and what it is now
        until = [None if text is None or gone else words.get(text, 0) for _, text, gone in steps]
        until.append(None if obsolete else now)
        actions = (0, *(action for action, _, _ in steps))
        found[unit_id] = list(zip(actions, until, strict=True))
    return found


def _words(sql: Statements, text_ids: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for part in chunks(text_ids):
        rows = sql.run(f"SELECT id, body FROM text WHERE id IN ({marks(part)})", tuple(part))
        found.update((row[0], count_words(load(row[1]))) for row in rows)
    return found


def _texts(sql: Statements, catalogue_id: int) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Yield unit, locale, and by action the bucket of the text that it wrote, 0 for none."""
    rows = sql.run(
        "SELECT unit_id, locale_id, revision, action_id, state, copied FROM translation "
        "WHERE catalogue_id = ? UNION ALL "
        "SELECT r.unit_id, r.locale_id, r.revision, r.action_id, r.state, r.copied FROM revision r "
        "JOIN unit u ON u.id = r.unit_id WHERE u.catalogue_id = ? ORDER BY 1, 2, 3",
        (catalogue_id, catalogue_id),
    )
    place: tuple[int, int] | None = None
    texts: list[tuple[int, int]] = []
    for unit_id, locale, _, action, state, copied in rows:
        if place is not None and place != (unit_id, locale):
            yield *place, texts
            texts = []
        place = (unit_id, locale)
        texts.append((action, bucket_code(state, copied)))
    if place is not None:
        yield *place, texts


def _moves(unit: _Steps, texts: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Yield action, sign, bucket and words of each step of a text in or out of a bucket."""
    words_by = dict(unit)
    said_by = dict(texts)  # of several writes of one action the last one stands
    words, bucket = unit[0][1], 0
    for action in sorted(words_by.keys() | said_by.keys()):
        if action == 0:
            continue
        then = words_by.get(action, words)
        now = said_by.get(action, bucket)
        if bucket and words is not None:
            yield action, -1, bucket, words
        if now and then is not None:
            yield action, 1, now, then
        words, bucket = then, now
