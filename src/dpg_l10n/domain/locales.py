"""Language tags: the many spellings that files use, and canonical BCP 47.

Names, aliases and directions come from Unicode CLDR through Babel.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import N_

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<rest>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[a-wy-z](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?)",
    re.IGNORECASE,
)
_MODIFIER_SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl", "arabic": "Arab", "devanagari": "Deva"}
_OLD_NAMES = {
    **{f"ar-{code}": code for code in ("acm", "aeb", "apc", "arb", "arq", "ary", "arz")},
    **{f"sw-{code}": code for code in ("swc", "swh")},
    **{
        f"zh-{code}": code
        for code in ("cdo", "cmn", "gan", "hak", "hsn", "lzh", "nan", "wuu", "yue")
    },
    "zh-min-nan": "nan",
    "zh-classical": "lzh",
    "bat-smg": "sgs",
    "cbk-zam": "cbk",
    "fiu-vro": "vro",
    "map-bms": "jv-x-bms",
    "roa-rup": "rup",
    "roa-tara": "nap-x-tara",
    "pt-ao90": "pt-ao1990",
    "pt-pt-ao90": "pt-PT-ao1990",
}
"""Tags of today for names that are none: BCP 47's extended subtags (section 4.5 there wants the
short form), names of wikis older than their codes, and WordPress's Portuguese."""
_OLD_NAME = re.compile(rf"(?:{'|'.join(_OLD_NAMES)})(?=-|$)", re.IGNORECASE)
_WITHOUT_CLDR = frozenset({"eml", "fuv", "isv", "nah", "skr"})
"""Languages that projects are translated into and that CLDR has nothing of."""
_NOT_LANGUAGES = frozenset({"root", "und", "mul", "zxx", "mis", "art"})


@lru_cache(maxsize=4096)
def canonical(name: str) -> str:
    """Return the BCP 47 tag of a language name as files spell it.

    Understands ``pt_BR``, ``sr@latin``, Android's ``zh-rCN`` and ``b+uz+Latn``, Java's ``in`` and
    ``iw``, three-letter codes of languages that have a two-letter one (``fra``), names of wikis
    that are no tags (``map-bms``, ``zh-min-nan``), and English names (:func:`tag_of_name`).

    Raises:
        UsageError: ``language``: the name is no language tag.
    """
    text = name.strip()
    text, _, modifier = text.partition("@")
    text = text.split(".")[0].replace("_", "-")
    if text.startswith("b+"):
        text = text[2:].replace("+", "-")
    text = re.sub(r"^([A-Za-z]{2,3})-r([A-Z]{2})$", r"\1-\2", text)
    if modifier:
        script = _MODIFIER_SCRIPTS.get(modifier.lower())
        language, *rest = text.split("-")
        if script or modifier.title() in _scripts():
            text = "-".join([language, script or modifier, *rest])
        else:
            private = re.fullmatch(r"[A-Za-z0-9]{5,8}", modifier) is None  # not a variant
            text += f"-x-{modifier[:8]}" if private else f"-{modifier}"
    if old := _OLD_NAME.match(text):
        text = _OLD_NAMES[old[0].lower()] + text[old.end() :]
    match = _TAG.fullmatch(text)
    if match is None and (named := tag_of_name(name)):
        return named
    if match is None or match["language"].lower() in _NOT_LANGUAGES:
        raise UsageError(
            N_("“{name}” is no language code. Use one like sw, pt-BR or uz-Latn."),
            code="language", name=name,
        )  # fmt: skip
    language = match["language"].lower()
    script, region = match["script"], match["region"]
    alias = get_global("language_aliases").get(language)
    if alias:
        parts = str(alias).split("_")
        language = parts[0]
        if len(parts) > 1 and len(parts[1]) == 4 and not script:
            script = parts[1]
        if len(parts) > 1 and len(parts[-1]) == 2 and not region:
            region = parts[-1]  # Dari is the Persian of Afghanistan
    return "".join(
        (
            language,
            f"-{script.title()}" if script else "",
            f"-{region.upper()}" if region else "",
            match["rest"].lower(),
        )
    )


