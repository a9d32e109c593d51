"""How good the drafts of a pair are on texts whose translation is known."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dpg_l10n.domain.placeholders import kinds_for
from dpg_l10n.domain.placeholders.kept import same_kept
from dpg_l10n.domain.states import State
from dpg_l10n.errors import MissingExtraError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Comparable, Engine, Pair, Store
from dpg_l10n.services.drafting.guard import guard_of
from dpg_l10n.services.drafting.protect import draft_texts


class Example(NamedTuple):
    """A text and what a person made of it."""

    source: str
    reference: str


@dataclass(frozen=True, slots=True)
class Score:
    """One way to translate the same texts."""

    name: str
    chrf: float
    """chrF++, 0 to 100."""
    bleu: float
    """0 to 100."""
    whole: float
    """Percentage of the texts given in which every placeholder survived."""
    dropped: float
    """Percentage of the texts for which there is no translation; they count as empty."""
    strings_per_second: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Drafts of a pair beside the same model used plainly."""

    source: str
    target: str
    model: str
    version: str
    strings: int
    scores: tuple[Score, ...]


def evaluate(
    engine: Engine, pair: Pair, examples: Sequence[Example], format_name: str = "json"
) -> Evaluation:
    """Score the drafts of a pair, and the model's plain translations where the engine gives them.

    Args:
        engine: Translates.
        pair: From which language to which.
        examples: At least one.
        format_name: Format whose placeholders the texts have.

    Raises:
        UsageError: There are no examples.
        ModelMissingError: No model has this pair.
        MissingExtraError: sacrebleu, or what the engine runs on, is not installed.
    """
    if not examples:
        raise UsageError(N_("There is nothing to evaluate on: no text with a known translation."))
    info = engine.info(pair)
    kinds = kinds_for(format_name)
    texts = [example.source for example in examples]
    draft_texts(engine, pair, texts[:1], guard_of(kinds))  # loading is no part of the measurement
    started = time.perf_counter()
    made = [draft.text or "" for draft in draft_texts(engine, pair, texts, guard_of(kinds))]
    seconds = time.perf_counter() - started
    scores = [_score("drafts", examples, made, kinds, seconds)]
    if isinstance(engine, Comparable):
        started = time.perf_counter()
        plain = engine.plain(texts, pair)
        seconds = time.perf_counter() - started
        scores.append(_score("as Argos decodes", examples, plain, kinds, seconds))
    return Evaluation(
        pair.source, pair.target, info.model, info.version, len(examples), tuple(scores)
    )


def reviewed_examples(store: Store, slug: str, language: str) -> list[Example]:
    """Return the reviewed texts of a project in a language, each source once.

    Raises:
        NotFoundError: There is no such project.
    """
    with store.read() as uow:
        project = uow.projects.require(slug)
        found: dict[str, str] = {}
        for catalogue in uow.catalogues.list(project.id):
            units = [unit for unit in uow.units.load(catalogue.id) if not unit.obsolete]
            present = uow.translations.load(catalogue.id, language, units)
            for unit in units:
                now = present.get(unit.id)
                if now is None or now.state is not State.REVIEWED:
                    continue
                if isinstance(unit.source, str) and isinstance(now.text, str):
                    found.setdefault(unit.source, now.text)
    return [Example(source, text) for source, text in found.items()]


def read_examples(text: str) -> Iterator[Example]:
    r"""Yield the rows of a table: source, tab, translation; ``\n``, ``\t`` and ``\\`` are escapes.

    Raises:
        UsageError: A row has not two cells.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        if not line:
            continue
        cells = line.split("\t")
        if len(cells) != 2:
            raise UsageError(
                N_("Line {line}: two cells are expected, source and translation, not {count}."),
                line=number, count=len(cells),
            )  # fmt: skip
        yield Example(*map(_unescaped, cells))


def _unescaped(cell: str) -> str:
    parts = cell.split("\\\\")
    return "\\".join(part.replace("\\n", "\n").replace("\\t", "\t") for part in parts)


def _score(
    name: str, examples: Sequence[Example], made: list[str], kinds: frozenset[str], seconds: float
) -> Score:
    try:
        from sacrebleu import corpus_bleu, corpus_chrf
    except ImportError as error:
        raise MissingExtraError(extra="mt") from error
    references = [example.reference for example in examples]
    given = [(example, text) for example, text in zip(examples, made, strict=True) if text]
    whole = sum(same_kept(example.source, text, kinds) for example, text in given)
    return Score(
        name,
        chrf=round(float(corpus_chrf(made, [references], word_order=2).score), 1),
        bleu=round(float(corpus_bleu(made, [references]).score), 1),
        whole=round(100 * whole / len(given), 1) if given else 0.0,
        dropped=round(100 * (1 - len(given) / len(made)), 1),
        strings_per_second=round(len(made) / seconds, 1) if seconds else 0.0,
    )
