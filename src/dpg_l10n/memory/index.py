"""The index: a base file, a delta file, and the newest texts in memory; one more for each language."""

from __future__ import annotations

import logging
import shutil
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from dpg_l10n.domain.memory import fold
from dpg_l10n.memory import files, grams
from dpg_l10n.memory.build import build
from dpg_l10n.memory.files import Head
from dpg_l10n.memory.segment import Segment
from dpg_l10n.memory.state import Part, State, longer, together
from dpg_l10n.ports.memory import IndexedTexts, Near

_LOG = logging.getLogger(__name__)
FEW = 20_000
"""So many newest texts are compared one by one, which takes about a millisecond."""
_DELTA = 5
"""The delta joins the base when it has one of so many of the base's texts."""
_LONGEST = 5000
"""Characters of a text that is looked for; longer ones are documents and no messages."""
_ROUNDING = 1e-6
"""Taken from a score so that texts with the same one are found."""
_BASE_FILE, _DELTA_FILE = "base.index", "delta.index"
_LANGUAGES = "translations"
"""Folder of the indexes of translations, one for each language."""


class GramIndex:
    """Texts by their rarest pieces of three characters, ranked by RapidFuzz.

    The index of source texts has others beside it, of the translations in each language that
    somebody asks for.

    Args:
        folder: For the files; None keeps everything in memory and temporary files.
        background: True makes new files in a thread while questions are answered from what is
            there, for programs that stay; else the one who asks waits.
        few: So many newest texts are compared one by one.
        patience_s: Seconds for which a store that seems to have lost texts is taken for an older
            view of it, which a unit of work has that began before another one.
    """

    def __init__(
        self,
        folder: Path | None,
        *,
        background: bool = False,
        few: int = FEW,
        patience_s: float = 10.0,
    ) -> None:
        """Open nothing yet."""
        self._patience_s = patience_s
        self._behind_since: float | None = None
        self._folder = folder
        self._few = few
        self._background = background
        self._state = State()
        self._languages: dict[str, GramIndex] = {}
        self._opened = False
        self._followed = False
        """Whether texts were read from the store since the files were opened."""
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None

    def follow(self, texts: IndexedTexts) -> None:
        """Take in the texts that came since the last time."""
        place = self._state.place
        if self._opened and texts.newest(place) == (place.number, True):
            return
        with self._lock:
            if not self._opened:
                self._state = self._open()
                self._opened = True
            state = self._state
            newest, known = texts.newest(state.place)
            if not known and self._is_older_view(newest):
                return
            self._behind_since = None
            if not known:
                # the store is another one than it was, put back from a backup for example
                state = State(age=state.age + 1)
            elif newest <= state.place.number:
                return
            self._state = longer(state, texts)
            self._followed = True
        self._settle()

    def _is_older_view(self, newest: int) -> bool:
        """Tell whether a store with fewer texts than are known is only seen as it was before."""
        if newest >= self._state.place.number or not self._followed:
            return False
        now = time.monotonic()
        self._behind_since = self._behind_since or now
        return now - self._behind_since < self._patience_s

    def translations(self, language: str) -> GramIndex:
        """Return the index of the finished translations in a language."""
        with self._lock:
            if language not in self._languages:
                folder = self._folder and self._folder / _LANGUAGES / language
                self._languages[language] = GramIndex(
                    folder,
                    background=self._background,
                    few=self._few,
                    patience_s=self._patience_s,
                )
            return self._languages[language]

    def nearest(self, text: str, *, at_least: float, most: int) -> list[Near]:
        """Return the texts most like a text, best first, those with the same score by number."""
        wanted = grams.normal(text)
        if not wanted or len(wanted) > _LONGEST:
            return []
        state = self._state
        found = [
            Near(state.tail[at][0], score, same)
            for same, score, at in _ranked(wanted, state.texts, at_least, most)
        ]
        for _, segment in state.parts:
            found += _nearest(segment, wanted, at_least, most)
        return sorted(found, key=lambda near: (-near.similarity, near.text_id))[:most]

    def holding(self, words: str, *, most: int) -> list[int]:
        """Return the numbers of texts that hold all words, newest texts first, then by length."""
        phrases = fold(words[:_LONGEST]).split()
        if not phrases:
            return []
        if not any(len(grams.of_words(part, 8)) for part in phrases):
            # each is too short to be found by itself: they have to stand together
            phrases = [" ".join(phrases)]
        state = self._state
        places: Iterable[int] = range(len(state.tail))
        for part in phrases:
            places = [at for at in places if part in state.folded[at]]
        found = [state.tail[at][0] for at in islice(places, most)]
        for _, segment in state.parts:
            if len(found) < most:
                found += segment.ids[segment.holding(phrases, most - len(found))].tolist()
        return list(dict.fromkeys(found))

    def rebuild(self, texts: IndexedTexts) -> int:
        """Forget everything and take in all texts; return how many there are."""
        with self._lock:
            self._opened = True
            self._languages = {}
            if self._folder is not None:
                shutil.rmtree(self._folder / _LANGUAGES, ignore_errors=True)
            self._state = replace(longer(State(), texts), age=self._state.age + 1)
            self._state = self._written(self._state)
            return len(self._state.tail) + sum(len(part.segment) for part in self._state.parts)

    def close(self) -> None:
        """Wait for what is being written."""
        for index in self._languages.values():
            index.close()
        if self._worker is not None:
            self._worker.join()

    def _settle(self) -> None:
        """Make files where the newest texts have become too many to compare one by one."""
        if len(self._state.tail) <= self._few:
            return
        if not self._background:
            with self._lock:
                self._state = self._written(self._state)
        elif self._worker is None or not self._worker.is_alive():
            self._worker = threading.Thread(target=self._write, name="memory index", daemon=True)
            self._worker.start()

    def _write(self) -> None:
        """Make files while questions are answered and texts taken in."""
        before = self._state
        made = self._written(before)
        with self._lock:
            now = self._state
            if now.age == before.age:
                fresh = now.tail[len(before.tail) :]
                self._state = replace(now, parts=made.parts).with_tail(fresh)

    def _written(self, state: State) -> State:
        """Return the state with its newest texts in a file: the delta, or the base when it is due."""
        parts, texts = together(state, _DELTA)
        head = Head(parts[0].head.place.number if parts else 0, state.place)
        part = self._make(_DELTA_FILE if parts else _BASE_FILE, head, texts)
        return replace(state, parts=(*parts, part)).with_tail(())

    def _make(self, name: str, head: Head, texts: Sequence[tuple[int, str]]) -> Part:
        """Return a new part, in a file of this name if the folder can be written to."""
        if self._folder is not None:
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                files.sweep(self._folder)
                with files.replacing(self._folder / name) as file:
                    return _build(file, head, texts, self._folder)
            except OSError as error:
                _LOG.warning("The memory's index cannot be kept: %s", error)
        with tempfile.TemporaryFile() as file:
            return _build(file, head, texts, None)

    def _open(self) -> State:
        """Return what the files hold that fit together; nothing where there are none."""
        base, delta = self._read(_BASE_FILE), self._read(_DELTA_FILE)
        if base is None:
            return State()
        parts = (base, delta) if delta and delta.head.after == base.head.place.number else (base,)
        return State(parts, place=parts[-1].head.place)

    def _read(self, name: str) -> Part | None:
        if self._folder is None:
            return None
        try:
            with (self._folder / name).open("rb") as file:
                found = files.read(file)
        except OSError:
            return None
        return Part(*found) if found else None


