"""Counts that other tools made of a catalogue, and why they differ from ours.

A reason is a number that the files show: how many messages are blank, are items of an array, and
so on. A difference is explained when some of these numbers make up for it exactly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from conformance_repeats import repeated

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.domain.diff import incoming_entries
from dpg_l10n.domain.message import is_blank
from dpg_l10n.domain.project import CatalogueSpec
from dpg_l10n.formats import FORMATS
from dpg_l10n.services.reports import PushedCatalogue

Read = Callable[[str], bytes]
Reason = tuple[int, str]
"""How many messages more (above 0) or fewer (below) another tool counts, and why."""

_BLOCKS = "blocks of a page, which others count without asking what they stand for in the source"
_NUMBER = re.compile(rb"(?m)^ *[\w.-]+: +\d+ *$")
_NOT_FOR_TRANSLATORS = re.compile(rb'<string\s[^>]*(?:translatable="false"|>\s*@string/)')


@dataclass(frozen=True, slots=True)
class Difference:
    """A count of another tool that is not ours."""

    what: str
    """``units`` or a language."""
    ours: int
    theirs: int
    why: str
    """Empty where the files show no reason."""


def told(found: Sequence[Difference]) -> str:
    """Return differences as one cell of a table, those with the same reason together."""
    groups: dict[str, list[str]] = {}
    for each in found:
        counts = f"{each.what} {each.ours:,}, others {each.theirs:,}"
        groups.setdefault(each.why or "**not explained**", []).append(counts)
    return ". ".join(f"{'; '.join(counts)}: {why}" for why, counts in groups.items())


def is_about(entry: dict[str, Any], spec: CatalogueSpec) -> bool:
    """Tell whether an entry of the manifest counts this catalogue."""
    if entry["source_path"] and spec.source:
        return bool(entry["source_path"] == spec.source)
    paths = set((entry["target_paths"] or {}).values())
    return any(target.path in paths for target in spec.targets)


def differences(
    entry: dict[str, Any], spec: CatalogueSpec, pushed: PushedCatalogue, read: Read
) -> Iterator[Difference]:
    """Yield the counts of a manifest's entry that are not ours."""
    source = _parse(spec, spec.source, read)
    units = entry["n_source_units"]
    by_text = FORMATS[spec.format].keys_from_text
    if pushed.units != units:
        reasons = [] if source is None else _of_file(spec.source or "", source, read)
        if source is None:
            reasons = [
                (len(_said(parsed)) - pushed.units, f"in files of other languages than {tag}")
                for tag, path in entry["target_paths"].items()
                if (parsed := _parse(spec, path, read)) is not None
            ]
        why = _BLOCKS if by_text else explain(units - pushed.units, reasons)
        yield Difference("units", pushed.units, units, why)
    names = {path: name for name, path in (entry["target_paths"] or {}).items()}
    # of pages there are only counts of blocks
    translated = entry["n_translated_units"] or entry.get("n_blocks_per_language") or {}
    for target in spec.targets:
        stands = pushed.languages.get(target.language)
        told = translated.get(names.get(target.path, ""))
        if stands is None or told is None or stands.translated == told:
            continue
        parsed = _parse(spec, target.path, read, source)
        reasons = [
            (stands.unknown, "with a key that the source lacks"),
            (stands.needs_work, "fuzzy or with an empty plural variant"),
            *(() if parsed is None else _of_file(target.path, parsed, read, source)),
        ]
        why = _BLOCKS if by_text else explain(told - stands.translated, reasons)
        yield Difference(target.language, stands.translated, told, why)


def explain(gap: int, reasons: Sequence[Reason]) -> str:
    """Return the fewest reasons that make up for a difference exactly; empty when none do."""
    numbers = [reason for reason in reasons if reason[0]]
    for size in range(1, len(numbers) + 1):
        for chosen in combinations(numbers, size):
            if sum(number for number, _ in chosen) == gap:
                return ", ".join(
                    f"{abs(number):,} {'more' if number > 0 else 'fewer'} there: {why}"
                    for number, why in chosen
                )
    return ""


def _of_file(
    path: str, parsed: Catalogue, read: Read, source: Catalogue | None = None
) -> list[Reason]:
    """Return what a file has that tools count differently."""
    known = {entry.key for entry in _said(source or parsed)}
    said = [entry for entry in _said(parsed) if entry.key in known]
    items = sum(parsed.format == "android" and entry.key.endswith("]") for entry in said)
    comments = sum(entry.key.endswith("developer_comment") for entry in said)
    data = read(path)
    return [
        *repeated(parsed.format, data),
        (len(parsed.entries) - len(_said(parsed)), "blank, nothing to translate"),
        (-items, "items of string arrays, which the app shows one by one"),
        (-comments, "comments for developers, in a JSON layout that is read as plain JSON"),
        (len(_NUMBER.findall(data)) if parsed.format == "rails-yaml" else 0, "numbers"),
        (
            len(_NOT_FOR_TRANSLATORS.findall(data)) if parsed.format == "android" else 0,
            "marked as not translatable, or references to another string",
        ),
    ]


def _said(parsed: Catalogue) -> list[Any]:
    if parsed.entries and parsed.entries[0].source is not None:
        return [found.entry for found in incoming_entries(parsed.entries)]
    return [entry for entry in parsed.entries if not is_blank(entry.text)]


def _parse(
    spec: CatalogueSpec, path: str | None, read: Read, source: Catalogue | None = None
) -> Catalogue | None:
    return None if path is None else FORMATS[spec.format].parse(read(path), source=source)
