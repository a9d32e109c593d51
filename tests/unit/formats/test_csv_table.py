"""Reading and writing CSV: tables of languages, and keys with values."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.csv_table import FORMAT, PAIRS
from dpg_l10n.formats.spec import FormatSpec, Multilingual

SAMPLES = Path(__file__).parents[2] / "data"
CLINIC = (SAMPLES / "csv" / "clinic.csv").read_bytes()
QUOTED = (SAMPLES / "csv" / "quoted.csv").read_bytes()
FORMULAS = (SAMPLES / "csv" / "source.tsv").read_bytes()
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def inside(spec: FormatSpec = FORMAT) -> Multilingual:
    assert spec.multilingual is not None
    return spec.multilingual


def said(data: bytes, language: str) -> dict[str, object]:
    return {entry.key: entry.text for entry in inside().parse(data, language).entries}


def edited(data: bytes, language: str, **texts: str) -> str:
    catalogue = inside().parse(data, language)
    assert set(texts) <= {entry.key for entry in catalogue.entries}
    return FORMAT.serialize(catalogue.with_texts(texts), data).decode()


def refused(data: bytes, spec: FormatSpec = FORMAT) -> tuple[str, int, int]:
    with pytest.raises(FormatError) as caught:
        spec.parse(data)
    return caught.value.error_code, caught.value.line, caught.value.column


def test_the_english_column_is_the_source_and_the_others_are_languages() -> None:
    source = FORMAT.parse(CLINIC)
    assert source.language == "en"
    assert inside().languages(CLINIC) == ("fr", "sw")
    assert [entry.line for entry in source.entries] == [2, 3, 4, 6, 9, 10]
    assert source.entries[0].notes == "Heading of the page"
    assert said(CLINIC, "fr")["visit.lines"] == "Apportez votre carte.\nVenez tôt."


@pytest.mark.parametrize(
    ("header", "languages"),
    [
        (b"key,en,it,no,so\n", ("it", "no", "so")),
        (b"key,en,fr,age,map\n", ("fr",)),
        (b"id,en,fr,is\n", ("fr", "is")),
        (b"id,fr,no,sex\n", ()),
        (b"id,no,it\n", None),
        (b"id,en,so,no\n", ("so", "no")),
        (b"id,description,en,so\n", ("so",)),
        (b"id,en,so,price\n", ()),
        (b"key,no,so\n", ("so",)),
        (b"key,no,so,price\n", None),
        (b"code,en,id,no\n", ("id", "no")),
        (b"id,en,id\n", ("id",)),
        (b"en,fr,id\n", None),  # Indonesian, and no key
    ],
)
def test_a_code_that_is_a_word_too_is_a_language_beside_codes(
    header: bytes, languages: tuple[str, ...] | None
) -> None:
    if languages is None:
        with pytest.raises(FormatError):
            FORMAT.parse(header)
    else:
        assert inside().languages(header) == languages


def test_titles_may_be_names_and_a_column_named_source_comes_first() -> None:
    assert FORMAT.parse(QUOTED).language == "English"
    assert inside().languages(QUOTED) == ("French (fr)",)
    assert said(QUOTED, "fr") == said(QUOTED, "French (fr)")
    assert FORMAT.parse(FORMULAS).language is None
    assert inside().languages(FORMULAS) == ("am", "pt-BR")
    assert FORMAT.parse(b"key,fr,source\na,Oui,Yes\n").entries[0].text == "Yes"


def test_a_language_that_the_file_has_not_says_nothing() -> None:
    assert set(said(CLINIC, "ti").values()) == {""}


def test_id_is_the_key_unless_another_column_is() -> None:
    assert inside().languages(b"id,en,fr\na,,\n") == ("fr",)
    assert inside().languages(b"key,en,id\na,,\n") == ("id",)


def test_an_edit_keeps_the_quotes_and_line_ends_around_it() -> None:
    table = 'key;en;fr\r\na;One;\r\n\r\nb;"Two";"Deux"\r\n'
    wanted = 'key;en;fr\r\na;One;Un\r\n\r\nb;"Two";"Les ""deux"""\r\n'
    assert edited(table.encode(), "fr", a="Un", b='Les "deux"') == wanted
    assert edited(b"key,en,fr\na,One,\n", "fr", a="Un, deux") == 'key,en,fr\na,One,"Un, deux"\n'


def test_where_all_fields_are_in_quotes_new_ones_are_too() -> None:
    written = edited(QUOTED, "French (fr)", **{"a.3": "Ouvrir"})
    assert '"a.3";"";"Open";"Ouvrir";"=1+1"\r\n' in written