def _build(
    file: BinaryIO, head: Head, texts: Sequence[tuple[int, str]], folder: Path | None
) -> Part:
    writer = files.Writer(file, folder)
    writer.say_head(head)
    build(writer, texts)
    writer.finish()
    file.seek(0)
    found = files.read(file)
    assert found is not None  # noqa: S101 - just written
    return Part(*found)


def _nearest(segment: Segment, text: str, at_least: float, most: int) -> list[Near]:
    """Return the texts of a segment most like a text.

    Where very many are nearly the same, more are compared: those that may be better than what was
    found, which differ less in length, so that more of each list can be read.
    """
    found = segment.alike(text, at_least)
    places = found.places
    ranked = _ranked(text, segment.read(places), at_least, most)
    lowest = max(at_least, ranked[-1][1] - _ROUNDING) if len(ranked) == most else at_least
    if found.are_crowded((1 - lowest) * len(text)):
        places = np.union1d(places, segment.alike(text, lowest, more=True).places)
        ranked = _ranked(text, segment.read(places), lowest, most)
    return [Near(int(segment.ids[places[at]]), score, same) for same, score, at in ranked]


def _ranked(
    text: str, candidates: Sequence[str], at_least: float, most: int
) -> Sequence[tuple[str, float, int]]:
    """Return candidate, similarity and place of those most like a text."""
    return process.extract(
        text,
        candidates,
        scorer=Levenshtein.normalized_similarity,
        score_cutoff=at_least,
        limit=most,
    )
