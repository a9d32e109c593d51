"""The page of commands names each command, each option, each variable and each exit code."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from dpg_l10n import config, errors
from dpg_l10n_cli.main import COMMANDS, LazyGroup

_PAGE = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
_SECTIONS = dict(re.findall(r"(?ms)^##+ ([a-z ]+)\n(.*?)(?=^##|\Z)", _PAGE))


def _commands() -> Iterator[tuple[str, click.Command]]:
    group = LazyGroup(name="dpg-l10n")
    context = click.Context(group)
    for name in COMMANDS:
        command = group.get_command(context, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            for part, below in command.commands.items():
                yield f"{name} {part}", below


_ALL = list(_commands())


@pytest.mark.parametrize(("name", "command"), _ALL, ids=[name for name, _ in _ALL])
def test_a_command_has_a_section_that_names_its_options_and_no_other(
    name: str, command: click.Command
) -> None:
    options = [each for each in command.params if isinstance(each, click.Option)]
    written = re.findall(r"(?m)^\| ((?:`[^`]+`(?:, )?)+) \|", _SECTIONS[name])
    told = [set(re.findall(r"(?<=`)-[\w-]+", row)) for row in written]
    assert sorted(map(sorted, told)) == sorted(sorted(each.opts) for each in options)


@pytest.mark.parametrize(("name", "command"), _ALL, ids=[name for name, _ in _ALL])
def test_every_option_says_in_the_help_what_it_does(name: str, command: click.Command) -> None:
    silent = [
        each.name for each in command.params if isinstance(each, click.Option) and not each.help
    ]
    assert (name, silent) == (name, [])


def test_no_section_is_of_a_command_that_is_gone() -> None:
    assert _SECTIONS.keys() == {name for name, _ in _ALL}


def test_every_variable_that_is_read_is_documented() -> None:
    read = set(re.findall(r'env(?:\.get\(|\[)"([A-Z_0-9]+)"', inspect.getsource(config)))
    assert read - {"HOME", "LOCALAPPDATA"} <= set(re.findall(r"(?m)^\| `([A-Z_0-9]+)` \|", _PAGE))


def test_every_exit_code_is_documented() -> None:
    codes = {
        each.exit_code
        for each in vars(errors).values()
        if isinstance(each, type) and issubclass(each, errors.DpgL10nError)
    }
    assert codes | {0, 130} == {int(code) for code in re.findall(r"(?m)^\| (\d+) \|", _PAGE)}
