from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.tbx import PAIRS

FRENCH = (Path(__file__).parents[2] / "data" / "tbx-pairs" / "fr.tbx").read_bytes()
BEGUN = b"""\
<martif type="TBX" xml:lang="en"><text><body>
<termEntry id="fever"><langSet xml:lang="en"><tig><term>fever</term></tig></langSet></termEntry>
<termEntry id="ward"><langSet xml:lang="en"><tig><term>ward</term></tig></langSet></termEntry>
</body></text></martif>
"""


def pairs(catalogue: Catalogue) -> dict[str, tuple[object, object]]:
    return {entry.key: (entry.source, entry.text) for entry in catalogue.entries}


def test_a_concept_has_its_term_in_both_languages() -> None:
    found = PAIRS.parse(FRENCH)
    assert (found.language, found.header_field("source-language")) == ("fr", "en")
    assert pairs(found) == {
        "fever": ("fever", "fièvre"), "ward": ("ward", "service"), "nurse": ("nurse", ""),
    }  # fmt: skip
    assert found.by_key()["ward"].notes == "A room with beds"


def test_a_file_just_begun_names_no_language_and_is_given_one() -> None:
    found = PAIRS.parse(BEGUN)
    assert (found.language, pairs(found)["fever"]) == (None, ("fever", ""))
    said = found.with_texts({"ward": "ክፍል"})
    with pytest.raises(FormatError) as caught:
        PAIRS.serialize(said, BEGUN)
    assert caught.value.error_code == "format.languages"
    assert PAIRS.needs_language
    section = '<langSet xml:lang="am"><tig><term>ክፍል</term></tig></langSet></termEntry>\n</body>'
    assert PAIRS.serialize(replace(said, language="am"), BEGUN) == BEGUN.replace(
        b"</termEntry>\n</body>", section.encode()
    )


def test_the_source_file_says_which_language_is_the_source() -> None:
    root = FRENCH.replace(b'type="TBX" xml:lang="en"', b'type="TBX" xml:lang="fr"')
    assert PAIRS.parse(root).language == "en"
    found = PAIRS.parse(root, source=PAIRS.parse(BEGUN))
    assert (found.language, pairs(found)["fever"]) == ("fr", ("fever", "fièvre"))


def test_a_new_concept_comes_with_its_source_and_a_changed_source_is_written() -> None:
    found = PAIRS.parse(BEGUN)
    fever, ward = found.entries
    entries = (fever._replace(source="high fever"), Entry("n", "ነርስ", "nurse"), ward)
    written = PAIRS.serialize(replace(found, entries=entries, language="am"), BEGUN).decode()
    again = PAIRS.parse(written.encode())
    assert pairs(again) == {
        "fever": ("high fever", ""), "n": ("nurse", "ነርስ"), "ward": ("ward", ""),
    }  # fmt: skip


def test_a_concept_that_is_left_out_loses_its_translation_and_stays() -> None:
    found = PAIRS.parse(FRENCH)
    left = replace(found, entries=tuple(e for e in found.entries if e.key != "fever"))
    written = PAIRS.serialize(left, FRENCH)
    line = '                <langSet xml:lang="fr"><tig><term>fièvre</term></tig></langSet>\n'
    assert written == FRENCH.replace(line.encode(), b"")


def test_a_file_made_from_that_of_another_language_has_nothing_of_it() -> None:
    assert PAIRS.begin is not None
    begun = PAIRS.begin(PAIRS.parse(FRENCH), "sw")
    written = PAIRS.serialize(begun.with_texts({"ward": "wodi"}), FRENCH)
    assert b'xml:lang="fr"' not in written
    assert pairs(PAIRS.parse(written))["ward"] == ("ward", "wodi")


def test_a_file_of_several_languages_is_refused_with_the_way_out() -> None:
    several = FRENCH.replace(
        b'<langSet xml:lang="fr"><tig><term>fi', b'<langSet xml:lang="sw"><tig><term>fi'
    )
    with pytest.raises(FormatError, match="without a “target”") as caught:
        PAIRS.parse(several)
    assert caught.value.error_code == "format.languages"


@pytest.mark.parametrize(
    ("path", "data", "name"),
    [
        ("glossary/fr.tbx", FRENCH, "tbx-pairs"),
        ("glossary/clinic.fr.tbx", FRENCH, "tbx-pairs"),
        ("glossary/am.tbx", BEGUN, "tbx-pairs"),
        ("glossary/en.tbx", BEGUN, "tbx-pairs"),
        ("glossary/clinic.tbx", FRENCH, "tbx"),
        ("glossary/clinic.tbx", BEGUN, "tbx"),
        ("glossary/en.tbx", FRENCH, "tbx"),  # the source's, with another language in it
        ("glossary/en-fr.tbx", FRENCH, "tbx"),
        ("glossary/sw.tbx", FRENCH, "tbx"),
        ("glossary/fr.xml", FRENCH, "tbx"),
    ],
)
def test_a_file_of_the_language_in_its_path_is_one_of_several(
    path: str, data: bytes, name: str
) -> None:
    assert next(form.name for form in FORMATS if form.sniff(path, data)) == name


def test_a_file_of_a_language_alone_has_its_source_in_the_source_file() -> None:
    alone = (
        BEGUN.replace(b'"en"', b'"sw"').replace(b">fever<", b">homa<").replace(b"ward<", b"wodi<")
    )
    found = PAIRS.parse(alone, source=PAIRS.parse(BEGUN))
    assert (found.language, pairs(found)) == (
        "sw", {"fever": ("fever", "homa"), "ward": ("ward", "wodi")},
    )  # fmt: skip
    edited = found.with_texts({"ward": "chumba"})
    assert PAIRS.serialize(edited, alone) == alone.replace(b"wodi", b"chumba")
    more = replace(found, entries=(found.entries[0], Entry("nurse", "muuguzi", "nurse")))
    written = PAIRS.serialize(more, alone)
    assert b'<termEntry id="nurse"><langSet xml:lang="sw"><tig><term>muuguzi</term>' in written
    assert b'id="ward"' not in written
