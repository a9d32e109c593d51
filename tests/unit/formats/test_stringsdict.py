"""Reading and writing Apple ``.stringsdict`` files."""

from __future__ import annotations

from pathlib import Path

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.stringsdict import FORMAT

SAMPLES = Path(__file__).parents[2] / "data" / "stringsdict"
CLINIC = (SAMPLES / "Localizable.stringsdict").read_bytes()
ARABIC = (SAMPLES / "Localizable_ar.stringsdict").read_bytes()


def plist(inner: str) -> bytes:
    return f'<plist version="1.0">\n<dict>\n{inner}\n</dict>\n</plist>\n'.encode()


def rule(name: str, **forms: str) -> str:
    inner = "".join(f"<key>{label}</key><string>{text}</string>" for label, text in forms.items())
    return (
        f"<key>{name}</key><dict><key>NSStringFormatSpecTypeKey</key>"
        f"<string>NSStringPluralRuleType</string>{inner}</dict>"
    )


def message(key: str, text: str, *rules: str) -> str:
    return (
        f"<key>{key}</key><dict><key>NSStringLocalizedFormatKey</key><string>{text}</string>"
        f"{''.join(rules)}</dict>"
    )


def said(data: bytes, source: bytes | None = None) -> dict[str, Text]:
    known = FORMAT.parse(source) if source else None
    return {entry.key: entry.text for entry in FORMAT.parse(data, source=known).entries}


def refused(data: bytes) -> FormatError:
    with pytest.raises(FormatError) as caught:
        FORMAT.parse(data)
    return caught.value


def edited(data: bytes, key: str, text: Text) -> bytes:
    return FORMAT.serialize(FORMAT.parse(data).with_texts({key: text}), data)


def changed_lines(before: bytes, after: bytes) -> list[str]:
    old = before.decode().split("\n")
    return [line.strip() for line in after.decode().split("\n") if line not in old]


N = rule("n", one="%d a", other="%d b")


class TestReading:
    def test_what_a_file_says(self) -> None:
        assert said(CLINIC) == {
            "visits.count": Plural.of(one="%ld visit", other="%ld visits"),
            "household.left": Plural.of(
                one="Still to see: %d home & done.", other="Still to see: %d homes & done."
            ),
            "files.in.folders": "%1$#@files@ in %2$#@folders@",
            "files.in.folders:files": Plural.of(one="%d file", other="%d files"),
            "files.in.folders:folders": Plural.of(one="%d folder", other="%d folders"),
            "tap.to.save:device:iphone": "Tap to save",
            "tap.to.save:device:mac": "Click to save",
            "title:width:20": "Visits",
            "title:width:50": "Visits of this month",
            "plain": "One text > none",
        }

    def test_comments_above_a_key_are_notes_and_lines_are_those_of_the_keys(self) -> None:
        entries = FORMAT.parse(CLINIC).by_key()
        assert entries["visits.count"].notes == "Number of visits on a card"
        assert entries["household.left"].notes == ""
        lines = CLINIC.decode().split("\n")
        assert "visits.count" in lines[entries["visits.count"].line - 1]
        assert "<key>mac<" in lines[entries["tap.to.save:device:mac"].line - 1]
        assert "<key>plain<" in lines[entries["plain"].line - 1]

    def test_a_comment_that_ends_a_line_or_stands_apart_is_no_note(self) -> None:
        data = plist(
            "<key>a</key><string>A</string> <!-- of a -->\n<key>b</key><string/>\n"
            "<!-- apart -->\n\n<!-- of\n c -->\n<key>c</key><string/>"
        )
        assert [entry.notes for entry in FORMAT.parse(data).entries] == ["", "", "of\nc"]

    def test_a_variable_beside_another_placeholder_is_a_part(self) -> None:
        data = plist(message("k", "%1$@: %2$#@n@, 5%%", N))
        assert said(data) == {
            "k": "%1$@: %2$#@n@, 5%%",
            "k:n": Plural.of(one="%d a", other="%d b"),
        }

    def test_a_percent_sign_is_no_placeholder(self) -> None:
        data = plist(message("k", "5%% %1$#@n@", N))
        assert said(data) == {"k": Plural.of(one="5%% %d a", other="5%% %d b")}

    def test_a_format_text_may_stand_below_its_variable(self) -> None:
        data = plist(
            f"<key>k</key><dict>\n{N}\n<key>NSStringLocalizedFormatKey</key>\n"
            "<string>%@ %#@n@</string></dict>\n<key>l</key><string/>"
        )
        assert [(e.key, e.line) for e in FORMAT.parse(data).entries] == [
            ("k", 5), ("k:n", 4), ("l", 7),
        ]  # fmt: skip

    def test_a_translation_is_read_by_its_source(self) -> None:
        whole = plist(message("k", "%#@n@", N))
        parts = plist(message("k", "%@ %#@n@", N))
        assert list(said(whole, parts)) == ["k", "k:n"]
        assert said(parts, whole) == {"k": Plural.of(one="%d a", other="%d b")}

    def test_cdata_entities_and_comments_in_a_text(self) -> None:
        data = plist("<key>a&amp;b</key><string>x<![CDATA[<b>&]]>&#233;<!-- no -->\r\ny</string>")
        assert said(data) == {"a&b": "x<b>&é\ny"}

    def test_a_hundred_thousand_comments_are_read_in_one_go(self) -> None:
        data = plist("<!-- a -->\n" * 100_000 + "<key>k</key><string/>")
        (entry,) = FORMAT.parse(data).entries
        assert entry.notes.count("a") == 100_000

    def test_an_empty_dictionary_is_an_empty_file(self) -> None:
        assert said(b"<plist><dict/></plist>") == {}


