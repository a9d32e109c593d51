"""What commands print: tables for people, JSON for programs, progress for terminals."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from dpg_l10n.config import wants_colour
from dpg_l10n.domain.project import Problem
from dpg_l10n.interchange.plain import plain


def colours() -> bool:
    """Tell whether standard output takes colours."""
    return sys.stdout.isatty() and wants_colour()


def style(text: str, **how: Any) -> str:
    """Return a text with colours where the output takes them."""
    return click.style(text, **how) if colours() else text


def print_json(value: Any) -> None:
    """Print a report as JSON."""
    click.echo(json.dumps(plain(value), ensure_ascii=False, indent=2))


def note(text: str) -> None:
    """Say something to the person that is not the result."""
    click.echo(text, err=True)


def problems(found: Iterable[Problem], word: str = "note", most: int | None = None) -> None:
    """Tell what was seen and not taken, once where several files share the reason.

    Args:
        found: The problems.
        word: What each line begins with.
        most: So many lines at most; None for all.
    """
    paths: dict[tuple[str, str], list[str]] = {}
    for problem in found:
        paths.setdefault((problem.message, problem.code), []).append(problem.path)
    lines = [
        f"{word}: {first}{f' and {len(rest)} more' if rest else ''}: {message}  [{code}]"
        for (message, code), (first, *rest) in paths.items()
    ]
    for line in lines[:most]:
        note(line)
    if most is not None and len(lines) > most:
        note(f"{word}: and {len(lines) - most} more; all of them: dpg-l10n init --dry-run")


def counted(number: int, thing: str, things: str = "") -> str:
    """Return a number with its noun: “1 catalogue”, “1,200 units”.

    Args:
        number: How many.
        thing: The noun for one.
        things: The noun for another number; empty adds an “s”.
    """
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def width(text: str) -> int:
    """Return the columns that a text takes on a terminal."""
    bare = click.unstyle(text)
    return sum(
        0
        if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn")
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in bare
    )


def table(heads: Sequence[str], rows: Sequence[Sequence[object]], *, left: int = 1) -> str:
    """Return a table with aligned columns.

    Args:
        heads: Column titles.
        rows: Cells; numbers are written with thousands separators.
        left: How many leading columns hold words (aligned left); the others hold numbers.
    """
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [
        max(width(column) for column in columns) for columns in zip(heads, *cells, strict=True)
    ]

    def line(values: Sequence[str]) -> str:
        padded = [
            value + " " * (size - width(value))
            if at < left
            else " " * (size - width(value)) + value
            for at, (value, size) in enumerate(zip(values, widths, strict=True))
        ]
        return "  ".join(padded).rstrip()

    ruler = "  ".join("─" * size for size in widths)
    return "\n".join([style(line(heads), bold=True), ruler, *map(line, cells)])


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value)


def bar(parts: Sequence[tuple[float, str, str]], size: int = 20) -> str:
    """Return a bar of characters.

    Args:
        parts: Share (0.0 to 1.0), character and colour of each part; the rest stays empty.
        size: Columns of the whole.
    """
    drawn = ""
    used = 0
    reach = 0.0
    for share, character, colour in parts:
        reach += share
        columns = min(int(reach * size), size) - used
        drawn += style(character * columns, fg=colour)
        used += columns
    return drawn + style("·" * (size - used), dim=True)


def watched() -> bool:
    """Tell whether a person watches standard error."""
    return sys.stderr.isatty()


@contextmanager
def progress(length: int, label: str) -> Iterator[Any]:
    """Show a progress bar on standard error when a person watches; else nothing.

    Yields an object with ``update(steps)``.
    """
    with click.progressbar(
        length=length, label=label, file=sys.stderr, hidden=not watched()
    ) as shown:
        yield shown
