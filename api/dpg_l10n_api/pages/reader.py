"""Who reads a page: in which language, and how numbers, dates and names look in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale, dates, lists, numbers
from fastapi import Request

from dpg_l10n.domain import locales
from dpg_l10n.domain.language_names import language_of
from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import interface_languages, translate_plural
from dpg_l10n.services.words import Words

COOKIE = "lang"
"""Keeps the language that somebody chose; it names nobody."""
PARAMETER = "lang"
_UNIT = re.compile(r"\D+$")
_LEAD = re.compile(r"^\D+")


@dataclass(frozen=True, slots=True)
class Reader(Words):
    """One reader's language."""

    @property
    def _locale(self) -> Any:
        return _locale_of(self.language)

    def say_plural(self, one: str, other: str, count: int) -> str:
        """Return the plural variant of an interface text."""
        return translate_plural(one, other, count, self.language, drafts=True)

    def number(self, value: float) -> str:
        """Return a number with separators of thousands."""
        return _decimal(self.language, value)

    def percent(self, ratio: float) -> str:
        """Return whole percents rounded down: 100% means all.

        Args:
            ratio: 0.0 to 1.0.
        """
        # 0.29 * 100 is 28.999999999999996: what is nearly whole is whole
        whole = int(ratio * 100 + 1e-9)
        return _percent(self.language, whole / 100, 0)

    def share(self, ratio: float) -> str:
        """Return a share of people in percent, rounded down, with more digits the smaller it is."""
        digits = 0 if ratio >= 0.1 or not ratio else 1 if ratio >= 0.001 else 3
        step = 10 ** (digits + 2)
        cut = int(ratio * step + 1e-9) / step
        return _percent(self.language, cut, digits)

    def compact(self, value: float) -> str:
        """Return a large number of people in words, rounded down: “38 million”."""
        return _compact(self.language, _floored(int(value)))

    def span(self, how: str, least: float, most: float) -> str:
        """Return a range as briefly as it is read: “66–84%”, “38–49 million”, “3%”.

        Args:
            how: Method of this class that writes a figure.
            least: First figure.
            most: Last figure.
        """
        write = getattr(self, how)
        first, last = write(least), write(most)
        if first == last:
            return str(first)
        unit = _UNIT.search(last)
        if unit and first.endswith(unit[0]):
            first = first.removesuffix(unit[0])
        lead = _LEAD.search(first)
        if lead and last.startswith(lead[0]):
            last = last.removeprefix(lead[0])
        return f"{first}–{last}"

    def day(self, at: int) -> str:
        """Return the day of a time in seconds since 1970, in UTC."""
        moment = datetime.fromtimestamp(at, UTC)
        return str(dates.format_date(moment, format="medium", locale=self._locale))

    def iso_day(self, day: str) -> str:
        """Return a day of ISO 8601 as it is written in the language."""
        moment = date.fromisoformat(day)
        return str(dates.format_date(moment, format="medium", locale=self._locale))

    def listed(self, items: Sequence[str]) -> str:
        """Return a list as a sentence has it: “a, b and c”."""
        return str(lists.format_list(list(items), locale=self._locale))

    def language_names(self, tags: Iterable[str]) -> list[str]:
        """Return the names of languages, in their order."""
        return [self.language_name(tag) for tag in tags]

    def language_called(self, name: str) -> str | None:
        """Return the tag of a language by its code or name, in English or as the reader says it."""
        wanted = name.strip().casefold()
        for tag, own in self._locale.languages.items():
            if own.casefold() == wanted:
                return locales.canonical(tag)
        return language_of(name)


def _locale_of(language: str) -> Any:
    return locales.cldr(language) or Locale("en")


# a page of a country has a thousand figures, most of them the same few: Babel takes its time for each
@lru_cache(maxsize=4096)
def _decimal(language: str, value: float) -> str:
    return str(numbers.format_decimal(value, locale=_locale_of(language)))


@lru_cache(maxsize=4096)
def _percent(language: str, ratio: float, digits: int) -> str:
    locale = _locale_of(language)
    # "#,##0 %" of French: the language says where the sign stands
    usual = locale.percent_formats[None].pattern.partition(";")[0]
    pattern = usual.replace("##0", "##0" + ("", ".0", ".00", ".00#")[digits])
    return str(numbers.format_percent(ratio, format=pattern, locale=locale))


@lru_cache(maxsize=4096)
def _compact(language: str, value: int) -> str:
    # not Babel's own function: it counts the digits of patterns such as "milioni 0;milioni -0" twice,
    # which makes 58 million Swahili's "milioni 5800"
    locale = _locale_of(language)
    known = locale.compact_decimal_formats["long"]
    size = max((int(each) for each in known["other"] if int(each) <= value), default=0)
    if not size:
        return _decimal(language, value)
    digits = known["other"][str(size)].pattern.partition(";")[0].count("0")
    number = round(Decimal(value) / (size // 10 ** (digits - 1)), 1)
    number = number.to_integral_value() if number == int(number) else number
    shown = known.get(locale.plural_form(number), known["other"])
    pattern = numbers.parse_pattern(shown.get(str(size), known["other"][str(size)]))
    return str(pattern.apply(number, locale, decimal_quantization=False))


def own_name(language: str) -> str:
    """Return what a language calls itself."""
    return locales.display_name(language, language)


def reader_of(request: Request) -> Reader:
    """Return the reader: as chosen now, as chosen before, else as the browser asks."""
    chosen = [request.query_params.get(PARAMETER), request.cookies.get(COOKIE)]
    wanted = [each for each in chosen if each] + _accepted(
        request.headers.get("accept-language", "")
    )
    known = interface_languages()
    for name in wanted:
        for tag in _tags(name):
            if tag in known:
                return Reader(tag)
    return Reader("en")


def chosen(request: Request) -> str | None:
    """Return the language that an address chooses, None where it chooses none of ours."""
    asked = request.query_params.get(PARAMETER)
    found = [tag for tag in _tags(asked) if tag in interface_languages()] if asked else []
    return found[0] if found else None


def _accepted(header: str) -> list[str]:
    """Return the languages of Accept-Language, most wanted first."""
    ranked = []
    for place, part in enumerate(header[:500].split(",")):
        name, _, quality = part.partition(";")
        try:
            weight = float(quality.strip().removeprefix("q=") or 1)
        except ValueError:
            weight = 0.0
        if weight > 0 and name.strip() not in ("", "*"):
            ranked.append((-weight, place, name.strip()))
    return [name for _, _, name in sorted(ranked)]


def _tags(name: str) -> tuple[str, ...]:
    try:
        return locales.fallbacks(locales.canonical(name))
    except UsageError:
        return ()


def _floored(value: int) -> int:
    """Return a number cut to the digits that its words show: 58,189,123 to 58,000,000."""
    for unit in (1_000_000_000, 1_000_000, 1_000):
        if value >= unit:
            step = unit if value >= 10 * unit else unit // 10
            return value // step * step
    return value
