"""Subtitles."""

from __future__ import annotations

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.srt import FORMAT as SRT
from dpg_l10n.formats.webvtt import FORMAT as WEBVTT

ONE, TWO = "00:00:01,000 --> 00:00:02,000", "00:00:03,000 --> 00:00:04,000"
FILM = f"1\r\n{ONE}\r\nHello\r\nyou\r\n\r\n2\r\n{TWO} X1:5\r\nBye\r\n"
VTT = "WEBVTT\n\nNOTE Loud.\n\n00:01.000 --> 00:02.000 align:end\nHello\n"


def test_a_cue_is_known_by_its_number_and_its_times() -> None:
    entries = SRT.parse(FILM.encode()).entries
    assert [(e.key, e.text, e.line) for e in entries] == [
        (f"1 {ONE}", "Hello\nyou", 1), (f"2 {TWO}", "Bye", 6),
    ]  # fmt: skip


def test_a_note_before_a_cue_is_its_note_and_settings_are_no_part_of_its_key() -> None:
    (entry,) = WEBVTT.parse(VTT.encode()).entries
    assert (entry.key, entry.notes) == ("00:01.000 --> 00:02.000", "Loud.")


def test_a_changed_text_keeps_times_and_line_ends() -> None:
    catalogue = SRT.parse(FILM.encode()).with_texts({f"2 {TWO}": "a\nb"})
    assert SRT.serialize(catalogue, FILM.encode()).decode() == FILM.replace("Bye", "a\r\nb")


def test_a_missing_cue_goes_where_the_source_has_it() -> None:
    first, second = SRT.parse(FILM.encode()).entries
    rest = FILM[FILM.index("2\r\n") :].encode()
    assert SRT.serialize(Catalogue("srt", (first, second)), rest).decode() == FILM
    rest = FILM[: FILM.index("2\r\n")].encode()
    assert SRT.serialize(Catalogue("srt", (first, second)), rest).decode() == FILM


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("end", [0, 1, 2])
def test_a_new_cue_at_the_end_is_parted_by_a_blank_line(newline: str, end: int) -> None:
    first, second = SRT.parse(FILM.encode()).entries
    old = newline.join(["1", ONE, "Hello", "", ""])[: -len(newline) * 2] + newline * end
    said = SRT.serialize(Catalogue("srt", (first._replace(text="a"), second)), old.encode())
    assert [e.text for e in SRT.parse(said).entries] == ["a", "Bye"]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (f"1\n{ONE}\nHello\n\nyou\n", "format.syntax", 5),
        (f"1\n{ONE}\na\n\n1\n{ONE}\nb\n", "format.duplicate", 5),
    ],
)
def test_broken_cues_are_refused_with_their_line(text: str, code: str, line: int) -> None:
    with pytest.raises(FormatError) as caught:
        SRT.parse(text.encode())
    assert (caught.value.error_code, caught.value.line) == (code, line)


def test_a_file_without_the_first_word_is_no_webvtt() -> None:
    with pytest.raises(FormatError) as caught:
        WEBVTT.parse(VTT.removeprefix("WEBVTT").encode())
    assert caught.value.error_code == "format.root"


@pytest.mark.parametrize("text", ["a\n\nb", "a --> b", "\na"])
def test_a_text_that_would_end_its_cue_is_refused(text: str) -> None:
    catalogue = SRT.parse(FILM.encode()).with_texts({f"2 {TWO}": text})
    with pytest.raises(FormatError) as caught:
        SRT.serialize(catalogue, FILM.encode())
    assert caught.value.error_code == "format.text"


def test_a_key_without_times_is_refused() -> None:
    with pytest.raises(FormatError) as caught:
        SRT.serialize(Catalogue("srt", (Entry("3", "x"),)), FILM.encode())
    assert caught.value.error_code == "format.key"
