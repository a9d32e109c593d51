"""What a push refuses, and that a refused, dry or interrupted push leaves the store unchanged."""

from __future__ import annotations

import pytest

from dpg_l10n.domain.coverage import Counts
from dpg_l10n.domain.project import CatalogueSpec, ProjectSpec, TargetFile
from dpg_l10n.domain.states import State
from dpg_l10n.errors import InputError
from dpg_l10n.ports import Store
from dpg_l10n.services.ingest import PushOptions, push
from dpg_l10n.services.reports import PushReport
from tests.support.projects import (
    FixedClock,
    Workspace,
    json_bytes,
    json_project,
    message,
    po_project,
)

HINDI = "स्वास्थ्य केंद्र की जानकारी"


def twice_encoded(text: str, codec: str = "latin-1") -> str:
    """Return UTF-8 that a program took for a Western encoding and encoded again."""
    return text.encode().decode(codec)


def written(report: PushReport) -> int:
    return sum(each.written for part in report.catalogues for each in part.languages.values())


def test_a_refused_file_leaves_the_store_unchanged(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={"a": "Hifadhi"}, fr={"a": "Enregistrer"})
    work.push()
    work.files["i18n/sw.json"] = json_bytes({"a": "Weka"})
    work.files["i18n/fr.json"] = b'{"a": '
    report = work.push()
    assert [(each.path, each.code.split(".")[0]) for each in report.refused] == [
        ("i18n/fr.json", "format")
    ]
    assert report.id == 0
    assert work.texts("sw") == {"a": "Hifadhi"}


def test_going_on_leaves_out_the_refused_file_alone(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={"a": "Hifadhi"}, fr={"a": "Enregistrer"})
    work.push()
    work.files["i18n/sw.json"] = json_bytes({"a": "Weka"})
    work.files["i18n/fr.json"] = b'{"a": '
    assert len(work.push(keep_going=True).refused) == 1
    assert (work.texts("sw"), work.texts("fr")) == ({"a": "Weka"}, {"a": "Enregistrer"})
    assert work.export()["i18n/fr.json"] == json_bytes({"a": "Enregistrer"})


def test_a_refused_file_takes_no_unit_out_of_a_catalogue_without_a_template(store: Store) -> None:
    work = po_project(store, sw=[message("Save", "Hifadhi")], fr=[message("Open", "Ouvrir")])
    catalogue = CatalogueSpec("app", "po", None, work.spec.catalogues[0].targets, None)
    work.spec = ProjectSpec("clinic", "Clinic", catalogues=(catalogue,))
    work.push()
    work.files["po/fr.po"] = b'msgid "Open\n'
    work.push(keep_going=True, prune=True)
    assert work.counts("fr") == Counts(translated=1, missing=1)


def test_a_refused_source_stores_nothing(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={"a": "Hifadhi"})
    work.files["i18n/en.json"] = b"{"
    assert [each.path for each in work.push().refused] == ["i18n/en.json"]
    with store.read() as uow:
        assert uow.projects.list() == ()


def test_a_dry_run_reports_and_writes_nothing(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={"a": "Hifadhi"})
    report = work.push(dry_run=True)
    assert (report.catalogues[0].added, report.id, report.dry_run) == (1, 0, True)
    with store.read() as uow:
        assert uow.projects.list() == ()


def test_an_interrupted_push_leaves_the_store_unchanged(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={"a": "Hifadhi"}, fr={"a": "Enregistrer"})
    work.push()
    work.files["i18n/en.json"] = json_bytes({"a": "Save now", "b": "Open"})
    before = (work.translations("sw"), work.units())

    def stop(path: str) -> None:
        if path == "i18n/fr.json":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        push(store, work.spec, work.files.__getitem__, FixedClock(), PushOptions(), stop)
    assert (work.translations("sw"), work.units()) == before
    assert written(work.push()) == 0
    assert work.state("a", "sw") is State.NEEDS_WORK


def test_a_path_that_cannot_be_read_is_named(store: Store) -> None:
    target = (TargetFile("sw", "sw", "sw.json"),)
    catalogue = CatalogueSpec("app", "json", "en.json", target)
    spec = ProjectSpec("clinic", "Clinic", catalogues=(catalogue,))

    def read(path: str) -> bytes:
        raise PermissionError(13, "Permission denied", path)

    with pytest.raises(InputError, match=r"^en\.json cannot be read: Permission denied$"):
        push(store, spec, read, FixedClock())


def test_texts_encoded_twice_are_refused_unless_they_are_meant(store: Store) -> None:
    work = json_project(store, {"a": "Health centre"}, hi={"a": twice_encoded(HINDI)})
    report = work.push()
    assert [(each.path, each.code) for each in report.refused] == [
        ("i18n/hi.json", "input.encoding")
    ]
    assert not work.push(accept_damage=True).refused
    assert work.texts("hi") == {"a": twice_encoded(HINDI)}


def test_damage_that_was_taken_in_on_purpose_is_not_refused_again(store: Store) -> None:
    work = json_project(store, {"a": "Save", "b": "Open"}, hi={"a": "\ufffd\ufffd"})
    work.push(accept_damage=True)
    work.files["i18n/hi.json"] = json_bytes({"a": "\ufffd\ufffd", "b": "खोलें"})
    assert not work.push().refused


def _many(count: int) -> dict[str, str]:
    return {f"k{index}": f"Text number {index}" for index in range(count)}


def _lossy(store: Store, lost: int) -> Workspace:
    work = json_project(store, _many(220), sw={key: f"Maneno {key}" for key in _many(220)})
    work.push()
    kept = {key: f"Maneno {key}" for key in list(_many(220))[lost:]}
    work.files["i18n/sw.json"] = json_bytes(kept)
    return work


def test_a_file_that_lost_many_translations_is_refused(store: Store) -> None:
    report = _lossy(store, 12).push()
    assert [each.code for each in report.refused] == ["input.lost"]


def test_translations_gone_from_a_file_stay_in_the_store(store: Store) -> None:
    work = _lossy(store, 11)
    assert not work.push().refused
    assert work.counts("sw") == Counts(translated=220)


def test_one_key_used_twice_does_not_count_twice(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={"a": "Hifadhi"})
    work.files["i18n/en.json"] = b'{"a": "Save", "a": "Save again"}\n'
    report = work.push()
    if report.refused:
        assert report.refused[0].line > 0
    else:
        assert len(work.units()) == 1


def test_half_a_surrogate_pair_is_refused(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={})
    work.files["i18n/sw.json"] = b'{"a": "x\\ud800"}\n'
    assert [each.path for each in work.push().refused] == ["i18n/sw.json"]
