"""In which language a page speaks, and how it writes figures."""

from __future__ import annotations

import pytest
from babel.numbers import format_compact_decimal
from starlette.requests import Request

from dpg_l10n_api.pages.reader import Reader, chosen, reader_of


def request(accept: str = "", query: str = "", cookie: str = "") -> Request:
    headers = [(b"accept-language", accept.encode()), (b"cookie", cookie.encode())]
    scope = {"type": "http", "headers": headers, "query_string": query.encode(), "path": "/"}
    return Request(scope)


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("fr-CA, en;q=0.9", "fr"),
        ("en;q=0.5, fr;q=0.9", "fr"),
        ("xx-unknown-, tlh, *;q=0.1", "en"),
        ("fr;q=0, en", "en"),
        ("fr;q=nonsense", "en"),
    ],
)
def test_the_browser_asks_for_a_language(accept: str, language: str) -> None:
    assert reader_of(request(accept)).language == language


def test_a_choice_goes_before_what_was_chosen_and_that_before_the_browser() -> None:
    assert reader_of(request("en", "lang=fr")).language == "fr"
    assert reader_of(request("en", cookie="lang=fr")).language == "fr"
    assert reader_of(request("en", "lang=en", "lang=fr")).language == "en"


def test_only_a_language_of_ours_is_remembered() -> None:
    assert chosen(request(query="lang=fr")) == "fr"
    assert chosen(request(query="lang=<script>")) is None
    assert chosen(request("fr")) is None


def test_figures_are_rounded_down() -> None:
    reader = Reader("en")
    assert reader.percent(0.9999) == "99%"
    assert reader.percent(0.29) == "29%"
    assert reader.percent(1) == "100%"
    assert reader.compact(58_189_123) == "58 million"
    assert reader.compact(1_967_000) == "1.9 million"
    assert reader.compact(812) == "812"


def test_a_small_share_of_people_keeps_its_digits() -> None:
    reader = Reader("en")
    assert [reader.share(share) for share in (0.66, 0.098, 0.0074, 0.00017)] == [
        "66%",
        "9.8%",
        "0.7%",
        "0.017%",
    ]


def test_figures_dates_and_names_are_those_of_the_reader() -> None:
    french = Reader("fr")
    assert french.number(12345.5) == "12\u202f345,5"
    assert french.language_name("sw") == "swahili"
    assert french.country_name("ET") == "Éthiopie"
    assert french.day(0) == "1 janv. 1970"
    assert french.listed(["a", "b", "c"]) == "a, b et c"
    assert french.direction == "ltr"
    assert Reader("ar").direction == "rtl"


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt", "ar", "am", "hi"])
def test_people_in_words_are_those_of_babel_where_it_can_count(language: str) -> None:
    for value in (38, 640, 26_000, 990_000, 6_400_000, 60_000_000, 58_000_000, 1_400_000_000):
        expected = format_compact_decimal(
            value, format_type="long", locale=language, fraction_digits=1
        )
        assert Reader(language).compact(value) == expected


def test_one_million_is_one_in_french() -> None:
    assert Reader("fr").compact(1_000_000) == "1 million"


def test_millions_are_no_thousands_of_millions_in_swahili() -> None:
    assert Reader("sw").compact(58_189_123) == "milioni 58"
    assert Reader("sw").span("compact", 38_000_000, 49_000_000) == "milioni 38–49"
    assert Reader("sw").compact(6_400_000) == "milioni 6.4"


def test_a_percent_is_written_as_the_language_writes_it() -> None:
    assert Reader("fr").percent(0.66) == "66\xa0%"
    assert Reader("fr").share(0.098) == "9,8\xa0%"
    assert Reader("fr").span("percent", 0.66, 0.84) == "66–84\xa0%"
    assert Reader("en").percent(0.66) == "66%"
