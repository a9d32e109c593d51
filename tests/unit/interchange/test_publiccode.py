"""Tests of the languages in a publiccode.yml."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dpg_l10n.errors import FormatError
from dpg_l10n.interchange.publiccode import languages_of, with_languages

HEAD = "publiccodeYmlVersion: '0.4'\nname: Farm Advice # the product\n"
BLOCK = HEAD + (
    "localisation:\n"
    "  localisationReady: yes\n"
    "  availableLanguages:\n"
    "    - en # the source\n"
    "    - 'pt_BR'\n"
    "\n"
    "maintenance:\n"
    "  type: community\n"
)
FLOW = HEAD + "localisation:\n  availableLanguages: [en, 'sw']\n  localisationReady: no\n"


def test_the_languages_are_bcp_47_in_the_order_of_the_file() -> None:
    assert languages_of(BLOCK.encode()) == ("en", "pt-BR")
    assert languages_of(HEAD.encode()) == ()


def test_the_same_languages_are_the_same_bytes() -> None:
    assert with_languages(BLOCK.encode(), ["en", "pt-BR"]) == BLOCK.encode()


def test_a_new_language_follows_in_the_style_of_the_list() -> None:
    made = with_languages(BLOCK.encode(), ["en", "pt-BR", "sw"]).decode()
    assert made == BLOCK.replace("    - 'pt_BR'\n", "    - 'pt_BR'\n    - sw\n")


def test_a_language_that_goes_takes_its_line_and_no_other() -> None:
    made = with_languages(BLOCK.encode(), ["en", "sw"]).decode()
    assert made == BLOCK.replace("    - 'pt_BR'\n", "    - sw\n")


def test_a_list_in_brackets_stays_one_and_readiness_is_said() -> None:
    made = with_languages(FLOW.encode(), ["en", "sw", "am"]).decode()
    assert made == FLOW.replace("[en, 'sw']", "[en, 'sw', am]").replace("Ready: no", "Ready: true")


def test_windows_line_ends_stay() -> None:
    data = BLOCK.replace("\n", "\r\n").encode()
    made = with_languages(data, ["en", "pt-BR", "sw"])
    assert b"'pt_BR'\r\n    - sw\r\n" in made
    assert b"\n" not in made.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "text", [HEAD, HEAD.rstrip("\n"), HEAD + "localisation:\n  localisationReady: true\n"]
)
def test_a_list_that_is_not_there_is_made(text: str) -> None:
    made = with_languages(text.encode(), ["en", "sw"])
    read = yaml.safe_load(made)["localisation"]
    assert read == {"localisationReady": True, "availableLanguages": ["en", "sw"]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: [", "no YAML"),
        ("name: nobody", "no publiccode.yml"),
        (HEAD + "localisation: en\n", "localisationReady"),
        (HEAD + "localisation:\n  availableLanguages:\n    - english language\n", "language code"),
    ],
)
def test_what_is_no_publiccode_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(FormatError, match=said):
        languages_of(text.encode())


_TAGS = st.lists(
    st.sampled_from(["en", "sw", "am", "pt-BR", "uz-Latn", "hi"]), unique=True, min_size=1
)


@given(before=_TAGS, after=_TAGS, flow=st.booleans())
def test_whatever_was_listed_what_is_asked_for_is_listed_then(
    before: list[str], after: list[str], flow: bool
) -> None:
    listed = f" [{', '.join(before)}]" if flow else "".join(f"\n  - {tag}" for tag in before)
    text = (
        f"{HEAD}localisation:\n  availableLanguages:{listed}\n  localisationReady: true\nurl: x\n"
    )
    made = with_languages(text.encode(), after)
    assert set(languages_of(made)) == set(after)
    assert yaml.safe_load(made)["url"] == "x"
    assert with_languages(made, languages_of(made)) == made
