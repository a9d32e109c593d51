"""The tables of a country's page, with the words of its reader."""

from __future__ import annotations

from fastapi import Response

from dpg_l10n.i18n import N_
from dpg_l10n.interchange.country_tables import Table
from dpg_l10n.services.country_report import CountryReport
from dpg_l10n_api.pages.reader import Reader

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_REACH = (
    N_("Service"), N_("Written in"), N_("At least, share"), N_("At most, share"),
    N_("At least, people"), N_("At most, people"), N_("Speak the language it is written in"),
    N_("Usable in"), N_("Used here"),
)  # fmt: skip
_MATRIX = (
    N_("Service"), N_("Project"), N_("Language"), N_("Code"), N_("Code in the project"),
    N_("Share of people"), N_("Coverage"), N_("Usable"), N_("Counted"), N_("All texts"),
    N_("Reviewed"), N_("Translated"), N_("Needs work"), N_("Machine drafts"), N_("Copies"),
    N_("Missing"), N_("All words"), N_("Words covered"),
)  # fmt: skip
_STEPS = (
    N_("Service"), N_("Language"), N_("More people, at least"), N_("More people, at most"),
    N_("Words left"), N_("Of these in the memory"), N_("People per 1,000 words"),
)  # fmt: skip
_SOURCE = N_("source")
_KNOWN = {True: N_("yes"), False: N_("no"), None: N_("not known")}
_NOTES = (
    N_("Coverage is translated and reviewed texts by all texts, or reviewed ones alone where the project says so; machine drafts, copies of the source and texts that need work are never part of it."),
    N_("At least: the share of the most spoken usable language. At most: the sum of the shares of all usable languages, and no more than everybody. Who speaks the language of the source is in neither."),
    N_("People are first and second languages together, rounded down. Literacy is not applied."),
)  # fmt: skip


def tables(report: CountryReport, reader: Reader) -> list[Table]:
    """Return one table for each picture, and one of sources and method."""
    say = reader.say
    heads = {name: list(map(say, texts)) for name, texts in (
        ("reach", _REACH), ("matrix", _MATRIX), ("steps", _STEPS),
    )}  # fmt: skip
    return [
        Table(say(N_("People reached")), heads["reach"], _reach(report, reader), frozenset({2, 3, 6})),
        Table(say(N_("Languages and services")), heads["matrix"], _matrix(report, reader),
              frozenset({5, 6})),
        Table(say(N_("Next steps")), heads["steps"], _steps(report, reader)),
        Table(say(N_("Sources and method")), ["", ""], _sources(report, reader)),
    ]  # fmt: skip


def matrix(report: CountryReport, reader: Reader) -> Table:
    """Return the table from which all other figures can be counted again."""
    return tables(report, reader)[1]


def _reach(report: CountryReport, reader: Reader) -> list[list[str | int | float | None]]:
    return [
        [
            one.name, reader.language_name(one.source_language), one.at_least, one.at_most,
            one.people_at_least, one.people_at_most, one.source_share,
            ", ".join(map(reader.language_name, one.usable)), reader.say(_KNOWN[one.used]),
        ]
        for one in report.projects
    ]  # fmt: skip


def _matrix(report: CountryReport, reader: Reader) -> list[list[str | int | float | None]]:
    return [
        [
            one.name, one.project, reader.language_name(each.language), each.language,
            cell.spelling, each.share, cell.coverage,
            reader.say(_SOURCE if cell.source else _KNOWN[cell.usable]), one.count.value,
            cell.units.total, cell.units.reviewed, cell.units.translated, cell.units.needs_work,
            cell.units.draft, cell.units.copied, cell.units.missing, cell.words.total,
            cell.words.covered(one.count),
        ]
        for one in report.projects
        for each, cell in zip(report.languages, one.cells, strict=True)
    ]  # fmt: skip


def _steps(report: CountryReport, reader: Reader) -> list[list[str | int | float | None]]:
    return [
        [
            step.name, reader.language_name(step.language), step.people_at_least,
            step.people_at_most, step.words_left, step.words_from_memory,
            step.people_per_1000_words,
        ]
        for step in report.steps
    ]  # fmt: skip


def _sources(report: CountryReport, reader: Reader) -> list[list[str | int | float | None]]:
    said = report.sources
    rows: list[list[str | int | float | None]] = [
        [reader.say(N_("Country")), f"{reader.country_name(report.country)} ({report.country})"],
        [reader.say(N_("People")), report.population],
        [reader.say(N_("Usable from")), report.threshold],
        [reader.say(N_("Adult literacy")), report.literacy],
        [reader.say(N_("People and languages")), f"{said.territories}, {said.territories_version}, {said.territories_licence}"],
        [reader.say(N_("Where services are used")), f"{said.registry}, {said.registry_version}" if said.registry else "–"],
    ]  # fmt: skip
    rows += [[each.language, each.citation] for each in report.languages if each.citation]
    return rows + [[reader.say(N_("Method")), reader.say(note)] for note in _NOTES]


def attached(data: bytes, name: str, media_type: str) -> Response:
    """Return a file that browsers save and never run."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-cache",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    }
    return Response(data, media_type=media_type, headers=headers)
