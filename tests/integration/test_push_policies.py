"""What a push asks about: conflicts, pruning, and source changes that mean the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dpg_l10n.domain.merge import OnConflict
from dpg_l10n.domain.states import State
from dpg_l10n.errors import UsageError
from dpg_l10n.ports import Store
from dpg_l10n.services.ingest import PushOptions, push
from dpg_l10n.services.reports import PushConflict
from dpg_l10n_cli.main import run
from tests.support.projects import (
    FixedClock,
    Workspace,
    json_bytes,
    json_project,
    message,
    po_bytes,
    po_project,
)


def _disputed(store: Store) -> Workspace:
    """Return a project of which one text was changed here and, unpushed, in its file."""
    work = json_project(store, {"a": "Save", "b": "Open"}, sw={"a": "Hifadhi", "b": "Fungua"})
    work.push()
    work.decide("a", "sw", text="Weka")
    work.files["i18n/sw.json"] = json_bytes({"a": "Tunza", "b": "Fungua sasa"})
    return work


def test_a_conflict_is_listed_with_both_texts(store: Store) -> None:
    report = _disputed(store).push()
    assert report.conflicts == (PushConflict("app", "sw", "a", "Weka", "Tunza"),)
    assert report.catalogues[0].languages["sw"].conflicts == 1


def test_a_conflict_keeps_the_text_here_and_suggests_that_of_the_file(store: Store) -> None:
    work = _disputed(store)
    work.push()
    assert work.texts("sw") == {"a": "Weka", "b": "Fungua sasa"}
    assert [each.text for each in work.suggestions("a", "sw")] == ["Tunza"]


def test_the_file_wins_where_it_is_asked_to_and_the_text_here_is_suggested(store: Store) -> None:
    work = _disputed(store)
    report = work.push(on_conflict=OnConflict.FILE)
    assert len(report.conflicts) == 1
    assert work.texts("sw") == {"a": "Tunza", "b": "Fungua sasa"}
    assert [each.text for each in work.suggestions("a", "sw")] == ["Weka"]
    assert [each.text for each in work.history("a", "sw")] == ["Tunza", "Weka", "Hifadhi"]


def test_a_push_that_refuses_conflicts_stores_nothing_and_lists_them(store: Store) -> None:
    work = _disputed(store)
    report = work.push(on_conflict=OnConflict.REFUSE)
    assert (report.id, len(report.conflicts)) == (0, 1)
    assert work.texts("sw") == {"a": "Weka", "b": "Fungua"}
    assert work.suggestions("a", "sw") == ()


def test_a_push_that_refuses_conflicts_and_has_none_is_stored(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={"a": "Hifadhi"})
    assert work.push(on_conflict=OnConflict.REFUSE).id > 0


def test_a_conflict_is_reported_once(store: Store) -> None:
    work = _disputed(store)
    work.push()
    assert work.push().conflicts == ()
    assert len(work.suggestions("a", "sw")) == 1


def _shrinking(store: Store, units: int, lost: int) -> Workspace:
    source = {f"k{at}": f"Text number {at}" for at in range(units)}
    work = json_project(store, source, sw={key: f"Maneno {key}" for key in source})
    work.push()
    work.files["i18n/en.json"] = json_bytes(dict(list(source.items())[lost:]))
    return work


def test_pruning_many_units_is_refused_with_the_counts(store: Store) -> None:
    work = _shrinking(store, 220, 12)
    with pytest.raises(UsageError, match=r"would take out 12 of 220 units") as refused:
        work.push(prune=True)
    assert refused.value.error_code == "push.prune"
    assert not any(unit.obsolete for unit in work.units().values())


@pytest.mark.parametrize(("units", "lost"), [(220, 11), (20, 10)])
def test_pruning_few_units_needs_no_word(store: Store, units: int, lost: int) -> None:
    work = _shrinking(store, units, lost)
    work.push(prune=True)
    assert sum(unit.obsolete for unit in work.units().values()) == lost


def test_pruning_many_units_goes_on_when_it_is_meant(store: Store) -> None:
    work = _shrinking(store, 220, 100)
    work.push(prune=True, prune_many=True)
    assert work.counts("sw").translated == 120


def test_a_dry_run_of_pruning_reports_and_refuses_nothing(store: Store) -> None:
    work = _shrinking(store, 220, 100)
    assert work.push(prune=True, dry_run=True).catalogues[0].removed == 100
    assert work.counts("sw").translated == 220


def test_units_whose_texts_went_along_to_a_new_source_do_not_count_as_pruned(store: Store) -> None:
    old = [f"Save the form of patient number {at}" for at in range(30)]
    new = [f"{text} now" for text in old]
    work = po_project(store, *map(message, old), sw=[message(text, "Hifadhi") for text in old])
    work.push()
    work.files["po/app.pot"] = po_bytes(*map(message, new))
    assert work.push(prune=True).catalogues[0].removed == 30
    assert work.counts("sw").needs_work == 30


def test_counts_are_told_before_units_are_taken_out(store: Store) -> None:
    work = _shrinking(store, 220, 12)
    told = []
    with pytest.raises(UsageError):
        push(
            store, work.spec, work.files.__getitem__, FixedClock(), PushOptions(prune=True),
            pruning=lambda *counts: told.append(counts),
        )  # fmt: skip
    assert told == [("app", 12, 220)]


def test_a_minor_change_says_so_in_the_history(store: Store) -> None:
    work = json_project(store, {"a": "Save teh file"}, sw={"a": "Hifadhi faili"})
    work.push(accept_as=State.REVIEWED)
    work.files["i18n/en.json"] = json_bytes({"a": "Save the file"})
    work.push(minor=True)
    newest, *_ = work.history("a", "sw")
    assert (newest.text, newest.state) == ("Hifadhi faili", State.REVIEWED)
    assert (newest.kind, newest.why) == ("push", "minor source change")


def _tree(folder: Path, source: dict[str, str], texts: dict[str, str]) -> None:
    (folder / "dpg-l10n.toml").write_text(
        '[project]\nslug = "clinic"\n[[catalogue]]\nname = "app"\nsource = "en.json"\n'
        'target = "{language}.json"\n',
        encoding="utf-8",
    )
    (folder / "en.json").write_bytes(json_bytes(source))
    (folder / "sw.json").write_bytes(json_bytes(texts))


@pytest.fixture
def console(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Console:
    monkeypatch.setenv("DPG_L10N_STORE", str(tmp_path / "store.db"))
    monkeypatch.chdir(tmp_path)
    return Console(tmp_path, capsys)


class Console:
    """Runs commands in a folder that holds a small project."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def write(self, source: dict[str, str], texts: dict[str, str]) -> None:
        _tree(self.folder, source, texts)

    def __call__(self, *arguments: str) -> tuple[int, str]:
        code = run(list(arguments))
        said = self._capsys.readouterr()
        return code, said.out + said.err