def test_a_row_that_ends_early_grows_as_far_as_it_needs() -> None:
    assert edited(b"key,en,fr,notes\na,One\n", "fr", a="Un") == "key,en,fr,notes\na,One,Un\n"


def test_a_new_language_stands_behind_the_others() -> None:
    catalogue = inside().parse(b"key,en,fr,notes\na,One,Un,x\nb,Two\n\n", "fr")
    written = FORMAT.serialize(
        Catalogue("csv", (Entry("a", "Moja"), Entry("b", "")), "sw"),
        b"key,en,fr,notes\na,One,Un,x\nb,Two\n\n",
    )
    assert written == b"key,en,fr,sw,notes\na,One,Un,Moja,x\nb,Two,,\n\n"
    assert said(written, "fr") == {entry.key: entry.text for entry in catalogue.entries}


def test_a_new_row_belongs_to_the_source() -> None:
    source = FORMAT.parse(b"key,notes,en,fr\na,,One,Un\nc,,Three,Trois")
    new = Entry("b", "Two, and a half", notes="-really")
    entries = (source.entries[0], new, source.entries[1])
    written = FORMAT.serialize(
        Catalogue("csv", entries, "en"), b"key,notes,en,fr\na,,One,Un\nc,,Three,Trois"
    )
    assert written == b'key,notes,en,fr\na,,One,Un\nb,\'-really,"Two, and a half",\nc,,Three,Trois'
    with pytest.raises(FormatError) as caught:
        FORMAT.serialize(Catalogue("csv", (new,), "sw"), b"key,en\na,One\n")
    assert caught.value.error_code == "format.unknown"
    with pytest.raises(FormatError) as caught:
        FORMAT.serialize(Catalogue("csv", (new,), "fr"), b"key,en,fr\na,One,Un\n")
    assert caught.value.error_code == "format.unknown"


def test_formulas_are_neutralised_when_written_and_restored_when_read() -> None:
    source = FORMAT.parse(FORMULAS)
    assert [entry.text for entry in source.entries] == [
        "=total of {n}", "-5 degrees", "+254 700 000 000", "'@home'",
    ]  # fmt: skip
    assert said(FORMULAS, "pt-BR")["quote"] == "'single"
    line = edited(FORMULAS, "pt-BR", sum='=HYPERLINK("x")').splitlines()[1]
    assert line.endswith('"\'=HYPERLINK(""x"")"')


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\ta", "\ra", "'=1", "''@", "'a", "a=1"])
def test_no_cell_that_was_written_begins_like_a_formula(text: str) -> None:
    written = edited(b"key,en,fr\na,One,\n", "fr", a=text)
    cell = written.partition("One,")[2]
    assert cell.strip('"')[0] not in "=+-@\t\r"
    assert said(written.encode(), "fr") == {"a": text}


@settings(max_examples=200, deadline=None)
@given(text=TEXTS, other=TEXTS)
def test_any_text_comes_back_as_it_was_written(text: str, other: str) -> None:
    for table in (b"key,en,fr\na,,\nb,x,y\n", b'key|en|fr\r\n"a"|"q"|"q"\r\n"b"|"x"|"y"'):
        catalogue = inside().parse(table, "fr")
        written = FORMAT.serialize(catalogue.with_texts({"a": text, "b": other}), table)
        assert said(written, "fr") == {"a": text, "b": other}


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b'key,en,fr\na,"One,Un\nb,Two,Deux\n', ("format.quote", 2, 3)),
        (b'key,en,fr\na,"One" or two,Un\n', ("format.quote", 2, 3)),
        (b"key,en,fr\na,One,Un\na,Two,Deux\n", ("format.duplicate", 3, 0)),
        (b"key,en,fr,en\na,One,Un,One\n", ("format.duplicate", 1, 4)),
        (b"key,en,fr\n,One,Un\n", ("format.key", 2, 0)),
        (b"name,price\na,1\n", ("format.columns", 1, 0)),
        (b"", ("format.columns", 1, 0)),
        (b"key,en\na,\xff\n", ("format.encoding", 2, 3)),
    ],
)
def test_what_is_refused_says_where(data: bytes, place: tuple[str, int, int]) -> None:
    assert refused(data) == place


def test_lines_are_counted_through_fields_of_several_lines() -> None:
    assert refused(b'sep=;\nkey;en\na;"x\ny\nz"\na;\n') == ("format.duplicate", 6, 0)


