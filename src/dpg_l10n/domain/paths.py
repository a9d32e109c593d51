"""Target patterns: paths with ``{language}`` in them, and how a catalogue spells a language.

``i18n/{language}.po``, ``res/values-{language}/strings.xml``, ``{language}.lproj/Main.strings``. The
placeholder stands for one path component or a part of it; where it occurs twice
(``{language}/messages.{language}.json``) both places hold the same name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from babel.core import get_global

from dpg_l10n.domain.locales import base, canonical, display_name, tag_of_name
from dpg_l10n.domain.project import TargetFile

PLACEHOLDER = "{language}"
GZIP = ".gz"
"""Ending of a packed file, after that of what it holds (``messages.po.gz``)."""
ZIP = ".zip"
"""Ending of an archive, whose members have paths below it (``i18n.zip/fr.json``)."""

_ANDROID_LEGACY = {"id": "in", "he": "iw", "yi": "ji"}
"""Codes that Android's resources still use (``java.util.Locale``)."""
_GETTEXT_MODIFIERS = {"Latn": "latin", "Cyrl": "cyrillic", "Arab": "arabic", "Deva": "devanagari"}
_UNDERSCORE_FORMATS = frozenset({"po", "po-keys", "properties"})
_NOT_TERMINOLOGY = frozenset(
    # ISO 639-2's bibliographic doubles, then members of macrolanguages: aliases of a two-letter
    # code that are not the three-letter code of the same language.
    [
        "alb",
        "arm",
        "baq",
        "bur",
        "chi",
        "cze",
        "dut",
        "fre",
        "geo",
        "ger",
        "gre",
        "ice",
        "mac",
        "mao",
        "may",
        "per",
        "rum",
        "scc",
        "scr",
        "slo",
        "tib",
        "wel",
        "adp",
        "als",
        "arb",
        "ayr",
        "azj",
        "cls",
        "cmn",
        "cwd",
        "drh",
        "ekk",
        "esk",
        "fat",
        "fuc",
        "gaz",
        "gug",
        "ike",
        "khk",
        "kmr",
        "knc",
        "kng",
        "kpv",
        "lvs",
        "mol",
        "npi",
        "ojg",
        "ory",
        "pbu",
        "pes",
        "plt",
        "prp",
        "quz",
        "src",
        "swh",
        "twi",
        "uzn",
        "ydd",
        "zsm",
        "zyb",
    ]
)


def match(pattern: str, path: str) -> str | None:
    """Return the name that stands in the place of ``{language}``, or None when the path differs."""
    found = _compiled(pattern).fullmatch(path)
    return found["language"] if found else None


def fill(pattern: str, name: str) -> str:
    """Return the path of a language whose name is spelled as the files of the pattern do."""
    return pattern.replace(PLACEHOLDER, name)


def literal_prefix(pattern: str) -> str:
    """Return what every path of a pattern begins with."""
    return pattern.partition(PLACEHOLDER)[0]


def untranslated(pattern: str) -> str | None:
    """Return the path without a language that a pattern implies.

    ``values/strings.xml`` of ``values-{language}/strings.xml``, ``messages.properties`` of
    ``messages_{language}.properties``; None where nothing but the language names the file.
    """
    if pattern.count(PLACEHOLDER) != 1:
        return None
    for fixed in (r"(?<=[^/])[._-]\{language\}", r"\{language\}[._-](?=[^/]*[._-][^/]+$)"):
        path, changed = re.subn(fixed, "", pattern)
        if changed:
            return path
    return None


def unpacked_path(path: str) -> str:
    """Return the path of what a packed file holds; any other path as it is."""
    return path[: -len(GZIP)] if path.lower().endswith(GZIP) else path


def in_archive(path: str) -> tuple[str, str] | None:
    """Return the path of the archive that a path leads into and the name inside, None of others."""
    place = path.lower().find(f"{ZIP}/")
    if place < 1:
        return None
    end = place + len(ZIP)
    return path[:end], path[end + 1 :]


