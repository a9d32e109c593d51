"""Countries by the names that registries give them: ISO codes, CLDR's names, and what else is used."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from babel import Locale

_WORDS = re.compile(r"[^a-z0-9]+")
_SMALL = frozenset({"the", "of", "and"})
_NO_COUNTRY = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
_ALIASES = {
    "AE": ("UAE",),
    "BN": ("Brunei Darussalam",),
    "BO": ("Plurinational State of Bolivia", "Bolivia (Plurinational State of)"),
    "BS": ("Bahamas",),
    "CD": (
        "Democratic Republic of the Congo", "Congo, Democratic Republic of the", "DR Congo", "DRC",
        "Congo (Kinshasa)", "Congo, The Democratic Republic of the", "Zaire",
    ),
    "CF": ("CAR",),
    "CG": ("Republic of the Congo", "Congo", "Congo, Republic of the", "Congo (Brazzaville)"),
    "CI": ("Ivory Coast", "Cote d'Ivoire"),
    "CV": ("Cabo Verde",),
    "CZ": ("Czech Republic",),
    "FK": ("Falkland Islands (Malvinas)",),
    "FM": ("Micronesia", "Federated States of Micronesia", "Micronesia (Federated States of)"),
    "GB": ("UK", "Great Britain", "United Kingdom of Great Britain and Northern Ireland"),
    "GM": ("Gambia", "The Gambia", "Gambia, The"),
    "GW": ("Guinea Bissau",),
    "HK": ("Hong Kong",),
    "IR": ("Islamic Republic of Iran", "Iran (Islamic Republic of)", "Iran, Islamic Republic of"),
    "KN": ("Saint Kitts and Nevis",),
    "KP": ("Democratic People's Republic of Korea", "Korea, North", "DPRK"),
    "KR": ("Republic of Korea", "Korea, South", "Korea"),
    "LA": ("Lao People's Democratic Republic", "Lao PDR"),
    "LC": ("Saint Lucia",),
    "MD": ("Republic of Moldova", "Moldova, Republic of"),
    "MK": ("Macedonia", "The former Yugoslav Republic of Macedonia", "FYROM"),
    "MM": ("Burma", "Myanmar"),
    "MO": ("Macau", "Macao"),
    "PS": (
        "Palestine", "State of Palestine", "Palestine, State of", "Palestinian Territory",
        "Occupied Palestinian Territory", "West Bank and Gaza",
    ),
    "RU": ("Russian Federation",),
    "ST": ("Sao Tome and Principe",),
    "SY": ("Syrian Arab Republic",),
    "SZ": ("Swaziland", "Kingdom of Eswatini"),
    "TL": ("East Timor",),
    "TR": ("Turkey", "Turkiye"),
    "TT": ("Trinidad",),
    "TW": ("Taiwan, Province of China", "Chinese Taipei"),
    "TZ": ("United Republic of Tanzania", "Tanzania, United Republic of"),
    "US": ("USA", "United States of America", "America"),
    "VA": ("Holy See",),
    "VC": ("Saint Vincent and the Grenadines",),
    "VE": ("Bolivarian Republic of Venezuela", "Venezuela (Bolivarian Republic of)"),
    "VN": ("Viet Nam",),
    "XK": ("Kosovo", "Republic of Kosovo"),
}  # fmt: skip


@lru_cache(maxsize=4096)
def country_of(name: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country, or None where the name says none.

    Args:
        name: A code in either case, or a name in English; accents, case and punctuation are no
            difference, nor is the order of “Congo, Republic of the”.
    """
    text = name.strip()
    if len(text) == 2 and text.upper() in _codes():
        return text.upper()
    return _names().get(_key(text))


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    known = (str(code) for code in Locale("en").territories)
    return frozenset(code for code in known if len(code) == 2 and code not in _NO_COUNTRY)


@lru_cache(maxsize=1)
def _names() -> dict[tuple[str, ...], str]:
    english = Locale("en").territories
    found = {_key(str(english[code])): code for code in sorted(_codes())}
    for code, names in _ALIASES.items():
        found.update({_key(name): code for name in names})
    return found


def _key(name: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    words = [w for w in _WORDS.split(letters.replace("'", "").replace("’", "")) if w]
    return tuple(sorted("saint" if word == "st" else word for word in words if word not in _SMALL))