class TestRefusing:
    @pytest.mark.parametrize(
        ("data", "code", "line"),
        [
            (b"<dict/>", "structure", 1),
            (b"<plist/>", "structure", 1),
            (b"<plist><array/></plist>", "structure", 1),
            (plist("<string>a</string>"), "structure", 3),
            (plist("<key>a</key>"), "structure", 3),
            (plist("<key>a</key>\n<key>b</key>"), "structure", 3),
            (plist("<key>a</key><string/>\n<key>a</key><string/>"), "duplicate", 4),
            (plist(message("k", "%#@n@", rule("n", one="a", some="b"))), "plural", 3),
            (plist(message("k", "%@%#@n@", N) + "\n<key>k:n</key><string/>"), "duplicate", 4),
            (b"<plist><dict>" + b"<key>a</key><dict>" * 200 + b"</dict>" * 201 + b"</plist>",
             "depth", 1),
            (b"<plist><dict></plist>", "xml", 1),
            (b"bplist00", "structure", 1),
            (b'<!DOCTYPE plist [<!ENTITY a "b">]><plist/>', "entity", 1),
        ],
    )  # fmt: skip
    def test_a_broken_file_names_the_line(self, data: bytes, code: str, line: int) -> None:
        error = refused(data)
        assert (error.error_code, error.line) == (f"format.{code}", line)


