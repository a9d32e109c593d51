from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import is_blank
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.markdown import FORMAT


def read(text: str, source: Catalogue | None = None) -> Catalogue:
    return FORMAT.parse(text.encode(), source=source)


def said(catalogue: Catalogue) -> list[tuple[str, str]]:
    return [(entry.key.rpartition("-")[0], str(entry.text)) for entry in catalogue.entries]


def key(catalogue: Catalogue, text: str) -> str:
    return next(entry.key for entry in catalogue.entries if entry.text == text)


def write(catalogue: Catalogue, template: str, **texts: str) -> str:
    return FORMAT.serialize(catalogue.with_texts(texts), template.encode()).decode()


def test_blocks_are_known_by_their_kind_and_containers() -> None:
    page = "# A\n\nb\n\n> c\n>\n> - d\n\n1. e\n\n   f\n   - g\n\n| h | i |\n|---|---|\n| j | k |\n"
    assert said(read(page)) == [
        ("h1", "A"), ("p", "b"), ("q.p", "c"), ("q.u.li", "d"), ("o.li", "e"), ("o.p", "f"),
        ("o.u.li", "g"), ("th1", "h"), ("th2", "i"), ("td1", "j"), ("td2", "k"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "left_alone",
    [
        "```\ncode\n```", "    code", "<div>\nwords\n</div>", "[a]: /b 'words'", "---", "`code`", "42",
        "<https://example.org>", "+++\ntitle = 'Words'\n+++",
    ],
)  # fmt: skip
def test_what_is_not_for_readers_is_no_message(left_alone: str) -> None:
    assert read(f"{left_alone}\n").entries == ()


def test_lines_are_joined_and_visible_breaks_kept() -> None:
    assert said(read("one\ntwo  \nthree\\\nfour\n")) == [("p", "one two\nthree\nfour")]


def test_a_task_keeps_its_box() -> None:
    page = "- [x] Done\n"
    catalogue = read(page)
    assert write(catalogue, page, **{key(catalogue, "Done"): "Fait"}) == "- [x] Fait\n"


def test_front_matter_gives_the_fields_that_people_read() -> None:
    page = "---\ntitle: \"Say \\\"yes\\\"\"\nlayout: home\nfeatures:\n  - title: 'It''s free' # note\n    details: Plain text\n---\n\nBody\n"
    assert said(read(page)) == [
        ("meta.title", 'Say "yes"'), ("meta.title", "It's free"), ("meta.details", "Plain text"),
        ("p", "Body"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A: b", '"A: b"'),
        ("- a", '"- a"'),
        ("Bonjour", "Bonjour"),
        ("no", '"no"'),
        ("a #b", '"a #b"'),
    ],
)
def test_a_bare_field_gets_quotes_where_it_needs_them(text: str, written: str) -> None:
    page = "---\ntitle: Hello\n---\n"
    catalogue = read(page)
    assert (
        write(catalogue, page, **{catalogue.entries[0].key: text})
        == f"---\ntitle: {written}\n---\n"
    )


def test_a_changed_paragraph_is_wrapped_as_it_was() -> None:
    page = "> A paragraph that was wrapped by hand at\n> forty columns or so.\n"
    catalogue = read(page)
    new = "Un paragraphe que quelqu'un a coupé à la main, à quarante colonnes environ."
    assert write(catalogue, page, **{catalogue.entries[0].key: new}) == (
        "> Un paragraphe que quelqu'un a coupé à\n> la main, à quarante colonnes environ.\n"
    )


def test_no_line_of_a_wrapped_paragraph_begins_a_list() -> None:
    page = "A paragraph that was wrapped by hand at forty\ncolumns or so.\n"
    catalogue = read(page)
    new = "word " * 8 + "in 2020. - and + more * things # of 1) all > kinds"
    assert said(read(write(catalogue, page, **{catalogue.entries[0].key: new}))) == [("p", new)]


@pytest.mark.parametrize("text", ["a\n\nb", "# a", "- a", "> a", "1. a", "```a"])
def test_a_text_that_would_be_another_block_is_refused_with_its_line(text: str) -> None:
    page = "# Title\n\nwords\n"
    catalogue = read(page)
    with pytest.raises(FormatError) as caught:
        write(catalogue, page, **{key(catalogue, "words"): text})
    assert (caught.value.error_code, caught.value.line) == ("format.text", 3)


SOURCE = (
    "# Guide\n\nFirst words.\n\n## Install\n\n- Take it\n- Start it\n\n## Use\n\nUse `it` well.\n"
)
TARGET = "# Guide fr\n\nPremiers mots.\n\n## Installer\n\n- Prends-le\n- Lance-le\n\n## Utiliser\n\nUtilise bien `it`.\n"


def test_a_translation_has_the_keys_of_its_source() -> None:
    source = read(SOURCE)
    target = read(TARGET, source)
    assert [entry.key for entry in target.entries] == [entry.key for entry in source.entries]


def test_a_block_in_the_language_of_the_source_says_nothing() -> None:
    source = read(SOURCE)
    target = read(TARGET.replace("Premiers mots.", "First words."), source)
    assert [entry.text for entry in target.entries][1] == ""


def test_a_section_with_other_blocks_is_not_read_and_the_others_are() -> None:
    source = read(SOURCE)
    target = read(TARGET.replace("- Lance-le\n", "- Lance-le\n- Et encore\n"), source)
    known = source.by_key()
    placed = [entry.text for entry in target.entries if entry.key in known]
    assert placed == ["Guide fr", "Premiers mots.", "Installer", "Utiliser", "Utilise bien `it`."]
    strays = [entry.text for entry in target.entries if entry.key not in known]
    assert strays == ["Prends-le", "Lance-le", "Et encore"]


def test_a_page_with_other_headings_is_not_guessed_at() -> None:
    source = read(SOURCE)
    target = read(TARGET.replace("## Utiliser", "## Autre\n\nMots.\n\n## Utiliser"), source)
    known = source.by_key()
    assert [entry.text for entry in target.entries if entry.key in known] == ["Guide fr"]


def test_a_new_language_begins_as_the_source_and_keeps_what_is_not_translated() -> None:
    source = read(SOURCE)
    assert FORMAT.begin is not None
    new = FORMAT.begin(source, "fr")
    entry = source.by_key()[key(source, "Take it")]._replace(text="Prends-le")
    made = Catalogue(new.format, (entry,), new.language, layout=new.layout)
    assert FORMAT.serialize(made, SOURCE.encode()).decode() == SOURCE.replace(
        "Take it", "Prends-le"
    )


def test_a_translation_taken_out_gives_way_to_the_source() -> None:
    source = read(SOURCE)
    target = read(TARGET, source)
    gone = key(source, "First words.")
    rest = tuple(entry for entry in target.entries if entry.key != gone)
    made = Catalogue(target.format, rest, layout=target.layout)
    written = FORMAT.serialize(made, TARGET.encode()).decode()
    assert written == TARGET.replace("Premiers mots.", "First words.")


def test_equal_texts_are_told_apart_by_the_headings_above() -> None:
    page = "# A\n\nNote\n\n# B\n\nNote\n\nNote\n"
    other = "# B\n\nNote\n\nNote\n\n# A\n\nNote\n"
    keys = [entry.key for entry in read(page).entries]
    assert len(set(keys)) == 5
    assert len({entry.key for entry in read(other).entries} - set(keys)) <= 1


def test_a_moved_paragraph_keeps_its_key() -> None:
    before, after = read("# A\n\none\n\ntwo\n\n# B\n"), read("# A\n\ntwo\n\n# B\n\none\n")
    assert {e.key for e in before.entries} == {e.key for e in after.entries}


@pytest.mark.parametrize(
    "hostile",
    [">" * 20000, "- " * 20000, "[" * 20000, "`" * 20000, "`a``a```" * 9000, "* a\n" * 5000, "|" * 20000 + "\n|-|\n",
     "![" * 10000, "<" * 20000, "---\n" * 5000, "a\n" * 10000, "\\\n" * 10000],
)  # fmt: skip
def test_hostile_pages_are_read(hostile: str) -> None:
    data = hostile.encode()
    assert FORMAT.serialize(FORMAT.parse(data), data) == data


_PIECES = st.sampled_from(
    ["# ", "## ", "- ", "1. ", "> ", "| ", "|---|", "```", "    ", "\n", "\n\n", "  \n", "\\", "a", "Zwei",
     "é", "`", "[x](y)", "<b>", "<!--", "-->", "---\n", "title: x", "\r\n", "\t", "===", "* * *", "[x] "]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=30).map("".join), st.lists(_PIECES, max_size=30).map("".join))
def test_any_two_pages_can_be_read_beside_each_other(one: str, other: str) -> None:
    source, data = read(one), other.encode()
    target = read(other, source)
    assert FORMAT.serialize(target, data) == data
    assert len({entry.key for entry in target.entries}) == len(target.entries)


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=30).map("".join))
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


@pytest.mark.parametrize("key", ["app.title", "save", "x.p-1", "h7-1", "td0-1", "li-1", "q.qu.p-1"])
def test_texts_that_are_of_no_page_make_none(key: str) -> None:
    with pytest.raises(FormatError) as caught:
        FORMAT.serialize(Catalogue(FORMAT.name, (Entry(key, "Save"),)))
    assert (caught.value.error_code, caught.value.params["key"]) == ("format.structure", key)
