from __future__ import annotations

import pytest

from dpg_l10n.domain.states import Actor, Made, Origin, State, move
from dpg_l10n.errors import ConflictError, UsageError

M, D, N, T, R = State
ALLOWED = {
    Actor.PROGRAM: {(M, D), (D, D)},
    Actor.PERSON: {(M, T), (D, T), (N, T), (T, T), (R, T), (N, N), (T, N), (R, N)},
}
ALLOWED[Actor.REVIEWER] = ALLOWED[Actor.PERSON] | {(old, R) for old in State}


@pytest.mark.parametrize("actor", Actor)
@pytest.mark.parametrize("new", State)
@pytest.mark.parametrize("old", State)
def test_each_actor_makes_its_own_moves_only(old: State, new: State, actor: Actor) -> None:
    if (old, new) in ALLOWED[actor]:
        assert move(old, new, actor) is new
    else:
        with pytest.raises(UsageError) as caught:
            move(old, new, actor)
        assert caught.value.error_code == "state.move"


@pytest.mark.parametrize("old", State)
def test_a_text_with_errors_does_not_become_reviewed(old: State) -> None:
    with pytest.raises(ConflictError) as caught:
        move(old, R, Actor.REVIEWER, has_errors=True)
    assert caught.value.error_code == "state.errors"


def test_a_text_with_errors_may_be_translated() -> None:
    assert move(M, T, Actor.PERSON, has_errors=True) is T


@pytest.mark.parametrize(
    ("made", "automatic"), [*zip(Made, (False, False, True, True), strict=True)]
)
def test_memory_and_machine_have_no_person_behind_them(made: Made, automatic: bool) -> None:
    assert Origin(made).automatic is automatic


@pytest.mark.parametrize(
    ("origin", "line"),
    [
        (Origin(Made.PERSON), "person"),
        (Origin(Made.MACHINE), "machine"),
        (
            Origin(Made.MACHINE, (("engine", "argos"), ("model", "en_sw"), ("version", ""))),
            "argos en_sw",
        ),
        (Origin(Made.MEMORY, (("project", "clinic"),)), "memory of clinic"),
        (Origin(Made.MEMORY), "memory of another project"),
    ],
)
def test_an_origin_is_told_in_one_line(origin: Origin, line: str) -> None:
    assert origin.describe() == line
