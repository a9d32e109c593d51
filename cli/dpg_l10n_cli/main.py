"""The command group. Commands are imported when they run, so that help comes at once."""

from __future__ import annotations

import gc
import importlib
import os
import sys

import click

from dpg_l10n import __version__
from dpg_l10n.config import language, wants_colour
from dpg_l10n.errors import DpgL10nError, UnavailableError
from dpg_l10n.i18n import translate

COMMANDS = {
    "init": ("dpg_l10n_cli.commands.init:command", "Write dpg-l10n.toml for a repository."),
    "check": ("dpg_l10n_cli.commands.check:command", "Check the files of a working tree."),
    "convert": ("dpg_l10n_cli.commands.convert:command", "Write a file in another format."),
    "extract": (
        "dpg_l10n_cli.commands.extract:command",
        "Collect the messages of code into a template.",
    ),
    "pseudo": ("dpg_l10n_cli.commands.pseudo:command", "Write a pseudo-translation of a file."),
    "coverage": ("dpg_l10n_cli.commands.coverage:command", "Show how much people can read."),
    "country": (
        "dpg_l10n_cli.commands.country:command",
        "Show which services a country's people can read.",
    ),
    "push": ("dpg_l10n_cli.commands.push:command", "Take a repository's strings into the store."),
    "undo": ("dpg_l10n_cli.commands.undo:command", "Take a push back."),
    "status": ("dpg_l10n_cli.commands.status:command", "Show what the store knows of a project."),
    "draft": ("dpg_l10n_cli.commands.draft:command", "Draft missing translations, offline."),
    "review": ("dpg_l10n_cli.commands.review:command", "Decide on texts: list, accept, reject."),
    "history": ("dpg_l10n_cli.commands.history:command", "Show every text that a unit had."),
    "export": ("dpg_l10n_cli.commands.export:command", "Write translated files back."),
    "gate": ("dpg_l10n_cli.commands.gate:command", "Tell whether a project may be released."),
    "release": ("dpg_l10n_cli.commands.release:command", "See what was released."),
    "memory": ("dpg_l10n_cli.commands.memory:command", "Look up what was translated before."),
    "registry": (
        "dpg_l10n_cli.commands.registry:command",
        "Know which digital public goods are used where.",
    ),
    "publiccode": (
        "dpg_l10n_cli.commands.publiccode:command",
        "Say in publiccode.yml which languages are usable.",
    ),
    "glossary": ("dpg_l10n_cli.commands.glossary:command", "Agree on words, and ask for them."),
    "models": ("dpg_l10n_cli.commands.models:command", "Manage offline translation models."),
    "bundle": (
        "dpg_l10n_cli.commands.bundle:command",
        "Carry a project to a machine without a line to this one.",
    ),
    "store": ("dpg_l10n_cli.commands.store:command", "Check, back up and upgrade the store."),
    "serve": (
        "dpg_l10n_cli.commands.serve:command",
        "Answer pages and the HTTP API on this machine.",
    ),
    "worker": ("dpg_l10n_cli.commands.worker:command", "Do the long work of a service."),
    "job": ("dpg_l10n_cli.commands.job:command", "See and end long work."),
    "webhook": ("dpg_l10n_cli.commands.webhook:command", "Have events sent to an address."),
    "user": ("dpg_l10n_cli.commands.user:command", "Keep accounts and roles."),
    "token": ("dpg_l10n_cli.commands.token:command", "Keep the tokens of machines."),
    "audit": ("dpg_l10n_cli.commands.audit:command", "Read and verify the audit log."),
    "demo": ("dpg_l10n_cli.commands.demo:command", "See all of it on a small example."),
}
ALIASES = {"pull": "export"}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing its module."""
        target = COMMANDS.get(ALIASES.get(cmd_name, cmd_name))
        if target is None:
            return None
        module, _, name = target[0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with “dpg-l10n demo”, then “dpg-l10n coverage” in your own repository.",
)
@click.version_option(__version__, prog_name="dpg-l10n")
def cli() -> None:
    """Localization of digital public goods: strings in, drafts offline, people decide, files out.

    A machine draft never counts as coverage, and nothing leaves this machine unless you ask.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the console and leave with its exit code.

    0 fine, 1 a check or gate failed, 2 usage or configuration, 3 unreadable or refused input,
    4 environment, 5 conflict, 130 interrupted.
    """
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the console and return its exit code."""
    # A push makes millions of tuples and no cycles: looking for some each 700 takes a tenth of it.
    gc.set_threshold(50_000, 20, 50)
    try:
        code = cli.main(args=arguments, prog_name="dpg-l10n", standalone_mode=False)
    except DpgL10nError as error:
        click.echo(f"{_red('error')}: {_message(error)}  [{error.error_code}]", err=True)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted. What was finished is kept.", err=True)
        return 130
    except BrokenPipeError:
        # the reader of our output has seen enough (``| head``); keep Python from complaining
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        # reading and writing files of the caller: a full disk, a missing permission
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"{_red('error')}: {place}{error.strerror or error}  [unavailable]", err=True)
        return UnavailableError.exit_code
    return code if isinstance(code, int) else 0


def _message(error: DpgL10nError) -> str:
    error.message_template = translate(error.message_template, language())
    return str(error)


def _red(text: str) -> str:
    coloured = wants_colour() and sys.stderr.isatty()
    return click.style(text, fg="red", bold=True) if coloured else text
