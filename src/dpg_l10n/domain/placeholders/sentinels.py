"""Marks that travel through an engine in the place of what it may not touch."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sentinel:
    """One shape of mark. Which shape an engine brings back unharmed differs from model to model."""

    before: str
    after: str
    pattern: re.Pattern[str] = field(init=False, compare=False, repr=False)
    """Finds marks with their number. Engines put spaces into them; no other damage is repaired."""

    def __post_init__(self) -> None:
        """Compile the pattern."""
        before, after = (r"\s?".join(map(re.escape, part)) for part in (self.before, self.after))
        digits = rf"{before}\s?(\d{{1,4}})" + (rf"\s?{after}" if after else r"(?!\d)")
        object.__setattr__(self, "pattern", re.compile(digits))

    @property
    def name(self) -> str:
        """The mark number 0, which tells the shape."""
        return self.write(0)

    def write(self, number: int) -> str:
        """Return one mark."""
        return f"{self.before}{number}{self.after}"

    def numbers(self, text: str) -> list[int]:
        """Return the numbers of the marks in a text, in order."""
        return [int(match[1]) for match in self.pattern.finditer(text)]

    def fill(self, text: str, value: Callable[[int], str]) -> str:
        """Return a text with each mark replaced by what its number stands for."""
        return self.pattern.sub(lambda match: value(int(match[1])), text)

    def join(self, words: Sequence[str]) -> str:
        """Return words with a mark between each and the next."""
        return words[0] + "".join(self.write(i) + word for i, word in enumerate(words[1:]))


SENTINELS = tuple(
    Sentinel(*shape)
    for shape in (
        ("{", "}"), ("${", "}"), ("{{", "}}"), ("<", ">"), ("%", ""), ("XPH", ""), ("[", "]"),
        ("⟦", "⟧"),
    )
)  # fmt: skip
"""Shapes to choose from, the one that most models have met first."""

BRACES = SENTINELS[0]
"""``{0}``: what is used with an engine of which nothing is known."""
