from __future__ import annotations

import io
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.memory import ForeignEntry
from dpg_l10n.domain.states import State
from dpg_l10n.errors import FormatError
from dpg_l10n.interchange.tmx import TmxReader, write

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
    '<header srclang="en" segtype="sentence"/><body>\n'
)
_TAIL = "</body></tmx>"


def unit(source: str, text: str, *, language: str = "sw", before: str = "", more: str = "") -> str:
    return (
        f'<tu{more}>{before}<tuv xml:lang="en"><seg>{source}</seg></tuv>'
        f'<tuv xml:lang="{language}"><seg>{text}</seg></tuv></tu>\n'
    )


def read(
    *units: str, head: str = _HEAD, encoding: str = "utf-8"
) -> tuple[list[ForeignEntry], list[int], list[str]]:
    reader = TmxReader(io.BytesIO((head + "".join(units) + _TAIL).encode(encoding)))
    entries = list(reader)
    return entries, [each.line for each in reader.problems], [str(p) for p in reader.problems]


def written(entries: Iterable[ForeignEntry]) -> bytes:
    out = io.BytesIO()
    write(out.write, "en", entries)
    return out.getvalue()


def test_a_unit_is_a_source_and_its_translations() -> None:
    three = (
        '<tu><tuv xml:lang="fr-CA"><seg>Oui</seg></tuv><tuv xml:lang="EN-us"><seg>Yes</seg></tuv>'
        '<tuv lang="sw_KE"><seg>Ndiyo</seg></tuv></tu>'
    )
    entries, *_ = read(three)
    assert entries == [
        ForeignEntry("Yes", "Oui", "en-US", "fr-CA"),
        ForeignEntry("Yes", "Ndiyo", "en-US", "sw-KE"),
    ]


def test_properties_say_licence_state_and_project() -> None:
    props = (
        '<prop type="x-licence">CC0-1.0</prop><prop type="x-state">reviewed</prop>'
        '<prop type="x-project">clinic</prop><prop type="x-other">no</prop>'
    )
    assert read(unit("Save", "Hifadhi", before=props))[0] == [
        ForeignEntry("Save", "Hifadhi", "en", "sw", State.REVIEWED, "CC0-1.0", "clinic")
    ]


def test_a_property_of_the_header_holds_for_all_units_that_say_nothing_else() -> None:
    head = _HEAD.replace("/><body>", '><prop type="x-license">MIT</prop></header><body>')
    other = '<prop type="x-licence">CC0-1.0</prop>'
    entries, *_ = read(unit("a", "b"), unit("c", "d", before=other), head=head)
    assert [entry.licence for entry in entries] == ["MIT", "CC0-1.0"]


def test_codes_inside_a_text_are_part_of_it_and_notes_are_not() -> None:
    coded = 'Press <bpt i="1">&lt;b&gt;</bpt>Save<ept i="1">&lt;/b&gt;</ept> {0}'
    found = unit(coded, coded, before="<note>a note</note>")
    assert read(found)[0][0].source == "Press <b>Save</b> {0}"


def test_cdata_and_comments_may_hold_what_looks_like_an_end() -> None:
    texts = [
        "<!-- <tu> -->", unit("<![CDATA[a </tu> b]]>", "x"), "<!-- </tu> <tu> </tu> -->",
        unit("c", "d", before="<!-- </tu> -->"),
    ]  # fmt: skip
    entries, lines, _ = read(*texts)
    assert [entry.source for entry in entries] == ["a </tu> b", "c"]
    assert lines == []


