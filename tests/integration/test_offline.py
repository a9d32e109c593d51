"""Offline packages: strings leave in a file, and each comes back for itself."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from dpg_l10n.domain.message import Plural
from dpg_l10n.domain.query import parse
from dpg_l10n.domain.states import State
from dpg_l10n.errors import DpgL10nError, InputError, UsageError
from dpg_l10n.ports import Store
from dpg_l10n.services.drafting import draft
from dpg_l10n.services.offline import Asked, Brought, bring_back, take
from dpg_l10n.services.queue import Task, queue
from tests.support.engines import FakeEngine
from tests.support.offline import (
    KINDS,
    brought,
    cell_of,
    edited,
    in_cells,
    taken,
    without_comments,
    written,
)
from tests.support.projects import FixedClock, Workspace, json_project, plural_message, po_project

EVERYTHING = parse("")


@pytest.fixture
def work(store: Store) -> Workspace:
    """``a`` and ``b`` are translated, ``d`` is a draft, ``e`` is missing, ``n`` needs work."""
    source = {key: f"Text {key}" for key in "abden"}
    made = json_project(store, source, sw={key: f"Neno {key}" for key in "abn"})
    made.push()
    draft(store, "clinic", FakeEngine(), made.clock)
    made.decide("e", "sw", State.NEEDS_WORK)
    made.decide("n", "sw", State.NEEDS_WORK)
    return made


def said(work: Workspace) -> dict[str, tuple[Any, str]]:
    keys = {unit.id: key for key, unit in work.units().items()}
    found = work.translations("sw").items()
    return {keys.get(key, key): (text.text, text.state.value) for key, text in found}  # type: ignore[call-overload]


def codes(lines: tuple[Any, ...]) -> list[str]:
    return [line.error.error_code for line in lines]


def only(report: Brought, **counts: int) -> None:
    names = ("written", "confirmed", "doubted", "unchanged", "empty", "known")
    assert {name: getattr(report, name) for name in names if getattr(report, name)} == counts


@pytest.mark.parametrize("kind", KINDS)
def test_a_package_that_nobody_touched_changes_nothing(work: Workspace, kind: str) -> None:
    before = said(work)
    report = brought(work, taken(work, kind, query=EVERYTHING).data)
    assert said(work) == before
    only(report, unchanged=4, empty=1)
    assert report.refused == report.suggested == ()


@pytest.mark.parametrize("kind", KINDS)
def test_texts_that_a_person_wrote_are_written_and_no_others(work: Workspace, kind: str) -> None:
    before = said(work)
    data = taken(work, kind, query=EVERYTHING).data
    report = brought(work, written(data, {"Text a": "Jipya", "Text d": "Langu", "Text e": "Lako"}))
    only(report, written=3, unchanged=2)
    changed = {
        "a": ("Jipya", "translated"),
        "d": ("Langu", "translated"),
        "e": ("Lako", "translated"),
    }
    assert said(work) == {**before, **changed}


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_is_accepted_only_by_taking_its_mark_off(work: Workspace, kind: str) -> None:
    data = taken(work, kind, query=EVERYTHING).data
    only(brought(work, data), unchanged=4, empty=1)
    assert work.state("d", "sw") is State.DRAFT
    report = brought(work, written(data, {}, confirm=["Text d", "Text n"]))
    only(report, confirmed=2, unchanged=2, empty=1)
    assert (work.state("d", "sw"), work.state("n", "sw")) == (State.TRANSLATED, State.TRANSLATED)
    assert work.history("d", "sw")[0].origin.made == "person"


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_sent_twice_is_written_once(work: Workspace, kind: str) -> None:
    data = taken(work, kind, query=EVERYTHING).data
    back = written(data, {"Text a": "Jipya", "Text e": "Lako"}, confirm=["Text d"])
    brought(work, back)
    before = [len(work.history(key, "sw")) for key in "ade"]
    report = brought(work, back)
    only(report, known=3, unchanged=2)
    assert [len(work.history(key, "sw")) for key in "ade"] == before
    assert report.suggested == ()


@pytest.mark.parametrize("kind", KINDS)
def test_what_somebody_else_changed_becomes_a_suggestion(work: Workspace, kind: str) -> None:
    data = taken(work, kind, query=EVERYTHING).data
    work.decide("a", "sw", text="Lingine", actor="asha")
    work.decide("b", "sw", text="Lingine", actor="asha")
    report = brought(work, written(data, {"Text a": "Jipya"}))
    assert codes(report.suggested) == ["conflict.stale"]
    assert work.texts("sw")["a"] == work.texts("sw")["b"] == "Lingine"
    assert [each.text for each in work.suggestions("a", "sw")] == ["Jipya"]
    assert work.suggestions("b", "sw") == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_for_an_earlier_source_is_kept_beside(work: Workspace, kind: str) -> None:
    data = taken(work, kind, query=EVERYTHING).data
    work.files["i18n/en.json"] = work.files["i18n/en.json"].replace(b"Text e", b"Other e")
    work.push()
    report = brought(work, written(data, {"Text e": "Jipya"}))
    assert codes(report.suggested) == ["offline.outdated"]
    assert work.state("e", "sw") is State.MISSING
    assert [each.text for each in work.suggestions("e", "sw")] == ["Jipya"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_another_project_or_language_is_refused_by_string(
    work: Workspace, kind: str
) -> None:
    data = taken(work, kind, query=EVERYTHING).data
    other = bring_back(work.store, "clinic", "am", data, "juma", work.clock)
    assert set(codes(other.refused)) == {"offline.language"}
    work.spec = work.spec.__class__("other", "Other", catalogues=work.spec.catalogues)
    work.push()
    report = bring_back(
        work.store, "other", "sw", written(data, {"Text a": "X"}), "juma", work.clock
    )
    assert set(codes(report.refused)) == {"offline.project"}
    assert report.written == 0


def test_a_text_marked_as_unsure_is_a_suggestion(work: Workspace) -> None:
    data = written(taken(work, "po", query=EVERYTHING).data, {"Text a": "Sijui"}, mark=["Text a"])
    report = brought(work, data)
    assert codes(report.suggested) == ["offline.unsure"]
    assert work.texts("sw")["a"] == "Neno a"


def test_a_mark_on_an_old_text_says_that_it_needs_work(work: Workspace) -> None:
    report = brought(work, written(taken(work, "xlsx", query=EVERYTHING).data, {}, mark=["Text b"]))
    only(report, doubted=1, unchanged=3, empty=1)
    assert work.state("b", "sw") is State.NEEDS_WORK


def test_a_tool_that_takes_all_comments_out_accepts_no_draft(work: Workspace) -> None:
    data = without_comments(written(taken(work, "po", query=EVERYTHING).data, {"Text e": "Lako"}))
    report = brought(work, data)
    assert codes(report.refused) == ["offline.stripped"] * 2
    assert (work.state("d", "sw"), work.texts("sw")["e"]) == (State.DRAFT, "Lako")


def test_other_line_ends_and_wrapping_are_no_change(work: Workspace) -> None:
    work.decide("a", "sw", text="Moja.\nMbili " + "neno " * 30)
    data = taken(work, "po", query=EVERYTHING).data
    rewrapped = data.replace(b"neno neno ", b'neno "\n"neno ').replace(b"\n", b"\r\n")
    only(brought(work, rewrapped), unchanged=4, empty=1)
    source = work.texts("sw")["a"]
    only(brought(work, rewrapped.replace(b"Moja.", b"Mmoja.")), written=1, unchanged=3, empty=1)
    assert work.texts("sw")["a"] == str(source).replace("Moja.", "Mmoja.")


def test_messages_in_another_order_with_some_gone_and_some_added(work: Workspace) -> None:
    data = written(taken(work, "po", query=EVERYTHING).data, {"Text a": "Jipya", "Text e": "Lako"})

    def change(entries: Any) -> Any:
        kept = [entry for entry in reversed(entries) if "Text b" not in entry.key]
        return [*kept, kept[0]._replace(key="Mine", context="", source="Mine", text="Yangu")]

    report = brought(work, edited(data, change))
    only(report, written=2, unchanged=2)
    assert codes(report.refused) == ["offline.mark"]


def test_a_broken_message_loses_no_other(work: Workspace) -> None:
    data = written(taken(work, "po", query=EVERYTHING).data, {"Text a": "Jipya", "Text b": "Pia"})
    broken = data.replace(b'msgstr "Jipya"', b'msgstr "Jipya')
    report = brought(work, broken)
    only(report, written=1, unchanged=2, empty=1)
    assert codes(report.refused) == ["format.syntax"]
    line = broken[: broken.index(b"Jipya")].count(b"\n") + 1
    assert report.refused[0].place == line


def test_bytes_of_another_encoding_lose_only_their_message(work: Workspace) -> None:
    data = written(taken(work, "po", query=EVERYTHING).data, {"Text a": "Jipya", "Text b": "Ké"})
    report = brought(work, data.replace("Ké".encode(), b"K\xe9"))
    assert codes(report.refused) == ["offline.encoding"]
    only(report, written=1, unchanged=2, empty=1)


@pytest.mark.parametrize("kind", ["po", "xliff"])
def test_a_string_that_stands_twice_with_two_texts_is_refused(work: Workspace, kind: str) -> None:
    data = written(taken(work, kind, query=EVERYTHING).data, {"Text a": "Jipya", "Text e": "Lako"})
    if kind == "po":
        start = data.index(b"msgctxt")
        block = data[start : data.index(b"\n\n", start)]
        twice = data + b"\n" + block.replace(b"Jipya", b"Jingine") + b"\n"
    else:
        start = data.index(b"<trans-unit")
        block = data[start : data.index(b"</trans-unit>", start) + 13]
        twice = data.replace(b"    </body>", block.replace(b"Jipya", b"Jingine") + b"</body>")
    report = brought(work, twice)
    assert codes(report.refused) == ["offline.twice"]
    only(report, written=1, unchanged=3)


def test_a_broken_unit_of_an_xliff_file_loses_no_other(work: Workspace) -> None:
    data = written(
        taken(work, "xliff", query=EVERYTHING).data, {"Text a": "Ji & pya", "Text e": "L"}
    )
    report = brought(work, data.replace(b"Ji &amp; pya", b"Ji & pya"))
    assert codes(report.refused) == ["format.xml"]
    only(report, written=1, unchanged=3)


def test_elements_that_a_tool_put_in_are_refused(work: Workspace) -> None:
    data = written(taken(work, "xliff", query=EVERYTHING).data, {"Text a": "Jipya", "Text e": "L"})
    report = brought(work, data.replace(b"Jipya", b'Ji<x id="1"/>pya'))
    assert codes(report.refused) == ["offline.markup"]
    only(report, written=1, unchanged=3)


def test_what_a_spreadsheet_makes_of_a_text_is_refused_by_row(work: Workspace) -> None:
    data = taken(work, "xlsx", query=EVERYTHING).data

    def change(sheet: Any) -> None:
        cell_of(sheet, "Text a").value = 43_891
        cell_of(sheet, "Text b").value = "=1+1"
        cell_of(sheet, "Text e").value = "Lako"

    report = brought(work, in_cells(data, change))
    assert codes(report.refused) == ["offline.cell"]
    only(report, written=1, unchanged=2, empty=1)  # a formula that was never counted shows nothing


def test_rows_in_another_order_added_and_doubled_are_told_apart(work: Workspace) -> None:
    data = written(taken(work, "xlsx", query=EVERYTHING).data, {"Text e": "Lako"})

    def change(sheet: Any) -> None:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        sheet.delete_rows(2, len(rows))
        for row in [*reversed(rows), rows[0], [None, "mine", None, None, "Mine", "Yangu"]]:
            sheet.append(row)

    report = brought(work, in_cells(data, change))
    only(report, written=1, unchanged=4)
    assert codes(report.refused) == ["offline.mark"]


def test_a_sheet_that_was_saved_as_csv_is_understood(work: Workspace) -> None:
    data = written(taken(work, "xlsx", query=EVERYTHING).data, {"Text e": "-5 digrii"})
    rows: list[list[str]] = []
    in_cells(data, lambda sheet: rows.extend([c.value or "" for c in r] for r in sheet.iter_rows()))
    for encoding, delimiter in (("utf-8-sig", ";"), ("utf-16", "\t")):
        saved = io.StringIO()
        csv.writer(saved, delimiter=delimiter, lineterminator="\r\n").writerows(
            [f"'{cell}" if cell.startswith("-") else cell for cell in row] for row in rows
        )
        report = brought(work, saved.getvalue().encode(encoding))
        assert report.refused == ()
    assert work.texts("sw")["e"] == "-5 digrii"


def test_a_text_that_begins_like_a_formula_is_a_text_in_the_sheet(store: Store) -> None:
    source = {"a": '=HYPERLINK("x")', "b": "+1"}
    work = json_project(store, source, sw={"a": "@SUM(A1)"})
    work.push()
    data = taken(work, "xlsx", query=EVERYTHING).data
    kinds: list[tuple[str, bool]] = []

    def look(sheet: Any) -> None:
        cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value]
        kinds.extend((cell.data_type, cell.quotePrefix) for cell in cells if cell.value[0] in "=+@")

    in_cells(data, look)
    assert kinds == [("s", True)] * 3
    only(brought(work, data), unchanged=1, empty=1)
    only(brought(work, written(data, {"+1": "'+1"})), written=1, unchanged=1)
    assert work.texts("sw")["b"] == "+1"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("forms", ["nplurals=2; plural=(n != 1);", "nplurals=2; plural=(n == 1);"])
def test_plural_variants_go_out_and_come_back(store: Store, kind: str, forms: str) -> None:
    work = po_project(
        store, plural_message("%d file", "%d files", "", ""),
        sw=[plural_message("%d file", "%d files", "faili %d", "mafaili %d")],
    )  # fmt: skip
    work.files["po/sw.po"] = work.files["po/sw.po"].replace(
        b"nplurals=2; plural=(n != 1);", forms.encode()
    )
    work.push()
    data = taken(work, kind, query=EVERYTHING).data
    only(brought(work, data), unchanged=1)
    report = brought(work, written(data, {"%d files": "mafaili mapya %d"}))
    assert report.refused == ()
    assert report.written == 1
    (text,) = [text.text for text in work.translations("sw").values()]
    assert isinstance(text, Plural)
    assert "mafaili mapya %d" in [form for _, form in text.forms]


@pytest.mark.parametrize("kind", ["xliff", "xlsx"])
def test_variants_that_are_not_whole_are_refused(store: Store, kind: str) -> None:
    work = po_project(store, plural_message("%d file", "%d files", "", ""), sw=[])
    work.push()
    data = taken(work, kind, query=EVERYTHING).data
    report = brought(work, written(data, {"%d files": "mafaili %d"}))
    assert codes(report.refused) == ["offline.variants"]
    assert work.texts("sw") == {}


def test_a_package_of_a_keyed_catalogue_has_plural_forms_of_gettext(store: Store) -> None:
    source = {"files_one": "{{count}} file", "files_other": "{{count}} files"}
    arabic = {f"files_{name}": f"ملف {name} {{{{count}}}}" for name in
              ("zero", "one", "two", "few", "many", "other")}  # fmt: skip
    work = json_project(store, source, format_name="i18next", ar=arabic)
    work.push()
    data = take(store, "clinic", "ar", Asked("po", EVERYTHING), "juma", work.clock).data
    assert data.count(b"msgstr[") == 6
    report = bring_back(store, "clinic", "ar", data.replace(b"few", b"kidogo"), "juma", work.clock)
    only(report, written=1)
    (text,) = [text.text for text in work.translations("ar").values()]
    assert isinstance(text, Plural)
    assert text.get("few") == "ملف kidogo {{count}}"
    assert text.get("many") == "ملف many {{count}}"


def test_strings_are_kept_for_who_took_them_out_until_they_come_back(work: Workspace) -> None:
    package = taken(work, "po", task=Task.REVIEW, limit=2, days=3)
    assert package.until == work.clock.at + 3 * 86_400
    after = FixedClock(work.clock.at + 2 * 86_400)
    others = {view.unit.key for view in queue(work.store, "clinic", "sw", "asha", after)}
    assert len(others) == 2
    mine = taken(work, "po", actor="asha", query=EVERYTHING)
    assert (mine.units, mine.busy) == (3, 2)
    brought(work, package.data)
    assert taken(work, "po", actor="asha", query=EVERYTHING).busy == 0


def test_the_same_strings_are_the_same_bytes(work: Workspace) -> None:
    for kind in KINDS:
        first, second = (taken(work, kind, query=EVERYTHING).data for _ in range(2))
        assert first == second


def test_what_a_format_cannot_hold_is_left_out_and_named(store: Store) -> None:
    work = json_project(store, {"a": "bell \x07", "b": "b", "c": "x" * 33_000}, sw={})
    work.push()
    assert taken(work, "xliff", query=EVERYTHING).left_out == ("app: a",)
    assert taken(work, "xlsx", query=EVERYTHING).left_out == ("app: c",)
    assert taken(work, "po", query=EVERYTHING).left_out == ()
    only(brought(work, taken(work, "po", query=EVERYTHING).data), empty=3)


def test_a_unit_that_is_gone_and_a_revision_that_never_was_are_refused(work: Workspace) -> None:
    data = written(taken(work, "po", query=EVERYTHING).data, {"Text a": "J", "Text b": "K"})
    a, b = (work.units()[key].id for key in "ab")
    forged = data.replace(f":{a}:1:".encode(), f":{a}:9:".encode())
    report = brought(work, forged.replace(f":{b}:1:".encode(), b":99999:1:"))
    assert sorted(codes(report.refused)) == ["offline.mark", "offline.unit"]


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"<html></html>", b'msgid ""\nmsgstr ""\n', b"PK\x03\x04", b"a,b\n1,2\n"],
)
def test_a_file_that_is_no_package_is_refused(work: Workspace, data: bytes) -> None:
    with pytest.raises(DpgL10nError) as refused:
        brought(work, data)
    assert isinstance(refused.value, InputError)


def test_a_package_has_a_known_format_and_a_bounded_size(work: Workspace) -> None:
    cases: list[tuple[str, dict[str, Any]]] = [
        ("docx", {}), ("po", {"limit": 0}), ("po", {"days": 31}),
    ]  # fmt: skip
    for format, more in cases:
        with pytest.raises(UsageError) as refused:
            taken(work, format, **more)
        assert refused.value.error_code == "usage.offline"
