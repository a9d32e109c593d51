"""One engine for many who ask at the same time: what waits is drafted together.

A model that decodes one sentence at a time mostly idles. Requests that come within a few
milliseconds, or while the engine is busy, go to it as one batch.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from dpg_l10n.domain.placeholders import kinds_for
from dpg_l10n.domain.states import Origin
from dpg_l10n.errors import DpgL10nError, ModelMissingError, ThrottledError, UnavailableError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Engine, EngineInfo, Pair, Store
from dpg_l10n.services.drafting.guard import guard_of
from dpg_l10n.services.drafting.protect import draft_texts
from dpg_l10n.services.drafting.quality import poor_chrf
from dpg_l10n.services.drafting.terms import Terms, TermUse, no_terms
from dpg_l10n.services.drafting.untouched import untouched
from dpg_l10n.services.drafting.writing import origin_of

GATHER_S = 0.004
"""Seconds that the first who asks waits for others."""
MOST_AT_ONCE = 20_000
"""Characters of one batch: nobody waits longer than it takes to draft that many, twice."""
MOST_WAITING = 400_000
"""Characters that may wait; who asks for more is told to come back."""
_KNOWN_S = 60.0
"""How long it is remembered that a model's drafts are too poor to show."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How some texts are to be drafted; those that are wanted in the same way go together."""

    pair: Pair
    html: bool = False
    """True where elements with ``translate="no"`` stay as they are."""
    glossary: str = ""
    """Version of the glossary that drafts are held to, empty without one."""
    terms: Terms = field(default=no_terms, compare=False)
    """Finds the terms of a text."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one text."""

    text: str | None
    """None where there is no draft that may be shown."""
    reason: str = ""
    """Why there is none."""
    origin: Origin | None = None


class SharedDrafts:
    """Drafts for many who ask at once.

    Args:
        open_engine: Gives the engine; what else works with it waits meanwhile.
        store: Knows how good drafts were.
        least_chrf: See :class:`dpg_l10n.services.drafting.DraftOptions`.
        gather_s: Seconds that the first who asks waits for others.
        most_at_once: Characters of one batch; 1 takes one request at a time.
        most_waiting: Characters that may wait.
    """

    def __init__(
        self,
        open_engine: Callable[[], AbstractContextManager[Engine | None]],
        store: Store,
        least_chrf: float | None = None,
        *,
        gather_s: float | None = None,
        most_at_once: int | None = None,
        most_waiting: int | None = None,
    ) -> None:
        """Wait for somebody; the thread that works begins with the first."""
        self._open_engine = open_engine
        self._store = store
        self._least_chrf = least_chrf
        self._gather_s = GATHER_S if gather_s is None else gather_s
        self._most_at_once = most_at_once or MOST_AT_ONCE
        self._most_waiting = most_waiting or MOST_WAITING
        self._waiting: list[_Request] = []
        self._characters = 0
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False
        self._poor: dict[tuple[EngineInfo, str], tuple[float, bool]] = {}

    def ask(self, texts: Sequence[str], wanted: Wanted) -> Future[list[Answer]]:
        """Return the answers that will come, in the order of the texts.

        Waiting for them raises ModelMissingError where no model has the pair, and any other error
        of the engine.

        Raises:
            ThrottledError: ``access.busy``: too much waits already.
            UnavailableError: The service ends.
        """
        request = _Request(tuple(texts), wanted, sum(map(len, texts)) + len(texts))
        with self._changed:
            if self._closed:
                raise UnavailableError(detail="The service ends.")
            if self._waiting and self._characters + request.size > self._most_waiting:
                raise ThrottledError(
                    N_("Too many texts wait for the engine. Ask again in {seconds} seconds."),
                    code="access.busy", seconds=2,
                )  # fmt: skip
            self._waiting.append(request)
            self._characters += request.size
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="drafts", daemon=True)
                self._thread.start()
            self._changed.notify()
        return request.future

    def close(self) -> None:
        """End; who still waits is told so."""
        with self._changed:
            self._closed = True
            left, self._waiting = self._waiting, []
            self._changed.notify()
        for request in left:
            if request.future.set_running_or_notify_cancel():
                request.future.set_exception(UnavailableError(detail="The service ends."))
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while batch := self._next():
            groups: dict[Wanted, list[_Request]] = {}
            for request in batch:
                if request.future.set_running_or_notify_cancel():
                    groups.setdefault(request.wanted, []).append(request)
            for wanted, requests in groups.items():
                self._answer(wanted, requests)

    def _next(self) -> list[_Request]:
        """Wait for requests and return as many as go together; none at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            until = time.monotonic() + self._gather_s
            while not self._closed and self._characters < self._most_at_once:
                left = until - time.monotonic()
                if left <= 0:
                    break
                self._changed.wait(left)
            batch: list[_Request] = []
            size = 0
            while self._waiting and (not batch or size < self._most_at_once):
                batch.append(self._waiting.pop(0))
                size += batch[-1].size
            self._characters -= size
            return batch

    def _answer(self, wanted: Wanted, requests: list[_Request]) -> None:
        try:
            texts = list(dict.fromkeys(text for each in requests for text in each.texts))
            found = dict(zip(texts, self._drafts(wanted, texts), strict=True))
        except Exception as error:  # noqa: BLE001 - it is for those who asked, not for this thread
            if len(requests) == 1 or isinstance(error, DpgL10nError):
                for request in requests:
                    request.future.set_exception(error)
                return
            for request in requests:  # one of them has a text that cannot be worked on
                self._answer(wanted, [request])
            return
        for request in requests:
            request.future.set_result([found[text] for text in request.texts])

    def _drafts(self, wanted: Wanted, texts: Sequence[str]) -> list[Answer]:
        pair = wanted.pair
        with self._open_engine() as engine:
            if engine is None:
                raise ModelMissingError(source=pair.source, target=pair.target)
            info = engine.info(pair)
            if self._is_poor(info, pair.target):
                raise ModelMissingError(source=pair.source, target=pair.target)
            terms = _and_untouched(wanted.terms) if wanted.html else wanted.terms
            drafts = draft_texts(engine, pair, texts, guard_of(kinds_for(""), terms))
        return [
            Answer(one.text, origin=origin_of(info, one.way, wanted.glossary, one.score))
            if one.text is not None
            else Answer(None, str(one.reason))
            for one in drafts
        ]

    def _is_poor(self, info: EngineInfo, language: str) -> bool:
        if self._least_chrf is None:
            return False
        at, poor = self._poor.get((info, language), (0.0, False))
        if not at or time.monotonic() - at > _KNOWN_S:
            poor = poor_chrf(self._store, info, language, self._least_chrf) is not None
            self._poor[info, language] = (time.monotonic(), poor)
        return poor


class _Request:
    """Texts that somebody waits for."""

    __slots__ = ("future", "size", "texts", "wanted")

    def __init__(self, texts: tuple[str, ...], wanted: Wanted, size: int) -> None:
        self.texts = texts
        self.wanted = wanted
        self.size = size
        self.future: Future[list[Answer]] = Future()


def _and_untouched(terms: Terms) -> Terms:
    """Return what finds the terms of a text, and in HTML what is not to be translated."""

    def both(text: str) -> Sequence[TermUse]:
        kept = [TermUse(start, end, keep=True) for start, end in untouched(text)]
        return [
            *kept,
            *(
                use
                for use in terms(text)
                if not any(use.start < one.end and one.start < use.end for one in kept)
            ),
        ]

    return both
