"""What an export promises: untouched bytes stay, an edit changes its entry."""

from __future__ import annotations

import pytest

from dpg_l10n.domain.states import State
from dpg_l10n.errors import NotFoundError
from dpg_l10n.ports import Store
from dpg_l10n.services.export import export
from dpg_l10n.services.export_entries import Only
from tests.support.projects import (
    Workspace,
    json_bytes,
    json_project,
    message,
    plural_message,
    po_bytes,
    po_project,
    spec_of,
)

PO = b"""\xef\xbb\xbf# Translators: many\r
msgid ""\r
msgstr "Content-Type: text/plain; charset=UTF-8\\n"\r
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\r
\r
#  a comment\r
#: a.py:1\r
msgid   "Save"\r
msgstr "Hifa"\r
"dhi"\r
\r
#, fuzzy\r
msgid "Open"\r
msgstr "Fungua"\r
\r
msgid "%d file"\r
msgid_plural "%d files"\r
msgstr[0] "faili %d"\r
msgstr[1] "mafaili %d"\r
\r
#~ msgid "Gone"\r
#~ msgstr "Imeondoka"\r
"""
POT = po_bytes(message("Save"), message("Open"), plural_message("%d file", "%d files", "", ""))
JSON = b'{\r\n\t"a" :  "Hifadhi",\r\n\t"x": {"y": "\\u00e9", "z": ""},\r\n\t"n": 3 }'
ANDROID = b"""<?xml version='1.0' encoding='utf-8'?>
<resources  xmlns:tools="http://schemas.android.com/tools">
  <!-- note -->
  <string name="a" >Hifadhi \\'zote\\'</string>

    <plurals name="n"><item quantity="one">faili</item>
      <item quantity="other">mafaili</item></plurals>
</resources>
"""
YAML = b"sw:\n  a:   'Hifadhi'   # note\n  b: >-\n    mistari\n    mingi\n"
PROPERTIES = b"# note\na : Hifadhi\\u00e9 \\\n    zote\nb=\n"

UNTOUCHED = {
    "po": (POT, PO, "po"),
    "json": (b'{"a": "Save", "x": {"y": "One", "z": "Two"}, "n": 3}', JSON, "json"),
    "android": (ANDROID.replace(b"Hifadhi", b"Save"), ANDROID, "xml"),
    "rails-yaml": (b"en:\n  a: Save\n  b: lines\n", YAML, "yml"),
    "properties": (b"a=Save\nb=Open\n", PROPERTIES, "properties"),
}


def _pushed(store: Store, name: str) -> Workspace:
    source, target, suffix = UNTOUCHED[name]
    spec = spec_of(name, f"src.{suffix}", "{language}." + suffix, "sw")
    work = Workspace(store, spec, {f"src.{suffix}": source, f"sw.{suffix}": target})
    report = work.push()
    assert not report.refused
    return work


@pytest.mark.parametrize("name", UNTOUCHED)
def test_an_unedited_file_comes_back_byte_for_byte(store: Store, name: str) -> None:
    work = _pushed(store, name)
    target = UNTOUCHED[name][1]
    assert list(work.export().values()) == [target]
    assert list(work.export(include_drafts=True).values()) == [target]


@pytest.mark.parametrize("name", UNTOUCHED)
def test_a_text_that_only_gained_a_reviewer_changes_no_byte(store: Store, name: str) -> None:
    work = _pushed(store, name)
    key = next(key for key, state in work.translations("sw").items() if state.state == "translated")
    work.decide(key, "sw", State.REVIEWED)
    assert list(work.export().values()) == [UNTOUCHED[name][1]]


def test_a_half_filled_plural_changes_no_byte(store: Store) -> None:
    half = plural_message("%d file", "%d files", "faili %d", "")
    work = po_project(store, plural_message("%d file", "%d files", "", ""), sw=[half])
    work.push()
    assert work.state("%d file", "sw") is State.NEEDS_WORK
    assert work.export()["po/sw.po"] == work.files["po/sw.po"]


def test_the_report_says_what_was_written(store: Store) -> None:
    work = json_project(store, {"a": "Save", "b": "Open"}, sw={"a": "Hifadhi"}, fr={})
    work.push()
    work.decide("a", "fr", text="Enregistrer")
    files = {file.path: file for file in export(store, "clinic", lambda _path, _data: None).files}
    assert (files["i18n/sw.json"].units, files["i18n/sw.json"].unchanged) == (1, True)
    assert files["i18n/sw.json"].bytes == len(work.files["i18n/sw.json"])
    assert (files["i18n/fr.json"].units, files["i18n/fr.json"].unchanged) == (1, False)


def test_one_edit_changes_one_entry(store: Store) -> None:
    work = _pushed(store, "po")
    work.decide("Save", "sw", text="Tunza")
    changed = work.export()["sw.po"]
    assert changed == PO.replace(b'msgstr "Hifa"\r\n"dhi"', b'msgstr "Tunza"')


