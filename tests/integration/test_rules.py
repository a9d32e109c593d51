"""The rules that no code path may break: random histories, and random files."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

from dpg_l10n.domain.states import State
from dpg_l10n.store.uow import SqlStore
from tests.support.machine import Rules
from tests.support.projects import (
    Workspace,
    json_bytes,
    json_project,
    message,
    plural_message,
    po_bytes,
    po_project,
)
from tests.support.pushing import Pushes

_FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
_WORDS = st.sampled_from(["Save", "Open {n}", "Dashboard", "Save it all", "%d files"])
_SAID = st.sampled_from(["", " ", "Hifadhi", "Fungua {n}", "Dashboard", "\u202bحفظ", "a\\nb"])
_KEYS = st.sampled_from(["a", "b", "c", "d"])


class JsonRules(Rules):
    format_name = "json"


class PoRules(Rules):
    format_name = "po"


@pytest.mark.parametrize("machine", [JsonRules, PoRules])
def test_the_rules_hold_in_every_history(machine: type[Rules]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=15, stateful_step_count=15, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


@pytest.mark.parametrize("formats", [("json", "po"), ("po", "csv"), ("csv", "json")])
def test_nothing_is_lost_whatever_is_pushed_in_parts_disputed_and_undone(
    formats: tuple[str, str],
) -> None:
    run_state_machine_as_test(
        type("PushesOf", (Pushes,), {"formats": formats}),
        settings=settings(
            max_examples=5, stateful_step_count=15, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


@_FEW
@given(st.dictionaries(_KEYS, _WORDS, min_size=1), st.dictionaries(_KEYS, _SAID))
def test_a_keyed_file_that_nobody_edited_comes_back_as_it_was(
    source: dict[str, str], target: dict[str, str]
) -> None:
    store = SqlStore("sqlite://")
    work = json_project(store, source, sw=target)
    work.push()
    assert work.export() == {"i18n/sw.json": work.files["i18n/sw.json"]}
    store.close()


_FLAGS = st.sampled_from([(), ("#, fuzzy",), ("#. machine draft: x", "#, fuzzy"), ("#, c-format",)])


@_FEW
@given(st.dictionaries(_WORDS, st.tuples(_SAID, _FLAGS), min_size=1), st.booleans())
def test_a_gettext_file_that_nobody_edited_comes_back_as_it_was(
    messages: dict[str, tuple[str, tuple[str, ...]]], template: bool
) -> None:
    store = SqlStore("sqlite://")
    said = [message(msgid, text, *flags) for msgid, (text, flags) in messages.items()]
    plural = plural_message("%d page", "%d pages", "", "")
    work = po_project(
        store, *map(message, list(messages)[:: 1 + template]), plural, sw=[*said, plural]
    )
    work.push()
    assert work.export() == {"po/sw.po": work.files["po/sw.po"]}
    store.close()


def _pushed(source: dict[str, str]) -> Workspace:
    work = json_project(SqlStore("sqlite://"), source, sw={key: f"neno {key}" for key in source})
    work.push()
    return work


@_FEW
@given(
    st.dictionaries(_KEYS, _WORDS, min_size=1),
    st.lists(st.tuples(st.dictionaries(_KEYS, _WORDS), st.booleans()), max_size=4),
    st.sampled_from([State.TRANSLATED, State.REVIEWED]),
)
def test_whatever_a_source_went_through_its_return_restores_every_state(
    source: dict[str, str], others: list[tuple[dict[str, str], bool]], state: State
) -> None:
    work = _pushed(source)
    for key, text in source.items():
        if not [each for each in work.history(key, "sw") if each.state is state]:
            work.decide(key, "sw", text=f"neno {key}" + (" {n}" if "{n}" in text else ""))
    before = {key: (each.text, each.state) for key, each in work.translations("sw").items()}
    for other, prune in [*others, (source, False)]:
        work.files["i18n/en.json"] = json_bytes(other)
        work.push(prune=prune)
    after = work.translations("sw")
    assert {key: (after[key].text, after[key].state) for key in source} == before
    work.store.close()


@_FEW
@given(st.sets(_KEYS), st.sets(_KEYS))
def test_a_partial_push_takes_nothing_away(source: set[str], target: set[str]) -> None:
    work = _pushed(dict.fromkeys("abcd", "Save"))
    before = (work.counts("sw"), work.texts("sw"), set(work.units()))
    work.files["i18n/en.json"] = json_bytes(dict.fromkeys(sorted(source), "Save"))
    work.files["i18n/sw.json"] = json_bytes({key: f"neno {key}" for key in sorted(target)})
    work.push()
    assert (work.counts("sw"), work.texts("sw"), set(work.units())) == before
    work.store.close()


def test_a_changed_template_alone_leaves_the_translation_file_as_it_was() -> None:
    store = SqlStore("sqlite://")
    work = po_project(store, message("Save"), sw=[message("Save", "Hifadhi")])
    work.push()
    work.files["po/app.pot"] = po_bytes(message("Save", "", "#: moved.py:1"))
    work.push()
    assert work.export()["po/sw.po"] == work.files["po/sw.po"]
    store.close()
