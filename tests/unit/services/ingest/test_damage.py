from __future__ import annotations

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.errors import DamagedInputError
from dpg_l10n.services.ingest.damage import is_double_encoded, refuse_damage

HINDI = "स्वास्थ्य केंद्र"


def twice(text: str, codec: str) -> str:
    """Return UTF-8 read as a Western encoding, byte by byte where the encoding has no character."""
    result = ""
    for byte in text.encode():
        try:
            result += bytes([byte]).decode(codec)
        except UnicodeDecodeError:
            result += chr(byte)
    return result


def catalogue(texts: dict[str, Text], obsolete: tuple[str, ...] = ()) -> Catalogue:
    return Catalogue(
        "json",
        tuple(Entry(key, text) for key, text in texts.items()),
        obsolete=tuple(Entry(key, "x") for key in obsolete),
    )


def refused(new: dict[str, Text], old: dict[str, Text] | None = None) -> str | None:
    """Return the code that a file is refused with, None when it is taken."""
    try:
        refuse_damage("sw.json", catalogue(new), lambda: None if old is None else catalogue(old))
    except DamagedInputError as error:
        return error.error_code
    return None


@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
@pytest.mark.parametrize(
    "text", [HINDI, "አማርኛ", "Français", "don’t", "العربية", "中文", "🙂", "Việt Nam"]
)
def test_a_text_that_was_encoded_twice_is_seen(text: str, codec: str) -> None:
    assert is_double_encoded(twice(text, codec))


@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
@given(st.text(st.characters(min_codepoint=0xA0, exclude_categories=["Cs", "Cn"]), min_size=1))
def test_any_text_beyond_ascii_that_was_encoded_twice_is_seen(codec: str, text: str) -> None:
    assert is_double_encoded(twice(text, codec))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        HINDI,
        "Ã",
        "Â",
        "AÇÃO",
        "« déjà »",
        "naïve café",
        "50 µm ±2°",
        "İÂÎ",
        "Ð°"[:1],
        "Úžina",
    ],
)
def test_honest_texts_are_left_alone(text: str) -> None:
    assert not is_double_encoded(text)


@pytest.mark.parametrize(
    "tag", ["fr", "pt", "vi", "de", "tr", "is", "pl", "yo", "ar", "am", "hi", "my", "zh"]
)
def test_the_names_of_languages_in_any_language_are_left_alone(tag: str) -> None:
    names = [*Locale(tag).languages.values(), *Locale(tag).territories.values()]
    assert [name for name in names if is_double_encoded(name)] == []


@pytest.mark.parametrize("broken", [twice(HINDI, "latin-1"), "h\ufffdi"])
def test_one_damaged_text_is_enough(broken: str) -> None:
    assert refused({"a": "fine", "b": broken}) == "input.encoding"


@pytest.mark.parametrize("at", [0, 1])
def test_damage_in_any_variant_is_seen(at: int) -> None:
    forms = ["faili", "mafaili"]
    forms[at] = "\ufffd"
    assert refused({"a": Plural.of(one=forms[0], other=forms[1])}) == "input.encoding"


def test_damage_that_was_there_before_is_no_news() -> None:
    assert refused({"a": "\ufffd", "b": "new"}, {"a": "\ufffd"}) is None
    assert refused({"a": "\ufffd", "b": "\ufffd\ufffd"}, {"a": "\ufffd"}) == "input.encoding"


def test_damage_in_another_variant_than_before_is_news() -> None:
    old, new = Plural.of(one="\ufffd", other="b"), Plural.of(one="\ufffd", other="\ufffd\ufffd")
    assert refused({"a": old}, {"a": old}) is None
    assert refused({"a": new}, {"a": old}) == "input.encoding"


def test_the_message_names_the_file_a_key_and_its_text() -> None:
    with pytest.raises(DamagedInputError, match=r"sw\.json: 1 of 1 .* a: “\ufffd”"):
        refuse_damage("sw.json", catalogue({"a": "\ufffd"}), lambda: None)


def many(count: int, start: int = 0) -> dict[str, Text]:
    return {f"k{index}": f"neno {index}" for index in range(start, count)}


@pytest.mark.parametrize(
    ("had", "lost", "code"),
    [(100, 5, None), (100, 10, None), (100, 11, "input.lost"), (11, 11, "input.lost"), (10, 10, None),
     (220, 11, None), (220, 12, "input.lost"), (1000, 50, None), (1000, 51, "input.lost")],
)  # fmt: skip
def test_more_than_ten_and_more_than_five_percent_is_mass_loss(
    had: int, lost: int, code: str | None
) -> None:
    assert refused(many(had, lost), many(had)) == code


def test_emptied_texts_are_lost_texts() -> None:
    assert refused({**many(100), **dict.fromkeys(many(11), "")}, many(100)) == "input.lost"


def test_texts_that_were_empty_are_not_lost() -> None:
    assert refused(many(100, 50), {**many(100), **dict.fromkeys(many(50), "")}) is None


def test_texts_that_the_file_keeps_as_obsolete_are_not_lost() -> None:
    new = catalogue(many(100, 50), tuple(many(50)))
    refuse_damage("sw.po", new, lambda: catalogue(many(100)))


def test_a_first_push_loses_nothing() -> None:
    assert refused({}) is None


def test_texts_that_the_source_dropped_are_not_lost() -> None:
    old, new = catalogue(many(100)), catalogue(dict(list(many(100).items())[:50]))
    refuse_damage("sw.json", new, lambda: old, source=new)
    with pytest.raises(DamagedInputError):
        refuse_damage("sw.json", new, lambda: old, source=old)