@pytest.mark.parametrize(
    "data",
    [
        "key\ten\tfr\r\na\tOne\tUn\r\n".encode("utf-16"),
        "sep=;\r\nkey;en;fr\r\na;One;Un\r\n".encode("utf-8-sig"),
        b"key|en|fr\ra|One|Un\r",
    ],
)
def test_spreadsheets_own_spellings_are_read_and_kept(data: bytes) -> None:
    assert FORMAT.sniff("x.csv", data)
    assert FORMAT.serialize(FORMAT.parse(data), data) == data
    catalogue = inside().parse(data, "fr").with_texts({"a": "Une"})
    written = FORMAT.serialize(catalogue, data)
    assert said(written, "fr") == {"a": "Une"}
    assert len(written) - len(data) in {1, 2}


def test_a_file_made_new_has_the_mark_that_spreadsheets_need() -> None:
    entries = (Entry("a", "One", notes="first"), Entry("b", "=2", context="sum"))
    written = FORMAT.serialize(Catalogue("csv", entries, "en"))
    assert written.decode("utf-8-sig") == "key,notes,context,en\r\na,first,,One\r\nb,,sum,'=2\r\n"
    assert written.startswith(b"\xef\xbb\xbf")


def test_plural_variants_have_no_place_in_a_table() -> None:
    entries = (Entry("a", Plural.of(one="a", other="b")),)
    with pytest.raises(FormatError) as caught:
        FORMAT.serialize(Catalogue("csv", entries, "en"))
    assert caught.value.error_code == "format.plural"


@pytest.mark.parametrize(
    ("header", "table", "pair"),
    [
        (b"key,en,fr\n", True, False),
        (b"id,description,en,fr", True, False),
        (b"key,source,fr\n", True, False),
        (b"\xef\xbb\xbfKey,French\n", False, True),
        (b"key,value\n", False, True),
        (b"id,lat,lon\n", False, False),
        (b"name,price\n", False, False),
        (b"id,en,no\n", True, True),
        (b"id,en,no,price\n", False, True),
        (b"key,it\n", False, True),
        (b"key,notes,it\n", False, True),
        (b"key,it,price\n", False, False),
        (b"id,no\n", False, False),
        (b'"key,en,fr\n', False, False),
        (b"key\0,en,fr\n", False, False),
        (b"", False, False),
    ],
)
def test_the_first_row_tells_the_format(header: bytes, table: bool, pair: bool) -> None:
    assert (FORMAT.sniff("a/b.csv", header), PAIRS.sniff("a/b.csv", header)) == (table, pair)
    assert not FORMAT.sniff("a/b.txt", header)
    assert not PAIRS.sniff("a/b.txt", header)


def test_a_pair_file_of_a_new_language_says_its_name() -> None:
    english = (SAMPLES / "csv-pairs" / "en.csv").read_bytes()
    source = PAIRS.parse(english)
    assert source.language == "English"
    made = Catalogue("csv-pairs", (source.entries[0]._replace(text="Ongeza"),), "sw")
    assert PAIRS.serialize(made, english) == b"Key,Swahili\nAdd file,Ongeza\n"
    assert PAIRS.serialize(made, b"key,en\nAdd file,Add\n") == b"key,sw\nAdd file,Ongeza\n"


def test_a_missing_pair_goes_where_the_source_has_it() -> None:
    french = (SAMPLES / "csv-pairs" / "fr.csv").read_bytes()
    had = PAIRS.parse(french)
    more = (*had.entries[:2], Entry("New, too", "Neuf"), *had.entries[2:])
    written = PAIRS.serialize(Catalogue("csv-pairs", more, "French"), french).decode()
    assert written.splitlines()[3] == '"New, too",Neuf'
    assert len(written.splitlines()) == 5


@pytest.mark.parametrize("form", [FORMAT, PAIRS], ids=lambda form: form.name)
def test_a_row_of_fields_that_go_on_behind_their_quotes_is_looked_at_once(form: FormatSpec) -> None:
    row = b'm,""Z' * 200_000  # in the square of its length this would take hours
    assert not form.sniff("a.csv", row)
    with pytest.raises(FormatError) as caught:
        form.parse(row)
    assert (caught.value.error_code, caught.value.column) == ("format.quote", 3)


def test_titles_that_data_have_too_want_the_language_in_the_path() -> None:
    assert PAIRS.sniff("i18n/no.csv", b"id,no\nsave,Lagre\n")
    assert PAIRS.sniff("i18n/no/texts.csv", b"code,no\n")
    assert not PAIRS.sniff("i18n/nouns.csv", b"id,no\n")
    norwegian = PAIRS.parse(b"id,no\nsave,Lagre\n")
    assert (norwegian.language, norwegian.by_key()["save"].text) == ("no", "Lagre")
    made = Catalogue("csv-pairs", (norwegian.entries[0]._replace(text="Salva"),), "it")
    assert PAIRS.serialize(made, b"id,en\nsave,Save\n") == b"id,it\nsave,Salva\n"
    assert PAIRS.parse(b"id,it\nsave,Salva\n").language == "it"
