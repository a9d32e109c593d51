"""Pages without keys through push and export: nothing is lost when a source moves on."""

from __future__ import annotations

import pytest

from dpg_l10n.domain.coverage import Counts
from dpg_l10n.domain.project import CatalogueSpec, ProjectSpec, TargetFile
from dpg_l10n.domain.states import State
from dpg_l10n.ports import Store
from dpg_l10n.services.checking import check
from tests.support.projects import Workspace

SOURCE = """# Clinic

Clinic helps a nurse to see who is waiting. It is free.

## How to begin

- Install the program.
- Read [the guide](guide.md).
"""
FRENCH = """# Clinique

Clinique aide une infirmière à voir qui attend. C'est gratuit.

## Pour commencer

- Installez le programme.
- Lisez [le guide](guide.md).
"""


@pytest.fixture
def work(store: Store) -> Workspace:
    page = CatalogueSpec(
        "app", "markdown", "README.md", (TargetFile("fr", "fr", "README.fr.md"),),
        "README.{language}.md",
    )  # fmt: skip
    spec = ProjectSpec("clinic", "Clinic", catalogues=(page,))
    return Workspace(store, spec, {"README.md": SOURCE.encode(), "README.fr.md": FRENCH.encode()})


def change(work: Workspace, old: str, new: str, path: str = "README.md") -> None:
    text = work.files[path].decode()
    assert old in text
    work.files[path] = text.replace(old, new).encode()


def test_a_page_and_its_translation_join(work: Workspace) -> None:
    assert work.push().catalogues[0].units == 5
    assert work.counts("fr") == Counts(translated=5)
    assert work.export() == {"README.fr.md": FRENCH.encode()}


def test_a_moved_paragraph_keeps_its_translation(work: Workspace) -> None:
    work.push()
    paragraph = "Clinic helps a nurse to see who is waiting. It is free.\n\n"
    change(work, paragraph, "")
    work.files["README.md"] += b"\n" + paragraph.encode()
    work.push(prune=True)
    assert work.counts("fr") == Counts(translated=5)


def test_a_corrected_paragraph_keeps_its_translation_as_needing_work(work: Workspace) -> None:
    work.push()
    change(work, "It is free.", "It is free to use.")
    work.push(prune=True)
    assert work.counts("fr") == Counts(translated=4, needs_work=1)


def test_a_source_that_moved_on_is_exported_with_all_that_is_known(work: Workspace) -> None:
    work.push()
    change(work, "It is free.", "It is free to use.")
    change(work, "## How to begin\n", "## Contact\n\nWrite to us.\n\n## How to begin\n")
    change(work, "- Install", "- Read the licence.\n- Install")
    work.push(prune=True)
    assert work.counts("fr") == Counts(translated=4, needs_work=1, missing=3)
    wanted = FRENCH.replace(
        "## Pour commencer\n\n",
        "## Contact\n\nWrite to us.\n\n## Pour commencer\n\n- Read the licence.\n",
    )
    assert work.export() == {"README.fr.md": wanted.encode()}


def test_an_exported_page_that_comes_back_is_no_news(work: Workspace) -> None:
    work.push()
    change(work, "It is free.", "It is free to use.")
    change(work, "## How to begin\n", "## Contact\n\nWrite to us.\n\n## How to begin\n")
    work.push(prune=True)
    before = work.counts("fr")
    work.files.update(work.export())
    work.push()
    assert work.counts("fr") == before == Counts(translated=4, needs_work=1, missing=2)


def test_a_page_that_says_more_than_the_store_knows_stays_as_it_is(work: Workspace) -> None:
    change(work, "## Pour", "## En plus\n\nUn ajout.\n\n## Pour", "README.fr.md")
    report = work.push()
    assert report.catalogues[0].languages["fr"].unknown == 6
    before = work.files["README.fr.md"]
    work.decide(next(key for key in work.units() if key.startswith("p-")), "fr", text="Autre.")
    assert work.export() == {"README.fr.md": before}


def test_a_check_tells_where_a_page_leaves_its_source(work: Workspace) -> None:
    change(work, "- Lisez", "- Encore\n- Lisez", "README.fr.md")
    found = check(work.spec, work.files.__getitem__).findings
    assert [(each.finding.code, each.line) for each in found] == [("page.unplaced", 7)]


def test_a_lost_link_is_an_error(work: Workspace) -> None:
    change(work, "[le guide](guide.md)", "le guide", "README.fr.md")
    found = check(work.spec, work.files.__getitem__).findings
    assert [each.finding.code for each in found] == ["placeholder.lost"]


def test_a_new_language_is_the_source_with_what_is_translated(work: Workspace) -> None:
    work.push()
    key = next(unit.key for unit in work.units().values() if unit.source == "Clinic")
    work.decide(key, "sw", text="Kliniki")
    assert work.state(key, "sw") is State.TRANSLATED
    exported = work.export(languages=("sw",))
    assert exported["README.sw.md"].decode() == SOURCE.replace("# Clinic\n", "# Kliniki\n")
