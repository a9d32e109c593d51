"""The memory and the glossaries of a service, as those of a store: asked, filled, written to files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.domain.states import State
from dpg_l10n.domain.terms import Concept
from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.services import glossaries, memory
from dpg_l10n.services.files import whole_file
from dpg_l10n.services.glossaries.checking import TermFinding, TermReport
from dpg_l10n.services.glossaries.reports import GlossaryExport, GlossaryImport, GlossaryReport
from dpg_l10n.services.memory.reports import MemoryExport, MemoryHit, MemoryImport, MemoryReport
from dpg_l10n_cli.served_units import text_of
from dpg_l10n_cli.server import Server, as_type

_MEDIA = {
    ".csv": "text/csv", ".po": "text/x-gettext-translation", ".tbx": "application/x-tbx+xml",
    ".tmx": "application/x-tmx+xml",
}  # fmt: skip
_MOST = 50
"""Matches of one question to a service."""


def search(server: Server, text: str, **asked: Any) -> MemoryReport:
    """Return what a memory has for a text; the arguments are those of the API."""
    asked["limit"] = min(asked["limit"], _MOST)
    said = server.get("/memory/search", text=text, **asked)
    hits = tuple(map(_hit, said["items"]))
    return MemoryReport(asked["language"], hits, said["withheld"])


def _hit(said: dict[str, Any]) -> MemoryHit:
    source, text = text_of(said["source"]) or "", text_of(said) or ""
    rest = {name: said[name] for name in said if name not in ("source", "text", "plural", "state")}
    return MemoryHit(source=source, text=text, state=State(said["state"]), **rest)


def import_memory(server: Server, file: Path, asked: memory.ImportOptions) -> MemoryImport:
    """Take a file in as a memory."""
    with file.open("rb") as read:
        job = server.upload(
            f"/memories/{asked.name}/imports", read, _media(file), filename=file.name,
            licence=asked.licence, language=asked.language, source_language=asked.source_language,
            replace=asked.replace,
        )  # fmt: skip
    report: MemoryImport = as_type(MemoryImport, job["report"])
    return report


def export_memory(
    server: Server, file: Path, project: str | None, name: str | None, languages: Sequence[str]
) -> MemoryExport:
    """Write translations to a file: of a project, of a memory, or all that is for everybody."""
    place = f"/projects/{project}/memory" if project else "/memory/file"
    if name:
        place = f"/memories/{name}/file"
    report: MemoryExport = as_type(MemoryExport, _written(server, file, place, language=languages))
    return report


def import_glossary(server: Server, file: Path, asked: glossaries.ImportOptions) -> GlossaryImport:
    """Take a file in as a glossary."""
    with file.open("rb") as read:
        job = server.upload(
            f"/glossaries/{asked.name}/imports", read, _media(file), project=asked.project,
            licence=asked.licence, source_language=asked.source_language, accept=asked.accept,
        )  # fmt: skip
    report: GlossaryImport = as_type(GlossaryImport, job["report"])
    return report


def export_glossary(
    server: Server, file: Path, glossary: str | None, **asked: Any
) -> GlossaryExport:
    """Write a glossary to a file; the arguments are those of the API.

    Raises:
        UsageError: None was named.
    """
    if glossary is None:
        raise UsageError(
            N_("A service writes one glossary into a file. Name it: --glossary NAME"),
            code="usage.glossary",
        )
    report: GlossaryExport = as_type(
        GlossaryExport, _written(server, file, f"/glossaries/{glossary}/file", **asked)
    )
    return report


def concepts(
    server: Server, text: str, glossary: str | None, project: str | None, limit: int, **asked: Any
) -> GlossaryReport:
    """Return concepts, of all glossaries where neither one nor a project is named."""
    if glossary:
        places = [f"/glossaries/{glossary}/concepts"]
    elif project:
        places = [f"/projects/{project}/concepts"]
    else:
        known = server.get("/glossaries")["items"]
        places = [f"/glossaries/{each['glossary']}/concepts" for each in known]
    found: list[Concept] = []
    more = False
    for place in places:
        if len(found) == limit:
            more = True
            break
        page = server.get(place, q=text, limit=limit - len(found), **asked)
        found += as_type(tuple[Concept, ...], page["items"])
        more = bool(page["next"])
    return GlossaryReport(tuple(found), 0 if more else None)


def term_report(server: Server, slug: str, languages: Sequence[str]) -> TermReport:
    """Let a service check translations against its glossaries."""
    job = server.ask(f"/projects/{slug}/term-checks", {"languages": languages})
    found = tuple(
        TermFinding(**{**each, "source": _text(each["source"]), "text": _text(each["text"])})
        for each in job["report"]["findings"]
    )
    return TermReport(slug, found, job["report"]["checked"])


def _text(said: Any) -> Text:
    """Return a text of a report."""
    return said if isinstance(said, str) else Plural(tuple((n, t) for n, t in said["forms"]))


def _written(server: Server, file: Path, place: str, **asked: Any) -> Any:
    """Write what is at an address to a file, whole or not at all, and return what is told of it."""
    with whole_file(file) as out:
        return server.download(place, out, **asked)


def _media(file: Path) -> str:
    return _MEDIA.get(file.suffix.lower(), "application/octet-stream")
