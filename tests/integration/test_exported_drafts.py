"""Drafts never leave unmarked, and one that left and comes back is still a draft."""

from __future__ import annotations

import gettext
import io
from collections.abc import Callable

import pytest

from dpg_l10n.domain.message import fingerprint
from dpg_l10n.domain.states import State
from dpg_l10n.ports import Store
from dpg_l10n.services.drafting import draft
from dpg_l10n.services.export_entries import Only
from tests.support.engines import FakeEngine
from tests.support.projects import (
    FixedClock,
    Workspace,
    json_bytes,
    json_project,
    message,
    po_project,
)


def _drafted(make: Callable[..., Workspace], store: Store) -> Workspace:
    if make is po_project:
        work = po_project(store, message("Save"), message("Open"), sw=[message("Open", "Fungua")])
    else:
        work = json_project(store, {"Save": "Save", "Open": "Open"}, sw={"Open": "Fungua"})
    work.push()
    draft(store, "clinic", FakeEngine(), FixedClock())
    assert work.state("Save", "sw") is State.DRAFT
    return work


@pytest.mark.parametrize("make", [po_project, json_project])
@pytest.mark.parametrize("only", [None, *Only])
def test_drafts_are_left_out(
    store: Store, make: Callable[..., Workspace], only: Only | None
) -> None:
    (data,) = _drafted(make, store).export(only=only).values()
    assert b"sw Save" not in data


def test_drafts_asked_for_by_name_are_marked(store: Store) -> None:
    text = _drafted(po_project, store).export(include_drafts=True)["po/sw.po"].decode()
    source = fingerprint("Save")[:12]
    made = f"fake translate-en_sw 1.0 (sha256:{'ab' * 6}, source:{source})"
    note = f"#. machine draft: {made}\n"
    assert f'{note}#, fuzzy\nmsgid "Save"\nmsgstr "sw Save"\n' in text


def test_drafts_do_not_run_in_a_compiled_catalogue(store: Store) -> None:
    work = _drafted(po_project, store)
    (data,) = work.export(format="mo", include_drafts=True).values()
    compiled = gettext.GNUTranslations(io.BytesIO(data))
    assert (compiled.gettext("Save"), compiled.gettext("Open")) == ("Save", "Fungua")


@pytest.mark.parametrize("make", [po_project, json_project])
def test_drafts_that_come_back_are_still_drafts(
    store: Store, make: Callable[..., Workspace]
) -> None:
    work = _drafted(make, store)
    work.files.update(work.export(include_drafts=True))
    work.push()
    work.push(accept_as=State.REVIEWED)
    assert work.state("Save", "sw") is State.DRAFT
    (data,) = work.export().values()
    assert b"sw Save" not in data or b"#. machine draft:" in data


def test_a_draft_whose_note_a_tool_dropped_is_still_a_draft(store: Store) -> None:
    work = _drafted(po_project, store)
    text = work.export(include_drafts=True)["po/sw.po"].decode()
    kept = [line for line in text.split("\n") if not line.startswith("#.")]
    work.files["po/sw.po"] = "\n".join(kept).encode()
    work.push()
    assert work.state("Save", "sw") is State.DRAFT


def test_a_draft_whose_mark_a_person_took_away_is_translated(store: Store) -> None:
    work = _drafted(po_project, store)
    text = work.export(include_drafts=True)["po/sw.po"]
    work.files["po/sw.po"] = text.replace(b"#, fuzzy\n", b"")
    work.push()
    assert work.state("Save", "sw") is State.TRANSLATED


def test_an_older_draft_that_comes_back_is_no_translation(store: Store) -> None:
    work = _drafted(json_project, store)
    exported = work.export(include_drafts=True)
    work.files["i18n/en.json"] = json_bytes({"Save": "Save all", "Open": "Open"})
    work.push()
    draft(store, "clinic", FakeEngine(), FixedClock())
    work.files.update(exported)
    work.push()
    assert (work.state("Save", "sw"), work.texts("sw")["Save"]) == (State.DRAFT, "sw Save all")


def test_an_older_draft_does_not_replace_what_a_person_wrote_meanwhile(store: Store) -> None:
    work = _drafted(json_project, store)
    exported = work.export(include_drafts=True)
    work.files["i18n/sw.json"] = json_bytes({"Save": "Hifadhi", "Open": "Fungua"})
    work.push()
    work.files.update(exported)
    work.push()
    assert (work.state("Save", "sw"), work.texts("sw")["Save"]) == (State.TRANSLATED, "Hifadhi")


def test_a_draft_under_a_renamed_key_is_still_a_draft(store: Store) -> None:
    work = _drafted(json_project, store)
    exported = work.export(include_drafts=True)["i18n/sw.json"]
    work.files["i18n/sw.json"] = exported.replace(b'"Save"', b'"keep"')
    work.files["i18n/en.json"] = json_bytes({"keep": "Save", "Open": "Open"})
    work.push()
    assert work.state("keep", "sw") is State.DRAFT


def test_a_draft_for_an_older_source_is_not_exported_even_when_asked_for(store: Store) -> None:
    work = _drafted(json_project, store)
    work.files["i18n/en.json"] = json_bytes({"Save": "Save all", "Open": "Open"})
    work.push()
    assert b"sw Save" not in work.export(include_drafts=True)["i18n/sw.json"]


def test_a_text_that_a_person_wrote_over_an_exported_draft_takes_its_place(store: Store) -> None:
    work = _drafted(json_project, store)
    work.files.update(work.export(include_drafts=True))
    work.push()
    work.decide("Save", "sw", text="Hifadhi")
    work.files["i18n/en.json"] = json_bytes({"Save": "Save all", "Open": "Open"})
    work.push()
    assert b"sw Save" not in work.export()["i18n/sw.json"]
