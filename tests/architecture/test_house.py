"""What HOUSE rules promise of the tree itself: lengths, pages, examples, what never appears."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import click
import pytest

from dpg_l10n.formats import FORMATS
from dpg_l10n_cli.main import COMMANDS, LazyGroup
from tests.support.error_codes import error_codes

_ROOT = Path(__file__).parents[2]
_MOST_LINES = 300
_MODULES = sorted(path for top in ("src", "cli", "api") for path in (_ROOT / top).rglob("*.py"))
_DECISIONS = sorted((_ROOT / "docs/decisions").glob("*.md"))
_HEADINGS = ["## Context", "## Choice", "## What we gave up"]
_FORBIDDEN = re.compile(rb"/work/|/home/(?!amina\b)\w|/root/|pypi\.org|pythonhosted")
"""Amina is an invented person, who lives in tests."""
_SELF = "tests/architecture/test_house.py"
_ROW = re.compile(r"^\| `([a-z_.]+)` \| (\d) \|", re.MULTILINE)


def _text(*parts: str) -> str:
    return _ROOT.joinpath(*parts).read_text(encoding="utf-8")


def _relative(path: Path) -> str:
    return path.relative_to(_ROOT).as_posix()


@pytest.mark.parametrize("path", _MODULES, ids=_relative)
def test_a_module_is_short_enough_to_be_read_at_once(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= _MOST_LINES


@pytest.mark.parametrize("name", FORMATS.names())
def test_every_format_has_a_page(name: str) -> None:
    assert _text("docs", "formats", f"{name}.md").startswith("# ")


@pytest.mark.parametrize("name", FORMATS.names())
def test_every_format_has_samples(name: str) -> None:
    suffixes = FORMATS[name].suffixes
    assert any(
        path.name.lower().endswith(suffixes) for path in (_ROOT / "tests/data" / name).rglob("*.*")
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name: str) -> None:
    pages = [path for path in ("README.md", "docs/commands.md") if (_ROOT / path).is_file()]
    assert any(re.search(rf"dpg-l10n {name}\b", _text(page)) for page in pages)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_shows_how_it_is_called(name: str) -> None:
    group = LazyGroup(name="dpg-l10n")
    command = group.get_command(click.Context(group), name)
    assert command is not None
    with click.Context(command, info_name=f"dpg-l10n {name}") as context:
        assert re.search(
            rf"(?m)^ +dpg-l10n {name}\b", command.get_help(context).partition("Examples:")[2]
        )


def test_there_are_pages_of_decisions() -> None:
    assert _DECISIONS


@pytest.mark.parametrize("path", _DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_why_what_and_what_it_cost(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("## ")] == _HEADINGS


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in _DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_index_of_the_docs_names_every_page() -> None:
    pages = {
        path.relative_to(_ROOT / "docs").as_posix()
        for path in (_ROOT / "docs").rglob("*.md")
        if path.name != "README.md"
    }
    linked = set(re.findall(r"\]\(([\w/.-]+\.md)\)", _text("docs", "README.md")))
    assert pages - linked == set()


@pytest.mark.parametrize(
    "path", [*_ROOT.glob("*.md"), *(_ROOT / "docs").rglob("*.md")], ids=_relative
)
def test_a_link_between_pages_leads_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)\s#]+)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_no_file_names_a_registry_or_a_place_on_somebodys_machine() -> None:
    found = [
        f"{name}: {match[0].decode()}"
        for name in _tracked()
        if name != _SELF and (match := _FORBIDDEN.search((_ROOT / name).read_bytes()))
    ]
    assert found == []


def test_every_error_code_is_documented_with_its_exit_code_and_none_that_is_gone() -> None:
    listed = {code: int(exit_code) for code, exit_code in _ROW.findall(_text("docs", "errors.md"))}
    assert listed == error_codes(_ROOT)


def _tracked() -> list[str]:
    """Return the files that belong to the repository, new ones included, binary ones not."""
    if not (_ROOT / ".git").exists():
        pytest.skip("not a checkout: which files belong to the repository is not known")
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - from PATH, as make has it
        cwd=_ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return [name for name in listing.splitlines() if (_ROOT / name).is_file()]