@lru_cache(maxsize=4096)
def tag_of_name(name: str) -> str | None:
    """Return the tag of a language's English name as files spell it, None where it is none.

    ``french``, ``BrazilianPortuguese``, ``portuguese-br``, ``ChineseTaiwan``, ``chinese_simplified``:
    of languages with a two-letter code, because the names of others are words of programs
    (``mongo``).
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|[-_]", " ", name).casefold().split()
    whole = _english_names().get("".join(words))
    if whole or len(words) < 2:
        return whole
    for language, others in ((words[0], words[1:]), (words[-1], words[:-1])):
        tag, kind = _english_names().get(language), _subtags().get("".join(others))
        if tag and kind and "-" not in tag:
            return f"{tag}-{kind}"
    return None


@lru_cache(maxsize=1)
def _english_names() -> dict[str, str]:
    return {
        _letters(str(name)): str(code).replace("_", "-")
        for code, name in sorted(Locale("en").languages.items(), reverse=True)
        if len(str(code).split("_")[0]) == 2 and len(str(name)) > 3 and name != "Latin"
    }


def _letters(name: str) -> str:
    """Return a name as files spell it: without accents, spaces and capitals."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"\W", "", plain.casefold())


@lru_cache(maxsize=1)
def _subtags() -> dict[str, str]:
    english = Locale("en")
    kinds = {**english.scripts, **english.territories}
    named = {_letters(str(name)): str(code) for code, name in kinds.items()}
    codes = {str(code).lower(): str(code) for code in english.territories if len(str(code)) == 2}
    return {
        **named,
        **codes,
        "simplified": "Hans",
        "traditional": "Hant",
        "uk": "GB",
        "turkey": "TR",
    }


def is_old_name(name: str) -> bool:
    """Tell whether a name is known for a language and is no tag of today (``map-bms``)."""
    return name.replace("_", "-").lower() in _OLD_NAMES


@lru_cache(maxsize=1)
def _scripts() -> frozenset[str]:
    return frozenset(Locale("en").scripts)


@lru_cache(maxsize=4096)
def is_language(name: str) -> bool:
    """Tell whether a name is the code of a language that CLDR knows (``null``, ``english`` are not)."""
    if tag_of_name(name):
        return False
    try:
        tag = canonical(name)
    except UsageError:
        return False
    return base(tag) in _known_languages()


@lru_cache(maxsize=1)
def _known_languages() -> frozenset[str]:
    english = {str(code).split("_")[0] for code in Locale("en").languages}
    return frozenset(english | set(get_global("likely_subtags")) | _WITHOUT_CLDR)


def has_name(code: str) -> bool:
    """Tell whether CLDR has an English name for the language of a code, as for few words."""
    return code in Locale("en").languages and code not in _NOT_LANGUAGES


def base(tag: str) -> str:
    """Return the language subtag: ``pt`` of ``pt-BR``."""
    return tag.split("-", 1)[0]


def fallbacks(tag: str) -> tuple[str, ...]:
    """Return the tag and its ever more general forms: ``uz-Latn-UZ``, ``uz-Latn``, ``uz``."""
    parts = tag.split("-")
    return tuple("-".join(parts[:end]) for end in range(len(parts), 0, -1))


@lru_cache(maxsize=1024)
def cldr(tag: str) -> Any:
    """Return Babel's locale of a tag or of its nearest more general form, or None.

    Babel's objects carry no types, hence ``Any``.
    """
    for candidate in fallbacks(tag):
        try:
            return Locale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


def is_right_to_left(tag: str) -> bool:
    """Tell whether the language is written from right to left."""
    if re.search(r"-(Arab|Hebr|Thaa|Syrc|Nkoo|Adlm|Rohg)\b", tag):
        return True
    locale = cldr(tag)
    if locale is None:
        return base(tag) in {"dv", "ckb", "skr", "nqo", "syr", "prs", "ps", "sd", "ug", "yi"}
    return bool(locale.character_order == "right-to-left")


def display_name(tag: str, in_language: str = "en") -> str:
    """Return the name of a language in another one; the tag itself where CLDR has none."""
    reader = cldr(in_language) or Locale("en")
    languages = reader.languages
    for candidate in fallbacks(tag):
        name = languages.get(candidate.replace("-", "_"))
        if name:
            rest = tag[len(candidate) :].strip("-")
            return f"{name} ({rest})" if rest else str(name)
    return tag