def _dispute(console: Console) -> None:
    console.write({"a": "Save"}, {"a": "Hifadhi"})
    assert console("push")[0] == 0
    edit = ("review", "edit", "-l", "sw", "--revision", "1", "--text", "Weka", "app", "a")
    assert console(*edit)[0] == 0
    console.write({"a": "Save"}, {"a": "Tunza"})


def test_the_console_leaves_with_5_when_conflicts_are_refused(console: Console) -> None:
    _dispute(console)
    code, said = console("push", "--on-conflict", "refuse")
    assert code == 5
    assert "here: Weka" in said
    assert "file: Tunza" in said
    assert "Nothing was stored." in said


def test_the_console_lists_all_conflicts_as_json(console: Console) -> None:
    _dispute(console)
    _, said = console("push", "--json")
    report = json.loads(said[said.index("{") :])
    assert report["conflicts"] == [
        {"catalogue": "app", "language": "sw", "key": "a", "ours": "Weka", "theirs": "Tunza"}
    ]


def test_the_console_says_how_many_units_go_and_leaves_with_2(console: Console) -> None:
    many = {f"k{at}": f"Text number {at}" for at in range(40)}
    console.write(many, {})
    console("push")
    console.write(dict(list(many.items())[:20]), {})
    code, said = console("push", "--prune")
    assert code == 2
    assert "app: the source lost 20 of 40 units." in said
    assert "--yes" in said
    assert "push.prune" in said
    assert console("push", "--prune", "--yes")[0] == 0
