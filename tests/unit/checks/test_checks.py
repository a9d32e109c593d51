"""What each check finds, and what it leaves alone."""

from __future__ import annotations

import pytest

from dpg_l10n.checks.run import align, run
from dpg_l10n.checks.spec import Subject
from dpg_l10n.domain.findings import Finding, Severity
from dpg_l10n.domain.message import Plural
from dpg_l10n.domain.placeholders import ALL, kinds_for

_FILES = Plural.of(one="%d file", other="%d files")


def _codes(subject: Subject) -> list[str]:
    return [finding.code for finding in run(subject)]


def _only(subject: Subject) -> Finding:
    (finding,) = run(subject)
    return finding


@pytest.mark.parametrize(
    ("source", "target", "code"),
    [
        ("Delete {name}?", "Futa?", "placeholder.lost"),
        ("Saved", "Saved {x}", "placeholder.added"),
        ("File {{name}}", "Faili {{jina}}", "placeholder.changed"),
        ("%s: %d", "%d : %s", "placeholder.order"),
        ("{a} and {a}", "{a}", "placeholder.count"),
        ("%s and %s", "%s", "placeholder.lost"),
        ("{} and {}", "{}", "placeholder.lost"),
        ("<b>Stop</b>", "<b>Simama<b>", "markup.broken"),
        ("<b>Stop</b>", "Simama</b>", "markup.broken"),
        ("<b>Stop</b>", "Simama", "markup.lost"),
        ("Stop<br>now", "Simama sasa", "markup.lost"),
        ('<x id="A"/>', '<x id="B"/><x id="A"/>', "markup.added"),
        ("Take 2.5 ml", "Chukua 25 ml", "number.changed"),
        ("In 1,500 days", "Siku 15", "number.changed"),
        ("Name ", "Jina", "edge.space"),
        ("Name", " Jina", "edge.space"),
        ("Name\n", "Jina", "edge.newline"),
        ("Name:", "Jina", "edge.punctuation"),
        ("Loading...", "Inapakia.", "edge.punctuation"),
        ("Yes", " \u200b", "empty"),
        ("Été", "Ã‰tÃ©", "text.damaged"),
        ("food", "à¤¨à¥‡", "text.damaged"),
        ("word", "wo\ufffdrd", "text.damaged"),
        ("It’s", "Itâ€™s", "text.damaged"),
        ("word", "wo\x07rd", "text.control"),
    ],
)
def test_a_fault_is_found(source: str, target: str, code: str) -> None:
    assert _codes(Subject(source, target, "sw")) == [code]


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("%s of %s", "%2$s — %1$s", "ru"),
        ("<b>a</b> <i>b</i>", "<i>b</i> <b>a</b>", "sw"),
        ('<a href="/en">x</a>', '<a href="/sw">y</a>', "sw"),
        ("<your name>", "<jina lako>", "sw"),
        ("a<br>b", "a<br/>b", "sw"),
        ("1,000.5 kg", "1.000,5 kg", "de"),
        ("1,000 kg", "1 000 kg", "fr"),
        ("100,000 people", "1,00,000 लोग", "hi"),
        ("3 days", "٣ أيام", "ar"),
        ("12/31/2020", "31.12.2020", "de"),
        ("1,234,567.89", "1.234.567,89", "de"),
        ("{n, plural, one {<b>#</b>} other {<b>#</b>}}", "{n, plural, other {<b>#</b>}}", "ja"),
        ("Name: ", "名前：", "ja"),
        ("What?", "ما هذا؟", "ar"),
        ("Done.", "完成。", "zh"),
        ("Done.", "เสร็จ", "th"),
        ("Why?", "Γιατί;", "el"),
        ("Done.", "“Tayari”", "sw"),
        ("“TOMORROW”", "“AMANHÃ”", "pt"),
        ("Fun :", "Spaß\u00a0:", "de"),
        ("tab\there", "tab\tici", "fr"),
        ("{ $done }%", "%{ $done }", "tr"),
        ("Relation #{0} in {1}", "Реляция №{0} в {1}", "ru"),
        ("Unknown: {} in {}", "{1} ya {0}", "sw"),
        ("label_version.title", "Version ${version}: 3", "fr"),
        ("{percent} percent", "%{percent}", "eu"),
    ],
)
def test_what_is_right_is_left_alone(source: str, target: str, language: str) -> None:
    assert _codes(Subject(source, target, language)) == []


