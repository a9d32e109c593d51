"""Find the placeholders of a text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from dpg_l10n.domain.placeholders import icu
from dpg_l10n.domain.placeholders.kinds import DEFAULT

_NUMBER = r"(?:\d{1,9}|\*(?:\d{1,2}\$)?)"
_QUOTED = r"""(?:[^<>"']++|"[^"]*+"|'[^']*+')*+"""
_PATTERNS: dict[str, tuple[str, str]] = {
    # kind: (characters it begins with, pattern). In order of preference where two could match.
    "python": ("%", r"%\([^()\n]{1,80}\)[-+0#]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]"),
    "ruby": ("%", r"%\{[^{}\n]{1,80}\}|%<\w{1,80}>[-+0#]*\d*(?:\.\d+)?[a-zA-Z]"),
    "arg": ("%", r"%arg\b"),  # the number of a substitution in Apple's string catalogues
    # No space flag: "50% of" is prose in too many languages. %a and %p are left out: they are
    # parts of dates more often than hexadecimal numbers and pointers.
    "printf": (
        "%",
        r"%(?:%|(?:\d{1,2}\$)?\#@\w{1,80}@|(?:\d{1,2}\$)?[-+0#',]*"
        + _NUMBER
        + r"?(?:\."
        + _NUMBER
        + r"?)?"
        r"(?:hh|h|ll|l|L|q|j|z|t)?[diouxXeEfFgGcs@])",
    ),
    "qt": ("%", r"%(?:L?\d{1,2}|L?n)"),
    # Chrome's $name$ and $1; a doubled dollar is a dollar.
    "webextension": ("$", r"(?<!\$)\$(?:[A-Za-z0-9_@]{1,80}\$|[1-9](?![0-9]))"),
    # MediaWiki's $1, its functions with the words that they choose from, in any case, and the words
    # that stand for the wiki itself, which translators use as their sentence wants it.
    "mediawiki": (
        "${",
        r"\$[1-9][0-9]?|\{\{(?:(?:(?i:PLURAL|GENDER|GRAMMAR|int|formatnum|fullurl|localurl|canonicalurl"
        r"|urlencode|ns)|\#\w{1,40})\s*:(?:[^{}]|\{\{[^{}]*\}\})*+"
        r"|(?:SITENAME|SERVER|(?:FULL|BASE|SUB|TALK)?PAGENAMEE?|NAMESPACE|GRAMMAR|CURRENT[A-Z]{1,20}))\}\}",
    ),
    "i18next": ("$", r"\$t\([^()\n]{1,200}\)"),
    "dollar": ("$", r"\$\{[^{}\n]{1,200}\}"),
    # "#{0}" is a number sign before a number of Java.
    "hash": ("#", r"\#\{(?!\d{1,2}\})[^{}\n]{1,200}\}"),
    # KoboToolbox and others have marks of their own, of which no prose has the like.
    "hashed": ("#", r"\#\#[A-Za-z_][\w.\-]{0,80}\#\#"),
    # AngularJS with other brackets, so that templates of the server keep theirs (Oppia).
    "angular": ("<", r"<\[\s*[\w.$\-]{1,80}\s*\]>"),
    # {{PLURAL:$1|file|files}} of MediaWiki, in any case, holds words to translate.
    "mustache": ("{", r"\{\{\{?(?!(?i:PLURAL|GENDER|GRAMMAR):)[^{}\n]{1,200}\}\}\}?"),
    "icu": ("{", r"\{\s*[\w.\-]+\s*,\s*(?:plural|selectordinal|select)\s*,"),
    "moodle": ("{", r"\{\$a(?:->[^{}\s]{1,80})?\}"),
    "fluent": (
        "{",
        r"\{\s*(?:\$[A-Za-z][\w-]*|-[A-Za-z][\w-]*(?:\([^(){}]*\))?|[A-Z][A-Z0-9_-]*\([^(){}]*\)"
        r'|"[^"{}\n]*")\s*\}',
    ),
    "brace": (
        "{",
        r"\{(?!(?i:PLURAL|GENDER|GRAMMAR):)\s*(?:[\w$@][\w.$\-\[\]]*)?\s*(?:![rsa])?"
        r"(?::[^{}\s]{0,40}|,\s*-?\d+(?::[^{}\s]{0,40})?"
        r"|,\s*(?:number|date|time|spellout|ordinal|duration|choice|list)"
        r"\s*(?:,(?:[^{}]|\{[^{}]*\})*+)?)?\s*\}",
    ),
    # Elements of XLIFF: a whole one where its content is code and not text.
    "inline": (
        "<",
        r"<(?:ph|bpt|ept|it)(?=[\s>])" + _QUOTED + r"(?<!/)>[^<]*+</(?:ph|bpt|ept|it)>"
        r"|</?(?:x|g|bx|ex|ph|bpt|ept|it|sub|mrk|pc|sc|ec|sm|em|cp)(?=[\s/>])" + _QUOTED + ">",
    ),
    # Markdown: code, and what follows the words of a link up to its title.
    "code": (
        "`",
        r"(?<!`)(?P<ticks>`{1,9})(?!`)(?:[^`]|(?!(?P=ticks)(?!`))`++)*?(?<!`)(?P=ticks)(?!`)",
    ),
    "link": (
        "]",
        r"\](?:\((?:<[^<>\n]{0,2000}>|(?:[^\s()<]|\([^\s()]{0,200}\)){0,2000}+)\)?|\[[^\[\]\n]{0,200}\])",
    ),
    # HTML: code with what is in it.
    "element": (
        "<",
        r"<(?P<element_name>code|kbd|samp|var)(?:\s[^<>]*)?>[^<]*</(?P=element_name)\s*>",
    ),
    "numbered": ("<", r"</?\d{1,3}\s*/?>"),
    "tag": ("<", r"</?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>|<!--.*?-->"),
    "entity": ("&", r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6});"),
    "vue": ("@", r"@(?:\.\w{1,40})?:(?:\([\w.\-]+\)|[A-Za-z_][\w.\-]*\w)"),
    "at": ("@", r"(?<![A-Za-z0-9_@./])@[a-z][A-Za-z0-9_]++(?![@:(]|\.\w)"),
    "h5p": ("@!:", r"(?<![\w@!:])[@!:][A-Za-z_]\w*"),
    "laravel": (":", r"(?<![\w:]):[A-Za-z_]\w*(?!:)"),
    "drupal": ("@%!", r"(?<![\w@%!])[@%!][A-Za-z][\w\-]*"),
    "url": (
        "",
        r"(?:https?|ftp)://[^\s<>\"'“”«»（）]+(?<![.,;:!?)\]])|www\.[^\s<>\"'“”«»（）]+(?<![.,;:!?)\]])",
    ),
    "email": ("", r"[\w.+\-]++@[\w\-]+(?:\.[\w\-]+)+"),
}
_STARTS = {"url": r"(?:https?|ftp)://|www\.", "email": r"(?<![\w.+\-])[\w.+\-]++@"}
_ADDRESSES = frozenset(_STARTS)

_STRFTIME = re.compile(r"(?<!\d)%[-_]?[YBbHMyI](?![a-z])|%m[-/.]%|[-/.]%m")
"""Directives that only dates have: in such a text ``%d`` is the day, which translators move."""

_HEX = re.compile(r"%[0-9A-Fa-f]{2}")


class Placeholder(NamedTuple):
    """A part of a text that is kept and not translated."""

    text: str
    kind: str
    start: int
    end: int


class _Scanner(NamedTuple):
    """Compiled patterns of a set of kinds."""

    start: re.Pattern[str]
    """Finds where a placeholder may begin: one search rejects most texts."""
    whole: re.Pattern[str]


@lru_cache(maxsize=128)
def _scanner(kinds: frozenset[str]) -> _Scanner | None:
    chosen = [kind for kind in _PATTERNS if kind in kinds]
    if not chosen:
        return None
    letters = "".join(sorted({letter for kind in chosen for letter in _PATTERNS[kind][0]}))
    starts = [f"[{re.escape(letters)}]"] if letters else []
    starts += [_STARTS[kind] for kind in chosen if kind in _STARTS]
    whole = "|".join(f"(?P<{kind}>{_PATTERNS[kind][1]})" for kind in chosen)
    return _Scanner(re.compile("|".join(starts)), re.compile(whole))


def _without_addresses(kinds: frozenset[str]) -> frozenset[str]:
    return kinds - _ADDRESSES


_plain = lru_cache(maxsize=128)(_without_addresses)


def find(text: str, kinds: frozenset[str] | None = None) -> tuple[Placeholder, ...]:
    """Return the placeholders of a text, left to right and without overlap.

    An ICU argument with branches is one placeholder; a brace that is no well-formed one is looked
    at again as an ordinary brace.

    Args:
        text: Any text.
        kinds: Kinds to look for; None means :data:`~dpg_l10n.domain.placeholders.DEFAULT`.
            Unknown names are ignored.
    """
    kinds = DEFAULT if kinds is None else kinds
    if "@" not in text and "://" not in text and "www." not in text:
        kinds = _plain(kinds)
    scanner = _scanner(kinds)
    if scanner is None:
        return ()
    search, match_at = scanner.start.search, scanner.whole.match
    hit = search(text)
    found: list[Placeholder] = []
    while hit is not None:
        position = hit.start()
        match = match_at(text, position)
        if match is None:
            hit = search(text, hit.end() if hit.end() > position else position + 1)
            continue
        kind, end = match.lastgroup or "", match.end()
        if kind == "icu":
            argument = icu.parse_at(text, position)
            if argument is None:
                hit = search(text, position + 1)
                continue
            end = argument.end
        if kind != "printf" or not _is_prose(text, position, end):
            found.append(Placeholder(text[position:end], kind, position, end))
        hit = search(text, end)
    return tuple(found)


def _is_prose(text: str, start: int, end: int) -> bool:
    """Tell whether what looks like printf is part of a word, a date or an address."""
    if text[end - 1] == "%":
        return False
    # Only some stand directly before a cased letter ("%ds", "%u-bit", but "(%ekranu)"), and not
    # after a digit ("100%der") or with a mere width ("%50si" is Turkish for half of it).
    after = text[end : end + 1]
    if (after.islower() or after.isupper()) and (
        text[end - 1] not in "dfgsu@"
        or text[start - 1 : start].isdigit()
        or (text[start + 1 : end - 1].isdigit() and text[start + 1] != "0")
    ):
        return True
    if _STRFTIME.search(text):
        return True
    if "://" not in text or not _HEX.match(text, start):
        return False
    address = text.rfind("://", 0, start)
    return address >= 0 and not any(map(str.isspace, text[address:start]))


def letters_outside(text: str, kinds: frozenset[str] | None = None) -> int:
    """Count the letters of a text that stand in no placeholder.

    What the branches of an ICU argument or of a function of MediaWiki say counts; labels do not.
    """
    found = find(text, kinds)
    if not found:
        return sum(map(str.isalpha, text))
    count = position = 0
    for placeholder in found:
        count += sum(map(str.isalpha, text[position : placeholder.start]))
        if placeholder.kind == "icu":
            count += letters_outside(icu.literal_text(icu.parse(placeholder.text)), kinds)
        elif placeholder.kind == "mediawiki":
            words = placeholder.text.partition("|")[2]
            count += letters_outside(words.removesuffix("}}"), kinds)
        position = placeholder.end
    return count + sum(map(str.isalpha, text[position:]))
