"""One loaded model: CTranslate2 over the model and tokenizer files of an Argos package.

Argos's own decoder is not used: it fetches a sentence splitter on first use, turns every ``_``
into a space and decodes one paragraph at a time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from dpg_l10n.engines.tokenizers import Tokenizer, tokenizer_of
from dpg_l10n.errors import MissingExtraError, PackageError
from dpg_l10n.i18n import N_

BEAM_SIZE = 2
"""Twice as fast as Argos's 4 and, measured on interface texts, as good."""

BATCH_TOKENS = 512
"""Tokens that are decoded together: smaller batches idle, larger ones pad and cost memory."""

_BATCHES_PER_CALL = 8
"""Batches per thread in one call: enough to keep the threads busy between two reports."""

_PATIENCE = 2
"""Finished translations to wait for, per beam. With 1 the search ends at the first unlikely endings
and loses the best one; 2 costs a fifth more time."""

_LENGTH_PENALTY = 1
"""Ranks by mean log-probability: measured better than Argos's 0.2, which prefers short ones."""


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
        target_prefix: Token that the model wants before every translation, or empty.
        threads: Batches decoded at once; None takes one per processor.

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
        target_prefix: str = "",
        threads: int | None = None,
    ) -> None:
        """Load the files; takes a tenth of a second for a published model."""
        try:
            import ctranslate2
        except ImportError as error:
            raise MissingExtraError(extra="mt") from error
        self._threads = threads or processors()
        self._prefix = target_prefix
        self._tokenizer: Tokenizer = tokenizer_of(folder, source, target)
        try:
            # Quantization stays as saved. One thread per batch and many batches at once: several
            # threads on one short sentence mostly wait for one another.
            self._translator: Any = ctranslate2.Translator(
                str(folder / "model"), inter_threads=self._threads, intra_threads=1
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
            progress: Called after each call of the decoder with the number of sentences that it did.

        Returns:
            In the order of the sentences.
        """
        tokens = self._tokenizer.encode(sentences)
        order = sorted(range(len(tokens)), key=lambda index: -len(tokens[index]))
        translations = [""] * len(tokens)
        for chunk in self._chunks(order, tokens):
            # The first is the longest. Three times its length is beyond any honest translation.
            results = self._decode([tokens[i] for i in chunk], 3 * len(tokens[chunk[0]]) + 10)
            for index, result in zip(chunk, results, strict=True):
                translations[index] = result
            if progress is not None:
                progress(len(chunk))
        return translations

    def _chunks(self, order: list[int], tokens: list[list[str]]) -> Iterator[list[int]]:
        limit = BATCH_TOKENS * _BATCHES_PER_CALL * self._threads
        chunk: list[int] = []
        size = 0
        for index in order:
            if chunk and size + len(tokens[index]) > limit:
                yield chunk
                chunk, size = [], 0
            chunk.append(index)
            size += len(tokens[index])
        if chunk:
            yield chunk

    def _decode(self, tokens: list[list[str]], longest: int) -> Iterator[str]:
        results = self._translator.translate_batch(
            tokens,
            target_prefix=[[self._prefix]] * len(tokens) if self._prefix else None,
            beam_size=BEAM_SIZE,
            max_batch_size=BATCH_TOKENS,
            batch_type="tokens",
            max_decoding_length=longest,
            patience=_PATIENCE,
            length_penalty=_LENGTH_PENALTY,
            replace_unknowns=True,
        )
        for result in results:
            pieces: list[str] = result.hypotheses[0]
            if self._prefix and pieces[:1] == [self._prefix]:
                pieces = pieces[1:]
            yield self._tokenizer.decode(pieces).strip()
