from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.yaml_rails import PLAIN, parse, serialize, sniff


def said(text: str, source: Catalogue | None = None) -> dict[str, Text]:
    return {entry.key: entry.text for entry in parse(text.encode(), source=source).entries}


def written(text: str, texts: dict[str, Text], language: str | None = "en") -> str:
    entries = tuple(Entry(key, said) for key, said in texts.items())
    return serialize(Catalogue("rails-yaml", entries, language), text.encode()).decode()


def edited(text: str, **texts: Text) -> str:
    data = text.encode()
    return serialize(parse(data).with_texts(texts), data).decode()


def test_keys_are_paths_below_the_locale() -> None:
    catalogue = parse(b"pt-BR:\n  a:\n    b: x\n  c: y\n")
    assert catalogue.language == "pt-BR"
    assert [entry.key for entry in catalogue.entries] == ["a.b", "c"]


def test_a_file_with_several_keys_at_the_top_has_no_locale() -> None:
    catalogue = parse(b"en:\n  a: x\nfr:\n  a: y\n")
    assert catalogue.language is None
    assert [entry.key for entry in catalogue.entries] == ["en.a", "fr.a"]


def test_a_key_that_is_no_locale_or_holds_a_text_is_an_ordinary_key() -> None:
    assert said("messages:\n  a: x\n") == {"messages.a": "x"}
    assert said("en: x\n") == {"en": "x"}


def test_a_translation_of_a_file_without_locale_has_none_either() -> None:
    source = parse(b"app:\n  a: x\nmenu:\n  b: y\n")
    assert said("app:\n  a: x\n", source) == {"app.a": "x"}


@pytest.mark.parametrize(
    "value", ["12", "1.5", "true", "no", "~", "null", "", "2024-01-02", ":short", "0x1F", "*a"]
)
def test_values_that_are_no_strings_are_no_entries(value: str) -> None:
    assert said(f"en:\n  z: &a t\n  a: {value}\n") == {"z": "t"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain # comment", "plain"),
        ("'it''s'", "it's"),
        ('"a\\tb\\u00e9"', "a\tbé"),
        ("'12'", "12"),
        ("!!str 12", "12"),
        ("&x anchored", "anchored"),
        ("two\n    lines", "two lines"),
        ("|\n    a\n     b\n", "a\n b\n"),
        ("|-\n    a\n", "a"),
        (">\n    a\n    b\n\n    c\n", "a b\nc\n"),
        ("", None),
    ],
)
def test_every_style_of_scalar_is_read(value: str, text: str | None) -> None:
    assert said(f"en:\n  a: {value}\n").get("a") == text


def test_a_mapping_of_plural_categories_is_one_entry() -> None:
    text = "en:\n  n:\n    one: 1 x\n    other: many\n  k:\n    one: a\n    two: b\n"
    assert said(text) == {"n": Plural.of(one="1 x", other="many"), "k.one": "a", "k.two": "b"}


def test_a_source_plural_is_a_plural_in_every_language() -> None:
    source = parse(b"en:\n  n:\n    one: a\n    other: b\n")
    assert said("lt:\n  n:\n    one: a\n    few: b\n", source) == {"n": Plural.of(one="a", few="b")}


def test_items_of_a_list_are_entries_by_index() -> None:
    assert said("en:\n  d: [~, Jan, 3]\n  e:\n  - a\n  - :b\n") == {"d[1]": "Jan", "e[0]": "a"}


def test_without_a_locale_other_alone_is_an_ordinary_key() -> None:
    text = "home:\n  other: Home\nfiles:\n  one: a\n  other: b\n"
    assert said(text) == {"home.other": "Home", "files": Plural.of(one="a", other="b")}
    assert said("en:\n  home:\n    other: Home\n") == {"home": Plural.of(other="Home")}


def test_a_comment_above_a_list_is_no_note_of_what_its_items_hold() -> None:
    text = "x: 1\nen:\n# A\n- a: b\n# B\n- c: d\n"
    assert [e.notes for e in parse(text.encode()).entries] == ["", ""]


def test_comments_directly_above_a_key_in_its_column_are_its_notes() -> None:
    text = "en:\n  # Far.\n\n  # Short,\n  # please.\n  a: x\n# No.\n  b: y\n"
    assert [e.notes for e in parse(text.encode()).entries] == ["Short,\nplease.", ""]


