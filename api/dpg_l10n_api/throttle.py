"""How often somebody may try: token buckets in memory, which one node needs no other service for."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

from fastapi import Request

from dpg_l10n.errors import ThrottledError

_MOST_KEYS = 50_000
"""Older buckets are forgotten: a flood of addresses takes no more memory than this."""


class Buckets:
    """Token buckets by key.

    Args:
        size: Tries in a row.
        per_s: Seconds in which that many come back.
    """

    def __init__(self, size: int, per_s: float) -> None:
        """Begin full."""
        self._size = size
        self._rate = size / per_s
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str, now: float | None = None) -> None:
        """Take one try.

        Args:
            key: Whose.
            now: Seconds of a clock that only goes forward; None takes the machine's.

        Raises:
            ThrottledError: None is left.
        """
        now = time.monotonic() if now is None else now
        with self._lock:
            left, at = self._left.pop(key, (float(self._size), now))
            left = min(self._size, left + (now - at) * self._rate)
            self._left[key] = (max(left - 1, 0) if left >= 1 else left, now)
            if len(self._left) > _MOST_KEYS:
                self._left.popitem(last=False)
        if left < 1:
            raise ThrottledError(seconds=int((1 - left) / self._rate) + 1)


def calm(request: Request, name: str) -> None:
    """Let somebody try a password only so often: by name, and by the address that asks.

    Raises:
        ThrottledError: Too many tries.
    """
    address = request.client.host if request.client else ""
    request.app.state.tries_by_address.take(address)
    request.app.state.tries_by_name.take(name)
