"""What drafting promises: only what is missing, memory first, nothing broken, nothing overwritten."""

from __future__ import annotations

import pytest

from dpg_l10n.domain.coverage import Counts
from dpg_l10n.domain.message import Plural
from dpg_l10n.domain.project import CatalogueSpec, ProjectSpec, TargetFile
from dpg_l10n.domain.states import Made, State
from dpg_l10n.domain.terms import Glossary, TermStatus
from dpg_l10n.errors import NotFoundError
from dpg_l10n.memory.index import GramIndex
from dpg_l10n.ports import Engine, Store
from dpg_l10n.services.drafting import DraftOptions, draft
from dpg_l10n.services.drafting.terms import TermUse
from dpg_l10n.services.reports import DraftedLanguage
from tests.support.engines import FakeEngine
from tests.support.projects import (
    FixedClock,
    Workspace,
    json_bytes,
    json_project,
    message,
    plural_message,
    po_project,
)
from tests.support.terms import concept


def drafted(work: Workspace, engine: Engine | None, **options: object) -> DraftedLanguage:
    """Draft one language and return what was done."""
    chosen = DraftOptions(languages=("sw",), **options)  # type: ignore[arg-type]  # forwarded
    return draft(work.store, work.spec.slug, engine, work.clock, chosen).languages[0]


def other_project(
    store: Store, sw: dict[str, str], *, licence: str | None = "MIT", catalogue: str | None = None
) -> Workspace:
    """Push another project that has translations of the texts that are its keys."""
    files = {"en.json": json_bytes({key: key for key in sw}), "sw.json": json_bytes(sw)}
    target = (TargetFile("sw", "sw", "sw.json"),)
    part = CatalogueSpec("app", "json", "en.json", target, licence=catalogue)
    work = Workspace(
        store, ProjectSpec("school", "School", licence=licence, catalogues=(part,)), files
    )
    work.push()
    return work


def test_only_what_is_missing_is_drafted(store: Store) -> None:
    work = json_project(store, {"a": "Save", "b": "Open"}, sw={"a": "Hifadhi"})
    work.push()
    engine = FakeEngine()
    done = drafted(work, engine)
    assert (done.drafted, done.machine, done.memory) == (1, 1, 0)
    assert engine.asked == ["Open"]
    assert work.texts("sw") == {"a": "Hifadhi", "b": "sw Open"}


def test_a_draft_counts_as_a_draft_alone(store: Store) -> None:
    work = json_project(store, {"a": "Save", "b": "Open"}, sw={"a": "Hifadhi"})
    work.push()
    drafted(work, FakeEngine())
    assert work.counts("sw") == Counts(translated=1, draft=1)


def test_a_draft_names_what_made_it(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={})
    work.push()
    done = drafted(work, FakeEngine(demonstration=True))
    assert (done.engine, done.demonstration) == ("fake translate-en_sw 1.0", True)
    (step,) = work.history("a", "sw")
    assert (step.kind, step.state, step.origin.made) == ("draft", State.DRAFT, Made.MACHINE)
    assert dict(step.origin.detail)["sha256"] == "ab" * 32


def test_drafting_twice_drafts_nothing_new(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={})
    work.push()
    drafted(work, FakeEngine())
    engine = FakeEngine()
    assert drafted(work, engine).drafted == 0
    assert engine.asked == []


def test_a_draft_for_an_older_source_is_made_anew(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={})
    work.push()
    drafted(work, FakeEngine())
    work.files["i18n/en.json"] = json_bytes({"a": "Save all"})
    work.push()
    assert drafted(work, FakeEngine()).drafted == 1
    assert work.texts("sw") == {"a": "sw Save all"}


def test_a_text_that_needs_work_gets_no_draft(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={"a": "Hifadhi"})
    work.push()
    work.files["i18n/en.json"] = json_bytes({"a": "Save all"})
    work.push()
    assert drafted(work, FakeEngine()).drafted == 0
    assert work.texts("sw") == {"a": "Hifadhi"}


