from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.placeholders import (
    ALL,
    DEFAULT,
    MARKUP,
    SAME,
    compare,
    find,
    icu,
    kinds_for,
    letters_outside,
)

_TEXT = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="%{}<>/&@:!$#'\"-\\ \n12sdnL(),.abc", max_size=80),
    st.lists(
        st.sampled_from(["{n, plural, ", "one {", "other {", "#", "}", "'", "{x}", "=0 {", "select, ", "%s"]),
        max_size=20,
    ).map("".join),
)  # fmt: skip


def _kind(kind: str, text: str) -> list[str]:
    return [found.text for found in find(text, frozenset({kind}))]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("printf", "%s %1$s %d %ld %.2f %@ %02d %,d %*d %%", "%s %1$s %d %ld %.2f %@ %02d %,d %*d %%"),
        ("printf", "%#@files@ left", "%#@files@"),
        ("python", "Hello %(name)s, %(count)5.2f", "%(name)s %(count)5.2f"),
        ("ruby", "%{name} and %<price>.2f", "%{name} %<price>.2f"),
        ("brace", "{} {0} {name} {user.name} {0:d} {x!r:>10} { name }", "{} {0} {name} {user.name} {0:d} {x!r:>10} { name }"),
        ("brace", "{0,number,#.##}", "{0,number,#.##}"),
        ("brace", "{0,choice,0#none|1<{0} files}", "{0,choice,0#none|1<{0} files}"),
        ("mustache", "{{name}} {{{raw}}} {{#if x}}", "{{name}} {{{raw}}} {{#if x}}"),
        ("dollar", "${name} ${a.b}", "${name} ${a.b}"),
        ("hash", "#{name}", "#{name}"),
        ("hashed", "##limit## of ##max.size##", "##limit## ##max.size##"),
        ("angular", "<[count]> of <[ total ]>", "<[count]> <[ total ]>"),
        ("fluent", '{ $user } {-brand} { NUMBER($n) } { "" }', '{ $user } {-brand} { NUMBER($n) } { "" }'),
        ("moodle", "{$a} {$a->count}", "{$a} {$a->count}"),
        ("i18next", "$t(common:key)", "$t(common:key)"),
        ("numbered", "<0>x</0><1/>", "<0> </0> <1/>"),
        ("at", "@score of @total.", "@score @total"),
        ("qt", "%1 %L2 %n", "%1 %L2 %n"),
        ("vue", "@:common.ok @.lower:name @:(a.b)", "@:common.ok @.lower:name @:(a.b)"),
        ("arg", "%arg of %args", "%arg"),
        ("laravel", "The :attribute of :name.", ":attribute :name"),
        ("h5p", "@score !name :num", "@score !name :num"),
        ("drupal", "@count %title !link", "@count %title !link"),
        ("tag", '<a href="x">b</a><br/><xliff:g id="n">', '<a href="x"> </a> <br/> <xliff:g id="n">'),
        ("entity", "&nbsp;&#160;&#xA0;", "&nbsp; &#160; &#xA0;"),
        ("url", "See https://example.org/a?b=c.", "https://example.org/a?b=c"),
        ("email", "Write to a.b@example.org.", "a.b@example.org"),
    ],
)  # fmt: skip
def test_each_kind_is_recognised(kind: str, text: str, expected: str) -> None:
    assert " ".join(_kind(kind, text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "50% of all", "100% d’accord", "100%der Fälle", "5 % de plus", "nüfusun %50si", "(%ekranu)",
        "%Y-%m-%d", "%d %B %Y", "12:30", "a < b and c > d", "R&D", "{", "}{", "{ two words }", "## Title ##", "## a", "a <[ b", "<[x y]>",
        '{"a": 1}', "# of cases", "$5", "a@b.org", "@@", "{{PLURAL:$1|file|files}}",
        "{{plural:$1|file|files}}",
        "https://example.org/a%20b%2Cc",
    ],
)  # fmt: skip
def test_prose_holds_no_placeholder(text: str) -> None:
    assert find(text) == ()


