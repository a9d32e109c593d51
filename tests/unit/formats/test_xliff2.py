"""Reading and writing XLIFF 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from dpg_l10n.domain.catalogue import FUZZY, REVIEWED, Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.xliff2 import FORMAT

SAMPLES = Path(__file__).parents[2] / "data" / "xliff2"
EVERYTHING = (SAMPLES / "everything.xlf").read_bytes()
ANGULAR = (SAMPLES / "angular.xlf").read_bytes()
FILES = (SAMPLES / "files.xlf").read_bytes()
ONE_LINE = (SAMPLES / "one_line.xlf").read_bytes()
DRAFT = frozenset({FUZZY})


def unit(inside: str, attributes: str = 'id="a"') -> bytes:
    return (
        '<xliff version="2.1" srcLang="en" trgLang="sw"><file id="f">'
        f"<unit {attributes}>{inside}</unit></file></xliff>"
    ).encode()


def only(data: bytes) -> Entry:
    (entry,) = FORMAT.parse(data).entries
    return entry


def by_key(data: bytes) -> dict[str, Entry]:
    return FORMAT.parse(data).by_key()


def edited(data: bytes, key: str, **changes: object) -> str:
    catalogue = FORMAT.parse(data)
    entries = tuple(
        entry._replace(**changes) if entry.key == key else entry  # type: ignore[arg-type] # by name
        for entry in catalogue.entries
    )
    made = Catalogue(catalogue.format, entries, catalogue.language)
    return FORMAT.serialize(made, data).decode()


class TestReading:
    def test_notes_and_locations_are_told_apart(self) -> None:
        entry = by_key(ANGULAR)["1184215410302"]
        assert entry.locations == "src/app/register.html:4,6\nsrc/app/menu.html:17"
        assert entry.notes == "Button on the first page\nmeaning: verb"

    def test_segments_are_joined_with_what_is_between_them(self) -> None:
        entry = by_key(EVERYTHING)["sentences"]
        assert entry.source == "First one. Then another."
        assert entry.text == "La première. Puis une autre."

    def test_a_half_translated_unit_needs_work(self) -> None:
        entry = by_key(EVERYTHING)["half"]
        assert (entry.text, entry.flags) == ("Fait. ", DRAFT)

    def test_translations_stand_in_their_own_order(self) -> None:
        assert by_key(EVERYTHING)["swapped"].text == "bêta alpha"

    def test_a_size_restriction_is_a_limit(self) -> None:
        limited = unit("<segment><source>A</source></segment>", 'id="a" slr:sizeRestriction="2,9"')
        assert only(limited).max_chars == 9
        assert by_key(EVERYTHING)["empty"].max_chars == 12

    def test_what_is_not_to_be_translated_is_no_entry(self) -> None:
        keys = by_key(EVERYTHING).keys()
        assert {"brand", "version"}.isdisjoint(keys)
        assert {"name", "menu file"} <= keys

    def test_an_id_of_two_files_is_told_apart_by_the_file(self) -> None:
        assert list(by_key(FILES)) == ["app:title", "widget:title", "visits"]

    @pytest.mark.parametrize(
        ("state", "flags"),
        [
            ("", set()),
            ('state="translated"', set()),
            ('state="initial"', {FUZZY}),
            ('state="reviewed"', {REVIEWED}),
            ("state='final'", {REVIEWED}),
        ],
    )
    def test_states(self, state: str, flags: set[str]) -> None:
        inside = f"<segment {state}><source>S</source><target>T</target></segment>"
        assert only(unit(inside)).flags == flags

    def test_a_copy_of_the_source_in_its_initial_state_is_no_text(self) -> None:
        assert by_key(EVERYTHING)["begun"].text == ""

    def test_a_unit_of_an_unusual_shape_is_read_like_any_other(self) -> None:
        inside = (
            '<notes><note category="x">N</note></notes>{}'
            "<segment><source>S &amp; s</source><target>T</target></segment>"
        )
        assert only(unit(inside.format("<!-- c -->"))) == only(unit(inside.format("")))

    def test_a_unit_without_segments_is_none(self) -> None:
        assert FORMAT.parse(unit("<ignorable><source> </source></ignorable>")).entries == ()

    @pytest.mark.parametrize("version", ["2.0", "2.1", "2.2"])
    def test_versions(self, version: str) -> None:
        data = ONE_LINE.replace(b'"2.0"', f'"{version}"'.encode())
        assert FORMAT.sniff("a.xlf", data)
        assert version in edited(data, "a", text="x")

    def test_version_1_is_another_format(self) -> None:
        assert not FORMAT.sniff("a.xlf", ONE_LINE.replace(b'"2.0"', b'"1.2"'))
        with pytest.raises(FormatError, match="xliff1"):
            FORMAT.parse(ONE_LINE.replace(b'"2.0"', b'"1.2"'))


class TestWriting:
    def test_a_draft_is_marked_by_state_and_note(self) -> None:
        note = "machine draft: argos translate-en_am 1.9"
        out = edited(FILES, "widget:title", text="መግብር", flags=DRAFT, notes=note)
        assert (
            '\t\t\t<notes>\n\t\t\t  <note category="dpg-l10n">machine draft: argos translate-en_am 1.9'
            '</note>\n\t\t\t</notes>\n\t\t\t<segment id="s1" state="initial" '
            'subState="dpg-l10n:mt-suggestion">'
            "\n\t\t\t\t<source>Widget</source>\n\t\t\t\t<target>መግብር</target>\n" in out
        )
        assert by_key(out.encode())["widget:title"].flags == DRAFT

    def test_a_draft_is_a_translation_candidate_too(self) -> None:
        note = "machine draft: argos translate-en_am 1.9 (sha256:ab, confidence:0.83, source:cd)"
        out = edited(FILES, "widget:title", text="መግብር", flags=DRAFT, notes=note)
        assert (
            '<mtc:matches xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"><mtc:match id="dpg-l10n" '
            'ref="#s1" type="mt" origin="argos translate-en_am 1.9" '
            'xmlns:its="http://www.w3.org/2005/11/its" '
            'its:annotatorsRef="mt-confidence|urn:x-dpg-l10n:argos:translate-en_am:1.9" '
            'its:mtConfidence="0.83"><source>Widget</source><target>መግብር</target></mtc:match>'
            "</mtc:matches>\n\t\t\t<notes>" in out
        )
        again = edited(out.encode(), "widget:title", text="ሌላ", notes=note.replace("0.83", "0.4"))
        assert again.count("mtc:match ") == 1
        assert 'its:mtConfidence="0.4"><source>Widget</source><target>ሌላ</target>' in again
        accepted = edited(again.encode(), "widget:title", flags=frozenset(), notes="")
        assert ("mtc:" in accepted, "its:" in accepted) == (False, False)
        assert '<segment id="s1" state="translated">' in accepted
        emptied = edited(again.encode(), "widget:title", text="")
        assert "mtc:" not in emptied

    def test_a_draft_of_the_memory_says_how_near_its_source_was(self) -> None:
        note = "machine draft: memory of clinic (similarity:0.87)"
        out = edited(FILES, "widget:title", text="መግብር", flags=DRAFT, notes=note)
        assert 'type="tm" origin="memory of clinic" similarity="87.00"><source>' in out

    def test_candidates_of_others_stay_beside_a_draft(self) -> None:
        other = (
            '<mtc:matches xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"><mtc:match ref="#x">'
            "<source>S</source><target>O</target></mtc:match></mtc:matches>"
        )
        data = unit(f'{other}<segment id="x"><source>S</source></segment>')
        note = "machine draft: argos en_fr 1"
        out = edited(data, only(data).key, text="T", flags=DRAFT, notes=note)
        assert "<target>O</target></mtc:match><mtc:match id=" in out
        assert 'ref="#x" type="mt"' in out
        accepted = edited(out.encode(), only(data).key, flags=frozenset(), notes="")
        assert other in accepted
        assert "dpg-l10n" not in accepted

    def test_inline_elements_of_a_candidate_point_at_no_data_of_the_unit(self) -> None:
        inside = (
            '<originalData><data id="d1">%s</data></originalData><segment><source>Save '
            '<ph id="1" dataRef="d1"/></source></segment>'
        )
        data = unit(inside)
        text = 'Hifadhi <ph id="1" dataRef="d1"/>'
        entry = only(data)
        flags = entry.flags | DRAFT
        out = edited(data, entry.key, text=text, flags=flags, notes="machine draft: argos a 1")
        assert '<source>Save <ph id="1"/></source><target>Hifadhi <ph id="1"/></target>' in out
        assert only(out.encode()).text == text

    def test_a_draft_of_several_segments_is_no_candidate(self) -> None:
        out = edited(
            EVERYTHING, "none", text="Une. Deux.", flags=DRAFT, notes="machine draft: a b 1"
        )
        assert "mtc:" not in out

    def test_a_draft_joins_the_notes_that_are_there(self) -> None:
        note = "A menu\nmachine draft: memory of clinic"
        out = edited(EVERYTHING, "fuzzy", notes=note)
        assert '<note category="developer">A menu</note>\n        <note category="dpg-l10n">' in out
        assert 'subState="dpg-l10n:leveraged-tm"' in out

    def test_an_accepted_draft_loses_its_marks(self) -> None:
        out = edited(EVERYTHING, "machine", flags=frozenset({REVIEWED}), notes="")
        unit = out[out.index('<unit id="machine">') : out.index("<group")]
        assert "note" not in unit
        assert '<segment state="reviewed">' in unit

    def test_a_text_taken_out_takes_state_and_note_along(self) -> None:
        out = edited(EVERYTHING, "machine", text="")
        unit = out[out.index('<unit id="machine">') : out.index("<group")]
        assert ("note" in unit, "target" in unit, "subState" in unit) == (False, False, False)

    @pytest.mark.parametrize(
        ("text", "first", "second"),
        [
            ("La première. Encore une.", "La première.", "Encore une."),
            ("Une. Puis une autre.", "Une.", "Puis une autre."),
            ("Tout autre.", "Tout autre.", ""),
        ],
    )
    def test_only_the_segment_that_changed_is_written(
        self, text: str, first: str, second: str
    ) -> None:
        out = edited(EVERYTHING, "sentences", text=text)
        assert f"<target>{first}</target>" in out
        assert by_key(out.encode())["sentences"].text == text
        if second:
            assert f"<target>{second}</target>" in out

    def test_a_new_text_of_several_segments_is_whole(self) -> None:
        out = edited(EVERYTHING, "none", text="Une. Deux.")
        assert "<target>Une. Deux.</target>" in out
        assert by_key(out.encode())["none"][:2] == ("none", "Une. Deux.")
        assert FUZZY not in by_key(out.encode())["none"].flags

    def test_a_half_translated_unit_that_is_finished_is_no_longer_fuzzy(self) -> None:
        out = edited(EVERYTHING, "half", text="Fait. Pas fait.", flags=frozenset())
        again = by_key(out.encode())["half"]
        assert (again.text, again.flags) == ("Fait. Pas fait.", frozenset())

    def test_a_half_translated_unit_stays_fuzzy_when_it_still_is(self) -> None:
        out = edited(EVERYTHING, "half", text="Fait. Quoi?")
        assert by_key(out.encode())["half"].flags == DRAFT

    def test_a_changed_source_stands_beside_its_text(self) -> None:
        out = edited(EVERYTHING, "inline", source='Go <ph id="2"/>', text='Va <ph id="2"/>')
        assert '<source>Go <ph id="2"/></source>' in out

    def test_a_new_language_is_the_source_without_texts(self) -> None:
        assert FORMAT.begin is not None
        begun = FORMAT.begin(FORMAT.parse(ANGULAR), "fr")
        out = FORMAT.serialize(begun, ANGULAR).decode()
        assert out == ANGULAR.decode().replace('srcLang="en">', 'srcLang="en" trgLang="fr">')

    def test_a_missing_unit_follows_its_predecessor_in_the_style_of_the_file(self) -> None:
        catalogue = FORMAT.parse(FILES)
        new = Entry("visit one", "አንድ", "One", notes="Title", locations="a.c:1")
        entries = (*catalogue.entries[:2], new, *catalogue.entries[2:])
        out = FORMAT.serialize(Catalogue("xliff2", entries, "am"), FILES).decode()
        assert '\t\t</unit>\n\t\t<unit id="k-' in out
        assert '" name="visit one">\n\t\t\t<notes>\n' in out
        assert (
            "\t\t\t<segment>\n\t\t\t\t<source>One</source>\n\t\t\t\t<target>አንድ</target>\n" in out
        )
        again = FORMAT.parse(out.encode()).entries[2]
        assert again[:7] == new[:7]

    def test_a_new_document_is_2_1(self) -> None:
        made = Catalogue("xliff2", (Entry("a", "Moja", "One"),), "sw", (("source-language", "en"),))
        out = FORMAT.serialize(made).decode()
        assert 'version="2.1" srcLang="en" trgLang="sw">' in out
        assert '<segment state="translated">' in out

    def test_broken_markup_is_refused(self) -> None:
        with pytest.raises(FormatError, match="broken"):
            edited(EVERYTHING, "inline", text='Lisez <pc id="1">ici')

    def test_a_change_before_the_first_segment_goes_into_it(self) -> None:
        pieces = (
            "<ignorable><source> </source><target> </target></ignorable>"
            "<segment><source>A</source><target>B</target></segment>"
        )
        out = edited(unit(pieces), "a", text="– B")
        assert "<target></target></ignorable>" in out
        assert "<target>– B</target></segment>" in out

    def test_white_space_between_segments_is_not_written_when_nothing_changes_it(self) -> None:
        out = edited(EVERYTHING, "sentences", flags=DRAFT)
        assert out.count("<target>") == EVERYTHING.count(b"<target>")

    @pytest.mark.parametrize("notes", ["<notes/>", "<notes></notes>"])
    def test_the_note_of_a_draft_fills_an_empty_element(self, notes: str) -> None:
        data = unit(f"{notes}<segment><source>A</source></segment>")
        out = edited(data, "a", text="B", flags=DRAFT, notes="machine draft: x 1")
        assert '<notes><note category="dpg-l10n">machine draft: x 1</note></notes><segment' in out

    def test_a_new_unit_has_the_name_of_its_source_where_units_have_names(self) -> None:
        text = "<segment><source>A</source></segment>"
        new = FORMAT.parse(unit(text, 'id="xY" name="login.title"')).entries
        data = unit(text, 'id="aB" name="menu.a"')
        made = Catalogue("xliff2", (*FORMAT.parse(data).entries, *new), "sw")
        assert '<unit id="xY" name="login.title">' in FORMAT.serialize(made, data).decode()

    def test_where_ids_only_count_a_new_unit_has_a_name(self) -> None:
        data = unit("<segment><source>A</source></segment>", 'id="u1" name="a"')
        made = Catalogue("xliff2", (*FORMAT.parse(data).entries, Entry("b", "B", "B")), "sw")
        assert '<unit id="b" name="b">' in FORMAT.serialize(made, data).decode()
