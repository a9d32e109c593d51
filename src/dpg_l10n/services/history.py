"""History: what a unit said, in a language and in its source, and who changed it when and why."""

from __future__ import annotations

from dataclasses import dataclass

from dpg_l10n.domain.message import Text, fingerprint, is_empty
from dpg_l10n.domain.states import State
from dpg_l10n.domain.unit import Revision, SourceChange, Suggestion
from dpg_l10n.domain.worddiff import Piece, word_diff
from dpg_l10n.errors import NotFoundError
from dpg_l10n.ports import Clock, Store
from dpg_l10n.services.naming import find_by_key
from dpg_l10n.services.reading import UnitView
from dpg_l10n.services.reviewing import Decision, decide


@dataclass(frozen=True, slots=True)
class Step:
    """One revision and how it differs from the one before."""

    revision: int
    at: int
    """Seconds since 1970 in UTC."""
    actor: str
    kind: str
    """``push``, ``draft``, ``review``, ``undo``."""
    why: str
    origin: str
    detail: dict[str, str]
    """What the origin is made of: engine, model, checksum, parameters; of a draft also the SHA-256
    of the source text that it was made from."""
    state: State
    text: Text
    diff: tuple[Piece, ...]
    """Empty when the text is that of the revision before; the state changed."""
    made_for: Text | None
    """Source text that it was made for, None when that is the unit's own of then."""
    action: int
    """Number of the push, review or other action that wrote it."""


@dataclass(frozen=True, slots=True)
class UnitHistory:
    """Everything that a unit said in a language, newest first."""

    catalogue: str
    key: str
    language: str
    source: Text
    steps: tuple[Step, ...]
    sources: tuple[SourceChange, ...]
    """How the source changed."""
    obsolete: bool
    """True when the unit is out of the figures now."""
    suggestions: tuple[Suggestion, ...]
    """Texts that somebody proposed, oldest first."""


def unit_history(store: Store, slug: str, catalogue: str, key: str, language: str) -> UnitHistory:
    """Return the history of a unit in a language, also that of an obsolete unit.

    Raises:
        NotFoundError: There is no such project, catalogue or unit.
    """
    with store.read() as uow:
        stored, unit = find_by_key(uow, uow.projects.require(slug), catalogue, key)
        past = uow.translations.history(unit, language)
        sources = uow.past.source_changes(unit)
        return UnitHistory(
            stored.name, key, language, unit.source, _steps(past, unit.source, sources), sources,
            unit.obsolete, uow.translations.suggestions(unit, language),
        )  # fmt: skip


def revert(
    store: Store,
    slug: str,
    catalogue: str,
    key: str,
    language: str,
    *,
    to: int,
    revision: int,
    actor: str,
    clock: Clock,
) -> UnitView:
    """Write the text of an older revision anew, as a person's decision.

    Args:
        store: Where.
        slug: Project.
        catalogue: Its catalogue.
        key: The unit.
        language: BCP 47 tag.
        to: Revision whose text is wanted.
        revision: Revision that the person saw as the current one.
        actor: Pseudonym.
        clock: Gives the time.

    Raises:
        NotFoundError: There is no such project, catalogue, unit or revision.
        StaleRevisionError: The text changed since the person saw it.
        UsageError: The revision holds no whole text, or one of another shape than the source.
    """
    past = unit_history(store, slug, catalogue, key, language).steps
    wanted = next((step for step in past if step.revision == to), None)
    if wanted is None or is_empty(wanted.text):
        known = ", ".join(str(step.revision) for step in past if not is_empty(step.text)) or "none"
        hint = f"Revisions with a text: {known}."
        raise NotFoundError(kind="revision", name=to, hint=hint)
    why = f"revert to revision {to}"
    decision = Decision(State.TRANSLATED, revision, actor, wanted.text, why)
    return decide(store, slug, catalogue, key, language, decision, clock)


def _steps(
    past: tuple[Revision, ...], source: Text, sources: tuple[SourceChange, ...]
) -> tuple[Step, ...]:
    found = []
    for at, now in enumerate(past):
        before: Text = past[at + 1].text if at + 1 < len(past) else ""
        found.append(
            Step(
                now.revision,
                now.at,
                now.actor,
                now.kind,
                now.why,
                now.origin.describe(),
                _detail(now, source, sources),
                now.state,
                now.text,
                word_diff(before, now.text) if before != now.text else (),
                now.made_for,
                now.action,
            )
        )
    return tuple(found)


def _detail(step: Revision, source: Text, sources: tuple[SourceChange, ...]) -> dict[str, str]:
    detail = {name: value for name, value in step.origin.detail if value}
    if step.kind == "draft":
        # the source before the first change that came after the draft
        later = [change.before for change in sources if change.action.id > step.action]
        then = next((before for before in reversed(later) if before is not None), source)
        detail["source_sha256"] = fingerprint(then)
    return detail