def test_a_percent_sign_of_an_address_is_told_from_a_placeholder_in_it() -> None:
    assert [found.text for found in find("https://example.org/a%2d?q=%s")] == ["%s"]


def test_a_letter_of_another_script_may_follow_a_placeholder() -> None:
    assert [found.text for found in find("%uの前 %ds")] == ["%u", "%d"]


def test_an_icu_argument_is_one_placeholder_only_when_it_is_well_formed() -> None:
    good = "{n, plural, one {# file of {user}} other {{m, select, a {x} other {y}}}}"
    assert [(found.text, found.kind) for found in find(good + " {z}")] == [
        (good, "icu"), ("{z}", "brace"),
    ]  # fmt: skip
    assert [found.kind for found in find("{n, plural, one {# of {user}}")] == ["brace"]


@pytest.mark.parametrize(
    "text",
    [
        "{n, plural, }", "{n, plural, uno {x} other {y}}", "{n, plural, one {x} other {y}",
        "{n, plural, one '{x} other {y}}", "{n, plural, other {" * 40 + "}}" * 40,
    ],
)  # fmt: skip
def test_malformed_icu_is_not_parsed(text: str) -> None:
    assert icu.parse_at(text, 0) is None


def test_apostrophes_quote_braces_in_icu_texts() -> None:
    argument = icu.parse_at("{n, plural, offset:1 =0 {it''s '{'} other {don't}}", 0)
    assert argument is not None
    assert argument.labels == ("=0", "other")
    assert argument.branch("=0").parts == ("it''s '{'",)
    assert argument.branch("few").parts == ("don't",)


@pytest.mark.parametrize(
    "start", ["{n, plural, other {", "{", "<a ", "%(", "{0,choice,", "{a:", "a@", "${", "'{"]
)
def test_long_hostile_texts_are_read_in_linear_steps(start: str) -> None:
    find(start * 20_000, ALL)


@settings(max_examples=200, deadline=None)
@given(_TEXT)
def test_spans_are_in_order_and_hold_their_text(text: str) -> None:
    position = 0
    for found in find(text, ALL):
        assert position <= found.start < found.end
        assert text[found.start : found.end] == found.text
        position = found.end


@settings(max_examples=200, deadline=None)
@given(_TEXT, st.sampled_from([None, ALL, DEFAULT | MARKUP]))
def test_a_text_does_not_differ_from_itself(text: str, kinds: frozenset[str] | None) -> None:
    assert compare(text, text, kinds) == SAME


@settings(max_examples=200, deadline=None)
@given(_TEXT, _TEXT)
def test_what_one_text_lost_the_other_gained(first: str, second: str) -> None:
    kinds = DEFAULT - {"icu"}
    there, back = compare(first, second, kinds), compare(second, first, kinds)
    assert len(there.lost) == len(back.added)
    assert len(there.added) == len(back.lost)


@settings(max_examples=100, deadline=None)
@given(_TEXT)
def test_letters_outside_are_at_most_all_letters(text: str) -> None:
    assert 0 <= letters_outside(text, ALL) <= sum(map(str.isalpha, text))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("%s of %s", "%2$s von %1$s"),
        ("%d%%", "%d"),
        ("%i", "%d"),
        ("%d", "%'d"),
        ("{ name }", "{name}"),
        ("{a} {b}", "{b} {a}"),
        ("{0,date,short}", "{0,date,dd.MM.yyyy}"),
        ("{-brand}", '{-brand(case: "genitive")}'),
        ("{ $n -> [one] {$n} *[other] {$n}}", "{ $n -> [one] {$n} [few] {$n} *[other] {$n}}"),
        ("{n, plural, one {# a} other {# b}}", "{n, plural, one {# x} few {# y} other {# z}}"),
        ("{n, plural, one {# a} other {# b}}", "{n, plural, one {ein a} other {# b}}"),
        (
            "In {d}: {n, plural, one {# a} other {# b}}",
            "{n, plural, one {{d} # a} other {{d} # b}}",
        ),
    ],
)
def test_texts_agree(source: str, target: str) -> None:
    assert compare(source, target) == SAME