def test_a_merged_mapping_is_kept_and_not_read_twice() -> None:
    text = "en:\n  a: &a\n    x: y\n  b:\n    <<: *a\n    z: w\n"
    assert said(text) == {"a.x": "y", "b.z": "w"}
    assert edited(text, **{"b.z": "W"}) == text.replace("w", "W")


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join(['*' + old] * 10)}]\n"
    for old, new in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "empty", 0),
        ("# only a comment\n", "empty", 0),
        ("- a\n", "root", 1),
        ("text\n", "root", 1),
        ("en:\n  a: x\n  a: y\n", "duplicate", 3),
        ("en:\n\ta: x\n", "syntax", 2),
        ('en:\n  a: "x\n', "syntax", 3),
        ("en:\n  a: \x01\n", "syntax", 2),
        ("a: x\n---\nb: y\n", "documents", 2),
        ("en:\n  a: !ruby/object:Gem::Installer {}\n", "tag", 2),
        ("en:\n  a: !!python/object/apply:os.system [x]\n", "tag", 2),
        ("? [a]\n: b\n", "key", 1),
        ("&a b: c\n*a : d\n", "key", 1),
        ("a: *b\n", "alias", 1),
        ("a: &a\n  b: *a\n", "alias", 2),
        (BOMB, "alias", 5),
        ("a: " + "{a: " * 200, "depth", 1),
        ("a: " + "[" * 200, "depth", 1),
    ],
)
def test_what_is_broken_or_hostile_is_refused_with_its_line(
    text: str, code: str, line: int
) -> None:
    with pytest.raises(FormatError) as raised:
        parse(text.encode())
    assert (raised.value.error_code, raised.value.line) == (f"format.{code}", line)


@pytest.mark.parametrize(
    ("old", "text", "new"),
    [
        ("x", "z", "z"),
        ("x", "yes", '"yes"'),
        ("x", "12", '"12"'),
        ("x", "a: b", '"a: b"'),
        ("x", "a #b", '"a #b"'),
        ("x", "%{n} y", '"%{n} y"'),
        ("x", "", '""'),
        ("x", "a\nb", '"a\\nb"'),
        ("'x'", "it's", "'it''s'"),
        ("'x'", "a\nb", '"a\\nb"'),
        ('"x"', 'say "é"', '"say \\"é\\""'),
        ("|\n    x", "a\n  b\n", "|\n    a\n      b"),
        ("|\n    x", "a", "|-\n    a"),
        ("| # why\n    x", "a\n", "| # why\n    a"),
        ("|\n    x", " a", '" a"'),
        (">-\n    x\n    y", "a\nb", ">-\n    a\n\n    b"),
        (">\n    x", " a\n", '" a\\n"'),
        ("x\n    y", "z", "z"),
        ("&x y", "z", "&x z"),
        ("[x]", None, "[z]"),
    ],
)
def test_a_changed_text_keeps_its_style_where_it_can(old: str, text: str | None, new: str) -> None:
    before, after = f"en:\n  a: {old}\n  # c\n  b: x\n", f"en:\n  a: {new}\n  # c\n  b: x\n"
    key = "a" if text is not None else "a[0]"
    assert edited(before, **{key: "z" if text is None else text}) == after


def test_quotation_marks_are_those_that_the_file_prefers() -> None:
    assert edited("en:\n  a: x\n  b: 'y'\n", a="no") == "en:\n  a: 'no'\n  b: 'y'\n"


def test_a_new_entry_goes_after_the_lines_of_its_predecessor() -> None:
    text = "en:\n  a:\n    b: |\n      x\n\n    # note\n    d: y\n"
    assert written(text, {"a.b": "x\n", "a.c": "z", "a.d": "y"}) == (
        "en:\n  a:\n    b: |\n      x\n    c: z\n\n    # note\n    d: y\n"
    )


def test_a_new_first_entry_goes_above_the_comment_of_the_next() -> None:
    assert written("en:\n  # note\n  b: y\n", {"a": "x", "b": "y"}) == (
        "en:\n  a: x\n  # note\n  b: y\n"
    )


def test_a_new_last_entry_leaves_a_file_without_final_newline_so() -> None:
    assert written("en:\r\n  a: x", {"a": "x", "b": "z"}) == "en:\r\n  a: x\r\n  b: z"


def test_missing_parents_and_lists_of_a_new_entry_are_made() -> None:
    assert written("en:\n    a: x\n", {"a": "x", "b.c": "w", "d[0]": "1st", "e[0].f": "z"}) == (
        "en:\n    a: x\n    b:\n        c: w\n    d:\n        - 1st\n    e:\n        - f: z\n"
    )