@pytest.mark.parametrize(
    ("source", "target", "severity"),
    [
        ("\nSaved\n", "Imehifadhiwa\n", Severity.ERROR),
        ("Saved\n", "Imehifadhiwa", Severity.ERROR),
        ("\n  Saved\n  ", "\n  Imehifadhiwa", Severity.WARNING),
        ("  \nSaved", "Imehifadhiwa", Severity.WARNING),
    ],
)
def test_a_line_break_blocks_a_gettext_text_where_msgfmt_refuses_it(
    source: str, target: str, severity: Severity
) -> None:
    assert _only(Subject(source, target, "sw", format="po")).severity is severity
    assert _only(Subject(source, target, "sw", format="json")).severity is Severity.WARNING


@pytest.mark.parametrize(("form", "codes"), [("po", [Severity.WARNING]), ("php", []), ("json", [])])
def test_a_name_behind_an_at_sign_is_asked_for_in_gettext_files_only(
    form: str, codes: list[Severity]
) -> None:
    text = Subject("names: @group, user", "orodha: kundi", "sw", format=form, kinds=kinds_for(form))
    assert [finding.severity for finding in run(text)] == codes


@pytest.mark.parametrize(
    ("form", "source", "target"),
    [
        ("markdown", "Run `save <file>`.", "Endesha `hifadhi <faili>`."),
        ("html", "Run <code>save &lt;file&gt;</code>", "Endesha <code>save &lt;faili&gt;</code>"),
        ("html", "Run <code>a</code> or <code>b</code>", "Endesha <kbd>a</kbd> au"),
    ],
)
def test_code_that_was_translated_in_prose_asks_and_blocks_nothing(
    form: str, source: str, target: str
) -> None:
    found = run(Subject(source, target, "sw", format=form, kinds=kinds_for(form)))
    assert found
    assert {finding.severity for finding in found} == {Severity.WARNING}


@pytest.mark.parametrize(
    ("source", "target", "codes"),
    [
        ("Log in to {{SITENAME}}", "Ingia", []),
        ("$2 was here", "{{gender:$2|$2}} alikuwa hapa", []),
        ("See [{{fullurl:Special:Log|page=$1}} log] $1", "Ona $1", []),
        ("$1 was here", "alikuwa hapa", ["placeholder.lost"]),
        ("{{NAME}} was here", "alikuwa hapa", ["placeholder.lost"]),
    ],
)
def test_words_and_functions_of_a_wiki_are_free_and_its_variables_are_not(
    source: str, target: str, codes: list[str]
) -> None:
    kinds = kinds_for("banana")
    found = run(Subject(source, target, "sw", format="banana", kinds=kinds))
    assert [each.code for each in found if each.code.startswith("placeholder")] == codes


def test_a_message_that_is_put_in_may_be_another_one() -> None:
    found = _only(Subject("No $t(password).", "$t(passwordCapital) fehlt.", "de", format="i18next"))
    assert (found.code, found.severity) == ("placeholder.changed", Severity.WARNING)


def test_a_translated_placeholder_name_is_told_with_both_names_and_its_place() -> None:
    finding = _only(Subject("File {{name}}", "Faili {{jina}}", "sw"))
    assert finding.message == "The placeholder {{name}} of the source became {{jina}}."
    assert finding.span == (6, 14)


@pytest.mark.parametrize(
    "source", ["label_save", "aboutTranslation", "saveAsCSV", Plural.of(one="nHour", other="nHour")]
)
def test_a_source_that_is_a_name_is_compared_with_nothing(source: str | Plural) -> None:
    target = (
        Plural((("0", "%1 <b>2</b> "), ("1", "x"))) if isinstance(source, Plural) else "%1 <b>2"
    )
    found = _codes(Subject(source, target, "sv", format="qt-ts"))
    assert [code for code in found if not code.startswith("plural")] == []


def test_another_width_is_a_warning_and_another_type_an_error() -> None:
    assert _only(Subject("%5d files", "%d faili", "sw")).severity is Severity.WARNING
    assert _only(Subject("%d files", "%s faili", "sw")).severity is Severity.ERROR


