"""Source texts without a store, as an index reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dpg_l10n.ports.memory import Newest, SourceTexts


class Listed(SourceTexts):
    """Texts in a list; the first has number 1."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = list(texts)
        self.read = 0
        """How many texts were handed out."""

    def newest(self, text_id: int, mark: bytes) -> Newest:
        same = text_id == 0 or (text_id <= len(self.texts) and self.mark(text_id) == mark)
        return Newest(len(self.texts), same)

    def mark(self, text_id: int) -> bytes:
        return self.texts[text_id - 1].encode()

    def after(self, text_id: int) -> Iterator[tuple[int, str]]:
        for number in range(text_id + 1, len(self.texts) + 1):
            self.read += 1
            yield number, self.texts[number - 1]
