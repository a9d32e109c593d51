"""Indexed glossaries, kept from one unit of work to the next for as long as no glossary changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from dpg_l10n.domain.terms import Terminology
from dpg_l10n.ports import TookLongError

_MOST = 64
"""Pairs of project and language: about 10 MB for a glossary of ten thousand concepts."""


_Found = OrderedDict[Hashable, tuple[Hashable, Terminology]]


class Kept:
    """The last terminologies of a store that were asked for. Threads may share it."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._found: _Found = OrderedDict()

    def get(
        self, what: Hashable, version: Hashable, make: Callable[[], Terminology]
    ) -> Terminology:
        """Return a terminology, made anew where glossaries changed since.

        Args:
            what: Whose, and of which language.
            version: Of the glossaries.
            make: Reads and indexes it.
        """
        known = self._found.get(what)
        if known is None or known[0] != version:
            known = self._found[what] = (version, self._made(make))
        while len(self._found) > _MOST:
            self._found.popitem(last=False)
        return known[1]

    def _made(self, make: Callable[[], Terminology]) -> Terminology:
        return make()

    def at_hand(self) -> Kept:
        """Return those that are there already, for callers that cannot wait for one to be made."""
        return _AtHand(self._found)


class _AtHand(Kept):
    """Raises TookLongError where a terminology would have to be made."""

    def __init__(self, found: _Found) -> None:
        self._found = found

    def _made(self, make: Callable[[], Terminology]) -> Terminology:
        raise TookLongError
