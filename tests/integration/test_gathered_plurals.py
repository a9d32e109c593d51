"""Texts of their own that a later source joins to one plural keep their translations."""

from __future__ import annotations

import pytest

from dpg_l10n.domain.message import Plural
from dpg_l10n.domain.states import State
from dpg_l10n.ports import Store
from dpg_l10n.services.undo import undo
from tests.support.projects import Workspace, json_bytes, json_project

SOURCE = {"one": "{{n}} file", "other": "{{n}} files"}
SWAHILI = {"one": "faili {{n}}", "other": "mafaili {{n}}"}
BEFORE = {"hint": "Count them"}
"""A further member keeps the object from being read as a plural, as no object once was."""


def parted(store: Store, sw: dict[str, str] | None = None) -> Workspace:
    """Return a project whose forms were pushed as texts of their own."""
    files = {} if sw is None else {"files": sw}
    work = json_project(store, {"files": SOURCE | BEFORE, "save": "Save"}, sw=files)
    work.push()
    assert {"files.one", "files.other"} <= work.units().keys()
    return work


def join(work: Workspace, source: dict[str, str] | None = None) -> None:
    work.files["i18n/en.json"] = json_bytes({"files": source or SOURCE, "save": "Save"})


@pytest.mark.parametrize("prune", [True, False])
def test_texts_written_in_the_store_become_the_variants(store: Store, prune: bool) -> None:
    work = parted(store, {})
    for label, text in SWAHILI.items():
        work.decide(f"files.{label}", "sw", text=text)
    join(work)
    part = work.push(prune=prune).catalogues[0]
    assert part.added == 1
    found = work.translations("sw")["files"]
    assert (found.text, found.state) == (Plural.of(**SWAHILI), State.TRANSLATED)
    units = work.units()
    assert units["files.one"].obsolete
    assert units["files.other"].obsolete
    work.push(prune=True)
    assert work.export()["i18n/sw.json"] == json_bytes({"files": SWAHILI})


def test_a_text_of_the_store_is_newer_than_that_of_its_file(store: Store) -> None:
    work = parted(store, SWAHILI)
    work.decide("files.other", "sw", text="majalada {{n}}")
    join(work)
    report = work.push()
    assert report.conflicts == ()
    found = work.translations("sw")["files"]
    assert found.text == Plural.of(one="faili {{n}}", other="majalada {{n}}")
    assert found.state is State.TRANSLATED


def test_a_missing_variant_asks_for_work(store: Store) -> None:
    work = parted(store, {})
    work.decide("files.other", "sw", text=SWAHILI["other"])
    join(work)
    work.push()
    found = work.translations("sw")["files"]
    assert (found.text, found.state) == (Plural.of(other=SWAHILI["other"]), State.NEEDS_WORK)


def test_a_source_that_changed_on_the_way_asks_for_work(store: Store) -> None:
    work = parted(store, {})
    for label, text in SWAHILI.items():
        work.decide(f"files.{label}", "sw", text=text)
    join(work, SOURCE | {"other": "{{n}} documents"})
    work.push()
    found = work.translations("sw")["files"]
    assert (found.text, found.state) == (Plural.of(**SWAHILI), State.NEEDS_WORK)
    assert found.source_text_id is not None


def test_an_undone_push_has_the_texts_of_their_own_again(store: Store) -> None:
    work = parted(store, {})
    for label, text in SWAHILI.items():
        work.decide(f"files.{label}", "sw", text=text)
    join(work)
    report = work.push()
    undo(store, work.spec.slug, report.id, work.clock, actor="amina")
    units = work.units()
    assert not units["files.one"].obsolete
    assert not units["files.other"].obsolete
    assert work.translations("sw")["files.one"].text == SWAHILI["one"]


def test_a_file_not_pushed_since_takes_texts_of_the_store_by_their_own_keys(store: Store) -> None:
    work = parted(store, SWAHILI)
    work.decide("files.other", "sw", text="majalada {{n}}")
    # the files as an earlier version pushed them: it read no object as a plural
    number = work.catalogue_id()
    with store.write() as uow:
        data = json_bytes({"files": SOURCE, "save": "Save"})
        uow.catalogues.write_file(
            number, "i18n/en.json", data, language=None, spelling=None, action_id=1
        )
        uow.commit()
    expected = json_bytes({"files": SWAHILI | {"other": "majalada {{n}}"}})
    assert work.export()["i18n/sw.json"] == expected