@pytest.mark.parametrize(
    ("source", "target", "lost", "added"),
    [
        ("%s: %d", "%d: %s", ("%s", "%d"), ("%d", "%s")),
        ("{a} {a}", "{a}", ("{a}",), ()),
        ("{} {}", "{}", ("{}",), ()),
        ("{name}", "{nom}", ("{name}",), ("{nom}",)),
        ("%(name)s", "%(name)", ("%(name)s",), ()),
        ("Saved", "{x}", (), ("{x}",)),
        ("{n, plural, one {# of {d}} other {# of {d}}}", "{n, plural, one {# of {d}} other {#}}", ("{d}",), ()),
        ("{n, plural, one {# of {d}} other {# of {d}}}", "{n, plural, one {#} other {# of {d}}}", ("{d}",), ()),
        ("{n, plural, one {a} other {b}}", "text", ("{n, plural}",), ()),
    ],
)  # fmt: skip
def test_texts_differ(
    source: str, target: str, lost: tuple[str, ...], added: tuple[str, ...]
) -> None:
    assert compare(source, target) == (lost, added)


@pytest.mark.parametrize(
    ("text", "count"),
    [("{name}", 0), ("OK {name}", 2), ("%d एक", 2), ("{n, plural, one {# ab} other {# cd}}", 4), ("a1!", 1)],
)  # fmt: skip
def test_letters_outside_placeholders_are_counted(text: str, count: int) -> None:
    assert letters_outside(text, ALL) == count


def test_a_flag_settles_how_percent_signs_are_read() -> None:
    assert "printf" in kinds_for("po", frozenset({"c-format"}))
    assert "python" not in kinds_for("po", frozenset({"c-format"}))
    assert {"qt"} == kinds_for("po", frozenset({"qt-format"})) & {"printf", "qt", "ruby", "python"}


def test_a_no_flag_switches_kinds_off() -> None:
    assert not {"printf", "python"} & kinds_for("po", frozenset({"no-python-format"}))
    assert "brace" not in kinds_for("po", frozenset({"no-python-brace-format", "fuzzy"}))


def test_formats_use_their_own_kinds() -> None:
    assert "printf" not in kinds_for("rails-yaml")
    assert "qt" in kinds_for("qt-ts")
    assert kinds_for("po") == DEFAULT | MARKUP
    assert kinds_for("android") == kinds_for("po") - {"at"} == kinds_for("unheard-of")


def test_no_kinds_find_nothing() -> None:
    assert find("%s {a}", frozenset()) == ()


class TestInlineElementsOfXliff:
    KINDS = kinds_for("xliff1")

    @pytest.mark.parametrize(
        ("source", "target", "lost"),
        [
            ('<x id="A" equiv-text="{{ a }}"/> on', 'auf <x id="A" equiv-text="{{ a.b"/>', ()),
            ('<x id="A"/> and <x id="B"/>', '<x id="B"/> und <x id="A"/>', ()),
            ('<x id="A"/> of <x id="B"/>', '<x id="A"/>', ('<x id="B"/>',)),
            ('<ph id="1">&lt;br/&gt;</ph>one', '<ph id="1">%s</ph>eins', ()),
            ('<g id="1">a</g>', "a", ('<g id="1">', "</g>")),
            ('<pc dataRef="d" id="1">a</pc>', "<pc id='1' dataRef='e'>b</pc>", ()),
        ],
    )
    def test_are_told_by_name_and_id(self, source: str, target: str, lost: tuple[str, ...]) -> None:
        assert compare(source, target, self.KINDS - MARKUP).lost == lost

    def test_are_html_elsewhere(self) -> None:
        assert find('<x id="A"/>', kinds_for("json") - MARKUP) == ()
