"""Reading and writing XLIFF 1.2."""

from __future__ import annotations

from pathlib import Path

import pytest

from dpg_l10n.domain.catalogue import FUZZY, REVIEWED, Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.xliff1 import FORMAT

SAMPLES = Path(__file__).parents[2] / "data" / "xliff1"
EVERYTHING = (SAMPLES / "everything.xlf").read_bytes()
ANGULAR = (SAMPLES / "angular.xlf").read_bytes()
SWAHILI = (SAMPLES / "angular.sw.xlf").read_bytes()
FILES = (SAMPLES / "files.xliff").read_bytes()
ONE_LINE = (SAMPLES / "one_line.xlf").read_bytes()
DRAFT = frozenset({FUZZY})


def document(*units: str, body: str = "") -> bytes:
    inside = "".join(f"      {unit}\n" for unit in units)
    return (
        '<xliff version="1.2">\n  <file original="a" source-language="en" datatype="plaintext">\n'
        f"    <body{body}>\n{inside}    </body>\n  </file>\n</xliff>\n"
    ).encode()


def unit(inside: str, attributes: str = 'id="a"') -> bytes:
    return document(f"<trans-unit {attributes}>{inside}</trans-unit>")


def only(data: bytes) -> Entry:
    (entry,) = FORMAT.parse(data).entries
    return entry


def by_key(data: bytes) -> dict[str, Entry]:
    return FORMAT.parse(data).by_key()


def refused(data: bytes) -> FormatError:
    with pytest.raises(FormatError) as caught:
        FORMAT.parse(data)
    return caught.value


def edited(data: bytes, key: str, **changes: object) -> str:
    catalogue = FORMAT.parse(data)
    entries = tuple(
        entry._replace(**changes) if entry.key == key else entry  # type: ignore[arg-type] # by name
        for entry in catalogue.entries
    )
    made = Catalogue(catalogue.format, entries, catalogue.language)
    return FORMAT.serialize(made, data).decode()


class TestReading:
    def test_locations_notes_and_meaning_are_those_that_angular_writes(self) -> None:
        entry = by_key(ANGULAR)["1184215410302"]
        assert entry.locations == "src/app/register.html:4,6\nsrc/app/menu.html:17"
        assert entry.notes == "Button on the first page\nmeaning: verb"
        assert (entry.source, entry.text) == ("Register patient", "")

    def test_a_plural_of_icu_is_text(self) -> None:
        source = by_key(ANGULAR)["3310500210078"].source
        assert isinstance(source, str)
        assert source.startswith("{VAR_PLURAL, plural, =0 {no visits} one {one visit}")

    def test_inline_elements_show_the_text_as_xml(self) -> None:
        entry = by_key(EVERYTHING)["inline"]
        assert entry.flags == {"markup"}
        assert str(entry.text).endswith("conditions</g> &amp; allez")

    def test_a_cdata_section_is_text(self) -> None:
        entry = by_key(EVERYTHING)["section"]
        assert (entry.source, entry.text) == ("<b>Bold</b> & more", "<b>Gras</b> & plus")
        assert entry.flags == frozenset()

    def test_what_is_not_to_be_translated_is_no_entry(self) -> None:
        keys = by_key(EVERYTHING).keys()
        assert {"brand", "version", "icon", "foreign"}.isdisjoint(keys)
        assert "name" in keys  # translate="yes" inside a group that says no

    def test_a_name_is_the_key_where_the_id_only_counts(self) -> None:
        assert "menu.file" in by_key(EVERYTHING)
        both = only(unit("<source>A</source>", 'id="menu.save" resname="save"'))
        assert (both.key, both.context) == ("menu.save", "save")

    def test_names_that_repeat_are_no_keys(self) -> None:
        row = '<trans-unit id="{}" resname="x"><source>A</source></trans-unit>'
        assert list(by_key(document(row.format(1), row.format(2)))) == ["1", "2"]

    def test_an_id_of_two_files_is_told_apart_by_the_file(self) -> None:
        assert list(by_key(FILES)) == [
            "App/en.lproj/InfoPlist.strings:CFBundleName",
            "Widget/en.lproj/InfoPlist.strings:CFBundleName",
            "%lld visits",
        ]

    def test_a_key_with_its_file_in_the_source_has_it_in_a_translation_without_the_other(
        self,
    ) -> None:
        source = FORMAT.parse(FILES)
        start, end = FILES.index(b"  <file"), FILES.index(b"</file>") + len(b"</file>\n")
        shorter = FILES[:start] + FILES[end:]
        again = FORMAT.parse(shorter.replace(b"</file>\n</xliff>", b"</file><file original='x'/></xliff>"), source=source)  # fmt: skip
        assert again.entries[0].key == "Widget/en.lproj/InfoPlist.strings:CFBundleName"

    def test_only_a_width_in_characters_is_a_limit(self) -> None:
        found = by_key(EVERYTHING)
        assert (found["empty"].max_chars, found["untranslated"].max_chars) == (12, None)

    @pytest.mark.parametrize(
        ("attributes", "target", "flags"),
        [
            ("", "<target>T</target>", set()),
            ("", '<target state="translated">T</target>', set()),
            (' approved="no"', "<target>T</target>", set()),
            (' approved="yes"', "<target>T</target>", {REVIEWED}),
            ("", '<target state="final">T</target>', {REVIEWED}),
            ("", '<target state="signed-off">T</target>', {REVIEWED}),
            ("", '<target state="new">T</target>', {FUZZY}),
            ("", '<target state="needs-l10n">T</target>', {FUZZY}),
            ("", '<target state="translated" state-qualifier="leveraged-mt">T</target>', {FUZZY}),
            ("", '<target state="needs-translation"></target>', set()),
        ],
    )
    def test_states(self, attributes: str, target: str, flags: set[str]) -> None:
        assert only(unit(f"<source>S</source>{target}", f'id="a"{attributes}')).flags == flags

    def test_a_copy_of_the_source_that_nobody_translated_is_no_text(self) -> None:
        copied = '<source>S</source><target state="{}">S</target>'
        assert only(unit(copied.format("new"))).text == ""
        assert only(unit(copied.format("translated"))).text == "S"

    def test_line_ends_of_the_file_are_no_part_of_texts(self) -> None:
        windows = EVERYTHING.replace(b"\n", b"\r\n")
        assert by_key(windows)["lines"].text == "Un\ndeux"
        assert b"Un\r\ntrois</target>" in edited(windows, "lines", text="Un\ntrois").encode()

    def test_a_unit_of_an_unusual_shape_is_read_like_any_other(self) -> None:
        usual = only(unit("<source>S</source><target>T</target><note>N</note>"))
        other = only(unit("<!-- c --><source>S</source><target>T</target><note>N</note>"))
        assert other == usual


