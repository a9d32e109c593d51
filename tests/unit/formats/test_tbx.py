from __future__ import annotations

from pathlib import Path

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.tbx import FORMAT

SAMPLES = Path(__file__).parents[2] / "data" / "tbx"
CLINIC = (SAMPLES / "clinic-2008.tbx").read_bytes()
SCHOOL = (SAMPLES / "school-2019-dct.tbx").read_bytes()
WATER = (SAMPLES / "water-2019-dca.tbx").read_bytes()
NO_IDS = b"""\
<martif type="TBX" xml:lang="cs"><text><body>
<termEntry><langSet xml:lang="en-GB"><tig><term>Save</term></tig></langSet></termEntry>
<termEntry><langSet xml:lang="en-GB"><tig><term>Post</term></tig></langSet><langSet xml:lang="fr"><tig><term>Envoyer</term></tig></langSet></termEntry>
<termEntry><langSet xml:lang="fr"><tig><term>Poste</term></tig></langSet><langSet xml:lang="en-GB"><tig><term>Post</term></tig></langSet></termEntry>
</body></text></martif>
"""


def read(data: bytes, language: str | None = None) -> Catalogue:
    if language is None:
        return FORMAT.parse(data)
    assert FORMAT.multilingual
    return FORMAT.multilingual.parse(data, language)


def said(data: bytes, language: str | None = None) -> dict[str, object]:
    return {entry.key: entry.text for entry in read(data, language).entries}


def changed(data: bytes, language: str | None, **texts: str) -> bytes:
    return FORMAT.serialize(read(data, language).with_texts(texts), data)


def refused(data: bytes) -> tuple[str, int | None]:
    with pytest.raises(FormatError) as caught:
        FORMAT.parse(data)
    return caught.value.error_code, caught.value.line


def test_a_concept_is_a_unit_with_what_is_said_of_it() -> None:
    fever, kin, ward = read(CLINIC).entries
    assert (fever.key, fever.text, fever.line) == ("fever", "fever", 9)
    assert fever.notes.splitlines() == [
        "subjectField: health",
        "A body temperature above 37.5 °C",
        "partOfSpeech: noun",
        "admittedTerm: pyrexia",
    ]
    assert kin.text == "mother & child"
    assert ward.text == "maternity ward"


def test_languages_are_named_as_the_file_names_them_in_its_order() -> None:
    assert FORMAT.multilingual
    assert read(CLINIC).language == "en"
    assert FORMAT.multilingual.languages(CLINIC) == ("fr", "sw")
    assert read(NO_IDS).language == "en-GB"  # no concept has the root's
    assert read(NO_IDS.replace(b'"cs"', b'"EN"')).language == "en-GB"
    assert FORMAT.multilingual.languages(NO_IDS) == ("fr",)


def test_the_preferred_term_is_the_text_and_a_forbidden_one_never() -> None:
    assert said(SCHOOL) == {"s1": "teacher", "s2": "class"}
    assert said(CLINIC, "sw") == {"fever": "homa", "kin": "mama na mtoto", "ward": ""}


def test_names_that_are_not_translated_are_no_units() -> None:
    assert list(said(WATER)) == ["c1", "c2"]


def test_concepts_without_identifier_go_by_their_term() -> None:
    assert said(NO_IDS) == {"Save": "Save", "Post": "Post", "Post (2)": "Post"}
    assert said(NO_IDS, "fr") == {"Save": "", "Post": "Envoyer", "Post (2)": "Poste"}


def test_a_changed_term_changes_nothing_but_itself() -> None:
    assert changed(CLINIC, "sw", fever="homa kali") == CLINIC.replace(b"homa<", b"homa kali<")
    assert changed(SCHOOL, None, s1="educator & co") == SCHOOL.replace(
        b">teacher<", b">educator &amp; co<"
    )
    empty = CLINIC.replace(b"<term>homa</term>", b"<term />")
    assert changed(empty, "sw", fever="homa") == CLINIC


def test_a_term_with_elements_inside_is_plain_once_it_is_changed() -> None:
    assert said(WATER)["c2"] == "H2O level"
    assert b"<term>level of H2O</term>" in changed(WATER, None, c2="level of H2O")


def test_a_new_translation_looks_like_its_neighbours() -> None:
    written = changed(CLINIC, "fr", kin="mère & enfant")
    new = """\
        <langSet xml:lang="fr">
          <tig>
            <term>mère &amp; enfant</term>
          </tig>
        </langSet>
        <langSet xml:lang="sw">
          <tig>
            <term>mama na mtoto</term>
"""
    assert new.encode() in written
    assert len(written.splitlines()) == len(CLINIC.splitlines()) + 5
    written = changed(CLINIC, "am", ward="ክፍል")
    assert (
        '</langSet>\n        <langSet xml:lang="am"><ntig><termGrp><term>ክፍል</term></termGrp></ntig>'
        "</langSet>\n      </termEntry>"
    ).encode() in written
    assert changed(SCHOOL, "tet", s2="klase") == SCHOOL.replace(
        b"class</term></termSec></langSec>",
        b"class</term></termSec></langSec>"
        b'<langSec xml:lang="tet"><termSec><term>klase</term></termSec></langSec>',
    )


