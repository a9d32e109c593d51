"""Invented source texts in six scripts, the same on every machine, and questions about them.

Words follow Zipf's law, lengths those of real catalogues (median some 40 characters in Latin, 9 in
Chinese), and half of the texts are variants of others, as they are where programs grow.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Sequence

_STEMS = (
    "save open close delete edit file folder user patient record report form field value list item "
    "name date time village district health clinic nurse doctor visit vaccine dose child mother "
    "birth weight height school teacher student class lesson payment account balance receipt amount "
    "water point sample survey question answer option select choose enter search filter sort page "
    "next previous cancel confirm error warning message network server connection password sign "
    "language translate setting profile picture upload download import export print share copy move "
    "change update create remove add view show hide start stop run finish send receive sync map "
    "location area region country address phone number code type group role right access key data"
).split()
_LITTLE = "the of to a in and for is are be not this that your you with from on by or it all no an as at".split()
_ENDS = ("", "", "", "s", "ed", "ing", "er", "ion", "ment", "able", "ly", "ness")
_STARTS = ("", "", "", "", "re", "un", "pre", "non-", "sub", "auto")
_SYLLABLES = {
    "Arab": ("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "اوي", 2, 5),
    "Deva": ("कखगघचछजटडतदनपफबभमयरलवशसह", "ािीुूेैोौं्", 1, 4),
    "Ethi": ("ሀለሐመሠረሰሸቀበተቸኀነኘአከወዐዘየደጀገጠጰጸፀፈፐ", "", 2, 4),
    "Khmr": ("កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវសហអ", "ាិីឹុូេែៃោៅំ", 1, 4),
}
"""Consonants, signs after them (in Ethiopic the letter itself changes), fewest and most of a word."""


def texts(count: int, script: str = "Latn", seed: int = 7) -> list[str]:
    """Return distinct texts.

    Args:
        count: How many.
        script: ``Latn``, ``Arab``, ``Deva``, ``Ethi``, ``Hani`` or ``Khmr``.
        seed: Other texts for another one.
    """
    chance = random.Random(seed)
    words = _words(chance, script)
    glue = "" if script in ("Hani", "Khmr") else " "
    mean = {"Hani": 5, "Khmr": 5}.get(script, 6)
    found: dict[str, None] = {}
    made: list[list[str]] = []
    while len(found) < count:
        if made and chance.random() < 0.5:
            parts = _variant(chance, chance.choice(made), words)
        else:
            parts = words(max(1, int(chance.lognormvariate(0, 0.75) * mean)))
        text = glue.join(parts)
        text = text[:1].upper() + text[1:] + chance.choice(("", "", "", ".", ":", "?", "…"))
        if len(text) > 1 and text not in found:
            found[text] = None
            made.append(parts)
    return list(found)


def questions(chance: random.Random, known: Sequence[str], count: int, script: str) -> list[str]:
    """Return texts that were edited a little, as people edit them, and some quite new ones."""
    words = _words(random.Random(7), script)
    edited = [_edited(chance, chance.choice(known), words) for _ in range(count * 4 // 5)]
    return edited + texts(count - len(edited), script, seed=99)


def numbered(count: int) -> list[str]:
    """Return distinct texts that differ in two numbers only."""
    return [f"Source p{at // 10_000:04} of the text {at % 10_000}" for at in range(count)]


def templated(count: int) -> list[str]:
    """Return distinct texts made of the same parts, as catalogues of data elements have them."""
    chance = random.Random(5)
    counted = (
        "Malaria cases|Confirmed malaria cases|Suspected malaria cases|Antenatal 1st visit|Antenatal 4th visit|"
        "Deliveries in facility|BCG doses given|Measles doses given|Penta 3 doses given|Underweight children|"
        "New TB cases|HIV tests done|HIV positive|Outpatient visits|Inpatient deaths|Still births|Live births|"
        "Vitamin A doses|Family planning new users|Referrals"
    ).split("|")  # fmt: skip
    ages = [f"{years} years" for years in ("1-4", "5-9", "10-14", "15-19", "20-24", "25-49", "50+")]
    sexes = ("Male", "Female", "Unknown sex")
    syllables = "ka mba no ru ti lo sa wa ki nga bu ro ma le si do ya".split()
    places = ("".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in itertools.count())
    found: dict[str, None] = {}
    for place in places:
        kinds = itertools.product(counted, ("<1 year", *ages), sexes)
        found.update(
            (f"{what}, {age}, {sex} ({place.capitalize()} district)", None)
            for what, age, sex in kinds
        )
        if len(found) >= count:
            return list(found)[:count]
    raise AssertionError


def _edited(chance: random.Random, text: str, words: Callable[[int], list[str]]) -> str:
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3))):
        at, parts = chance.randrange(len(text)), text.split(" ")
        match chance.randrange(5):
            case 0:
                text = text[:at] + text[at + 1 :]
            case 1:
                text = text[:at] + chance.choice(text) + text[at:]
            case 2 if len(parts) > 2:
                parts[chance.randrange(len(parts))] = words(1)[0]
                text = " ".join(parts)
            case 3 if len(parts) > 3:
                del parts[chance.randrange(len(parts))]
                text = " ".join(parts)
            case _:
                text = text.rstrip(".:?…") + chance.choice("!.:")
    return text or "?"


def _variant(
    chance: random.Random, parts: Sequence[str], words: Callable[[int], list[str]]
) -> list[str]:
    changed = list(parts)
    for at in chance.sample(range(len(parts)), max(1, len(parts) // chance.randint(2, 5))):
        changed[at] = words(1)[0]
    if chance.random() < 0.3:
        changed += words(chance.randint(1, 4))
    return changed


def _words(chance: random.Random, script: str) -> Callable[[int], list[str]]:
    vocabulary = list(dict.fromkeys(_vocabulary(chance, script)))
    weights = itertools.accumulate(1 / (rank + 3) for rank in range(len(vocabulary)))
    cumulated = list(weights)
    return lambda count: chance.choices(vocabulary, cum_weights=cumulated, k=count)


def _vocabulary(chance: random.Random, script: str) -> list[str]:
    if script == "Latn":
        grown = [start + stem + end for stem in _STEMS for start in _STARTS for end in _ENDS]
        chance.shuffle(grown)
        return [*_LITTLE, *_STEMS, *grown]
    if script == "Hani":
        signs = [chr(number) for number in range(0x4E00, 0x4E00 + 3500)]
        chance.shuffle(signs)
        common = itertools.accumulate(1 / (rank + 10) for rank in range(len(signs)))
        cumulated = list(common)
        return [
            "".join(chance.choices(signs, cum_weights=cumulated, k=chance.choice((1, 2, 2, 2, 3))))
            for _ in range(30_000)
        ]
    letters, marks, fewest, most = _SYLLABLES[script]
    return [
        "".join(_syllable(chance, letters, marks) for _ in range(chance.randint(fewest, most)))
        for _ in range(20_000)
    ]


def _syllable(chance: random.Random, letters: str, marks: str) -> str:
    if not marks:
        return chr(ord(chance.choice(letters)) + chance.randrange(7))
    return chance.choice(letters) + (chance.choice(marks) if chance.random() < 0.6 else "")
