"""Lines of key and value: INI with its dialects, CommCare's texts."""

from __future__ import annotations

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.commcare import FORMAT as COMMCARE
from dpg_l10n.formats.ini import FORMAT as INI
from dpg_l10n.formats.spec import FormatSpec


def said(spec: FormatSpec, text: str) -> dict[str, object]:
    return {entry.key: entry.text for entry in spec.parse(text.encode()).entries}


def edited(spec: FormatSpec, old: str, new: str) -> str:
    catalogue = spec.parse(old.encode())
    (entry,) = catalogue.entries
    return spec.serialize(catalogue.with_texts({entry.key: new}), old.encode()).decode()


def written(spec: FormatSpec, old: str, *pairs: tuple[str, str]) -> str:
    entries = tuple(Entry(*pair) for pair in pairs)
    return spec.serialize(Catalogue(spec.name, entries), old.encode()).decode()


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("A=b", "b"),
        ("A = b c ", "b c"),
        ('A="b"', "b"),
        ('A="b ; c" ; d', "b ; c"),
        ('A="b "_QQ_"c"_QQ_""', 'b "c"'),
        (r'A="b \"c\" \\ \n"', r'b "c" \ \n'),
        ('A="b" c', '"b" c'),
        ("A=b ; c", "b ; c"),
        ("A=", ""),
        ('A=""', ""),
    ],
)
def test_a_value_of_ini_is_read_with_its_quotes(line: str, text: str) -> None:
    assert said(INI, line) == {"A": text}


@pytest.mark.parametrize(
    ("old", "text", "new"),
    [
        ("A = b", 'c "d"', 'A = c "d"'),
        ("A=b", " c ", 'A=" c "'),
        ("A=b", '"c"', 'A="\\"c\\""'),
        ('A="b"', 'c "d"', 'A="c \\"d\\""'),
        ('A="b "_QQ_""', 'c "d"', 'A="c "_QQ_"d"_QQ_""'),
        ('A="b" ; note', "c", 'A="c" ; note'),
        ('A="b"', "c\\", 'A="c\\\\"'),
    ],
)
def test_a_value_of_ini_keeps_its_quotes(old: str, text: str, new: str) -> None:
    assert edited(INI, old, text) == new


def test_sections_are_part_of_keys_and_comments_above_are_notes() -> None:
    text = "; all\n\na=1\n[s t]\n# one\n; two\na=2\n"
    entries = INI.parse(text.encode()).entries
    assert [(e.key, e.notes, e.line) for e in entries] == [("a", "", 3), ("s t.a", "one\ntwo", 7)]


def test_a_new_entry_goes_to_its_section() -> None:
    old = "a=1\n[s]\nb=2\n[t]\nc=3\n"
    out = written(
        INI, old, ("a", "1"), ("z", "0"), ("s.b", "2"), ("s.x", "9"), ("t.y", "8"), ("t.c", "3"),
        ("u.v", "7"),
    )  # fmt: skip
    assert out == "a=1\nz=0\n[s]\nb=2\nx=9\n[t]\ny=8\nc=3\n[u]\nv=7\n"


@pytest.mark.parametrize(
    ("old", "keys", "new"),
    [
        ("[s]\nb=1\n\n; T\n[t]\nc=1\n", "r.a s.b t.c", "[r]\na=1\n\n[s]\nb=1\n\n; T\n[t]\nc=1\n"),
        ("[s]\nb=1\n\n; T\n[t]\nc=1\n", "s.b u.a t.c", "[s]\nb=1\n\n[u]\na=1\n\n; T\n[t]\nc=1\n"),
        ("[s]\nb=1\n[t]\nc=1", "s.b t.c u.a v.a", "[s]\nb=1\n[t]\nc=1\n[u]\na=1\n[v]\na=1"),
        ("; All\n\n; S\n[s]\nb=1\n", "a s.b", "; All\n\na=1\n; S\n[s]\nb=1\n"),
        ("a=1", "a s.b", "a=1\ns.b=1"),
    ],
)
def test_a_new_section_goes_behind_that_of_its_predecessor(old: str, keys: str, new: str) -> None:
    assert written(INI, old, *((key, "1") for key in keys.split())) == new


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        ("a s.b s.c", "; All\n\na=1\n\n[s]\nb=1\n\n; C\nc=1\n"),
        ("a t.d", "; All\n\na=1\n\n; T\n[t]\nd=1\n"),
        ("s.c t.d", "; All\n\n[s]\n\n; C\nc=1\n\n; T\n[t]\nd=1\n"),
        ("s.b", "; All\n\n[s]\nb=1\n"),
        ("", "; All\n"),
    ],
)
def test_what_goes_leaves_no_empty_section_and_no_second_blank_line(keys: str, left: str) -> None:
    old = "; All\n\na=1\n\n[s]\nb=1\n\n; C\nc=1\n\n; T\n[t]\nd=1\n"
    assert written(INI, old, *((key, "1") for key in keys.split())) == left


