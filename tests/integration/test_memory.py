"""The memory of all projects: what is like a text, and who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from dpg_l10n.domain.memory import Foreign, ForeignEntry
from dpg_l10n.domain.states import State
from dpg_l10n.errors import NotFoundError, UsageError
from dpg_l10n.memory.index import GramIndex
from dpg_l10n.ports import SourceIndex, Store
from dpg_l10n.services.memory import concordance, search, suggestions
from dpg_l10n.services.memory.reports import MemoryReport
from tests.support.projects import Workspace, json_project

SAVE = "Save the patient record"


@pytest.fixture(params=[0, 20_000], ids=["files", "one by one"])
def index(request: pytest.FixtureRequest) -> SourceIndex:
    return GramIndex(None, few=request.param)


def project(
    store: Store,
    slug: str,
    licence: str | None,
    source: Mapping[str, object],
    **texts: Mapping[str, object],
) -> Workspace:
    made = json_project(store, source, languages=texts)
    made.spec = replace(made.spec, slug=slug, licence=licence)
    made.push()
    return made


def said(report: MemoryReport) -> list[str]:
    return [str(hit.text) for hit in report.hits]


def test_the_same_text_is_found_with_where_it_is_from(store: Store, index: SourceIndex) -> None:
    project(store, "clinic", "MIT", {"a": SAVE}, sw={"a": "Hifadhi rekodi"})
    report = search(store, index, SAVE, language="sw")
    (hit,) = report.hits
    assert (hit.source, hit.text, hit.similarity) == (SAVE, "Hifadhi rekodi", 1.0)
    assert (hit.project, hit.memory, hit.licence, hit.state) == (
        "clinic", None, "MIT", State.TRANSLATED,
    )  # fmt: skip
    assert (hit.key, hit.revision, hit.source_revision, hit.uses) == ("a", 1, 1, 1)


def test_a_similar_text_is_found_with_a_lower_score(store: Store, index: SourceIndex) -> None:
    project(store, "clinic", "MIT", {"a": SAVE}, sw={"a": "Hifadhi rekodi"})
    (hit,) = search(store, index, "Save the patient records.", language="sw").hits
    assert hit.similarity == pytest.approx(0.92)
    assert hit.score < 0.92
    assert not search(store, index, "Delete all", language="sw").hits
    assert not search(store, index, "Save the patient records.", language="sw", threshold=0.95).hits


def test_only_finished_texts_are_in_the_memory(store: Store, index: SourceIndex) -> None:
    work = project(store, "clinic", "MIT", {"a": SAVE, "b": "Open it"}, sw={"a": "Hifadhi"})
    assert said(search(store, index, SAVE, language="sw")) == ["Hifadhi"]
    assert not search(store, index, "Open it", language="sw").hits
    work.decide("a", "sw", State.NEEDS_WORK)
    assert not search(store, index, SAVE, language="sw").hits
    work.decide("a", "sw", State.REVIEWED)
    assert said(search(store, index, SAVE, language="sw")) == ["Hifadhi"]


def test_a_text_that_was_just_accepted_is_found_at_once(store: Store, index: SourceIndex) -> None:
    work = project(store, "clinic", "MIT", {"a": SAVE}, sw={})
    assert not search(store, index, SAVE, language="sw").hits
    work.files["i18n/en.json"] = b'{"a": "Save the patient record", "n": "Vaccinate the child"}'
    work.push()
    work.decide("n", "sw", text="Mpe mtoto chanjo")
    assert said(search(store, index, "Vaccinate the children", language="sw")) == [
        "Mpe mtoto chanjo"
    ]


@pytest.mark.parametrize(
    ("theirs", "ours", "seen"),
    [
        ("MIT", "GPL-3.0-only", True),
        ("CC0-1.0", None, True),
        ("GPL-3.0-only", "AGPL-3.0-only", True),
        ("GPL-3.0-only", "MIT", False),
        (None, "MIT", False),
        ("MPL-2.0", "GPL-3.0-only", False),
    ],
)
def test_licences_say_who_sees_a_text(
    store: Store, index: SourceIndex, theirs: str | None, ours: str | None, seen: bool
) -> None:
    project(store, "theirs", theirs, {"a": SAVE}, sw={"a": "Hifadhi"})
    project(store, "ours", ours, {"x": "Another"}, sw={})
    report = search(store, index, SAVE, language="sw", project="ours")
    assert (said(report), report.withheld) == (["Hifadhi"] * seen, 1 - seen)
    words = concordance(store, index, "patient", language="sw", project="ours")
    assert (said(words), words.withheld) == (["Hifadhi"] * seen, 1 - seen)


def test_a_project_sees_its_own_texts_whatever_the_licence(
    store: Store, index: SourceIndex
) -> None:
    project(store, "clinic", None, {"a": SAVE}, sw={"a": "Hifadhi"})
    assert said(search(store, index, SAVE, language="sw", project="clinic")) == ["Hifadhi"]
    assert search(store, index, SAVE, language="sw").withheld == 1


def test_own_and_reviewed_texts_come_first(store: Store, index: SourceIndex) -> None:
    for slug, text in (("a-first", "A"), ("b-reviewed", "B"), ("c-own", "C")):
        work = project(store, slug, "MIT", {"a": SAVE}, sw={"a": text})
        if slug == "b-reviewed":
            work.decide("a", "sw", State.REVIEWED)
    assert said(search(store, index, SAVE, language="sw", project="c-own")) == ["B", "C", "A"]
    assert said(search(store, index, SAVE, language="sw")) == ["B", "A", "C"]


def test_texts_of_the_same_family_of_licences_come_first(store: Store, index: SourceIndex) -> None:
    project(store, "a", "MIT", {"a": SAVE}, sw={"a": "permissive"})
    project(store, "b", "GPL-2.0-only", {"a": SAVE}, sw={"a": "copyleft"})
    project(store, "ours", "GPL-3.0-only", {"x": "Another"}, sw={})
    report = search(store, index, SAVE, language="sw", project="ours")
    assert said(report) == ["copyleft", "permissive"]


def test_another_region_serves_after_the_same_one(store: Store, index: SourceIndex) -> None:
    project(store, "a", "MIT", {"a": SAVE}, **{"pt-BR": {"a": "Salvar"}})
    project(store, "b", "MIT", {"a": SAVE}, **{"pt-PT": {"a": "Guardar"}})
    assert said(search(store, index, SAVE, language="pt-PT")) == ["Guardar", "Salvar"]
    assert not search(store, index, SAVE, language="es").hits


def test_texts_of_another_source_language_are_not_mixed_in(
    store: Store, index: SourceIndex
) -> None:
    work = json_project(store, {"a": "Chat"}, sw={"a": "Paka"})
    work.spec = replace(work.spec, slug="french", licence="MIT", source_language="fr")
    work.push()
    assert not search(store, index, "Chat", language="sw", source_language="en").hits
    assert said(search(store, index, "Chat", language="sw", source_language="fr")) == ["Paka"]


def test_a_unit_is_not_suggested_to_itself(store: Store, index: SourceIndex) -> None:
    source = {"a": SAVE, "b": "Save the patient records"}
    work = project(store, "clinic", "MIT", source, sw={"a": "Hifadhi", "b": "Hifadhi zote"})
    unit = work.units()["a"].id
    report = suggestions(store, index, "clinic", unit, "sw")
    assert said(report) == ["Hifadhi zote"]
    with pytest.raises(NotFoundError):
        suggestions(store, index, "clinic", 9999, "sw")


def test_words_are_found_in_sources_and_in_translations(store: Store, index: SourceIndex) -> None:
    source = {"a": SAVE, "b": "Record of the patient", "c": "100% done_now!"}
    texts = {"a": "Hifadhi rekodi", "b": "REKODI ya mgonjwa", "c": "100% tayari_sasa!"}
    project(store, "clinic", "MIT", source, sw=texts)
    found = concordance(store, index, "RECORD patient", language="sw")
    assert set(said(found)) == {"Hifadhi rekodi", "REKODI ya mgonjwa"}
    assert found.hits[0].similarity is None
    for words, count in (("rekodi", 2), ("mgonjwa rekodi", 1), ("0% tayari_s", 1), ("_ekodi", 0)):
        there = concordance(store, index, words, language="sw", in_target=True)
        assert len(there.hits) == count
    assert not concordance(store, index, " ", language="sw", in_target=True).hits


def test_a_memory_that_came_as_a_file_is_offered_and_in_no_figure(
    store: Store, index: SourceIndex
) -> None:
    work = project(store, "clinic", "MIT", {"a": SAVE}, sw={})
    before = work.counts("sw")
    with store.write() as uow:
        memory = uow.foreign.save(Foreign("terms.tmx", "CC0-1.0", 100), "amina")
        entry = ForeignEntry(SAVE, "Hifadhi rekodi", "en", "sw")
        uow.foreign.add(memory, [entry, entry._replace(text="Siri", licence="GPL-3.0-only")])
        uow.commit()
    report = search(store, index, SAVE, language="sw", project="clinic")
    (hit,) = report.hits
    assert (hit.text, hit.memory, hit.project, hit.licence) == (
        "Hifadhi rekodi", "terms.tmx", None, "CC0-1.0",
    )  # fmt: skip
    assert report.withheld == 1
    assert work.counts("sw") == before
    assert said(concordance(store, index, "patient", language="sw")) == ["Hifadhi rekodi"]
    assert said(concordance(store, index, "REKODI", language="sw", in_target=True)) == [
        "Hifadhi rekodi"
    ]
    with store.write() as uow:
        assert uow.foreign.remove(memory) == 2
        uow.commit()
    assert not search(store, index, SAVE, language="sw", project="clinic").hits


@pytest.mark.parametrize("threshold", [0, -1, 1.1])
def test_a_threshold_that_means_nothing_is_refused(
    store: Store, index: SourceIndex, threshold: float
) -> None:
    with pytest.raises(UsageError, match="threshold"):
        search(store, index, SAVE, language="sw", threshold=threshold)


def test_an_unknown_project_is_named(store: Store, index: SourceIndex) -> None:
    with pytest.raises(NotFoundError, match="nowhere"):
        search(store, index, SAVE, language="sw", project="nowhere")
    with pytest.raises(NotFoundError, match="nowhere"):
        concordance(store, index, "save", language="sw", project="nowhere")
