"""Named extension points: built-ins from a table, then third parties through entry points."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import Generic, TypeVar

from dpg_l10n.errors import NotFoundError, UsageError

T = TypeVar("T")


class Registry(Generic[T]):
    """Extensions by name, imported when asked for.

    Args:
        kind: What is registered, for messages (``"format"``).
        group: Entry point group of third parties (``"dpg_l10n.formats"``).
        builtins: Name to ``"module:attribute"``; third parties cannot shadow these.
        finish: What is done to each, of third parties too, before it is handed out.
    """

    def __init__(
        self,
        kind: str,
        group: str,
        builtins: Mapping[str, str],
        finish: Callable[[T], T] = lambda extension: extension,
    ) -> None:
        """Remember the table; nothing is imported yet."""
        self.kind = kind
        self.group = group
        self._finish = finish
        self._builtins = {
            name: EntryPoint(name, target, group) for name, target in builtins.items()
        }
        self._loaded: dict[str, T] = {}

    def names(self) -> tuple[str, ...]:
        """Return every registered name, built-ins first.

        Raises:
            UsageError: Two packages, or a package and a built-in, use the same name.
        """
        return tuple(self._points())

    def __iter__(self) -> Iterator[T]:
        """Yield every extension, importing it."""
        return (self[name] for name in self.names())

    def __getitem__(self, name: str) -> T:
        """Return one extension, importing it.

        Raises:
            NotFoundError: Nothing has this name.
        """
        if name not in self._loaded:
            point = self._builtins.get(name) or self._points().get(name)
            if point is None:
                known = ", ".join(self.names())
                raise NotFoundError(kind=self.kind, name=name, hint=f"Known: {known}.")
            self._loaded[name] = self._finish(point.load())
        return self._loaded[name]

    def _points(self) -> dict[str, EntryPoint]:
        points = dict(self._builtins)
        for point in entry_points(group=self.group):
            if point.name in points:
                raise UsageError(
                    detail=f"Two packages provide the {self.kind} “{point.name}”: "
                    f"{points[point.name].value} and {point.value}."
                )
            points[point.name] = point
        return points