def test_placeholders_survive(store: Store) -> None:
    work = json_project(store, {"a": "Save {name} in {place}"}, sw={})
    work.push()
    drafted(work, FakeEngine())
    text = work.texts("sw")["a"]
    assert isinstance(text, str)
    assert "{name}" in text
    assert "{place}" in text


def test_every_variant_of_the_language_is_drafted(store: Store) -> None:
    work = po_project(
        store,
        plural_message("%d file", "%d files", "", ""),
        sw=[plural_message("%d file", "%d files", "", "")],
    )
    work.push()
    drafted(work, FakeEngine())
    found = work.texts("sw")["%d file"]
    assert isinstance(found, Plural)
    assert found.labels == ("0", "1")
    assert all("%d" in text for _, text in found.forms)


def test_the_words_of_a_glossary_stay_or_are_used(store: Store) -> None:
    work = json_project(store, {"a": "Open Kobo", "b": "Close"}, sw={})
    work.push()
    engine = FakeEngine(answers={"Close": "sw Funga", "Open {0}": "sw Fungua {0}"})

    def terms(text: str) -> list[TermUse]:
        at = text.find("Kobo")
        return [TermUse(at, at + 4, keep=True)] if at >= 0 else []

    draft(store, "clinic", engine, work.clock, glossary=lambda _pair: terms)
    assert work.texts("sw") == {"a": "sw Fungua Kobo", "b": "sw Funga"}


def test_accepted_words_of_the_store_are_used_and_suggested_ones_are_not(store: Store) -> None:
    work = json_project(store, {"a": "Open Kobo", "b": "Close form"}, sw={})
    work.push()
    suggested = TermStatus.SUGGESTED
    with store.write() as uow:
        glossary = uow.glossaries.save(Glossary("tools"), "amina")
        names = [
            concept("kobo", "Kobo", keep=True),
            concept("form", "Close", status=suggested, keep=True),
        ]
        uow.glossaries.put(glossary, names, "amina", 100)
        uow.commit()
    engine = FakeEngine(answers={"Close form": "sw Funga fomu", "Open {0}": "sw Fungua {0}"})
    draft(store, "clinic", engine, work.clock)
    assert work.texts("sw") == {"a": "sw Fungua Kobo", "b": "sw Funga fomu"}


@pytest.mark.parametrize("risk", ["clinical", "legal", "safety"])
def test_a_unit_of_risk_gets_no_machine_draft(store: Store, risk: str) -> None:
    work = json_project(store, {"a": "Take one pill", "b": "Open"}, sw={})
    work.push()
    work.set_risk("a", risk)
    engine = FakeEngine()
    done = drafted(work, engine)
    assert (done.drafted, done.skipped) == (1, 1)
    assert engine.asked == ["Open"]
    assert work.state("a", "sw") is State.MISSING


def test_nothing_is_drafted_over_what_a_person_wrote_meanwhile(store: Store) -> None:
    work = json_project(store, {"a": "Save", "b": "Open"}, sw={})
    work.push()
    engine = FakeEngine(during=lambda: void(work.decide("a", "sw", text="Hifadhi")))
    assert drafted(work, engine).drafted == 1
    assert work.texts("sw") == {"a": "Hifadhi", "b": "sw Open"}
    assert work.state("a", "sw") is State.TRANSLATED


def void(_done: object) -> None:
    """Take a result that nobody needs."""


def test_a_draft_is_not_written_for_a_source_that_changed_meanwhile(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={})
    work.push()

    def change() -> None:
        work.files["i18n/en.json"] = json_bytes({"a": "Delete"})
        work.push()

    drafted(work, FakeEngine(during=change))
    assert work.texts("sw") == {}


