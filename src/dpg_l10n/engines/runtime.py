"""One loaded model: CTranslate2 over the model and tokenizer files of an Argos package.

Argos's own decoder is not used: it fetches a sentence splitter on first use, turns every ``_``
into a space and decodes one paragraph at a time.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from dpg_l10n.engines.layout import STANDARD, Layout
from dpg_l10n.engines.tokenizers import SPACE, Tokenizer, tokenizer_of
from dpg_l10n.errors import MissingExtraError, PackageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Candidate, Wish

BEAM_SIZE = 2
"""Twice as fast as Argos's 4 and, measured on interface texts, as good."""

BATCH_TOKENS = 512
"""Tokens that are decoded together: smaller batches idle, larger ones pad and cost memory."""

_AHEAD = 4
"""Batches per thread that wait their turn: no thread idles while results are read."""

PATIENCE = 1.5
"""Finished translations to wait for, per beam. With 1 the search ends at the first unlikely endings
and may lose the best one; each half more costs a twelfth more time."""

_LENGTH_PENALTY = 1
"""Ranks by mean log-probability: measured better than Argos's 0.2, which prefers short ones."""

PARAMETERS = f"beam={BEAM_SIZE} patience={PATIENCE} length_penalty={_LENGTH_PENALTY}"
"""What a translation depends on besides the model."""


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Model:
    """A model in memory. Safe to use from several threads.

    Args:
        folder: Folder of the package.
        source: Argos's code of the language that it reads.
        target: Argos's code of the language that it writes.
        layout: Where its files are, and what the model wants around a sentence.
        threads: Batches decoded at once; None takes one per processor.
        patience: Finished translations to wait for, per beam.

    Raises:
        MissingExtraError: CTranslate2 or SentencePiece is not installed.
        PackageError: ``package.model``: the files do not load.
    """

    def __init__(
        self,
        folder: Path,
        source: str,
        target: str,
        *,
        layout: Layout = STANDARD,
        threads: int | None = None,
        patience: float = PATIENCE,
    ) -> None:
        """Load the files; takes a tenth of a second for a published model."""
        try:
            import ctranslate2
        except ImportError as error:
            raise MissingExtraError(extra="mt") from error
        self._threads = threads or processors()
        self._patience = patience
        self._start = layout.tokens(layout.target_prefix, source, target)
        self._head = layout.tokens(layout.source_prefix, source, target)
        self._tail = layout.tokens(layout.source_suffix, source, target)
        files = layout.source_tokenizer, layout.target_tokenizer
        self._tokenizer: Tokenizer = tokenizer_of(folder, source, target, files)
        try:
            # Quantization stays as saved. One thread per batch and many batches at once: several
            # threads on one short sentence mostly wait for one another.
            self._translator: Any = ctranslate2.Translator(
                str(folder / layout.model), inter_threads=self._threads, intra_threads=1
            )
        except (RuntimeError, ValueError, MemoryError) as error:
            raise PackageError(
                N_("{path}: the model does not load: {detail}"),
                code="package.model", path=folder, detail=error,
            ) from error  # fmt: skip

    def translate(
        self, sentences: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> list[str]:
        """Translate sentences in batches of similar length.

        Args:
            sentences: One sentence each, without line breaks; equal ones are decoded again.
            progress: Called after each batch with the number of sentences in it.

        Returns:
            In the order of the sentences.
        """
        found = self.candidates(sentences, 1, progress)
        return [options[0].text if options else "" for options in found]

    def candidates(
        self,
        sentences: Sequence[str],
        count: int,
        progress: Callable[[int], None] | None = None,
    ) -> list[list[Candidate]]:
        """Return up to ``count`` translations of each sentence, the likeliest first.

        The score of several is that of their text. Decoded was a row of tokens, and a word that does
        not exist may be likely in odd tokens.
        """
        tokens = self._encode(sentences)
        found: list[list[Candidate]] = [[] for _ in tokens]
        odd: list[tuple[int, int]] = []
        for chunk, results in self._decoded(tokens, beam=max(BEAM_SIZE, count), count=count):
            for index, result in zip(chunk, results, strict=True):
                texts = [self._text(pieces) for pieces in result.hypotheses]
                found[index] = list(map(Candidate, texts, result.scores))
                if count > 1:
                    usual = self._tokenizer.encode_target(texts)
                    odd += [
                        (index, place)
                        for place, pieces in enumerate(result.hypotheses)
                        if self._start + usual[place] != pieces
                    ]
            if progress is not None:
                progress(len(chunk))
        scores = self.weigh([(sentences[i], found[i][place].text) for i, place in odd])
        for (index, place), score in zip(odd, scores, strict=True):
            found[index][place] = found[index][place]._replace(score=score)
        return [sorted(each, key=lambda one: -one.score) for each in found]

    def plain(self, sentence: str) -> str:
        """Translate one sentence alone as Argos does: beam 4, which prefers short ones."""
        (result,) = self._translator.translate_batch(
            self._encode([sentence]),
            target_prefix=[self._start] if self._start else None,
            beam_size=4,
            length_penalty=0.2,
            replace_unknowns=True,
        )
        return self._text(result.hypotheses[0])

    def weigh(self, texts: Sequence[tuple[str, str]]) -> list[float]:
        """Return the mean log-probability of given translations, as ``(source, target)``."""
        if not texts:
            return []
        results = self._translator.score_batch(
            self._encode([source for source, _ in texts]),
            [self._start + t for t in self._tokenizer.encode_target([t for _, t in texts])],
            max_batch_size=BATCH_TOKENS,
            batch_type="tokens",
        )
        return [sum(r.log_probs) / max(1, len(r.log_probs)) for r in results]

    def grant(self, wishes: Sequence[Wish]) -> list[Candidate]:
        """Translate anew from the place where a word should have been said in a certain way.

        The model's own translation is kept up to the word that it aligns to the one of the source;
        the wanted word follows, and the model finishes the sentence.
        """
        tokens = self._encode([wish.text for wish in wishes])
        prefixes: list[list[str]] = [[] for _ in wishes]
        for chunk, results in self._decoded(tokens, attention=True):
            for index, result in zip(chunk, results, strict=True):
                prefixes[index] = self._prefix(wishes[index], tokens[index], result)
        found = [Candidate("", 0.0) for _ in wishes]
        for chunk, results in self._decoded(tokens, prefixes=prefixes):
            for index, result in zip(chunk, results, strict=True):
                found[index] = Candidate(self._text(result.hypotheses[0]), result.scores[0])
        return found

    def _encode(self, sentences: Sequence[str]) -> list[list[str]]:
        tokens = self._tokenizer.encode(sentences)
        if not self._head and not self._tail:
            return tokens
        return [[*self._head, *each, *self._tail] for each in tokens]

    def _prefix(self, wish: Wish, tokens: list[str], result: Any) -> list[str]:
        """Return what the translation begins with: up to the word, and the word."""
        pieces: list[str] = result.hypotheses[0]
        before = len(self._head)
        inner = tokens[before : len(tokens) - len(self._tail)]
        columns = [before + column for column in _columns(inner, wish.start, wish.end)]
        weights = [sum(row[c] for c in columns if c < len(row)) for row in result.attention[0]]
        weights = weights[: len(pieces)]
        place = weights.index(max(weights)) if weights else 0
        while place > len(self._start) and not pieces[place].startswith(SPACE):
            place -= 1
        said = wish.said
        if place <= len(self._start) and wish.text[wish.start : wish.start + 1].isupper():
            said = said[:1].upper() + said[1:]
        return pieces[:place] + self._tokenizer.encode_target([said])[0]

    def _text(self, pieces: list[str]) -> str:
        if self._start and pieces[: len(self._start)] == self._start:
            pieces = pieces[len(self._start) :]
        return self._tokenizer.decode(pieces).strip()

    def _decoded(
        self,
        tokens: list[list[str]],
        *,
        beam: int = BEAM_SIZE,
        count: int = 1,
        attention: bool = False,
        prefixes: list[list[str]] | None = None,
    ) -> Iterator[tuple[list[int], list[Any]]]:
        """Yield the places of sentences and what was decoded for them, batch by batch."""
        waiting: deque[tuple[list[int], list[Any]]] = deque()
        for chunk in _batches(tokens, BATCH_TOKENS * BEAM_SIZE // beam):
            start = [prefixes[i] if prefixes else self._start for i in chunk]
            # The first is the longest. Three times its length is beyond any honest translation.
            pending = self._translator.translate_batch(
                [tokens[i] for i in chunk],
                target_prefix=start if any(start) else None,
                beam_size=beam,
                num_hypotheses=count,
                return_scores=True,
                return_attention=attention,
                max_decoding_length=3 * len(tokens[chunk[0]]) + 10,
                patience=self._patience,
                length_penalty=_LENGTH_PENALTY,
                replace_unknowns=True,
                asynchronous=True,
            )
            waiting.append((chunk, pending))
            if len(waiting) > _AHEAD * self._threads:
                yield _ready(waiting)
        while waiting:
            yield _ready(waiting)


def _ready(waiting: deque[tuple[list[int], list[Any]]]) -> tuple[list[int], list[Any]]:
    chunk, pending = waiting.popleft()
    return chunk, [result.result() for result in pending]


def _batches(tokens: list[list[str]], limit: int) -> Iterator[list[int]]:
    """Yield places of sentences, the longest first, so many that padded they fill a batch."""
    chunk: list[int] = []
    longest = 0
    for index in sorted(range(len(tokens)), key=lambda index: -len(tokens[index])):
        if chunk and (len(chunk) + 1) * longest > limit:
            yield chunk
            chunk = []
        longest = longest if chunk else len(tokens[index])
        chunk.append(index)
    if chunk:
        yield chunk


def _columns(tokens: list[str], start: int, end: int) -> list[int]:
    """Return the places of the tokens that spell some characters of a sentence."""
    found: list[int] = []
    # SentencePiece puts a mark for a space before the first word too.
    position = -1 if tokens[:1] and tokens[0].startswith(SPACE) else 0
    for place, token in enumerate(tokens):
        ends = position + len(token)
        if ends > start and position < end and token != SPACE:
            found.append(place)
        position = ends
    return found