class TestWriting:
    def test_words_around_a_variable_stay_where_they_are(self) -> None:
        text = Plural.of(
            one="Still to see: one home & done.", other="Still to see: %d homes & done."
        )
        written = edited(CLINIC, "household.left", text)
        assert changed_lines(CLINIC, written) == ["<string>one home</string>"]

    def test_other_words_around_it_make_whole_sentences(self) -> None:
        text = Plural.of(one="One home left", other="%d homes left")
        written = edited(CLINIC, "household.left", text)
        assert changed_lines(CLINIC, written) == [
            "<string>%#@homes@</string>",
            "<string>One home left</string>",
            "<string>%d homes left</string>",
        ]
        assert said(written)["household.left"] == text

    def test_categories_come_and_go_in_order(self) -> None:
        text = Plural.of(one="1", few="3", other="%ld")
        assert said(edited(CLINIC, "visits.count", text))["visits.count"] == text
        text = Plural.of(zero="0", one="1", two="2", other="%ld")
        written = edited(CLINIC, "visits.count", text)
        assert said(written)["visits.count"] == text
        assert b"<string>1</string>\n\t\t\t<key>two</key>\n\t\t\t<string>2</string>\n" in written
        text = Plural.of(other="%ld")
        assert said(edited(ARABIC, "visits.count", text))["visits.count"] == text

    def test_a_new_plural_is_laid_out_as_the_file_is(self) -> None:
        catalogue = FORMAT.parse(ARABIC)
        new = Entry("new", Plural.of(one="1", other="%lld < 2"), notes="Say -- it\ntwice")
        both = Catalogue("stringsdict", (*catalogue.entries, new))
        written = FORMAT.serialize(both, ARABIC)
        assert (
            written.replace(
                b"""\
    <!-- Say - - it
         twice -->
    <key>new</key>
    <dict>
      <key>NSStringLocalizedFormatKey</key>
      <string>%#@value@</string>
      <key>value</key>
      <dict>
        <key>NSStringFormatSpecTypeKey</key>
        <string>NSStringPluralRuleType</string>
        <key>NSStringFormatValueTypeKey</key>
        <string>lld</string>
        <key>one</key>
        <string>1</string>
        <key>other</key>
        <string>%lld &lt; 2</string>
      </dict>
    </dict>
""",
                b"",
            )
            == ARABIC
        )

    def test_a_file_of_its_own_holds_every_kind(self) -> None:
        entries = tuple(e._replace(notes="", line=0) for e in FORMAT.parse(CLINIC).entries)
        written = FORMAT.serialize(Catalogue("stringsdict", entries))
        assert said(written) == said(CLINIC)
        assert written.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC')

    @pytest.mark.parametrize(
        "empty", [b"<plist><dict/></plist>", b"<plist>\n<dict>\n</dict></plist>"]
    )
    def test_an_empty_dictionary_is_filled(self, empty: bytes) -> None:
        written = FORMAT.serialize(
            Catalogue("stringsdict", (Entry("a", "b"), Entry("c", "d"))), empty
        )
        assert said(written) == {"a": "b", "c": "d"}

    def test_a_part_taken_out_is_blanked_and_the_last_takes_the_key(self) -> None:
        catalogue = FORMAT.parse(CLINIC)
        rest = [e for e in catalogue.entries if e.key != "files.in.folders:files"]
        written = FORMAT.serialize(Catalogue("stringsdict", tuple(rest)), CLINIC)
        assert said(written)["files.in.folders:files"] == Plural.of(one="", other="")
        rest = [e for e in catalogue.entries if not e.key.startswith("files.in.folders")]
        written = FORMAT.serialize(Catalogue("stringsdict", tuple(rest)), CLINIC)
        assert b"files.in.folders" not in written
        assert said(written) == {entry.key: entry.text for entry in rest}

    def test_a_device_comes_after_its_predecessor(self) -> None:
        catalogue = FORMAT.parse(CLINIC)
        entries = list(catalogue.entries)
        at = [entry.key for entry in entries].index("tap.to.save:device:mac")
        entries.insert(at, Entry("tap.to.save:device:ipad", "Touch to save"))
        written = FORMAT.serialize(Catalogue("stringsdict", tuple(entries)), CLINIC)
        assert list(said(written)) == [entry.key for entry in entries]
        assert changed_lines(CLINIC, written) == [
            "<key>ipad</key>",
            "<string>Touch to save</string>",
        ]

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("One", Plural.of(one="%d", other="%d x")),
            (Plural.of(one="%d", other="%d x"), "One"),
        ],
    )
    def test_a_text_may_become_a_plural_and_back(self, before: Text, after: Text) -> None:
        data = FORMAT.serialize(Catalogue("stringsdict", (Entry("k", before),)))
        assert said(data) == {"k": before}
        assert said(FORMAT.serialize(Catalogue("stringsdict", (Entry("k", after),)), data)) == {
            "k": after
        }

    def test_new_parts_join_their_key(self) -> None:
        data = plist(message("k", "%@ %#@n@", N) + "\n<key>x</key><integer>1</integer>")
        catalogue = FORMAT.parse(data)
        more = (Entry("k:m", Plural.of(other="%d")), Entry("k:width:9", "w"), Entry("x", "now"))
        written = FORMAT.serialize(Catalogue("stringsdict", (*catalogue.entries, *more)), data)
        assert said(written) == {
            **said(data), "k:m": Plural.of(other="%d"), "k:width:9": "w", "x": "now",
        }  # fmt: skip

    def test_an_empty_rule_gets_all_its_devices(self) -> None:
        data = plist(
            "<key>k</key><dict><key>NSStringDeviceSpecificRuleType</key><dict/>"
            "<key>NSStringVariableWidthRuleType</key><dict><key>9</key><string>w</string></dict></dict>"
        )
        entries = [Entry(f"k:device:{name}", name) for name in ("ipad", "mac")]
        entries.append(Entry("k:width:9", "w"))
        written = FORMAT.serialize(Catalogue("stringsdict", tuple(entries)), data)
        assert said(written) == {entry.key: entry.text for entry in entries}

    def test_what_xml_cannot_hold_is_refused(self) -> None:
        for text in ("\x00", "\ud800", "\uffff"):
            with pytest.raises(FormatError) as caught:
                edited(CLINIC, "plain", text)
            assert caught.value.error_code == "format.text"
        assert said(edited(CLINIC, "plain", "a\r\nb"))["plain"] == "a\r\nb"
        assert b"<string>1 &gt; 0</string>" in edited(CLINIC, "plain", "1 > 0")


def test_detection_looks_at_the_ending_and_the_root() -> None:
    assert FORMAT.sniff("en.lproj/Localizable.stringsdict", CLINIC)
    assert FORMAT.sniff("a.stringsdict", "\ufeff<plist>".encode("utf-16-le"))
    assert not FORMAT.sniff("a.stringsdict", b"{}")
    assert not FORMAT.sniff("a.plist", CLINIC)


def test_a_binary_property_list_is_named_as_such() -> None:
    with pytest.raises(FormatError, match="plutil") as caught:
        FORMAT.parse(b"bplist00\xd1\x01\xff")
    assert caught.value.error_code == "format.structure"
