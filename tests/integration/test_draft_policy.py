"""Drafts that people did not want stay away, and texts of risk are drafted only by policy."""

from __future__ import annotations

import pytest

from dpg_l10n.domain.message import Text
from dpg_l10n.domain.query import EVERYTHING
from dpg_l10n.domain.states import State
from dpg_l10n.errors import ConflictError
from dpg_l10n.ports import Store
from dpg_l10n.services.conversation import Subject, withdraw
from dpg_l10n.services.drafting import DraftOptions, draft
from dpg_l10n.services.queue import accept_all
from dpg_l10n.services.reports import DraftedLanguage
from dpg_l10n.store.uow import SqlStore
from tests.support.console import Console
from tests.support.engines import FakeEngine
from tests.support.packages import EN_ES
from tests.support.projects import Workspace, json_bytes, json_project, message, po_project


def drafted(
    work: Workspace, engine: FakeEngine | None = None, *, risk: bool = False
) -> DraftedLanguage:
    """Draft Swahili and return what was done."""
    options = DraftOptions(("sw",), risk=risk)
    report = draft(work.store, "clinic", engine or FakeEngine(), work.clock, options)
    return report.languages[0]


def rejected(store: Store) -> Workspace:
    """Return a project whose one draft a person rejected."""
    work = json_project(store, {"a": "Open"}, sw={})
    work.push()
    drafted(work)
    work.decide("a", "sw", State.NEEDS_WORK)
    return work


def texts(work: Workspace) -> dict[str, Text]:
    return work.texts("sw")


def test_a_rejected_draft_does_not_come_back(store: Store) -> None:
    work = rejected(store)
    done = drafted(work)
    assert done.drafted == 0
    assert [(each.unit, each.reason) for each in done.rejected] == [("a", "rejected before")]
    assert texts(work) == {}
    assert work.counts("sw").missing == 1


def test_a_better_draft_comes_in_the_place_of_a_rejected_one(store: Store) -> None:
    work = rejected(store)
    assert drafted(work, FakeEngine(answers={"Open": "Fungua"})).drafted == 1
    assert texts(work) == {"a": "Fungua"}
    work.decide("a", "sw", State.NEEDS_WORK)
    for known in (FakeEngine(), FakeEngine(answers={"Open": "Fungua"})):
        assert drafted(work, known).drafted == 0


def test_a_rejection_holds_for_the_source_that_it_was_said_of(store: Store) -> None:
    work = rejected(store)
    work.files["i18n/en.json"] = json_bytes({"a": "Open all"})
    work.push()
    assert drafted(work, FakeEngine(answers={"Open all": "sw Open"})).drafted == 1


def test_a_rejection_holds_for_one_unit_and_one_language(store: Store) -> None:
    work = json_project(store, {"a": "Open", "b": "Open"}, sw={}, fr={})
    work.push()
    drafted(work)
    work.decide("a", "sw", State.NEEDS_WORK)
    engine = FakeEngine(("en", "sw"), ("en", "fr"), answers={"Open": "sw Open"})
    options = DraftOptions(("fr", "sw"))
    french, swahili = draft(store, "clinic", engine, work.clock, options).languages
    assert (french.drafted, swahili.drafted) == (2, 0)
    assert texts(work) == {"b": "sw Open"}


def test_a_match_of_the_memory_that_was_rejected_makes_room_for_the_machine(store: Store) -> None:
    work = json_project(store, {"a": "Open", "b": "Open"}, sw={"b": "Fungua"})
    work.push()
    assert drafted(work).memory == 1
    work.decide("a", "sw", State.NEEDS_WORK)
    assert drafted(work).machine == 1
    assert texts(work) == {"a": "sw Open", "b": "Fungua"}


def test_a_draft_that_was_withdrawn_as_harmful_does_not_come_back(store: Store) -> None:
    work = json_project(store, {"a": "Open"}, sw={})
    work.push()
    drafted(work)
    unit = work.units()["a"]
    withdraw(store, Subject("clinic", unit.id, "sw", "juma"), 1, "insult", work.clock)
    assert [each.reason for each in drafted(work).rejected] == ["rejected before"]


def test_an_exported_draft_is_no_persons_text_after_its_rejection(store: Store) -> None:
    work = json_project(store, {"a": "Open"}, sw={})
    work.push()
    drafted(work)
    work.files.update(work.export(include_drafts=True))
    assert b"sw Open" in work.files["i18n/sw.json"]
    work.decide("a", "sw", State.NEEDS_WORK)
    work.push()
    assert work.state("a", "sw") is State.MISSING
    work.edit_target("sw", "a", "Fungua")
    work.push()
    assert work.state("a", "sw") is State.TRANSLATED


def test_in_a_format_that_marks_drafts_a_person_may_still_want_the_text(store: Store) -> None:
    work = po_project(store, message("Open"), sw=[message("Open")])
    work.push()
    drafted(work)
    work.decide("Open", "sw", State.NEEDS_WORK)
    work.edit_target("sw", "Open", "sw Open")
    work.push()
    assert work.state("Open", "sw") is State.TRANSLATED


@pytest.mark.parametrize("risk", ["clinical", "legal", "safety"])
def test_by_policy_the_machine_drafts_risk_and_two_people_decide(store: Store, risk: str) -> None:
    work = json_project(store, {"a": "Take 2 tablets"}, sw={})
    work.push()
    work.set_risk("a", risk)
    assert drafted(work).drafted == 0
    assert drafted(work, risk=True).machine == 1
    assert work.counts("sw").draft == 1
    assert b"sw Take" not in work.export()["i18n/sw.json"]
    accept_all(store, "clinic", "sw", EVERYTHING, "juma", work.clock)
    assert work.state("a", "sw") is State.DRAFT
    with pytest.raises(ConflictError) as caught:
        work.decide("a", "sw", State.REVIEWED, actor="juma")
    assert caught.value.error_code == "state.two_people"
    work.decide("a", "sw", actor="amina")
    accept_all(store, "clinic", "sw", EVERYTHING, "juma", work.clock)
    assert work.state("a", "sw") is State.TRANSLATED
    work.decide("a", "sw", State.REVIEWED, actor="juma")


def test_the_policy_stands_in_the_projects_file_or_is_asked_for(console: Console) -> None:
    console.clinic(es={})
    console.write({"i18n/en.json": json_bytes({"a": "Save", "b": "Cancel", "c": "Delete"})})
    assert console("models", "install", EN_ES).code == 0
    assert console("push").code == 0
    set_all_clinical(console)

    def count(*options: str) -> int:
        ran = console("draft", "-l", "es", "--json", *options)
        assert ran.code == 0, ran.err
        return int(ran.json["languages"][0]["drafted"])

    assert count() == 0
    config = (console.folder / "dpg-l10n.toml").read_text()
    console.write({"dpg-l10n.toml": config + "\n[drafts]\nrisk = true\n"})
    assert count("-p", "clinic", "--limit", "1") == 1
    console.write({"dpg-l10n.toml": config})
    assert count() == 0
    assert count("--risk") == 2


def set_all_clinical(console: Console) -> None:
    """Mark every unit as clinical, as a rule of the project would."""
    store = SqlStore(f"sqlite:///{console.store}")
    with store.write() as uow:
        project = uow.projects.require("clinic")
        for catalogue in uow.catalogues.list(project.id):
            units = uow.units.load(catalogue.id)
            uow.units.update(catalogue.id, [unit._replace(risk="clinical") for unit in units])
        uow.commit()
    store.close()
