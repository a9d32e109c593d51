"""What the review page shows of a unit: texts in pieces, suggestions, filters."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from dpg_l10n.domain.characters import Character, characters
from dpg_l10n.domain.coverage import Counts
from dpg_l10n.domain.locales import is_right_to_left
from dpg_l10n.domain.message import Plural, Text, plain, texts
from dpg_l10n.domain.placeholders import find
from dpg_l10n.domain.plural_examples import examples
from dpg_l10n.domain.terms import Use
from dpg_l10n.domain.worddiff import Change, word_diff
from dpg_l10n.i18n import N_
from dpg_l10n.services.desk import Desk, Sheet
from dpg_l10n.services.memory.reports import MemoryReport
from dpg_l10n_api.pages.reader import own_name

FILTERS = {
    "queue": N_("For you"),
    "needs_work": N_("Needs work"),
    "draft": N_("Drafts"),
    "missing": N_("Missing"),
    "translated": N_("Translated"),
    "reviewed": N_("Reviewed"),
    "finding": N_("With findings"),
    "suggestion": N_("With suggestions"),
    "flag": N_("Flagged"),
    "all": N_("All"),
}
STATES = {
    "missing": N_("missing"),
    "draft": N_("draft – not counted"),
    "needs_work": N_("needs work"),
    "translated": N_("translated"),
    "reviewed": N_("reviewed"),
}
"""Of one text; the filters speak of many, which is another word in most languages."""
_QUERIES = {
    "queue": "", "all": "", "finding": "has:finding", "suggestion": "has:suggestion",
    "flag": "has:flag",
}  # fmt: skip
SEVERITIES = {"error": N_("Error"), "warning": N_("Warning"), "info": N_("Hint")}
KEYS = (
    ("Alt+Enter", N_("Approve, or save, and go on")),
    ("Alt+Shift+Enter", N_("Needs work: say why")),
    ("Alt+↓", N_("Skip")),
    ("Alt+↑", N_("Back")),
    ("Alt+1 … 9", N_("Use a suggestion")),
    ("Alt+Shift+1 … 9", N_("Insert a placeholder, or a word of the glossary")),
    ("Alt+C", N_("Correct spaces and the last mark")),
    ("?", N_("This list")),
)
MOST_HITS = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is: project, language and filter."""

    project: str
    language: str
    show: str = "queue"
    search: str = ""
    """Query of the search field."""

    @property
    def query(self) -> str:
        """What the filter and the search field ask for together."""
        own = _QUERIES.get(self.show, f"state:{self.show}")
        return f"{own} {self.search}".strip()

    @property
    def own_name(self) -> str:
        """What the language calls itself."""
        return own_name(self.language)

    def to(self, unit: int | str = "", **more: object) -> str:
        """Return the address of a unit, of the next one, or of a page beside it."""
        values = {"show": self.show, "q": self.search, **more}
        asked = urlencode({name: value for name, value in values.items() if value})
        path = f"/p/{self.project}/{self.language}" + (f"/{unit}" if unit else "")
        return f"{path}?{asked}" if asked else path


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a source text."""

    kind: str
    """``same``, ``added``, ``removed``."""
    text: str
    chip: bool
    """True for a placeholder."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A text that somebody may take up."""

    forms: tuple[str, ...]
    value: str
    """The same as JSON, for the field of a form."""
    title: str
    """What it is, to be translated."""
    detail: str
    share: float | None
    """How alike the source texts are; None where that means nothing."""
    number: int
    """Of a suggestion; 0 for what nobody can turn down."""
    state: str = ""
    """How far the text is where it was found, to be translated; empty where that means nothing."""


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term of the source, and what the glossary calls it."""

    term: str
    words: tuple[tuple[str, str, int], ...]
    """Text, what is said of it (to be translated), and number of the key that inserts it; 0 for none."""
    detail: str
    risk: str
    keep: bool


def term_rows(desk: Desk) -> list[TermRow]:
    """Return the terms of the source that a glossary has anything to say of; the same word once."""
    key = len(desk.placeholders)
    rows = []
    shown: set[tuple[int, str]] = set()
    for hit in desk.terms:
        words = []
        for term in hit.terms:
            if (hit.start, term["text"]) in shown:
                continue
            shown.add((hit.start, term["text"]))
            forbidden = term["use"] == Use.FORBIDDEN
            key += not forbidden
            note = _NEVER if forbidden else _OPEN.get(term["status"], "")
            words.append((term["text"], note, key if not forbidden and key < 10 else 0))
        detail = " · ".join(filter(None, (hit.glossary, hit.source, hit.licence or "")))
        if words or hit.keep:
            rows.append(TermRow(hit.text, tuple(words), detail, hit.risk, hit.keep))
    return rows


_NEVER = N_("never")
_OPEN = {"suggested": N_("suggested")}


def filters(counts: Counts) -> list[tuple[str, str, int | None]]:
    """Return name, title and number of units of each filter; None where it is not counted."""
    known = {
        "needs_work": counts.needs_work,
        "draft": counts.draft,
        "missing": counts.missing,
        "translated": counts.translated + counts.copied,
        "reviewed": counts.reviewed,
        "all": counts.total,
    }
    return [(name, title, known.get(name)) for name, title in FILTERS.items()]


def direction(language: str) -> str:
    """Return ``rtl`` or ``ltr``."""
    return "rtl" if is_right_to_left(language) else "ltr"


def source_pieces(desk: Sheet) -> list[tuple[str, list[Piece]]]:
    """Return the source as label and pieces; what changed since the text was made is marked."""
    source, before = desk.view.unit.source, desk.view.previous_source
    if before is not None and before != source:
        changed = word_diff(before, source)
        pieces = [each for part in changed for each in _pieces(part.text, desk.kinds, part.change)]
        return [("", pieces)]
    if isinstance(source, Plural):
        numbers = examples(source.labels, desk.project.source_language, None)
        return [
            (said or label, _pieces(form, desk.kinds))
            for said, (label, form) in zip(numbers, source.forms, strict=True)
        ]
    return [("", _pieces(source, desk.kinds))]


def whole(text: Text | None) -> list[Piece]:
    """Return any text in pieces, so that a placeholder stays whole in writing of any direction."""
    return [] if text is None else _pieces(plain(text), None)


def _pieces(text: str, kinds: frozenset[str] | None, change: Change = Change.SAME) -> list[Piece]:
    pieces, at = [], 0
    for each in find(text, kinds):
        pieces.append(Piece(change.value, text[at : each.start], chip=False))
        pieces.append(Piece(change.value, each.text, chip=True))
        at = each.end
    pieces.append(Piece(change.value, text[at:], chip=False))
    return [piece for piece in pieces if piece.text]


def offers(desk: Desk, memory: MemoryReport | None) -> list[Offer]:
    """Return what somebody proposed and what the memory has, each text once."""
    found: list[Offer] = []
    for each in desk.talk.suggestions:
        detail = " · ".join(filter(None, (each.actor, each.why)))
        found += _offer(desk, each.text, N_("Suggestion"), detail, None, each.id)
    for hit in memory.hits if memory else ():
        held = hit.project or hit.memory or ""
        detail = " · ".join(filter(None, (held, hit.licence)))
        found += _offer(
            desk, hit.text, N_("Memory"), detail, hit.similarity, state=STATES[hit.state]
        )
    if desk.view.text is not None and desk.text != desk.view.text:
        found += _offer(desk, desk.view.text, N_("Stored now"), "")
    return list({each.value: each for each in reversed(found)}.values())[::-1]


def _offer(
    desk: Desk, text: Text, title: str, detail: str, share: float | None = None, number: int = 0,
    state: str = "",
) -> Iterable[Offer]:  # fmt: skip
    same_shape = isinstance(text, Plural) is bool(desk.view.labels)
    if same_shape and (isinstance(text, str) or text.labels == desk.view.labels):
        forms = texts(text)
        yield Offer(forms, value_of(forms), title, detail, share, number, state)


def value_of(forms: tuple[str, ...]) -> str:
    """Return texts as the value of one field."""
    return json.dumps(forms, ensure_ascii=False)


def forms_of(desk: Sheet) -> list[tuple[str, str, str]]:
    """Return label, numbers and text of each field."""
    labels = desk.view.labels
    if not labels:
        text = desk.text if isinstance(desk.text, str) else ""
        return [("", "", text)]
    shown = desk.text if isinstance(desk.text, Plural) else Plural(())
    return [
        (label, numbers, shown.get(label) or "")
        for label, numbers in zip(labels, desk.view.numbers, strict=True)
    ]


def row_of_characters(language: str) -> tuple[Character, ...]:
    """Return the characters to offer beside a text."""
    return characters(language)