def test_a_lost_entry_takes_its_comment_and_empty_parent_along() -> None:
    text = "en:\n  a: x\n  # note\n  b:\n    c: y # here\n\n  d: z\n"
    assert written(text, {"a": "x", "d": "z"}) == "en:\n  a: x\n\n  d: z\n"


def test_a_lost_anchored_entry_is_blanked_because_others_refer_to_it() -> None:
    text = "en:\n  a: &a x\n  b: *a\n  c: y\n"
    assert written(text, {"c": "y"}) == 'en:\n  a: &a ""\n  b: *a\n  c: y\n'


def test_a_lost_list_goes_as_a_whole_and_a_lost_item_is_blanked() -> None:
    text = "en:\n  d:\n    - ~\n    - Jan\n    - Feb\n  e: x\n"
    assert written(text, {"d[2]": "Feb", "e": "x"}) == text.replace("Jan", '""')
    assert written(text, {"e": "x"}) == "en:\n  e: x\n"


@pytest.mark.parametrize(
    ("texts", "flow"),
    [
        ({"f.a": "1st", "f.b": "2"}, '{a: 1st, b: "2"}'),
        ({"f.b": "2nd"}, "{b: 2nd}"),
        ({"f.a": "1st"}, "{a: 1st}"),
        ({"f.a": "1st", "f.x": "new", "f.b": "2nd"}, "{a: 1st, x: new, b: 2nd}"),
        ({"f.x": "new", "f.a": "1st", "f.b": "2nd"}, "{x: new, a: 1st, b: 2nd}"),
        ({"f.x": "new", "f.b": "2nd"}, "{x: new, b: 2nd}"),
    ],
)
def test_mappings_in_braces_stay_in_braces(texts: dict[str, Text], flow: str) -> None:
    assert written("en:\n  f: {a: 1st, b: 2nd}\n", texts) == f"en:\n  f: {flow}\n"


def test_a_plural_gains_and_loses_categories() -> None:
    text = "en:\n  n:\n    one: a\n    other: b\n"
    forms = Plural.of(zero="z", one="a", few="f", other="b")
    assert written(text, {"n": forms}, "ar") == (
        "ar:\n  n:\n    zero: z\n    one: a\n    few: f\n    other: b\n"
    )
    assert written(text, {"n": Plural.of(other="b")}, "ja") == "ja:\n  n:\n    other: b\n"


def test_a_text_becomes_a_plural_and_back() -> None:
    text = "en:\n  a: x\n  b: z\n"
    plural = "en:\n  a: x\n  b:\n    one: p\n    other: q\n"
    assert written(text, {"a": "x", "b": Plural.of(one="p", other="q")}) == plural
    assert written(plural, {"a": "x", "b": "z"}) == text


@pytest.mark.parametrize(
    ("template", "language", "start"),
    [("en:\n", "fr", "fr:\n"), ("'en':\n", "no", "'no':\n"), ("en:\n", "no", '"no":\n')],
)
def test_the_locale_becomes_the_language_of_the_catalogue(
    template: str, language: str, start: str
) -> None:
    assert written(template + "  a: x\n", {"a": "x"}, language) == start + "  a: x\n"


@pytest.mark.parametrize("template", ["sw:\n", "sw: {}\n", "sw: ~\n"])
def test_an_empty_language_can_be_filled(template: str) -> None:
    assert written(template, {"a": "x", "b.c": "z"}, "sw") == "sw:\n  a: x\n  b:\n    c: z\n"


def test_a_catalogue_can_be_emptied_and_stays_readable() -> None:
    assert said(written("en:\n  a: x\n", {})) == {}
    assert said(written("a: x\nb: y\n", {}, None)) == {}


def test_without_a_template_the_locale_stands_at_the_top() -> None:
    catalogue = Catalogue("rails-yaml", (Entry("a.b", "x"),), "no")
    assert serialize(catalogue) == b'"no":\n  a:\n    b: x\n'


def test_keys_that_would_be_no_strings_are_quoted() -> None:
    assert written("en:\n  a: x\n", {"a": "x", "yes": "w", "404": "z"}) == (
        'en:\n  a: x\n  "yes": w\n  "404": z\n'
    )


