"""What a push promises: all or nothing, nothing lost, the same twice is nothing new."""

from __future__ import annotations

import pytest

from dpg_l10n.domain.coverage import Counts
from dpg_l10n.domain.message import Plural
from dpg_l10n.domain.project import CatalogueSpec, ProjectSpec
from dpg_l10n.domain.states import State
from dpg_l10n.ports import Store
from dpg_l10n.services.reports import PushReport
from tests.support.projects import (
    json_bytes,
    json_project,
    message,
    plural_message,
    po_bytes,
    po_project,
)


def written(report: PushReport) -> int:
    return sum(each.written for part in report.catalogues for each in part.languages.values())


def test_a_first_push_counts_units_words_and_translations(store: Store) -> None:
    work = json_project(store, {"a": "Save all", "b": "Open", "c": "Close"}, sw={"a": "Hifadhi"})
    part = work.push().catalogues[0]
    assert (part.units, part.added, part.changed, part.removed) == (3, 3, 0, 0)
    assert part.languages["sw"].translated == 1
    assert work.counts("sw") == Counts(translated=1, missing=2)


def test_a_push_of_a_source_alone_counts_its_units(store: Store) -> None:
    work = json_project(store, {"a": "Save all", "b": "Open"})
    part = work.push().catalogues[0]
    assert (part.units, part.added, part.languages) == (2, 2, {})


def test_the_same_push_again_writes_nothing(store: Store) -> None:
    work = po_project(
        store,
        message("Save"),
        plural_message("%d file", "%d files", "", ""),
        sw=[
            message("Save", "Hifadhi", "#, fuzzy"),
            plural_message("%d file", "%d files", "faili %d", "mafaili %d"),
        ],
    )
    work.push()
    before = (work.translations("sw"), work.counts("sw"))
    report = work.push()
    part = report.catalogues[0]
    assert (part.added, part.changed, part.renamed, part.removed, written(report)) == (0,) * 5
    assert (work.translations("sw"), work.counts("sw")) == before


def test_a_catalogue_without_a_template_takes_its_source_from_its_files(store: Store) -> None:
    work = po_project(store, sw=[message("Save", "Hifadhi")], fr=[message("Open", "Ouvrir")])
    catalogue = CatalogueSpec("app", "po", None, work.spec.catalogues[0].targets, None)
    work.spec = ProjectSpec("clinic", "Clinic", catalogues=(catalogue,))
    work.push()
    assert list(work.units()) == ["Save", "Open"]
    assert work.counts("fr") == Counts(translated=1, missing=1)
    assert written(work.push()) == 0


def test_a_changed_source_asks_for_work_and_remembers_the_old_one(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={"a": "Hifadhi"})
    work.push()
    old = work.units()["a"]
    work.files["i18n/en.json"] = json_bytes({"a": "Save now"})
    assert work.push().catalogues[0].changed == 1
    found = work.translation("a", "sw")
    assert found is not None
    assert (found.text, found.state, found.former) == (
        "Hifadhi", State.NEEDS_WORK, State.TRANSLATED,
    )  # fmt: skip
    assert found.source_text_id == old.text_id
    assert work.counts("sw") == Counts(needs_work=1)


@pytest.mark.parametrize("state", [State.TRANSLATED, State.REVIEWED])
def test_a_source_change_that_is_undone_restores_the_state(store: Store, state: State) -> None:
    work = json_project(store, {"a": "Save"}, sw={"a": "Hifadhi"})
    work.push(accept_as=state)
    for source in ("Save now", "Save it now", "Save"):
        work.files["i18n/en.json"] = json_bytes({"a": source})
        work.push()
    found = work.translation("a", "sw")
    assert found is not None
    assert (found.state, found.former, found.source_text_id) == (state, None, None)


def test_an_undone_source_change_restores_a_copy_as_a_copy(store: Store) -> None:
    work = json_project(store, {"a": "Dashboard"}, sw={"a": "Dashboard"})
    work.push()
    assert work.counts("sw") == Counts(copied=1)
    for source in ("Dashboards", "Dashboard"):
        work.files["i18n/en.json"] = json_bytes({"a": source})
        work.push()
    assert work.counts("sw") == Counts(copied=1)


def test_a_source_change_reaches_languages_that_have_no_file(store: Store) -> None:
    work = json_project(store, {"a": "Save"})
    work.push()
    work.decide("a", "so", text="Kaydi")
    work.files["i18n/en.json"] = json_bytes({"a": "Save now"})
    work.push()
    assert work.state("a", "so") is State.NEEDS_WORK