class TestWriting:
    def test_a_draft_is_marked_by_state_and_note(self) -> None:
        note = "machine draft: argos translate-en_sw 1.9"
        out = edited(SWAHILI, "1184215410302", text="Andikisha", flags=DRAFT, notes=note)
        assert (
            '<target state="needs-review-translation" state-qualifier="mt-suggestion" '
            'xmlns:its="http://www.w3.org/2005/11/its" '
            'its:annotatorsRef="mt-confidence|urn:x-dpg-l10n:argos:translate-en_sw:1.9">'
            'Andikisha</target>\n        <note from="dpg-l10n">machine draft: argos' in out
        )
        again = by_key(out.encode())["1184215410302"]
        assert again.flags == {FUZZY}
        assert note in again.notes

    def test_a_draft_says_how_sure_its_model_is_until_a_person_accepts_it(self) -> None:
        note = "machine draft: argos translate-en_sw 1.9 (sha256:ab, confidence:0.83, source:cd)"
        out = edited(SWAHILI, "1184215410302", text="Andikisha", flags=DRAFT, notes=note)
        assert ' its:mtConfidence="0.83">Andikisha</target>' in out
        accepted = edited(out.encode(), "1184215410302", flags=frozenset(), notes="")
        assert "its:" not in accepted
        remembered = edited(
            out.encode(), "1184215410302", text="Sajili", notes="machine draft: memory of clinic"
        )
        assert "its:" not in remembered

    def test_what_others_say_of_a_target_stays(self) -> None:
        told = (
            '<source>S</source><target state="needs-review-translation" '
            'its:annotatorsRef="mt-confidence|X" its:mtConfidence="0.5">T</target>'
        )
        data = unit(told).replace(b"<xliff ", b'<xliff xmlns:its="http://www.w3.org/2005/11/its" ')
        out = edited(data, only(data).key, flags=frozenset())
        assert 'its:annotatorsRef="mt-confidence|X" its:mtConfidence="0.5"' in out

    @pytest.mark.parametrize(
        "wild",
        [
            "machine draft:",
            'machine draft: "<&> (confidence:x',
            "machine draft: a (b) (confidence:7, confidence:0.5)",
        ],
    )
    def test_any_note_of_a_draft_makes_a_sound_file(self, wild: str) -> None:
        out = edited(SWAHILI, "1184215410302", text="Andikisha", flags=DRAFT, notes=wild)
        assert by_key(out.encode())["1184215410302"].flags == {FUZZY}
        assert ("mtConfidence" in out) is wild.endswith("0.5)")

    def test_a_draft_from_the_memory_says_so(self) -> None:
        note = "machine draft: memory of clinic"
        out = edited(ONE_LINE, "b", text="اثنان", flags=DRAFT, notes=note)
        assert 'state-qualifier="leveraged-tm">اثنان</target><note from="dpg-l10n">' in out

    def test_an_accepted_draft_loses_its_marks(self) -> None:
        out = edited(EVERYTHING, "machine", flags=frozenset(), notes="")
        assert '<target state="translated">Fermer</target>' in out
        assert "machine draft" not in out

    def test_a_draft_that_is_taken_out_takes_its_note_along(self) -> None:
        out = edited(EVERYTHING, "machine", text="", flags=frozenset())
        assert "Fermer" not in out
        assert "machine draft" not in out

    def test_a_text_that_needs_work_is_no_longer_approved(self) -> None:
        out = edited(EVERYTHING, "plain", flags=DRAFT)
        assert '<trans-unit id="plain" approved="no">' in out
        assert '<target state="needs-review-translation">Enregistrer</target>' in out

    def test_a_reviewed_text_is_signed_off(self) -> None:
        out = edited(EVERYTHING, "fuzzy", text="Ouvrir le fichier", flags=frozenset({REVIEWED}))
        assert '<target state="signed-off">Ouvrir le fichier</target>' in out
        assert '<trans-unit id="fuzzy" approved="yes">' in out

    def test_a_file_without_states_gets_none(self) -> None:
        assert "<target>اثنان</target>" in edited(ONE_LINE, "b", text="اثنان")

    def test_apostrophes_are_written_as_the_file_writes_them(self) -> None:
        assert "<target>S&apos;sawa</target>" in edited(SWAHILI, "1184215410302", text="S'sawa")
        assert "<target>L'un</target>" in edited(ONE_LINE, "a", text="L'un")

    def test_a_section_stays_one(self) -> None:
        out = edited(EVERYTHING, "section", text="a ]]> b & c")
        assert "<target><![CDATA[a ]]]]><![CDATA[> b & c]]></target>" in out

    def test_a_changed_source_stands_beside_its_text(self) -> None:
        out = edited(EVERYTHING, "plain", source="Save all", text="Tout enregistrer")
        assert "<source>Save all</source>" in out

    def test_a_new_target_follows_the_segmented_source(self) -> None:
        data = unit("<source>A</source><seg-source>A</seg-source>")
        assert "</seg-source><target>B</target>" in edited(data, "a", text="B")

    def test_broken_markup_is_refused(self) -> None:
        with pytest.raises(FormatError, match="broken"):
            edited(EVERYTHING, "inline", text='Lisez <g id="1">ici')

    @pytest.mark.parametrize("text", ["a\x00b", "a\ufffe", "a\ud800"])
    def test_what_xml_cannot_hold_is_refused(self, text: str) -> None:
        with pytest.raises(FormatError):
            edited(ONE_LINE, "a", text=text)

    def test_a_carriage_return_is_kept(self) -> None:
        assert by_key(edited(ONE_LINE, "a", text="a\r\nb").encode())["a"].text == "a\r\nb"

    def test_a_letter_that_the_encoding_lacks_is_a_reference(self) -> None:
        data = b"<?xml version='1.0' encoding='iso-8859-1'?>" + ONE_LINE.replace(
            "واحد".encode(), b"x"
        )
        written = FORMAT.serialize(FORMAT.parse(data).with_texts({"a": "ل"}), data)
        assert b"<target>&#1604;</target>" in written

    def test_a_new_language_is_the_source_without_texts(self) -> None:
        assert FORMAT.begin is not None
        begun = FORMAT.begin(FORMAT.parse(ANGULAR), "fr")
        out = FORMAT.serialize(begun, ANGULAR).decode()
        assert out == ANGULAR.decode().replace(
            'original="ng2.template">', 'original="ng2.template" target-language="fr">'
        )

    def test_a_new_language_does_not_take_the_texts_of_the_one_it_is_made_from(self) -> None:
        assert FORMAT.begin is not None
        begun = FORMAT.begin(FORMAT.parse(FILES), "sw")
        again = FORMAT.parse(FORMAT.serialize(begun, FILES))
        assert again.language == "sw"
        assert {entry.text for entry in again.entries} == {""}

    def test_a_missing_unit_follows_its_predecessor_in_the_style_of_the_file(self) -> None:
        source, target = FORMAT.parse(ANGULAR), FORMAT.parse(SWAHILI)
        new = source.by_key()["3310500210078"]._replace(
            text='{VAR_PLURAL, plural, other {<x id="INTERPOLATION"/>}}',
            notes="Count",
            locations="",
        )
        entries = (*target.entries[:2], new, target.entries[2])
        out = FORMAT.serialize(Catalogue("xliff1", entries, "sw"), SWAHILI).decode()
        assert (
            '      </trans-unit>\n      <trans-unit id="3310500210078" datatype="html">\n'
            "        <source>{VAR_PLURAL, plural, =0" in out
        )
        assert (
            '        <target state="translated">{VAR_PLURAL, plural, other {<x id="INTERPOLATION"/>}}'
            '</target>\n        <note from="developer">Count</note>\n      </trans-unit>\n' in out
        )

    def test_a_file_without_units_is_filled(self) -> None:
        for empty in (document(), document().replace(b"<body>\n    </body>", b"<body/>")):
            out = FORMAT.serialize(Catalogue("xliff1", (Entry("a", "Moja", "One"),), "sw"), empty)
            assert only(out)[:3] == ("a", "Moja", "One")
            assert b' target-language="sw">' in out

    def test_a_unit_whose_id_another_file_has_stays_without_its_text(self) -> None:
        catalogue = FORMAT.parse(FILES)
        made = Catalogue("xliff1", catalogue.entries[1:], "am")
        again = FORMAT.parse(FORMAT.serialize(made, FILES))
        assert [entry.key for entry in again.entries] == [e.key for e in catalogue.entries]
        assert again.entries[0].text == ""

    def test_a_unit_put_first_does_not_go_into_a_file_that_is_not_translated(self) -> None:
        data = FILES.replace(b"<file original=", b'<file translate="no" original=', 1)
        catalogue = FORMAT.parse(data)
        without = FORMAT.serialize(Catalogue("xliff1", catalogue.entries[1:], "am"), data)
        again = FORMAT.parse(
            FORMAT.serialize(Catalogue("xliff1", catalogue.entries, "am"), without)
        )
        assert [entry.key for entry in again.entries] == ["CFBundleName", "%lld visits"]

    def test_a_key_that_names_its_file_is_put_there(self) -> None:
        catalogue = FORMAT.parse(FILES)
        new = Entry("Widget/en.lproj/InfoPlist.strings:Title", "ርዕስ", "Title")
        entries = (catalogue.entries[0], new, *catalogue.entries[1:])
        out = FORMAT.serialize(Catalogue("xliff1", entries, "am"), FILES).decode()
        assert out.index("Widget/") < out.index('<trans-unit id="Title"') < out.index("%lld")

    def test_where_ids_only_count_a_new_unit_has_a_name(self) -> None:
        data = unit("<source>A</source>", 'id="1" resname="a"')
        made = Catalogue("xliff1", (*FORMAT.parse(data).entries, Entry("b", "B", "B")), "sw")
        assert '<trans-unit id="b" resname="b">' in FORMAT.serialize(made, data).decode()

    def test_a_new_unit_has_the_name_of_its_source_where_units_have_names(self) -> None:
        source = FORMAT.parse(
            unit("<source>Log in</source>", 'id="xY" resname="login.title"')
        ).entries  # as Symfony writes it: programs look for the name
        data = unit("<source>A</source>", 'id="aB" resname="menu.a"')
        made = Catalogue("xliff1", (*FORMAT.parse(data).entries, *source), "sw")
        assert '<trans-unit id="xY" resname="login.title">' in FORMAT.serialize(made, data).decode()
        made = Catalogue(
            "xliff1", (*FORMAT.parse(unit("<source>A</source>", 'id="aB"')).entries, *source), "sw"
        )
        assert (
            '<trans-unit id="xY">'
            in FORMAT.serialize(made, unit("<source>A</source>", 'id="aB"')).decode()
        )

    def test_a_document_without_a_file_cannot_be_filled(self) -> None:
        made = Catalogue("xliff1", (Entry("a", "A", "A"),))
        with pytest.raises(FormatError, match="no <file>"):
            FORMAT.serialize(made, b'<xliff version="1.2"/>')

    def test_a_source_that_only_looks_like_markup_is_written_as_text(self) -> None:
        entry = Entry("a", "<g id='1'>b</g>", "a < b", flags=frozenset({"markup"}))
        again = only(FORMAT.serialize(Catalogue("xliff1", (entry,), "sw")))
        assert (again.source, again.text) == ("a < b", "<g id='1'>b</g>")

    def test_a_newer_draft_has_a_newer_note(self) -> None:
        out = edited(EVERYTHING, "machine", text="Clore", notes="machine draft: other 2")
        assert '<note from="dpg-l10n">machine draft: other 2</note>' in out
        assert "argos" not in out

    def test_a_unit_without_a_source_is_kept(self) -> None:
        data = document('<trans-unit id="x"><note>N</note></trans-unit>')
        assert FORMAT.parse(data).entries == ()
        made = Catalogue("xliff1", (Entry("a", "Moja", "One"),))
        assert '<trans-unit id="x"><note>N</note>' in FORMAT.serialize(made, data).decode()

    def test_without_a_template_the_languages_are_named(self) -> None:
        made = Catalogue("xliff1", (Entry("a", "Moja", "One"),), "sw", (("source-language", "en"),))
        out = FORMAT.serialize(made).decode()
        assert 'source-language="en" target-language="sw"' in out
        assert '<target state="translated">Moja</target>' in out


