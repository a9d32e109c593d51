"""What every store promises of transactions, projects, catalogues and units (:mod:`dpg_l10n.ports.store`).

Another database is one more entry of ``STORES``: a function from an empty folder to a URL.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.domain.states import Made, Origin
from dpg_l10n.errors import NotFoundError
from dpg_l10n.ports import Store
from tests.support.stores import FILES, PROJECT, Begun


def test_what_was_committed_lasts(store: Store) -> None:
    with store.write() as uow:
        uow.projects.save(PROJECT)
        uow.commit()
    with store.read() as uow:
        assert [project.slug for project in uow.projects.list()] == ["clinic"]


def test_what_was_not_committed_is_undone(store: Store) -> None:
    with store.write() as uow:
        Begun(uow).write()
    with store.read() as uow:
        assert uow.projects.list() == ()


def test_an_error_undoes_everything_since_the_last_commit(store: Store) -> None:
    def fail() -> None:
        with store.write() as uow:
            uow.projects.save(PROJECT)
            uow.commit()
            uow.projects.save(replace(PROJECT, slug="school"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with store.read() as uow:
        assert [project.slug for project in uow.projects.list()] == ["clinic"]


def test_a_project_comes_back_as_it_was_saved(begun: Begun) -> None:
    assert begun.uow.projects.require("clinic") == replace(PROJECT, id=begun.project.id)


def test_saving_a_project_again_brings_it_up_to_date(begun: Begun) -> None:
    again = begun.uow.projects.save(replace(PROJECT, name="Clinics", deployments=()))
    assert again.id == begun.project.id
    assert begun.uow.projects.list() == (again,)
    assert (again.name, again.deployments) == ("Clinics", ())


def test_an_unknown_project_is_none_or_an_error_that_names_the_known(begun: Begun) -> None:
    assert begun.uow.projects.get("school") is None
    with pytest.raises(NotFoundError, match="clinic"):
        begun.uow.projects.require("school")


def test_equal_origins_share_a_number(begun: Begun) -> None:
    machine = Origin(Made.MACHINE, (("engine", "e"), ("model", "m")))
    first = begun.uow.projects.origin_id(machine)
    assert (
        begun.uow.projects.origin_id(Origin(Made.MACHINE, machine.detail)) == first != begun.origin
    )
    assert begun.uow.projects.origins()[first] == machine


def test_the_last_action_is_the_newest_of_its_kind(begun: Begun) -> None:
    second = begun.uow.projects.begin_action(begun.project.id, "juma", 200, "push", "why")
    begun.uow.projects.begin_action(begun.project.id, "juma", 300, "review")
    assert begun.uow.projects.last_action(begun.project.id, "push") == (second, 200)
    assert begun.uow.projects.last_action(begun.project.id, "draft") is None


def test_catalogues_are_listed_by_name_with_their_totals(begun: Begun) -> None:
    begun.uow.catalogues.save(begun.stored("aaa"))
    names = [each.name for each in begun.uow.catalogues.list(begun.project.id)]
    assert names == ["aaa", "app"]
    app = begun.uow.catalogues.list(begun.project.id)[1]
    assert (app.units, app.words) == (2, 5)


def test_saving_a_catalogue_again_keeps_its_number(begun: Begun) -> None:
    again = begun.uow.catalogues.save(replace(begun.stored("app"), licence="CC0-1.0"))
    assert (again.id, again.licence) == (begun.catalogue.id, "CC0-1.0")


@pytest.mark.parametrize("data", [b"", b"\x00\xff\r\n", b"x" * 100_000])
def test_bytes_come_back_as_they_were(begun: Begun, data: bytes) -> None:
    begun.write_file("sw.json", data, "sw")
    assert begun.uow.catalogues.read_file(begun.catalogue.id, "sw.json") == data


def test_a_file_is_replaced_by_its_next_version(begun: Begun) -> None:
    for data in (b"one", b"two"):
        begun.write_file("sw.json", data, "sw")
    assert begun.uow.catalogues.read_file(begun.catalogue.id, "sw.json") == b"two"
    (file,) = begun.uow.catalogues.files(begun.catalogue.id)
    assert (file.path, file.language, file.spelling, file.size) == ("sw.json", "sw", "sw", 3)


def test_files_are_listed_source_first(begun: Begun) -> None:
    for path, language in (("sw.json", "sw"), ("am.json", "am"), ("en.json", None)):
        begun.write_file(path, b"{}", language)
    files = begun.uow.catalogues.files(begun.catalogue.id)
    assert [file.language for file in files] == [None, "am", "sw"]
    assert begun.uow.catalogues.read_file(begun.catalogue.id, "fr.json") is None


def test_units_come_back_in_source_order_as_they_were(begun: Begun) -> None:
    full = begun.units[0]._replace(
        position=9, context="c", notes="n", locations="l", flags="a,b", max_chars=5, risk="legal",
        obsolete=True,
    )  # fmt: skip
    begun.uow.units.update(begun.catalogue.id, [full])
    assert begun.uow.units.load(begun.catalogue.id) == [begun.units[1], full]


def test_equal_texts_share_a_number_and_others_do_not(begun: Begun) -> None:
    sources: list[Text] = [
        "x",
        FILES,
        "",
        "x ",
        "{",
        Plural.of(other="x"),
        '{"other":"x"}',
        "\x1e{",
    ]
    ids = begun.uow.units.intern([*sources, "x"])
    assert len(set(ids.values())) == len(sources)
    assert begun.uow.units.intern(["x"])["x"] == ids["x"]
    assert begun.uow.units.texts(ids.values()) == {number: text for text, number in ids.items()}