def test_a_language_that_only_forbids_a_term_gets_one_beside_it() -> None:
    only = CLINIC.replace(
        b"          <tig>\n            <term>homa</term>\n          </tig>\n", b""
    )
    assert said(only, "sw")["fever"] == ""
    assert changed(only, "sw", fever="homa") == CLINIC


def test_a_removed_translation_takes_its_section_along_but_no_forbidden_term() -> None:
    written = changed(CLINIC, "sw", fever="", kin="")
    assert said(written, "sw") == {"fever": "", "kin": "", "ward": ""}
    assert b"joto" in written
    assert written.count(b'xml:lang="sw"') == 1
    assert said(written, "fr") == said(CLINIC, "fr")


def test_a_concept_that_leaves_the_source_goes_with_all_its_languages() -> None:
    catalogue = read(CLINIC)
    entries = (catalogue.entries[0], catalogue.entries[2])
    written = FORMAT.serialize(Catalogue("tbx", entries, "en"), CLINIC)
    assert b"mama na mtoto" not in written
    assert len(written.splitlines()) == len(CLINIC.splitlines()) - 12


def test_a_new_concept_goes_after_its_predecessor() -> None:
    entries = (*read(WATER).entries[:1], Entry("c1b", "tap"), *read(WATER).entries[1:])
    written = FORMAT.serialize(Catalogue("tbx", entries, "en"), WATER)
    new = (
        '\n\t\t\t<conceptEntry id="c1b">\n\t\t\t\t<langSec xml:lang="en">\n\t\t\t\t\t<termSec>\n'
        "\t\t\t\t\t\t<term>tap</term>\n\t\t\t\t\t</termSec>\n\t\t\t\t</langSec>\n\t\t\t</conceptEntry>"
    )
    assert written == WATER.replace(
        b'</conceptEntry>\n\t\t\t<conceptEntry id="c2">',
        f'</conceptEntry>{new}\n\t\t\t<conceptEntry id="c2">'.encode(),
    )
    with pytest.raises(FormatError) as caught:
        FORMAT.serialize(Catalogue("tbx", entries, "ar"), WATER)
    assert caught.value.error_code == "format.unknown"


@pytest.mark.parametrize(
    "text", [" a", "a ", "\n", "a\nb", "a \n b", "\ta\t", "a\rb", "]]>", "<b/>"]
)
def test_white_space_and_signs_of_a_text_are_read_back(text: str) -> None:
    assert said(changed(CLINIC, "fr", fever=text), "fr")["fever"] == text


def test_a_new_file_holds_concepts_and_takes_languages() -> None:
    entries = (Entry("a", "one"), Entry("Two", "Two"), Entry("x y", "z"))
    made = FORMAT.serialize(Catalogue("tbx", entries, "en"))
    assert said(made) == {"a": "one", "Two": "Two", "x y": "z"}
    assert b"<conceptEntry>" in made  # the term is its name
    assert said(changed(made, "sw", a="moja"), "sw") == {"a": "moja", "Two": "", "x y": ""}
    emptied = FORMAT.serialize(Catalogue("tbx", (), "en"), CLINIC)
    again = FORMAT.serialize(Catalogue("tbx", entries, "en"), emptied)
    assert said(again)["a"] == "one"
    assert b"<termEntry" in again


def test_what_is_refused_says_where() -> None:
    twice = CLINIC.replace(b'id="kin"', b'id="fever"')
    assert refused(twice) == ("format.duplicate", 42)
    assert refused(b"<html/>") == ("format.tbx", 1)
    assert refused(CLINIC[:-5])[0] == "format.xml"
    bomb = b'<!DOCTYPE martif [<!ENTITY a "b">]><martif>&a;</martif>'
    assert refused(bomb)[0] == "format.entity"
    assert refused(b"<tbx>" * 101 + b"</tbx>" * 101)[0] == "format.depth"


def test_plurals_are_refused() -> None:
    entry = Entry("fever", Plural.of(one="a", other="b"))
    with pytest.raises(FormatError) as caught:
        FORMAT.serialize(Catalogue("tbx", (entry,), "fr"), CLINIC)
    assert caught.value.error_code == "format.plural"


def test_the_root_tells_the_format() -> None:
    assert FORMAT.sniff("terms.xml", CLINIC)
    assert FORMAT.sniff("a.tbx", b"<broken")
    assert not FORMAT.sniff("strings.xml", b"<resources><string name='tbx'>x</string></resources>")
