"""What the plural forms of a Qt translation stand for.

Qt orders them by tables of its own, which its tools share (``numerus.cpp`` of Qt Linguist). They
are said here as gettext formulas, because that is how the other parts of the toolkit ask.
"""

from __future__ import annotations

from dpg_l10n.domain import plurals

_ONE = "nplurals=1; plural=0;"
_ENGLISH = "nplurals=2; plural=(n != 1);"
_FRENCH = "nplurals=2; plural=(n > 1);"
_SLAVIC = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20)"
    " ? 1 : 2);"
)
_CZECH = "nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2);"
_LANGUAGES = {
    "bi dz fa fj gn hu id ja jv km ko lo ms my na om su th tr tt vi yo za zh": _ONE,
    "fr hy br fil tl ti wa pt-BR": _FRENCH,
    "be bs hr ru sr uk": _SLAVIC,
    "cs sk": _CZECH,
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=11 ? 4 : 5);",
    "cy": "nplurals=5; plural=(n==0 ? 0 : n==1 ? 1 : n>=2 && n<=5 ? 2 : n==6 ? 3 : 4);",
    "ga": "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);",
    "gd": "nplurals=4; plural=(n==1 || n==11 ? 0 : n==2 || n==12 ? 1 : n>=3 && n<=19 ? 2 : 3);",
    "is": "nplurals=2; plural=(n%10==1 && n%100!=11 ? 0 : 1);",
    "lt": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10!=0 && (n%100<10 || n%100>19)"
    " ? 1 : 2);",
    "lv": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n!=0 ? 1 : 2);",
    "mk": "nplurals=3; plural=(n%100==1 ? 0 : n%100==2 ? 1 : 2);",
    "mt": "nplurals=4; plural=(n==1 ? 0 : n==0 || n%100>=1 && n%100<=10 ? 1 : "
    "n%100>=11 && n%100<=19 ? 2 : 3);",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "ro": "nplurals=3; plural=(n==1 ? 0 : n==0 || n%100>=1 && n%100<=19 ? 1 : 2);",
    "sl": "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100>=3 && n%100<=4 ? 2 : 3);",
}
_BY_LANGUAGE = {tag: rule for tags, rule in _LANGUAGES.items() for tag in tags.split()}


def formula(language: str, forms: int | None = None) -> str:
    """Return the gettext formula of the plural forms of a file.

    Args:
        language: Name as the file spells it (``pt_BR``).
        forms: How many forms its messages have. Other tools than Qt's order them by CLDR: where
            only that fits the number, it is taken. None without any message that has forms.
    """
    tag = language.replace("_", "-")
    own = _BY_LANGUAGE.get(tag) or _BY_LANGUAGE.get(tag.partition("-")[0], _ENGLISH)
    if forms is not None and count(own) != forms:
        usual = plurals.gettext_header(tag)
        if count(usual) == forms:
            return usual
        return f"nplurals={forms}; plural=(n==1 ? 0 : {forms - 1});" if forms > 1 else _ONE
    return own


def count(rule: str) -> int:
    """Return how many forms a formula has."""
    return int(rule.removeprefix("nplurals=").partition(";")[0])
