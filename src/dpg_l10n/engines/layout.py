"""How the files of a package lie, and what a model wants to read and write."""

from __future__ import annotations

from dataclasses import dataclass

from dpg_l10n.engines.tokenizers import SENTENCEPIECE


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the files of a package are, and what its model wants around a sentence."""

    model: str = "model"
    """Folder of the model inside the package."""
    source_tokenizer: str = SENTENCEPIECE
    target_tokenizer: str = SENTENCEPIECE
    source_prefix: str = ""
    """Tokens before every source, separated by spaces; ``{src}`` and ``{tgt}`` are the languages."""
    source_suffix: str = ""
    target_prefix: str = ""
    """Tokens before every translation."""
    codes: tuple[tuple[str, str], ...] = ()
    """The model's own names of languages by BCP 47 tag, where they differ."""

    def tokens(self, pattern: str, source: str, target: str) -> list[str]:
        """Return the tokens of a prefix or suffix for a pair of languages."""
        names = dict(self.codes)
        source, target = names.get(source, source), names.get(target, target)
        return [
            token.replace("{src}", source).replace("{tgt}", target) for token in pattern.split()
        ]


STANDARD = Layout()
"""That of Argos's packages."""
