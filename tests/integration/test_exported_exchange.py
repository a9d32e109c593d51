"""Exports in formats of exchange: what is in them, and what is marked."""

from __future__ import annotations

import io

import pytest

from dpg_l10n.domain.catalogue import FUZZY, REVIEWED
from dpg_l10n.domain.states import State
from dpg_l10n.formats import FORMATS
from dpg_l10n.interchange.tmx import TmxReader
from dpg_l10n.ports import Store
from dpg_l10n.services.drafting import draft
from dpg_l10n.services.export_entries import Only
from dpg_l10n.services.export_exchange import EXCHANGE
from tests.support.engines import FakeEngine
from tests.support.projects import (
    FixedClock,
    Workspace,
    json_project,
    message,
    plural_message,
    po_project,
)

_SOURCE = {"save": "Save", "open": "Open", "close": "Close", "quit": "Quit"}
_SWAHILI = {"save": "Hifadhi", "open": "Fungua", "close": "Funga"}


@pytest.fixture
def work(store: Store) -> Workspace:
    """Return a project with a text reviewed, one translated, one outdated and one drafted."""
    made = json_project(store, _SOURCE, sw=_SWAHILI)
    made.push()
    made.decide("save", "sw", State.REVIEWED)
    made.decide("close", "sw", State.NEEDS_WORK)
    draft(store, "clinic", FakeEngine(), FixedClock())
    assert made.state("quit", "sw") is State.DRAFT
    return made


def test_xliff_says_of_each_text_how_finished_it_is(work: Workspace) -> None:
    (data,) = work.export(format="xliff").values()
    said = FORMATS["xliff2"].parse(data).by_key()
    assert (said["save"].text, said["save"].flags) == ("Hifadhi", frozenset({REVIEWED}))
    assert (said["open"].text, said["open"].flags) == ("Fungua", frozenset())
    assert (said["close"].text, said["close"].flags) == ("Funga", frozenset({FUZZY}))
    assert (said["quit"].text, said["quit"].source) == ("", "Quit")
    assert b'srcLang="en" trgLang="sw"' in data


def test_a_draft_in_xliff_is_marked_and_names_what_made_it(work: Workspace) -> None:
    (data,) = work.export(format="xliff", include_drafts=True).values()
    assert b"mt-suggestion" in data
    assert b"machine draft: fake" in data


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_a_table_holds_what_is_finished_in_all_languages(work: Workspace, name: str) -> None:
    written = work.export(format=name)
    form = FORMATS[name]
    assert set(written) == {f"app.{name}"}
    assert form.multilingual is not None
    said = form.multilingual.parse(written[f"app.{name}"], "sw")
    assert {entry.key: entry.text for entry in said.entries} == {
        "save": "Hifadhi", "open": "Fungua", "close": "", "quit": "",
    }  # fmt: skip
    (drafts,) = work.export(format=name, include_drafts=True).values()
    texts = form.multilingual.parse(drafts, "sw").by_key()
    assert texts["quit"].text != ""


def test_tmx_holds_pairs_of_what_is_finished_with_their_states(work: Workspace) -> None:
    written = work.export(format="tmx")
    assert set(written) == {"app/sw.tmx"}
    found = {entry.source: entry for entry in TmxReader(io.BytesIO(written["app/sw.tmx"]))}
    assert {source: entry.text for source, entry in found.items()} == {
        "Save": "Hifadhi", "Open": "Fungua",
    }  # fmt: skip
    assert found["Save"].state is State.REVIEWED
    assert found["Open"].state is State.TRANSLATED


@pytest.mark.parametrize("name", EXCHANGE)
def test_only_reviewed_texts_leave_where_only_they_are_asked_for(
    work: Workspace, name: str
) -> None:
    (data,) = work.export(format=name, only=Only.REVIEWED).values()
    if name != "xlsx":
        assert b"Hifadhi" in data
        assert b"Fungua" not in data


@pytest.mark.parametrize("name", EXCHANGE)
def test_variants_of_gettext_become_icu_messages_by_the_formula_of_their_file(
    store: Store, name: str
) -> None:
    made = po_project(
        store, plural_message("%d file", "%d files", "", ""), message("Save"),
        sw=[plural_message("%d file", "%d files", "mafaili %d", "faili moja")],
    )  # fmt: skip
    path = next(path for path in made.files if path.endswith(".po"))
    made.files[path] = made.files[path].replace(b"plural=(n != 1)", b"plural=(n == 1)")
    made.push()
    (data,) = made.export(format=name).values()
    if name in ("xliff", "csv"):
        text = data.decode()
        assert "{count, plural, one {faili moja} other {mafaili %d}}" in text
