"""Texts as the sentences that a model translates, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping


class Steps:
    """Turns sentences done into whole texts done.

    Args:
        texts: All texts.
        sentences: All sentences of them that are translated.
        report: Told the number of texts done since it was told last; None tells nobody.
    """

    def __init__(self, texts: int, sentences: int, report: Callable[[int], None] | None) -> None:
        """Begin with nothing done."""
        self._texts = texts
        self._sentences = sentences
        self._report = report
        self._done = 0
        self._told = 0

    def advance(self, sentences: int) -> None:
        """Count sentences that were done."""
        self._done += sentences
        self._tell(self._texts * self._done // self._sentences)

    def finish(self) -> None:
        """Tell of the texts that had nothing to translate."""
        self._tell(self._texts)

    def _tell(self, texts: int) -> None:
        if self._report is not None and texts > self._told:
            self._report(texts - self._told)
            self._told = texts


def has_letters(text: str) -> bool:
    """Tell whether there is anything to translate in a text."""
    return any(map(str.isalpha, text))


def join(parts: list[str], translated: Mapping[str, str]) -> str:
    """Return a text from its sentences, empty when one of them has no translation.

    Args:
        parts: As :func:`dpg_l10n.domain.sentences.split` cut the source.
        translated: Translations by sentence, without the white space around it.
    """
    out = []
    for place, part in enumerate(parts):
        core = part.strip()
        if place % 2 or not has_letters(core):
            out.append(part)
        elif not translated.get(core):
            return ""
        else:
            start = len(part) - len(part.lstrip())
            out.append(part[:start] + translated[core] + part[start + len(core) :])
    return "".join(out)