def test_a_minor_change_keeps_the_state(store: Store) -> None:
    work = json_project(store, {"a": "Save teh file"}, sw={"a": "Hifadhi faili"})
    work.push()
    work.files["i18n/en.json"] = json_bytes({"a": "Save the file"})
    work.push(minor=True)
    assert work.state("a", "sw") is State.TRANSLATED


def test_a_partial_push_deletes_nothing(store: Store) -> None:
    work = json_project(store, {"a": "Save", "b": "Open"}, sw={"a": "Hifadhi", "b": "Fungua"})
    work.push()
    work.files["i18n/en.json"] = json_bytes({"a": "Save"})
    assert work.push().catalogues[0].removed == 1
    assert work.counts("sw") == Counts(translated=2)


def test_pruned_units_keep_their_texts_and_return_with_them(store: Store) -> None:
    work = json_project(store, {"a": "Save", "b": "Open it"}, sw={"a": "Hifadhi", "b": "Fungua"})
    work.push(accept_as=State.REVIEWED)
    work.files["i18n/en.json"] = json_bytes({"a": "Save"})
    work.push(prune=True)
    assert work.counts("sw") == Counts(reviewed=1)
    assert work.units()["b"].obsolete
    assert work.texts("sw")["b"] == "Fungua"
    work.files["i18n/en.json"] = json_bytes({"a": "Save", "b": "Open it"})
    work.push()
    assert work.counts("sw") == Counts(reviewed=2)


def test_a_unit_that_returns_with_another_text_needs_work(store: Store) -> None:
    work = json_project(store, {"a": "Save", "b": "Open it"}, sw={"b": "Fungua"})
    work.push()
    for source in ({"a": "Save"}, {"a": "Save", "b": "Open all of it"}):
        work.files["i18n/en.json"] = json_bytes(source)
        work.push(prune=True)
    assert work.counts("sw") == Counts(needs_work=1, missing=1)


def test_a_renamed_key_takes_its_translation_along(store: Store) -> None:
    work = json_project(store, {"old": "Save"}, sw={"old": "Hifadhi"})
    work.push()
    work.files["i18n/en.json"] = json_bytes({"new": "Save"})
    part = work.push().catalogues[0]
    assert (part.renamed, part.added) == (1, 0)
    assert work.state("new", "sw") is State.TRANSLATED
    assert work.texts("sw")["new"] == "Hifadhi"


def test_a_changed_msgid_takes_its_translation_along_as_needing_work(store: Store) -> None:
    work = po_project(store, message("Save the file"), sw=[message("Save the file", "Hifadhi")])
    work.push()
    work.files["po/app.pot"] = po_bytes(message("Save the files"))
    work.push()
    assert work.state("Save the files", "sw") is State.NEEDS_WORK
    exported = work.export()["po/sw.po"].decode()
    assert (
        '#, fuzzy\n#| msgid "Save the file"\nmsgid "Save the files"\nmsgstr "Hifadhi"' in exported
    )


def test_texts_that_a_file_keeps_as_obsolete_return_with_their_source(store: Store) -> None:
    kept = '#~ msgid "Open"\n#~ msgstr "Fungua"'
    work = po_project(store, message("Save"), sw=[message("Save", "Hifadhi"), kept])
    work.push()
    work.files["po/app.pot"] = po_bytes(message("Save"), message("Open"))
    work.push()
    assert work.texts("sw")["Open"] == "Fungua"
    exported = work.export()["po/sw.po"].decode()
    assert exported.count('msgid "Open"') == 1
    assert "#~" not in exported


def test_an_obsolete_text_of_an_active_source_stays_obsolete_and_uncounted(store: Store) -> None:
    kept = '#~ msgid "Open"\n#~ msgstr "Fungua"'
    work = po_project(
        store, message("Save"), message("Open"), sw=[message("Save", "Hifadhi"), kept]
    )
    pushed = work.files["po/sw.po"]
    work.push()
    work.push()
    assert work.export()["po/sw.po"] == pushed
    assert work.counts("sw") == Counts(translated=1, missing=1)


def test_a_source_that_gains_plural_variants_keeps_the_old_text(store: Store) -> None:
    work = json_project(
        store, {"n": "{{count}} files"}, format_name="i18next", sw={"n": "{{count}} mafaili"}
    )
    work.push()
    plural = {"n_one": "{{count}} file", "n_other": "{{count}} files"}
    work.files["i18n/en.json"] = json_bytes(plural)
    work.push()
    assert "{{count}} mafaili" in work.texts("sw").values()