class TestRefusing:
    def test_entities_of_its_own(self) -> None:
        bomb = b'<!DOCTYPE xliff [<!ENTITY a "b">]>' + document()
        assert refused(bomb).error_code == "format.entity"

    def test_an_external_document_type_is_never_read(self) -> None:
        outside = b'<!DOCTYPE xliff SYSTEM "file:///etc/passwd">'
        assert only(outside + unit("<source>A</source>")).source == "A"
        assert refused(outside + unit("<source>&x;</source>")).error_code == "format.entity"

    def test_another_version_names_the_format_that_reads_it(self) -> None:
        error = refused(document().replace(b'"1.2"', b'"2.0"'))
        assert error.error_code == "format.structure"
        assert "xliff2" in str(error)

    def test_another_document(self) -> None:
        assert refused(b"<resources/>").error_code == "format.structure"

    def test_two_units_of_one_id(self) -> None:
        row = '<trans-unit id="a"><source>A</source></trans-unit>'
        error = refused(document(row, row))
        assert (error.error_code, error.line, error.params["first"]) == ("format.duplicate", 5, 4)

    @pytest.mark.parametrize(
        "inside",
        [
            "<source>A</source><target>B</target><target>C</target>",
            "<source>A</source><source>B</source>",
            "<source>A</source><target>B<target>C</target></target><target/>",
        ],
    )
    def test_two_texts_for_one_source(self, inside: str) -> None:
        error = refused(unit(inside))
        assert (error.error_code, error.line) == ("format.duplicate", 4)

    def test_an_element_inside_itself_is_text_with_markup(self) -> None:
        found = only(unit("<source>A</source><target>B<target>C</target></target>"))
        assert found.text == "B<target>C</target>"

    def test_a_unit_without_an_id(self) -> None:
        assert refused(unit("<source>A</source>", 'x="1"')).error_code == "format.name"

    def test_groups_without_end(self) -> None:
        deep = document("<group>" * 120 + "</group>" * 120)
        assert refused(deep).error_code == "format.depth"


@pytest.mark.parametrize(
    ("path", "head", "found"),
    [
        ("a/messages.fr.xlf", EVERYTHING, True),
        ("App/fr.xliff", FILES, True),
        ("a.xlf", ONE_LINE.replace(b'"1.2"', b'"2.0"'), False),
        ("a.xlf", "\ufeff<xliff version='1.2'>".encode("utf-16-le"), True),
        ("a.xml", EVERYTHING, False),
        ("a.xlf", b"<other/>", False),
    ],
)
def test_sniffing(path: str, head: bytes, found: bool) -> None:
    assert FORMAT.sniff(path, head) is found
