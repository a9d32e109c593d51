from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.domain.message import is_blank
from dpg_l10n.domain.placeholders import compare, kinds_for
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.html import FORMAT
from dpg_l10n.formats.html.tokens import tokens


def read(text: str, source: Catalogue | None = None) -> Catalogue:
    return FORMAT.parse(text.encode(), source=source)


def said(text: str) -> list[tuple[str, str]]:
    return [(entry.key.rpartition("-")[0], str(entry.text)) for entry in read(text).entries]


def changed(page: str, text: str) -> str:
    """Return a page whose first message says another text."""
    catalogue = read(page)
    edited = catalogue.with_texts({catalogue.entries[0].key: text})
    return FORMAT.serialize(edited, page.encode()).decode()


@pytest.mark.parametrize(
    ("page", "messages"),
    [
        ("<p>One</p>two<div>three</div>", [("p", "One"), ("text", "two"), ("div", "three")]),
        ("<p>a <b>b</b>\n  c</p>", [("p", "a <b>b</b> c")]),
        ("<p><b>all</b></p>", [("p", "all")]),
        ("<p><b>a</b> and <b>c</b></p>", [("p", "<b>a</b> and <b>c</b>")]),
        ("<li><a href=x><img src=y alt='Z'> Home</a>", [("@alt", "Z"), ("li", "Home")]),
        ("<p>a <img alt='b'> c</p>", [("p", "a <img alt='b'> c")]),
        ("<P>Upper</P>", [("p", "Upper")]),
        ("<p>unclosed<p>again", [("p", "unclosed"), ("p", "again")]),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>d", [("li", "a"), ("li", "b"), ("li", "c"), ("text", "d")]),
        ("<p>a &lt; b &amp; c</p>", [("p", "a &lt; b &amp; c")]),
        ("<p>a < b and c</p>", [("p", "a < b and c")]),
        ("<p>use <code>x</code> now</p>", [("p", "use <code>x</code> now")]),
        ("<title>a <b> c</title>", [("title", "a <b> c")]),
        ("<p title=\"it's > that\">x</p>", [("@title", "it's > that"), ("p", "x")]),
        ('<meta property="og:title" content="T"><meta name="x" content="y">', [("@content", "T")]),
        ('<input type=submit value="Go"><input value="no">', [("@value", "Go")]),
        ("<p translate=no>a<p>b", [("p", "b")]),
        ("<div translate=no><div>a</div>b</div><p>c", [("p", "c")]),
        ("<p>a <span translate=no>b</span></p>", [("p", 'a <span translate=no>b</span>')]),
        ("<p><span class='x notranslate'>b</span></p>", []),
        ("<p><code>unclosed</p><p>b", [("p", "b")]),
        ("<svg/><p>a", [("p", "a")]),
        ("<svg><title>a</title></svg><p>b", [("p", "b")]),
        ("<script>if (a<b) '</p>'</script><p>a", [("p", "a")]),
        ("<style>p{}</style><pre>a</pre><textarea>b</textarea>", []),
        ("<!-- a --><!doctype html><?php b ?><p>1 &nbsp; 2</p>", []),
        ("<p>a<!-- b -->c</p><!-- d", [("p", "a<!-- b -->c")]),
        ("<p>cut <a href=", [("p", "cut")]),
    ],
)  # fmt: skip
def test_pages_are_read_as_browsers_do(page: str, messages: list[tuple[str, str]]) -> None:
    assert said(page) == messages


@pytest.mark.parametrize(
    ("page", "text", "wanted"),
    [
        ("<p>a\n   b c</p>", "un deux", "<p>un deux</p>"),
        ("<p>a</p>", "a  b\n", "<p>a &#32;b&#10;</p>"),
        ("<img alt=a>", "b c", '<img alt="b c">'),
        ('<img alt="a">', 'the "b"', '<img alt="the &quot;b&quot;">'),
        ("<img alt='a'>", "c'est", "<img alt='c&#39;est'>"),
        ("<p>\n  <b>a</b>\n</p>", "b", "<p>\n  <b>b</b>\n</p>"),
    ],
)
def test_a_change_is_written_as_the_page_writes(page: str, text: str, wanted: str) -> None:
    assert changed(page, text) == wanted


@pytest.mark.parametrize("text", ["<p>x</p>", "</p>", "<script>", "<pre>x</pre>"])
def test_a_text_that_would_be_other_blocks_is_refused(text: str) -> None:
    with pytest.raises(FormatError, match="would not be read as one block"):
        changed("<p>a</p><p>b</p>", f"x {text} y")


