"""The use case: translate a text that is nobody's unit, as programs ask that know no projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dpg_l10n.checks import markup, placeholders
from dpg_l10n.checks.run import run
from dpg_l10n.checks.spec import Subject
from dpg_l10n.domain.locales import base
from dpg_l10n.domain.memory import Asker, Recalled
from dpg_l10n.domain.message import plain
from dpg_l10n.domain.placeholders import kinds_for
from dpg_l10n.domain.states import Origin, State
from dpg_l10n.errors import NotFoundError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Pair, Store, UnitOfWork
from dpg_l10n.services.coverage import coverage, projects
from dpg_l10n.services.drafting.gaps import memory_origin
from dpg_l10n.services.drafting.glossary import terms_of, version_of
from dpg_l10n.services.drafting.shared import Answer, Wanted
from dpg_l10n.services.memory import memories

NO_MODEL = "no model"
"""Why a text has no draft where the memory does not have it and no model translates the pair."""


@dataclass(frozen=True, slots=True)
class Translated:
    """One text, and who stands behind its translation."""

    text: str
    """The source itself where there is no translation."""
    state: State
    """``reviewed`` or ``translated`` by a person, ``draft`` of a machine, or ``missing``."""
    origin: Origin | None = None
    reason: str = ""
    """Why there is none."""
    alternatives: tuple[str, ...] = ()
    """Other translations that people finished, best first."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the memory has, and how the rest is to be drafted."""

    known: Mapping[str, Translated]
    wanted: Wanted


def remember(
    store: Store, texts: Sequence[str], pair: Pair, *, html: bool, project: str | None, most: int
) -> Remembered:
    """Look up texts in the memory: finished translations of the same text, reviewed ones first.

    Args:
        store: Where.
        texts: Source texts.
        pair: From which language to which, as BCP 47 tags.
        html: True where the texts are HTML.
        project: Slug of who asks: its licence decides what is offered, and its glossary what drafts
            say. None for nobody in particular, who gets texts under permissive licences.
        most: Most alternatives of one text.
    """
    with store.read() as uow:
        asking = uow.projects.get(project) if project else None
        asker = Asker(pair.target, asking.slug, asking.licence) if asking else Asker(pair.target)
        known = _recall(uow, dict.fromkeys(texts), pair, asker, most)
        terms = None
        if asking is not None and base(asking.source_language) == base(pair.source):
            terms = uow.glossaries.terminology(asking, pair.target, enforced=True)
    return Remembered(known, Wanted(pair, html, version_of(terms), terms_of(terms)))


def joined(
    texts: Sequence[str], remembered: Remembered, drafted: Mapping[str, Answer] | None
) -> list[Translated]:
    """Return what is known of each text: the memory's, else the machine's, else the text itself.

    Args:
        texts: Source texts.
        remembered: What the memory has.
        drafted: What the machine made of the others; None where no model has the pair.

    Raises:
        NotFoundError: No model has the pair, and the memory has none of the texts.
    """
    pair = remembered.wanted.pair
    if drafted is None and not any(text in remembered.known for text in texts):
        raise NotFoundError(
            N_(
                "No model here translates {source} to {target}, and the memory has none of these "
                "texts."
            ),
            source=pair.source, target=pair.target,
        )  # fmt: skip
    return [remembered.known.get(text) or _drafted(text, drafted) for text in texts]


def directions(store: Store, pairs: Iterable[Pair]) -> dict[str, list[str]]:
    """Return the languages that each language can be translated to: by models, or from the memory.

    Args:
        store: Where the memory is.
        pairs: Those of the models.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        found[pair.source].add(pair.target)
    for project in projects(store):
        found[project.source_language] |= {
            row.language for row in coverage(store, project.project).languages
        }
    for memory in memories(store):
        found["en"] |= set(memory.languages)  # files say the source of each text, most are English
    return {source: sorted(targets - {source}) for source, targets in sorted(found.items())}


def _recall(
    uow: UnitOfWork, texts: Iterable[str], pair: Pair, asker: Asker, most: int
) -> dict[str, Translated]:
    numbers = {number: text for text in texts if (number := uow.memory.find(text)) is not None}
    options: defaultdict[str, list[Recalled]] = defaultdict(list)
    for found in uow.memory.recall(list(numbers), pair.target, pair.source):
        text = numbers[found.text_id]
        if asker.may_see(found) and isinstance(found.text, str) and _is_whole(text, found.text):
            options[text].append(found)
    return {text: _best(found, asker, most) for text, found in options.items()}


def _is_whole(source: str, text: str) -> bool:
    """Tell whether a person's text has the placeholders and tags of its source."""
    subject = Subject(source, text, "", kinds=kinds_for(""))
    found = run(subject, (placeholders.CHECK, markup.CHECK))
    return not any(finding.severity == "error" for finding in found)


def _best(found: list[Recalled], asker: Asker, most: int) -> Translated:
    ranked = sorted(
        found,
        key=lambda one: (one.state is not State.REVIEWED, -asker.worth(one, 1.0), str(one.text)),
    )
    best = ranked[0]
    others = dict.fromkeys(plain(one.text) for one in ranked[1:] if one.text != best.text)
    return Translated(
        plain(best.text), best.state,
        memory_origin(best.licence, best.memory, best.project, 1.0, best.state),
        alternatives=tuple(others)[:most],
    )  # fmt: skip


def _drafted(text: str, drafted: Mapping[str, Answer] | None) -> Translated:
    if drafted is None:
        return Translated(text, State.MISSING, reason=NO_MODEL)
    answer = drafted[text]
    if answer.text is None:
        return Translated(text, State.MISSING, reason=answer.reason)
    return Translated(answer.text, State.DRAFT, answer.origin)
