"""Requests that take turns."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

import pytest
from fastapi import FastAPI, Request

from dpg_l10n.ports import TookLongError
from dpg_l10n_api.lane import Lane, at_once

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Return what a coroutine returns, on a thread of its own: this one may be a browser's loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def asked_of(store: str, hurried: str | None) -> Request:
    """Return a request to an application of these stores."""
    app = FastAPI()
    app.state.lane, app.state.turn = Lane(1), asyncio.Lock()
    app.state.store, app.state.hurried = store, hurried
    return Request({"type": "http", "app": app})


def test_work_in_a_lane_is_done_one_after_another_in_the_order_it_came() -> None:
    done: list[int] = []
    inside: list[int] = []
    together: list[int] = []

    def work(number: int) -> int:
        inside.append(number)
        together.append(len(inside))
        done.append(number)
        inside.remove(number)
        return number

    async def ask() -> list[int]:
        lane = Lane(1, patience=60)
        return await asyncio.gather(*(lane.run(partial(work, each)) for each in range(30)))

    assert run(ask()) == done == list(range(30))
    assert set(together) == {1}


def test_those_behind_work_that_takes_long_go_around_the_lane() -> None:
    go_on = threading.Event()

    async def ask() -> str:
        lane = Lane(1, patience=0.01)
        slow = asyncio.create_task(lane.run(lambda: go_on.wait(60)))
        await asyncio.sleep(0)
        quick = await lane.run(lambda: "around")
        assert not slow.done()
        go_on.set()
        assert await slow
        return quick

    assert run(ask()) == "around"


def test_who_gives_up_waiting_leaves_the_place_to_the_next() -> None:
    go_on = threading.Event()

    async def ask() -> str:
        lane = Lane(1, patience=60)
        first = asyncio.create_task(lane.run(lambda: go_on.wait(60)))
        await asyncio.sleep(0)
        gone = asyncio.create_task(lane.run(lambda: "never"))
        behind = asyncio.create_task(lane.run(lambda: "behind"))
        await asyncio.sleep(0)
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
        go_on.set()
        await first
        said = await asyncio.wait_for(behind, 30)
        # the place is free again
        return said + await asyncio.wait_for(lane.run(lambda: ", free"), 30)

    assert run(ask()) == "behind, free"


def test_work_that_fails_gives_its_place_back() -> None:
    def fail() -> None:
        raise ValueError("broken")

    async def ask() -> str:
        lane = Lane(1, patience=60)
        with pytest.raises(ValueError, match="broken"):
            await lane.run(fail)
        return await asyncio.wait_for(lane.run(lambda: "free"), 30)

    assert run(ask()) == "free"


@pytest.mark.parametrize("hurried", ["quick", "slow", None])
def test_what_takes_long_begins_anew_on_a_thread(hurried: str | None) -> None:
    asked: list[tuple[str, bool]] = []
    loop: list[int] = []

    @at_once
    def route(request: Request, store: str) -> str:
        asked.append((store, threading.get_ident() == loop[0]))
        if store == "slow":
            raise TookLongError
        return store

    async def ask() -> str:
        loop.append(threading.get_ident())
        request = asked_of("store", hurried)
        return await route(request=request, store="store")

    quick, slow, threaded = ("quick", True), ("slow", True), ("store", False)
    expected = {"quick": [quick], "slow": [slow, threaded], None: [threaded]}[hurried]
    assert run(ask()) == expected[-1][0]
    assert asked == expected


def test_between_two_answers_the_loop_hears_who_else_came() -> None:
    answered: list[int] = []
    heard: list[list[int]] = []

    @at_once
    def route(request: Request, store: str, number: int) -> None:
        answered.append(number)

    async def listen() -> None:
        while len(answered) < 5:
            heard.append(list(answered))
            await asyncio.sleep(0)

    async def ask() -> None:
        request = asked_of("store", "quick")
        asked = [route(request=request, store="store", number=each) for each in range(5)]
        await asyncio.gather(*asked, listen())

    run(ask())
    assert answered == [0, 1, 2, 3, 4]
    assert [0] in heard
    assert [0, 1, 2, 3] in heard
