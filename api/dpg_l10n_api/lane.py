"""Where short work is done: on as few threads as the database profits from, one request after another."""

from __future__ import annotations

import asyncio
import functools
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import ParamSpec, TypeVar, cast

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from dpg_l10n.ports import Store, TookLongError

P = ParamSpec("P")
T = TypeVar("T")


class Lane:
    """Runs functions on threads, some of them at a time and the others in the order they came.

    SQLite gives Python's lock back for every row, and of 16 threads that read at the same time each
    then waits for all others 50 times a page: that took twice as many CPU seconds as the pages.

    Args:
        width: Functions at a time.
        patience: Seconds. Where nobody got in for so long the functions inside take long, and those
            who wait go around the lane.
    """

    def __init__(self, width: int, patience: float = 0.05) -> None:
        """Begin with nobody in the lane."""
        self._free = width
        self._patience = patience
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._moved = 0.0

    async def run(self, work: Callable[[], T]) -> T:
        """Return what a function returns that may be called on any thread."""
        if not await self._enter():
            return await run_in_threadpool(work)
        try:
            return await run_in_threadpool(work)
        finally:
            self._leave()

    async def _enter(self) -> bool:
        """Wait for a place; False is an advice to go around."""
        loop = asyncio.get_running_loop()
        if self._free:
            self._free -= 1
            self._moved = loop.time()
            return True
        place = loop.create_future()
        self._waiting.append(place)
        try:
            while not place.done():
                await asyncio.wait((place,), timeout=self._patience)
                if not place.done() and loop.time() - self._moved > self._patience:
                    place.cancel()
                    return False
        except asyncio.CancelledError:
            # whoever asked has gone: the place is the next one's
            if not place.cancel():
                self._leave()
            raise
        self._moved = loop.time()
        return True

    def _leave(self) -> None:
        """Give the place to who waits longest."""
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(None)
                return
        self._free += 1


AT_ONCE_S = 0.005
"""Seconds that the event loop reads without a thread: about what it takes to change threads in the middle."""


async def looked_up(request: Request, look: Callable[[Store], T]) -> T:
    """Return a little that the store says, on the event loop where that can be.

    To hand a page of texts to a thread and back took a quarter of its CPU time. What turns out to
    take longer is stopped and begins anew in the lane; so does all reading of a database that is
    another program.

    Args:
        request: Of the application.
        look: Only reads, and may be called twice.
    """
    state = request.app.state
    if state.hurried is not None:
        with suppress(TookLongError):
            return look(state.hurried)
    lane: Lane = state.lane
    return await lane.run(functools.partial(look, state.store))


def at_once(route: Callable[P, T]) -> Callable[P, Awaitable[T]]:
    """Have a route that only reads a little answer as :func:`looked_up` does.

    Args:
        route: A plain function with a ``request`` and a ``store``.
    """

    @functools.wraps(route)
    async def run(*args: P.args, **kwargs: P.kwargs) -> T:
        request = kwargs["request"]
        assert isinstance(request, Request)  # noqa: S101 - a program error
        with_store = cast(Callable[..., T], route)
        async with request.app.state.turn:
            # the loop hears who else came before the next answer: of requests that it answers in one
            # go, who is last misses the next go and is last in the one after, and waits twice as long
            await asyncio.sleep(0)
        return await looked_up(
            request, lambda store: with_store(*args, **{**kwargs, "store": store})
        )

    return run


def short(route: Callable[P, T]) -> Callable[P, Awaitable[T]]:
    """Have a route that does not take long run in the lane of the application.

    Args:
        route: A plain function with a ``request``.
    """

    @functools.wraps(route)
    async def run(*args: P.args, **kwargs: P.kwargs) -> T:
        request = kwargs["request"]
        assert isinstance(request, Request)  # noqa: S101 - a program error
        lane: Lane = request.app.state.lane
        return await lane.run(functools.partial(route, *args, **kwargs))

    return run
