"""The states of a translation, who made its text, and which moves are allowed to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from dpg_l10n.errors import ConflictError, UsageError
from dpg_l10n.i18n import N_


class State(StrEnum):
    """How far a translation of a unit is."""

    MISSING = "missing"
    DRAFT = "draft"
    """Only from memory or machine. Never counted, never shipped unmarked."""
    NEEDS_WORK = "needs_work"
    """A person's text that no longer holds."""
    TRANSLATED = "translated"
    REVIEWED = "reviewed"


class Made(StrEnum):
    """Who made a text."""

    PERSON = "person"
    IMPORT = "import"
    MEMORY = "memory"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text came from.

    Args:
        made: Who made it.
        detail: What a later reader needs to judge it, as sorted name and value pairs: of a machine
            draft engine, model, version and checksum; of a memory match project, licence, state and
            score.
    """

    made: Made
    detail: tuple[tuple[str, str], ...] = field(default=())

    @property
    def automatic(self) -> bool:
        """True when no person stands behind the text yet."""
        return self.made in (Made.MEMORY, Made.MACHINE)

    def describe(self) -> str:
        """Return the origin in one line, for comments in files and for lists."""
        detail = dict(self.detail)
        if self.made is Made.MACHINE:
            known = [detail[name] for name in ("engine", "model", "version") if detail.get(name)]
            return " ".join(known) or "machine"
        if self.made is Made.MEMORY:
            held = detail.get("project") or detail.get("memory") or "another project"
            return f"memory of {held}"
        return self.made.value

    def provenance(self, source: str = "") -> str:
        """Return what made a text with all that a later reader needs to judge it, in one line.

        Args:
            source: SHA-256 of the source text that it was made from, where it is known.
        """
        detail = dict(self.detail)
        known = [
            f"sha256:{detail['sha256'][:12]}" if detail.get("sha256") else "",
            detail.get("parameters", ""),
            f"confidence:{detail['confidence']}" if detail.get("confidence") else "",
            f"similarity:{detail['score']}" if detail.get("score") else "",
            f"glossary:{detail['glossary']}" if detail.get("glossary") else "",
            f"source:{source[:12]}" if source and self.automatic else "",
        ]
        more = ", ".join(filter(None, known))
        return f"{self.describe()} ({more})" if more else self.describe()


class Actor(StrEnum):
    """Who asks for a move."""

    PERSON = "person"
    REVIEWER = "reviewer"
    PROGRAM = "program"
    """Memory or machine: may only fill what is missing or replace a draft."""


_MOVES: dict[Actor, frozenset[tuple[State, State]]] = {
    Actor.PROGRAM: frozenset({(State.MISSING, State.DRAFT), (State.DRAFT, State.DRAFT)}),
    Actor.PERSON: frozenset(
        (old, new)
        for old in State
        for new in (State.TRANSLATED, State.NEEDS_WORK)
        if (old, new) not in {(State.MISSING, State.NEEDS_WORK), (State.DRAFT, State.NEEDS_WORK)}
    ),
}
_MOVES[Actor.REVIEWER] = _MOVES[Actor.PERSON] | frozenset((old, State.REVIEWED) for old in State)


def move(old: State, new: State, actor: Actor, *, has_errors: bool = False) -> State:
    """Return the new state where the actor may set it.

    Args:
        old: State before.
        new: State asked for.
        actor: Who asks.
        has_errors: True when a check found an error in the text.

    Raises:
        UsageError: ``state.move``: the actor may not make this move.
        ConflictError: ``state.errors``: a text with errors cannot become reviewed.
    """
    if (old, new) not in _MOVES[actor]:
        raise UsageError(
            N_("A {actor} cannot move a translation from {old} to {new}."),
            code="state.move", actor=actor.value, old=old.value, new=new.value,
        )  # fmt: skip
    if new is State.REVIEWED and has_errors:
        raise ConflictError(
            N_("A text with errors cannot be accepted. Correct what the checks found first."),
            code="state.errors",
        )
    return new