def test_memory_comes_before_the_machine(store: Store) -> None:
    other_project(store, {"Save": "Hifadhi"})
    work = json_project(store, {"a": "Save", "b": "Open"}, sw={})
    work.push()
    engine = FakeEngine()
    done = drafted(work, engine)
    assert (done.memory, done.machine) == (1, 1)
    assert engine.asked == ["Open"]
    assert (work.texts("sw")["a"], work.state("a", "sw")) == ("Hifadhi", State.DRAFT)
    (step,) = work.history("a", "sw")
    assert dict(step.origin.detail)["project"] == "school"


@pytest.mark.parametrize(
    ("licence", "catalogue", "used"),
    [("MIT", None, 1), (None, None, 0), ("GPL-3.0-only", None, 0), ("CC-BY-NC-4.0", None, 0),
     ("MIT", "GPL-3.0-only", 0), ("GPL-3.0-only", "CC0-1.0", 1), ("MIT AND GPL-3.0-only", None, 0),
     ("GPL-3.0-only OR MIT", None, 1)],
)  # fmt: skip
def test_memory_respects_licences(
    store: Store, licence: str | None, catalogue: str | None, used: int
) -> None:
    other_project(store, {"Save": "Hifadhi"}, licence=licence, catalogue=catalogue)
    work = json_project(store, {"a": "Save"}, sw={})
    work.push()
    assert drafted(work, None).memory == used


def test_drafts_and_copies_are_no_memory(store: Store) -> None:
    other = other_project(store, {"Dashboard": "Dashboard", "Save": ""})
    drafted(other, FakeEngine())
    work = json_project(store, {"a": "Dashboard", "b": "Save"}, sw={})
    work.push()
    assert drafted(work, None).drafted == 0


def test_a_reviewed_text_of_the_memory_goes_before_a_translated_one(store: Store) -> None:
    other = other_project(store, {"Save": "Hifadhi"})
    other.decide("Save", "sw", State.REVIEWED)
    work = json_project(store, {"a": "Save", "b": "Save"}, sw={"a": "Tunza"})
    work.push()
    drafted(work, None)
    assert work.texts("sw")["b"] == "Hifadhi"


def test_a_draft_with_an_error_is_dropped_with_its_reason(store: Store) -> None:
    work = json_project(store, {"a": "Open"}, sw={})
    work.push()
    done = drafted(work, FakeEngine(answers={"Open": ""}))
    assert (done.drafted, len(done.rejected)) == (0, 1)
    assert done.rejected[0].unit == "a"
    assert work.texts("sw") == {}


def test_what_a_demonstration_model_has_not_learnt_is_skipped_and_not_rejected(
    store: Store,
) -> None:
    work = json_project(store, {"a": "Open"}, sw={})
    work.push()
    done = drafted(work, FakeEngine(answers={"Open": ""}, demonstration=True))
    assert (done.drafted, done.skipped, done.rejected) == (0, 1, ())


def test_the_limit_is_the_most_units_of_a_language(store: Store) -> None:
    work = json_project(store, {"a": "Save", "b": "Open", "c": "Close"}, sw={})
    work.push()
    assert drafted(work, FakeEngine(), limit=2).drafted == 2


def test_a_language_without_a_model_is_left_as_it_is(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={})
    work.push()
    done = drafted(work, FakeEngine(("en", "fr")))
    assert (done.drafted, done.engine) == (0, None)


def test_a_more_general_model_serves_a_region(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, languages={"pt-BR": {}})
    work.push()
    draft(store, "clinic", FakeEngine(("en", "pt")), FixedClock())
    assert work.texts("pt-BR") == {"a": "pt-BR Save"}


def test_every_language_of_the_project_is_drafted_unless_told_otherwise(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={}, fr={})
    work.push()
    report = draft(store, "clinic", FakeEngine(("en", "sw"), ("en", "fr")), FixedClock())
    assert [each.language for each in report.languages] == ["fr", "sw"]