def test_a_new_language_is_named_in_the_page() -> None:
    page = '<!doctype html><html lang="en"><p>One<p>Two'
    source = read(page)
    assert FORMAT.begin is not None
    new = FORMAT.begin(source, "sw")
    entry = source.entries[1]._replace(text="Mbili")
    made = Catalogue(new.format, (entry,), new.language, layout=new.layout)
    assert FORMAT.serialize(made, page.encode()).decode() == (
        '<!doctype html><html lang="sw"><p>One<p>Mbili'
    )


def test_a_lost_tag_or_code_is_found() -> None:
    kinds = kinds_for("html")
    difference = compare('a <a href="b">c</a> <code>d</code>', "a c <code>e</code>", kinds)
    assert set(difference.lost) == {'<a href="b">', "</a>", "<code>d</code>"}


@pytest.mark.parametrize(
    "hostile",
    ["<" * 20000, "<" + "a" * 99000, "<a " * 10000, "<a b='" * 5000, "<a b=\"'" * 5000, "<!--" * 5000, "<div>" * 20000,
     "<div>" * 5000 + "</p>" * 5000, "<b>" * 20000 + "x" + "</b>" * 20000, "<code>" * 9000,
     "<script>" * 5000, "</" * 9000, "<p translate=no>" * 5000, "<!" * 9000, "&" * 20000, "<a =" * 9000],
)  # fmt: skip
def test_hostile_pages_are_read(hostile: str) -> None:
    data = hostile.encode()
    assert FORMAT.serialize(FORMAT.parse(data), data) == data


_PIECES = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<a href='x'>", "</a>", "<br>", "<img alt=a>",
     '<img alt="b c">', "<code>", "</code>", "<pre>", "</pre>", "<!--", "-->", "<script>", "</script>",
     "<title>", "</title>", "<p translate=no>", "word", " ", "\n", "\r\n", "&amp;", "<", ">", "'", '"',
     "=", "/", "é", "<h1>", "</h1>", "<svg/>", "<input placeholder=x value='", "<html lang=en>"]
)  # fmt: skip
_PAGES = st.lists(_PIECES, max_size=30).map("".join)


@settings(max_examples=200, deadline=None)
@given(_PAGES)
def test_tokens_are_the_whole_text(page: str) -> None:
    assert "".join(page[token.start : token.end] for token in tokens(page)) == page


@settings(max_examples=200, deadline=None)
@given(_PAGES, _PAGES)
def test_any_two_pages_can_be_read_beside_each_other(one: str, other: str) -> None:
    source, data = read(one), other.encode()
    target = read(other, source)
    assert FORMAT.serialize(target, data) == data
    assert len({entry.key for entry in target.entries}) == len(target.entries)


@settings(max_examples=200, deadline=None)
@given(_PAGES)
def test_an_edit_of_any_page_changes_its_block_or_is_refused(page: str) -> None:
    catalogue = read(page)
    for entry in catalogue.entries[:4]:
        edited = catalogue.with_texts({entry.key: f"{entry.text} more"})
        try:
            written = FORMAT.serialize(edited, page.encode())
        except FormatError:
            continue
        texts = [each.text for each in FORMAT.parse(written).entries if not is_blank(each.text)]
        assert texts == [each.text for each in edited.entries]


@pytest.mark.parametrize(
    "statement",
    ["{% include 'a > b.html' %}", "{# a note, <b> #}", "<% if a > b %>", "<?php echo $a->b ?>"],
)
def test_statements_of_templates_around_words_are_no_part_of_them(statement: str) -> None:
    page = f"<p>\n  {statement}\n  First words of the\n  page, and more.\n  {statement}\n</p>\n"
    (entry,) = FORMAT.parse(page.encode()).entries
    assert entry.text == "First words of the page, and more."
    changed = FORMAT.parse(page.encode()).with_texts({entry.key: "Other words."})
    written = FORMAT.serialize(changed, page.encode()).decode()
    assert written == f"<p>\n  {statement}\n  Other words.\n  {statement}\n</p>\n"


def test_a_statement_among_words_stays_on_its_line() -> None:
    page = b"<p>\n  Some words before {% include 'buttons.html' %} and\n  some words after.\n</p>\n"
    (entry,) = FORMAT.parse(page).entries
    text = str(entry.text).replace("Some words", "Quite a few more words")
    written = FORMAT.serialize(FORMAT.parse(page).with_texts({entry.key: text}), page).decode()
    assert any("{% include 'buttons.html' %}" in line for line in written.splitlines())