def test_a_file_in_the_shape_of_tico_19_is_read() -> None:
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header creationtool="unknown" '
        'segtype="paragraph" adminlang="en" srclang="en" datatype="text"></header><body>\n'
    )
    first = (
        '<tu tuid="A_1:1">\n<prop type="note">http://example.org/a</prop>\n<tuv xml:lang="en">\n'
        '<seg>I&apos;m coughing</seg></tuv>\n<tuv xml:lang="es-LA"><seg>Tengo tos</seg></tuv>\n</tu>\n'
    )
    second = first.replace("es-LA", "ti_ER").replace("Tengo tos", "እስዕል ኣሎኒ")
    entries, lines, _ = read(first, second, head=head)
    assert lines == []
    assert [(entry.source, entry.text, entry.language) for entry in entries] == [
        ("I'm coughing", "Tengo tos", "es-LA"), ("I'm coughing", "እስዕል ኣሎኒ", "ti-ER"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "tag"),
    [("am", "am"), ("ar", "ar"), ("ckb", "ckb"), ("es-LA", "es-LA"), ("fa-AF", "fa-AF"), ("fuv", "fuv"),
     ("ku", "ku"), ("nb", "nb"), ("prs", "fa-AF"), ("pt-BR", "pt-BR"), ("pt_br", "pt-BR"), ("tl", "fil"),
     ("om", "om"), ("ti_ET", "ti-ET"), ("zh", "zh"), ("zh-CN", "zh-CN"), ("zh_TW", "zh-TW"),
     ("EN-GB", "en-GB"), ("nus", "nus"), ("din", "din"), ("sr@latin", "sr-Latn")],
)  # fmt: skip
def test_the_odd_codes_of_real_memories_are_understood(code: str, tag: str) -> None:
    entries, _, reasons = read(unit("Wash your hands", "x", language=code))
    assert reasons == []
    assert [entry.language for entry in entries] == [tag]


_BAD = {
    "unclosed": '<tu><tuv xml:lang="en"><seg>x</seg></tuv>\n',
    "markup": unit("a <b> c", "d"),
    "ampersand": unit("a & b", "d"),
    "entity": unit("&lol;", "d"),
    "declared": '<tu><!DOCTYPE a [<!ENTITY lol "lol">]><tuv xml:lang="en"><seg>&lol;</seg></tuv></tu>\n',
    "language": unit("a", "b", language="no language"),
    "no language": unit("a", "b", language=""),
    "empty": unit("a", "  "),
    "one": '<tu><tuv xml:lang="en"><seg>x</seg></tuv></tu>\n',
    "none": "<tu/></tu>\n",
    "source": unit("a", "b", more=' srclang="fr"'),
    "deep": unit("<hi>" * 100 + "</hi>" * 100, "b"),
    "long": unit("x" * 200_000, "b"),
    "huge": unit("x" * 1_100_000, "b"),
    "state": unit("a", "b", before='<prop type="x-state">draft</prop>'),
    "comment": '<tu><!-- <tuv xml:lang="en"><seg>x</seg></tuv></tu>\n',
    "twice": '<tu a="1" a="2"></tu>\n',
    "lost": unit("a\ufffd", "b"),
    "external": '<tu><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><tuv xml:lang="en"><seg>&x;</seg></tuv></tu>\n',
    "laughs": '<tu><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    '<tuv xml:lang="en"><seg>&c;&c;&c;</seg></tuv></tu>\n',
    "crossed": '<tu><tuv xml:lang="en"><seg>a</tuv></seg></tu>\n',
    "control": unit("a\x08b", "c"),
    "number": unit("a&#0;b", "c"),
    "surrogate": unit("a&#xd800;b", "c"),
    "prefix": '<tu><x:tuv xml:lang="en" y:z="1" y:z="2"><seg>a</seg></x:tuv></tu>\n',
}


@pytest.mark.parametrize("name", _BAD)
def test_a_bad_unit_is_reported_by_its_line_and_the_others_come(name: str) -> None:
    entries, lines, reasons = read(unit("one", "1"), _BAD[name], unit("two", "2"))
    assert [(entry.source, entry.text) for entry in entries] == [("one", "1"), ("two", "2")]
    assert lines == [6]
    assert reasons[0].endswith(".")
    assert "{" not in reasons[0]


