"""Reading and writing Android string resources."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.android import FORMAT
from dpg_l10n.formats.android.layout import CDATA, MARKUP

SAMPLES = Path(__file__).parents[2] / "data" / "android"
SOURCE = (SAMPLES / "strings.xml").read_bytes()
ARABIC = (SAMPLES / "strings_ar.xml").read_bytes()
ONE_LINE = (SAMPLES / "one_line.xml").read_bytes()
WINDOWS = (SAMPLES / "windows.xml").read_bytes()
XML_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def resources(*lines: str) -> bytes:
    return "\n".join(("<resources>", *(f"    {line}" for line in lines), "</resources>\n")).encode()


def only(content: str, source: Catalogue | None = None) -> Entry:
    (entry,) = FORMAT.parse(
        resources(f'<string name="a">{content}</string>'), source=source
    ).entries
    return entry


def text_of(content: str) -> Text:
    return only(content).text


def refused(data: bytes) -> FormatError:
    with pytest.raises(FormatError) as caught:
        FORMAT.parse(data)
    return caught.value


def edited(data: bytes, **texts: Text) -> str:
    return FORMAT.serialize(FORMAT.parse(data).with_texts(texts), data).decode()


def with_entries(data: bytes, *entries: Entry) -> str:
    catalogue = FORMAT.parse(data)
    changed = Catalogue("android", entries or catalogue.entries, layout=catalogue.layout)
    return FORMAT.serialize(changed, data).decode()


def written(content: str, text: str) -> str:
    """Return the content that an element gets when its text is changed."""
    out = edited(resources(f'<string name="a">{content}</string>'), a=text)
    return out.partition('name="a">')[2].rpartition("</string>")[0]


class TestReading:
    def test_a_string_array_is_one_entry_per_item_and_plurals_are_one_entry(self) -> None:
        entries = FORMAT.parse(SOURCE).by_key()
        assert entries["visits"].text == Plural.of(one="%d visit", other="%d visits")
        assert [key for key in entries if key.startswith("frequency")] == [
            "frequency[0]", "frequency[1]", "frequency[3]",
        ]  # fmt: skip

    def test_resources_marked_as_not_translatable_are_no_entries(self) -> None:
        keys = FORMAT.parse(SOURCE).by_key()
        assert not {"app_name", "codes[0]", "accent", "cutoff"} & set(keys)

    def test_a_marking_of_a_tool_of_its_own_is_not_androids(self) -> None:
        data = b'<resources xmlns:cc="x"><string name="a" cc:translatable="false">A</string></resources>'
        assert [entry.key for entry in FORMAT.parse(data).entries] == ["a"]

    @pytest.mark.parametrize(
        "value", ["@string/other", " @android:string/ok ", "?attr/label", "@null"]
    )
    def test_a_reference_to_another_resource_is_no_entry(self, value: str) -> None:
        assert FORMAT.parse(resources(f'<string name="a">{value}</string>')).entries == ()

    @pytest.mark.parametrize("value", ["@someone", "? what", "see @string/other"])
    def test_what_only_looks_like_a_reference_is_text(self, value: str) -> None:
        assert text_of(value) == value

    def test_one_name_for_two_products_is_two_entries(self) -> None:
        entries = FORMAT.parse(SOURCE).by_key()
        assert (entries["screen"].text, entries["screen:tablet"].text) == ("Phone", "Tablet")

    def test_an_item_of_type_string_is_a_string(self) -> None:
        assert FORMAT.parse(SOURCE).by_key()["legacy"].text == "Old style"

    @pytest.mark.parametrize(
        ("content", "text"),
        [
            (r"it\'s \"it\"", 'it\'s "it"'),
            (r"a\nb\tc", "a\nb\tc"),
            (r"\@a \? \\ \%", "@a ? \\ %"),
            (r"caf\u00e9 \ud83d\ude00", "café 😀"),
            ("  a\n   b  ", "a b"),
            (r" it\'s ", "it's"),
            ('"  a  b "', "  a  b "),
            ('a "b  c" d', "a b  c d"),
            (r"a\u0020\u0020", "a  "),
            (r"a\ \ b", "a  b"),
            ("&lt;b&gt; &amp; &#233; &quot;x&quot;", "<b> & é x"),
            ("10\u00a0mg", "10\u00a0mg"),
            ("", ""),
        ],
    )
    def test_a_text_is_what_the_app_shows(self, content: str, text: str) -> None:
        assert text_of(content) == text

    def test_inline_elements_are_shown_as_xml_with_their_entities(self) -> None:
        entry = only(r"it\'s <b>1</b> &lt; 2")
        assert (entry.text, entry.flags) == ("it's <b>1</b> &lt; 2", MARKUP)

    def test_quotes_of_attributes_are_not_androids(self) -> None:
        assert text_of(r'<a href="x">\"y\"</a>') == '<a href="x">"y"</a>'

    def test_cdata_is_shown_as_it_stands_but_for_escapes(self) -> None:
        entry = only("\n  <![CDATA[<p>it\\'s  &amp;\n</p>]]>\n")
        assert (entry.text, entry.flags) == ("<p>it's  &amp;\n</p>", CDATA)

    def test_a_translation_that_lost_its_markup_is_shown_as_its_source_is(self) -> None:
        source = FORMAT.parse(resources('<string name="a"><b>A</b> &amp; B</string>'))
        assert only("A &amp; B", source)[:2] == ("a", "A &amp; B")
        assert only("A &amp; B", source).flags == MARKUP
        assert only("A &amp; B").text == "A & B"

    def test_comments_directly_above_are_notes(self) -> None:
        entries = FORMAT.parse(SOURCE).by_key()
        assert entries["register"].notes == "Button on the first page.\nKeep it short."

    def test_a_comment_at_the_end_of_a_line_or_above_a_blank_line_is_no_note(self) -> None:
        data = resources('<string name="a">A</string> <!-- of a -->', '<string name="b">B</string>',
                         "<!-- section -->", "", '<string name="c">C</string>')  # fmt: skip
        assert [entry.notes for entry in FORMAT.parse(data).entries] == ["", "", ""]

    def test_a_resource_that_was_commented_out_is_no_note(self) -> None:
        assert FORMAT.parse(SOURCE).by_key()["visits"].notes == ""

    def test_lines_are_those_of_the_elements(self) -> None:
        entries = FORMAT.parse(SOURCE).by_key()
        lines = SOURCE.decode().split("\n")
        for key in ("register", "terms", "legacy", "blank"):
            assert f'name="{key}"' in lines[entries[key].line - 1]
        assert "Daily" in lines[entries["frequency[1]"].line - 1]

    def test_another_language_has_its_own_plural_categories(self) -> None:
        visits = FORMAT.parse(ARABIC).by_key()["visits"].text
        assert isinstance(visits, Plural)
        assert visits.labels == ("zero", "one", "two", "few", "many", "other")

    def test_a_declared_encoding_is_believed(self) -> None:
        data = '<?xml version="1.0" encoding="ISO-8859-1"?><resources><string name="a">é</string></resources>'
        catalogue = FORMAT.parse(data.encode("latin-1"))
        assert catalogue.entries[0].text == "é"
        assert "&#4641;" in FORMAT.serialize(
            catalogue.with_texts({"a": "ሡ"}), data.encode("latin-1")
        ).decode("latin-1")


class TestRefusing:
    def test_a_name_that_stands_twice_is_refused_with_both_lines(self) -> None:
        error = refused(resources('<string name="a">1</string>', '<string name="a">2</string>'))
        assert (error.error_code, error.line, error.params["first"]) == ("format.duplicate", 3, 2)

    def test_a_quantity_that_stands_twice_is_refused(self) -> None:
        item = '<item quantity="one">1</item>'
        error = refused(resources(f'<plurals name="a">{item}{item}</plurals>'))
        assert error.error_code == "format.duplicate"

    @pytest.mark.parametrize("item", ["<item>1</item>", '<item quantity="1">1</item>'])
    def test_a_plural_item_without_a_category_is_refused(self, item: str) -> None:
        assert (
            refused(resources(f'<plurals name="a">{item}</plurals>')).error_code == "format.plural"
        )

    def test_entities_that_multiply_are_refused_before_they_are_expanded(self) -> None:
        levels = "".join(f'<!ENTITY e{i} "&e{i - 1};&e{i - 1};">' for i in range(1, 60))
        bomb = f'<!DOCTYPE r [<!ENTITY e0 "ha">{levels}]><resources><string name="a">&e59;</string></resources>'
        assert refused(bomb.encode()).error_code == "format.entity"

    def test_an_external_entity_is_refused(self) -> None:
        data = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><resources><string name="a">&x;</string></resources>'
        assert refused(data.encode()).error_code == "format.entity"

    @pytest.mark.parametrize(
        "doctype", ["", '<!DOCTYPE resources SYSTEM "http://example.org/x.dtd">']
    )
    def test_an_undefined_entity_is_refused(self, doctype: str) -> None:
        data = f'{doctype}<resources>\n<string name="a">a&nbsp;b</string></resources>'
        assert (refused(data.encode()).error_code, refused(data.encode()).line) == (
            "format.entity",
            2,
        )

    def test_an_undefined_entity_in_an_attribute_is_refused(self) -> None:
        data = (
            b'<!DOCTYPE resources SYSTEM "x"><resources><string name="&x;">a</string></resources>'
        )
        assert refused(data).error_code == "format.entity"

    def test_plurals_and_a_string_of_one_name_are_refused(self) -> None:
        data = resources('<string name="a">1</string>', '<plurals name="a"></plurals>')
        assert refused(data).error_code == "format.duplicate"

    def test_bytes_that_their_encoding_would_not_give_back_are_refused(self) -> None:
        data = b'<?xml version="1.0" encoding="big5"?><resources><!--\xa1\xfe--></resources>'
        assert refused(data).error_code == "format.encoding"

    def test_half_a_surrogate_pair_is_not_written(self) -> None:
        for key in ("terms", "register"):
            with pytest.raises(FormatError) as caught:
                edited(SOURCE, **{key: "\ud800"})
            assert caught.value.error_code == "format.encoding"

    def test_elements_nested_without_end_are_refused(self) -> None:
        data = (
            "<resources><string name='a'>" + "<b>" * 5000 + "</b>" * 5000 + "</string></resources>"
        )
        assert refused(data.encode()).error_code == "format.depth"

    def test_a_truncated_file_is_refused_with_its_line(self) -> None:
        error = refused(SOURCE[:700])
        assert error.error_code == "format.xml"
        assert error.line == SOURCE[:700].count(b"\n") + 1

    @pytest.mark.parametrize("data", [b"<html/>", b'<string name="a">A</string>'])
    def test_another_kind_of_xml_is_refused(self, data: bytes) -> None:
        assert refused(data).error_code == "format.structure"

    @pytest.mark.parametrize("tag", ["<string>A</string>", '<string name="a[0]">A</string>'])
    def test_a_resource_without_a_proper_name_is_refused(self, tag: str) -> None:
        assert refused(resources(tag)).error_code == "format.name"

    @pytest.mark.parametrize("escape", [r"\u12", r"\ud83d", r"\ude00\ud83d"])
    def test_a_broken_unicode_escape_is_refused(self, escape: str) -> None:
        assert (
            refused(resources(f'<string name="a">{escape}</string>')).error_code == "format.escape"
        )

    @pytest.mark.parametrize("encoding", ["utf-7", "unicode_escape", "utf-16", "no-such"])
    def test_an_encoding_that_cannot_be_kept_is_refused(self, encoding: str) -> None:
        data = f'<?xml version="1.0" encoding="{encoding}"?><resources/>'
        assert refused(data.encode()).error_code == "format.encoding"

    def test_a_text_with_broken_markup_is_not_written(self) -> None:
        with pytest.raises(FormatError) as caught:
            edited(SOURCE, terms="<b>open")
        assert caught.value.error_code == "format.markup"

    @pytest.mark.parametrize("text", ['</string><string name="x">', "<!DOCTYPE a>", "&unknown;"])
    def test_a_text_cannot_break_out_of_its_element(self, text: str) -> None:
        with pytest.raises(FormatError):
            edited(SOURCE, terms=text)


class TestEditing:
    @pytest.mark.parametrize(
        ("content", "text", "expected"),
        [
            ("A", 'it\'s "x"\n\t', r"it\'s \"x\"\n\t"),
            ("A", "@a", r"\@a"),
            ("A", "?a", r"\?a"),
            ("A", " two  spaces", '" two  spaces"'),
            ("A", "1 < 2 & 3 > 2 ]]>", "1 &lt; 2 &amp; 3 > 2 ]]&gt;"),
            ("2 &gt; 1", "3 > 2", "3 &gt; 2"),
            ("A", "\x01", r"\u0001"),
            ("A", "l’eau", "l’eau"),
            ('"It\'s"', "Don't", '"Don\'t"'),
            ("\n  A\n  ", "B", "\n  B\n  "),
            (r"it\'s <b>1</b>", "don't <b>2</b>", r"don\'t <b>2</b>"),
            ('<![CDATA[<a href="x">]]>', '<a href="y">it\'s', '<![CDATA[<a href="y">it\\\'s]]>'),
            ("<![CDATA[<p>\n</p>]]>", "<i>\n</i>", "<![CDATA[<i>\n</i>]]>"),
            ("<b>1</b>", " <b>2</b> ", r"\u0020<b>2</b>\u0020"),
            ("<b>1</b>", "@<b>2</b>\n", r"\@<b>2</b>\n"),
            ("<![CDATA[a]]>", "]]>", "<![CDATA[]]]]><![CDATA[>]]>"),
        ],
    )
    def test_a_changed_text_is_written_as_its_file_writes(
        self, content: str, text: str, expected: str
    ) -> None:
        assert written(content, text) == expected

    def test_a_file_without_letters_beyond_ascii_keeps_its_escapes(self) -> None:
        assert written(r"caf\u00e9", "thé 😀") == r"th\u00e9 \ud83d\ude00"

    def test_habits_of_other_texts_count_for_one_that_shows_none(self) -> None:
        data = WINDOWS.replace(b"<b>One</b>\r\n\t\tand two", b"Plain")
        assert '>"L\'eau"</string>' in edited(data, layout="L'eau")

    def test_an_edit_leaves_every_other_byte(self) -> None:
        assert edited(SOURCE, register="Add patient") == SOURCE.decode().replace(
            "Register patient", "Add patient"
        )

    def test_an_empty_element_gets_a_text(self) -> None:
        assert '<string name="blank">x</string>' in edited(SOURCE, blank="x")

    def test_a_plural_gets_and_loses_categories_in_the_order_of_the_entry(self) -> None:
        out = edited(SOURCE, visits=Plural.of(zero="0", one="1", few="2", other="%d visits"))
        assert SOURCE.decode().replace(
            '        <item quantity="one">%d visit</item>\n',
            '        <item quantity="zero">0</item>\n        <item quantity="one">1</item>\n'
            '        <item quantity="few">2</item>\n',
        ) == out  # fmt: skip
        fewer = edited(ARABIC, visits=Plural.of(one="1", other="2"))
        assert fewer.count("<item") == 2
        assert 'quantity="zero"' not in fewer

    def test_a_string_can_become_plurals(self) -> None:
        out = edited(ARABIC, register=Plural.of(one="1", other="2"))
        assert FORMAT.parse(out.encode()).by_key()["register"].text == Plural.of(one="1", other="2")

    def test_an_array_grows_and_shrinks_at_its_end(self) -> None:
        data = resources(
            '<string-array name="a">', "    <item>1</item>", "    <item>2</item>", "</string-array>"
        )
        first, second = FORMAT.parse(data).entries
        assert "<item>2</item>" not in with_entries(data, first)
        longer = with_entries(data, first, second, Entry("a[2]", "3"))
        assert "        <item>2</item>\n        <item>3</item>\n" in longer

    def test_a_gap_in_an_array_keeps_the_places_of_the_items_after_it(self) -> None:
        data = resources('<string-array name="a"><item>1</item><item>2</item></string-array>')
        out = with_entries(data, FORMAT.parse(data).entries[1])
        assert "<item/><item>2</item>" in out
        assert [entry.key for entry in FORMAT.parse(out.encode()).entries] == ["a[1]"]

    def test_a_new_entry_follows_its_predecessor_in_the_files_style(self) -> None:
        catalogue = FORMAT.parse(SOURCE)
        at = [entry.key for entry in catalogue.entries].index("tools_note") + 1
        new = Entry("new", "New", notes="Only here")
        out = with_entries(SOURCE, *catalogue.entries[:at], new, *catalogue.entries[at:])
        comment = "<!-- last of its kind -->\n"
        assert out == SOURCE.decode().replace(
            comment,
            comment + '    <!-- Only here -->\n    <string name="new">New</string>\n',
        )

    def test_a_new_first_entry_goes_before_all_others(self) -> None:
        out = with_entries(ARABIC, Entry("new", "x"), *FORMAT.parse(ARABIC).entries)
        assert '<resources>\n  <string name="new">x</string>\n  <string name="register">' in out

    def test_a_file_on_one_line_stays_on_one_line(self) -> None:
        out = with_entries(ONE_LINE, *FORMAT.parse(ONE_LINE).entries, Entry("c", "Trois"))
        assert out == ONE_LINE.decode().replace(
            "</resources>", '<string name="c">Trois</string></resources>'
        )

    @pytest.mark.parametrize(
        "data", ["<resources/>", "<resources></resources>", "<resources>\n</resources>"]
    )
    def test_an_empty_file_is_filled(self, data: str) -> None:
        out = with_entries(data.encode(), Entry("a", "A"), Entry("b", Plural.of(other="B")))
        assert out.startswith(
            '<resources>\n    <string name="a">A</string>\n    <plurals name="b">\n'
        )
        assert out.endswith("    </plurals>\n</resources>")

    def test_a_removed_entry_goes_with_its_line_and_its_notes(self) -> None:
        rest = tuple(e for e in FORMAT.parse(SOURCE).entries if e.key != "register")
        note = SOURCE.decode().partition("    <!-- Button")[2].partition("</string>\n")
        whole = "    <!-- Button" + note[0] + note[1]
        assert with_entries(SOURCE, *rest) == SOURCE.decode().replace(whole, "")

    def test_an_array_of_references_is_left_alone(self) -> None:
        array = '<string-array name="r"><item>@string/a</item><!-- x --><skip/></string-array>'
        data = resources('<string name="a">A</string>', array)
        assert array in with_entries(data, Entry("b", "B"))

    def test_an_empty_array_gets_items(self) -> None:
        data = resources('<string name="a">A</string>', '<string-array name="r"/>')
        out = with_entries(data, *FORMAT.parse(data).entries, Entry("r[1]", "x"))
        assert [entry.key for entry in FORMAT.parse(out.encode()).entries] == ["a", "r[1]"]

    def test_an_empty_file_stays_as_it_is_without_entries(self) -> None:
        data = b"<resources>\n\n</resources>"
        assert FORMAT.serialize(Catalogue("android", ()), data) == data

    def test_a_key_that_only_ends_like_an_items_is_no_array(self) -> None:
        out = with_entries(ONE_LINE, Entry("a]", "x"))
        assert '<string name="a]">x</string>' in out

    def test_the_namespace_of_placeholders_is_declared_where_it_is_needed(self) -> None:
        new = Entry("g", '<xliff:g id="n">%s</xliff:g>', flags=MARKUP)
        assert with_entries(ONE_LINE, new).startswith("<resources xmlns:xliff=")

    def test_a_file_is_written_without_any_template(self) -> None:
        entries = tuple(
            e._replace(line=0) for e in FORMAT.parse(SOURCE).entries if e.key != "frequency[3]"
        )
        out = FORMAT.serialize(Catalogue("android", entries))
        assert out.startswith(b'<?xml version="1.0" encoding="utf-8"?>\n<resources xmlns:xliff=')
        assert FORMAT.parse(out).content()[1] == entries

    def test_windows_line_ends_and_the_byte_order_mark_stay(self) -> None:
        out = with_entries(WINDOWS, *FORMAT.parse(WINDOWS).entries, Entry("new", "x"))
        assert out.startswith("\ufeff<?xml")
        assert '\r\n\t<string name="new">x</string>\r\n</resources>\r\n' in out

    def test_a_line_end_at_the_end_of_markup_is_escaped_in_a_file_of_windows(self) -> None:
        out = edited(WINDOWS, layout="<b>1</b>\n<i>2</i>\n")
        assert "<b>1</b>\r\n<i>2</i>\\n</string>" in out

    def test_a_new_language_begins_without_what_is_not_translated(self) -> None:
        begun = FORMAT.begin(FORMAT.parse(SOURCE), "sw") if FORMAT.begin else None
        assert begun is not None
        assert begun.entries == ()
        filled = Catalogue("android", (Entry("register", "Sajili"),), layout=begun.layout)
        out = FORMAT.serialize(filled, SOURCE).decode()
        assert 'tools:locale="sw"' in out
        assert '\n    <string name="register">Sajili</string>\n' in out
        assert not [
            gone for gone in ("app_name", "accent", "cutoff", "codes", "visits") if gone in out
        ]

    def test_a_new_language_can_begin_from_a_catalogue_without_a_file(self) -> None:
        assert FORMAT.begin is not None
        begun = FORMAT.begin(Catalogue("android", (Entry("a", "A"),)), "sw")
        assert (begun.entries, begun.language) == ((), "sw")

    def test_a_new_language_of_a_file_that_names_none_names_none(self) -> None:
        assert FORMAT.begin is not None
        begun = FORMAT.begin(FORMAT.parse(ONE_LINE), "sw")
        assert FORMAT.serialize(begun, ONE_LINE) == b"<resources></resources>"

    @settings(max_examples=200, deadline=None)
    @given(
        text=XML_TEXTS,
        content=st.sampled_from(["A", r"\'", '"q\'"', '<![CDATA[a\n"]]>', " \n ", "'"]),
    )
    def test_any_text_survives_writing_and_reading(self, text: str, content: str) -> None:
        data = resources(f'<string name="a">{content}</string>', "<!-- after -->")
        out = edited(data, a=text).encode()
        assert FORMAT.parse(out).entries[0].text == text
        assert out.endswith(b"</string>\n    <!-- after -->\n</resources>\n")

    @settings(max_examples=200, deadline=None)
    @given(parts=st.lists(XML_TEXTS, min_size=2, max_size=3))
    def test_any_text_around_markup_survives(self, parts: list[str]) -> None:
        writable = [p.translate(dict.fromkeys((*range(32), 65534, 65535))) for p in parts]
        escaped = [
            p.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for p in writable
        ]
        text = "<b>x</b>".join(escaped)
        out = edited(resources('<string name="a"><i>A</i></string>'), a=text).encode()
        assert (FORMAT.parse(out).entries[0].text, FORMAT.parse(out).entries[0].flags) == (
            text,
            MARKUP,
        )


class TestSniffing:
    def test_string_resources_are_known_by_their_root(self) -> None:
        assert FORMAT.sniff("res/values-sw/strings.xml", SOURCE)
        assert FORMAT.sniff(
            "strings.xml", '<?xml version="1.0"?><resources><string name="a"/>'.encode("utf-16")
        )

    @pytest.mark.parametrize(
        "head",
        [
            b'<?xml version="1.0" encoding="utf-8"?>\n<resources>\n</resources>\n',
            b"<resources/>",
            b'<resources xmlns:tools="http://schemas.android.com/tools" />',
            b"<resources><!-- begun --> <!-- > --></resources>",
        ],
    )
    def test_a_translation_without_a_text_is_known_by_its_name(self, head: bytes) -> None:
        assert FORMAT.sniff("res/values-sw/strings.xml", head)
        assert not FORMAT.sniff("res/values/strings.xml", head)
        assert not FORMAT.sniff("res/values-sw/colors.xml", head)

    @pytest.mark.parametrize(
        ("path", "head"),
        [
            ("res/values-sw/strings.xml", b'<resources><color name="a">#fff</color></resources>'),
            ("res/values/donottranslate.xml", SOURCE),
            ("res/values/colors.xml", b'<resources><color name="a">#fff</color></resources>'),
            ("pom.xml", b"<project/>"),
            ("strings.txt", SOURCE),
        ],
    )
    def test_other_files_are_not_taken(self, path: str, head: bytes) -> None:
        assert not FORMAT.sniff(path, head)
