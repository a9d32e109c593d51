"""One string that comes back, seen beside what left and what is there now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dpg_l10n.domain.message import Plural, Text, fingerprint, is_blank, plain
from dpg_l10n.domain.plurals import GettextPlural
from dpg_l10n.domain.states import State
from dpg_l10n.domain.unit import Unit
from dpg_l10n.errors import NotFoundError
from dpg_l10n.ports import Store, UnitOfWork
from dpg_l10n.services.offline import faults, variants
from dpg_l10n.services.offline.content import MARKED, Back, shown_key
from dpg_l10n.services.offline.judging import Verdict, judge, same, with_line_ends
from dpg_l10n.services.offline.making import handed_out, labels_of
from dpg_l10n.services.offline.mark import Mark
from dpg_l10n.services.reading import Reader, UnitView
from dpg_l10n.services.variants import plural_formula

_FINISHED = (State.TRANSLATED, State.REVIEWED)


@dataclass(frozen=True, slots=True)
class Seen:
    """One string of a file."""

    unit: int
    key: str
    verdict: Verdict
    text: Text | None
    """What the person stands for, in the shape of the store; None where they wrote nothing."""
    revision: int
    """That the person decides on."""
    is_known: bool
    """True when the store says so already."""
    is_current: bool
    """True when the text is the current one."""
    outdated: bool
    """True when the source is not that of the package."""


@dataclass(frozen=True, slots=True)
class _Stored:
    """What the store has of a string."""

    view: UnitView
    labels: tuple[str, ...]
    formula: str | None
    handed: Text | None
    was_marked: bool


def see(
    store: Store, slug: str, unit: int, language: str, lines: Sequence[Back], formula: str | None
) -> Seen:
    """Return what the lines of a unit say.

    Args:
        store: Where the unit is.
        slug: Project.
        unit: Its number.
        language: BCP 47 tag.
        lines: One, or one for each plural variant.
        formula: ``Plural-Forms`` of the file.

    Raises:
        InputError: The string is of another project or language, is not there any more, or is no
            whole text.
    """
    line = lines[0]
    mark = line.mark
    if mark is None:
        raise faults.unmarked()
    faults.require_place(mark, slug, language)
    now = _stored(store, slug, language, mark)
    key = shown_key(now.view.unit.key)
    by_label = _by_label(lines, key)
    outdated = fingerprint(now.view.unit.source)[:12] != mark.source
    package = variants.formula_of(formula, language)
    back, handed = _shaped(by_label, now, language, package)
    verdict = judge(
        handed, back, was_marked=now.was_marked, marked=any(each.marked for each in lines),
        noted=all(each.noted for each in lines),
    )  # fmt: skip
    if verdict in (Verdict.EMPTY, Verdict.SAME):
        return Seen(unit, key, verdict, None, mark.revision, True, False, outdated)
    if verdict is Verdict.STRIPPED:
        raise faults.stripped(key)
    if verdict is Verdict.PARTIAL:
        raise faults.variants(key)
    odd = next((each.kind for each in lines if each.kind != "text"), None)
    if odd and verdict is Verdict.WROTE and plain(back) != plain(now.view.unit.source):
        raise faults.cell(key, odd)
    text = None
    if verdict is Verdict.CONFIRMED:
        text = now.handed
    elif verdict is not Verdict.DOUBTED:
        text = _text(back, now, language, None if "" not in by_label else package, key)
    return _seen(now, mark, key, verdict, text, outdated=outdated)


def _seen(
    now: _Stored, mark: Mark, key: str, verdict: Verdict, text: Text | None, *, outdated: bool
) -> Seen:
    view = now.view
    said = now.handed if text is None else text
    is_current = view.text is not None and said is not None and same(view.text, said)
    done = (State.NEEDS_WORK,) if verdict is Verdict.DOUBTED else _FINISHED
    is_known = is_current and view.state in done
    # where the text is the current one nobody's work is overwritten, whatever the revision
    revision = view.revision if is_current else mark.revision
    return Seen(mark.unit, key, verdict, text, revision, is_known, is_current, outdated)


def _stored(store: Store, slug: str, language: str, mark: Mark) -> _Stored:
    with store.read() as uow:
        reader = Reader(uow, uow.projects.require(slug), language)
        try:
            stored, unit = reader.find(mark.unit)
        except NotFoundError as error:
            raise faults.gone(mark.unit) from error
        view = reader.view(stored, unit)
        text, state = _then(uow, view, mark)
        formula = plural_formula(uow, stored, language) if view.labels else None
    handed = handed_out(unit, text)
    return _Stored(view, labels_of(view), formula, handed, handed is not None and state in MARKED)


def _then(uow: UnitOfWork, view: UnitView, mark: Mark) -> tuple[Text | None, State]:
    """Return text and state when the package was made."""
    if mark.revision == view.revision:
        return view.text, view.state
    if mark.revision == 0:
        return None, State.MISSING
    for old in uow.translations.history(view.unit, view.language):
        if old.revision == mark.revision:
            return old.text, old.state
    raise faults.unknown_revision(mark, shown_key(view.unit.key))


def _by_label(lines: Sequence[Back], key: str) -> dict[str, Text]:
    """Return the texts by label; empty ones give way to others.

    Raises:
        InputError: ``offline.twice``: two texts of one label, or lines of two packages.
    """
    found: dict[str, Text] = {}
    marks = {line.mark._replace(label="") for line in lines if line.mark}
    if len(marks) > 1:
        raise faults.twice(key)
    for line in lines:
        label = line.mark.label if line.mark else ""
        old = found.get(label)
        if old is None or is_blank(old):
            found[label] = line.text
        elif not is_blank(line.text) and not same(old, line.text):
            raise faults.twice(key)
    return found


def _shaped(
    by_label: dict[str, Text], now: _Stored, language: str, package: GettextPlural
) -> tuple[Text, Text | None]:
    """Return what came back, and what left in the same shape.

    Raises:
        InputError: ``offline.variants``: it has variants where its source has none, or the other
            way round.
    """
    unit, handed = now.view.unit, now.handed
    if "" in by_label:
        back = by_label[""]
        if isinstance(back, Plural) and isinstance(handed, Plural):
            return back, variants.spread(handed, language, now.formula, package)
        return back, handed
    texts = {label: plain(text) for label, text in by_label.items()}
    if not isinstance(unit.source, Plural) or not set(texts) <= set(now.labels):
        raise faults.variants(shown_key(unit.key))
    back = Plural(tuple((label, texts.get(label, "")) for label in now.labels))
    if not isinstance(handed, Plural):
        return back, handed
    return back, Plural(tuple((label, handed.get(label) or "") for label in now.labels))


def _text(back: Text, now: _Stored, language: str, package: GettextPlural | None, key: str) -> Text:
    """Return a text as the store keeps it.

    Args:
        back: What came back.
        now: What the store has.
        language: BCP 47 tag.
        package: What the numbers of its variants mean; None where they have the unit's own labels.
        key: Of the unit.

    Raises:
        InputError: ``offline.variants``: its variants are not those of the unit.
    """
    unit: Unit = now.view.unit
    if isinstance(back, Plural) is not isinstance(unit.source, Plural):
        raise faults.variants(key)
    if isinstance(back, Plural) and package is not None:
        found = variants.gathered(back, now.labels, language, now.formula, package)
        if found is None:
            raise faults.variants(key)
        back = found
    return with_line_ends(back, unit.source)