@pytest.mark.parametrize("risk", ["clinical", "legal", "safety"])
def test_a_changed_number_in_a_risk_unit_is_an_error(risk: str) -> None:
    changed = Subject("Take 2.5 ml", "Chukua 25 ml", "sw", risk=risk)
    assert _only(changed).severity is Severity.ERROR
    assert _only(changed._replace(risk="normal")).severity is Severity.WARNING


def test_many_different_numbers_end_in_a_finding() -> None:
    source = " ".join(map(str, range(1000, 1300)))
    target = " ".join(map(str, range(2000, 2300)))
    assert _codes(Subject(source, target, "sw")) == ["number.changed"]


@pytest.mark.parametrize(
    ("form", "flags", "severity"),
    [
        ("po", frozenset[str](), Severity.ERROR),
        ("", frozenset({"c-format"}), Severity.ERROR),
        ("json", frozenset({"no-c-format"}), Severity.WARNING),
    ],
)
def test_a_line_break_at_the_end_is_an_error_where_msgfmt_refuses_it(
    form: str, flags: frozenset[str], severity: Severity
) -> None:
    assert _only(Subject("%d\n", "%d", "sw", format=form, flags=flags)).severity is severity


def test_the_length_limit_counts_characters() -> None:
    subject = Subject("Save", "Hifadhi", "sw", max_chars=6)
    assert _only(subject).code == "length.exceeded"
    assert _only(subject).span == (6, 7)
    assert _codes(subject._replace(max_chars=7)) == []


def test_each_variant_is_measured_by_itself() -> None:
    target = Plural.of(one="faili", other="faili nyingi")
    subject = Subject(Plural.of(one="file", other="files"), target, "sw", max_chars=6)
    assert [(f.code, f.variant) for f in run(subject)] == [("length.exceeded", "other")]


def test_kinds_that_are_not_asked_for_are_not_compared() -> None:
    subject = Subject("<b>{name}</b>", "jina", "sw", kinds=frozenset())
    assert _codes(subject) == []
    assert _codes(subject._replace(kinds=ALL)) == ["placeholder.lost", "markup.lost"]


@pytest.mark.parametrize(
    ("source", "target", "codes"),
    [
        ('<x id="A"/> on', "an", ["placeholder.lost"]),
        ('<x id="A" equiv-text="{{a}}"/>', '<x id="A" equiv-text="{{b}}"/>', []),
        ('<g id="1">a</g> b', '<g id="1">a b', ["placeholder.lost", "markup.broken"]),
        ("<b>a</b>", "a", ["markup.lost"]),
    ],
)
def test_inline_elements_of_xliff_are_told_once(source: str, target: str, codes: list[str]) -> None:
    assert _codes(Subject(source, target, "de", kinds=kinds_for("xliff1"))) == codes


def test_a_missing_plural_category_is_an_error_and_a_strange_one_an_info() -> None:
    polish = Subject(_FILES, Plural.of(one="%d plik", other="%d pliku"), "pl")
    assert {(f.code, f.variant) for f in run(polish)} == {
        ("plural.missing", "few"), ("plural.missing", "many"),
    }  # fmt: skip
    japanese = Subject(_FILES, Plural.of(one="%d 個", other="%d 個"), "ja")
    assert [(f.code, f.variant) for f in run(japanese)] == [("plural.extra", "one")]


def test_categories_that_projects_do_without_are_not_asked_for() -> None:
    french = Subject(_FILES, Plural.of(one="%d fichier", other="%d fichiers"), "fr")
    assert _codes(french) == []


def test_a_zero_variant_is_welcome_in_every_language() -> None:
    target = Plural.of(zero="Hakuna faili", one="Faili %d", other="Faili %d")
    assert _codes(Subject(_FILES, target, "sw")) == []


def test_indices_of_gettext_are_no_categories() -> None:
    target = Plural((("0", "%d plik"), ("1", "%d pliki"), ("2", "%d plików")))
    assert _codes(Subject(_FILES, target, "pl")) == []


@pytest.mark.parametrize(("language", "codes"), [("de", []), ("ru", ["plural.number_dropped"])])
def test_the_number_may_be_left_out_where_the_variant_stands_for_one_number(
    language: str, codes: list[str]
) -> None:
    target = Plural((("0", "one thing"), ("1", "%d things"), ("2", "%d things")))
    if language == "de":
        target = Plural(target.forms[:2])
    assert _codes(Subject(_FILES, target, language)) == codes