def test_what_goes_together_leaves_one_blank_line() -> None:
    old = "; All\n\na=1\nb=1\n\nc=1\n\n\n; D\nd=1\n"
    assert written(INI, old, ("d", "1")) == "; All\n\n; D\nd=1\n"


def test_a_section_that_holds_something_else_stays() -> None:
    assert written(INI, "[s]\n; b=2\n\na=1\n[t]\nc=1\n", ("t.c", "1")) == (
        "[s]\n; b=2\n\n[t]\nc=1\n"
    )


def test_a_new_entry_stands_below_the_comment_that_heads_its_successor_too() -> None:
    source = INI.parse(b"a=1\n\n; Buttons\nsave=1\nclose=1\n").entries
    made = Catalogue("ini", (*source[:2], source[2]._replace(notes="Buttons")))
    out = INI.serialize(made, b"a=1\r\n\r\n; Buttons\r\nclose=1\r\n").decode()
    assert out == "a=1\r\n\r\n; Buttons\r\nsave=1\r\nclose=1\r\n"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("a=b", "b"),
        ("a=b = c", "b = c"),
        ("a=b # note", "b"),
        (r"a=b \# 1\n2", "b # 1\n2"),
        ("a= b  ", " b"),
        ("a=", ""),
        ("a=C:\\x", "C:\\x"),
    ],
)
def test_a_value_of_commcare_ends_at_a_comment(line: str, text: str) -> None:
    assert said(COMMCARE, line) == {"a": text}


def test_a_comment_behind_a_changed_text_of_commcare_stays() -> None:
    assert edited(COMMCARE, "a=b   # note\n", "1 #\n2") == "a=1 \\#\\n2   # note\n"


@pytest.mark.parametrize("spec", [INI, COMMCARE], ids=lambda spec: spec.name)
class TestRefusing:
    @pytest.mark.parametrize(
        ("text", "code", "line"),
        [("a=1\nno entry\n", "format.syntax", 2), ("a=1\n\na=2\n", "format.duplicate", 3)],
    )
    def test_what_is_no_entry_is_refused(
        self, spec: FormatSpec, text: str, code: str, line: int
    ) -> None:
        with pytest.raises(FormatError) as caught:
            spec.parse(text.encode())
        assert (caught.value.error_code, caught.value.line) == (code, line)

    @pytest.mark.parametrize("key", ["", "a=b", "#a", "a\nb", " a"])
    def test_a_key_that_no_line_can_begin_with_is_refused(self, spec: FormatSpec, key: str) -> None:
        with pytest.raises(FormatError) as caught:
            written(spec, "z=1\n", ("z", "1"), (key, "x"))
        assert caught.value.error_code == "format.key"


def test_a_line_that_stands_twice_is_one_unit_and_changes_twice() -> None:
    old = "a=1\n# note\nb=2\na=1\n"
    assert said(COMMCARE, old) == {"a": "1", "b": "2"}
    assert written(COMMCARE, old, ("a", "3"), ("b", "2")) == "a=3\n# note\nb=2\na=3\n"
    assert written(COMMCARE, old, ("b", "2")) == "# note\nb=2\n"


def test_line_ends_and_odd_backslashes_are_refused_where_they_have_no_sign() -> None:
    for spec, text in ((INI, "a\nb"), (COMMCARE, "a "), (COMMCARE, "a\\n")):
        with pytest.raises(FormatError) as caught:
            edited(spec, "a=b", text)
        assert caught.value.error_code == "format.text"


def test_only_texts_by_name_and_content_are_recognized() -> None:
    assert COMMCARE.sniff("default/app_strings.txt", b"a.b=c\n")
    assert not COMMCARE.sniff("docs/en/readme.txt", b"a.b=c\n")
    assert not COMMCARE.sniff("app_strings.txt", b"Just prose.\nMore = of it\nAnd more.\n")
    assert INI.sniff("language/en-GB/en-GB.com_x.ini", b'; x\nA="b"\n')
    assert not INI.sniff("a.ini", b"just words\nmore\n")


@pytest.mark.parametrize("spec", [INI, COMMCARE], ids=lambda spec: spec.name)
def test_blanks_inside_a_text_cost_no_more_than_letters(spec: FormatSpec) -> None:
    blanks = " " * 300_000
    assert said(spec, f"a=x{blanks}y{blanks}\n") == {"a": f"x{blanks}y"}
