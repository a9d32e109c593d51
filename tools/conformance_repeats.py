"""Texts that other tools count although the format has them once, or nowhere in particular."""

from __future__ import annotations

import io
from collections.abc import Iterator

from fluent.syntax import ast
from fluent.syntax import parse as parse_fluent
from openpyxl import load_workbook

_COLUMNS = ("label", "hint", "constraint_message", "required_message", "guidance_hint")


def repeated(form: str, data: bytes) -> Iterator[tuple[int, str]]:
    """Yield how many texts more (above 0) or fewer another tool counts in a file, and why."""
    if form == "fluent":
        again, new = _fluent(data.decode("utf-8-sig", "replace"))
        yield again, "in messages whose name stands again"
        yield new, "in attributes that only the second message of a name has"
    elif form == "commcare":
        lines = [line.split("=")[0] for line in data.decode().splitlines() if "=" in line]
        yield len(lines) - len(set(lines)), "lines that repeat another"
    elif form == "xlsform" and data.startswith(b"PK"):
        book = load_workbook(io.BytesIO(data), read_only=True)
        yield _rows_again(book["survey"]), "in rows whose name stands again, or that end a group"
        yield (
            -_plain_cells(book["survey"]),
            "in columns without a language beside some that have one",
        )


def _fluent(text: str) -> tuple[int, int]:
    """Return the texts of repeated messages, and how many of them the first one lacks."""
    seen: dict[tuple[type, str], set[str]] = {}
    again = new = 0
    for each in parse_fluent(text).body:
        if isinstance(each, ast.Message | ast.Term):
            parts = {attribute.id.name for attribute in each.attributes}
            before = seen.setdefault((type(each), each.id.name), parts)
            if before is not parts:
                again += len(parts) + (each.value is not None)
                new += len(parts - before)
    return again, new


def _rows_again(sheet: object) -> int:
    heads, rows = _table(sheet)
    seen: set[tuple[str, ...]] = set()
    groups: list[str] = []
    again = 0
    for row in rows:
        told = {head: str(value or "") for head, value in zip(heads, row, strict=False)}
        labels = [value for head, value in told.items() if head.startswith("label") and value]
        if told["type"].startswith("end"):
            del groups[-1:]
            again += bool(labels)
            continue
        place = (*groups, told["name"])
        again += bool(labels) * (place in seen)
        seen.add(place)
        if told["type"].startswith("begin"):
            groups.append(told["name"])
    return again


def _plain_cells(sheet: object) -> int:
    heads, rows = _table(sheet)
    plain = [at for at, head in enumerate(heads) if head in _COLUMNS]
    return sum(bool(row[at]) for row in rows for at in plain)


def _table(sheet: object) -> tuple[list[str], list[tuple[object, ...]]]:
    rows = list(sheet.iter_rows(values_only=True))  # type: ignore[attr-defined] # no stubs
    return [str(head or "") for head in rows[0]], rows[1:]
