"""Reading and writing PHP files of strings."""

from __future__ import annotations

from pathlib import Path

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.php import FORMAT

SAMPLES = Path(__file__).parents[2] / "data" / "php"
CLINIC = (SAMPLES / "clinic.php").read_bytes()
MESSAGES = (SAMPLES / "messages.php").read_bytes()


def said(code: str) -> dict[str, object]:
    entries = FORMAT.parse(f"<?php {code}".encode()).entries
    return {entry.key: entry.text for entry in entries}


def refused(code: str) -> FormatError:
    with pytest.raises(FormatError) as caught:
        FORMAT.parse(f"<?php\n{code}".encode())
    return caught.value


def edited(data: bytes, key: str, text: str) -> str:
    return FORMAT.serialize(FORMAT.parse(data).with_texts({key: text}), data).decode()


def written(data: bytes, *pairs: tuple[str, str]) -> str:
    return FORMAT.serialize(Catalogue("php", tuple(Entry(*pair) for pair in pairs)), data).decode()


class TestReading:
    @pytest.mark.parametrize(
        ("code", "expected"),
        [
            ("$string['a'] = 'b';", {"a": "b"}),
            ("$string [ 'a' ]='b' ;", {"a": "b"}),
            (r"$s['a'] = 'it\'s C:\\x \n';", {"a": r"it's C:\x \n"}),
            (
                r'$s["a"] = "1\n2\t\"\\ \$x \u{e9} \x41 \101 $5 {}";',
                {"a": '1\n2\t"\\ $x é A A $5 {}'},
            ),
            ("$s['a'] = <<<'X'\n  one\n   two $x\n  X;", {"a": "one\n two $x"}),
            ('$s["a"] = <<<X\none "two"\\n\nX;', {"a": 'one "two"\n'}),
            ("$s['a']['b'] = 'c';", {"a.b": "c"}),
            ("return ['a' => ['b' => 'c']];", {"a.b": "c"}),
            ("return array('a' => array('x', 'y'));", {"a[0]": "x", "a[1]": "y"}),
            ("return ['a.b' => 'c', 'd' => ['e.f' => 'g']];", {"a.b": "c", r"d.e\.f": "g"}),
            ("return [1 => 'a', NAME => 'b', 'c' => 2, 'd' => X::class];", {"1": "a", "NAME": "b"}),
            ("$lang = ['a' => 'b'];", {"a": "b"}),
            ("$lang = array_merge($lang, array('A' => 'b'));", {"A": "b"}),
            ("if (!defined('X')) { exit('no'); } $s['a'] = 'b';", {"a": "b"}),
            ("/* $s['x'] = 'y'; */ # one\n// two\n$s['a'] = 'b'; ?>\n", {"a": "b"}),
            ("$s['a'] = strtoupper('b'); $s['c'] = 'd';", {"c": "d"}),
            ("", {}),
        ],
    )
    def test_strings_are_what_php_makes_of_them(
        self, code: str, expected: dict[str, object]
    ) -> None:
        assert said(code) == expected

    def test_of_two_assignments_to_one_key_the_last_counts_as_in_php(self) -> None:
        data = b"<?php\n$s['a'] = '1';\n$s['b'] = '2';\n$s['a'] = '3';\n"
        entries = FORMAT.parse(data).entries
        assert [(entry.key, entry.text) for entry in entries] == [("b", "2"), ("a", "3")]
        assert edited(data, "a", "4").splitlines()[1:] == [
            "$s['a'] = '1';", "$s['b'] = '2';", "$s['a'] = '4';",
        ]  # fmt: skip
        assert written(data, ("b", "2")) == "<?php\n$s['b'] = '2';\n"

    def test_comments_directly_above_are_notes_and_code_in_them_is_none(self) -> None:
        entries = FORMAT.parse(CLINIC).by_key()
        assert entries["beds"].notes == "Shown below the map.\nKeep it short."
        assert entries["about_help"].notes == "A longer text\nin two paragraphs."
        assert entries["double"].notes == ""
        assert entries["pluginname"].notes == ""
        assert FORMAT.parse(MESSAGES).by_key()["throttle"].notes == "Said after three tries."

    def test_every_entry_knows_its_line(self) -> None:
        lines = CLINIC.decode().splitlines()
        for entry in FORMAT.parse(CLINIC).entries:
            assert f"['{entry.key}']" in lines[entry.line - 1]