def test_the_source_language_gets_no_draft(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, languages={"en-GB": {}})
    work.push()
    assert draft(store, "clinic", FakeEngine(("en", "en-GB")), FixedClock()).languages == ()


def test_a_language_that_the_store_never_saw_can_be_drafted(store: Store) -> None:
    work = json_project(store, {"a": "Save"})
    work.push()
    assert drafted(work, FakeEngine()).drafted == 1
    assert work.counts("sw") == Counts(draft=1)


def test_units_taken_out_get_no_draft(store: Store) -> None:
    work = po_project(store, message("Save"), message("Open"), sw=[])
    work.push()
    work.files["po/app.pot"] = work.files["po/app.pot"].replace(b"Open", b"Totally different")
    work.push(prune=True)
    engine = FakeEngine()
    drafted(work, engine)
    assert "Open" not in engine.asked


def test_an_unknown_project_is_named(store: Store) -> None:
    with pytest.raises(NotFoundError, match="clinic"):
        draft(store, "clinic", None, FixedClock())


SOURCES = {"Save the patient record": "Hifadhi rekodi", "Open {n} files": "Fungua {n}"}


def drafted_alike(work: Workspace, engine: Engine | None = None) -> DraftedLanguage:
    options = DraftOptions(languages=("sw",))
    index = GramIndex(None)
    return draft(work.store, work.spec.slug, engine, work.clock, options, index=index).languages[0]


def test_what_is_nearly_the_same_is_drafted_with_how_much(store: Store) -> None:
    other_project(store, SOURCES)
    work = json_project(store, {"a": "Save the patient records", "b": "Something else"}, sw={})
    work.push()
    done = drafted_alike(work)
    assert (done.drafted, done.memory, done.skipped) == (1, 1, 1)
    found = work.translation("a", "sw")
    assert found is not None
    assert (found.text, found.state) == ("Hifadhi rekodi", State.DRAFT)
    with store.read() as uow:
        detail = dict(uow.projects.origins()[found.origin_id].detail)
    assert (detail["score"], detail["state"], detail["licence"]) == ("0.95", "translated", "MIT")
    assert work.counts("sw").translated == 0


def test_the_machine_goes_before_what_is_nearly_the_same(store: Store) -> None:
    other_project(store, SOURCES)
    work = json_project(store, {"a": "Save the patient records"}, sw={})
    work.push()
    engine = FakeEngine(answers={"Save the patient records": "Hifadhi rekodi za wagonjwa"})
    done = drafted_alike(work, engine)
    assert (done.machine, done.memory) == (1, 0)


def test_what_is_nearly_the_same_and_broken_is_left_out(store: Store) -> None:
    other_project(store, SOURCES)
    work = json_project(store, {"a": "Open {m} files", "b": "Open {n} filed"}, sw={})
    work.push()
    assert drafted_alike(work).drafted == 1
    assert work.translation("a", "sw") is None
    assert work.translation("b", "sw") is not None


def test_units_of_risk_get_nothing_that_is_only_nearly_the_same(store: Store) -> None:
    other_project(store, {"Give 5 mg of the medicine": "Toa 5 mg", "Same dose": "Dozi ile ile"})
    work = json_project(store, {"a": "Give 50 mg of the medicine", "b": "Same dose"}, sw={})
    work.push()
    with store.write() as uow:
        (catalogue,) = uow.catalogues.list(uow.projects.require("clinic").id)
        units = uow.units.load(catalogue.id)
        uow.units.update(catalogue.id, [unit._replace(risk="clinical") for unit in units])
        uow.commit()
    assert drafted_alike(work).drafted == 1
    assert work.translation("a", "sw") is None


def test_licences_hold_for_what_is_nearly_the_same(store: Store) -> None:
    other_project(store, SOURCES, licence="GPL-3.0-only")
    work = json_project(store, {"a": "Save the patient records"}, sw={})
    work.push()
    assert drafted_alike(work).drafted == 0
