"""From sentences to the tokens of a model and back: SentencePiece, or Moses with BPE."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from dpg_l10n.errors import MissingExtraError, PackageError
from dpg_l10n.i18n import N_

SENTENCEPIECE = "sentencepiece.model"
BPE = "bpe.model"

SPACE = "▁"
"""What SentencePiece writes for a space; it begins a word."""


class Tokenizer(Protocol):
    """Both directions of one package's tokenizer."""

    def encode(self, sentences: Sequence[str]) -> list[list[str]]:
        """Return the tokens of each sentence."""
        ...

    def encode_target(self, sentences: Sequence[str]) -> list[list[str]]:
        """Return the tokens of each translation."""
        ...

    def decode(self, tokens: list[str]) -> str:
        """Return the sentence of tokens."""
        ...


def tokenizer_of(
    folder: Path, source: str, target: str, files: tuple[str, str] = (SENTENCEPIECE, SENTENCEPIECE)
) -> Tokenizer:
    """Load the tokenizer of a package.

    Args:
        folder: Folder of the package.
        source: Argos's code of the language that is read.
        target: Argos's code of the language that is written.
        files: SentencePiece models of both sides in the folder; they may be one.

    Raises:
        MissingExtraError: The library that it needs is not installed.
        PackageError: ``package.model``: its file cannot be read.
    """
    try:
        if (folder / files[0]).is_file():
            return _SentencePiece(folder / files[0], folder / files[1])
        return _MosesBpe(folder, source, target)
    except ImportError as error:
        raise MissingExtraError(extra="mt") from error
    except (RuntimeError, ValueError, OSError, SystemExit) as error:
        # Argos's reader of merges ends the process on a file that it cannot read.
        raise PackageError(
            N_("{path}: the tokenizer does not load: {detail}"),
            code="package.model", path=folder, detail=error,
        ) from error  # fmt: skip


class _SentencePiece:
    def __init__(self, source: Path, target: Path) -> None:
        import sentencepiece

        self._processor: Any = sentencepiece.SentencePieceProcessor(model_file=str(source))
        self._writer: Any = (
            self._processor
            if source == target
            else sentencepiece.SentencePieceProcessor(model_file=str(target))
        )

    def encode(self, sentences: Sequence[str]) -> list[list[str]]:
        tokens: list[list[str]] = self._processor.encode(list(sentences), out_type=str)
        return tokens

    def encode_target(self, sentences: Sequence[str]) -> list[list[str]]:
        tokens: list[list[str]] = self._writer.encode(list(sentences), out_type=str)
        return tokens

    def decode(self, tokens: list[str]) -> str:
        text: str = self._writer.decode_pieces(tokens)
        return text


class _MosesBpe:
    """What Argos does for packages with ``bpe.model``."""

    def __init__(self, folder: Path, source: str, target: str) -> None:
        # This module of Argos only applies merges. Importing the others creates folders at home.
        from argostranslate.apply_bpe import BPE as MERGES
        from sacremoses.normalize import MosesPunctNormalizer  # type: ignore[import-untyped] # has none
        from sacremoses.tokenize import (  # type: ignore[import-untyped] # has none
            MosesDetokenizer,
            MosesTokenizer,
        )

        with (folder / BPE).open(encoding="utf-8") as codes:
            self._merges: Any = MERGES(codes)
        self._normalizer = MosesPunctNormalizer(source)
        self._tokenizer = MosesTokenizer(source)
        self._detokenizer = MosesDetokenizer(target)

    def encode(self, sentences: Sequence[str]) -> list[list[str]]:
        return [
            self._merges.segment_tokens(
                self._tokenizer.tokenize(self._normalizer.normalize(sentence))
            )
            for sentence in sentences
        ]

    def encode_target(self, sentences: Sequence[str]) -> list[list[str]]:
        return self.encode(sentences)

    def decode(self, tokens: list[str]) -> str:
        words = " ".join(tokens).replace("@@ ", "").split(" ")
        text: str = self._detokenizer.detokenize(words)
        return text