def test_a_tenth_of_bad_units_costs_no_more_than_themselves() -> None:
    bad = list(_BAD.values())
    units = [bad[at // 10 % len(bad)] if at % 10 == 0 else unit(f"s{at}", "t") for at in range(600)]
    entries, lines, _ = read(*units)
    assert [entry.source for entry in entries] == [f"s{at}" for at in range(600) if at % 10]
    assert len(lines) == 60


def test_bytes_that_are_none_of_the_encoding_cost_one_unit() -> None:
    data = (_HEAD + unit("one", "1") + unit("two", "?") + unit("three", "3") + _TAIL).encode()
    reader = TmxReader(io.BytesIO(data.replace(b"?</seg>", b"\xff</seg>")))
    assert [entry.source for entry in reader] == ["one", "three"]
    assert [problem.line for problem in reader.problems] == [6]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "iso-8859-1"])
def test_other_encodings_are_read(encoding: str) -> None:
    head = _HEAD.replace("UTF-8", encoding if encoding.startswith("iso") else "UTF-16")
    entries, lines, _ = read(unit("Café", "Kahawa"), head=head, encoding=encoding)
    assert ([entry.source for entry in entries], lines) == (["Café"], [])


def test_without_a_language_in_the_header_the_first_text_is_the_source() -> None:
    entries, *_ = read(unit("a", "b"), head=_HEAD.replace('"en"', '"*all*"'))
    assert (entries[0].source, entries[0].source_language) == ("a", "en")


@pytest.mark.parametrize(
    "data", [b"", b"<xml/>", b"msgid", b"\0\0\0", b'<?xml version="1.0" encoding="zlib"?><tmx ']
)
def test_what_is_no_tmx_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        TmxReader(io.BytesIO(data))


def test_what_is_written_is_read_back() -> None:
    entries = [
        ForeignEntry("Save <b>&\r\n", "Hifadhi]]>", "en", "sw", State.REVIEWED, "MIT", "clinic"),
        ForeignEntry("Chat", "Paka", "fr", "sw", State.TRANSLATED, None, ""),
    ]
    reader = TmxReader(io.BytesIO(written(entries)))
    assert list(reader) == entries
    assert (reader.units, reader.problems) == (2, [])


def test_what_xml_cannot_hold_is_left_out() -> None:
    out = io.BytesIO()
    entries = [ForeignEntry("a\x00", "b", "en", "sw"), ForeignEntry("a", "b", "en", "sw")]
    assert write(out.write, "en", entries) == (1, 1)
    assert len(list(TmxReader(io.BytesIO(out.getvalue())))) == 1


_TEXTS = st.text(min_size=1, max_size=20).filter(lambda text: bool(text.strip()))


@settings(max_examples=100)
@given(st.lists(st.tuples(_TEXTS, _TEXTS), max_size=5))
def test_any_texts_are_written_and_read_back_or_left_out(pairs: list[tuple[str, str]]) -> None:
    entries = [ForeignEntry(one, two, "en", "sw") for one, two in pairs]
    out = io.BytesIO()
    count, refused = write(out.write, "en", entries)
    found = list(TmxReader(io.BytesIO(out.getvalue())))
    assert count + refused == len(entries)
    assert [entry for entry in found if entry not in entries] == []
    assert len(found) == count - sum("\ufffd" in e.source + e.text for e in entries)


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [*"<>&;x\n", "<tu", "</tu>", "<!--", "-->", "<![CDATA[", "]]>", unit("a", "b")]
        )
    )
)
def test_any_pieces_end_in_entries_and_problems(pieces: list[str]) -> None:
    reader = TmxReader(io.BytesIO((_HEAD + "".join(pieces)).encode()))
    entries = list(reader)
    assert len(entries) + len(reader.problems) >= reader.units
    assert all(problem.line >= 5 for problem in reader.problems)
