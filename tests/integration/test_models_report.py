"""How good drafts were, from what people accepted; and the bar that switches a model off."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dpg_l10n.domain.message import fingerprint
from dpg_l10n.domain.states import State
from dpg_l10n.errors import UsageError
from dpg_l10n.ports import Pair, Store
from dpg_l10n.services.drafting import DraftOptions, draft
from dpg_l10n.services.drafting.draft import PORTION
from dpg_l10n.services.drafting.evaluating import (
    Example,
    evaluate,
    read_examples,
    reviewed_examples,
)
from dpg_l10n.services.drafting.quality import ENOUGH, models_report
from dpg_l10n.services.history import unit_history
from dpg_l10n.store.uow import SqlStore
from dpg_l10n_api.main import create_app
from tests.support.api import CLINIC, running, settings_in
from tests.support.console import Console
from tests.support.engines import FakeEngine
from tests.support.packages import EN_ES
from tests.support.projects import Workspace, json_bytes, json_project


def drafted(store: Store, count: int = 3) -> Workspace:
    work = json_project(store, {f"k{i}": f"Save item {i}" for i in range(count)}, sw={})
    work.push()
    draft(store, "clinic", FakeEngine(), work.clock, DraftOptions(("sw",)))
    return work


def test_only_what_a_person_accepted_is_measured(store: Store) -> None:
    work = drafted(store)
    assert models_report(store).models == ()
    work.decide("k0", "sw")
    work.decide("k1", "sw", text="Hifadhi kitu 1")
    (one,) = models_report(store, "clinic").models
    assert (one.model, one.version, one.language) == ("translate-en_sw", "1.0", "sw")
    assert (one.accepted, one.unchanged) == (2, 1)
    assert 0 < one.chrf < 100
    assert one.ter > 0


def test_drafts_accepted_as_they_were_are_perfect(store: Store) -> None:
    work = drafted(store)
    for key in ("k0", "k1", "k2"):
        work.decide(key, "sw", State.REVIEWED, actor="juma")
    (one,) = models_report(store).models
    assert (one.accepted, one.unchanged, one.chrf, one.ter) == (3, 3, 100.0, 0.0)


def test_a_text_without_letters_says_nothing_of_a_model(store: Store) -> None:
    work = json_project(store, {"a": "{n} / {m}"}, sw={})
    work.push()
    draft(store, "clinic", FakeEngine(), work.clock, DraftOptions(("sw",)))
    assert work.texts("sw") == {"a": "{n} / {m}"}
    work.decide("a", "sw")
    assert models_report(store).models == ()


def test_a_model_below_the_bar_drafts_no_more(store: Store) -> None:
    work = drafted(store, ENOUGH)
    for i in range(ENOUGH):
        work.decide(f"k{i}", "sw", text=f"kitu tofauti kabisa {i}")
    work.files["i18n/en.json"] = json_bytes({"new": "Open it"})
    work.push()
    low = draft(store, "clinic", FakeEngine(), work.clock, DraftOptions(("sw",), least_chrf=80.0))
    (row,) = low.languages
    assert (row.drafted, row.engine) == (0, None)
    assert row.switched_off is not None
    assert row.switched_off.accepted == ENOUGH
    (row,) = draft(
        store, "clinic", FakeEngine(), work.clock, DraftOptions(("sw",), least_chrf=1.0)
    ).languages
    assert (row.drafted, row.switched_off) == (1, None)


def test_a_run_that_is_stopped_goes_on_where_it_was(store: Store) -> None:
    work = json_project(store, {f"k{i}": f"Item {i}" for i in range(PORTION + 5)}, sw={})
    work.push()
    calls = 0

    def stop() -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        draft(store, "clinic", FakeEngine(during=stop), work.clock, DraftOptions(("sw",)))
    assert work.counts("sw").draft == PORTION
    engine = FakeEngine()
    (row,) = draft(store, "clinic", engine, work.clock, DraftOptions(("sw",))).languages
    assert (row.drafted, len(engine.asked)) == (5, 5)


def test_history_tells_all_that_made_a_draft(store: Store) -> None:
    work = drafted(store, 1)
    work.files["i18n/en.json"] = json_bytes({"k0": "Save another item"})
    work.push()
    (catalogue,) = {part.catalogue for part in work.push().catalogues}
    step = unit_history(store, "clinic", catalogue, "k0", "sw").steps[-1]
    assert step.detail["sha256"] == "ab" * 32
    assert step.detail["way"] == "whole"
    assert step.detail["source_sha256"] == fingerprint("Save item 0")


def test_the_console_shows_the_report(console: Console) -> None:
    shown = console("models", "report", "--all", "--json")
    assert (shown.code, shown.json["models"]) == (0, [])
    assert "No draft" in console("models", "report", "--all").err


def test_a_pair_is_scored_on_the_reviewed_texts_of_a_project(store: Store) -> None:
    work = json_project(store, {"a": "Save it", "b": "Open {n}"}, sw={"a": "sw Save it", "b": "x"})
    work.push()
    work.decide("a", "sw", State.REVIEWED, actor="juma")
    examples = reviewed_examples(store, "clinic", "sw")
    assert examples == [Example("Save it", "sw Save it")]
    found = evaluate(FakeEngine(), Pair("en", "sw"), examples)
    (score,) = found.scores
    assert (score.chrf, score.whole, score.dropped) == (100.0, 100.0, 0.0)
    with pytest.raises(UsageError):
        evaluate(FakeEngine(), Pair("en", "sw"), [])


def test_examples_are_read_from_a_table() -> None:
    assert list(read_examples("a\\nb\tc\\\\d\n\n")) == [Example("a\nb", "c\\d")]
    with pytest.raises(UsageError, match="Line 2"):
        list(read_examples("a\tb\nc"))


def test_the_console_scores_a_model_beside_its_plain_use(console: Console) -> None:
    assert console("models", "install", EN_ES).code == 0
    console.write({"texts.tsv": "Save\tGuardar\nHello, {name}!\t¡Hola, {name}!\n"})
    ran = console("models", "evaluate", "-l", "es", "--file", "texts.tsv", "--json")
    assert ran.code == 0
    ours, plain = ran.json["scores"]
    assert (ours["whole"], ours["dropped"]) == (100.0, 0.0)
    assert plain["name"] == "as Argos decodes"
    assert console("models", "evaluate", "-l", "es", "--file", "none.tsv").code == 2
    assert "chrF++" in console("models", "evaluate", "-l", "es", "--file", "texts.tsv").out


def test_the_page_and_the_api_show_the_bar_and_who_is_below(tmp_path: Path) -> None:
    settings = replace(settings_in(tmp_path), least_chrf=80.0)
    store = SqlStore(settings.store)
    work = drafted(store, ENOUGH)
    for i in range(ENOUGH):
        work.decide(f"k{i}", "sw", text=f"kitu tofauti kabisa {i}")
    (one,) = models_report(store).models
    store.close()
    with running(settings) as client:
        page = client.get("/models").text
        report = client.get(f"{CLINIC}/models").json()
    assert "translate-en_sw" in page
    assert "switched off: below the bar" in page
    assert "A model below chrF 80 in a language drafts no more" in page
    assert (report["least_chrf"], report["enough"]) == (80.0, ENOUGH)
    (item,) = report["items"]
    assert (item["chrf"], item["accepted"], item["switched_off"]) == (one.chrf, ENOUGH, True)


def test_the_page_of_models_is_for_maintainers(tmp_path: Path) -> None:
    SqlStore(settings_in(tmp_path).store).close()
    app = create_app(settings_in(tmp_path), is_local=False)
    with TestClient(app, base_url="http://127.0.0.1:8321", follow_redirects=False) as client:
        assert client.get("/models").headers["location"].startswith("/signin")
    with running(settings_in(tmp_path)) as client:
        page = client.get("/models").text
    assert "No draft of a model was accepted or replaced yet." in page
    assert "No bar is set" in page
