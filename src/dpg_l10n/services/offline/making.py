"""The use case: strings leave the store in a file, and are nobody else's work meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dpg_l10n.domain import plurals
from dpg_l10n.domain.merge import DRAFT_NOTE
from dpg_l10n.domain.message import CLDR_CATEGORIES, Plural, Text, fingerprint, is_blank
from dpg_l10n.domain.plural_examples import examples
from dpg_l10n.domain.query import Query
from dpg_l10n.domain.records import Project, StoredCatalogue
from dpg_l10n.domain.states import State
from dpg_l10n.domain.unit import Unit
from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Clock, Store, UnitOfWork
from dpg_l10n.services import queue
from dpg_l10n.services.offline.content import MARKED, NEEDS_NOTE, Package, Packed
from dpg_l10n.services.offline.kinds import KINDS
from dpg_l10n.services.offline.mark import Mark
from dpg_l10n.services.offline.reports import Taken
from dpg_l10n.services.queue import Task
from dpg_l10n.services.reading import UnitView, pages
from dpg_l10n.services.variants import plural_formula

MOST_UNITS = 2000
MOST_DAYS = 30
_DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody takes out."""

    format: str = "po"
    """A name of :data:`KINDS`."""
    query: Query | None = None
    """Which strings; None takes the person's own queue."""
    task: Task = Task.TRANSLATE
    """What the queue is for."""
    limit: int = 200
    """Most strings, up to :data:`MOST_UNITS`."""
    days: int = 7
    """For which they are kept for who asks, up to :data:`MOST_DAYS`."""


def take(store: Store, slug: str, language: str, asked: Asked, actor: str, clock: Clock) -> Taken:
    """Return strings of a language as a file, and keep them for the person who works on them.

    What somebody else works on is left out, and so is what the format cannot hold. Where no string
    is left the file has none.

    Raises:
        NotFoundError: There is no such project or catalogue, or its source is in this language.
        UsageError: ``usage.offline``: no such format, or more strings or days than there may be.
    """
    _require(asked)
    until = clock.now() + asked.days * _DAY_S
    views, busy = _views(store, slug, language, asked, actor, clock)
    kind = KINDS[asked.format]
    with store.write() as uow:
        project = uow.projects.require(slug)
        packed = _packed(uow, project, language, views)
        items = tuple(item for item in packed if kind.holds(item))
        left_out = [item for item in packed if not kind.holds(item)]
        uow.talk.lease([item.unit.id for item in items], language, actor, until)
        uow.talk.release([item.unit.id for item in left_out], language, actor)
        uow.commit()
    data = kind.write(Package(slug, language, project.source_language, items))
    name = f"{slug}.{language}{kind.suffix}"
    keys = tuple(item.where for item in left_out)
    return Taken(name, kind.media_type, data, len(items), until, busy, keys)


def _require(asked: Asked) -> None:
    if asked.format not in KINDS:
        raise UsageError(
            N_("There is no package format “{name}”. There are: {known}."),
            code="usage.offline", name=asked.format, known=", ".join(KINDS),
        )  # fmt: skip
    if not (1 <= asked.limit <= MOST_UNITS and 1 <= asked.days <= MOST_DAYS):
        raise UsageError(
            N_("A package has 1 to {units} strings, for 1 to {days} days."),
            code="usage.offline", units=MOST_UNITS, days=MOST_DAYS,
        )  # fmt: skip


def _views(
    store: Store, slug: str, language: str, asked: Asked, actor: str, clock: Clock
) -> tuple[Sequence[UnitView], int]:
    """Return the strings, and how many were left out because somebody else has them."""
    if asked.query is None:
        found = queue.queue(
            store, slug, language, actor, clock, task=asked.task, limit=asked.limit,
            lease_s=asked.days * _DAY_S,
        )  # fmt: skip
        return found, 0
    views: list[UnitView] = []
    busy = 0
    now = clock.now()
    for view in pages(store, slug, language, asked.query):
        with store.read() as uow:
            lease = uow.talk.leased(view.unit.id, language, now)
        if lease is not None and lease.actor != actor:
            busy += 1
            continue
        views.append(view)
        if len(views) == asked.limit:
            break
    return views, busy


def _packed(
    uow: UnitOfWork, project: Project, language: str, views: Sequence[UnitView]
) -> list[Packed]:
    """Return strings with all that a file says of them."""
    stored = {each.name: each for each in uow.catalogues.list(project.id)}
    return [_pack(uow, project, stored[view.catalogue], language, view) for view in views]


def _pack(
    uow: UnitOfWork, project: Project, stored: StoredCatalogue, language: str, view: UnitView
) -> Packed:
    unit = view.unit
    formula = plural_formula(uow, stored, language) if view.labels else None
    labels = labels_of(view)
    sources: tuple[str, ...] = ()
    if isinstance(unit.source, Plural):
        sources = plurals.source_forms(
            unit.source, labels, language, project.source_language, formula
        )  # fmt: skip
    source = fingerprint(unit.source)
    mark = Mark(project.slug, language, unit.id, view.revision, source[:12])
    numbers = examples(labels, language, formula) if labels else ()
    text = handed_out(unit, view.text)
    state = view.state if text is not None else State.MISSING
    return Packed(
        mark, view.catalogue, unit, text, state, _why(view, state), view.previous_source, labels,
        numbers, sources, formula,
    )  # fmt: skip


def handed_out(unit: Unit, text: Text | None) -> Text | None:
    """Return the text of a unit that a file shows: None where it has not the shape of the source."""
    if (
        text is None
        or is_blank(text)
        or isinstance(text, Plural) is not isinstance(unit.source, Plural)
    ):
        return None
    return text


def labels_of(view: UnitView) -> tuple[str, ...]:
    """Return the labels of a unit's variants: those that it should have, and those that it has."""
    if not view.labels or view.labels[0].isdigit() or not isinstance(view.text, Plural):
        return view.labels
    known = {*view.labels, *view.text.labels}
    return tuple(label for label in CLDR_CATEGORIES if label in known)


def _why(view: UnitView, state: State) -> str:
    """Return why a text leaves with a mark, empty where it does not."""
    if state not in MARKED:
        return ""
    if state is State.DRAFT and view.origin is not None:
        made = view.origin.provenance(fingerprint(view.unit.source))
        return f"{DRAFT_NOTE} {made}"
    if view.previous_source is not None:
        return f"{NEEDS_NOTE} its source has changed"
    return f"{NEEDS_NOTE} somebody was not sure of it"