def test_only_the_number_may_be_left_out() -> None:
    source = Plural.of(one="%(name)s has %(count)d file", other="%(name)s has %(count)d files")
    right = Plural.of(one="%(name)s: eine Datei", other="%(name)s: %(count)d Dateien")
    wrong = Plural.of(one="%(count)d Datei", other="%(name)s: %(count)d Dateien")
    assert _codes(Subject(source, right, "de")) == []
    assert _codes(Subject(source, wrong, "de")) == ["placeholder.lost"]


def test_the_general_variant_needs_the_number() -> None:
    target = Plural.of(one="eine Datei", other="Dateien")
    finding = _only(Subject(_FILES, target, "de"))
    assert (finding.code, finding.variant) == ("placeholder.lost", "other")


def test_a_variant_may_have_the_number_that_the_sources_singular_says_in_words() -> None:
    source = Plural.of(one="One file", other="%d files")
    assert _codes(Subject(source, Plural.of(one="%d Datei", other="%d Dateien"), "de")) == []


@pytest.mark.parametrize(
    "target", ["файлы", "{n, plural, one {# файл other {# файла}}", "{n, множ, other {# файла}}"]
)
def test_icu_that_cannot_be_read_is_told_once(target: str) -> None:
    source = "{n, plural, one {# file} other {# files}}"
    assert _codes(Subject(source, target, "ru")) == ["icu.syntax"]


@pytest.mark.parametrize(
    ("source", "target", "language", "missing"),
    [
        ("{n, plural, one {a} other {b}}", "{n, plural, one {a} other {b}}", "ru", "few, many"),
        ("{n, plural, one {a} other {b}}", "{n, plural, one {a}}", "de", "other"),
        ("{g, select, male {a} other {b}}", "{g, select, other {b}}", "de", "male"),
        ("{n, selectordinal, other {b}}", "{n, selectordinal, one {b}}", "de", "other"),
    ],
)
def test_missing_cases_of_icu_are_named(
    source: str, target: str, language: str, missing: str
) -> None:
    finding = _only(Subject(source, target, language))
    assert finding.code == "icu.category"
    assert finding.message.endswith(f"needs: {missing}.")


def test_icu_is_not_checked_in_texts_that_do_not_use_it() -> None:
    source = "{n, plural, one {a} other {b}}"
    assert _codes(Subject(source, "x", "de", kinds=frozenset({"printf"}))) == []


def test_an_exact_case_stands_for_its_category() -> None:
    source = "{n, plural, =1 {a} other {b}}"
    assert _codes(Subject(source, source, "de")) == []
    assert _codes(Subject("{n, plural, other {b}}", "{n, plural, other {b}}", "ru")) == []


@pytest.mark.parametrize(
    ("labels", "language", "expected"),
    [
        (("0",), "ja", ("other",)),
        (("0", "1"), "de", ("one", "other")),
        (("0", "1", "2"), "ru", ("one", "other", "other")),
        (("one", "many"), "ru", ("one", "many")),
    ],
)
def test_variants_are_set_beside_the_source_variant_they_stand_for(
    labels: tuple[str, ...], language: str, expected: tuple[str, ...]
) -> None:
    subject = Subject(_FILES, Plural(tuple((label, "x") for label in labels)), language)
    pairs = align(subject)
    assert tuple(pair.category for pair in pairs) == expected
    assert [pair.source for pair in pairs] == [
        "%d file" if category == "one" else "%d files" for category in expected
    ]


def test_a_plain_translation_of_a_plural_is_set_beside_its_general_variant() -> None:
    assert align(Subject(_FILES, "%d faili", "sw"))[0].source == "%d files"


def test_variants_of_a_plain_source_are_each_set_beside_it() -> None:
    pairs = align(Subject("%d files", Plural.of(one="a", other="b"), "sw"))
    assert [pair.source for pair in pairs] == ["%d files", "%d files"]


def test_indices_in_the_source_are_understood() -> None:
    source = Plural((("0", "%d file"), ("1", "%d files")))
    pairs = align(Subject(source, Plural((("0", "a"), ("1", "b"))), "de"))
    assert [pair.source for pair in pairs] == ["%d file", "%d files"]