def outside(path: str) -> str:
    """Return the path that a member of an archive has unpacked; any other path as it is."""
    inside = in_archive(path)
    return path if inside is None else f"{inside[0][: -len(ZIP)]}/{inside[1]}"


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    head, *tail = (re.escape(part) for part in pattern.split(PLACEHOLDER))
    if not tail:
        return re.compile(r"(?!)(?P<language>)")
    return re.compile(head + r"(?P<language>[^/]+)" + "(?P=language)".join(tail))


def spell(tag: str, siblings: Sequence[TargetFile], format: str) -> str:
    """Return the name of a new language as the other files of its catalogue spell theirs.

    Without siblings the usual spelling of the format is taken: ``pt-rBR`` for Android, ``pt_BR``
    for gettext and properties, ``pt-BR`` elsewhere. Siblings decide the separator, the letter
    case, three-letter codes (``fra``) and whether a region is always there (``sw-TZ``).

    Args:
        tag: Canonical BCP 47 tag.
        siblings: The files that exist already; their order does not matter.
        format: Name of the catalogue's format.
    """
    if format == "android":
        return _android(tag)
    language, *rest = tag.split("-")
    names = [file.name for file in siblings]
    if _most(names, lambda name: tag_of_name(name) is not None):
        return _in_words(tag, names)
    if not rest and _most(names, _has_region, least=2):
        rest = _likely_region(language)
    if _most([file.name for file in siblings if _has_two_letters(file)], _has_three_letters):
        language = _three_letter_codes().get(language, language)
    separator = _separator(names, format)
    if rest and rest[0] in _GETTEXT_MODIFIERS and any("@" in name for name in names):
        spelled = "_".join((language, *rest[1:])) + f"@{_GETTEXT_MODIFIERS[rest[0]]}"
    else:
        spelled = separator.join((language, *rest))
    if _most([name for name in names if len(name) > 3], str.islower):
        return spelled.lower()
    return spelled.upper() if _most(names, str.isupper) else spelled


def _in_words(tag: str, names: Sequence[str]) -> str:
    """Return the English name of a language: ``swahili``, ``Swahili``."""
    words = re.sub(r"[^A-Za-z]+", " ", display_name(tag)).split()
    lower = _most(names, str.islower)
    joint = _separator(names, "") if any(re.search("[-_]", name) for name in names) else ""
    return joint.join(word.lower() if lower else word.title() for word in words)


def _android(tag: str) -> str:
    language, *rest = tag.split("-")
    if not rest:
        return _ANDROID_LEGACY.get(language, language)
    if len(rest) == 1 and len(rest[0]) == 2:
        return f"{_ANDROID_LEGACY.get(language, language)}-r{rest[0]}"
    return "b+" + "+".join((language, *rest))


def _most(names: Iterable[str], holds: Callable[[str], bool], *, least: int = 1) -> bool:
    """Tell whether something holds for more than half of the names, and for enough of them."""
    answers = [holds(name) for name in names]
    return sum(answers) >= least and 2 * sum(answers) > len(answers)


def _has_region(name: str) -> bool:
    return bool(re.search(r"[-_]([A-Za-z]{2}|\d{3})\b", name))


def _has_two_letters(file: TargetFile) -> bool:
    return len(base(file.language)) == 2


def _has_three_letters(name: str) -> bool:
    return bool(re.match(r"[A-Za-z]{3}(?![A-Za-z])", name))


def _likely_region(language: str) -> list[str]:
    likely = get_global("likely_subtags").get(language, "")
    region = likely.rpartition("_")[2]
    return [region] if re.fullmatch(r"[A-Z]{2}|\d{3}", region) else []


def _separator(names: Sequence[str], format: str) -> str:
    underscores = sum("_" in name for name in names)
    hyphens = sum("-" in name for name in names)
    if underscores == hyphens:
        return "_" if format in _UNDERSCORE_FORMATS else "-"
    return "_" if underscores > hyphens else "-"


@lru_cache(maxsize=1)
def _three_letter_codes() -> dict[str, str]:
    """ISO 639-3 by two-letter code (CLDR's aliases turned round)."""
    aliases = get_global("language_aliases")
    return {
        short: code
        for code, short in sorted(aliases.items())
        if len(code) == 3 and len(short) == 2 and code not in _NOT_TERMINOLOGY
        and canonical(code) == short
    }  # fmt: skip