def test_a_text_in_braces_survives_a_source_that_becomes_plural(store: Store) -> None:
    work = po_project(store, message("{n} file"), sw=[message("{n} file", "{n} faili")])
    work.push()
    work.files["po/app.pot"] = po_bytes(plural_message("{n} file", "{n} files", "", ""))
    work.push()
    assert work.texts("sw") == {"{n} file": "{n} faili"}
    assert work.state("{n} file", "sw") is State.NEEDS_WORK


def test_plural_variants_survive_a_source_that_becomes_one_text(store: Store) -> None:
    forms = Plural((("0", "faili %d"), ("1", "mafaili %d")))
    work = po_project(
        store,
        plural_message("%d file", "%d files", "", ""),
        sw=[plural_message("%d file", "%d files", *(text for _, text in forms.forms))],
    )
    work.push()
    work.files["po/app.pot"] = po_bytes(message("%d file"))
    work.push()
    assert work.texts("sw") == {"%d file": forms}
    assert written(work.push()) == 0


def test_a_new_text_begins_with_the_translation_of_a_like_one(store: Store) -> None:
    texts = [message("Close the form", "Funga fomu")]
    work = po_project(store, message("Close the form"), sw=texts, fr=[])
    work.push()
    work.files["po/app.pot"] = po_bytes(message("Close the form"), message("Close this form"))
    part = work.push().catalogues[0]
    assert (part.added, part.lent) == (1, 1)
    assert work.counts("sw") == Counts(translated=1, needs_work=1)
    assert work.counts("fr") == Counts(missing=2)


def test_an_exported_text_does_not_hold_for_the_source_that_changed_with_it(store: Store) -> None:
    work = json_project(store, {"a": "Save", "b": "Open"}, sw={"a": "Weka", "b": "Fungua"})
    work.push()
    work.decide("a", "sw", text="Hifadhi")
    work.files.update(work.export())
    work.files["i18n/en.json"] = json_bytes({"a": "Delete all", "b": "Open"})
    work.push()
    assert (work.texts("sw")["a"], work.state("a", "sw")) == ("Hifadhi", State.NEEDS_WORK)
    work.files["i18n/en.json"] = json_bytes({"a": "Save", "b": "Open"})
    work.push()
    assert work.state("a", "sw") is State.TRANSLATED


def test_an_exported_text_that_was_rejected_is_not_accepted_by_its_return(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={"a": "Weka"})
    work.push()
    work.decide("a", "sw", text="Hifadhi")
    work.files.update(work.export())
    work.decide("a", "sw", State.NEEDS_WORK, actor="juma")
    work.push()
    assert work.state("a", "sw") is State.NEEDS_WORK


def test_a_text_that_went_with_its_row_does_not_hold_for_another_source(store: Store) -> None:
    work = json_project(store, {"a": "Save", "b": "Open"}, sw={"a": "Weka", "b": "Fungua"})
    work.push()
    full = dict(work.files)
    work.files["i18n/en.json"] = json_bytes({"a": "Delete", "b": "Open"})
    work.push()
    work.files = {
        "i18n/en.json": json_bytes({"b": "Open"}),
        "i18n/sw.json": json_bytes({"b": "Fungua"}),
    }
    work.push(prune=True)
    work.files = {**full, "i18n/en.json": json_bytes({"a": "Delete", "b": "Open"})}
    work.push()
    assert work.state("a", "sw") is State.NEEDS_WORK


def test_a_language_without_the_former_text_begins_with_another_like_one(store: Store) -> None:
    template = [message("Loading"), message(" Loading...")]
    work = po_project(
        store,
        *template,
        sw=[message("Loading", "Inapakia"), message(" Loading...", " Inapakia...")],
        fr=[message("Loading", "Chargement")],
    )
    work.push()
    work.files["po/app.pot"] = po_bytes(message("Loading"), message("Loading..."))
    work.push()
    assert work.texts("sw")["Loading..."] == " Inapakia..."
    assert work.texts("fr")["Loading..."] == "Chargement"
    assert work.state("Loading...", "fr") is State.NEEDS_WORK


def test_a_text_of_the_file_replaces_one_that_came_along(store: Store) -> None:
    work = po_project(store, message("Close the form"), sw=[message("Close the form", "Fungaa")])
    work.push()
    work.decide("Close the form", "sw", text="Funga fomu")
    new = [message("Close this form", "Funga fomu hii")]
    work.files["po/app.pot"] = po_bytes(message("Close this form"))
    work.files["po/sw.po"] = po_bytes(*new, language="sw")
    assert work.push().conflicts == ()
    assert work.texts("sw")["Close this form"] == "Funga fomu hii"