class TestRefusing:
    @pytest.mark.parametrize(
        ("code", "error", "line"),
        [
            ("$s['a'] =\n 'b' . C;", "format.expression", 3),
            ("$s['a'] = NAME . 'c';", "format.expression", 2),
            ("$s['a'] .= 'c';", "format.expression", 2),
            ("return ['a' =>\n'b' . PHP_EOL];", "format.expression", 3),
            ('$s["a"] = "Hello $name";', "format.expression", 2),
            ('$s["a"] = "Hello {$name}";', "format.expression", 2),
            ("return ['a' => '1',\n'a' => '2'];", "format.duplicate", 3),
            ("return ['a' => 'b", "format.truncated", 2),
            ("return ['a' => <<<X\nb", "format.truncated", 2),
            ("return ['a' => 'b'", "format.syntax", 2),
            ("return ['a' => ];", "format.syntax", 2),
            ("return ['a' => 'b']];", "format.syntax", 2),
            ("return ['a' => 'b']; ?> <p>", "format.root", 2),
            ('$s["a"] = "\\xff";', "format.escape", 2),
            ("return " + "[" * 200, "format.depth", 2),
        ],
    )
    def test_what_is_no_plain_string_is_refused_with_its_line(
        self, code: str, error: str, line: int
    ) -> None:
        found = refused(code)
        assert (found.error_code, found.line) == (error, line)

    def test_a_page_with_php_in_it_is_refused(self) -> None:
        with pytest.raises(FormatError) as caught:
            FORMAT.parse(b"<html><?php echo 1;")
        assert caught.value.error_code == "format.root"


class TestWriting:
    @pytest.mark.parametrize(
        ("key", "text", "line"),
        [
            ("quote", "It's \\", "$string['quote'] = 'It\\'s \\\\';"),
            ("double", 'a\n$b "c"', r"""$string['double'] = "a\n\$b \"c\"";"""),
            ("hour", "x", "$string['hour'] = 'x';   // both times local"),
            ("long", "One\n\n  $two", "    One\n\n      \\$two\n    EOT;"),
        ],
    )
    def test_a_text_keeps_the_quotes_of_its_file(self, key: str, text: str, line: str) -> None:
        assert line in edited(CLINIC, key, text)

    def test_a_text_that_would_end_its_heredoc_is_quoted(self) -> None:
        out = edited(CLINIC, "long", "EOT\nx")
        assert FORMAT.parse(out.encode()).by_key()["long"].text == "EOT\nx"

    def test_a_new_assignment_goes_after_the_one_before_it(self) -> None:
        data = b"<?php\n$string['a']  = \"1\";\n\n$string['c']  = \"3\";\n"
        out = written(data, ("a", "1"), ("b", "2"), ("c", "3"))
        assert out.splitlines()[1:4] == ["$string['a']  = \"1\";", "$string['b']  = '2';", ""]

    def test_brackets_in_brackets_are_written_where_the_file_has_them(self) -> None:
        data = b"<?php\n$l['a']['b'] = 'c';\n"
        assert "$l['a']['d'] = 'e';" in written(data, ("a.b", "c"), ("a.d", "e"))

    @pytest.mark.parametrize(
        ("array", "expected"),
        [
            ("[\n  'a' => '1',\n]", "[\n  'a' => '1',\n  'n' => ':x',\n]"),
            ("[\n  'a' => '1'\n]", "[\n  'a' => '1',\n  'n' => ':x'\n]"),
            ("[\n  'a' => '1' // one\n]", "[\n  'a' => '1', // one\n  'n' => ':x'\n]"),
            ("['a' => '1']", "['a' => '1', 'n' => ':x']"),
            ("array('a' => '1',)", "array('a' => '1', 'n' => ':x',)"),
        ],
    )
    def test_a_new_member_follows_with_the_commas_of_its_array(
        self, array: str, expected: str
    ) -> None:
        data = f"<?php return {array};".encode()
        assert written(data, ("a", "1"), ("n", ":x")) == f"<?php return {expected};"

    def test_a_new_group_is_made_with_the_indentation_of_the_file(self) -> None:
        data = b"<?php\nreturn array(\n  'a' => array(\n    'b' => '1',\n  ),\n);\n"
        out = written(data, ("a.b", "1"), ("c.d", "2"))
        assert out.endswith("  ),\n  'c' => array(\n    'd' => '2',\n  ),\n);\n")

    def test_a_member_taken_out_takes_its_line_and_its_notes(self) -> None:
        rest = [entry for entry in FORMAT.parse(MESSAGES).entries if entry.key != "throttle"]
        out = FORMAT.serialize(Catalogue("php", tuple(rest)), MESSAGES).decode()
        assert out == MESSAGES.decode().replace(
            "    // Said after three tries.\n"
            '    \'throttle\' => "Too many tries, :name. Wait :seconds seconds.",\n', ""
        )  # fmt: skip


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"<?php\n$string['a'] = 'b';", True),
        (b"\xef\xbb\xbf<?php\n\nreturn [\n", True),
        (b"<?php\nreturn array(\n", True),
        (b"<?php\nclass A { function b() { return $this->c; } }", False),
        (b"<html>", False),
    ],
)
def test_only_files_of_strings_are_recognized(head: bytes, expected: bool) -> None:
    assert FORMAT.sniff("lang/en/x.php", head) is expected
