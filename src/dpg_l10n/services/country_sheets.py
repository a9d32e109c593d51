"""The figures of a country as tables for spreadsheets."""

from __future__ import annotations

from dpg_l10n.i18n import N_
from dpg_l10n.interchange.country_tables import Table
from dpg_l10n.services.country_report import CountryReport
from dpg_l10n.services.words import DRAFT_WORDS, Words

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


def tables(report: CountryReport, words: Words) -> list[Table]:
    """Return one table for each picture, and one of sources and method."""
    say = words.say
    heads = {name: list(map(say, texts)) for name, texts in (
        ("reach", _REACH), ("matrix", _MATRIX), ("steps", _STEPS),
    )}  # fmt: skip
    return [
        Table(say(N_("People reached")), heads["reach"], _reach(report, words), frozenset({2, 3, 6})),
        Table(say(N_("Languages and services")), heads["matrix"], _matrix(report, words),
              frozenset({5, 6})),
        Table(say(N_("Next steps")), heads["steps"], _steps(report, words)),
        Table(say(N_("Sources and method")), ["", ""], _sources(report, words)),
    ]  # fmt: skip


def matrix(report: CountryReport, words: Words) -> Table:
    """Return the table from which all other figures can be counted again."""
    return tables(report, words)[1]


def _reach(report: CountryReport, words: Words) -> list[list[str | int | float | None]]:
    return [
        [
            one.name, words.language_name(one.source_language), one.at_least, one.at_most,
            one.people_at_least, one.people_at_most, one.source_share,
            ", ".join(map(words.language_name, one.usable)), words.say(_KNOWN[one.used]),
        ]
        for one in report.projects
    ]  # fmt: skip


def _matrix(report: CountryReport, words: Words) -> list[list[str | int | float | None]]:
    return [
        [
            one.name, one.project, words.language_name(each.language), each.language,
            cell.spelling, each.share, cell.coverage,
            words.say(_SOURCE if cell.source else _KNOWN[cell.usable]), one.count.value,
            cell.units.total, cell.units.reviewed, cell.units.translated, cell.units.needs_work,
            cell.units.draft, cell.units.copied, cell.units.missing, cell.words.total,
            cell.words.covered(one.count),
        ]
        for one in report.projects
        for each, cell in zip(report.languages, one.cells, strict=True)
    ]  # fmt: skip


def _steps(report: CountryReport, words: Words) -> list[list[str | int | float | None]]:
    return [
        [
            step.name, words.language_name(step.language), step.people_at_least,
            step.people_at_most, step.words_left, step.words_from_memory,
            step.people_per_1000_words,
        ]
        for step in report.steps
    ]  # fmt: skip


def _sources(report: CountryReport, words: Words) -> list[list[str | int | float | None]]:
    said = report.sources
    rows: list[list[str | int | float | None]] = [
        [words.say(N_("Country")), f"{words.country_name(report.country)} ({report.country})"],
        [words.say(N_("People")), report.population],
        [words.say(N_("Usable from")), report.threshold],
        [words.say(N_("Adult literacy")), report.literacy],
        [words.say(N_("People and languages")), f"{said.territories}, {said.territories_version}, {said.territories_licence}"],
        [words.say(N_("Where services are used")), f"{said.registry}, {said.registry_version}" if said.registry else "–"],
    ]  # fmt: skip
    if words.unconfirmed:
        rows.insert(0, [words.say(DRAFT_WORDS), ""])
    rows += [[each.language, each.citation] for each in report.languages if each.citation]
    return rows + [[words.say(N_("Method")), words.say(note)] for note in _NOTES]
