"""Whether a word is a form of another: strictly for what is looked for, leniently for what is said.

To find a term in a source only its forms count: “assigned” is no “assignment”, and a reviewer who
was told otherwise would stop reading. To see that a translation says a word more is allowed, since
good translations turn nouns into verbs: what grows from the same word counts.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ENDING = 3
"""Letters at an end of a word by which forms of it may differ."""
SHORT = 3
"""Words of so few letters have no other forms."""
_GROWN = 10
"""Letters by which a word may be longer, where words take on subject, tense and object."""
PREFIXING = frozenset(
    {
        "am", "bem", "ha", "he", "ki", "lg", "ln", "lua", "nd", "nr", "ny", "rn", "rw", "sn", "ss",
        "st", "sw", "ti", "tn", "ts", "tum", "ve", "xh", "yo", "zu",
    }
)  # fmt: skip
"""Languages whose words change at the beginning too: classes of nouns, particles written on."""
_ARABIC = frozenset({"ar", "arz", "apc", "ary", "acm", "ajp", "apd"})
_ACCENTS = re.compile("[\u0300-\u036f\u093c\u09bc\u0a3c]")
"""Accents, and the dots that writers of Indic scripts leave out."""
_SPELLED = str.maketrans("\u0940\u0942\u0901", "\u093f\u0941\u0902")
"""Long and short vowels and the two nasal signs of Devanagari, which vary in loanwords."""
_ETHIOPIC = frozenset({"am", "ti"})
_PLURAL = chr(0x1278)
"""Ends the plural of Amharic nouns, in the first order."""
_UNWRITTEN = re.compile("[\u0640\u064b-\u065f\u0670]")
"""Arabic vowels, which are mostly left out, and the stroke that only stretches a word."""
_WEAK = re.compile("[\u0621-\u0627\u0629\u0648-\u064a]")
"""Arabic letters that come and go with number and form: alef, waw, ya, hamza, ta marbuta."""
_BEFORE = re.compile(
    "[\u0648\u0641]?(\u0627\u0644|[\u0628\u0643]\u0627\u0644|\u0644\u0644|[\u0628\u0644\u0643])?"
)
"""And, so; with, as, for; the: written on to the word after them."""
_AFTER = re.compile(
    "(?:\u0647\u0627|\u0647\u0645|\u0643\u0645|\u0646\u0627|\u0627\u062a|[\u0648\u064a\u0627]\u0646|[\u0629\u0647\u0643\u064a])$"
)
"""Your, their; plural and dual; feminine."""
_MADE = "\u0645\u062a"
"""Mim and ta begin nouns that are made from verbs: what was imported, an import."""


def alike(word: str, term: str, code: str) -> bool:
    """Tell whether a word may be a form of another, by rule of thumb: the middle is the same.

    Args:
        word: Folded word of a text.
        term: Folded word of a term.
        code: Language subtag.
    """
    if word == term:
        return True
    size = len(term)
    if size <= SHORT or len(word) <= SHORT or abs(len(word) - size) > ENDING:
        return False
    same = size - (1 if size <= 5 else 2)
    if code in PREFIXING:
        return same >= SHORT and (term[:same] in word or term[-same:] in word)
    return word[:same] == term[:same]


def inflected(word: str, term: str, *, verb: bool) -> bool:
    """Tell whether an English word is a term in another number or, of a verb, in another tense.

    Args:
        word: Folded word of a text.
        term: Folded word of a term.
        verb: True where the term is a verb.
    """
    if word == term or (verb and word in _tenses(term)):
        return True
    return not _singulars(word).isdisjoint(_singulars(term))


def related(word: str, term: str, code: str) -> bool:
    """Tell whether a word of a translation may be said for a term: a form of it, or made from it.

    Args:
        word: Folded word of a translation.
        term: Folded word of a term.
        code: Language subtag.
    """
    if alike(word, term, code):
        return True
    if code in _ETHIOPIC:
        return _ethiopic(term) in _ethiopic(word)
    if code in _ARABIC:
        return not _arabic(word).isdisjoint(_arabic(term))
    word, term = _bare(word), _bare(term)
    size = len(term)
    if size <= SHORT or code in PREFIXING:
        return _grown(word, term)
    same = 0
    for one, other in zip(word, term, strict=False):
        if one != other:
            break
        same += 1
    return same >= (max(4, size - 1) if size <= 5 else max(5, (size + 1) // 2))


def _grown(word: str, term: str) -> bool:
    """Tell whether most of a term stands in a word, wherever: “lengo” in “inayolengwa”."""
    size = len(term)
    if size <= SHORT:
        return size == SHORT and word[:-1] == term  # jeu, jeux
    least = max(4, -(-size * 3 // 5))
    if len(word) > size + _GROWN:
        return False
    if size == len(word) == 5 and word[2:] == term[2:]:
        return True  # cheti, vyeti
    return any(term[at : at + least] in word for at in range(size - least + 1))


@lru_cache(maxsize=4096)
def _bare(word: str) -> str:
    """Return a word without accents."""
    if word.isascii():
        return word
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", word)).translate(_SPELLED)
    return unicodedata.normalize("NFC", bare)


@lru_cache(maxsize=4096)
def _ethiopic(word: str) -> str:
    """Return the consonants of an Amharic word, without the plural and what often stands before it.

    Each letter is a syllable; those of one consonant stand in a row of eight.
    """
    row = "".join(chr(ord(each) & ~7) if "\u1200" <= each <= "\u135a" else each for each in word)
    row = row[:-1] if len(row) > SHORT and row.endswith(_PLURAL) else row
    return row[1:] if len(row) >= SHORT and ord(row[0]) in (0x12A0, 0x12E8) else row


@lru_cache(maxsize=4096)
def _arabic(word: str) -> frozenset[str]:
    """Return what an Arabic word may be without what is written on to it, and its consonants.

    The consonants stay the same in a plural (taqrir, taqarir) and in what is made from a verb.
    """
    word = _UNWRITTEN.sub("", word)
    begun = {word}
    if match := _BEFORE.match(word):
        begun |= {word[match.end() :], word[match.start(1) + 1 :] if match[1] else word}
    bare = {part for each in begun for part in (each, _AFTER.sub("", each)) if len(part) > 1}
    roots = {_WEAK.sub("", each) for each in bare}
    roots |= {root[1:] for root in roots if root[:1] and root[0] in _MADE}
    return frozenset(bare | {root for root in roots if len(root) >= SHORT})


@lru_cache(maxsize=4096)
def _singulars(word: str) -> frozenset[str]:
    """Return what a word may be the plural of, and the word itself."""
    found = {word}
    if len(word) > SHORT and word[-1] == "s" and not word.endswith("ss"):
        found.add(word[:-1])
        if word[-2] == "e":
            found |= {word[:-2], word[:-2] + "is"}  # boxes, diagnoses
        if word.endswith("ies"):
            found.add(word[:-3] + "y")
    return frozenset(found)


@lru_cache(maxsize=4096)
def _tenses(verb: str) -> frozenset[str]:
    if verb.endswith("e"):
        return frozenset({verb + "d", verb[:-1] + "ing"})
    if verb.endswith("y"):
        return frozenset({verb[:-1] + "ied", verb + "ed", verb + "ing"})
    return frozenset(stem + end for stem in (verb, verb + verb[-1:]) for end in ("ed", "ing"))
