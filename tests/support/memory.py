"""Source texts without a store, as an index reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dpg_l10n.ports.memory import IndexedTexts, Newest, Place


class Listed(IndexedTexts):
    """Texts in a list; the first has number 1."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = list(texts)
        self.read = 0
        """How many texts were handed out."""

    def newest(self, place: Place) -> Newest:
        number = place.number
        same = number == 0 or (number <= len(self.texts) and self._mark(number) == place.mark)
        return Newest(len(self.texts), same)

    def after(self, place: Place) -> tuple[Place, Iterator[tuple[int, str]]]:
        last = len(self.texts)
        return Place(last, self._mark(last) if last else b""), self._after(place.number, last)

    def _mark(self, number: int) -> bytes:
        return self.texts[number - 1].encode("utf-8", "surrogatepass")

    def _after(self, number: int, last: int) -> Iterator[tuple[int, str]]:
        for each in range(number + 1, last + 1):
            self.read += 1
            yield each, self.texts[each - 1]
