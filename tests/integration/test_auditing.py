"""What makes figures mean less than they say."""

from __future__ import annotations

from dataclasses import replace

from dpg_l10n.domain.project import Problem, TargetFile
from dpg_l10n.ports import Store
from dpg_l10n.services import auditing
from dpg_l10n.services.auditing import audit
from tests.support.countries import SOURCE, add, said
from tests.support.projects import json_bytes, json_project


def sentences(store: Store, slug: str) -> dict[str, str]:
    return {one.sentence: one.language for one in audit(store, slug)}


def test_a_project_in_order_has_nothing_to_say(store: Store) -> None:
    add(store, "health", "Health", sw=10, fr=8)
    assert audit(store, "health") == ()


def test_an_empty_language_is_named(store: Store) -> None:
    add(store, "health", "Health", sw=10, fr=0)
    assert sentences(store, "health") == {auditing.EMPTY: "fr"}


def test_a_copied_language_is_named(store: Store) -> None:
    json_project(store, SOURCE, languages={"sw": said(9, "sw"), "fr": dict(SOURCE)}).push()
    assert sentences(store, "clinic") == {auditing.COPIED: "fr"}


def test_two_spellings_of_a_language_are_named_and_two_scripts_are_not(store: Store) -> None:
    add(store, "health", "Health", sw=10, sw_KE=9, uz_Latn=9, uz_Cyrl=9)
    (found,) = audit(store, "health")
    assert (found.sentence, found.detail) == (auditing.ALIKE, "sw, sw-KE")


def test_an_older_source_is_named(store: Store) -> None:
    work = add(store, "health", "Health", sw=10)
    work.files["i18n/en.json"] = json_bytes({key: f"{text}, again" for key, text in SOURCE.items()})
    work.push()
    assert auditing.OUTDATED in sentences(store, "health")


def test_a_file_whose_name_is_no_language_is_named(store: Store) -> None:
    work = json_project(store, SOURCE, languages={"sw": said(9, "sw")})
    (catalogue,) = work.spec.catalogues
    odd = TargetFile("und-x-null", "null", "i18n/null.json")
    work.files["i18n/null.json"] = json_bytes(said(9, "null"))
    work.spec = replace(
        work.spec, catalogues=(replace(catalogue, targets=(*catalogue.targets, odd)),)
    )
    work.push()
    assert auditing.NO_LANGUAGE in sentences(store, "clinic")


def test_files_that_a_push_left_in_the_tree_are_named_until_they_are_gone(store: Store) -> None:
    work = json_project(store, SOURCE, languages={"pt-BR": said(10, "pt")})
    odd = Problem("i18n/null.json", "language.unknown", "“null” is no known language.")
    double = Problem("i18n/pt_BR.json", "language.double", "Both mean pt-BR.")
    other = Problem("docs/x.json", "source.missing", "There is none.")
    work.push()
    work.spec = replace(work.spec, problems=(odd, double, other))
    work.push(dry_run=True)
    assert audit(store, "clinic") == ()
    work.push()
    assert {(one.sentence, one.detail) for one in audit(store, "clinic")} == {
        (auditing.NO_LANGUAGE, "i18n/null.json"),
        (auditing.TWO_FILES, "i18n/pt_BR.json"),
    }
    work.spec = replace(work.spec, problems=())
    work.push()
    assert audit(store, "clinic") == ()


def test_two_files_of_one_language_are_named(store: Store) -> None:
    work = json_project(store, SOURCE, languages={"pt-BR": said(9, "pt")})
    (catalogue,) = work.spec.catalogues
    other = TargetFile("pt-BR", "pt_BR", "i18n/pt_BR.json")
    work.files["i18n/pt_BR.json"] = json_bytes(said(9, "pt"))
    targets = (*catalogue.targets, other)
    work.spec = replace(work.spec, catalogues=(replace(catalogue, targets=targets),))
    work.push()
    (found,) = audit(store, "clinic")
    assert (found.sentence, found.language) == (auditing.TWO_FILES, "pt-BR")
    assert found.detail == "i18n/pt-BR.json, i18n/pt_BR.json"


def test_texts_whose_messages_the_source_lost_are_counted(store: Store) -> None:
    more = {f"gone{index}": f"neno {index}" for index in range(11)}
    json_project(store, SOURCE, sw={**said(10, "sw"), **more}, fr=said(10, "fr")).push()
    (found,) = audit(store, "clinic")
    assert (found.sentence, found.language) == (auditing.LEFTOVERS, "sw")
    assert found.detail == "11 / 21"