def test_lines_that_cannot_be_told_apart_are_refused() -> None:
    with pytest.raises(FormatError) as raised:
        written("en:\n  ? a\n  : x\n  ? b\n  : y\n", {"a": "x"})
    assert raised.value.error_code == "format.layout"


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["x", "'x'", '"x"', "|\n    x", ">-\n    x", "[x]", "{y: x}"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
    | st.text("yno01.:-~# '\"\n\t%&*!|>{}[],?@`=<\\abcé", max_size=12),
)
def test_any_text_in_any_style_reads_back_in_another_parser(value: str, text: str) -> None:
    data = f"en:\n  a: {value}\n  z: end\n".encode()
    catalogue = parse(data)
    out = serialize(catalogue.with_texts({catalogue.entries[0].key: text}), data)
    tree = yaml.load(out, Loader=yaml.SafeLoader)["en"]
    found = tree["a"]
    found = (
        found[0] if isinstance(found, list) else found["y"] if isinstance(found, dict) else found
    )
    assert (found, tree["z"]) == (text, "end")


@pytest.mark.parametrize(
    ("path", "head", "answer"),
    [
        ("config/locales/en.yml", b"# c\n---\nen:\n  a: x\n", True),
        ("pt.yaml", b"\xef\xbb\xbf'pt-BR':\r\n", True),
        ("ci.yml", b"on:\n  push\nname: x\n", True),
        ("ci.yml", b"name: build\non: push\n", False),
        ("en.yml", b"en: text\n", False),
        ("en.json", b"en:\n", False),
        ("translations/messages.fr.yaml", b"app.title: Sant\xc3\xa9\n'b c': \"x\"\n", True),
        ("_i18n/pt_BR.yml", b"# c\nglobal:\n  title: x\n  more: |\n    y\n", True),
        ("i18n/fr/nav.yaml", b"home:\r\n  other: Accueil\r\n", True),
        ("i18n/nav.yaml", b"home:\n  other: Home\n", False),
        ("config/en.yml", b"port: 80\ndebug: true\nname: x\n", False),
        ("data/en.yaml", b"- id: a\n  translation: b\n", False),
    ],
)
def test_detection_wants_a_locale_that_holds_a_mapping_or_a_language_in_the_path(
    path: str, head: bytes, answer: bool
) -> None:
    assert sniff(path, head) is answer


def test_without_a_locale_words_that_ruby_takes_for_booleans_are_texts() -> None:
    assert said("no: No\nmenu:\n  on: On\n  list: [off, 3, true]\n") == {
        "no": "No", "menu.on": "On", "menu.list[0]": "off",
    }  # fmt: skip
    assert said("en:\n  no: No\n  a: x\n") == {"a": "x"}
    assert edited("no: No\nyes: Yes\n", yes="Ndiyo", no="Off") == 'no: "Off"\nyes: Ndiyo\n'


MENU = b"# c\nui:\n  menu:\n    open: Open\n  days:\n    one: a\n    other: b\n"


@pytest.mark.parametrize(
    ("path", "head", "name"),
    [
        ("i18n/en.yaml", MENU, "yaml"),
        ("i18n/en.yaml", MENU.replace(b"ui:", b"my:"), "yaml"),
        ("translations/app.en_GB.yml", MENU.replace(b"ui:", b'"nav":'), "yaml"),
        ("config/locales/en.yml", MENU.replace(b"ui:", b"en-GB:"), "rails-yaml"),
        ("config/locales/devise.pt-BR.yml", MENU.replace(b"ui:", b"pt:"), "rails-yaml"),
        ("config/locales/nb.yml", MENU.replace(b"ui:", b'"no":'), "rails-yaml"),
        ("config/locales/in.yml", MENU.replace(b"ui:", b"id:"), "rails-yaml"),
        ("config/texts.yml", MENU.replace(b"ui:", b"my:"), "rails-yaml"),
        ("i18n/en.yaml", MENU + b"nav:\n  home: Home\n", "rails-yaml"),  # no lone key
        ("i18n/my/nav.yaml", MENU.replace(b"ui:", b"my:"), "rails-yaml"),
    ],
)
def test_a_short_word_at_the_top_is_no_locale_where_the_path_names_another(
    path: str, head: bytes, name: str
) -> None:
    found = next(form for form in FORMATS if form.sniff(path, head))
    assert found.name == name


def test_without_a_locale_the_key_at_the_top_is_part_of_every_key_and_is_not_renamed() -> None:
    source = PLAIN.parse(MENU)
    assert source.language is None
    assert {entry.key: entry.text for entry in source.entries} == {
        "ui.menu.open": "Open", "ui.days": Plural.of(one="a", other="b"),
    }  # fmt: skip
    assert PLAIN.serialize(source, MENU) == MENU
    new = Catalogue(PLAIN.name, (Entry("ui.menu.open", "Fungua"),), "sw")
    assert PLAIN.serialize(new, MENU) == b"# c\nui:\n  menu:\n    open: Fungua\n"
    assert PLAIN.serialize(new) == b"ui:\n  menu:\n    open: Fungua\n"