def test_a_rejected_text_is_marked_where_the_format_can(store: Store) -> None:
    work = po_project(store, message("Save"), sw=[message("Save", "Hifadhi")])
    work.push()
    work.decide("Save", "sw", State.NEEDS_WORK)
    assert b'#, fuzzy\nmsgid "Save"\nmsgstr "Hifadhi"\n' in work.export()["po/sw.po"]


def test_an_accepted_text_loses_its_mark(store: Store) -> None:
    work = _pushed(store, "po")
    work.decide("Open", "sw")
    assert b"fuzzy" not in work.export()["sw.po"]


def test_what_needs_work_stays_for_readers_of_a_format_without_marks(store: Store) -> None:
    work = json_project(store, {"a": "Save", "b": "Open"}, sw={"a": "Hifadhi", "b": "Fungua"})
    work.push()
    work.files["i18n/en.json"] = json_bytes({"a": "Save all", "b": "Open"})
    work.push()
    assert work.export()["i18n/sw.json"] == work.files["i18n/sw.json"]


def test_what_needs_work_is_left_out_when_only_finished_texts_are_asked_for(store: Store) -> None:
    work = json_project(store, {"a": "Save", "b": "Open"}, sw={"a": "Hifadhi", "b": "Fungua"})
    work.push()
    work.decide("a", "sw", State.NEEDS_WORK)
    assert work.export(only=Only.TRANSLATED)["i18n/sw.json"] == json_bytes({"b": "Fungua"})


@pytest.mark.parametrize("name", ["json", "po"])
def test_only_reviewed_texts_when_only_they_are_asked_for(store: Store, name: str) -> None:
    if name == "json":
        work = json_project(
            store, {"Save": "Save", "Open": "Open"}, sw={"Save": "Hifadhi", "Open": "Fungua"}
        )
    else:
        work = po_project(
            store, message("Save"), message("Open"),
            sw=[message("Save", "Hifadhi"), message("Open", "Fungua")],
        )  # fmt: skip
    work.push()
    work.decide("Open", "sw", State.REVIEWED)
    (data,) = work.export(only=Only.REVIEWED).values()
    assert "Fungua" in data.decode()
    assert "Hifadhi" not in data.decode()


def test_a_new_language_starts_from_the_pattern(store: Store) -> None:
    work = json_project(store, {"a": "Save", "b": "Open"}, sw={"a": "Hifadhi"})
    work.push()
    work.decide("a", "so", text="Kaydi")
    assert work.export(languages=("so",)) == {"i18n/so.json": json_bytes({"a": "Kaydi"})}


def test_a_new_language_with_texts_is_part_of_every_export(store: Store) -> None:
    work = json_project(store, {"a": "Save", "b": "Open"}, sw={"a": "Hifadhi"})
    work.push()
    work.decide("a", "so", text="Kaydi")
    assert work.export() == {
        "i18n/sw.json": work.files["i18n/sw.json"], "i18n/so.json": json_bytes({"a": "Kaydi"}),
    }  # fmt: skip
    assert set(work.export(only=Only.REVIEWED)) == {"i18n/sw.json"}
    assert set(work.export(format="po")) == {"app/sw.po", "app/so.po"}


def test_a_new_gettext_language_has_every_message_and_its_own_plural_forms(store: Store) -> None:
    work = po_project(store, message("Save"), message("Open"), sw=[])
    work.push()
    work.decide("Save", "ar", text="حفظ")
    text = work.export(languages=("ar",))["po/ar.po"].decode()
    assert "nplurals=6" in text
    assert 'msgid "Save"\nmsgstr "حفظ"' in text


def test_a_language_without_a_file_or_pattern_is_named(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={"a": "Hifadhi"})
    work.spec = spec_of("json", "i18n/en.json", "i18n/{language}.json", "sw")
    catalogue = work.spec.catalogues[0]
    spec = type(work.spec)(
        "clinic",
        "Clinic",
        catalogues=(type(catalogue)("app", "json", "i18n/en.json", catalogue.targets),),
    )
    work.push(spec)
    with pytest.raises(NotFoundError, match="so"):
        work.export(languages=("so",))


def test_an_unknown_project_is_named(store: Store) -> None:
    with pytest.raises(NotFoundError, match="clinic"):
        export(store, "clinic", lambda _path, _data: None)


def test_keyed_texts_become_gettext_with_their_keys_as_contexts(store: Store) -> None:
    work = json_project(store, {"a": "Save", "b": "Save"}, sw={"a": "Hifadhi"})
    work.push()
    (data,) = work.export(format="po").values()
    assert b'msgctxt "a"\nmsgid "Save"\nmsgstr "Hifadhi"\n' in data
    assert b'msgctxt "b"\nmsgid "Save"\nmsgstr ""\n' in data
