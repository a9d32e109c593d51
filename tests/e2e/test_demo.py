"""``dpg-l10n demo``: the way of a string from a repository back into it, as ``make demo`` runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dpg_l10n import resources
from tests.support.console import SOURCE, SWAHILI, Console, console_in
from tests.support.projects import json_bytes


@pytest.fixture
def console(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Console:
    """A console in an empty folder."""
    return console_in(tmp_path, monkeypatch, capsys)


def test_the_demo_goes_all_the_way_and_leaves_its_files(console: Console) -> None:
    ran = console("demo")
    assert ran.code == 0
    for step in ("1. Push", "2. Coverage", "3. Draft", "4. Coverage again", "5. Export"):
        assert step in ran.out
    assert "a demonstration" in ran.err
    example = resources.data_folder("demo")
    written = {
        name.removeprefix("demo-output/files/"): data
        for name, data in console.files().items()
        if name.startswith("demo-output/files/")
    }
    assert len(written) == 25
    assert written == {name: (example / name).read_bytes() for name in written}
    assert (console.folder / "demo-output/gettext-with-drafts/web/es.po").exists()
    assert not console.store.exists()
    assert not console.models.exists()


def test_drafts_change_no_coverage_in_the_demo(console: Console) -> None:
    def covered(text: str) -> list[list[str]]:
        rows = [line.split() for line in text.splitlines() if "%" in line]
        return [[row[0], *(cell for cell in row if cell.endswith("%"))] for row in rows]

    out = console("demo").out
    first, again = (out.partition(f"{title}")[2] for title in ("2. Coverage", "4. Coverage"))
    before = covered(first.partition("3. Draft")[0])
    assert len(before) == 5
    assert before == covered(again.partition("5. Export")[0])


def test_the_store_of_the_demo_can_be_looked_into(console: Console) -> None:
    console("demo")
    ran = console("status", "--store", "demo-output/store.db")
    assert "village-health-register" in ran.out
    listed = console("review", "list", "--store", "demo-output/store.db", "--state", "draft",
                     "-p", "village-health-register", "-l", "es", "--json")  # fmt: skip
    assert len(listed.json) > 0


def test_another_demo_replaces_the_first(console: Console) -> None:
    console("demo", "--no-drafts")
    leftover = console.folder / "demo-output" / "files" / "old.json"
    leftover.write_text("{}")
    assert console("demo", "--no-drafts").code == 0
    assert not leftover.exists()


def test_a_folder_that_no_demo_made_is_left_alone(console: Console) -> None:
    console.write({"demo-output/thesis.txt": "years of work"})
    ran = console("demo")
    assert ran.code == 2
    assert "--out" in ran.err
    assert console.files() == {"demo-output/thesis.txt": b"years of work"}


def test_a_demo_of_a_repository_only_reads_it(console: Console) -> None:
    tree = {"i18n/en.json": json_bytes(SOURCE), "i18n/sw.json": json_bytes(SWAHILI)}
    console.write({f"app/{name}": data for name, data in tree.items()})
    ran = console("demo", "app", "--out", "shown")
    assert ran.code == 0
    assert "1 catalogue in app" in ran.out
    assert "1 file, 1 with exactly the bytes that came in" in ran.out
    files = console.files()
    assert {name: files[f"app/{name}"] for name in tree} == tree
    assert [name for name in files if name.startswith("app/")] == [f"app/{name}" for name in tree]
    assert files["shown/files/i18n/sw.json"] == tree["i18n/sw.json"]
