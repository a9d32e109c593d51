"""One file with the source and all languages goes through push, check, drafts and export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dpg_l10n.domain.project import CatalogueSpec, ProjectSpec
from dpg_l10n.domain.states import State
from dpg_l10n.errors import DpgL10nError, GateError
from dpg_l10n.formats import FORMATS
from dpg_l10n.ports import Store
from dpg_l10n.services import conversation
from dpg_l10n.services.checking import check
from dpg_l10n.services.coverage import coverage, status
from dpg_l10n.services.drafting import DraftOptions, draft
from dpg_l10n.services.export import ExportOptions, export
from dpg_l10n.services.export_entries import Only
from dpg_l10n.services.multilingual import find_languages
from dpg_l10n.services.releases import NewRelease, release
from dpg_l10n.services.undo import undo
from tests.support.projects import Workspace
from tests.support.workbooks import legacy

PATH = "i18n/texts.csv"
TABLE = (
    "key,notes,en,French (fr),sw\r\n"
    "save,A button,Save,Enregistrer,Hifadhi\r\n"
    'open,,"Open {name}, please","Ouvrez {name}, svp",\r\n'
    "close,,Close,,\r\n"
)


def workspace(store: Store, table: str = TABLE, source_language: str = "en") -> Workspace:
    work = Workspace(
        store, ProjectSpec("clinic", "Clinic", source_language), {PATH: table.encode()}
    )
    return refreshed(work)


def refreshed(work: Workspace) -> Workspace:
    """Look into the file again, as every command does."""
    data = work.files[PATH]
    found = find_languages(FORMATS["csv"], data, PATH, work.spec.source_language, {})
    catalogue = CatalogueSpec("app", "csv", PATH, found.targets)
    work.spec = replace(work.spec, catalogues=(catalogue,), problems=found.problems)
    return work


def retabled(work: Workspace, old: str, new: str) -> Workspace:
    text = work.files[PATH].decode()
    assert old in text
    work.files[PATH] = text.replace(old, new).encode()
    return refreshed(work)


def test_one_file_is_the_source_and_every_language(store: Store) -> None:
    work = workspace(store)
    part = work.push().catalogues[0]
    assert (part.units, sorted(part.languages)) == (3, ["fr", "sw"])
    assert work.texts("fr") == {"save": "Enregistrer", "open": "Ouvrez {name}, svp"}
    assert work.texts("sw") == {"save": "Hifadhi"}
    assert work.units()["save"].notes == "A button"
    assert [row.language for row in coverage(store, "clinic").languages] == ["fr", "sw"]
    assert status(store, "clinic").catalogues[0].languages == ("fr", "sw")


def test_the_same_push_again_writes_nothing(store: Store) -> None:
    work = workspace(store)
    work.push()
    part = work.push().catalogues[0]
    assert (part.added, part.changed, part.unchanged) == (0, 0, 3)
    assert {row.written for row in part.languages.values()} == {0}


def test_an_unedited_file_is_exported_as_it_was_pushed(store: Store) -> None:
    work = workspace(store)
    work.push()
    assert work.export() == {PATH: TABLE.encode()}


def test_edits_of_several_languages_go_into_one_file(store: Store) -> None:
    work = workspace(store)
    work.push()
    work.decide("close", "fr", text="Fermer")
    work.decide("open", "sw", text="Fungua {name}, tafadhali")
    wanted = TABLE.replace("close,,Close,,", "close,,Close,Fermer,").replace(
        'svp",\r\n', 'svp","Fungua {name}, tafadhali"\r\n'
    )
    assert work.export() == {PATH: wanted.encode()}
    assert work.export(languages=("fr",)) == {PATH: wanted.encode()}


def test_what_another_language_says_is_not_taken_back_by_an_export_of_one(store: Store) -> None:
    work = workspace(store)
    work.push()
    work.decide("close", "fr", text="Fermer")
    work.decide("save", "am", text="አስቀምጥ")
    subject = conversation.subject_of(store, "clinic", "app", "open", "fr", "ann")
    conversation.withdraw(store, subject, 1, "harmful", work.clock)
    exported = work.export(languages=("sw",))[PATH].decode()
    assert exported == (
        "key,notes,en,French (fr),sw,am\r\n"
        "save,A button,Save,Enregistrer,Hifadhi,አስቀምጥ\r\n"
        'open,,"Open {name}, please",,,\r\n'
        "close,,Close,Fermer,,\r\n"
    )


def test_a_release_asks_of_every_language_of_the_file_that_it_writes(store: Store) -> None:
    work = workspace(store)
    work.push()
    work.decide("open", "fr", text="Ouvrez, svp")
    with pytest.raises(GateError, match="fr"):
        release(
            store, "clinic", NewRelease("v1", "ann"), lambda _path, _data: None,
            ExportOptions(languages=("sw",)), work.clock,
        )  # fmt: skip


def test_drafts_of_a_language_that_is_not_asked_for_stay_out(store: Store) -> None:
    work = workspace(store, "key,en,fr,sw\na,Save,Enregistrer,Hifadhi\nb,Save,,\n")
    work.push()
    draft(store, "clinic", None, work.clock, DraftOptions())
    assert work.state("b", "fr") is work.state("b", "sw") is State.DRAFT
    drafted = work.export(languages=("sw",), include_drafts=True)[PATH].decode()
    assert drafted == "key,en,fr,sw\na,Save,Enregistrer,Hifadhi\nb,Save,,Hifadhi\n"


def test_a_new_language_gets_its_column_named_like_the_others(store: Store) -> None:
    work = workspace(store)
    work.push()
    work.decide("save", "am", text="አስቀምጥ")
    exported = work.export(languages=("am",))[PATH].decode()
    assert exported == (
        "key,notes,en,French (fr),sw,am\r\n"
        "save,A button,Save,Enregistrer,Hifadhi,አስቀምጥ\r\n"
        'open,,"Open {name}, please","Ouvrez {name}, svp",,\r\n'
        "close,,Close,,,\r\n"
    )
    work.files[PATH] = exported.encode()
    assert refreshed(work).push().catalogues[0].languages["am"].translated == 1


def test_a_language_column_without_a_text_is_a_language_that_lacks_all(store: Store) -> None:
    work = workspace(store, "key,en,fr,ti\na,One,Un,\n")
    work.push()
    assert work.counts("ti").missing == 1


def test_drafts_stay_out_of_the_file_unless_asked_for(store: Store) -> None:
    work = workspace(store, "key,en,fr\na,Save,Enregistrer\nb,Save,\n")
    work.push()
    draft(store, "clinic", None, work.clock, DraftOptions(languages=("fr",)))
    assert work.state("b", "fr") is State.DRAFT
    assert work.export() == work.files
    drafted = work.export(include_drafts=True)[PATH].decode()
    assert drafted == "key,en,fr\na,Save,Enregistrer\nb,Save,Enregistrer\n"


def test_texts_that_are_not_asked_for_leave_empty_cells(store: Store) -> None:
    work = workspace(store)
    work.push()
    work.decide("save", "fr", State.REVIEWED)
    exported = work.export(only=Only.REVIEWED)[PATH].decode()
    assert "save,A button,Save,Enregistrer,\r\n" in exported
    assert 'open,,"Open {name}, please",,\r\n' in exported
    assert exported.startswith("key,notes,en,French (fr),sw\r\n")


def test_a_changed_source_text_asks_for_work_in_every_language(store: Store) -> None:
    work = workspace(store)
    work.push()
    retabled(work, "button,Save,", "button,Save now,").push()
    assert work.state("save", "fr") is State.NEEDS_WORK
    assert work.state("save", "sw") is State.NEEDS_WORK
    assert work.state("open", "fr") is State.TRANSLATED
    retabled(work, "Save now", "Save").push()
    assert work.state("save", "fr") is State.TRANSLATED


def test_a_text_changed_here_and_in_the_file_is_a_conflict(store: Store) -> None:
    work = workspace(store)
    work.push()
    work.decide("save", "fr", text="Sauvegarder")
    report = retabled(work, "Enregistrer", "Enregistrez").push()
    assert [(found.language, found.key) for found in report.conflicts] == [("fr", "save")]
    assert work.texts("fr")["save"] == "Sauvegarder"
    assert [found.text for found in work.suggestions("save", "fr")] == ["Enregistrez"]


def test_damage_in_one_language_keeps_the_whole_file_out(store: Store) -> None:
    work = workspace(store)
    work.push()
    report = retabled(work, "Enregistrer", "EnregistrÃ©").push(keep_going=True)
    assert [found.code for found in report.refused] == ["input.encoding"]
    assert work.texts("fr")["save"] == "Enregistrer"
    assert work.export() == {PATH: TABLE.encode()}


def test_a_file_that_cannot_be_read_is_refused_with_its_line(store: Store) -> None:
    work = workspace(store)
    work.push()
    report = retabled(work, "close,,Close,,", "save,,Close,,").push()
    (refused,) = report.refused
    assert (refused.path, refused.code, refused.line) == (PATH, "format.duplicate", 4)
    assert work.export() == {PATH: TABLE.encode()}


def test_a_row_that_the_file_lost_is_not_written_back_into_it(store: Store) -> None:
    work = workspace(store)
    work.push()
    retabled(work, "save,A button,Save,Enregistrer,Hifadhi\r\n", "").push()
    assert work.texts("fr")["save"] == "Enregistrer"
    assert work.export() == work.files


def test_the_column_of_the_project_s_language_is_the_source(store: Store) -> None:
    work = workspace(store, "key,en,fr\na,Save,Enregistrer\nb,Open,Ouvrir\n", "fr")
    work.push()
    assert work.units()["a"].source == "Enregistrer"
    assert work.texts("en") == {"a": "Save", "b": "Open"}
    work.decide("b", "en", text="Open it")
    assert work.export()[PATH].decode() == "key,en,fr\na,Save,Enregistrer\nb,Open it,Ouvrir\n"


def test_a_left_out_text_of_the_file_s_own_language_keeps_its_row(store: Store) -> None:
    work = workspace(store, "key,en,fr\na,Save,Enregistrer\nb,Open,Ouvrir\n", "fr")
    work.push()
    exported = work.export(only=Only.REVIEWED)[PATH].decode()
    assert exported == "key,en,fr\na,,Enregistrer\nb,,Ouvrir\n"


def test_check_names_the_row_and_language_of_a_finding(store: Store) -> None:
    work = workspace(store, TABLE.replace("Ouvrez {name}", "Ouvrez"))
    report = check(work.spec, work.files.__getitem__)
    assert report.checked == 3
    (found,) = report.findings
    assert (found.path, found.line, found.key, found.language) == (PATH, 3, "open", "fr")


def test_check_says_once_that_the_file_cannot_be_read(store: Store) -> None:
    work = workspace(store)
    work.files[PATH] += b'"never closed\r\n'
    report = check(work.spec, work.files.__getitem__)
    assert [found.finding.code for found in report.findings] == ["format.quote"]


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        ("key,en,fr,French", ["language.double"]),
        ("key,fr,sw", ["source.language"]),
        ("key,source,fr", []),
    ],
)
def test_what_titles_say_of_languages_is_told(store: Store, header: str, codes: list[str]) -> None:
    work = workspace(store, f"{header}\na{',x' * header.count(',')}\n")
    assert [problem.code for problem in work.spec.problems] == codes


def test_an_undone_push_takes_the_languages_with_it(store: Store) -> None:
    work = workspace(store)
    report = work.push()
    undo(store, "clinic", report.id, work.clock, actor="amina")
    assert status(store, "clinic").catalogues[0].languages == ()
    assert work.texts("fr") == {}


def test_other_formats_of_the_texts_are_one_file_per_language(store: Store) -> None:
    work = workspace(store)
    work.push()
    assert sorted(work.export(format="po")) == ["app/fr.po", "app/sw.po"]


FORM = Path(__file__).parents[1] / "data" / "xlsform" / "visit.xlsx"


def form_project(store: Store, path: str, data: bytes) -> Workspace:
    found = find_languages(FORMATS["xlsform"], data, path, "en", {})
    catalogue = CatalogueSpec("app", "xlsform", path, found.targets)
    spec = ProjectSpec("clinic", "Clinic", catalogues=(catalogue,), problems=found.problems)
    return Workspace(store, spec, {path: data})


def test_a_form_is_pushed_drafted_and_exported(store: Store) -> None:
    data = FORM.read_bytes()
    work = form_project(store, "forms/visit.xlsx", data)
    part = work.push().catalogues[0]
    assert (part.units, part.languages["sw"].translated) == (12, 7)
    assert work.export() == work.files
    work.decide("choices/yes_no/unknown/label", "sw", text="Sijui")
    work.decide("survey/name/label", "am", text="ስም?")
    exported = work.export(languages=("sw", "am"))["forms/visit.xlsx"]
    again = form_project(store, "forms/visit.xlsx", exported)
    assert [(t.language, t.name) for t in again.spec.catalogues[0].targets] == [
        ("am", "Amharic (am)"), ("sw", "Kiswahili (sw)"),
    ]  # fmt: skip
    report = again.push()
    assert report.conflicts == ()
    assert {tag: row.written for tag, row in report.catalogues[0].languages.items()} == {
        "am": 0, "sw": 0,
    }  # fmt: skip
    assert again.export() == again.files


def test_a_lost_reference_to_another_question_is_an_error(store: Store) -> None:
    work = form_project(store, "forms/visit.xlsx", FORM.read_bytes())
    work.push()
    with pytest.raises(DpgL10nError):
        work.decide("survey/age/label", "sw", State.REVIEWED, text="Ana miaka mingapi?")


def test_a_legacy_form_is_exported_under_its_new_name(store: Store) -> None:
    rows = [["type", "name", "label::en", "label::fr"], ["text", "a", "Name?", "Nom ?"]]
    work = form_project(store, "forms/visit.xls", legacy({"survey": rows}))
    work.push()
    assert work.export() == work.files
    work.decide("survey/a/label", "fr", text="Votre nom ?")
    files: dict[str, bytes] = {}
    (file,) = export(store, "clinic", files.__setitem__).files
    assert (file.path, file.replaces, file.unchanged) == (
        "forms/visit.xlsx", "forms/visit.xls", False,
    )  # fmt: skip
    assert list(files) == ["forms/visit.xlsx"]


def test_names_of_files_are_never_drafted(store: Store) -> None:
    form = (
        "survey\n,type,name,label::en,label::sw,image::en,image::sw\n"
        ",text,a,Name?,Jina?,one-en.png,one-sw.png\n,text,b,Name?,,one-en.png,\n"
    )
    work = form_project(store, "forms/visit.csv", form.encode())
    work.push()
    draft(store, "clinic", None, work.clock, DraftOptions(languages=("sw",)))
    assert work.state("survey/b/label", "sw") is State.DRAFT
    assert work.state("survey/b/image", "sw") is State.MISSING
